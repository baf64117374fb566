"""How days are written: `24 May 2027`, whatever the locale; and months, where the day is not known."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from msgspec import Struct

from flows.sentences import counted

# A day of a record lies in one of these: so far from the ends of the calendar that every window has room.
YEARS = range(1900, 2200)
ONE_DAY = timedelta(days=1)


class Month(Struct, frozen=True):
    """A month of the calendar: all that is known of some day."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.first:%b} {self.year}, day not known"

    def isoformat(self) -> str:
        return f"{self.year}-{self.month:02}"


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


def month_before(month: Month, until: date) -> str:
    """`Nov 2025, day not known, 33 to 62 days`: how long before a day it may be."""
    return f"{month}, {(until - month.last).days} to {(until - month.first).days} days"
