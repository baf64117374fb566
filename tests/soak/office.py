"""A bot in this process, without a poller: updates go straight into its intake."""

import logging
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from bot.acts import Moment
from bot.api.access import Buckets
from bot.house import House
from bot.ledger import Ledger
from bot.practice.telegram import PracticeTelegram
from bot.practice.wire import practice_wire
from bot.running import Running
from tests.conversation import Clock
from tests.sealed import KEY


class Watched(Running):
    """Says which updates failed; its tokens follow from the update, so that a run can be repeated."""

    failed: list[int] = []  # noqa: RUF012  replaced in each instance

    def outcomes(self) -> Counter[str]:
        """Updates by what became of them."""
        (family,) = self.health.updates.collect()
        samples = [each for each in family.samples if each.name.endswith("_total")]
        return Counter({each.labels["outcome"]: int(each.value) for each in samples})

    async def _fail(self, user_id: int | None, update_id: int) -> None:
        self.failed.append(update_id)
        await super()._fail(user_id, update_id)

    def _moment(self, update_id: int) -> Moment:
        made = iter(range(1000))
        token = lambda: f"{update_id % 10**20:020d}-{next(made)}"  # noqa: E731
        return Moment(
            now=self._clock(), new_token=token, bot_id=self._app.bot.id, update_id=update_id, house=self._house
        )


class Errors(logging.Handler):
    """What the bot logs as an error, except that an update failed, which is counted elsewhere."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: deque[str] = deque(maxlen=100)

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() != "an update failed":
            self.found.append(f"{record.name}: {record.getMessage()} {record.exc_info[1] if record.exc_info else ''}")


@dataclass
class Office:
    telegram: PracticeTelegram
    running: Watched
    ledger: Ledger
    clock: Clock
    errors: Errors = field(default_factory=Errors)


@asynccontextmanager
async def office(url: str, telegram: PracticeTelegram) -> AsyncIterator[Office]:
    """A running bot whose every error is kept, and none is printed; here everybody is patient enough to be no flood."""
    ledger, clock = Ledger(url, KEY), Clock()
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    often = Buckets(count(0.0, 0.05).__next__)  # in no time, people act often
    async with Watched(practice_wire(telegram), ledger, House("Europe/Vienna"), clock, buckets=often) as running:
        running.failed = []
        opened = Office(telegram, running, ledger, clock)
        root.handlers = [opened.errors]
        try:
            yield opened
        finally:
            root.handlers = before
    ledger.close()
