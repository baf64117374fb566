"""One act of one person: authorised, counted once, performed, written to the audit. No Telegram, no clock."""

from datetime import datetime, timedelta

from bot import words
from bot.acts import Act, Moment, Person, Repeated, Result
from bot.desk import Desk
from bot.joining import join, rise
from store.cards import Wish
from store.members import Member, Role
from store.unit_of_work import UnitOfWork

# A quick check ends so long after its verdict (DESIGN.md section 2).
QUICK_CHECK_LIVES = timedelta(hours=1)


def take(work: UnitOfWork, person: Person, act: Act, moment: Moment) -> Result:
    """One act, whole or not at all."""
    member = work.members.active(person.user_id)
    if member is None:
        return join(work, person, act, moment)
    if not work.arrivals.first_time(moment.bot_id, moment.update_id, moment.now):
        return Repeated()
    if member.unreachable_at is not None:
        work.members.set_unreachable(member.id, None)
    taken = rise(work, member, act, moment) or Desk(work, member, moment).perform(act)
    if taken.refused:
        work.arrivals.settle(moment.bot_id, moment.update_id, "refused")
    return taken


def fail(work: UnitOfWork, user_id: int | None, moment: Moment) -> None:
    """Write an update down that met our bug, with an apology to a member; a stranger leaves no trace."""
    member = work.members.active(user_id) if user_id is not None else None
    if member is None or not work.arrivals.first_time(moment.bot_id, moment.update_id, moment.now):
        return
    work.arrivals.settle(moment.bot_id, moment.update_id, "failed")
    # Not by way of the desk: it would show the open question again, which may be what failed.
    work.cards.want(work.cards.add(member.chat_id, member.id), Wish(at=moment.now, body=words.OUR_FAULT))


def end_quick_checks(work: UnitOfWork, now: datetime) -> None:
    """Erase the checks whose hour is over."""
    for sitting in work.interviews.completed_before(now - QUICK_CHECK_LIVES):
        work.cards.let_go(sitting.id)
        work.interviews.erase(sitting.id)
        work.audit.add(sitting.member_id, "end", f"interview {sitting.id}", now)


def seat_owner(work: UnitOfWork, person: Person, zone: str) -> Member:
    """The local person of the terminal is its owner."""
    return work.members.active(person.user_id) or work.members.admit(person.user_id, person.chat_id, Role.OWNER, zone)


def offer_ownership(work: UnitOfWork, code: str, now: datetime) -> bool:
    """Offer the owner code while nobody has claimed it; False once somebody has."""
    if work.members.count_owners():
        return False
    work.invitations.renew_owner_code(code, now)
    return True
