"""When reminders go out: in a person's local morning, once a day, never in the night."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import local_day
from flows.days import ONE_DAY

# Reminders that go out later than this say so.
DELAYED_AFTER = timedelta(hours=1)
# No round is planned further ahead; a clock that was wrong may have written one.
LATEST = timedelta(days=2)

_MINUTE = timedelta(minutes=1)


def instant(day: date, wall: time, zone: str) -> datetime:
    """When a wall clock shows a time on a day: the first time, where twice; the next minute that it shows, if never."""
    shown = datetime.combine(day, wall, ZoneInfo(zone))
    while shown.astimezone(UTC).astimezone(shown.tzinfo).replace(tzinfo=None) != shown.replace(tzinfo=None):
        shown += _MINUTE
    return shown.astimezone(UTC)


def is_quiet(now: datetime, zone: str, quiet_from: time, quiet_until: time) -> bool:
    """Whether it is night on a person's clock: quiet hours begin before midnight, and end after it."""
    wall = now.astimezone(ZoneInfo(zone)).time()
    return wall >= quiet_from or wall < quiet_until


def next_round(now: datetime, zone: str, digest_at: time, rounded_on: date | None) -> datetime:
    """The next morning of a person whose last one was on a day, also where it has passed unused.

    That day may be tomorrow, where they have moved west since: no day has two.
    """
    today = local_day(now, zone)
    if rounded_on is not None:
        return instant(max(today, rounded_on + ONE_DAY), digest_at, zone)
    at = instant(today, digest_at, zone)
    return at if at > now else instant(today + ONE_DAY, digest_at, zone)
