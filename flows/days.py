"""How days are written: `24 May 2027`, whatever the locale."""

from datetime import date
from functools import lru_cache

# A day of a record lies in one of these: so far from the ends of the calendar that every window has room.
YEARS = range(1900, 2200)


@lru_cache(maxsize=4096)
def day(when: date) -> str:
    return f"{when.day} {when:%b} {when.year}"


def before_first_dose(days: int) -> str:
    if not days:
        return "on the day of the first dose"
    return f"{days} day{'' if days == 1 else 's'} before the first dose"
