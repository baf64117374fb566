"""What stands behind a value in a report: limits of reference and flags."""

import re
from dataclasses import dataclass
from decimal import Decimal

from flows.numerals import THIN, read_number
from flows.quantities import Number, Unit
from flows.units import read_unit

# A number as a report prints it; thousands may be parted by a space.
NUMBER = rf"[0-9]{{1,3}}(?:[ {THIN}'’][0-9]{{3}})+(?:[.,][0-9]+)?(?![0-9])|[0-9]*(?:[.,][0-9]+)+|[0-9]+"
FLAG = re.compile(r"\s*(\(\s*)?(HH|LL|H|L|high|low|\*{1,3}|\+{1,3}|-|↑+|↓+|!)(?(1)\s*\))(?=$|[\s,;()\[\]])")

_CORE = rf"""
    (?P<words>(?:ref(?:erence|\.)?|normal|norm|range|interval)[\s:]+)*
    (?P<upto>(?:uln|max\.?|up\ to|inf\.\ à)[\s:]*)?
    (?:(?P<low>{NUMBER})\s*(?:-|–|to|bis)\s*(?P<high>{NUMBER})
      |(?P<sign>[<>]\s*(?:or\s*)?=|[<>≤≥])\s*(?P<limit>{NUMBER})
      |(?P<top>(?(upto)(?:{NUMBER})|(?!))))
"""
_BRACKETED = re.compile(rf"\s*[,;]?\s*[(\[]\s*{_CORE}(?P<unit>[^()\[\]]*)[)\]]", re.VERBOSE | re.IGNORECASE)
_BARE = re.compile(rf"\s*(?:[,;]\s*(?=[a-z]))?{_CORE}(?![0-9.,]*[0-9/])", re.VERBOSE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedLimits:
    """Limits as printed, in `unit` if one stands with them; None for a limit that is missing or reads two ways."""

    lower: Decimal | None
    upper: Decimal | None
    unit: Unit | None
    end: int


def limits_at(text: str, start: int, units: tuple[Unit, ...]) -> PrintedLimits | None:
    """The limits that begin at `start`, with or without a bracket."""
    found = _BRACKETED.match(text, start)
    unit = read_unit(found["unit"], units) if found else None
    if found and found["unit"].strip() and unit is None:
        return None
    found = found or _BARE.match(text, start)
    if found is None:
        return None
    low, high = found["low"], found["high"] or found["top"]
    if found["sign"]:
        low, high = (None, found["limit"]) if found["sign"][0] in "<≤" else (found["limit"], None)
    return PrintedLimits(_limit(low), _limit(high), unit, found.end())


def _limit(text: str | None) -> Decimal | None:
    number = read_number(text) if text else None
    return number.value if isinstance(number, Number) else None
