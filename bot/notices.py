"""Messages that their readers did not ask for: they wait at the gate, and until the reader's quiet hours are over."""

from datetime import datetime

from bot.render import said
from store.cards import Card, Wish
from store.members import Member
from store.unit_of_work import UnitOfWork


def notify(work: UnitOfWork, member: Member, text: str, now: datetime, *, is_urgent: bool = False) -> None:
    """Urgent is what nobody could tell in the morning: it goes out like an answer."""
    card = work.cards.add(member.chat_id, member.id, unasked=not is_urgent)
    work.cards.want(card, Wish(at=now, body=said(text).body))


def tell_owners(
    work: UnitOfWork, text: str, now: datetime, but: int | None = None, *, is_urgent: bool = False
) -> list[int]:
    """A notice to every owner, but for one, or to whoever hears it instead.

    Returns the chats in which there is something new.
    """
    readers = heard_by(work, but)
    for reader in readers:
        notify(work, reader, text, now, is_urgent=is_urgent)
    return [reader.chat_id for reader in readers]


def heard_by(work: UnitOfWork, but: int | None = None) -> list[Member]:
    """Every owner, but for one; everybody where no owner is left who can be reached."""
    owners = [each for each in work.members.owners() if each.id != but]
    is_heard = any(each.unreachable_at is None for each in owners)
    return owners if is_heard else [each for each in work.members.all_active() if each.id != but]


def report_refused(work: UnitOfWork, card: Card, now: datetime) -> list[int]:
    """Of a reminder the owners are told, or else the team; of no notice, which might go round in a circle."""
    if not work.reminders.told_by(card.id):
        return []
    text = (
        f"Telegram has refused a reminder for member {card.member_id}. It comes again in the morning, and after its "
        "window it goes on to others. /due shows what is due."
    )
    return tell_owners(work, text, now, card.member_id)


def report_unreachable(work: UnitOfWork, member_id: int, now: datetime) -> list[int]:
    """A person has blocked the bot or is gone: the owners, or else the team, are told once, and nothing is cancelled.

    Returns the chats in which there is something new.
    """
    member = work.members.by_id(member_id)
    if member is None or member.unreachable_at is not None:
        return []
    work.members.set_unreachable(member_id, now)
    work.reminders.pass_on(member_id, now)
    return tell_owners(
        work, f"Member {member_id} cannot be reached: Telegram does not deliver to them.", now, member_id
    )
