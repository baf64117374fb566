"""The items of the schedule that come again and again: counted from the last done, never from the planned day.

A set of parts is as old as its oldest part.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from flows.days import day
from flows.history import Handled, Result
from flows.protocol import markers
from flows.protocol.case import Case, as_said
from flows.protocol.due import Due, Window, after, done, lacking, listed
from flows.protocol.held import AWAITING, NOT_POSSIBLE
from flows.protocol.kidney import egfr
from flows.protocol.kinds import Every, Interval
from flows.protocol.monitoring import CREATININE_BELOW_EGFR, SERIES
from flows.protocol.satisfied import PARTS
from flows.treatment import ONE_DAY

_SKIN_RISKS = frozenset({"skin_cancer_risk", "previous_nmsc"})


class Anchor(Struct, frozen=True):
    """The last set of parts: `on` is the day of its oldest part, `completed` that of the part that came last.

    `is_first_dose` where there is no set yet and the first dose stands for it.
    """

    on: date
    completed: date
    is_first_dose: bool = False


def series(case: Case) -> list[Due]:
    return [each for item in SERIES if _applies(case, item) for each in _entries(case, item)]


def _entries(case: Case, item: Every) -> list[Due]:
    """The last one that was done, or said to be not possible, and the next one; nothing before the series has begun."""
    parts = (*PARTS[item.id], *_more_parts(case, item))
    anchor = _anchor(case, item, parts, case.today)
    if anchor is None:
        return []
    interval = _interval(case, item, case.today)
    window = _window(case, anchor.on, interval)
    passed, start = _not_possible(case, item, window, interval)
    past = [_done_before(case, item, parts, anchor)]
    slot = anchor.on.isoformat()
    if passed is not None:
        past.append(case.due(item, window, as_said(passed, case.names(_missing(case, parts, window))), slot))
        window, slot = _window(case, start, interval), start.isoformat()
    return [*[each for each in past if each], _next(case, item, parts, anchor, window, slot)]


def _anchor(case: Case, item: Every, parts: Sequence[str], until: date) -> Anchor | None:
    """By the values up to a day; parts that belong to it only for this patient do not hold the series up."""
    since = date.min if item.since is None else after(case.day0, item.since[case.chart.disease])
    own, held = PARTS[item.id], case.held
    last: dict[str, date] = {}
    for part in parts:
        on = held.last(part, since, until)
        if on is not None:
            last[part] = on
        elif part in own:
            return Anchor(case.day0, case.day0, is_first_dose=True) if item.since is None else None
    oldest = min(last.values())
    firsts = [held.first(part, oldest, until) for part in last]
    return Anchor(oldest, max([on for on in firsts if on is not None]))


def _done_before(case: Case, item: Every, parts: Sequence[str], anchor: Anchor) -> Due | None:
    """The item that the last set satisfied, if it was open by then; an extra set only moves the series.

    A part that belongs to it only for this patient makes no new set by itself.
    """
    if anchor.is_first_dose:
        return None
    day_before = anchor.completed - ONE_DAY
    previous = _anchor(case, item, parts, day_before)
    if previous is None or previous.on == anchor.on or day_before < case.day0:
        return None
    if anchor.completed < after(previous.on, item.interval.opens):
        return None
    window = _window(case, previous.on, _interval(case, item, day_before))
    assert window.opens is not None
    if anchor.completed < window.opens:
        return None
    not_entered = case.held.not_entered(PARTS[item.id], anchor.on, anchor.completed)
    outcome = done(window, anchor.completed, case.names(not_entered))
    return case.due(item, window, outcome, previous.on.isoformat())


def _interval(case: Case, item: Every, on: date) -> Interval:
    return item.relaxed if item.relaxed is not None and case.is_calm(on) else item.interval


def _window(case: Case, last: date, interval: Interval) -> Window:
    """Counted from the last one; on the day of the first dose at the earliest."""
    start = max(last, after(case.day0, -interval.due))
    return Window(after(start, interval.opens), after(start, interval.due), after(start, interval.overdue))


def _not_possible(case: Case, item: Every, window: Window, interval: Interval) -> tuple[Handled | None, date]:
    """The last time it was said of an open item, and the day from which the next one is then counted."""
    said, opens, start = None, window.opens, date.min
    assert opens is not None
    for each in case.held.said.get(item.id, ()):
        if each.state == NOT_POSSIBLE and each.on >= opens:
            said, start = each, each.on
            opens = after(start, interval.opens)
    return said, start


def _next(case: Case, item: Every, parts: Sequence[str], anchor: Anchor, window: Window, slot: str) -> Due:
    missing = case.names(_missing(case, parts, window))
    said = case.held.said.get(item.id, ())
    awaited = [each for each in said if each.state == AWAITING and each.on > anchor.completed]
    still = lacking(window, case.today, missing, _gaps(case, parts, window))
    outcome = as_said(awaited[-1], missing) if awaited else still
    return case.due(item, window, outcome.noted(_last(case, item, anchor), *_remarks(case, item, parts)), slot)


def _missing(case: Case, parts: Iterable[str], window: Window) -> tuple[str, ...]:
    """The parts without a value since the item opened."""
    assert window.opens is not None
    return case.held.lacking(parts, window.opens, case.today)


def _gaps(case: Case, parts: Sequence[str], window: Window) -> str:
    assert window.opens is not None
    return case.undecided(parts, window.opens, case.today)


def _last(case: Case, item: Every, anchor: Anchor) -> str:
    if anchor.is_first_dose:
        return "none recorded: counted from the first dose"
    not_entered = case.held.not_entered(PARTS[item.id], anchor.on, anchor.completed)
    gap = f"; result not entered: {listed(case.names(not_entered))}" if not_entered else ""
    return f"the last one {day(anchor.on)}{gap}"


def _remarks(case: Case, item: Every, parts: Sequence[str]) -> list[str]:
    remarks = []
    if item.relaxed is not None and case.is_calm(case.today):
        remarks.append("in remission with CRP and calprotectin within their limits")
    if "renal" in parts:
        remarks.append(f"with creatinine: eGFR < {CREATININE_BELOW_EGFR}")
    if item.id == "hbv_dna" and markers.lasting(case.chart, "hbsag", case.today) is None:
        remarks.append("HBsAg not known: not known whether it applies")
    if item.id == "tb_re" and case.chart.risks is None:
        remarks.append("risk of tuberculosis not known")
    return remarks


def _applies(case: Case, item: Every) -> bool:
    """Only where the condition of the table is known to hold; where it is not known, the baseline item says so."""
    if item.id == "skin":
        return case.chart.risks is not None and not _SKIN_RISKS.isdisjoint(case.chart.risks)
    if item.id == "hbv_dna":
        is_core_positive = markers.lasting(case.chart, "anti_hbc", case.today) is Result.POSITIVE
        return is_core_positive and markers.lasting(case.chart, "hbsag", case.today) is not Result.POSITIVE
    return True


def _more_parts(case: Case, item: Every) -> tuple[str, ...]:
    if item.id == "rep_lab" and _has_low_egfr(case):
        return ("renal",)
    if item.id == "tb_re" and case.chart.risks is not None and "tb_risk" in case.chart.risks:
        return () if _is_igra_settled(case) else ("igra",)
    return ()


def _has_low_egfr(case: Case) -> bool:
    """Whatever it may be; what is not known is not low."""
    found = egfr(case.chart, case.today)
    return found is not None and found.highest < CREATININE_BELOW_EGFR


def _is_igra_settled(case: Case) -> bool:
    """A positive IGRA, treated or not, is not repeated."""
    results = [each.result for each in case.chart.screening if each.item == "igra"]
    return any(each is not None and each.is_positive for each in results)
