"""What remains after the last dose: contraception, breastfeeding; the monitoring is planned no further."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from flows.citations import Citation, Stated
from flows.days import day
from flows.history import Sex
from flows.protocol.before_first_dose import may_bear_children
from flows.protocol.case import Case
from flows.protocol.due import BASELINE, OPEN, Due, DueState, Window, voice
from flows.protocol.monitoring import CONTRACEPTION
from flows.protocol.reproduction import CONTRACEPTION_AFTER, NO_BREASTFEEDING_AFTER
from flows.protocol.sources import OUR_SCHEDULE, US_INDICATION

_CONTRACEPTION = f"effective contraception up to {CONTRACEPTION_AFTER.days} days after the last dose"
_LACTATION = f"no breastfeeding up to {NO_BREASTFEEDING_AFTER.days} days after the last dose"

STATED = (
    *(Stated(_CONTRACEPTION, each) for each in CONTRACEPTION),
    Stated(_LACTATION, US_INDICATION),
    Stated(
        "after the last dose no further monitoring is planned; a result that is awaited stays, and a baseline item "
        "that a finding left open is closed",
        OUR_SCHEDULE,
    ),
)


def closed(items: Iterable[Due], last_dose: date) -> list[Due]:
    """What was open is no longer planned; what was done, missed, awaited or not possible stays as it is.

    Of the baseline nobody waits any more for what a finding left open: safety goes on to say what was found.
    """
    note = f"the last dose was on {day(last_dose)}, no further monitoring is planned"
    return [_closed(each, note) if each.state in OPEN or _was_left_open(each) else each for each in items]


def _was_left_open(due: Due) -> bool:
    return due.item.startswith(BASELINE) and due.is_open_by_finding


def _closed(due: Due, note: str) -> Due:
    return replace(due, state=DueState.NOT_NEEDED, why=f"{due.why}; {note}", missing=())


def after_last_dose(case: Case, last_dose: date) -> list[Due]:
    history, found = case.chart.history, []
    may_bear = may_bear_children(case.chart)
    if may_bear is not False:
        end = last_dose + CONTRACEPTION_AFTER
        found.append(_due(case, "contra_end", end, CONTRACEPTION, may_bear))
    may_lactate = history.lactating is None and case.chart.sex is not Sex.MALE and may_bear is not False
    if history.lactating or may_lactate:
        end = last_dose + NO_BREASTFEEDING_AFTER
        found.append(_due(case, "lact_end", end, (US_INDICATION,), history.lactating))
    return found


def _due(case: Case, item: str, end: date, sources: tuple[Citation, ...], applies: bool | None) -> Due:
    """A day that is waited for: planned before it, done when it has come."""
    title, rule, unknown = {
        "contra_end": ("End of contraception", _CONTRACEPTION, "child-bearing potential not known"),
        "lact_end": ("End of the pause in breastfeeding", _LACTATION, "not known whether there is breastfeeding"),
    }[item]
    spoken, has_come = voice(sources, case.chart.region), case.today >= end
    notes = [f"the last day is {day(end)}", *([] if applies else [unknown])]
    return Due(
        item=item,
        title=title,
        window=Window(end, end, end),
        state=DueState.DONE if has_come else DueState.PLANNED,
        source=spoken.source,
        why=f"{spoken.names}: {rule}; {'; '.join(notes)}",
        done_on=end if has_come else None,
    )
