"""Updates of any shape, straight into the intake: nothing is raised, no handler fails, and memory stays flat."""

import asyncio
import json
import os
import re
import resource
import sys
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from bot.practice.telegram import PracticeTelegram, Shown
from store.members import Role
from tests.soak.databases import database
from tests.soak.office import Office, office
from tests.soak.report import Report, wanted
from tests.soak.shapes import Json, Shapes
from tests.soak.wellformed import well_formed

MEMBERS = range(100, 140)
MOST_JOIN = 30
BATCH = 50
WARM_UP = 20_000
MAX_GROWTH_MB = 20
_CODE = re.compile(r"/start (\S+)\nYou will be told")


class Forgetful(PracticeTelegram):
    """Keeps the last buttons of each chat, and lets go of everything else now and then."""

    def __init__(self) -> None:
        super().__init__(on_shown=self._look)
        self.codes: list[str] = []
        self._invited = 0
        self._buttons: dict[int, deque[tuple[str, int]]] = {}

    def button(self, dice: Random, chat_id: int) -> tuple[str, int] | None:
        known = self._buttons.get(chat_id)
        return dice.choice(known) if known else None

    def forget(self) -> None:
        """People delete messages, too: then an edit finds none."""
        self.messages.clear()
        self.left.clear()

    def _look(self, shown: Shown) -> None:
        message = shown.message
        if message is None or message.chat_id not in MEMBERS:
            return
        known = self._buttons.setdefault(message.chat_id, deque(maxlen=30))
        known += [(each["callback_data"], message.message_id) for row in message.keyboard for each in row]
        if self._invited < MOST_JOIN and (found := _CODE.search(message.text)):
            self.codes.append(found[1])
            self._invited += 1


@dataclass
class Fuzzing:
    """What one process has done."""

    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    growth_mb: float = 0.0
    odd: bool = True

    async def run(self, url: str, dice: Random, updates: int, seconds: float) -> None:
        telegram, end = Forgetful(), monotonic() + seconds
        async with office(url, telegram) as opened:
            await opened.ledger.take(_seat_everybody)
            serving = asyncio.create_task(opened.running.serve(asyncio.Event().wait()))
            shapes = Shapes(dice, MEMBERS, lambda chat: telegram.button(dice, chat), telegram.codes)
            warm, odd = 0.0, False
            while self.counts["updates"] < updates and monotonic() < end:
                odd = self.odd and not odd
                await self._batch(opened, [shapes.draw(odd=odd) for _ in range(min(BATCH, updates))])
                await self._settle(opened, odd)
                warm = warm if warm and self.counts["updates"] > min(WARM_UP, updates / 2) else memory_mb()
            self.growth_mb = memory_mb() - warm
            self._conclude(opened, serving)
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

    async def _batch(self, opened: Office, batch: list[Json]) -> None:
        running = opened.running
        outcomes = await asyncio.gather(*map(running.intake.take_in, batch), return_exceptions=True)
        self.counts["updates"] += len(batch)
        alone = Counter(update.get("update_id") for update in batch if _hashable(update.get("update_id")))
        for update, outcome in zip(batch, outcomes, strict=True):
            number = update.get("update_id")
            if outcome is not None:
                self._note(f"raised {outcome!r}", update)
            elif number in running.failed and alone[number] == 1 and well_formed(update):
                self._note("failed", update)
        running.failed.clear()

    async def _settle(self, opened: Office, odd: bool) -> None:
        """Let everything be shown; what odd updates leave in the log is counted only, as it cannot be told whose."""
        await opened.running.settled()
        found = opened.errors.found
        self.counts["errors logged of odd updates" if odd else "errors logged"] += len(found)
        if not odd:
            self.violations += [f"logged: {each}" for each in found]
        found.clear()
        if self.counts["updates"] % (BATCH * 20) == 0:
            opened.telegram.forget()
            await opened.ledger.take(_seat_everybody)
            opened.clock.passes(seconds=20)

    def _note(self, what: str, update: Json) -> None:
        kind = what.partition("(")[0]
        self.counts[kind] += 1
        if self.counts[kind] <= 5:
            self.violations.append(f"{what}: {json.dumps(update)}")

    def _conclude(self, opened: Office, serving: "asyncio.Task[None]") -> None:
        self.counts += Counter({f"were {how}": number for how, number in opened.running.outcomes().items()})
        if serving.done():
            self.violations.append(f"a periodic job ended: {serving.exception()!r}")
        if self.growth_mb > MAX_GROWTH_MB:
            self.violations.append(f"memory grew by {self.growth_mb:.1f} MB")


def _seat_everybody(work: Any) -> None:
    """Also those who were revoked meanwhile."""
    for number, user_id in enumerate(MEMBERS):
        role = Role.OWNER if number < 3 else list(Role)[number % len(Role)]
        if work.members.active(user_id) is None:
            work.members.admit(user_id, user_id, role, "Europe/Vienna")


def _hashable(number: object) -> bool:
    return not isinstance(number, list | dict)


def fuzz(seed: str, updates: int, seconds: float) -> Fuzzing:
    """One process's share."""
    fuzzing = Fuzzing()
    with database(None) as url:
        asyncio.run(fuzzing.run(url, Random(seed), updates, seconds))
    return fuzzing


def memory_mb() -> float:
    """What this process has in memory now; where that is not told, the most that it ever had."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def run(seed: int, end: float) -> Iterator[Report]:
    """A process on each core."""
    report, processes = Report("fuzz", seed), os.cpu_count() or 1
    updates, seconds = wanted("SOAK_FUZZED", 1_000_000) // processes, max(5.0, end - monotonic() - 10)
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        jobs = [pool.submit(fuzz, f"{seed} {number}", updates, seconds) for number in range(processes)]
        for number, job in enumerate(jobs):
            done = job.result()
            report.counts += done.counts
            report.counts[f"MB more in process {number}"] = round(done.growth_mb)
            report.violations += done.violations
    yield report
