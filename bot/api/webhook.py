"""Updates by webhook, and the pages beside it: `/healthz` and `/metrics`."""

import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.health import Telegram
from bot.running import Running
from store.errors import StoreUnavailable

MAX_BODY = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name


def pages(running: Running, webhook_url: str | None, secret: str | None) -> web.Application:
    """The HTTP server's pages; the webhook's only where there is one."""
    site = web.Application(client_max_size=MAX_BODY)
    desk = _Pages(running, secret)
    site.router.add_get("/healthz", desk.healthz)
    site.router.add_get("/metrics", desk.metrics)
    if webhook_url is not None:
        site.router.add_post(urlsplit(webhook_url).path or "/", desk.update)
    return site


class _Pages:
    def __init__(self, running: Running, secret: str | None) -> None:
        self._running = running
        self._secret = (secret or "").encode()

    async def update(self, request: web.Request) -> web.Response:
        """200 only after the commit; 503 where the store is unavailable, so that Telegram sends it again."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not self._secret or not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        try:
            raw = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        try:
            await self._running.intake.take_in(raw if isinstance(raw, dict) else {})
        except StoreUnavailable:
            return web.Response(status=503)
        return web.Response()

    async def healthz(self, _: web.Request) -> web.Response:
        """Whether the bot can do its work, and what stands in its way."""
        health = self._running.health
        database, oldest = "ok", None
        try:
            oldest = await self._running.oldest_unshown_seconds()
        except StoreUnavailable as error:
            database = str(error)
        well = database == "ok" and health.telegram is Telegram.OK
        told = {
            "database": database,
            "oldest_unshown_seconds": oldest,
            "last_poll_seconds": health.since_poll,
            "telegram": health.telegram,
        }
        return web.json_response(told, status=200 if well else 503)

    async def metrics(self, _: web.Request) -> web.Response:
        health = self._running.health
        try:
            health.oldest_unshown.set(await self._running.oldest_unshown_seconds() or 0)
        except StoreUnavailable:
            health.oldest_unshown.set(float("nan"))
        health.last_poll.set(health.since_poll or 0)
        return web.Response(body=generate_latest(health.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


@asynccontextmanager
async def listening(site: web.Application, address: str) -> AsyncIterator[None]:
    """Serve the pages at `host:port`, until the context ends; a request under way is finished."""
    host, _, port = address.rpartition(":")
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host.strip("[]") or "127.0.0.1", int(port)).start()
        yield
    finally:
        await runner.cleanup()
