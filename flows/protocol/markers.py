"""What a screening says of each marker of viral hepatitis: one reading for the checklist, the schedule and safety.

A bare negative is of all markers that are asked; a bare positive leaves open which, unless there is only one.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from operator import itemgetter

from flows.chart import Chart
from flows.history import Result, Screened

# Asked of everybody, by the item of screening; the nucleic acid tests stand beside them.
SEROLOGY = {"hbv": ("hbsag", "anti_hbc"), "hcv": ("anti_hcv",)}
NUCLEIC = {"hbv": "dna", "hcv": "rna"}


def of(screened: Screened) -> Mapping[str, Result]:
    """Those that the screening says something of."""
    return _told(screened.item, screened.result, screened.more)


@lru_cache(maxsize=1024)
def _told(item: str, result: Result | None, more: tuple[tuple[str, Result], ...]) -> Mapping[str, Result]:
    """Screenings are the same again and again."""
    asked, parts = SEROLOGY.get(item, ()), dict(more)
    told = {marker: parts[marker] for marker in (*asked, NUCLEIC.get(item, "")) if marker in parts}
    if result is not None and told.keys().isdisjoint(asked) and (result is Result.NEGATIVE or len(asked) == 1):
        told |= dict.fromkeys(asked, result)
    return told


def latest(chart: Chart, marker: str, today: date) -> tuple[date, Result] | None:
    """The newest result of a marker with its day; of two on one day the later in the list."""
    found = sorted(_every(chart, marker, today), key=itemgetter(0))
    return found[-1] if found else None


def lasting(chart: Chart, marker: str, today: date) -> Result | None:
    """Positive whenever it was, else the latest result."""
    if any(result.is_positive for _, result in _every(chart, marker, today)):
        return Result.POSITIVE
    last = latest(chart, marker, today)
    return last[1] if last else None


def _every(chart: Chart, marker: str, today: date) -> list[tuple[date, Result]]:
    asked = [(each.on, of(each).get(marker)) for each in chart.screening if each.on <= today]
    return [(on, result) for on, result in asked if result is not None]
