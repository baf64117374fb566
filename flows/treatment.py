"""The course of treatment by its dated events: in which phase a day lies, when 45 mg ends. CLINICAL.md 3, 4, D2, D14.

Day 0 is the day of the first dose; the end of a dose is its first day without it. A restart at the dose of induction
after an interruption that is too long to shift its end is where that end counts from, as the clinician says.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from flows.days import ONE_DAY
from flows.questionnaire import Disease
from flows.remembered import remembered
from flows.steps import TAKING, Gap, Move, Resumed, Step

INDUCTION_MG = 45
# Ours: an interruption shifts the end of induction by its length up to here; a longer one is a question (policy).
LONGEST_SHIFT = timedelta(days=28)
# Ours: so long before its end 45 mg may be recorded as going on.
RECORDED_AHEAD = timedelta(days=14)
UC_INDUCTION_WEEKS = 8
CD_INDUCTION_WEEKS = (8, 12)
# The EU and AU labels' second half of induction in colitis: as long again.
UC_EXTENDED_WEEKS = 16


class Phase(StrEnum):
    SCREENING = "screening"
    INDUCTION = "induction"
    MAINTENANCE = "maintenance"
    INTERRUPTED = "interrupted"
    STOPPED = "stopped"


# The phases in which the drug is taken.
TAKEN = (Phase.INDUCTION, Phase.MAINTENANCE)
_UC = Disease.ULCERATIVE_COLITIS  # asked for so often that it is found once (DECISIONS.md, record 86)


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """`started_on` is the first dose, `stopped_on` the day of the last one; `induction_weeks` as the clinician chose.

    `steps` are in the order of their days. `has_gaps` where one of them interrupts or ends it: most treatments were
    never interrupted, and of these nothing is looked for. `first_mg` is what is recorded of day 0, or told in
    induction as taken by then; nothing recorded is the usual dose. `dose_known` is that of the chart.
    """

    disease: Disease
    started_on: date | None = None
    induction_weeks: int | None = None
    stopped_on: date | None = None
    steps: tuple[Step, ...] = ()
    dose_known: bool = True
    has_gaps: bool = field(init=False, repr=False, compare=False)
    first_mg: int = field(init=False, repr=False, compare=False)
    answered: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Worked out once, here: asked for again and again."""
        object.__setattr__(self, "has_gaps", any(step.move not in TAKING for step in self.steps))
        object.__setattr__(self, "first_mg", self._first_mg())

    def day(self, today: date) -> int | None:
        """Days since the first dose, which is day 0; None before it."""
        if self.started_on is None or today < self.started_on:
            return None
        return (today - self.started_on).days

    @remembered
    def phase(self, today: date) -> Phase:
        if self.started_on is None or today < self.started_on:
            return Phase.SCREENING
        if self.last_dose(today) is not None:
            return Phase.STOPPED
        if self.open_gap(today) is not None:
            return Phase.INTERRUPTED
        return Phase.INDUCTION if self.in_induction(today) else Phase.MAINTENANCE

    @remembered
    def last_dose(self, today: date) -> date | None:
        """The day of the last dose, once the treatment has ended for good: a stop with a later dose was a gap."""
        ends = [step.on for step in self.steps if step.move is Move.STOPPED and step.on <= today]
        if ends and any(step.move in TAKING and ends[-1] < step.on <= today for step in self.steps):
            ends = []
        if self.stopped_on is not None and self.stopped_on <= today:
            ends.append(self.stopped_on)
        return max(ends, default=None)

    def gaps(self, today: date) -> tuple[Gap, ...]:
        """Every interruption that has begun by a day; at most the last one is open."""
        return self._gaps(today) if self.has_gaps else ()

    @remembered
    def _gaps(self, today: date) -> tuple[Gap, ...]:
        found: list[Gap] = []
        for step in self.steps:
            is_open = bool(found) and found[-1].ended is None
            if step.on > today:
                continue
            if step.move in TAKING and is_open:
                found[-1] = Gap(found[-1].begun, step.on, found[-1].begin_known)
            elif step.move not in TAKING and not is_open:
                found.append(Gap(step.on + ONE_DAY * (step.move is Move.STOPPED), None, step.from_known))
        return tuple(found)

    def open_gap(self, today: date) -> Gap | None:
        gaps = self.gaps(today)
        return gaps[-1] if gaps and gaps[-1].ended is None else None

    def resumed(self, today: date) -> Step | None:
        """The restart from which the end of the induction dose counts, where that is not the first dose.

        It is the last one at that dose after a gap too long to shift its end, or the last that began it anew.
        """
        return self._resumed(today) if self.has_gaps else None

    @remembered
    def _resumed(self, today: date) -> Step | None:
        anew = (step for step, gap in reversed(self._restarts(today)) if self._counts_anew(step, gap))
        return next(anew, None)

    @remembered
    def induction_ends(self, today: date) -> dict[int, date] | None:
        """The first day without the induction dose, by the weeks of induction: one entry, or both in CD while open.

        Closed interruptions of up to 28 days shift it. None where it cannot be said: not begun, a gap of which
        nobody knows the length, or a longer one of which nobody said how induction goes on.
        """
        ends = {weeks: self.end_after(weeks, today) for weeks in self._lengths(today)}
        known = {weeks: end for weeks, end in ends.items() if end is not None}
        return known if len(known) == len(ends) else None

    def end_after(self, weeks: int, today: date) -> date | None:
        """The first day without the induction dose, were it given for so many weeks."""
        if not self.has_gaps:
            return None if self.started_on is None else self.started_on + timedelta(weeks=weeks)
        return self._end((weeks, today))

    @remembered
    def _end(self, asked: tuple[int, date]) -> date | None:
        weeks, today = asked
        resumed = self.resumed(today)
        begun = self.started_on if resumed is None else resumed.on
        if begun is None or (resumed is not None and resumed.induction is not Resumed.ANEW):
            return None
        end = begun + timedelta(weeks=weeks)
        for gap in (each for each in self.gaps(today) if each.begun >= begun):
            if gap.begun >= end:
                break
            length = (gap.ended or today) - gap.begun
            if not gap.begin_known or (length > LONGEST_SHIFT and not self._leaves_the_rest(gap)):
                return None
            if gap.ended is not None:
                end += length
        return end

    def assessed(self, today: date) -> "Treatment":
        """The treatment whose induction the schedule assesses: the first one, without what came after its end."""
        for step, gap in self._restarts(today):
            if self._counts_anew(step, gap) and not self._went_on(step, gap):
                return self.before(step)
        return self

    def before(self, step: Step) -> "Treatment":
        """As it stood before one of its steps."""
        return replace(self, steps=self.steps[: self.steps.index(step)])

    @remembered
    def dose_steps(self, today: date) -> tuple[Step, ...]:
        """Recorded doses up to a day, in their order."""
        return tuple([step for step in self.steps if step.mg is not None and step.move in TAKING and step.on <= today])

    @remembered
    def doses_of_induction(self, today: date) -> tuple[Step, ...]:
        """Recorded doses since the induction that counts was begun."""
        resumed, steps = self.resumed(today), self.dose_steps(today)
        return steps if resumed is None else tuple([step for step in steps if step.on >= resumed.on])

    def has_next_dose(self, end: date | None, today: date) -> bool:
        """Whether a dose is recorded after that of induction, were `end` the first day without it (D14).

        The last record counts: another dose is one, and any that is recorded from the day before the end on. 45 mg is
        none: in UC it is the longer induction, which has an end of its own, and beyond that nobody knows of its end.
        """
        steps = self.doses_of_induction(today)
        return bool(steps) and self._is_next(steps[-1], end, self.induction_mg(today))

    def unrecorded_ends(self, today: date) -> dict[int, date]:
        """The ends of induction that have come without a recorded next dose, by the weeks of induction (D14).

        None while the drug is stopped, or interrupted since before the end; in UC 45 mg recorded is the extension.
        """
        gap, ends = self.open_gap(today), self.induction_ends(today)
        if self.last_dose(today) or ends is None:
            return {}
        return {
            weeks: end
            for weeks, end in ends.items()
            if end <= today and not (gap and gap.begun < end) and not self.has_next_dose(end, today)
        }

    @remembered
    def back_on_induction_mg(self, today: date) -> Step | None:
        """The step to 45 mg after another dose, while none follows: it is no induction, and nobody said when it ends.

        None too once the drug is stopped.
        """
        doses = self.doses_of_induction(today)
        last = next((at for at in range(len(doses), 0, -1) if doses[at - 1].mg != INDUCTION_MG), 0)
        is_after_another = last > 0 or self.induction_mg(today) != INDUCTION_MG
        if self.last_dose(today) or not is_after_another:
            return None
        return next(iter(doses[last:]), None)

    @remembered
    def in_induction(self, today: date) -> bool:
        """Whether its dose goes on, or would but for an interruption; true too where its end cannot be said."""
        mg = self.induction_mg(today)
        if any(step.mg != mg for step in self.doses_of_induction(today)):
            return False
        end = self._latest_end(today)
        return end is None or today < end

    def induction_mg(self, today: date) -> int:
        """45 mg, unless the first recorded dose, on day 0 or of a restart, is another (kidney, liver, CYP3A4)."""
        resumed = self.resumed(today)
        if resumed is not None and resumed.mg is not None:
            return resumed.mg
        return self.first_mg

    def _first_mg(self) -> int:
        first = next((step for step in self.steps if step.mg is not None), None)
        if first is None or first.mg is None or self.started_on is None:
            return INDUCTION_MG
        usual_end = self.started_on + timedelta(weeks=max(self._usual_lengths(self.induction_weeks)))
        is_of_induction = first.on == self.started_on or (not first.from_known and first.on < usual_end)
        return first.mg if is_of_induction else INDUCTION_MG

    def is_over(self, today: date) -> bool:
        """Whether every length of induction that is open has ended."""
        ends = self.induction_ends(today)
        return ends is not None and max(ends.values()) <= today

    def tells_more(self, step: Step) -> bool:
        """Whether a recorded dose tells more than the first one does, though it be of the same milligrams."""
        was_known = self.dose_known or not self.before(step).is_over(step.on)
        return not (was_known and step.from_known)

    def knows_dose(self, today: date) -> bool:
        """Whether it is known which dose is taken: once induction may be over, not by the first one alone, unless it is
        known that this went on.
        """
        if self.dose_known or not self._may_be_over(today):
            return True
        return any(step.mg != self.first_mg or self.tells_more(step) for step in self.dose_steps(today))

    def _may_be_over(self, today: date) -> bool:
        """Whether induction is over, or its end cannot be said and would have come but for an interruption."""
        if self.started_on is None or self.induction_ends(today) is not None:
            return self.is_over(today)
        return self.started_on + timedelta(weeks=max(self._usual_lengths(self.induction_weeks))) <= today

    @remembered
    def shifts_until(self, today: date) -> date | None:
        """The last day of a restart that would do no more than shift the end of induction; None while nothing is open.

        After the end of induction no day is one, nor where nobody knows since when nothing is taken.
        """
        gap = self.open_gap(today)
        if gap is None:
            return None
        is_short_at_first = gap.begin_known and self.in_induction(gap.begun)
        return gap.begun + (LONGEST_SHIFT if is_short_at_first else -ONE_DAY)

    def chosen_weeks(self, today: date) -> int | None:
        """How long induction is meant to be: as said at its restart, where it is given anew."""
        resumed = self.resumed(today)
        return self.induction_weeks if resumed is None else resumed.weeks

    # Restarts

    def _restarts(self, today: date) -> list[tuple[Step, Gap]]:
        """Every gap that has ended, with the step that ended it."""
        return [
            (next(step for step in self.steps if step.on == gap.ended and step.move in TAKING), gap)
            for gap in self.gaps(today)
            if gap.ended is not None
        ]

    def _counts_anew(self, step: Step, gap: Gap) -> bool:
        if step.induction is Resumed.ANEW:
            return True
        is_short = gap.length is None or (gap.begin_known and gap.length <= LONGEST_SHIFT)
        if is_short or not self._is_at_induction_dose(step, gap):
            return False
        return not (step.induction is Resumed.REST and self._went_on(step, gap))

    def _is_at_induction_dose(self, step: Step, gap: Gap) -> bool:
        """A restart without a dose is at the last one; where nobody knew that, it is not taken for one of induction."""
        before = self.before(step)
        if step.mg is None and not before.knows_dose(gap.begun):
            return False
        induction = before.induction_mg(step.on)
        doses = [each.mg for each in before.dose_steps(step.on)]
        return (step.mg or next(reversed(doses), induction)) == induction

    def _went_on(self, step: Step, gap: Gap) -> bool:
        """Whether an interruption cut induction short, or came after it."""
        return self.before(step).in_induction(gap.begun)

    def _leaves_the_rest(self, gap: Gap) -> bool:
        return any(step.on == gap.ended and step.induction is Resumed.REST for step in self.steps)

    def _is_next(self, step: Step, end: date | None, induction_mg: int) -> bool:
        if step.mg == INDUCTION_MG:
            return False
        return step.mg != induction_mg or self._is_again(step, end)

    def _is_again(self, step: Step, end: date | None) -> bool:
        return step.move is Move.DOSE and step.from_known and end is not None and step.on >= end - ONE_DAY

    def _latest_end(self, today: date) -> date | None:
        ends = self.induction_ends(today)
        return max(ends.values()) if ends else None

    def _lengths(self, today: date) -> tuple[int, ...]:
        if self.disease is _UC and self._is_extended(today):
            return (UC_EXTENDED_WEEKS,)
        return self._usual_lengths(self.chosen_weeks(today))

    def _usual_lengths(self, chosen: int | None) -> tuple[int, ...]:
        if self.disease is _UC:
            return (UC_INDUCTION_WEEKS,)
        return CD_INDUCTION_WEEKS if chosen is None else (chosen,)

    def _is_extended(self, today: date) -> bool:
        """45 mg recorded again from a fortnight before its end on, and no other dose before that.

        It is the second eight weeks of the EU and AU labels. A reduced dose recorded again is one of maintenance.
        """
        if self.induction_mg(today) != INDUCTION_MG:
            return False
        end = self.end_after(UC_INDUCTION_WEEKS, today)
        for step in self.doses_of_induction(today):
            if step.mg != INDUCTION_MG:
                return False
            if step.move is Move.DOSE and end is not None and step.on >= end - RECORDED_AHEAD:
                return True
        return False
