"""What is shown next in a chat: nothing that its reader did not ask for comes in their quiet hours.

A reminder comes in its morning, or is told anew by another one.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache

from bot.reminders.cards import LISTED, TOLD, told_in
from bot.reminders.mornings import DELAYED_AFTER, is_quiet
from bot.reminders.rounds import tell_anew
from bot.taps import Keyboard
from flows.reminder import BY_ITS_DAYS, PUT_OFF, State
from store.cards import Card
from store.unit_of_work import UnitOfWork


def next_card(work: UnitOfWork, chat_id: int, now: datetime, hold: timedelta | None) -> Card | None:
    """Like `Cards.take_next`, but skips unsolicited cards in their reader's quiet hours; these keep their place.

    A reminder that is late, as Telegram or the bot was away, is not shown: what it tells is looked at and told again.
    So is the rest of one of which something was told by a later card, to the same reader or to another, or was put off
    meanwhile, or its result is awaited. One of which nothing is left to be told is dropped. So nothing comes without
    its reason, and what is late says so.
    """
    waits = _waits_for_the_morning(work, now)
    while (card := work.cards.take_next(chat_id, now, hold, waits)) is not None:
        states, tells = _untold(work, card)
        is_changed = len(states) < len(tells) or any(each in PUT_OFF for each in states.values())
        if tells and set(states.values()).isdisjoint(BY_ITS_DAYS):
            work.cards.bury(card, "over before it was shown")
        elif tells and (is_changed or _is_late(card, now)):
            tell_anew(work, card, now)
        else:
            break
    return card


def _is_late(card: Card, now: datetime) -> bool:
    return card.wanted_at is not None and now - card.wanted_at > DELAYED_AFTER


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


def _untold(work: UnitOfWork, card: Card) -> tuple[Mapping[int, State], set[int]]:
    """Of a reminder that nobody was shown: what no later card has told, as it is by now, and all that it would tell."""
    if not card.unasked or card.message_id is not None:
        return {}, set()
    states = work.reminders.told_by(card.id)
    tells = told_in(Keyboard.from_json(card.actions), TOLD, LISTED) if card.actions else set()
    return states, tells | states.keys()
