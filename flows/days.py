"""How days are written: `24 May 2027`, whatever the locale."""

from datetime import date
from functools import cache

# A day of a record lies in one of these: so far from the ends of the calendar that every window has room.
YEARS = range(1900, 2200)


@cache
def day(when: date) -> str:
    """Kept for good, as a record has few days; so are all that this project keeps by a day alone."""
    return f"{when.day} {when:%b} {when.year}"


def before_first_dose(days: int) -> str:
    if not days:
        return "on the day of the first dose"
    return f"{days} day{'' if days == 1 else 's'} before the first dose"
