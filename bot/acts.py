"""What a person can do to the bot, and what comes of it; no Telegram in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.house import House
from flows.clinic import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who acts, and in which chat; the name is shown to whoever invited them, and never stored."""

    user_id: int
    chat_id: int
    name: str = "Somebody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a turn may not make itself: the time, the source of tokens, the update that asks for it, its house.

    `survey` is the clinic as it was looked at before this turn, for whoever has asked for it.
    """

    now: datetime
    new_token: Callable[[], str]
    bot_id: int
    update_id: int
    house: House
    survey: Survey | None = None

    @property
    def today(self) -> date:
        """The day at the clinic."""
        return self.house.day(self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A button; `data` is what it carries, and the message is the one that it stands under."""

    chat_id: int
    message_id: int
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words; `reply_to` is the message of ours that they answer, if they answer one."""

    words: str
    reply_to: int | None = None
    message_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`/name rest`."""

    name: str
    rest: str = ""
    message_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A message that was changed after it was sent, and what it says by now."""

    words: str = ""
    message_id: int = 0


@dataclass(frozen=True, slots=True)
class NotText:
    """A sticker, a photo, a voice message, a document: nothing of it is read."""

    message_id: int = 0


Act = Tap | Text | Command | Edited | NotText


@dataclass(frozen=True, slots=True)
class Stranger:
    """Nobody we know: no row was written."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """The update had its effect before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The act was taken, or refused with a sentence; `toast` answers a tap.

    `deletes` is a message of the person that Telegram is asked to delete.
    """

    toast: str = ""
    refused: bool = False
    deletes: int | None = None


Result = Stranger | Repeated | Taken
