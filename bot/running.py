"""A running bot: everything put together, for Telegram, for the terminal, and for the tests."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from telegram import BotCommand
from telegram.error import Conflict, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot import turns, words
from bot.acts import Act, Command, Moment, Person, Result, Stranger
from bot.api.access import Buckets, Doorbell
from bot.api.deliver import Deliverer
from bot.api.errands import Errands
from bot.api.handlers import App, Handlers
from bot.api.insisting import insist
from bot.api.intake import Bystanders, Intake
from bot.api.receive import Poller
from bot.api.showing import Showing
from bot.clock import new_token, utc_now
from bot.health import Health
from bot.house import House
from bot.ledger import Ledger
from bot.notices import tell_owners
from bot.patients import panel
from bot.reminders.punctual import oldest_late
from bot.reminders.tick import tick
from store.errors import StoreUnavailable

log = logging.getLogger(__name__)

SWEEP_SECONDS = 3
TIDY_SECONDS = 60
TICK_SECONDS = 20
# A person hears so often that the store is away, or that they are too fast.
TOLD_AGAIN_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wire:
    """The way to Telegram: python-telegram-bot for calls and types, and the connection of the long poll."""

    app: App
    polling: BaseRequest


def wire(token: str, url: str, calls: BaseRequest, polling: BaseRequest) -> Wire:
    """python-telegram-bot without its receiver, its scheduler and its persistence."""
    builder = Application.builder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    return Wire(builder.request(calls).get_updates_request(polling).updater(None).job_queue(None).build(), polling)


class Running:
    """Use as `async with`: the bot is ready inside, and everything is put away after it.

    `alone` says that no other process serves this database: no card is then held against others, and what a crash
    left half shown is taken up at once.
    """

    def __init__(
        self,
        wire: Wire,
        ledger: Ledger,
        house: House,
        clock: Callable[[], datetime] = utc_now,
        *,
        alone: bool = True,
        buckets: Buckets | None = None,
    ) -> None:
        self._app = wire.app
        self._polling = wire.polling
        self._ledger = ledger
        self._house = house
        self._clock = clock
        self._strangers = Doorbell()
        self._members: set[int] = set()
        self._told_unavailable = Doorbell(TOLD_AGAIN_AFTER)
        self._told_flooding = Doorbell(TOLD_AGAIN_AFTER)
        self._periodic: list[asyncio.Task[None]] = []
        self.health = Health()
        self.errands = Errands()
        self.deliverer = Deliverer(Showing(self._app.bot, self.health), ledger, clock, self.health, alone=alone)
        bystanders = Bystanders(failed=self._fail, unavailable=self._say_unavailable, flooding=self._say_flooding)
        self.intake = Intake(self._app, buckets or Buckets(time.monotonic), bystanders, self.health)
        Handlers(self._take, self._greets, self.errands).install(self._app)

    async def __aenter__(self) -> "Running":
        await self._app.initialize()
        self._periodic = [
            asyncio.create_task(self._every(SWEEP_SECONDS, self.deliverer.sweep)),
            asyncio.create_task(self._every(TIDY_SECONDS, self.tidy)),
            asyncio.create_task(self._every(TICK_SECONDS, self.tick)),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._periodic:
            task.cancel()
        await asyncio.gather(*self._periodic, return_exceptions=True)
        await self.settled()
        await self._app.shutdown()

    async def settled(self) -> None:
        """Return when nothing is on its way to Telegram."""
        await self.deliverer.settled()
        await self.errands.settled()

    async def poll(self) -> None:
        """Receive by long polling until cancelled."""
        await insist(self._app.bot.delete_webhook, "the webhook of earlier days could not be taken away")
        poller = Poller(self._app.bot.base_url, self._polling, self.intake, self.health)
        try:
            await self.serve(poller.run())
        except Conflict:
            now = self._clock()
            with suppress(StoreUnavailable):
                told = await self._ledger.take(
                    lambda work: tell_owners(work, words.ANOTHER_POLLER, now, is_urgent=True)
                )
                self.deliverer.wake(*told)
            raise

    async def serve(self, receiving: Awaitable[None]) -> None:
        """Show the command menu, then receive until cancelled; a periodic job that fails ends it, too."""
        with suppress(TelegramError):  # a menu is a convenience
            await self._app.bot.set_my_commands([BotCommand(name, what[:256]) for name, what in words.COMMANDS.items()])
        receiver = asyncio.ensure_future(receiving)
        try:
            ended, _ = await asyncio.wait({receiver, *self._periodic}, return_when=asyncio.FIRST_COMPLETED)
            ended.pop().result()
        finally:
            receiver.cancel()
            await asyncio.gather(receiver, return_exceptions=True)

    async def tidy(self) -> None:
        """End quick checks whose hour is over, forget old arrivals, and know who is a member."""
        now = self._clock()
        await self._ledger.take(lambda work: turns.end_quick_checks(work, now))
        await self._ledger.take(lambda work: work.arrivals.prune(now))
        self._members = await self._ledger.take(lambda work: work.members.user_ids())

    async def tick(self) -> None:
        await tick(self._ledger, self.deliverer.wake, self._moment(0))

    async def oldest_unshown_seconds(self) -> float | None:
        """How long the oldest card that may be shown has waited; StoreUnavailable where the database is away."""
        now = self._clock()
        oldest = await self._ledger.take(lambda work: oldest_late(work, now))
        return (now - oldest).total_seconds() if oldest else None

    async def _take(self, update_id: int, person: Person, act: Act) -> Result:
        moment = self._moment(update_id)
        if isinstance(act, Command) and act.name == panel.COMMAND:
            moment = replace(moment, survey=await panel.surveyed(self._ledger, person.user_id, moment))
        result, news = await self._ledger.take(
            lambda work: (turns.take(work, person, act, moment), tuple(work.cards.wanted_in))
        )
        if isinstance(result, Stranger):
            self._members.discard(person.user_id)
        else:
            self._members.add(person.user_id)
            self.deliverer.wake(person.chat_id, *news)
        return result

    def _moment(self, update_id: int) -> Moment:
        return Moment(
            now=self._clock(),
            new_token=new_token,
            bot_id=self._app.bot.id,
            update_id=update_id,
            house=self._house,
        )

    def _greets(self, user_id: int) -> bool:
        return self._strangers.answers(user_id, self._clock())

    async def _fail(self, user_id: int | None, update_id: int) -> None:
        """Our bug: write the update down as failed, and apologise."""
        moment = self._moment(update_id)
        await self._ledger.take(lambda work: turns.fail(work, user_id, moment))
        if user_id is not None:
            self.deliverer.wake(user_id)

    def _say_unavailable(self, user_id: int) -> None:
        self._say_directly(user_id, words.STORE_UNAVAILABLE, self._told_unavailable)

    def _say_flooding(self, user_id: int) -> None:
        self._say_directly(user_id, words.FLOODING, self._told_flooding)

    def _say_directly(self, user_id: int, text: str, told: Doorbell) -> None:
        """One direct line to a member, best effort, unstored: the store cannot hold it, or must not be asked to."""
        if user_id in self._members and told.answers(user_id, self._clock()):
            self.errands.run(self._app.bot.send_message(user_id, text))

    async def _every(self, seconds: float, step: Callable[[], Awaitable[None]]) -> None:
        """At once, so that a start finds what was left, and then again and again."""
        while True:
            try:
                await step()
            except StoreUnavailable as error:
                log.warning("put off: %s", error)
            await asyncio.sleep(seconds)
