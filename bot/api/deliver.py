"""Cards out: make Telegram show what the cards want, oldest first, one at a time per chat."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import uniform
from typing import TypeVar

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.api.gate import Gate
from bot.api.insisting import seconds_asked
from bot.api.pauses import pause
from bot.api.showing import Showing
from bot.health import Health, Telegram
from bot.ledger import Ledger
from bot.notices import report_refused, report_unreachable, tell_owners
from bot.reminders.punctual import next_card
from store.cards import HOLD, REFUSED, Card
from store.errors import StoreUnavailable
from store.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

T = TypeVar("T")

LONGEST_SECONDS = 300
GIVEN_UP_AFTER = timedelta(hours=24)
# A clock that jumped, or a bot that was switched off meanwhile, has not tried for a day.
GIVEN_UP_FAILURES = 12

# A store that is away is asked again for about as long as a hold; after that the sweep shows the card once more.
_MARK_REPEATS = 12
_MARK_LONGEST_SECONDS = 4

_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


class Deliverer:
    """Serves each chat on its own; a chat that must wait holds nobody else."""

    def __init__(
        self, showing: Showing, ledger: Ledger, clock: Callable[[], datetime], health: Health, *, alone: bool
    ) -> None:
        self._showing = showing
        self._ledger = ledger
        self._clock = clock
        self._health = health
        self._hold = None if alone else HOLD
        self._gate = Gate(time.monotonic)
        self._serving: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._paused: dict[int, datetime] = {}
        self._all_paused_until: datetime | None = None
        self._swept_at: datetime | None = None

    def wake(self, *chat_ids: int) -> None:
        """Something in these chats may want to be shown."""
        for chat_id in chat_ids:
            self._again.add(chat_id)
            if chat_id not in self._serving:
                self._serving[chat_id] = asyncio.create_task(self._serve(chat_id))

    async def sweep(self) -> None:
        """Find what a crash or a pause has left; pauses planned by a clock that was set back since are over."""
        now = self._clock()
        if self._swept_at is not None and now < self._swept_at:
            self._paused, self._all_paused_until = {}, None
            await self._ledger.take(lambda work: work.cards.end_pauses())
        self._swept_at = now
        self.wake(*await self._ledger.take(lambda work: work.cards.chats_waiting(now)))

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
        except Exception:  # one failing chat never stops the others (R5)
            log.exception("delivery failed; the sweep tries again")
        finally:
            del self._serving[chat_id]

    async def _take_next(self, chat_id: int) -> Card | None:
        now = self._clock()
        if self._health.telegram is Telegram.TOKEN_REFUSED or (self._all_paused_until and now < self._all_paused_until):
            return None
        return await self._ledger.take(lambda work: next_card(work, chat_id, now, self._hold))

    async def _deliver(self, card: Card) -> None:
        """Show one revision, and write down what became of it."""
        if card.unasked:
            await self._gate.passes(card.chat_id)
        try:
            message_id = await self._showing.show(card)
        except RetryAfter as error:
            await self._asked_to_wait(card, timedelta(seconds=seconds_asked(error)))
        except (BadRequest, Forbidden) as error:
            await self._refused(card, str(error).lower(), isinstance(error, Forbidden))
        except InvalidToken:
            self._health.telegram = Telegram.TOKEN_REFUSED
            log.error("Telegram refuses the token: nothing is sent any more")  # noqa: TRY400  the cause is known
            await self._postpone(card, timedelta(0), failures=0)
        except TelegramError as error:
            await self._failed(card, type(error).__name__)
        else:
            self._health.shown.inc()
            await self._write_down(lambda work: work.cards.mark(card, message_id))

    async def _asked_to_wait(self, card: Card, length: timedelta) -> None:
        """A 429 holds its chat; a second one meanwhile, from another chat, holds all."""
        now = self._clock()
        until = now + length
        self._paused = {chat: when for chat, when in self._paused.items() if when > now} | {card.chat_id: until}
        if len(self._paused) > 1:
            self._all_paused_until = max(self._paused.values())
        await self._postpone(card, length, failures=0)

    async def _failed(self, card: Card, why: str) -> None:
        """The network, or Telegram's own trouble: longer and longer pauses, for a day."""
        failures = card.attempts + 1
        waited = card.wanted_at is not None and self._clock() - card.wanted_at >= GIVEN_UP_AFTER
        if waited and failures >= GIVEN_UP_FAILURES:
            text = f"Telegram has not taken a message to member {card.member_id} for a day: it is given up."
            now = self._clock()
            await self._bury(card, f"given up: {why}", lambda work: tell_owners(work, text, now, card.member_id))
            return
        seconds = pause(failures, LONGEST_SECONDS) * uniform(0.5, 1)  # noqa: S311  spread, not a secret
        await self._postpone(card, timedelta(seconds=seconds), failures)

    async def _refused(self, card: Card, why: str, forbidden: bool) -> None:
        """Telegram's no: already shown, gone and to be sent anew, unreachable, or never to be shown.

        What nobody asked for and its reader has deleted is not sent anew.
        """
        gone = any(each in why for each in _GONE)
        if "message is not modified" in why or (gone and (card.body is None or card.unasked)):
            await self._write_down(lambda work: work.cards.mark(card, None))
        elif gone:
            await self._write_down(lambda work: work.cards.forget_message(card))
        elif forbidden or "chat not found" in why:
            now = self._clock()
            await self._bury(card, "unreachable", lambda work: report_unreachable(work, card.member_id, now))
        else:
            now = self._clock()
            await self._bury(card, REFUSED, lambda work: report_refused(work, card, now))

    async def _bury(self, card: Card, why: str, tell: Callable[[UnitOfWork], list[int]] | None = None) -> None:
        """Whoever is to know of it is told in the same turn: a card that is buried is not looked at again."""
        log.error("card %s will not be shown: %s", card.id, why)
        self._health.dead.inc()

        def bury(work: UnitOfWork) -> list[int]:
            work.cards.bury(card, why)
            return tell(work) if tell else []

        self.wake(*await self._write_down(bury))

    async def _postpone(self, card: Card, length: timedelta, failures: int) -> None:
        until = self._clock() + length
        await self._write_down(lambda work: work.cards.postpone(card, until, failures))

    async def _write_down(self, turn: Callable[[UnitOfWork], T]) -> T:
        """What became of a card is not to be lost by a moment without the store: its chat would stand still."""
        for attempt in range(_MARK_REPEATS):
            try:
                return await self._ledger.take(turn)
            except StoreUnavailable as error:
                log.warning("what became of a card waits: %s", error)
                await asyncio.sleep(pause(attempt, _MARK_LONGEST_SECONDS))
        return await self._ledger.take(turn)
