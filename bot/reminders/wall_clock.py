"""A machine's clock that was set back, or leaps though it ran ahead before: nothing is told by it; owners know."""

from datetime import date, datetime

from bot.acts import Moment
from bot.notices import tell_owners
from bot.reminders.asking import ask_owners
from bot.taps import Labelled
from flows.days import ONE_DAY, day
from flows.wall_clock import WallClock
from store.members import Member, Role
from store.unit_of_work import UnitOfWork

_RAN_AHEAD = (
    "The clock of the machine had run ahead: it showed {last}, and shows {today} again. What was told meanwhile came "
    "too early, and comes again on its days. If it leaps again, no reminder leaves until it has shown that for an hour."
)


def goes_on(work: UnitOfWork, moment: Moment) -> bool:
    """Whether its day may be today; what it shows is kept. Owners hear of what is doubted or taken back."""
    now, kept = moment.now, work.clinic.get().clock
    if kept is None or kept.looks_at(now) != kept:
        kept = work.clinic.hold().clock  # what another process has seen meanwhile is told
        _look(work, kept or WallClock(now.date()), moment)
    return doubted_from(kept, now) is None


def _look(work: UnitOfWork, known: WallClock, moment: Moment) -> None:
    now, today = moment.now, moment.now.date()
    if known.asks(now):
        ask_owners(work, moment, lambda reader: told(known, now, reader), confirming(known, now))
    if known.takes_back(today):
        tell_owners(work, _RAN_AHEAD.format(last=day(known.last), today=day(today)), now)
    work.clinic.set_clock(known.looks_at(now))


def doubted_from(known: WallClock | None, now: datetime) -> date | None:
    """The last day on which the clock was believed; none where it is."""
    return known.last if known is not None and known.is_doubted(now) else None


def day_of_reminders(known: WallClock | None, now: datetime, today: date) -> date:
    """On which they stay where the clock was set back: its last day, not the one that it shows."""
    return max(today, doubted_from(known, now) or today)


def told(known: WallClock | None, now: datetime, reader: Member | None = None) -> str:
    """That it is doubted, and what can be done; nothing where it is not. No reader where an operator reads it."""
    last, today = doubted_from(known, now), day(now.date())
    if last is None:
        return ""
    if last < now.date():
        moved, until = (
            f"leapt ahead from {day(last)} to {today}, and had run ahead before",
            "has shown that for an hour",
        )
    else:
        moved, until = f"was set back from {day(last)} to {today}", f"shows {day(last - ONE_DAY)}"
    may_resume = reader is None or reader.role is Role.OWNER
    resumes = "resume reminders" if may_resume else "an owner resumes reminders in /settings"
    return (
        f"The clock of the bot's machine {moved}. Nothing is told twice: no reminder leaves until it {until}. "
        f"If {today} is right, {resumes}."
    )


def confirming(known: WallClock | None, now: datetime) -> Labelled:
    """The button under what is told: it believes the clock, where it is doubted as it was then, and nothing else."""
    return ("Resume reminders", ("clinic", "clock", str(doubted_from(known, now)), str(now.date())))


def is_what_was_told(known: WallClock | None, now: datetime, last: str, shown: str) -> bool:
    """Whether it is doubted since the day that a button names, on the day that it names or a later one."""
    return str(doubted_from(known, now)) == last and date.fromisoformat(shown) <= now.date()


def believe(work: UnitOfWork, now: datetime, member_id: int | None = None) -> bool:
    """Somebody says that it is right; whether it was doubted. No member where an operator says so."""
    if doubted_from(work.clinic.hold().clock, now) is None:
        return False
    work.clinic.set_clock(WallClock(now.date()))
    work.audit.add(member_id, "settle clock", "clinic", now)
    return True
