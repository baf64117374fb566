"""The kinds of item in the schedule: before the first dose, once after it, and again and again.

`says` is what the item's sources say of it, `window` the days that this project reads from it.
Days are counted from the first dose, which is day 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.citations import Citation
from flows.questionnaire import Disease

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Before the first dose, at most `within` days; `late` where a later one still counts.

    `successors` are the items that take its place after the first dose, one for each disease or for both.
    """

    id: str
    title: str
    sources: tuple[Citation, ...]
    within: int | None
    says: str = "before the first dose"
    late: bool
    successors: tuple[str, ...] = ()

    @property
    def window(self) -> str:
        age = "at any time before it" if self.within is None else f"at most {self.within} days before it"
        return f"{age}{', a later one counts as done late' if self.late else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """On one day after the first dose; `before` and `after` are its window.

    `counts_from`: a value counts from this day on, where that is before the window. `successor` takes its place when
    it opens, `series` when a value has come too late. An interruption pauses and shifts it where it
    `follows_induction`; `differs` is what another authority says.
    """

    id: str
    title: str
    sources: tuple[Citation, ...]
    says: str
    at: int
    before: int
    after: int
    disease: Disease | None = None
    counts_from: int | None = None
    successor: str = ""
    series: str = ""
    follows_induction: bool = False
    differs: str = ""

    @property
    def window(self) -> str:
        early = "" if self.counts_from is None else f", a value counts from day {self.counts_from} on"
        return f"day {self.at}, open from day {self.at - self.before} to {self.at + self.after}{early}"


@dataclass(frozen=True, slots=True)
class Interval:
    """Days after the last one: when it is due, from when it is open, after when it is overdue."""

    due: int
    opens: int
    overdue: int

    def __str__(self) -> str:
        return f"due {self.due} days after the last one, open from {self.opens}, overdue after {self.overdue}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """Again and again. `since` is the first day whose value belongs to the series, None where any does.

    `relaxed` is the interval in remission with normal markers. Without a value the series is counted from the first
    dose where `since` is None, and has not begun elsewhere.
    """

    id: str
    title: str
    sources: tuple[Citation, ...]
    says: str
    interval: Interval
    since: Mapping[Disease, int] | None = None
    relaxed: Interval | None = None

    @property
    def window(self) -> str:
        return f"{self.interval}{f'; in remission with normal markers {self.relaxed}' if self.relaxed else ''}"
