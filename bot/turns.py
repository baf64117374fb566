"""One act of one person: authorised, counted once, performed, written to the audit. No Telegram, no clock."""

from datetime import datetime, timedelta

from bot import words
from bot.acts import Act, Command, Moment, Person, Repeated, Result, Stranger, Taken
from bot.desk import Desk
from bot.render import said
from store.cards import Wish
from store.members import Member, Role
from store.unit_of_work import UnitOfWork

# A quick check ends so long after its verdict (DESIGN.md section 2).
QUICK_CHECK_LIVES = timedelta(hours=1)


def take(work: UnitOfWork, person: Person, act: Act, moment: Moment, zone: str) -> Result:
    """One act, whole or not at all; `zone` is the clinic's, for a person who joins with this act."""
    member = work.members.active(person.user_id)
    if member is None:
        return _claim(work, person, act, moment, zone)
    if not work.arrivals.first_time(moment.bot_id, moment.update_id, moment.now):
        return Repeated()
    if member.unreachable_at is not None:
        work.members.reached(member.id, None)
    taken = Desk(work, member, moment).perform(act)
    if taken.refused:
        work.arrivals.settle(moment.bot_id, moment.update_id, "refused")
    return taken


def _claim(work: UnitOfWork, person: Person, act: Act, moment: Moment, zone: str) -> Result:
    """Access by code; without a valid one a stranger leaves no trace."""
    if not isinstance(act, Command) or act.name != "start" or not act.rest:
        return Stranger()
    claimed = work.invitations.claim(act.rest.strip(), moment.now)
    if claimed is None:
        return Stranger()
    member = work.members.admit(person.user_id, person.chat_id, claimed.role, zone, moment.now)
    work.arrivals.first_time(moment.bot_id, moment.update_id, moment.now)
    work.audit.add(member.id, "join", f"member {member.id}", moment.now)
    Desk(work, member, moment).say(words.GREETING)
    inviter = next((each for each in work.members.all_active() if each.id == claimed.invited_by), None)
    if inviter is None:
        return Taken()
    _notify(work, inviter, f"{person.name} has joined as member {member.id} ({member.role}).", moment.now)
    return Taken(also=(inviter.chat_id,))


def _notify(work: UnitOfWork, member: Member, text: str, now: datetime) -> None:
    """A message that its reader did not ask for: it waits at the gate."""
    card = work.cards.add(member.chat_id, member.id, unasked=True)
    work.cards.want(card, Wish(at=now, body=said(text).body))


def cannot_be_reached(work: UnitOfWork, member_id: int, now: datetime) -> list[int]:
    """A person has blocked the bot or is gone: the owners are told, once, and nothing is cancelled.

    Returns the chats in which there is something new.
    """
    people = work.members.all_active()
    if not any(each.id == member_id and each.unreachable_at is None for each in people):
        return []
    work.members.reached(member_id, now)
    return tell_owners(
        work, f"Member {member_id} cannot be reached: Telegram does not deliver to them.", now, member_id
    )


def tell_owners(work: UnitOfWork, text: str, now: datetime, but: int | None = None) -> list[int]:
    """A notice to every owner, but for one; the chats in which there is something new."""
    owners = [each for each in work.members.all_active() if each.role is Role.OWNER and each.id != but]
    for owner in owners:
        _notify(work, owner, text, now)
    return [owner.chat_id for owner in owners]


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
    if work.members.owners():
        return False
    work.invitations.renew_owner_code(code, now)
    return True
