"""How days are written: `24 May 2027`, whatever the locale."""

from datetime import date, timedelta
from functools import cache

from flows.sentences import counted

# A day of a record lies in one of these: so far from the ends of the calendar that every window has room.
YEARS = range(1900, 2200)
ONE_DAY = timedelta(days=1)


@cache
def day(when: date) -> str:
    """Kept for good, as a record has few days; so are all that this project keeps by a day alone."""
    return f"{when.day} {when:%b} {when.year}"


def days_in_words(first: date, last: date) -> str:
    """`on 4 Jun 2026`, `2 to 4 Jun 2026`, `30 May to 4 Jun 2026`; each with its year where it is not the same."""
    if first == last:
        return f"on {day(first)}"
    until = day(last)
    if first.year != last.year:
        return f"{day(first)} to {until}"
    return f"{first.day} to {until}" if first.month == last.month else f"{first.day} {first:%b} to {until}"


def so_long_before_first_dose(days: int) -> str:
    if not days:
        return "on the day of the first dose"
    return f"{counted(days, 'day')} before the first dose"
