"""The contestants, each in a process of its own, and what /proc says of it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.acts import Person
from bot.clock import local_day, utc_now
from bot.reminders.mornings import next_round
from bot.turns import seat_owner
from store.engine import open_engine
from store.members import Role
from store.migrations import migrate
from store.unit_of_work import UnitOfWork, Writer
from store.unlock import unlock
from tests.bench.double import ROOT
from tests.botapi import TOKEN

QUIESCE, SHIPPED, TRANSPORT = "Quiesce", "floor", "floor on the same transport"
CONTESTANTS = {
    SHIPPED: ("-m", "tests.bench.floor", "shipped"),
    TRANSPORT: ("-m", "tests.bench.floor", "transport"),
    QUIESCE: ("-m", "bot", "run"),
}

_TICKS = os.sysconf("SC_CLK_TCK")


class Process:
    """A running bot."""

    def __init__(self, popen: "subprocess.Popen[bytes]", started: float) -> None:
        self.popen = popen
        self.started = started
        self._proc = Path(f"/proc/{popen.pid}")

    @property
    def cpu_seconds(self) -> float:
        """User and system time so far, with that of the children it has waited for."""
        fields = (self._proc / "stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS

    @property
    def memory_mb(self) -> float:
        return self._kilobytes("smaps_rollup", "Rss") / 1024

    @property
    def peak_mb(self) -> float:
        return self._kilobytes("status", "VmHWM") / 1024

    def _kilobytes(self, file: str, key: str) -> int:
        lines = (self._proc / file).read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{key}:"))


@contextmanager
def started(arguments: tuple[str, ...], api_url: str, database: Path) -> Iterator[Process]:
    """A program of ours, away from any `.env`; killed at the end."""
    given = {
        "PYTHONPATH": str(ROOT),
        "BENCH_API_URL": api_url,
        "QUIESCE_TELEGRAM_API_URL": api_url,
        "QUIESCE_TELEGRAM_TOKEN": TOKEN,
        "QUIESCE_DATABASE_URL": f"sqlite:///{database}",
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUIESCE_")} | given
    command, now = [sys.executable, *arguments], time.monotonic()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=database.parent, env=environment, **pipes) as popen:
        try:
            yield Process(popen, now)
        finally:
            popen.kill()


def seat(database: Path, people: int) -> None:
    """A migrated database with so many members, user ids from 1 on."""
    url = f"sqlite:///{database}"
    migrate(url)
    writer = Writer(open_engine(url), unlock(url, database.parent / "quiesce.key"))
    writer.take(lambda work: _seat_all(work, people))
    writer.close()


def _seat_all(work: UnitOfWork, people: int) -> None:
    """Each with a planned morning, as the tick gives it to whoever joins: else it would plan all while we measure."""
    seat_owner(work, Person(user_id=1, chat_id=1), "UTC")
    for user in range(2, people + 1):
        work.members.admit(user, user, Role.DOCTOR, "UTC")
    now = utc_now()
    for each in work.members.all_active():
        today = local_day(now, each.zone)
        work.members.rounded(each.id, None, next_round(now, each.zone, each.digest_at, today))
