"""A running bot: everything put together, for Telegram, for the terminal, and for the tests."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from telegram import BotCommand, Update
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest

from bot import turns, words
from bot.access import Doorbell
from bot.acts import Act, Moment, Person, Result, Stranger
from bot.deliver import Deliverer
from bot.handlers import App, Handlers
from bot.ledger import Ledger
from bot.receive import Receiver
from store.errors import StoreUnavailable

log = logging.getLogger(__name__)

SWEEP_SECONDS = 3
TIDY_SECONDS = 60


def utc_now() -> datetime:
    return datetime.now(UTC)


def new_token() -> str:
    """128 random bits, in 22 characters that fit into a button."""
    return secrets.token_urlsafe(16)


def telegram_app(token: str, url: str) -> App:
    """python-telegram-bot over HTTP."""
    return _bare(Application.builder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot"))


def practice_app(request: BaseRequest) -> App:
    """The same, over a double that lives in this process."""
    return _bare(Application.builder().token("1:practice").request(request).get_updates_request(request))


def _bare(builder: "ApplicationBuilder[Any, Any, Any, Any, Any, Any]") -> App:
    return builder.updater(None).job_queue(None).build()


class Running:
    """Use as `async with`: the bot is ready inside, and everything is put away after it."""

    def __init__(self, app: App, ledger: Ledger, zone: str, clock: Callable[[], datetime] = utc_now) -> None:
        self._app = app
        self._ledger = ledger
        self._zone = zone
        self._clock = clock
        self._doorbell = Doorbell()
        self._periodic: list[asyncio.Task[None]] = []
        self.deliverer = Deliverer(app.bot, ledger, clock)
        self.receiver = Receiver(app, self._say_unavailable, self._fail)
        Handlers(self._take, self._greets).install(app)

    async def __aenter__(self) -> "Running":
        await self._app.initialize()
        self._periodic = [
            asyncio.create_task(self._every(SWEEP_SECONDS, self.deliverer.sweep)),
            asyncio.create_task(self._every(TIDY_SECONDS, self.tidy)),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._periodic:
            task.cancel()
        await asyncio.gather(*self._periodic, return_exceptions=True)
        await self.deliverer.settled()
        await self._app.shutdown()

    async def serve(self) -> None:
        """Show the command menu, then receive until cancelled; a periodic job that fails ends it, too."""
        with suppress(TelegramError):  # a menu is a convenience
            await self._app.bot.set_my_commands([BotCommand(name, what[:256]) for name, what in words.COMMANDS.items()])
        receiving = asyncio.create_task(self.receiver.run())
        try:
            ended, _ = await asyncio.wait({receiving, *self._periodic}, return_when=asyncio.FIRST_COMPLETED)
            ended.pop().result()
        finally:
            receiving.cancel()
            await asyncio.gather(receiving, return_exceptions=True)

    async def tidy(self) -> None:
        """End quick checks whose hour is over, and forget old arrivals."""
        now = self._clock()
        await self._ledger.take(lambda work: turns.end_quick_checks(work, now))
        await self._ledger.take(lambda work: work.arrivals.prune(now))

    async def _take(self, update_id: int, person: Person, act: Act) -> Result:
        moment = self._moment(update_id)
        result = await self._ledger.take(lambda work: turns.take(work, person, act, moment, self._zone))
        if not isinstance(result, Stranger):
            self.deliverer.wake(person.chat_id)
        return result

    def _moment(self, update_id: int) -> Moment:
        return Moment(now=self._clock(), new_token=new_token, bot_id=self._app.bot.id, update_id=update_id)

    def _greets(self, user_id: int) -> bool:
        return self._doorbell.answers(user_id, self._clock())

    async def _fail(self, update: Update) -> None:
        """Our bug: write the update down as failed, and apologise."""
        if update.effective_user is None:
            return
        person = Person(user_id=update.effective_user.id, chat_id=update.effective_user.id)
        moment = self._moment(update.update_id)
        await self._ledger.take(lambda work: turns.fail(work, person, moment))
        self.deliverer.wake(person.chat_id)

    async def _say_unavailable(self, update: Update) -> None:
        """One direct line, best effort: the store cannot hold it."""
        if update.effective_user is not None:
            with suppress(TelegramError):
                await self._app.bot.send_message(update.effective_user.id, words.STORE_UNAVAILABLE)

    async def _every(self, seconds: float, step: Callable[[], Awaitable[None]]) -> None:
        """At once, so that a start finds what was left, and then again and again."""
        while True:
            try:
                await step()
            except StoreUnavailable as error:
                log.warning("put off: %s", error)
            await asyncio.sleep(seconds)
