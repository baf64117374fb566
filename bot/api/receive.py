"""Updates by long polling; an update is acknowledged by asking for the one after it, once its effect is committed."""

import asyncio
import json
import logging
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.api.calls import Json
from bot.api.insisting import LONGEST_SECONDS, seconds_asked
from bot.api.intake import Intake
from bot.api.pauses import pause
from bot.health import Health, Telegram
from store.errors import StoreUnavailable

log = logging.getLogger(__name__)

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
POLL_SECONDS = 30
# The store is ours: asking again costs nobody anything, and a person waits.
STORE_LONGEST_SECONDS = 4
# Telegram may answer a little after its own timeout.
_GRACE_SECONDS = 10


class Poller:
    """One loop, no stored offset: after a crash Telegram sends again what was not acknowledged."""

    def __init__(self, base_url: str, request: BaseRequest, intake: Intake, health: Health) -> None:
        self._url = f"{base_url}/getUpdates"
        self._request = request
        self._intake = intake
        self._health = health
        self._offset = 0

    async def run(self) -> None:
        """Serve until cancelled; InvalidToken and Conflict end it."""
        failures = 0
        while True:
            try:
                batch = await self._poll()
            except (InvalidToken, Conflict) as error:
                refused = isinstance(error, InvalidToken)
                self._health.telegram = Telegram.TOKEN_REFUSED if refused else Telegram.ANOTHER_POLLER
                raise
            except TelegramError as error:
                log.warning("Telegram cannot be reached (%s); trying again", type(error).__name__)
                await asyncio.sleep(seconds_asked(error) or pause(failures, LONGEST_SECONDS))
                failures += 1
            else:
                self._health.polled()
                if batch and await self._take_in(batch):
                    failures = 0
                elif batch:
                    await asyncio.sleep(pause(failures, STORE_LONGEST_SECONDS))
                    failures += 1

    async def _poll(self) -> list[Json]:
        """Raw updates, so that one of unknown shape does not cost the batch."""
        terms = {"offset": self._offset, "timeout": POLL_SECONDS, "allowed_updates": json.dumps(ALLOWED)}
        url = f"{self._url}?{urlencode(terms)}"
        found = await self._request.post(url, read_timeout=POLL_SECONDS + _GRACE_SECONDS)
        if not isinstance(found, list):
            raise TelegramError("the answer is no list of updates")
        return [raw for raw in found if isinstance(raw, dict)]

    async def _take_in(self, batch: list[Json]) -> bool:
        """Wait for the commits, never for sends; the next offset is the first that the store could not take.

        False if the same updates would come again at once.
        """
        before = self._offset
        outcomes = await asyncio.gather(*map(self._intake.take_in, batch), return_exceptions=True)
        for raw, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, StoreUnavailable):
                return False
            if outcome is not None:
                raise outcome
            if type(raw.get("update_id")) is int:
                self._offset = max(self._offset, raw["update_id"] + 1)
        return self._offset > before
