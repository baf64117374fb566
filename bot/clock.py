"""Which day it is in a zone; and the time and the tokens of a real turn: tests and rehearsals bring their own."""

import secrets
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def local_day(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def utc_now() -> datetime:
    return datetime.now(UTC)


def new_token() -> str:
    """128 random bits, in 22 characters that fit into a button."""
    return secrets.token_urlsafe(16)
