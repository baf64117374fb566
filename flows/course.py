"""The course of one patient as a machine: what can be recorded now and on which day. CLINICAL.md section 4, D14.

Its phase is that of `Treatment`: a move leads where the treatment with its step stands, and to no other phase.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypedDict, Unpack

from flows.arrows import Row
from flows.days import ONE_DAY, day
from flows.errors import NotNow
from flows.machines import fire, machine
from flows.questionnaire import Disease
from flows.steps import Move, Resumed, Step
from flows.treatment import RECORDED_AHEAD, TAKEN, Phase, Treatment


class Trigger(StrEnum):
    """What moves a course: what a clinician records, and the date alone."""

    START = "first dose"
    DOSE = "dose"
    INTERRUPT = "interruption"
    RESTART = "restart"
    STOP = "end of treatment"
    ELAPSE = "date alone"


# What is recorded, and the step that is written of it.
RECORDED = {
    Trigger.START: Move.DOSE,
    Trigger.DOSE: Move.DOSE,
    Trigger.INTERRUPT: Move.INTERRUPTED,
    Trigger.RESTART: Move.RESTARTED,
    Trigger.STOP: Move.STOPPED,
}
_NAMES = {move: trigger for trigger, move in RECORDED.items()}

ON = TAKEN
OFF = (Phase.INTERRUPTED, Phase.STOPPED)
BEGUN = (*ON, Phase.INTERRUPTED)

# Guards look at the treatment with the step in it. 45 mg recorded late in colitis leads back into a longer induction.
TRANSITIONS: tuple[Row, ...] = (
    # trigger           from             to                 guard                    effect
    (Trigger.START,     Phase.SCREENING, Phase.INDUCTION,   None,                    "_begin"),
    (Trigger.DOSE,      ON,              Phase.INDUCTION,   "_induction_goes_on",    "_write"),
    (Trigger.DOSE,      ON,              Phase.MAINTENANCE, "_induction_is_over",    "_write"),
    (Trigger.INTERRUPT, ON,              Phase.INTERRUPTED, None,                    "_write"),
    (Trigger.RESTART,   OFF,             Phase.INDUCTION,   "_induction_goes_on",    "_write"),
    (Trigger.RESTART,   OFF,             Phase.MAINTENANCE, "_induction_is_over",    "_write"),
    (Trigger.STOP,      BEGUN,           Phase.STOPPED,     None,                    "_write"),
    (Trigger.ELAPSE,    Phase.SCREENING, Phase.INDUCTION,   "_planned_day_has_come", None),
    (Trigger.ELAPSE,    Phase.INDUCTION, Phase.MAINTENANCE, "_induction_is_over",    None),
)  # fmt: skip

MACHINE = machine(TRANSITIONS, Phase.SCREENING, "phase")

_STANDS = {
    Phase.SCREENING: "The treatment has not begun",
    Phase.INDUCTION: "The treatment is not interrupted",
    Phase.MAINTENANCE: "The treatment is not interrupted",
    Phase.INTERRUPTED: "The treatment is interrupted",
    Phase.STOPPED: "The treatment has ended",
}
_REFUSED = {
    Trigger.DOSE: "no dose to change",
    Trigger.INTERRUPT: "nothing to interrupt",
    Trigger.RESTART: "nothing to restart",
    Trigger.STOP: "nothing to stop",
}


class Said(TypedDict, total=False):
    """What a step can say besides its day: its dose, its reason, how induction goes on."""

    mg: int | None
    why: str | None
    induction: Resumed | None
    weeks: int | None


@dataclass(slots=True)
class Course:
    """A treatment as it stands on a day."""

    treatment: Treatment
    today: date
    phase: Phase

    def possible(self) -> tuple[Trigger, ...]:
        """What a clinician can record now."""
        return () if _closed_on(self.treatment, self.today) else _leaving(self.phase)

    def record(self, trigger: Trigger, on: date, **more: Unpack[Said]) -> None:
        """Add a step to the treatment, on its own day; NotNow says in a sentence why there is no such step."""
        step, steps = Step(on=on, move=RECORDED[trigger], **more), self.treatment.steps
        if trigger is Trigger.START and self.treatment.started_on is None:
            self._begin_again(steps, step, sum(each.on <= on for each in steps))
        elif told := _told_after(steps, on):
            before = replace(self.treatment, steps=steps[: -len(told)])
            self._tell_again(before, trigger, step, (step, *told))
        else:
            self.add(trigger, step)

    def add(self, trigger: Trigger, step: Step) -> None:
        """Add a step behind all others."""
        today = self.today
        if flaw := _flaw(self.treatment, trigger, step, today):
            raise NotNow(flaw)
        self.today, self.phase = step.on, self.treatment.phase(step.on)
        moved = fire(MACHINE, self, trigger, step)
        assert moved
        self.elapse(today)

    def correct(self, at: int | None, to: int, trigger: Trigger, on: date, **more: Unpack[Said]) -> None:
        """Put a step in the place of the one `at`, `to` where its day is; NotNow says why that would contradict itself.

        None is a first dose of which only the day is known.
        """
        steps, step = self.treatment.steps, Step(on=on, move=RECORDED[trigger], **more)
        others = steps if at is None else (*steps[:at], *steps[at + 1 :])
        if trigger is Trigger.START:
            self._begin_again(others, step, to)
            return
        assert at is not None
        kept = min(at, to)
        again = replace(self.treatment, steps=others[:kept])
        self._tell_again(again, trigger, step, (*others[kept:to], step, *others[to:]))

    def elapse(self, until: date) -> None:
        """What the date alone does, up to a day."""
        self.today = until
        for _ in Phase:  # no date leads further
            fire(MACHINE, self, Trigger.ELAPSE)

    def waits_for_an_end(self) -> bool:
        """Whether nobody has said when induction ends since a restart that does not say it."""
        is_open = self.phase is Phase.INDUCTION and self.treatment.resumed(self.today) is not None
        return is_open and len(self.treatment.induction_ends(self.today) or ()) != 1

    def _begin_again(self, others: tuple[Step, ...], step: Step, to: int) -> None:
        """Record the first dose among all others; those of days before it are said not to fit, by their days."""
        told = next((each for each in others[:to] if each.on == step.on and not each.from_known), None)
        if told is not None:
            raise NotNow(_unfit_told(told, NotNow("the first dose is of that day.")))
        before = () if any(each.on < step.on for each in others) else others[:to]
        again = replace(self.treatment, steps=(), started_on=None)
        self._tell_again(again, Trigger.START, step, (*before, step, *others[len(before) :]))

    def _tell_again(self, again: Treatment, trigger: Trigger, step: Step, steps: tuple[Step, ...]) -> None:
        """Record, on top of what is kept of the treatment, steps that stand, and the one among them that is new."""
        found = course_of(again, self.today)
        for each in steps:
            try:
                found.add(trigger if each is step else _NAMES[each.move], each)
            except NotNow as flaw:
                unfit = _unfit if each.from_known else _unfit_told
                raise NotNow(str(flaw) if each is step else unfit(each, flaw)) from flaw
        self.treatment, self.phase = found.treatment, found.phase

    # The machine's guards and effects

    def _planned_day_has_come(self) -> bool:
        return self.treatment.day(self.today) is not None

    def _induction_goes_on(self, *steps: Step) -> bool:
        return _with(self.treatment, *steps).in_induction(self.today)

    def _induction_is_over(self, *steps: Step) -> bool:
        return not self._induction_goes_on(*steps)

    def _begin(self, step: Step) -> None:
        self.treatment = replace(_with(self.treatment, step), started_on=step.on)

    def _write(self, step: Step) -> None:
        self.treatment = _with(self.treatment, step)


def course_of(treatment: Treatment, today: date) -> Course:
    """The course as it stands on a day."""
    return Course(treatment, today, treatment.phase(today))


def misfit(treatment: Treatment, today: date) -> tuple[int, str] | None:
    """The place of the first step that the course before it does not allow, and why.

    Steps without a first dose have a check of their own.
    """
    steps, first = treatment.steps, treatment.started_on
    if first is None:
        return None
    begun = int(bool(steps) and (steps[0].move, steps[0].on) == (Move.DOSE, first))
    found = course_of(replace(treatment, steps=steps[:begun]), today)
    for at, step in enumerate(steps[begun:], start=begun):
        try:
            found.add(_NAMES[step.move], step)
        except NotNow as flaw:
            return at, _unfit(step, flaw)
    return None


def _with(treatment: Treatment, *steps: Step) -> Treatment:
    return replace(treatment, steps=(*treatment.steps, *steps)) if steps else treatment


def _leaving(phase: Phase) -> tuple[Trigger, ...]:
    leaving = MACHINE.get_triggers(phase)
    return tuple(each for each in RECORDED if each in leaving)


def _closed_on(treatment: Treatment, today: date) -> date | None:
    """The last dose, where it stands on the chart itself: no step of a course comes after that."""
    last = treatment.stopped_on
    return last if last is not None and last <= today else None


# Why a step is refused


def _unfit(step: Step, flaw: NotNow) -> str:
    return f"The {_NAMES[step.move]} of {day(step.on)} would not fit any more: {flaw}"


def _unfit_told(step: Step, flaw: NotNow) -> str:
    """Of what was told without its begin: it says nothing of how it came about, so another word may be due."""
    what = f"{step.mg} mg, told as taken" if step.mg else f"The {_NAMES[step.move]}, told"
    said = f"{what} on {day(step.on)}, would not fit any more: {flaw}"
    return f"{said} Under Correct it is to be put right, or taken out, first."


def _told_after(steps: tuple[Step, ...], on: date) -> tuple[Step, ...]:
    """The later steps, where they only tell what was taken by then: what was before that may still be told."""
    later = tuple(each for each in steps if each.on > on)
    return () if any(each.from_known for each in later) else later


def _flaw(treatment: Treatment, trigger: Trigger, step: Step, today: date) -> str:
    if step.on > today:
        return f"{day(step.on)} lies after today."
    if last := _closed_on(treatment, today):
        return f"The treatment has ended for good, its last dose was on {day(last)}."
    if trigger is Trigger.START and treatment.day(today) is not None:
        return "The first dose is recorded already."
    return _flaw_of_day(treatment, trigger, step, today) or _flaw_of_move(treatment, trigger, step)


def _flaw_of_day(treatment: Treatment, trigger: Trigger, step: Step, today: date) -> str:
    """A step lies on or after every other one, and a restart after the day of the last dose."""
    first, last = treatment.started_on, (step, *treatment.steps)[-1]
    if first is not None and step.on < first <= today:
        return f"{day(step.on)} lies before the {Trigger.START}, {day(first)}."
    if step.on < last.on:
        return f"{day(step.on)} lies before the {_NAMES[last.move]}, {day(last.on)}."
    if trigger is Trigger.RESTART and last.move is Move.STOPPED and step.on == last.on:
        return f"The last dose was on {day(step.on)}: a restart lies after it."
    return ""


def _flaw_of_move(treatment: Treatment, trigger: Trigger, step: Step) -> str:
    phase = treatment.phase(step.on)
    if trigger not in _leaving(phase):
        return f"{_STANDS[phase]}: {_REFUSED[trigger]}."
    if step.move is Move.DOSE and step.mg is None:
        return "A dose needs its milligrams."
    if step.induction is Resumed.REST and (flaw := _flaw_of_rest(treatment, step.on)):
        return flaw
    return _flaw_of_dose(treatment, step) if trigger is Trigger.DOSE and phase is Phase.INDUCTION else ""


def _flaw_of_rest(treatment: Treatment, on: date) -> str:
    gap = treatment.open_gap(on)
    assert gap is not None
    if not gap.begin_known:
        return "Since when it was interrupted is not known: what was left of induction is not either."
    if treatment.in_induction(gap.begun):
        return ""
    return "Induction was over before the interruption: nothing is left of it."


def _flaw_of_dose(treatment: Treatment, step: Step) -> str:
    """In the middle of induction its own dose, recorded again, would change nothing and look as if it had."""
    ends = treatment.induction_ends(step.on)
    if step.mg != treatment.induction_mg(step.on) or not ends:
        return ""
    end = min(ends.values())
    counts_from = end - (RECORDED_AHEAD if treatment.disease is Disease.ULCERATIVE_COLITIS else ONE_DAY)
    if step.on >= counts_from:
        return ""
    return f"{step.mg} mg goes on and ends on {day(end)}: recorded again it counts from {day(counts_from)} on."
