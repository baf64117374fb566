"""Laboratory values of one patient, by the day of sampling."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from msgspec import Struct

from flows.analyte import Analyte
from flows.days import ONE_DAY, Month
from flows.quantities import Number

# A biomarker is of today for so long, and may lie so long before the first dose to be the baseline (CLINICAL.md 2).
BIOMARKER_IS_NOW = timedelta(days=35)
BIOMARKER_WINDOW = timedelta(days=60)
SAFETY_WINDOW = timedelta(days=30)
_DIGITS = 6


class Lab(Struct, frozen=True, kw_only=True):
    """One value in its canonical unit, limits included; `given` is how it came."""

    analyte: Analyte
    on: date
    number: Number
    given: str
    lower: Decimal | None = None
    upper: Decimal | None = None

    def __str__(self) -> str:
        return _written(self.number, self.analyte.unit.text)

    @property
    def shown(self) -> Number:
        """With six digits at most: a quotient of units may have no end."""
        return _shown(self.number)


class MonthLab(Lab, frozen=True, kw_only=True):
    """One whose day is not known: it may be a baseline and is nothing else; `on` is the first day of its month."""

    month: Month


def _shown(number: Number) -> Number:
    return Number(Decimal(f"{number.value:.{_DIGITS}g}"), number.bound)


@lru_cache(maxsize=4096)
def _written(number: Number, unit: str) -> str:
    """Said of a value again and again, and many patients have the same."""
    return f"{_shown(number)} {unit}"


_day = attrgetter("on")


class Labs(tuple[Lab, ...]):
    """Values as they were given, and by analyte in the order of their days, as a report looks for them."""

    of: Mapping[str, list[Lab]]

    def __new__(cls, labs: Iterable[Lab] = ()) -> "Labs":
        every = super().__new__(cls, labs)
        every.of = _by_analyte(every)
        return every


def by_analyte(labs: Iterable[Lab]) -> Mapping[str, list[Lab]]:
    """In the order of their days; of two on one day the later in the list comes last."""
    return labs.of if isinstance(labs, Labs) else _by_analyte(labs)


def _by_analyte(labs: Iterable[Lab]) -> dict[str, list[Lab]]:
    by_code: dict[str, list[Lab]] = {}
    for lab in labs:
        by_code.setdefault(lab.analyte.code, []).append(lab)
    for each in by_code.values():
        each.sort(key=_day)
    return by_code


def latest(labs: Iterable[Lab], analyte: str, since: date | None, until: date) -> Lab | None:
    """The latest value of an analyte after `since`, up to `until`; of two on one day the later in the list."""
    for each in reversed(by_analyte(labs).get(analyte, ())):
        if each.on <= until:
            return each if since is None or each.on > since else None
    return None


def known_by(labs: Iterable[Lab], analyte: str, on: date) -> list[Number]:
    """Values up to `on`, oldest first; if there are none, the later ones."""
    every = by_analyte(labs).get(analyte, ())
    return [each.number for each in every if each.on <= on] or [each.number for each in every]


def baseline(labs: Iterable[Lab], analyte: str, first_dose: date | None, window: timedelta) -> Lab | None:
    """The last value on or before the first dose, within a window."""
    if first_dose is None:
        return None
    return latest(labs, analyte, first_dose - window - ONE_DAY, first_dose)
