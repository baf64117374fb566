"""Serving Telegram: reach it, offer ownership while nobody has claimed it, receive until told to stop."""

import asyncio
import re
import signal
from contextlib import AsyncExitStack, suppress

from telegram.error import InvalidToken

from bot import turns
from bot.api.handlers import App
from bot.api.insisting import insist
from bot.api.receive import ALLOWED
from bot.api.transport import AiohttpRequest
from bot.api.webhook import listening, pages
from bot.clock import new_token, utc_now
from bot.ledger import Ledger
from bot.running import Running, wire
from bot.settings import Settings

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,100}")
CALL_CONNECTIONS = 64


def new_loop() -> asyncio.AbstractEventLoop:
    """uvloop's event loop, where the platform has it."""
    try:
        import uvloop  # noqa: PLC0415  it does not exist on every platform
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def serve(settings: Settings, token: str, ledger: Ledger) -> None:
    """Serve until SIGTERM, SIGINT, a refused token or another poller."""
    if not _TOKEN.fullmatch(token):
        raise InvalidToken
    calls, polling = AiohttpRequest(CALL_CONNECTIONS), AiohttpRequest(1)
    telegram = wire(token, settings.telegram_api_url, calls, polling)
    async with AsyncExitStack() as stack:
        for transport in (calls, polling):
            stack.push_async_callback(transport.shutdown)
        await insist(telegram.app.initialize, "Telegram cannot be reached")
        # Telegram answers one poller only, and SQLite's file is locked; a webhook on PostgreSQL may have replicas.
        alone = settings.webhook_url is None or settings.database_url.startswith("sqlite")
        running = await stack.enter_async_context(Running(telegram, ledger, settings.house(), alone=alone))
        await _offer_ownership(ledger, telegram.app.bot.username)
        secret = settings.secret()
        if settings.listen:
            site = pages(running, settings.webhook_url, secret)
            await stack.enter_async_context(listening(site, settings.listen))
        receiving = running.serve(_webhook(telegram.app, settings, secret)) if settings.webhook_url else running.poll()
        serving = asyncio.create_task(receiving)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
        with suppress(asyncio.CancelledError):
            await serving


async def _webhook(app: App, settings: Settings, secret: str | None) -> None:
    """Tell Telegram where to deliver; then wait."""

    async def set_webhook() -> None:
        await app.bot.set_webhook(settings.webhook_url or "", secret_token=secret, allowed_updates=ALLOWED)

    await insist(set_webhook, "the webhook could not be set")
    await asyncio.Event().wait()


async def _offer_ownership(ledger: Ledger, username: str) -> None:
    """Print a new owner code at each start until somebody has claimed it; only its hash is kept."""
    code, now = new_token(), utc_now()
    if await ledger.take(lambda work: turns.offer_ownership(work, code, now)):
        print(f"Nobody owns this bot yet. Within 24 hours, send this to @{username}:\n/start {code}", flush=True)
