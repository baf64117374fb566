"""When CPK belongs to the schedule: after muscle symptoms, and with the next laboratory values where it was raised."""

from collections.abc import Iterable

from flows.citations import Stated
from flows.days import day
from flows.history import AdverseEvent
from flows.protocol.case import Case, as_said
from flows.protocol.due import OPEN, Due, DueState, Outcome, Window, done, lacking
from flows.protocol.monitoring import ONGOING
from flows.protocol.muscle import CPK_RAISED_ABOVE, SYMPTOMS_WITHIN
from flows.protocol.reference_limits import always, told, uppers
from flows.protocol.sources import OUR_SCHEDULE
from flows.samples import Lab, latest

_TITLE = "CPK"
_SYMPTOMS = frozenset({"myalgia", "rhabdomyolysis"})
_WITH = frozenset({"early_lab", "wk12_cbc", "rep_lab"})
_SAYS = "elevations of CPK are monitored"
_WITH_SYMPTOMS = f"with muscle symptoms, open for {SYMPTOMS_WITHIN.days} days"
_WHERE_RAISED = "with the next blood count where the last one was raised"

STATED = (
    Stated(_SAYS, ONGOING),
    Stated(f"CPK is due {_WITH_SYMPTOMS}", OUR_SCHEDULE),
    Stated(f"CPK is due {_WHERE_RAISED}", OUR_SCHEDULE),
)


def cpk(case: Case, others: Iterable[Due]) -> list[Due]:
    """After the latest symptom, else with the next open laboratory item; a CPK that was never raised is no item."""
    event = _symptom(case)
    if event is not None:
        return [_after_symptoms(case, event)]
    return _where_raised(case, others)


def _symptom(case: Case) -> AdverseEvent | None:
    events = [each for each in case.chart.events if each.kind in _SYMPTOMS and case.day0 <= each.on <= case.today]
    last = max(events, key=lambda each: each.on, default=None)
    if last is None:
        return None
    lab = latest(case.chart.labs, "cpk", last.on, case.today)
    return last if lab is None or not _is_raised(case, lab) else None


def _after_symptoms(case: Case, event: AdverseEvent) -> Due:
    window = Window(event.on, event.on, event.on + SYMPTOMS_WITHIN)
    on = case.held.first("cpk", event.on, case.today)
    said = case.said("cpk", event.on, case.today)
    missing = case.names(("cpk",))
    if on is not None:
        outcome = done(window, on, case.names(case.held.not_entered(("cpk",), event.on, on)))
    elif said is not None and said.on >= event.on:
        outcome = as_said(said, missing)
    else:
        outcome = lacking(window, case.today, missing)
    return _due(window, outcome, _WITH_SYMPTOMS, f"{event.kind} on {day(event.on)}")


def _is_raised(case: Case, lab: Lab) -> bool:
    """Where the upper limit is not known, or depends on a sex that is not, only what is above every one that may be."""
    return always(lab, uppers(lab, case.chart.sex), lambda value, upper: value > CPK_RAISED_ABOVE * upper) is True


def _where_raised(case: Case, others: Iterable[Due]) -> list[Due]:
    lab = latest(case.chart.labs, "cpk", None, case.today)
    if lab is None or not _is_raised(case, lab):
        return []
    coming = {
        each.due: each.window for each in others if each.item in _WITH and each.state in OPEN and each.due is not None
    }
    if not coming:
        return []
    window = coming[min(coming)]
    missing = case.names(("cpk",))
    assert window.opens is not None
    on = case.held.last("cpk", window.opens, case.today)
    outcome = Outcome(DueState.DONE, f"done {day(on)}", (), on) if on else lacking(window, case.today, missing)
    return [_due(window, outcome, _WHERE_RAISED, told(lab, uppers(lab, case.chart.sex)))]


def _due(window: Window, outcome: Outcome, rule: str, fact: str) -> Due:
    return Due(
        item="cpk",
        title=_TITLE,
        window=window,
        state=outcome.state,
        source=ONGOING,
        why=f"{ONGOING.name}: {_SAYS} (window of this project: {rule}); {fact}{outcome.note and '; '}{outcome.note}",
        missing=outcome.missing,
        done_on=outcome.done_on,
        slot=str(window.opens),
    )
