"""What is known to the month only (CLINICAL.md 2, "accepted the same way"; NOTES.md N25)."""

from datetime import date, timedelta

from .amounts import Invalid, day


def is_month(raw: object) -> bool:
    return isinstance(raw, str) and len(raw) == 7 and raw[4:5] == "-"


def days_it_may_be(raw: object) -> tuple[date, ...]:
    """One for a day; for a month every day of it."""
    if not is_month(raw):
        return (day(raw),)
    found = [day(f"{raw}-01")]
    while (following := found[-1] + timedelta(days=1)).month == found[0].month:
        found.append(following)
    return tuple(found)


def possible_days(raw: dict, today: date, first_dose: date | None) -> tuple[date, ...]:
    """As `days_it_may_be`, or Invalid for a month that cannot lie where a baseline does: not wholly up to day 0."""
    days = days_it_may_be(raw.get("on"))
    if len(days) == 1:
        return days
    if days[0] > today or first_dose is None or any(one > first_dose for one in days):
        raise Invalid(f"{raw['on']!r} may be after the first dose")
    return days
