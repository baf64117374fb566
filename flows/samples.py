"""Laboratory values of one patient, by the day of sampling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from flows.analyte import Analyte
from flows.quantities import Number

# A biomarker is of today for so long, and may lie so long before the first dose to be the baseline (CLINICAL.md 2).
BIOMARKER_IS_NOW = timedelta(days=35)
BIOMARKER_WINDOW = timedelta(days=60)
SAFETY_WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """One value in its canonical unit, limits included; `given` is how it came."""

    analyte: Analyte
    on: date
    number: Number
    given: str
    lower: Decimal | None = None
    upper: Decimal | None = None

    def __str__(self) -> str:
        return f"{self.number} {self.analyte.unit}"


def latest(labs: Iterable[Lab], analyte: str, since: date | None, until: date) -> Lab | None:
    """The latest value of an analyte after `since`, up to `until`; of two on one day the later in the list."""
    found = [
        each
        for each in labs
        if each.analyte.code == analyte and each.on <= until and (since is None or each.on > since)
    ]
    return sorted(found, key=lambda lab: lab.on)[-1] if found else None


def baseline(labs: Iterable[Lab], analyte: str, first_dose: date | None, window: timedelta) -> Lab | None:
    """The last value on or before the first dose, within a window."""
    if first_dose is None:
        return None
    return latest(labs, analyte, first_dose - window - timedelta(days=1), first_dose)
