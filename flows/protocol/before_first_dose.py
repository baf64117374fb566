"""The baseline items of the schedule: the checklist of screening with its days, and what still counts after them.

Without a first dose, recorded or planned, no due day follows; a value is then old or not old as of today.
"""

from collections.abc import Iterable, Mapping

from flows.chart import Chart
from flows.days import day
from flows.history import Sex
from flows.protocol import baseline_items
from flows.protocol.baseline_items import NOT_YET, RESULT, Checked
from flows.protocol.case import Case
from flows.protocol.due import NOT_ENTERED, Due, DueState, Outcome, Window, after, done, lacking, listed
from flows.protocol.kinds import Baseline
from flows.protocol.monitoring import BASELINE, ONCE
from flows.questionnaire import Disease

# What takes the place of a baseline item after the first dose.
_SUCCESSOR = {
    (item.id, disease): each.id
    for item in BASELINE
    for each in ONCE
    for disease in Disease
    if each.id in item.successors and each.disease in (None, disease)
}
_IN_TIME, _LATE = baseline_items.CheckState.DONE, baseline_items.CheckState.DONE_LATE
_DONE = {_IN_TIME: DueState.DONE, _LATE: DueState.DONE_LATE}
_ITEM = {item.id.removeprefix("base_"): item for item in BASELINE}


def before_first_dose(case: Case, checklist: Iterable[Checked], later: Iterable[Due]) -> list[Due]:
    """`later` are the one-off items after the first dose, which take the place of some of these."""
    opening = {each.item: each for each in later}
    return [_entry(case, _ITEM[each.item], each, opening) for each in checklist]


def may_bear_children(chart: Chart) -> bool | None:
    """None where nobody said."""
    potential = chart.history.childbearing_potential
    return False if potential is None and chart.sex is Sex.MALE else potential


def _entry(case: Case, item: Baseline, checked: Checked, opening: Mapping[str, Due]) -> Due:
    opens = None if item.within is None else after(case.day0, -item.within)
    if case.chart.started_on is None:
        window = Window(opens, None, None)
        outcome = _outcome(case, item, checked, window, opening)
        return case.due(item, window, outcome.noted("no first dose recorded: no due day, counted back from today"))
    window = Window(opens, case.day0, case.day0)
    return case.due(item, window, _outcome(case, item, checked, window, opening))


def _outcome(case: Case, item: Baseline, checked: Checked, window: Window, opening: Mapping[str, Due]) -> Outcome:
    if checked.state in _DONE:
        return _done(checked, window)
    if checked.state in NOT_YET:
        return _not_done(case, item, checked, window, opening)
    if checked.state is baseline_items.CheckState.AWAITING:
        since = f" since {day(checked.on)}" if checked.on else ""
        note = f"awaited{since}: {checked.open or RESULT}"
        told_on = checked.on if checked.open == RESULT else None  # else it is open by its finding, as a repeat
        return Outcome(DueState.AWAITING, note, checked.missing, said_on=told_on).noted(checked.why)
    said = f" ({day(checked.on)})" if checked.on else ""
    return Outcome(DueState.NOT_POSSIBLE, f"not possible{said}: {checked.why}", checked.missing, said_on=checked.on)


def _done(checked: Checked, window: Window) -> Outcome:
    """A value that nobody entered stays named."""
    note = "done"
    if checked.on:
        note = done(window, checked.on).note if checked.state is _LATE else f"done {day(checked.on)}"
    gaps = checked.missing or ((checked.open,) if checked.open else ())
    not_entered = f"{NOT_ENTERED}: {listed(gaps)}" if checked.open == RESULT else ""
    more = not_entered or checked.why
    return Outcome(_DONE[checked.state], f"{note}; {more}" if more else note, gaps, checked.on)


def _not_done(case: Case, item: Baseline, checked: Checked, window: Window, opening: Mapping[str, Due]) -> Outcome:
    successor = opening.get(_SUCCESSOR.get((item.id, case.chart.disease), ""))
    if successor is not None and successor.opens is not None and case.today >= successor.opens:
        return Outcome(DueState.MISSED, f"not done, its place is taken by: {successor.title}", checked.missing)
    old = f"{day(checked.on)}: {checked.why}" if checked.on and checked.why else checked.why
    return lacking(window, case.today, checked.missing, old)
