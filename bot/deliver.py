"""Cards out: make Telegram show what the cards want, oldest first, one at a time per chat."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.ledger import Ledger
from bot.pauses import pause
from bot.taps import Keyboard, callback_data
from store.cards import Card
from store.errors import StoreUnavailable

log = logging.getLogger(__name__)

# One deliverer has a card for so long; after that another may try.
HOLD = timedelta(minutes=2)
LONGEST_SECONDS = 300

_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


class Deliverer:
    """Serves each chat on its own; a chat that must wait holds nobody else."""

    def __init__(self, bot: Bot, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._ledger = ledger
        self._clock = clock
        self._serving: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()

    def wake(self, chat_id: int) -> None:
        """Something in this chat may want to be shown."""
        self._again.add(chat_id)
        if chat_id not in self._serving:
            self._serving[chat_id] = asyncio.create_task(self._serve(chat_id))

    async def sweep(self) -> None:
        """Find what a crash or a pause has left."""
        now = self._clock()
        for chat_id in await self._ledger.take(lambda work: work.cards.chats_waiting(now)):
            self.wake(chat_id)

    async def settled(self) -> None:
        """Return when nothing is being shown."""
        while self._serving:
            await asyncio.wait(self._serving.values())

    async def _serve(self, chat_id: int) -> None:
        """Show everything that a chat wants; a wake that comes meanwhile is seen before the place is given up."""
        try:
            while chat_id in self._again:
                self._again.remove(chat_id)
                while card := await self._take_next(chat_id):
                    await self._deliver(card)
        except StoreUnavailable as error:
            log.warning("delivery waits for the sweep: %s", error)
        except Exception:
            log.exception("delivery failed; the sweep tries again")
        finally:
            del self._serving[chat_id]

    async def _take_next(self, chat_id: int) -> Card | None:
        now = self._clock()
        return await self._ledger.take(lambda work: work.cards.take_next(chat_id, now, now + HOLD))

    async def _deliver(self, card: Card) -> None:
        """Show one revision, and write down what became of it."""
        try:
            message_id = await self._show(card)
        except RetryAfter as error:
            await self._postpone(card, _as_timedelta(error.retry_after), failures=0)
        except (BadRequest, Forbidden) as error:
            await self._refused(card, error)
        except NetworkError:
            failures = card.attempts + 1
            await self._postpone(card, timedelta(seconds=pause(failures, LONGEST_SECONDS)), failures)
        else:
            await self._ledger.take(lambda work: work.cards.mark(card, message_id))

    async def _show(self, card: Card) -> int | None:
        """Send or edit; the message id where it was sent."""
        markup = _markup(card)
        if card.body is None:
            if card.message_id is not None:
                await self._bot.edit_message_reply_markup(card.chat_id, card.message_id, reply_markup=markup)
            return None
        no_preview = LinkPreviewOptions(is_disabled=True)
        if card.message_id is None:
            message = await self._bot.send_message(
                card.chat_id, card.body, ParseMode.HTML, link_preview_options=no_preview, reply_markup=markup
            )
            return message.message_id
        await self._bot.edit_message_text(
            card.body,
            card.chat_id,
            card.message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=no_preview,
            reply_markup=markup,
        )
        return None

    async def _refused(self, card: Card, error: TelegramError) -> None:
        """Telegram's no: already shown, gone and to be sent anew, or never to be shown."""
        why = str(error).lower()
        if "message is not modified" in why or (card.body is None and any(gone in why for gone in _GONE)):
            await self._ledger.take(lambda work: work.cards.mark(card, None))
        elif any(gone in why for gone in _GONE):
            await self._ledger.take(lambda work: work.cards.forget_message(card))
        else:
            log.error("card %s will not be shown: %s", card.id, type(error).__name__)
            await self._ledger.take(lambda work: work.cards.bury(card, type(error).__name__))

    async def _postpone(self, card: Card, length: timedelta, failures: int) -> None:
        until = self._clock() + length
        await self._ledger.take(lambda work: work.cards.postpone(card, until, failures))


def _markup(card: Card) -> InlineKeyboardMarkup | None:
    if card.actions is None or card.token is None:
        return None
    token = card.token
    rows = Keyboard.from_json(card.actions).rows
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.label, callback_data=callback_data(token, b)) for b in row] for row in rows]
    )


def _as_timedelta(length: int | timedelta) -> timedelta:
    return length if isinstance(length, timedelta) else timedelta(seconds=length)
