"""Calls that nobody waits for: best effort, a bounded number at once, never stored."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from telegram.error import TelegramError

log = logging.getLogger(__name__)

AT_ONCE = 200


class Errands:
    """The answer to a tap, the line to a stranger, 'the store is unavailable'."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def run(self, call: Coroutine[Any, Any, object]) -> None:
        """Start a call; one too many is dropped."""
        if len(self._running) >= AT_ONCE:
            call.close()
            return
        task = asyncio.create_task(_best_effort(call))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def settled(self) -> None:
        """Return when none is under way."""
        while self._running:
            await asyncio.wait(self._running)


async def _best_effort(call: Coroutine[Any, Any, object]) -> None:
    try:
        await call
    except TelegramError as error:
        log.info("a direct line was not sent: %s", type(error).__name__)
