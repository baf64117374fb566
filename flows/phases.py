"""The course of a treatment as spans of days: what was taken when, and where that is not known. CLINICAL.md D2, D14."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from flows.chart import Chart, Medication
from flows.days import ONE_DAY, day
from flows.protocol.standing import lost_dates
from flows.protocol.steroids import STEROIDS, UNKNOWN_STEROIDS, steroid, steroid_line
from flows.quantities import plain
from flows.steps import Gap
from flows.treatment import INDUCTION_MG, LONGEST_SHIFT, Phase, Treatment


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days up to the first one without, `ended` None while it goes on; `phase` None where it cannot be said.

    `short` says it where there is little room. Where `begin_known` is False, `begun` is the first day of which it is
    known.
    """

    says: str
    short: str
    begun: date
    ended: date | None
    phase: Phase | None = None
    begin_known: bool = True

    @property
    def since(self) -> str:
        """`from 1 Jun 2026`, where somebody told that."""
        begun = day(self.begun)
        if self.begin_known:
            return f"from {begun}"
        return f"{'' if self.phase is Phase.INTERRUPTED else 'taken '}on {begun}, since when is not known"


def phases(chart: Chart, since: date, today: date) -> tuple[Period, ...]:
    """In their order, without a gap between them; none where the first dose or another date is not known."""
    first = chart.started_on
    if first is None or lost_dates(chart):
        return ()
    before = Period(says="screening", short="", begun=since, ended=first, phase=Phase.SCREENING)
    treated = _treated(chart, first, today) if first <= today else []
    return tuple([before, *treated] if since < first else treated)


def _as_told(span: Period, chart: Chart) -> Period:
    """Whoever told a first dose of an earlier day did not know which: none is said until one is recorded."""
    is_told = chart.dose_known or any(step.mg and step.on <= span.begun for step in chart.course)
    if is_told or not span.short:
        return span
    says = "induction, dose not recorded" if span.phase is Phase.INDUCTION else "dose not recorded"
    return replace(span, says=says, short="")


def steroids(chart: Chart, today: date) -> tuple[Period, ...] | None:
    """Courses of steroids in the order of their days, those at 0 mg left out; None where they are not known."""
    if chart.medication is None or steroid_line(chart, today) == UNKNOWN_STEROIDS:
        return None
    courses = [each for each in chart.medication if each.kind in STEROIDS and each.begun <= today]
    return tuple(
        Period(
            says=steroid(each),
            short=_steroid_mg(each),
            begun=each.begun,
            ended=_past(each.ended, today),
            begin_known=each.begin_known,
        )
        for each in sorted(courses, key=lambda each: each.begun)
        if each.prednisolone_mg != 0
    )


def _steroid_mg(course: Medication) -> str:
    return f"{plain(course.prednisolone_mg)} mg" if course.prednisolone_mg else ""


def _past(last_day: date | None, today: date) -> date | None:
    return last_day + ONE_DAY if last_day and last_day < today else None


def _treated(chart: Chart, first: date, today: date) -> list[Period]:
    """One span for each stretch of days of which the same can be said."""
    treatment = chart.treatment
    days = sorted(each for each in _turns(treatment, today) if first <= each <= today)
    found: list[Period] = []
    for begun, ended in pairwise([*days, None]):
        assert begun is not None
        span = replace(_as_told(_at(treatment, begun, today), chart), ended=ended)
        if found and (found[-1].says, found[-1].phase) == (span.says, span.phase):
            span = replace(found.pop(), ended=ended)
        found.append(span)
    return found


def _turns(treatment: Treatment, today: date) -> set[date]:
    """Every day on which something else may begin."""
    gaps, last = treatment.gaps(today), treatment.last_dose(today)
    days = {treatment.started_on, *(step.on for step in treatment.dose_steps(today))}
    days |= {gap.begun for gap in gaps} | {gap.ended for gap in gaps}
    days |= {end for each in _inductions(treatment, today) for end in (each.induction_ends(today) or {}).values()}
    days.add(last and last + ONE_DAY)
    return {each for each in days if each is not None}


def _inductions(treatment: Treatment, today: date) -> list[Treatment]:
    """The treatment as it stands, and as it stood before each restart from which its induction counts."""
    resumed = treatment.resumed(today)
    return [treatment] if resumed is None else [treatment, *_inductions(treatment.before(resumed), today)]


def _at(treatment: Treatment, on: date, today: date) -> Period:
    """What is known today of a day on treatment; its span ends where the next one begins."""
    last = treatment.last_dose(today)
    if last is not None and on > last:
        return Period(says="stopped", short="", begun=on, ended=None, phase=Phase.STOPPED)
    for gap in treatment.gaps(today):
        if gap.begun <= on and (gap.ended is None or on < gap.ended):
            return _interrupted(on, is_begin_known=gap.begin_known or gap.begun != on)
    then = next(each for each in _inductions(treatment, today) if _begun(each, today) <= on)
    mg, doses = then.induction_mg(on), then.doses_of_induction(on)
    if any(step.mg != mg for step in doses):
        step = doses[-1]
        assert step.mg is not None
        return replace(_maintenance(on, step.mg), begin_known=step.from_known or step.on != on)
    return _at_induction_dose(then, mg, on, today)


def _begun(treatment: Treatment, today: date) -> date:
    resumed = treatment.resumed(today)
    assert treatment.started_on is not None
    return treatment.started_on if resumed is None else resumed.on


def _at_induction_dose(treatment: Treatment, mg: int, on: date, today: date) -> Period:
    """While no other dose than that of induction is recorded: it ends where its length says so, if that is known."""
    ends = treatment.induction_ends(today)
    if ends is None:
        is_sure = not any(gap.begun <= on and _is_long(gap, today) for gap in treatment.gaps(today))
        return _induction(on, mg) if is_sure else _unknown(on, f"{mg} mg, end of induction not known", f"{mg} mg?")
    if on < min(ends.values()):
        return _induction(on, mg)
    end = max(ends.values())
    if on < end:
        return _unknown(on, f"{mg} mg or ended: length of induction not recorded", f"{mg} mg?")
    if treatment.has_next_dose(end, on):
        return _maintenance(on, mg)
    again = any(step.on >= end - ONE_DAY for step in treatment.dose_steps(on))
    return _recorded(on, mg) if again else _unknown(on, "no dose recorded", "")


def _is_long(gap: Gap, today: date) -> bool:
    return not gap.begin_known or (gap.ended or today) - gap.begun > LONGEST_SHIFT


def _interrupted(on: date, *, is_begin_known: bool) -> Period:
    phase = Phase.INTERRUPTED
    return Period(says="interrupted", short="", begun=on, ended=None, phase=phase, begin_known=is_begin_known)


def _induction(on: date, mg: int) -> Period:
    return Period(says=f"induction {mg} mg", short=f"{mg} mg", begun=on, ended=None, phase=Phase.INDUCTION)


def _maintenance(on: date, mg: int) -> Period:
    """Nobody calls 45 mg maintenance: it is a dose that was recorded, and no more."""
    if mg == INDUCTION_MG:
        return _recorded(on, mg)
    return Period(says=f"maintenance {mg} mg", short=f"{mg} mg", begun=on, ended=None, phase=Phase.MAINTENANCE)


def _recorded(on: date, mg: int) -> Period:
    return _unknown(on, f"{mg} mg recorded", f"{mg} mg")


def _unknown(on: date, says: str, short: str) -> Period:
    return Period(says=says, short=short, begun=on, ended=None)
