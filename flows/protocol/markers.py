"""What a screening says of each marker of viral hepatitis: one reading for the checklist, the schedule and safety.

A bare negative is of all markers that are asked; a bare positive leaves open which, unless there is only one.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from operator import attrgetter

from flows.chart import Chart
from flows.history import Result, Screened
from flows.remembered import remembered

# Asked of everybody, by the item of screening; the nucleic acid tests stand beside them.
SEROLOGY = {"hbv": ("hbsag", "anti_hbc"), "hcv": ("anti_hcv",)}
NUCLEIC = {"hbv": "dna", "hcv": "rna"}
_day = attrgetter("on")


def of(screened: Screened) -> Mapping[str, Result]:
    """Those that the screening says something of."""
    return told(screened.item, screened.result, screened.more)


@lru_cache(maxsize=1024)
def told(item: str, result: Result | None, more: tuple[tuple[str, Result], ...]) -> Mapping[str, Result]:
    """What a screening says on whatever day: screenings are the same again and again."""
    asked, parts = SEROLOGY.get(item, ()), dict(more)
    found = {marker: parts[marker] for marker in (*asked, NUCLEIC.get(item, "")) if marker in parts}
    if result is not None and found.keys().isdisjoint(asked) and (result is Result.NEGATIVE or len(asked) == 1):
        found |= dict.fromkeys(asked, result)
    return found


def latest(chart: Chart, marker: str, today: date) -> tuple[date, Result] | None:
    """The newest result of a marker with its day; of two on one day the later in the list."""
    found = _by_marker(chart, today).get(marker)
    return found[-1] if found else None


def lasting(chart: Chart, marker: str, today: date) -> Result | None:
    """Positive whenever it was, else the latest result."""
    if last_positive(chart, marker, today):
        return Result.POSITIVE
    last = latest(chart, marker, today)
    return last[1] if last else None


def last_positive(chart: Chart, marker: str, today: date) -> date | None:
    """The last day on which it was; whatever came after does not undo it."""
    positive = [on for on, result in _by_marker(chart, today).get(marker, ()) if result.is_positive]
    return positive[-1] if positive else None


@remembered
def _by_marker(chart: Chart, today: date) -> Mapping[str, list[tuple[date, Result]]]:
    """Every result up to a day, in the order of their days."""
    found: dict[str, list[tuple[date, Result]]] = {}
    for each in sorted(chart.screening, key=_day):
        if each.on <= today:
            for marker, result in of(each).items():
                found.setdefault(marker, []).append((each.on, result))
    return found
