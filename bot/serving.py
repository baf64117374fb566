"""Serving Telegram: reach it, offer ownership while nobody has claimed it, receive until told to stop."""

import asyncio
import logging
import re
import signal
from contextlib import suppress
from itertools import count

from telegram.error import InvalidToken, NetworkError

from bot import turns
from bot.handlers import App
from bot.ledger import Ledger
from bot.pauses import pause
from bot.receive import LONGEST_SECONDS
from bot.running import Running, new_token, telegram_app, utc_now
from bot.settings import Settings

log = logging.getLogger(__name__)

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,100}")


async def serve(settings: Settings, token: str, ledger: Ledger) -> None:
    """Serve until SIGTERM, SIGINT or a revoked token."""
    if not _TOKEN.fullmatch(token):
        raise InvalidToken
    app = telegram_app(token, settings.telegram_api_url)
    await _reach(app)
    async with Running(app, ledger, settings.clinic_timezone) as running:
        await _offer_ownership(ledger, app.bot.username)
        serving = asyncio.create_task(running.serve())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
        with suppress(asyncio.CancelledError):
            await serving


async def _reach(app: App) -> None:
    """Introduce ourselves; a network that is down is waited for, a wrong token is not."""
    for attempt in count():
        try:
            await app.initialize()
        except NetworkError as error:
            log.warning("Telegram cannot be reached (%s); trying again", type(error).__name__)
            await asyncio.sleep(pause(attempt, LONGEST_SECONDS))
        else:
            return


async def _offer_ownership(ledger: Ledger, username: str) -> None:
    """Print a new owner code at each start until somebody has claimed it; only its hash is kept."""
    code, now = new_token(), utc_now()
    if await ledger.take(lambda work: turns.offer_ownership(work, code, now)):
        print(f"Nobody owns this bot yet. Within 24 hours, send this to @{username}:\n/start {code}", flush=True)
