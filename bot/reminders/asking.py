"""A notice that reminders rest, with what an owner can do about it."""

from collections.abc import Callable

from bot.acts import Moment
from bot.front import Front
from bot.notices import heard_by
from bot.render import said
from bot.taps import Keyboard, Labelled
from store.members import Member, Role
from store.unit_of_work import UnitOfWork

_WHO_CAN = "No owner can be reached now. Whoever runs the bot can resume reminders, too, with resume-reminders."


def ask_owners(work: UnitOfWork, moment: Moment, told: Callable[[Member], str], confirming: Labelled) -> None:
    """Each owner gets what is told, with the button that confirms it; who hears it instead reads who can."""
    for reader in heard_by(work):
        is_owner = reader.role is Role.OWNER
        text = told(reader) if is_owner else f"{told(reader)} {_WHO_CAN}"
        card = work.cards.add(reader.chat_id, reader.id, unasked=True)
        Front(work, reader, moment).put(card, said(text, Keyboard.of([confirming] if is_owner else [])))
