"""Due dates as an .ics file: what a card keeps of them until it is sent, and the bytes; the same for the same wish.

Codes and days alone: no drug, no score and no value, and none of a clinician's own words.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from bot.acts import Moment
from bot.contract.reading import Json
from bot.words import VERSION
from flows.days import ONE_DAY, day
from flows.own_reminders import OWN
from flows.reminder import LIVE
from store.reminders import Coded

if TYPE_CHECKING:
    from icalendar import Event

# Ours: what is settled is cancelled for so long, so that a calendar that is brought up to date once a year still hears.
CANCELLED_FOR = timedelta(days=366)
# Ours: far below the 50 MB that Telegram takes from a bot, and some seconds of work.
MOST_ENTRIES = 40_000
_NAMES = UUID("5e1d2b0c-7d0e-4c55-9c2c-51e5ce5ca1e0")
_SEQUENCES_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class CalendarEntry(NamedTuple):
    """One entry of a calendar, as JSON can keep it."""

    uid: str
    summary: str
    description: str
    due: str
    is_open: bool


def calendar_wish(name: str, coded: Sequence[Coded], moment: Moment) -> Json:
    """What a card keeps until the file is sent; `name` is a code, or whose dates they are."""
    entries = [_entry(each, moment.bot_id) for each in coded]
    return {"calendar": name, "at": moment.now.isoformat(), "entries": entries}


def file_name(wish: Json) -> str:
    return f"quiesce-{wish['calendar']}.ics"


def written(wish: Json) -> bytes:
    """The file; many thousand entries take a second or more, so not for the event loop."""
    from icalendar import Calendar  # noqa: PLC0415  loaded when a file is asked for

    at = datetime.fromisoformat(wish["at"])
    calendar = Calendar()
    calendar.add("prodid", f"-//Quiesce//Quiesce {VERSION}//EN")
    calendar.add("version", "2.0")
    for each in wish["entries"]:
        calendar.add_component(_event(CalendarEntry(*each), at))
    return bytes(calendar.to_ical(sorted=False))


def _event(entry: CalendarEntry, at: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415  as above

    due = date.fromisoformat(entry.due)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", max(0, int((at - _SEQUENCES_BEGIN).total_seconds())))
    event.add("dtstart", due)
    event.add("dtend", due + ONE_DAY)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("status", "CONFIRMED" if entry.is_open else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    return event


def _entry(coded: Coded, bot_id: int) -> CalendarEntry:
    """A bot belongs to one clinic, so the same code in another clinic is another entry."""
    code, note = coded.code, coded.note
    due, is_open = note.reminder.window.due, note.reminder.state in LIVE
    assert due is not None
    title = "own reminder" if note.item == OWN else note.title
    source = f"Its words stand in the bot: /due {code}" if note.item == OWN else f"Why: {note.source}"
    return CalendarEntry(
        uid=str(uuid5(_NAMES, f"{bot_id}/{code}/{note.item}/{note.slot}")),
        summary=f"{code}: {title if is_open else f'no longer due: {title}'}",
        description=f"{_window(coded)}{source}.",
        due=due.isoformat(),
        is_open=is_open,
    )


def _window(coded: Coded) -> str:
    """`Window from 18 May 2026 to 15 Jun 2026. `, as far as it is known; nothing where it is the due day alone."""
    window = coded.note.reminder.window
    if {window.opens, window.until} <= {None, window.due}:
        return ""
    ends = [f" from {day(window.opens)}"] if window.opens else []
    ends += [f" to {day(window.until)}"] if window.until else []
    return f"Window{''.join(ends)}. "
