"""The items of the schedule that come once: done, late, replaced by a later one, or paused with the induction."""

from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from flows.days import day
from flows.history import Handled
from flows.protocol.case import Case, as_said
from flows.protocol.due import OPEN, Due, DueState, Outcome, Window, after, done, lacking, sampled_until
from flows.protocol.held import AWAITING, DONE, NOT_POSSIBLE
from flows.protocol.kinds import DAYS_A_WEEK, Once
from flows.protocol.monitoring import EXTENSIONS, LATE_FOR_DAYS, ONCE
from flows.protocol.satisfied import PARTS
from flows.protocol.standing import too_long
from flows.questionnaire import Disease
from flows.steps import Gap

_OF_DISEASE = {disease: [each for each in ONCE if each.disease in (None, disease)] for disease in Disease}
_TITLES = {each.id: each.title for each in (*ONCE, *EXTENSIONS)}
_FOLLOWING_INDUCTION = frozenset(each.id for each in (*ONCE, *EXTENSIONS) if each.follows_induction)
# A muscle symptom makes CPK a part of the early laboratory values.
_MUSCLE = frozenset({"myalgia", "rhabdomyolysis"})


class Placed(Struct, frozen=True):
    """An item on its days; `shift` are the days by which interruptions moved it, None where that is to be confirmed."""

    item: Once
    window: Window
    shift: int | None = 0


class Successor(Struct, frozen=True):
    """What has the place of an item, and since when."""

    by: str
    on: date


def one_offs(case: Case) -> list[Due]:
    placed = [place(case, item) for item in _OF_DISEASE[case.chart.disease]]
    windows = {each.item.id: each.window for each in placed}
    return [entry(case, each, successor=windows.get(each.item.successor)) for each in placed]


