"""How days are written: `24 May 2027`, whatever the locale."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def day(when: date) -> str:
    return f"{when.day} {when:%b} {when.year}"
