"""The time and the tokens of a real turn; tests and rehearsals bring their own."""

import secrets
from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)


def new_token() -> str:
    """128 random bits, in 22 characters that fit into a button."""
    return secrets.token_urlsafe(16)
