"""A round: every contestant once, in a process of its own, under the same people."""

import shutil
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import charts
from tests.bench.bots import CONTESTANTS, QUIESCE, SHIPPED, Process, seat, started
from tests.bench.double import Double
from tests.bench.due import Filled
from tests.bench.goals import Figures, Round
from tests.bench.script import CALLS, STEPS

LATENCY_MS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much a round measures."""

    group: int
    conversations: int
    paced_acts: int
    slow_conversations: int
    idle: int
    idle_warm_up: int
    charts: int
    reminders: int

    @property
    def people(self) -> int:
        """A group for each part, so that nobody is too fast for the bot, and those who fall idle."""
        return 4 * self.group + self.idle_warm_up + self.idle


FULL = Sizes(
    group=50,
    conversations=4,
    paced_acts=7,
    slow_conversations=4,
    idle=10_000,
    idle_warm_up=1_500,
    charts=10_000,
    reminders=1_000_000,
)
QUICK = Sizes(
    group=8,
    conversations=1,
    paced_acts=1,
    slow_conversations=1,
    idle=100,
    idle_warm_up=50,
    charts=100,
    reminders=10_000,
)


class Arena:
    """Where rounds take place: one double, one folder, one database to begin from."""

    def __init__(self, api: Double, folder: Path, sizes: Sizes, reminders: Filled) -> None:
        self.api = api
        self.folder = folder
        self.sizes = sizes
        self._reminders = reminders
        self.charts = charts.write(folder, sizes.charts)
        self._seated = folder / "seated.sqlite3"
        seat(self._seated, sizes.people)

    def round(self, number: int) -> Round:
        """The order turns from round to round, so that none always follows the same."""
        names = list(CONTESTANTS)
        turn = number % len(names)
        found = {name: self._visit(name) for name in names[turn:] + names[:turn]}
        found[QUIESCE]["growth_mb"] = self._growth()
        found[QUIESCE]["charts"] = charts.reports_a_second(self.charts)
        found[QUIESCE] |= self._reminders.figures()
        return found

    def bot(self, arguments: tuple[str, ...]) -> AbstractContextManager[Process]:
        """A new bot on a fresh copy of the database, and a double that knows nothing."""
        self.api.reset()
        database = self.folder / "quiesce.sqlite3"
        for left in self.folder.glob(f"{database.name}*"):
            left.unlink()
        shutil.copy(self._seated, database)
        return started(arguments, self.api.url, database)

    def _visit(self, name: str) -> Figures:
        with self.bot(CONTESTANTS[name]) as process:
            start = self.api.first_poll() - process.started
            self.api.crowd(1, self.sizes.group, len(STEPS))  # warm
            found = {"start_s": start, **self._busy(process), "p99_ms": self._paced()}
            if name != SHIPPED:  # one update after another: it would take minutes
                found |= self._with_latency()
            return found | {"peak_mb": process.peak_mb}

    def _busy(self, process: Process) -> Figures:
        """Without pause; every call that a conversation takes was made, and no other."""
        group, conversations = self.sizes.group, self.sizes.conversations
        spent, calls = process.cpu_seconds, self._calls()
        heard = self.api.crowd(group + 1, group, conversations * len(STEPS))
        assert self._calls() - calls == group * conversations * CALLS
        spent = process.cpu_seconds - spent
        return {"cpu_ms": spent / heard.updates * 1000, "updates": heard.updates / heard.seconds}

    def _paced(self) -> float:
        """An act a second from each."""
        group = self.sizes.group
        return self.api.crowd(2 * group + 1, group, self.sizes.paced_acts, pause=1.0).p99_ms

    def _with_latency(self) -> Figures:
        self.api.trouble(latency=LATENCY_MS)
        group, acts = self.sizes.group, self.sizes.slow_conversations * len(STEPS)
        heard = self.api.crowd(3 * group + 1, group, acts)
        self.api.trouble()
        return {"slow_updates": heard.updates / heard.seconds, "slow_p99_ms": heard.p99_ms}

    def _calls(self) -> int:
        """Of the bot so far, without polls."""
        return sum(count for method, count in self.api.counters()["calls"].items() if method != "getUpdates")

    def _growth(self) -> float:
        """What people cost who open a questionnaire and never answer, for 10,000 of them."""
        with self.bot(CONTESTANTS[QUIESCE]) as process:
            self.api.first_poll()
            before = self.fall_idle(process, self.sizes.idle)
            return (process.memory_mb - before) * 10_000 / self.sizes.idle

    def fall_idle(self, process: Process, people: int) -> float:
        """Returns the memory after those who warm it up, before the others."""
        first, warm_up = 4 * self.sizes.group + 1, self.sizes.idle_warm_up
        self.api.crowd(first, warm_up, 1)
        before = process.memory_mb
        self.api.crowd(first + warm_up, people, 1)
        return before
