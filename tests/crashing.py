"""A bot that is killed at named points, and a person who goes on as if nothing had happened."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from bot import running, turns
from bot.acts import Taken
from bot.api import webhook
from bot.api.deliver import Deliverer
from bot.api.receive import Poller
from bot.api.showing import Showing
from bot.running import Running
from store.engine import open_engine
from tests.botapi import BotApi, Seen
from tests.forked import Forked

USER = 4711
# What the person does, and how the screen begins that answers it.
CONVERSATION = (
    (("says", "/hbi"), "HBI 1/5 · so far 0"),
    (("taps", "1"), "HBI 2/5 · so far 1"),
    (("taps", "Mild"), "HBI 3/5 · so far 2"),
    (("says", "2"), "HBI 4/5 · so far 4"),
    (("taps", "0"), "HBI 5/5 · so far 4"),
    (("taps", "None"), "HBI · review · HBI 4"),
    (("taps", "Confirm"), "REMISSION · HBI 4 (remission < 5)"),
)


class Trap:
    """Kills its own process when a point is passed the second time: what came before the crash is taken up first."""

    def __init__(self) -> None:
        self.passed = 0

    def spring(self) -> None:
        self.passed += 1
        if self.passed == 2:
            os.kill(os.getpid(), signal.SIGKILL)


def _before(owner: Any, name: str, trap: Trap) -> None:
    real = getattr(owner, name)

    async def wrapped(*arguments: Any) -> Any:
        trap.spring()
        return await real(*arguments)

    setattr(owner, name, wrapped)


def _after(owner: Any, name: str, trap: Trap) -> None:
    real = getattr(owner, name)

    async def wrapped(*arguments: Any) -> Any:
        result = await real(*arguments)
        trap.spring()
        return result

    setattr(owner, name, wrapped)


# A repeat is no act that could be lost, and would spring the trap for ever: a bot that finds two updates again dies
# at the second before it has acknowledged either.


def _in_the_transaction(trap: Trap) -> None:
    real = turns.take

    def wrapped(*arguments: Any) -> Any:
        result = real(*arguments)
        if isinstance(result, Taken):
            trap.spring()
        return result

    turns.take = wrapped


def _after_the_commit(trap: Trap) -> None:
    real = Running._take  # noqa: SLF001  the named point lies inside

    async def wrapped(*arguments: Any) -> Any:
        result = await real(*arguments)
        if isinstance(result, Taken):
            trap.spring()
        return result

    Running._take = wrapped  # noqa: SLF001


def _in_the_sweep(trap: Trap) -> None:
    """A tick of the sweep that comes while an answer is in flight."""
    taken, real_take, real_sweep = [], Running._take, Deliverer.sweep  # noqa: SLF001  the named point lies inside

    async def take(*arguments: Any) -> Any:
        result = await real_take(*arguments)
        if isinstance(result, Taken):
            taken.append(result)
            await asyncio.sleep(0.02)
        return result

    async def sweep(self: Deliverer) -> None:
        await real_sweep(self)
        if len(taken) >= 2:
            trap.passed = 1
            trap.spring()

    Running._take, Deliverer.sweep, running.SWEEP_SECONDS = take, sweep, 0.005  # noqa: SLF001


POINTS: dict[str, Callable[[Trap], None]] = {
    "before the commit": _in_the_transaction,
    "after the commit": _after_the_commit,
    "before a send": lambda trap: _before(Showing, "show", trap),
    "after a send": lambda trap: _after(Showing, "show", trap),
    "after a mark": lambda trap: _after(Deliverer, "_deliver", trap),
    "before the offset": lambda trap: _after(Poller, "_take_in", trap),
    "before the answer to a delivery": lambda trap: _after(webhook._Pages, "update", trap),  # noqa: SLF001
    "in the tick of the sweep": _in_the_sweep,
}


@dataclass
class Crashing:
    """One person, one bot that dies again and again at one point."""

    api: BotApi
    database_url: str
    point: str
    webhook_port: int | None = None
    patience: float = 15  # seconds
    crashes: int = 0
    violations: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._bot = Forked(self.api.url, self.database_url, self.webhook_port)
        self._started = False
        self._former, self._late = "", 0

    def run(self, wanted: int, seconds: float) -> None:
        """Converse until the bot has died so often, then once more in peace; judge from what the person saw."""
        end = time.monotonic() + seconds
        with closing(self):
            while self.crashes < wanted and not self.violations:
                assert time.monotonic() < end, f"{self.crashes} crashes in {seconds} s"
                self._converse()
            self.close()
            self.point = ""
            if not self.violations:
                self._converse()

    def run_while(self, busy: Callable[[], bool]) -> None:
        """Converse, without crashes, for as long as something else goes on, and once more after it."""
        goes_on = True
        with closing(self):
            while goes_on and not self.violations:
                goes_on = busy()
                self._converse()
                time.sleep(0.7)  # nobody acts more than ten times a second for long

    def _converse(self) -> None:
        for (act, what), screen in CONVERSATION:
            seen = len(self.api.log(USER))
            getattr(self.api, act)(USER, what)
            if not self._sees(screen, seen):
                self.violations.append(f"stuck after {what!r}: {self._state(seen)}")
                return

    def _state(self, seen: int) -> str:
        """What an engineer wants to know of somebody who is stuck."""
        engine = open_engine(self.database_url)
        with engine.connect() as connection:
            cards = connection.exec_driver_sql(
                "SELECT id, shown, revision, attempts, not_before, taken_until FROM cards ORDER BY id"
            )
            rows = [tuple(row) for row in cards][-2:]
            last = connection.exec_driver_sql("SELECT max(update_id) FROM arrivals").scalar()
        engine.dispose()
        return f"{len(self.api.log(USER)) - seen} events, cards {rows}, arrival {last}, {self.api.counters()}"

    def _sees(self, screen: str, seen: int) -> bool:
        """Wait for the next screen, with a new bot whenever the old one has died; then judge what was shown."""
        crashes, end = self.crashes, time.monotonic() + self.patience
        while time.monotonic() < end:
            self._keep_alive()
            events = self.api.log(USER, since=seen, wait=0.05)
            if any(event.text.startswith(screen) for event in events):
                self._judge(screen, events, crashes)
                return True
        return False

    def _judge(self, screen: str, events: list[Seen], crashes: int) -> None:
        """Nothing but this screen, or the one before it once more, and at most one message more for each crash."""
        shown = [event for event in events if event.what in ("sent", "edited")]
        # What was sent and not marked before a crash is sent again, also when the person has gone on meanwhile.
        late = [event for event in shown if self._former and event.text.startswith(self._former)]
        self._late += len(late)
        wrong = [event.text[:40] for event in shown if not event.text.startswith(screen) and event not in late]
        self._former = screen
        if self._late > self.crashes:
            self.violations.append(f"{self._late} screens came late after {self.crashes} crashes")
        if wrong:
            self.violations.append(f"instead of {screen!r}: {wrong}")
        doubled = sum(event.what == "sent" for event in events) - 1
        if doubled > self.crashes - crashes + 1:
            self.violations.append(f"{screen!r} was sent {doubled + 1} times")

    def _keep_alive(self) -> None:
        if not self._bot.lives:
            self.crashes += self._started
            self._bot.start(self._prepare)
            self._started = True

    def close(self) -> None:
        self._bot.kill()
        self._started = False

    def _prepare(self) -> None:
        if self.point:
            POINTS[self.point](Trap())
