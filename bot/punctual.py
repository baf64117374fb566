"""What is shown next in a chat: nothing that its reader did not ask for comes in their quiet hours.

A reminder comes in its morning, or is told anew by another one.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache

from bot.mornings import DELAYED_AFTER, is_quiet, local_day
from bot.reminder_cards import LISTED, TOLD, told_in
from bot.rounds import take_back
from bot.taps import Keyboard
from flows.reminder import LIVE, State
from store.cards import Card
from store.unit_of_work import UnitOfWork


def next_card(work: UnitOfWork, chat_id: int, now: datetime, hold: timedelta | None) -> Card | None:
    """Like `Cards.take_next`, but skips unsolicited cards in their reader's quiet hours; these keep their place.

    A reminder that is late, as Telegram or the bot was away, is not shown: what it tells is looked at and told again.
    One of which nothing is open any more is dropped, and so is one that a later one tells. So nothing comes without its
    reason, and what is late says so.
    """
    waits = _waits_for_the_morning(work, now)
    while (card := work.cards.take_next(chat_id, now, hold, waits)) is not None:
        states = _untold(work, card)
        if states.isdisjoint(LIVE) if states else _is_told_anew(work, card):
            work.cards.bury(card, "over before it was shown")
        elif states and card.wanted_at is not None and now - card.wanted_at > DELAYED_AFTER:
            work.cards.bury(card, "too late")
            take_back(work, _day_there(work, card, now), now)
            work.members.round_again(card.member_id, card.wanted_at)
        else:
            break
    return card


def _day_there(work: UnitOfWork, card: Card, now: datetime) -> date:
    """The day of its reader, which may be the one before that of UTC: what is told again has its day today."""
    member = work.members.by_id(card.member_id)
    return local_day(now, member.zone if member else "UTC")


def oldest_late(work: UnitOfWork, now: datetime) -> datetime | None:
    """Since when the oldest card waits to be shown, if one does that could be shown now."""
    return work.cards.oldest_unshown(_asleep(work, now))


def _waits_for_the_morning(work: UnitOfWork, now: datetime) -> Callable[[Card], bool]:
    """Whether a card would come by itself at night. An edit makes no sound, and what it corrects is on screen."""
    asleep = cache(lambda: _asleep(work, now))
    return lambda card: card.unasked and card.message_id is None and card.member_id in asleep()


def _asleep(work: UnitOfWork, now: datetime) -> list[int]:
    """Whose quiet hours it is."""
    members = work.members.all_active()
    return [each.id for each in members if is_quiet(now, each.zone, each.quiet_from, each.quiet_until)]


def _untold(work: UnitOfWork, card: Card) -> set[State]:
    """What the reminders are by now of which nobody was ever shown that card; nothing if it is none of theirs."""
    return work.reminders.told_by(card.id) if card.unasked and card.message_id is None else set()


def _is_told_anew(work: UnitOfWork, card: Card) -> bool:
    """Whether its reader is told of all its reminders by a later card: a round came before what another had left."""
    if not card.unasked or card.message_id is not None or card.actions is None:
        return False
    tells = told_in(Keyboard.from_json(card.actions), TOLD, LISTED)
    return bool(tells) and tells <= work.reminders.told_since(card.id, card.member_id)
