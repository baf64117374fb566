"""Whether the dose after 45 mg is recorded, looked for from a fortnight before its end. CLINICAL.md D2, D14."""

from datetime import date, timedelta
from functools import lru_cache

from flows.citations import Authority, Citation, Stated
from flows.days import day
from flows.history import Region
from flows.protocol.case import Case
from flows.protocol.due import Due, DueState, Outcome, Voice, Window, done, voice
from flows.protocol.induction import INDUCTIONS, LABEL_CD_WEEKS, PROTOCOL_CD_WEEKS
from flows.protocol.monitoring import extending_sources, label_sources
from flows.protocol.sources import OUR_SCHEDULE
from flows.protocol.standing import END_OF_INDUCTION, NO_END, too_long
from flows.questionnaire import Disease
from flows.steps import Move, Step
from flows.treatment import (
    CD_INDUCTION_WEEKS,
    INDUCTION_MG,
    RECORDED_AHEAD,
    UC_EXTENDED_WEEKS,
    UC_INDUCTION_WEEKS,
)

LOOKED_FOR_BEFORE = timedelta(days=14)
_TITLE = f"Dose after {INDUCTION_MG} mg"
_CD, _UC = Disease.CROHNS, Disease.ULCERATIVE_COLITIS
# Who says that 45 mg lasts so many weeks.
_LENGTHS: dict[tuple[Disease, int], tuple[Citation, ...]] = {
    (_CD, PROTOCOL_CD_WEEKS): (INDUCTIONS[_CD][Authority.PROTOCOL].source,),
    (_CD, LABEL_CD_WEEKS): label_sources(_CD),
    (_UC, UC_INDUCTION_WEEKS): label_sources(_UC),
    (_UC, UC_EXTENDED_WEEKS): extending_sources(_UC),
}

STATED = (
    Stated(
        f"the dose after {INDUCTION_MG} mg is looked for from {LOOKED_FOR_BEFORE.days} days before its end on",
        OUR_SCHEDULE,
    ),
)


def next_doses(case: Case) -> list[Due]:
    """One item for each length of induction that is open; in CD without a chosen length there are two.

    One too for 45 mg after another dose, which has no length.
    """
    if back := case.treatment.back_on_induction_mg(case.today):
        return [_back(case, back)]
    return [_entry(case, weeks) for weeks in _lengths(case)]


def _lengths(case: Case) -> tuple[int, ...]:
    if case.chart.disease is _CD:
        chosen = case.treatment.chosen_weeks(case.today)
        return CD_INDUCTION_WEEKS if chosen is None else (chosen,)
    return (UC_INDUCTION_WEEKS, UC_EXTENDED_WEEKS) if _is_extended(case) else (UC_INDUCTION_WEEKS,)


def _is_extended(case: Case) -> bool:
    return UC_EXTENDED_WEEKS in (case.treatment.induction_ends(case.today) or {})


def _entry(case: Case, weeks: int) -> Due:
    end = case.treatment.end_after(weeks, case.today)
    resumed = case.treatment.resumed(case.today)
    begun = case.day0 if resumed is None else resumed.on
    shown = begun + timedelta(weeks=weeks) if end is None else end
    due = shown - LOOKED_FOR_BEFORE
    is_asked = end is None and resumed is not None  # from the restart on: nobody said when it ends
    window = Window(begun if is_asked else due, due, shown)
    spoken = _voice(case.chart.disease, weeks, case.chart.region)
    outcome = _outcome(case, weeks, window, end, spoken.names)
    return Due(
        item="dose_step",
        title=_TITLE,
        window=window,
        state=outcome.state,
        source=spoken.source,
        why=f"{spoken.names}: induction of {weeks} weeks; {outcome.note}",
        missing=outcome.missing,
        done_on=outcome.done_on,
        slot=f"{weeks} weeks" if resumed is None else f"{weeks} weeks from {begun}",
    )


def _back(case: Case, step: Step) -> Due:
    """From its day on: nobody said when it ends."""
    window = Window(step.on, step.on, step.on)
    said = f"CHECK: {step.mg} mg since {day(step.on)} after another dose: {NO_END}"
    return Due(
        item="dose_step",
        title=_TITLE,
        window=window,
        state=window.state(case.today),
        source=END_OF_INDUCTION,
        why=f"{END_OF_INDUCTION.name}: {said}",
        missing=("dose",),
        slot=f"{step.mg} mg from {step.on}",
    )


@lru_cache(maxsize=64)
def _voice(disease: Disease, weeks: int, region: Region | None) -> Voice:
    return voice(_LENGTHS[disease, weeks], region)


def _outcome(case: Case, weeks: int, window: Window, end: date | None, names: str) -> Outcome:
    step = _step(case, weeks, end)
    if step is not None:
        found = done(window, step.on)
        return Outcome(found.state, f"{step.mg} mg recorded on {day(step.on)}", done_on=step.on)
    if end is None:
        how_long = too_long(case.treatment, case.today)
        note = f"interrupted {how_long}: the end of {INDUCTION_MG} mg is to be confirmed"
        return Outcome(window.state(case.today), note, ("dose",))
    gap = case.treatment.open_gap(case.today)
    if gap is not None and gap.begun < end:
        return Outcome(DueState.PLANNED, f"paused: interrupted {gap.since}")
    state = window.state(case.today)
    if case.today < end:
        note = f"its end is {day(end)}, no dose recorded"
        return Outcome(state, note, () if state is DueState.PLANNED else ("dose",))
    return Outcome(state, _check(case, weeks, end, names), ("dose",))


def _check(case: Case, weeks: int, end: date, names: str) -> str:
    ended = f"CHECK: {case.treatment.induction_mg(case.today)} mg ended on {day(end)} ({names}), no dose recorded"
    if case.chart.disease is _CD and case.treatment.chosen_weeks(case.today) is None:
        (other,) = (each for each in CD_INDUCTION_WEEKS if each != weeks)
        whose = _voice(_CD, other, case.chart.region).names
        return f"{ended}; the length of induction is not recorded; {whose}: {other} weeks"
    return ended


def _step(case: Case, weeks: int, end: date | None) -> Step | None:
    """The first record of a dose after that of induction; the longer induction in colitis is one, too."""
    steps, treatment = case.treatment.doses_of_induction(case.today), case.treatment
    if weeks == UC_INDUCTION_WEEKS and end is not None and _is_extended(case):
        return next((step for step in steps if step.move is Move.DOSE and step.on >= end - RECORDED_AHEAD), None)
    if not treatment.has_next_dose(end, case.today):
        return None
    return next((step for step in steps if treatment.has_next_dose(end, step.on)), None)
