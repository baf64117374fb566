"""A clinic at rest: its database was restored from a copy, and no reminder leaves until an owner has confirmed that.

So it is while the clock of the machine stands back.
"""

from datetime import datetime

from bot.acts import Moment
from bot.clock import local_day
from bot.reminders import rounds, wall_clock
from bot.reminders.asking import ask_owners
from bot.taps import Labelled
from flows.days import day
from store.clinic import Clinic
from store.members import Member
from store.unit_of_work import UnitOfWork

RESUME: Labelled = ("Resume reminders", ("clinic", "resume"))
NONE_LEAVES = "No reminder leaves until an owner resumes them."
_DOUBTED = "No reminder leaves as long as the clock of the bot's machine is doubted."


def told(work: UnitOfWork, now: datetime, zone: str, reader: Member | None = None) -> str:
    """What a copy does not hold, and what resuming does; or that the clock stands back; nothing where neither is so.

    Where both are, the clock is told once the other was confirmed. No reader where an operator reads it.
    """
    clinic = work.clinic.get()
    if (rest := clinic.rest) is None:
        return wall_clock.told(clinic.clock, now, reader)
    return (
        f"This database was restored on {_time(rest.restored_at)} from a copy of {_time(rest.copied_at)}. "
        "What was recorded between these times is lost, and buttons of that time do nothing. "
        f"{NONE_LEAVES} {work.reminders.count_waking(local_day(now, zone))} have "
        "their day by now: they come then, also where they have come before."
    )


def confirming(clinic: Clinic, now: datetime) -> Labelled:
    """The button that confirms what is told, and nothing else."""
    return RESUME if clinic.rest else wall_clock.confirming(clinic.clock, now)


def in_short(work: UnitOfWork, now: datetime) -> str:
    """That none leaves, where the clinic rests or its clock is doubted."""
    clinic = work.clinic.get()
    if clinic.rest:
        return NONE_LEAVES
    return _DOUBTED if wall_clock.doubted_from(clinic.clock, now) else ""


def offer_to_resume(work: UnitOfWork, moment: Moment) -> None:
    """Each owner gets what there is to confirm, with the button that does it.

    What was not shown yet when the copy was made is among what is to be told.
    """
    rounds.take_back(work, moment.today, moment.now)
    ask_owners(work, moment, lambda reader: told(work, moment.now, reader.zone, reader), RESUME)


def resume(work: UnitOfWork, now: datetime, member_id: int | None = None) -> bool:
    """The clinic rests no more, and whether it did; no member where an operator says so."""
    if work.clinic.get().rest is None:
        return False
    work.clinic.resume()
    work.audit.add(member_id, "settle resume", "clinic", now)
    return True


def confirm(work: UnitOfWork, now: datetime) -> None:
    """An operator has seen what is told."""
    if not resume(work, now):
        wall_clock.believe(work, now)


def _time(at: datetime) -> str:
    return f"{day(at.date())}, {at:%H:%M} UTC"
