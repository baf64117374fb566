"""The dated events of a course of treatment, as they are recorded."""

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from flows.days import day


class Move(StrEnum):
    DOSE = "dose"
    INTERRUPTED = "interrupted"
    RESTARTED = "restarted"
    STOPPED = "stopped"


class Resumed(StrEnum):
    """How induction goes on after a long interruption: what was left of it, or all of it from the restart on."""

    REST = "rest"
    ANEW = "anew"


# What begins, or goes on with, taking the drug.
TAKING = (Move.DOSE, Move.RESTARTED)


class Step(Struct, frozen=True, kw_only=True):
    """One event of the course; `mg` a day where it names a dose.

    On a restart `induction` is how the clinician said that it goes on, and `weeks` how long it is given anew.
    Where `from_known` is False, its day is the first of which it is known that the dose was taken, or none was.
    """

    on: date
    move: Move
    mg: int | None = None
    why: str | None = None
    induction: Resumed | None = None
    weeks: int | None = None
    from_known: bool = True


class Gap(Struct, frozen=True):
    """Days without the drug: from the day of the interruption, to the day of the restart if there was one.

    Where `begin_known` is False, `begun` is the first day of which it is known, and nobody knows the length.
    """

    begun: date
    ended: date | None
    begin_known: bool = True

    @property
    def length(self) -> timedelta | None:
        return None if self.ended is None else self.ended - self.begun

    @property
    def since(self) -> str:
        """`since 1 Jun 2026`, where somebody told that."""
        begun = day(self.begun)
        return f"since {begun}" if self.begin_known else f"on {begun}, since when is not known"
