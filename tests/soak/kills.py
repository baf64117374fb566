"""`kill -9` at random moments, with many people conversing at once and trouble at Telegram.

The kills lie at random updates, each a random moment after its update went out.
What the people do, where the kills lie and what Telegram answers follow from the seed; the machine's timing does not.
"""

import logging
import tempfile
from collections.abc import Iterator, Sized
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic, sleep

from bot import running
from bot.api import pauses
from tests.botapi import BotApi, botapi
from tests.forked import Forked
from tests.postgres import cluster
from tests.soak.databases import database, free_port, rows, seat
from tests.soak.judge import NOT_SHOWN, judge_chats, judge_database, lost_replies
from tests.soak.people import Person
from tests.soak.report import Report, wanted

PEOPLE = 40
FIRST = 5000
SHORTLY = 0.1
SWEEP_SECONDS = 0.3
FIRST_SECONDS = 0.1
TROUBLE = {"lost": 0.05, "failing": 0.02, "too_many": 0.002, "dropped": 0.01, "doubled": 0.05, "latency": [0, 10]}


@dataclass
class Killing:
    """One bot on one database that is killed again and again, and everybody who talks with it."""

    api: BotApi
    bot: Forked
    report: Report
    updates: int
    kills: int
    people: int = PEOPLE
    errors: Path = field(default_factory=lambda: Path(tempfile.mkstemp()[1]))
    pushed: int = 0
    killed_at: list[float] = field(default_factory=list)
    heard: int = 0

    def __post_init__(self) -> None:
        dice = self.report.dice()
        self._dice = dice
        self._at = sorted(dice.sample(range(1, self.updates), self.kills), reverse=True)
        self._kill_at: float | None = None
        self._everybody = {
            FIRST + number: Person(FIRST + number, Random(dice.random())) for number in range(self.people)
        }

    def run(self, end: float) -> None:
        """Until so many updates went out, or the time is over; then in peace until everything is shown, then judge."""
        seat(self.bot.database_url, list(self._everybody))
        self.api.set_seed(self.report.seed)
        self.api.trouble(**TROUBLE)
        try:
            self._converse(end)
            self._at, self._kill_at = [], None
            self.api.trouble()
            self._settle()
        finally:
            self.bot.kill()
        self._judge()
        self.errors.unlink()

    def _converse(self, end: float) -> None:
        everybody = self._everybody.values()
        while True:
            now = monotonic()
            self._keep_alive()
            self._kill_if_due(now)
            for person in everybody:
                if person.idle and self.pushed < self.updates and now < end:
                    person.begins(now)
                self.pushed += person.acts(self.api, now)
            if all(person.idle for person in everybody):
                return
            self._listen(now)

    def _listen(self, now: float) -> None:
        """Wait for something to be seen, or to be done."""
        due = min(person.due if person.due > now else now + 0.05 for person in self._everybody.values())
        until = min(due, now + 0.05, self._kill_at or now + 0.05)
        for seen in self.api.log(since=self.heard, wait=max(0.0, until - now)):
            self.heard += 1
            self._everybody[seen.user_id].hears(seen, monotonic())

    # The bot

    def _keep_alive(self) -> None:
        if not self.bot.lives:
            self.bot.start(self._prepare)

    def _prepare(self) -> None:
        """In the child: a hurried sweep, hurried pauses, and a place for what must never happen."""
        running.SWEEP_SECONDS, pauses.FIRST_SECONDS = SWEEP_SECONDS, FIRST_SECONDS
        errors = logging.FileHandler(self.errors)
        errors.setLevel(logging.ERROR)
        logging.basicConfig(handlers=[errors], force=True)

    def _kill_if_due(self, now: float) -> None:
        if self._kill_at is None and self._at and self.pushed >= self._at[-1]:
            self._at.pop()
            self._kill_at = now + self._dice.uniform(0, SHORTLY)
        if self._kill_at is not None and now >= self._kill_at:
            self.bot.kill()
            self.killed_at.append(monotonic())
            self._kill_at = None

    def _settle(self) -> None:
        """In peace, every card is shown soon."""
        end = monotonic() + 30
        while monotonic() < end and (self.api.counters()["pending"] or rows(self.bot.database_url, NOT_SHOWN)):
            self._keep_alive()
            sleep(0.1)
        self._listen(monotonic())

    def _judge(self) -> None:
        everybody = list(self._everybody.values())
        lost = lost_replies(self.api)
        found = self.report.violations
        found += judge_chats(everybody, self.killed_at, lost)
        found += judge_database(self.bot.database_url, everybody)
        if said := self.errors.read_text():
            found.append(f"the bot logged: {said}")
        self.report.counts["kills"] = len(self.killed_at)
        self.report.counts["updates"] = self.pushed
        self.report.counts["conversations"] = sum(len(person.given) for person in everybody)
        self.report.counts["duplicates"] = sum(person.duplicates for person in everybody)
        self.report.counts["lost replies"] = sum(map(len, lost.values()))


def run(seed: int, end: float) -> Iterator[Report]:
    """A quarter of the kills on each database, by polling and by webhook."""
    ways = [(engine, way) for engine in ("sqlite", "postgresql") for way in ("polling", "webhook")]
    kills, updates = wanted("SOAK_KILLS", 1_000), wanted("SOAK_UPDATES", 20_000)
    with ExitStack() as stack:
        api, server = stack.enter_context(botapi()), stack.enter_context(cluster())
        for number, (engine, way) in enumerate(ways):
            api.reset()
            report = Report(f"kills, {engine}, {way}", seed)
            with database(server if engine == "postgresql" else None) as url:
                bot = Forked(api.url, url, free_port() if way == "webhook" else None)
                now = monotonic()
                killing = Killing(api, bot, report, share(updates, number, ways), share(kills, number, ways))
                killing.run(now + (end - now) / (len(ways) - number))
            yield report


def share(total: int, number: int, parts: Sized) -> int:
    return (total + number) // len(parts)
