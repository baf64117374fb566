"""A round: every contestant once, in a process of its own, under the same people."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.bench import charts
from tests.bench.bots import CONTESTANTS, QUIESCE, Process, started
from tests.bench.double import AT_ONCE, Double
from tests.bench.goals import Figures, Round
from tests.bench.script import CALLS, STEPS

LATENCY_MS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much a round measures."""

    conversations: int
    paced_acts: int
    slow_conversations: int
    idle: int
    idle_warm_up: int
    charts: int

    @property
    def people(self) -> int:
        """Four groups of `AT_ONCE`, so that no person is too fast, and those who fall idle."""
        return 4 * AT_ONCE + self.idle_warm_up + self.idle


FULL = Sizes(conversations=6, paced_acts=8, slow_conversations=5, idle=10_000, idle_warm_up=1_500, charts=20_000)
QUICK = Sizes(conversations=1, paced_acts=1, slow_conversations=1, idle=200, idle_warm_up=50, charts=100)


class Arena:
    """Where rounds take place: one double, one folder, one database to begin from."""

    def __init__(self, api: Double, seated: Path, sizes: Sizes) -> None:
        self.api = api
        self.sizes = sizes
        self.charts = charts.write(seated.parent, sizes.charts)
        self._seated = seated
        self._database = seated.parent / "quiesce.sqlite3"

    def round(self, number: int) -> Round:
        """The order turns from round to round, so that none always follows the same."""
        names = list(CONTESTANTS)
        turn = number % len(names)
        found = {name: self._visit(name) for name in names[turn:] + names[:turn]}
        found[QUIESCE]["growth_mb"] = self._growth()
        found[QUIESCE]["charts"] = charts.reports_a_second(self.charts)
        return found

    def _visit(self, name: str) -> Figures:
        with self.bot(CONTESTANTS[name]) as process:
            return {"start_s": self.api.first_poll() - process.started, **self.talk(process)}

    def bot(self, arguments: tuple[str, ...]) -> "started":
        """A new bot on a fresh copy of the database, and a double that knows nothing."""
        self.api.reset()
        for left in self._database.parent.glob(f"{self._database.name}*"):
            left.unlink()
        shutil.copy(self._seated, self._database)
        return started(arguments, self.api.url, self._database)

    def talk(self, process: Process) -> Figures:
        """Without pause, at a pace, and with 50 ms to the API."""
        api, sizes, whole = self.api, self.sizes, len(STEPS)
        first = iter(range(1, sizes.people, AT_ONCE))
        import time; T=time.time(); api.crowd(next(first), AT_ONCE, whole); print("warm", time.time()-T, flush=True)
        spent, calls = process.cpu_seconds, self._calls()
        busy = api.crowd(next(first), AT_ONCE, sizes.conversations * whole)
        spent, calls = process.cpu_seconds - spent, self._calls() - calls
        print("busy", time.time()-T, flush=True)
        assert calls == AT_ONCE * sizes.conversations * CALLS
        paced = api.crowd(next(first), AT_ONCE, sizes.paced_acts, pause=1.0)
        print("paced", time.time()-T, flush=True)
        api.trouble(latency=LATENCY_MS)
        slow = api.crowd(next(first), AT_ONCE, sizes.slow_conversations * whole)
        api.trouble(); print("slow", time.time()-T, flush=True)
        return {
            "cpu_ms": spent / busy.updates * 1000,
            "updates": busy.updates / busy.seconds,
            "p99_ms": paced.p99_ms,
            "slow_updates": slow.updates / slow.seconds,
            "slow_p99_ms": slow.p99_ms,
            "peak_mb": process.peak_mb,
        }

    def _calls(self) -> int:
        """Of the bot so far, without polls."""
        return sum(count for method, count in self.api.counters()["calls"].items() if method != "getUpdates")

    def _growth(self) -> float:
        """What people cost who open a questionnaire and never answer, for 10,000 of them."""
        sizes, first = self.sizes, 4 * AT_ONCE + 1
        with self.bot(CONTESTANTS[QUIESCE]) as process:
            self.api.first_poll()
            self.api.crowd(first, sizes.idle_warm_up, 1)
            before = process.memory_mb
            self.api.crowd(first + sizes.idle_warm_up, sizes.idle, 1)
            return (process.memory_mb - before) * 10_000 / sizes.idle
