"""What is shown next in a chat: a reminder comes in its morning, or is told anew by another one."""

from datetime import datetime, timedelta

from bot.mornings import DELAYED_AFTER, is_quiet
from bot.rounds import take_back
from store.cards import Card
from store.unit_of_work import UnitOfWork


def next_card(work: UnitOfWork, chat_id: int, now: datetime, hold: timedelta | None) -> Card | None:
    """As `Cards.take_next`, without reminders whose time has passed: what they tell is looked at and told again.

    Telegram was away, or the bot was. So nothing comes at night or for a reason that has gone, and what is late
    says so.
    """
    while (card := work.cards.take_next(chat_id, now, hold)) is not None and _is_too_late(work, card, now):
        work.cards.bury(card, "too late")
        take_back(work, now.date(), now)
        work.members.round_again(card.member_id, card.wanted_at or now)
    return card


def _is_too_late(work: UnitOfWork, card: Card, now: datetime) -> bool:
    """It is a reminder that nobody was ever shown, and would come at night, or long after it was written."""
    if not card.unasked or card.message_id is not None or not work.reminders.are_told_by(card.id):
        return False
    member = next((each for each in work.members.all_active() if each.id == card.member_id), None)
    is_old = card.wanted_at is not None and now - card.wanted_at > DELAYED_AFTER
    return is_old or member is None or is_quiet(now, member.zone, member.quiet_from, member.quiet_until)
