"""A machine's clock that was set back: nothing is told by it, and the owners know."""

from datetime import date, datetime

from bot.acts import Moment
from bot.front import Front
from bot.render import said
from bot.taps import Keyboard, Labelled
from flows.days import ONE_DAY, day
from flows.wall_clock import WallClock
from store.clinic import Clinic
from store.unit_of_work import UnitOfWork


def goes_on(work: UnitOfWork, moment: Moment) -> bool:
    """Whether its day may be today; what it shows is kept. Where it was set back, each owner is told once."""
    known, today = work.clinic.get().clock, moment.now.date()
    if known is None or not known.is_behind(today):
        shown = known.shows(today) if known else WallClock(today)
        if shown != known:
            work.clinic.set_clock(shown)
        return True
    if not known.is_told:
        work.clinic.set_clock(known.is_known())
        _tell_owners(work, known, moment)
    return False


def set_back_from(clinic: Clinic, now: datetime) -> date | None:
    """The day on which the clock stood before it was set back; none where it was not."""
    known = clinic.clock
    return known.last if known is not None and known.is_behind(now.date()) else None


def told(clinic: Clinic, now: datetime) -> str:
    """That it was set back, and what can be done; nothing where it was not."""
    last, today = set_back_from(clinic, now), day(now.date())
    if last is None:
        return ""
    return (
        f"The clock of the bot's machine was set back from {day(last)} to {today}. Nothing is told twice: no reminder "
        f"leaves until it shows {day(last - ONE_DAY)}. If {today} is right, resume reminders."
    )


def confirming(clinic: Clinic, now: datetime) -> Labelled:
    """The button under what is told: it believes the clock, as long as it stands back from there, and nothing else."""
    return ("Resume reminders", ("clinic", "clock", str(set_back_from(clinic, now)), str(now.date())))


def is_what_was_told(clinic: Clinic, now: datetime, last: str, shown: str) -> bool:
    """Whether it stands back from the day that a button names, on the day that it names or a later one."""
    return str(set_back_from(clinic, now)) == last and date.fromisoformat(shown) <= now.date()


def believe(work: UnitOfWork, now: datetime, member_id: int | None = None) -> bool:
    """Somebody says that it is right; whether it stood back. No member where an operator says so."""
    if set_back_from(work.clinic.get(), now) is None:
        return False
    work.clinic.set_clock(WallClock(now.date()))
    work.audit.add(member_id, "settle clock", "clinic", now)
    return True


def _tell_owners(work: UnitOfWork, known: WallClock, moment: Moment) -> None:
    clinic = Clinic(clock=known)
    notice = said(told(clinic, moment.now), Keyboard.of([confirming(clinic, moment.now)]))
    for owner in work.members.owners():
        card = work.cards.add(owner.chat_id, owner.id, unasked=True)
        Front(work, owner, moment).put(card, notice)
