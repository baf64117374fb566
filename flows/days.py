"""How days are written: `24 May 2027`, whatever the locale."""

from datetime import date


def day(when: date) -> str:
    return f"{when.day} {when:%b} {when.year}"
