"""Updates in, by long polling: each has its effect committed before it is acknowledged."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import count

from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import ContextTypes

from bot.handlers import App
from bot.pauses import pause
from store.errors import StoreUnavailable

log = logging.getLogger(__name__)

ALLOWED = ("message", "edited_message", "callback_query")
POLL_SECONDS = 30
LONGEST_SECONDS = 30


Told = Callable[[Update], Awaitable[None]]


class Receiver:
    """One update at a time; a handler's failure is handed here, as `process_update` hides it."""

    def __init__(self, app: App, unavailable: Told, failed: Told) -> None:
        self._app = app
        self._unavailable = unavailable
        self._failed = failed
        self._errors: dict[int, Exception] = {}
        app.add_error_handler(self._hand_over)

    async def run(self) -> None:
        """Serve until cancelled; InvalidToken and Conflict end it."""
        offset, failures = 0, 0
        while True:
            try:
                updates = await self._app.bot.get_updates(offset=offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED)
            except (InvalidToken, Conflict):
                raise
            except TelegramError as error:
                log.warning("Telegram cannot be reached (%s); trying again", type(error).__name__)
                await asyncio.sleep(pause(failures, LONGEST_SECONDS))
                failures += 1
                continue
            failures = 0
            for update in updates:
                await self.take_in(update)
                offset = update.update_id + 1

    async def take_in(self, update: Update) -> None:
        """Return once the update has had its effect, or is written down as one that cannot."""
        for attempt in count():
            try:
                bug = await self._process(update)
                if bug is not None:
                    log.error("an update failed", exc_info=bug)
                    await self._failed(update)
            except StoreUnavailable as error:
                log.warning("an update waits: %s", error)
                if attempt == 0:
                    await self._unavailable(update)
                await asyncio.sleep(pause(attempt, LONGEST_SECONDS))
            else:
                return

    async def _process(self, update: Update) -> Exception | None:
        """Our bug, if the update met one; StoreUnavailable where it may be tried again."""
        await self._app.process_update(update)
        error = self._errors.pop(update.update_id, None)
        if isinstance(error, StoreUnavailable):
            raise error
        return error

    async def _hand_over(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        if isinstance(update, Update) and context.error is not None:
            self._errors[update.update_id] = context.error
