"""Which days count for a reminder, and why one that was answered stays open.

What was found of a patient is not said: a reminder may be read on a locked screen.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from flows.days import day
from flows.protocol.due import BASELINE, Due, listed
from flows.protocol.monitoring import counts_since
from flows.reminder import LIVE
from store.reminders import Note


def has_opened(note: Note, on: date) -> bool:
    opens = note.reminder.window.opens
    return opens is None or on >= opens


def takes_sample(note: Note, on: date) -> bool:
    """Whether a sample of a day, or of one before it, can be its own."""
    return (_first_day(note) or on) <= on


def takes_none_yet(notes: Sequence[Note], today: date) -> str:
    """What has opened where its reader is, and not at the clinic, by whose day an answer counts."""
    first = max(each.reminder.window.opens or today for each in notes)
    titles = ", ".join(each.title for each in notes)
    takes = "takes" if len(notes) == 1 else "take"
    return f"{titles} {takes} no answer before {day(first)}; at the clinic it is {day(today)} still."


def covers(note: Note, on: date, *, late: bool) -> bool:
    """Whether a day satisfies an item: of several at once only in its window, of one alone also after it."""
    first, until = _first_day(note), note.reminder.window.until
    return (first is None or on >= first) and (late or until is None or on <= until)


def in_no_window(notes: Sequence[Note], on: date) -> str:
    """Why a day is refused that covers none of them; of one alone it is before the first that counts."""
    first = _first_day(notes[0])
    if len(notes) == 1 and first is not None:
        return f"{day(on)} is too early: what was done from {day(first)} on counts. Nothing was changed."
    return f"No window of these holds {day(on)}; what is late is marked one by one. Nothing was changed."


def _first_day(note: Note) -> date | None:
    """That of its window, or an earlier one from which the schedule counts an endoscopy."""
    window = note.reminder.window
    assert window.due is not None
    days = [each for each in (window.opens, counts_since(note.item, window.due)) if each is not None]
    return min(days, default=None) if window.opens is not None else None


def still_open(notes: Iterable[Note], answered: Mapping[int, date], schedule: Iterable[Due]) -> list[str]:
    """A sentence for each that was `answered` of a day and is open; what would close it is in it."""
    known = {(each.item, each.slot): each for each in schedule}
    return [
        f"{each.title} stays open{_why(known[each.item, each.slot], answered[each.id])}"
        for each in notes
        if each.id in answered and each.reminder.state in LIVE and (each.item, each.slot) in known
    ]


def _why(due: Due, on: date) -> str:
    if due.is_open_by_finding:
        return " by what was found: the Checklist, under Menu, says what closes it."
    if due.said_on is not None:
        return f": its result is awaited since {day(due.said_on)}. That closes it."
    if due.item.startswith(BASELINE) and due.opens and due.until and on > due.until:
        counts = f"{day(due.opens)} to {day(due.until)}"
        return f": {day(on)} is outside its window, {counts}. A day in that closes it, or Not possible."
    if not due.missing:
        return f", as the schedule does not ask for it on {day(on)}."
    return f", as a value is missing: {listed(due.missing)}. That closes it."
