"""What a screening says of each marker of viral hepatitis: one reading for the checklist, the schedule and safety.

A bare negative is of all markers that are asked; a bare positive leaves open which, unless there is only one.
"""

from datetime import date
from operator import itemgetter

from flows.chart import Chart
from flows.history import Result, Screened

# Asked of everybody, by the item of screening; the nucleic acid tests stand beside them.
SEROLOGY = {"hbv": ("hbsag", "anti_hbc"), "hcv": ("anti_hcv",)}
NUCLEIC = {"hbv": "dna", "hcv": "rna"}


def of(screened: Screened, marker: str) -> Result | None:
    """None where the screening says nothing of it."""
    asked = SEROLOGY.get(screened.item, ())
    if marker not in asked:
        return screened.part(marker) if marker == NUCLEIC.get(screened.item) else None
    own = screened.part(marker)
    if own is not None or any(map(screened.part, asked)):
        return own
    return screened.result if screened.result is Result.NEGATIVE or len(asked) == 1 else None


def latest(chart: Chart, marker: str, today: date) -> tuple[date, Result] | None:
    """The newest result of a marker with its day; of two on one day the later in the list."""
    found = sorted(_every(chart, marker, today), key=itemgetter(0))
    return found[-1] if found else None


def lasting(chart: Chart, marker: str, today: date) -> Result | None:
    """Positive whenever it was, else the latest result."""
    if last_positive(chart, marker, today):
        return Result.POSITIVE
    last = latest(chart, marker, today)
    return last[1] if last else None


def last_positive(chart: Chart, marker: str, today: date) -> date | None:
    """The last day on which it was; whatever came after does not undo it."""
    return max((on for on, result in _every(chart, marker, today) if result.is_positive), default=None)


def _every(chart: Chart, marker: str, today: date) -> list[tuple[date, Result]]:
    asked = [(each.on, of(each, marker)) for each in chart.screening if each.item in SEROLOGY and each.on <= today]
    return [(on, result) for on, result in asked if result is not None]
