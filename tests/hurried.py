"""Bots in processes of their own that live by a clock of the test; beside them one that never dies, and a watcher."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from multiprocessing.sharedctypes import RawValue
from typing import Any

from bot import running, serving
from bot.api import gate
from bot.running import Running
from store.engine import open_engine
from tests.clinic import BEGINS
from tests.conversation import Clock, exchange

# What each person was told.
Told = dict[int, list[str]]


class SharedClock:
    """One clock for a test and the processes that it forks."""

    def __init__(self, now: datetime) -> None:
        self._seconds = RawValue("d", now.timestamp())

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(self._seconds.value, UTC)

    def set(self, now: datetime) -> None:
        self._seconds.value = now.timestamp()


def hurry(clock: SharedClock) -> None:
    """In a child: it lives by the shared clock, ticks without a pause, and no message waits at the gate."""
    serving.Running = partial(Running, clock=clock)
    running.TICK_SECONDS, running.SWEEP_SECONDS = 0.02, 0.2
    gate.A_CHAT_SECONDS = gate.EVERYWHERE_SECONDS = 0.0


class Undying:
    """The bot that never dies, in this process."""

    def __init__(self, url: str, people: Iterable[int]) -> None:
        self._runner, self._stack, self._clock = asyncio.Runner(), AsyncExitStack(), Clock(BEGINS)
        self._office = self._runner.run(self._stack.enter_async_context(exchange(url, self._clock)))
        self._lines = {person: self._office.line(str(person), person) for person in people}

    def morning(self, now: datetime) -> Told:
        """What each person is told."""
        self._clock.now = now
        before = {person: len(line.messages) for person, line in self._lines.items()}
        self._runner.run(self._office.running.tick())
        self._runner.run(self._office.running.settled())
        return {person: [each.text for each in line.messages[before[person] :]] for person, line in self._lines.items()}

    def close(self) -> None:
        self._runner.run(self._stack.aclose())
        self._runner.close()


class Outside:
    """What a database holds, read by nobody's turn."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)

    def rows(self, statement: str) -> list[Any]:
        with self._engine.begin() as connection:
            return list(connection.exec_driver_sql(statement))

    def unshown(self) -> list[int]:
        """The chats in which a card waits."""
        return [row[0] for row in self.rows("SELECT DISTINCT chat_id FROM cards WHERE shown < revision")]

    def is_done(self, now: datetime) -> bool:
        """Whether a morning is over: everybody was looked at, everybody's next one is planned, everything is shown."""
        day, minute = now.date().isoformat(), now.replace(tzinfo=None).isoformat(" ")
        late = self.rows(f"SELECT 1 FROM watches WHERE look_on <= '{day}'") or self.rows(
            f"SELECT 1 FROM members WHERE round_at IS NULL OR round_at <= '{minute}'"
        )
        return not late and not self.unshown()

    def steps(self) -> list[tuple[str, ...]]:
        """Every step that was told: which, of what, on which day."""
        told = sorted(self.told(), key=lambda row: (row[1], str(row[2])))
        return [(verb, subject, str(at)[:10]) for verb, subject, at in told]

    def told(self) -> Sequence[Any]:
        """The same in the order in which it was written: verb, subject, time."""
        return self.rows("SELECT verb, subject, at FROM audit WHERE substr(verb, 1, 7) = 'remind ' ORDER BY id")

    def close(self) -> None:
        self._engine.dispose()
