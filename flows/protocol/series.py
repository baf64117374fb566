"""The items of the schedule that come again and again: counted from the last done, never from the planned day.

A set of parts is as old as its oldest part.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from flows.days import ONE_DAY, day
from flows.history import Handled, Result
from flows.protocol import markers
from flows.protocol.case import Case, as_said
from flows.protocol.due import NOT_ENTERED, Due, Window, after, done, lacking, listed
from flows.protocol.held import AWAITING, NOT_POSSIBLE
from flows.protocol.kidney import egfr
from flows.protocol.kinds import Every, Interval
from flows.protocol.monitoring import CREATININE_BELOW_EGFR, EXTENSIONS, ONCE, SERIES
from flows.protocol.satisfied import PARTS

# The items after the first dose that bring the first set of a series.
_BEGINNING = {each.id: [once for once in (*ONCE, *EXTENSIONS) if once.series == each.id] for each in SERIES}
_day = attrgetter("on")
_SKIN_RISKS = frozenset({"skin_cancer_risk", "previous_nmsc"})


class Anchor(Struct, frozen=True):
    """The last set of parts: `on` is the day of its oldest part, `completed` that of the part that came last.

    `is_first_dose` where there is no set yet and the first dose stands for it; `refused` are the titles of the items
    that should have brought a part and were said to be not possible: the day of that word stands for it.
    """

    on: date
    completed: date
    is_first_dose: bool = False
    refused: tuple[str, ...] = ()


class RefusedItem(Struct, frozen=True):
    """An item that should have brought a part of the first set, and the day that counts as that of its refusal."""

    on: date
    title: str


class Time(Struct, frozen=True):
    """One time of an item, counted from a set or from the day on which the one before was said to be not possible."""

    counted_from: date
    window: Window
    refused: Handled | None = None

    @property
    def opens(self) -> date:
        assert self.window.opens is not None
        return self.window.opens

    @property
    def slot(self) -> str:
        return self.counted_from.isoformat()


def series(case: Case) -> list[Due]:
    return [each for item in SERIES if _applies(case, item) for each in _entries(case, item)]


def _entries(case: Case, item: Every) -> list[Due]:
    """The last one that was done, those said to be not possible since, and the next; none before the series begins."""
    parts = (*PARTS[item.id], *_more_parts(case, item))
    anchor = _anchor(case, item, parts, case.today)
    if anchor is None:
        return []
    *passed, coming = _times(case, item, anchor.on, _interval(case, item, case.today))
    past = [_done_before(case, item, parts, anchor), *(_not_possible(case, item, parts, each) for each in passed)]
    return [*[each for each in past if each], _next(case, item, parts, anchor, coming)]


def first_opening_after(case: Case, item: Every, on: date) -> Window | None:
    """The window of the first of its times that opens after a day, as it was known by then: later sets move it not."""
    parts = PARTS[item.id]
    days = {each for part in parts for each in case.held.days.get(part, ())}
    days |= {each.on for each in case.held.said.get(item.id, ())}
    for known in (on, *sorted(each for each in days if on < each <= case.today)):
        anchor = _anchor(case, item, parts, known)
        times = _times(case, item, anchor.on, _interval(case, item, known), until=known) if anchor else []
        opening = next((each.window for each in times if each.opens > on), None)
        if opening is not None:
            return opening
    return None


def _anchor(case: Case, item: Every, parts: Sequence[str], until: date) -> Anchor | None:
    """By the values up to a day; a part that belongs to it only for this patient is asked for after the first set."""
    since = date.min if item.since is None else after(case.day0, item.since[case.chart.disease])
    last = {part: on for part in parts if (on := case.held.last(part, since, until)) is not None}
    absent = [part for part in PARTS[item.id] if part not in last]
    if absent and item.since is None:
        return Anchor(case.day0, case.day0, is_first_dose=True)
    refused = _refused(case, item, absent, since, until) if absent else []
    if len(refused) < len(absent):
        return None
    if not absent and (begun := case.held.completed(PARTS[item.id], since, until)):
        last = dict.fromkeys(parts, begun) | last
    told_on = [each.on for each in refused]
    oldest = min((*last.values(), *told_on))
    firsts = [case.held.first(part, oldest, until) for part in last]
    completed = max([on for on in (*firsts, *told_on) if on is not None])
    return Anchor(oldest, completed, refused=tuple(dict.fromkeys([each.title for each in refused])))


def _refused(case: Case, item: Every, absent: Iterable[str], since: date, until: date) -> list[RefusedItem]:
    """For each absent part the word that an item which should have brought it was not possible, where there is one."""
    found = []
    beginning = [each for each in _BEGINNING[item.id] if each.id in case.held.said]
    for part in absent if beginning else ():
        said = [
            RefusedItem(max(saying.on, since), each.title)
            for each in beginning
            if part in PARTS[each.id] and (saying := case.said(each.id, since, until)) and saying.state == NOT_POSSIBLE
        ]
        found += sorted(said, key=_day)[-1:]
    return found


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
    times = _times(case, item, previous.on, _interval(case, item, day_before), until=day_before)
    opened = [each for each in times if each.opens <= anchor.completed and each.counted_from < anchor.on]
    if not opened:
        return None
    not_entered = case.held.not_entered(PARTS[item.id], anchor.on, anchor.completed)
    outcome = done(opened[-1].window, anchor.completed, case.names(not_entered))
    return case.due(item, opened[-1].window, outcome, opened[-1].slot)


def _interval(case: Case, item: Every, on: date) -> Interval:
    return item.relaxed if item.relaxed is not None and case.is_calm(on) else item.interval


def _window(case: Case, last: date, interval: Interval) -> Window:
    """Counted from the last one; on the day of the first dose at the earliest."""
    start = max(last, after(case.day0, -interval.due))
    return Window(after(start, interval.opens), after(start, interval.due), after(start, interval.overdue))


def _times(case: Case, item: Every, start: date, interval: Interval, until: date = date.max) -> list[Time]:
    """From a set on: each that was said to be not possible once it was open, and the one that is counted from there."""
    found = [Time(start, _window(case, start, interval))]
    for each in case.held.said.get(item.id, ()):
        if each.state == NOT_POSSIBLE and found[-1].opens <= each.on <= until:
            found[-1] = replace(found[-1], refused=each)
            found.append(Time(each.on, _window(case, each.on, interval)))
    return found


def _not_possible(case: Case, item: Every, parts: Sequence[str], passed: Time) -> Due:
    assert passed.refused is not None
    outcome = as_said(passed.refused, case.names(_missing(case, parts, passed.window)))
    return case.due(item, passed.window, outcome, passed.slot)


def _next(case: Case, item: Every, parts: Sequence[str], anchor: Anchor, coming: Time) -> Due:
    """A result that is awaited is one of a sample since it opened, and since the last set was complete."""
    window = coming.window
    missing = case.names(_missing(case, parts, window))
    said = [each for each in case.held.said.get(item.id, ()) if each.state == AWAITING]
    awaited = [each for each in said if each.on >= coming.opens and each.on > anchor.completed]
    still = lacking(window, case.today, missing, _gaps(case, parts, window))
    outcome = as_said(awaited[-1], missing) if awaited else still
    outcome = outcome.noted(_last(case, item, anchor), *_remarks(case, item, parts))
    found = case.due(item, window, outcome, coming.slot)
    return found if anchor.is_first_dose else replace(found, last=anchor.on)


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
    if anchor.refused:
        return f"counted from {day(anchor.on)}; not possible: {listed(anchor.refused)}"
    not_entered = case.held.not_entered(PARTS[item.id], anchor.on, anchor.completed)
    gap = f"; {NOT_ENTERED}: {listed(case.names(not_entered))}" if not_entered else ""
    return f"the last one {day(anchor.on)}{gap}"


def _remarks(case: Case, item: Every, parts: Sequence[str]) -> list[str]:
    remarks = []
    if item.relaxed is not None and case.is_calm(case.today):
        remarks.append("in remission with CRP and calprotectin within their limits")
    if "renal" in parts:
        remarks.append(f"with creatinine: eGFR < {CREATININE_BELOW_EGFR}")
    if item.id == "hbv_dna" and markers.lasting(case.chart, "hbsag", case.today) is None:
        remarks.append("HBsAg not known: not known whether it applies")
    if item.id == "tb_re" and "tb_risk" not in (case.chart.risks or ()) and not case.chart.knows_risks:
        remarks.append("risk of tuberculosis not known")
    return remarks


def _applies(case: Case, item: Every) -> bool:
    """Only where the condition of the table is known to hold; where it is not known, the baseline item says so.

    A score of symptoms is asked for again only where it is valid.
    """
    if "score" in PARTS[item.id] and case.chart.history.without_stools:
        return False
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
