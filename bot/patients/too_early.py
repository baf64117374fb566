"""Values that satisfy nothing of what is asked for, as they were sampled before its window."""

from collections.abc import Iterable
from datetime import date

from flows.answers import Value
from flows.dated import AWAITING
from flows.days import day
from flows.own_reminders import OWN
from flows.protocol.satisfied import PARTS, SAME_PART
from flows.reminder import LIVE
from flows.sampled import kept
from store.reminders import Note


def too_early(values: Value | None, notes: Iterable[Note], today: date) -> list[str]:
    """`Not for Week 12: blood count: sampled before 16 Mar 2026.`, for each day on which something open began."""
    days = _days_of_parts(values)
    by_day: dict[date, list[str]] = {}
    for note in notes:
        opens = note.reminder.window.opens
        if note.item == OWN or note.reminder.state not in LIVE or opens is None or opens > today:
            continue
        sampled = [on for part in PARTS[note.item] for on in days.get(part, ())]
        if sampled and max(sampled) < opens:
            by_day.setdefault(opens, []).append(note.title)
    return [f"Not for {', '.join(titles)}: sampled before {day(opens)}." for opens, titles in sorted(by_day.items())]


def _days_of_parts(values: Value | None) -> dict[str, list[date]]:
    """The days of a form's values, by the part of an item that they are."""
    days: dict[str, list[date]] = {}
    if isinstance(values, tuple) and values != (AWAITING,):
        for each in kept(value for value in values if isinstance(value, str)):
            if each.lab is not None:
                code = each.lab.analyte.code
                days.setdefault(SAME_PART.get(code, code), []).append(each.lab.on)
    return days
