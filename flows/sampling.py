"""Days written in a report: ISO, `9 Mar 2026`, `09.03.2026`; `09/03/2026` only where it can be one day."""

import re
from datetime import date

from flows.days import YEARS

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY = re.compile(
    rf"""(?<![0-9.,/-])(?:
        (?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})
      | (?P<day>[0-9]{{1,2}})\s+(?P<month>{"|".join(_MONTHS)})[a-z]*\.?,?\s+(?P<year>[0-9]{{4}})
      | (?P<dotted>[0-9]{{1,2}}\.[0-9]{{1,2}}\.[0-9]{{4}})
      | (?P<slashed>[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{4}})
    )(?![0-9])""",
    re.VERBOSE | re.IGNORECASE,
)


# `3 May`, `yesterday`: a day that is meant, and not told.
UNTOLD_DAY = re.compile(
    r"""\b(?:yesterday|(?<![0-9.,/-])[0-9]{1,2}\.?\s+
        (?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|
           nov(?:ember)?|dec(?:ember)?)\b(?!\.?,?\s+[0-9]{4}))""",
    re.VERBOSE | re.IGNORECASE,
)


def read_day(found: re.Match[str]) -> date | None:
    """The one day that a match of DAY can be, or None."""
    if iso := found["iso"]:
        return _day(*(int(part) for part in iso.split("-")))
    if found["month"]:
        return _day(int(found["year"]), _MONTHS.index(found["month"].lower()) + 1, int(found["day"]))
    if dotted := found["dotted"]:
        return _day(*(int(part) for part in reversed(dotted.split("."))))
    first, second, year = (int(part) for part in found["slashed"].split("/"))
    readings = {_day(year, second, first), _day(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
