"""The bench's side of the double: who talks, and how long each answer took."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from tests.botapi import BotApi

ROOT = Path(__file__).parents[2]
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Heard:
    """Every wait for an answer, and the time from the first act to the last answer, in seconds."""

    waits: list[float]
    seconds: float

    @property
    def updates(self) -> int:
        return len(self.waits)

    @property
    def p99_ms(self) -> float:
        return sorted(self.waits)[ceil(0.99 * len(self.waits)) - 1] * 1000


class Double(BotApi):
    """The Bot API with people in it."""

    def first_poll(self, wait: float = 30.0) -> float:
        """When the bot first asked for updates, by `time.monotonic()`."""
        return float(self._ask("first_poll", wait=wait))

    def crowd(self, first: int, people: int, acts: int, *, pause: float = 0.0) -> Heard:
        """So many people from user id `first` on, `AT_ONCE` at a time; every answer came, and was the right one."""
        terms = {"people": people, "at_once": min(people, AT_ONCE), "acts": acts, "pause": pause}
        heard = Heard(**self._ask("crowd", first=first, **terms))
        assert heard.updates == people * acts
        self.settled()
        return heard


@contextmanager
def double() -> Iterator[Double]:
    """A server that ends with the block, and also when this process is killed."""
    command = [sys.executable, "-m", "tests.bench.people"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        try:
            api = Double(int(server.stdout.readline()))
            yield api
            api.close()
        finally:
            server.kill()
