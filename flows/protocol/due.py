"""An item of the schedule on its day: its window, its state, whose it is and why; and how its reason is worded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache

from msgspec import Struct

from flows.citations import Authority, Citation
from flows.days import day
from flows.history import Region
from flows.sentences import counted

_LABELS = frozenset(region.label for region in Region)


class DueState(StrEnum):
    PLANNED = "planned"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"
    AWAITING = "awaiting"
    NOT_POSSIBLE = "not_possible"
    NOT_NEEDED = "not_needed"
    MISSED = "missed"


# How what was called done without a value says so.
NOT_ENTERED = "result not entered"
# How the items of baseline screening begin.
BASELINE = "base_"
# Asked for so often that it is found once (DECISIONS.md, record 86).
_PLANNED, _DUE, _OVERDUE = DueState.PLANNED, DueState.DUE, DueState.OVERDUE
DONE = frozenset({DueState.DONE, DueState.DONE_LATE})
SETTLED = DONE | {DueState.NOT_POSSIBLE}
OPEN = frozenset({_PLANNED, _DUE, _OVERDUE})


class Window(Struct, frozen=True):
    """The days on which an item is open, from `opens` to `until`, both included; None where there is no such day.

    `due` None: no day follows from what is known.
    """

    opens: date | None
    due: date | None
    until: date | None

    @property
    def is_waited_for(self) -> bool:
        """A single day, on which nothing is to be done: it comes by itself."""
        return self.due is not None and self.opens == self.due == self.until

    def state(self, today: date) -> DueState:
        """By the day alone."""
        if self.until is not None and today > self.until:
            return _OVERDUE
        return _PLANNED if self.opens is not None and today < self.opens else _DUE


UNDATED = Window(None, None, None)


class Outcome(Struct, frozen=True):
    """What became of an item; `missing` are the parts without a value, by name.

    `said_on`: a person has said on that day that a result is awaited, or not possible.
    """

    state: DueState
    note: str = ""
    missing: tuple[str, ...] = ()
    done_on: date | None = None
    said_on: date | None = None

    def noted(self, *notes: str) -> "Outcome":
        """With more to say; an empty note says nothing."""
        if not any(notes):
            return self
        note = "; ".join(filter(None, (self.note, *notes)))
        return Outcome(self.state, note, self.missing, self.done_on, self.said_on)


class Due(Struct, frozen=True, kw_only=True):
    """`why` names whose the rule is, the rule, and what satisfied it or is missing; `note` is that last part alone.

    `rule` is what the source says alone, where it says it of every patient alike; `last` is the day of the last one,
    of what comes again and again.

    `slot` tells one time of an item from another: it stays the same while the days of that time move.
    """

    item: str
    title: str
    window: Window
    state: DueState
    source: Citation
    why: str
    missing: tuple[str, ...] = ()
    done_on: date | None = None
    said_on: date | None = None
    slot: str = ""
    note: str = ""
    rule: str = ""
    last: date | None = None

    @property
    def due(self) -> date | None:
        return self.window.due

    @property
    def opens(self) -> date | None:
        return self.window.opens

    @property
    def until(self) -> date | None:
        return self.window.until

    @property
    def authority(self) -> Authority:
        return self.source.authority

    @property
    def awaited_since(self) -> date | None:
        return awaited_since(self.state, self.said_on)

    @property
    def is_open_by_finding(self) -> bool:
        """Awaited because of what was found, as an evaluation is, and by nobody's word."""
        return self.state is DueState.AWAITING and self.said_on is None

    @property
    def is_missed_at_baseline(self) -> bool:
        return self.state is DueState.MISSED and self.item.startswith(BASELINE)


def awaited_since(state: DueState, said_on: date | None) -> date | None:
    """Since when somebody awaits the result of an item, in its window or after it."""
    return said_on if state in (DueState.AWAITING, _OVERDUE) else None


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose rule it is for a clinic: the citation, and the names of all who are said to say it."""

    source: Citation
    names: str


def voice(sources: tuple[Citation, ...], region: Region | None) -> Voice:
    """Of labels, that of the region; without a region all of them, the first one first (D1)."""
    if region is None:
        labels = [each.name for each in sources if each.authority in _LABELS]
        return Voice(sources[0], ", ".join(labels) if sources[0].authority in _LABELS else sources[0].name)
    own = [each for each in sources if each.authority is region.label]
    others = [each for each in sources if each.authority not in _LABELS]
    source = next(iter(own or others or sources))
    return Voice(source, source.name)


def after(start: date, days: int) -> date:
    return start + _span(days)


@cache
def _span(days: int) -> timedelta:
    return timedelta(days=days)


def listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def sampled_until(window: Window, on: date) -> date:
    """The last day whose value is the result of what was done `on` a day: it may be sampled after that was said."""
    return on if window.until is None else max(on, window.until)


def done(window: Window, on: date, not_entered: tuple[str, ...] = ()) -> Outcome:
    """Done on a day, in its window or after it; `not_entered` are the parts of which there is no value."""
    late = 0 if window.until is None else max(0, (on - window.until).days)
    note = f"done {day(on)}"
    if late:
        note += f", {counted(late, 'day')} after its window"
    if not_entered:
        note += f"; {NOT_ENTERED}: {listed(not_entered)}"
    return Outcome(DueState.DONE_LATE if late else DueState.DONE, note, not_entered, on)


def lacking(window: Window, today: date, missing: tuple[str, ...], more: str = "") -> Outcome:
    """Not done; before its window opens nothing is missing yet."""
    state = window.state(today)
    if state is _PLANNED:
        return Outcome(state, more)
    found = Outcome(state, _gap(missing) if missing else "", missing)
    return found.noted(more) if more else found


@lru_cache(maxsize=1024)
def _gap(missing: tuple[str, ...]) -> str:
    return f"missing: {listed(missing)}"


def reopened(before: Iterable[Due], now: Iterable[Due]) -> list[Due]:
    """What was done, or not possible, and is to be done: each time of an item for itself."""
    settled = {(each.item, each.slot) for each in before if each.state in SETTLED}
    return [each for each in now if (each.item, each.slot) in settled and _takes_a_value(each)]


def _takes_a_value(due: Due) -> bool:
    """The checklist takes a baseline still after a later item has its place in the schedule."""
    return due.state in OPEN or due.state is DueState.AWAITING or due.is_missed_at_baseline
