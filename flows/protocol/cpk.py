"""When CPK belongs to the schedule: after muscle symptoms, and with the next laboratory values where it was raised."""

from collections.abc import Iterable
from datetime import date
from itertools import islice

from flows.citations import Stated
from flows.days import day
from flows.history import AdverseEvent
from flows.protocol.case import Case, as_said
from flows.protocol.due import DONE, SETTLED, Due, Outcome, Window, done, lacking, sampled_until
from flows.protocol.monitoring import ONGOING, SERIES
from flows.protocol.muscle import CPK_RAISED_ABOVE, SYMPTOMS_WITHIN
from flows.protocol.reference_limits import always, told, uppers
from flows.protocol.series import first_opening_after
from flows.protocol.sources import OUR_SCHEDULE
from flows.samples import Lab, by_analyte

_TITLE = "CPK"
_SYMPTOMS = frozenset({"myalgia", "rhabdomyolysis"})
_WITH = frozenset({"early_lab", "wk12_cbc", "rep_lab"})
_SERIES = next(each for each in SERIES if each.id == "rep_lab")
_SAYS = "elevations of CPK are monitored"
_WITH_SYMPTOMS = f"with muscle symptoms, open for {SYMPTOMS_WITHIN.days} days"
_WHERE_RAISED = "with the next blood count where the last one was raised"

STATED = (
    Stated(_SAYS, ONGOING),
    Stated(f"CPK is due {_WITH_SYMPTOMS}", OUR_SCHEDULE),
    Stated(f"CPK is due {_WHERE_RAISED}", OUR_SCHEDULE),
)


def cpk(case: Case, others: Iterable[Due]) -> list[Due]:
    """After the latest symptom; once that is settled, or without one, with a blood count after a raised value."""
    event = _symptom(case)
    asked = [] if event is None else [_after_symptoms(case, event)]
    if any(each.state not in SETTLED for each in asked):
        return asked
    raised = _where_raised(case, others)
    slots = {each.slot for each in raised}
    return [*[each for each in asked if each.slot not in slots], *raised]


def _symptom(case: Case) -> AdverseEvent | None:
    events = [each for each in case.chart.events if each.kind in _SYMPTOMS and case.day0 <= each.on <= case.today]
    return max(events, key=lambda each: each.on, default=None)


def _after_symptoms(case: Case, event: AdverseEvent) -> Due:
    window = Window(event.on, event.on, event.on + SYMPTOMS_WITHIN)
    return _due(event.on, window, _outcome(case, window), _WITH_SYMPTOMS, f"{event.kind} on {day(event.on)}")


def _outcome(case: Case, window: Window) -> Outcome:
    """By the first value since it opened, and by the last word since then: each of its times has words of its own."""
    opens, missing = window.opens, case.names(("cpk",))
    assert opens is not None
    on = case.held.first("cpk", opens, case.today)
    if on is not None:
        return done(window, on, case.names(case.held.not_entered(("cpk",), opens, sampled_until(window, on))))
    said = case.said("cpk", opens, case.today)
    return as_said(said, missing) if said is not None and said.on >= opens else lacking(window, case.today, missing)


def _is_raised(case: Case, lab: Lab) -> bool:
    """Where the upper limit is not known, or depends on a sex that is not, only what is above every one that may be."""
    return always(lab, uppers(lab, case.chart.sex), lambda value, upper: value > CPK_RAISED_ABOVE * upper) is True


def _where_raised(case: Case, others: Iterable[Due]) -> list[Due]:
    """Of the last two raised values: what is asked for since the last CPK, or what a later one has satisfied."""
    labs = {each.on: each for each in by_analyte(case.chart.labs).get("cpk", ()) if each.on <= case.today}
    if not labs:
        return []
    raised = list(islice((each for each in reversed(labs.values()) if _is_raised(case, each)), 2))
    counts = [each for each in others if each.item in _WITH] if raised else []
    found = [(each.on, _after_raised(case, each, counts)) for each in reversed(raised)]
    last = max(labs)
    return [due for on, due in found if due is not None and (on == last or due.state in DONE)]


def _after_raised(case: Case, lab: Lab, counts: Iterable[Due]) -> Due | None:
    """With the first blood count that opens after the value, whatever became of that."""
    once = [each.window for each in counts if each.item != _SERIES.id and _opens(each.window) > lab.on]
    window = min(once, key=_opens) if once else first_opening_after(case, _SERIES, lab.on)
    if window is None:
        return None
    fact = told(lab, uppers(lab, case.chart.sex))
    return _due(lab.on, window, _outcome(case, window), _WHERE_RAISED, fact)


def _opens(window: Window) -> date:
    assert window.opens is not None
    return window.opens


def _due(slot: date, window: Window, outcome: Outcome, rule: str, fact: str) -> Due:
    """`slot` is the day of what it is asked for after, which stays as it is when the window moves."""
    return Due(
        item="cpk",
        title=_TITLE,
        window=window,
        state=outcome.state,
        source=ONGOING,
        why=f"{ONGOING.name}: {_SAYS} (window of this project: {rule}); {fact}{outcome.note and '; '}{outcome.note}",
        missing=outcome.missing,
        done_on=outcome.done_on,
        said_on=outcome.said_on,
        slot=slot.isoformat(),
    )