def place(case: Case, item: Once) -> Placed:
    """On its day after the first dose; with the induction it shifts by interruptions that are not too long."""
    planned = after(case.day0, item.at)
    if not item.follows_induction or not case.treatment.steps:
        return Placed(item, _around(item, planned))
    shifted = case.assessed.end_after(item.at // DAYS_A_WEEK, case.today)
    if shifted is None:
        return Placed(item, _around(item, planned), None)
    return Placed(item, _around(item, shifted), (shifted - planned).days)


def _around(item: Once, due: date) -> Window:
    return _window(due, item.before, item.after)


@lru_cache(maxsize=4096)
def _window(due: date, before: int, late: int) -> Window:
    return Window(after(due, -before), due, after(due, late))


def entry(case: Case, placed: Placed, successor: Window | None = None) -> Due:
    outcome = _outcome(case, placed, successor)
    if not placed.item.follows_induction:
        return case.due(placed.item, placed.window, outcome)
    gap = paused(case, placed.item.id, placed.window.due)
    notes = _remarks(case, placed, outcome, gap)
    if gap and outcome.state in (DueState.DUE, DueState.OVERDUE):
        outcome = Outcome(DueState.PLANNED, outcome.note, outcome.missing)
    return case.due(placed.item, placed.window, outcome.noted(*notes))


def _outcome(case: Case, placed: Placed, successor: Window | None) -> Outcome:
    item, window, today = placed.item, placed.window, case.today
    parts, since = _parts(case, item), _since(case, placed)
    if not parts:
        return Outcome(DueState.NOT_POSSIBLE, f"not possible: {_no_score(case)}", case.names(PARTS[item.id]))
    last = _last_day(case, placed, successor)
    on = case.held.completed(parts, since, last)
    if on is not None:
        return done(window, on, case.names(case.held.not_entered(parts, since, sampled_until(window, on))))
    missing = case.names(case.held.lacking(parts, since, last))
    taken = _taken(case, placed, successor)
    said = _said(case, item.id, (since, last), taken)
    if said is not None:
        return as_said(said, missing)
    if taken is not None:
        return Outcome(DueState.MISSED, f"not done, its place is taken by: {taken.by}", missing)
    return lacking(window, today, missing, case.undecided(parts, since, last))


def _parts(case: Case, item: Once) -> tuple[str, ...]:
    """Without stools that are counted no score is asked for."""
    parts = PARTS[item.id]
    if "score" in parts and case.chart.history.without_stools:
        return tuple([part for part in parts if part != "score"])
    if item.id != "early_lab":
        return parts
    ends = after(case.day0, item.at + item.after)
    muscle = any(each.kind in _MUSCLE and case.day0 <= each.on <= min(ends, case.today) for each in case.chart.events)
    return (*parts, "cpk") if muscle else parts


def _since(case: Case, placed: Placed) -> date:
    """The first day whose value counts."""
    if placed.item.counts_from is not None:
        return after(case.day0, placed.item.counts_from)
    assert placed.window.opens is not None
    return placed.window.opens


def _last_day(case: Case, placed: Placed, successor: Window | None) -> date:
    """The last day whose value still counts: until the next item has opened, or its place is in the series."""
    last = case.today
    assert placed.window.until is not None
    if successor is not None and successor.opens is not None:
        last = min(last, max(placed.window.until, successor.opens - timedelta(days=1)))
    if placed.item.series:
        last = min(last, _late_until(placed))
    return last


def _late_until(placed: Placed) -> date:
    assert placed.window.due is not None
    return after(placed.window.due, LATE_FOR_DAYS)


def _taken(case: Case, placed: Placed, successor: Window | None) -> Successor | None:
    """What has taken its place: the next item once it opens, the series once a later value has come."""
    today = case.today
    assert placed.window.until is not None
    if successor is not None and successor.opens is not None and today > placed.window.until:
        on = max(successor.opens, after(placed.window.until, 1))
        return Successor(_TITLES[placed.item.successor], on) if today >= on else None
    if placed.item.series:
        later = case.held.first(PARTS[placed.item.id][0], after(_late_until(placed), 1), today)
        return Successor(f"the series, from {day(later)}", later) if later else None
    return None


def _said(case: Case, item: str, counts: tuple[date, date], taken: Successor | None) -> Handled | None:
    """The last word of the time in which it was asked for.

    That is until its place is taken, however late; and after that as long as a sample whose value counts is awaited.
    """
    if item not in case.held.said:
        return None
    since, last = counts
    if taken is None or _is_awaited(case, item, since, last):
        return case.said(item, since, case.today)
    said = case.said(item, since, after(taken.on, -1))
    return said if said is not None and said.state == NOT_POSSIBLE else None


def _is_awaited(case: Case, item: str, since: date, last: date) -> bool:
    """Until it is called done by a later sample: that is one of what has its place."""
    said = case.said(item, since, last)
    if said is None or said.state != AWAITING:
        return False
    return not any(each.state == DONE and each.on > last for each in case.held.said[item])


def _remarks(case: Case, placed: Placed, outcome: Outcome, gap: Gap | None) -> list[str]:
    """What the course of treatment adds to an item that goes with the induction."""
    remarks = [placed.item.differs] if placed.item.differs else []
    if "score" in PARTS[placed.item.id] and case.chart.history.without_stools and outcome.state in OPEN:
        remarks.append(f"without a score: {_no_score(case)}")
    if placed.shift is None:
        how_long = too_long(case.assessed, case.today)
        remarks.append(f"interrupted {how_long}: the end of induction is to be confirmed, the date is not shifted")
    elif (resumed := case.assessed.resumed(case.today)) is not None:
        remarks.append(f"counted from its resumption on {day(resumed.on)}")
    elif placed.shift:
        remarks.append(f"shifted by an interruption of {placed.shift} days")
    if gap and outcome.done_on is None:
        remarks.append(f"paused: interrupted {gap.since}")
    if outcome.done_on is not None:
        remarks += _dose_had_changed(case, outcome.done_on)
    return remarks


def _no_score(case: Case) -> str:
    (score,) = case.names(("score",))
    return f"the stool item of {score} is not valid {case.chart.history.without_stools}"


def _dose_had_changed(case: Case, on: date) -> list[str]:
    treatment = case.assessed
    before = [step for step in treatment.dose_steps(on) if step.on < on]
    changes = [step for step in before if step.mg != treatment.induction_mg(on)]
    return [f"the dose had already changed to {changes[-1].mg} mg on {day(changes[-1].on)}"] if changes else []


def paused(case: Case, item: str, due: date | None) -> Gap | None:
    """The interruption that holds an item: it goes on, and began before the day of what goes with the induction."""
    if item not in _FOLLOWING_INDUCTION or due is None:
        return None
    gap = case.treatment.open_gap(case.today)
    return gap if gap is not None and gap.begun < due else None
