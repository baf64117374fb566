"""Calls without which the bot cannot begin: made again and again until Telegram has heard."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.api.pauses import pause

log = logging.getLogger(__name__)

LONGEST_SECONDS = 30


async def insist(call: Callable[[], Coroutine[Any, Any, object]], otherwise: str) -> None:
    """Return once a call has succeeded; a network that is down is waited for, a wrong token is not."""
    for attempt in count():
        try:
            await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("%s (%s); trying again", otherwise, type(error).__name__)
            await asyncio.sleep(seconds_asked(error) or pause(attempt, LONGEST_SECONDS))
        else:
            return


def seconds_asked(error: TelegramError) -> float:
    """How long Telegram asks us to wait, 0 where it does not."""
    if not isinstance(error, RetryAfter):
        return 0.0
    asked = error.retry_after
    return float(asked) if isinstance(asked, int) else asked.total_seconds()
