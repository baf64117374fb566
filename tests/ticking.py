"""Mornings of a bot that is killed at named points of the tick, beside one that never dies: they tell the same."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import Any

from bot.api.deliver import Deliverer
from bot.api.showing import Showing
from bot.reminders import rounds
from store.cards import Cards
from tests.botapi import BotApi
from tests.clinic import BEGINS, FIRST_USER, open_clinic_on
from tests.crashing import Trap
from tests.forked import Forked
from tests.hurried import Outside, SharedClock, Undying, hurry

ZONES = ("UTC",) * 4
PEOPLE = range(FIRST_USER, FIRST_USER + len(ZONES))
PATIENTS = 9
IN_PEACE = 3


def _before_returning(owner: Any, name: str, trap: Trap) -> None:
    """Inside the transaction, after all that it writes, where there is anything."""
    real = getattr(owner, name)

    def wrapped(*arguments: Any, **named: Any) -> Any:
        result = real(*arguments, **named)
        if result:
            trap.spring()
        return result

    setattr(owner, name, wrapped)


def _before_calling(owner: Any, name: str, trap: Trap) -> None:
    real = getattr(owner, name)

    def wrapped(*arguments: Any, **named: Any) -> Any:
        trap.spring()
        return real(*arguments, **named)

    setattr(owner, name, wrapped)


def _before_waking(trap: Trap) -> None:
    """What the tick has committed; what a sweep finds after a crash passes here, too."""
    real = Deliverer.wake

    def wrapped(self: Deliverer, *chats: int) -> None:
        if chats:
            trap.spring()
        real(self, *chats)

    Deliverer.wake = wrapped


def _between_send_and_mark(trap: Trap) -> None:
    """Never before one card of this life was marked, so that every life brings the bot forward."""
    real_mark, real_show = Cards.mark, Showing.show

    def mark(*arguments: Any) -> bool:
        trap.passed = 1
        return real_mark(*arguments)

    async def show(*arguments: Any) -> Any:
        message = await real_show(*arguments)
        if trap.passed:
            trap.spring()
        return message

    Cards.mark, Showing.show = mark, show


CLAIM = "between claim and commit"
COMMITTED = "after the commit, before the first send"
SENT = "between send and mark"
BETWEEN = "between two people's rounds"
LOOK = "in the daily look at a patient"
TICK_POINTS: dict[str, Callable[[Trap], None]] = {
    CLAIM: lambda trap: _before_returning(rounds, "make_round", trap),
    COMMITTED: _before_waking,
    SENT: _between_send_and_mark,
    BETWEEN: lambda trap: _before_calling(rounds, "make_round", trap),
    LOOK: lambda trap: _before_returning(rounds, "look", trap),
}


class Mornings:
    """A bot that dies again and again at one point of its tick, and a person who only reads."""

    def __init__(self, api: BotApi, url: str, twin_url: str, point: str) -> None:
        self.crashes, self.doubled = 0, 0
        self.violations: list[str] = []
        self._api, self._point, self._clock = api, point, SharedClock(BEGINS)
        for each in (url, twin_url):
            open_clinic_on(each, ZONES, PATIENTS)
        self._bot, self._started = Forked(api.url, url), False
        self._outside, self._twin, self._twin_outside = Outside(url), Undying(twin_url, PEOPLE), Outside(twin_url)
        self._may_come_again: Counter[int] = Counter()

    def run(self, wanted: int, seconds: float) -> None:
        """Mornings until the bot has died so often, then some in peace; judge from what was seen and what is stored."""
        end = time.monotonic() + seconds
        with self._open():
            self._pass_to(BEGINS, end)
            for now in _mornings():
                if self.violations or not self._point:
                    break
                self._pass_to(now, end)
                if self.crashes >= wanted:
                    self._bot.kill()
                    self._point, self._started = "", False
            for late in range(1, 1 + IN_PEACE):
                self._pass_to(now + timedelta(days=late), end)
            if (found := self._outside.steps()) != (wants := self._twin_outside.steps()):
                self.violations.append(f"steps: {sorted(set(found) ^ set(wants))}, {len(found)} of {len(wants)}")

    @contextmanager
    def _open(self) -> Iterator[None]:
        with closing(self._outside), closing(self._twin), closing(self._twin_outside):
            try:
                yield
            finally:
                self._bot.kill()

    def _pass_to(self, now: datetime, end: float) -> None:
        """A morning, with a new bot whenever the old one has died."""
        seen = {person: len(self._api.log(person)) for person in PEOPLE}
        self._clock.set(now)
        while not self._outside.is_done(now):
            assert time.monotonic() < end, f"{self.crashes} crashes, {now} not over, {self._outside.unshown()}"
            self._keep_alive()
            time.sleep(0.01)
        wants = self._twin.morning(now)
        for person, texts in wants.items():
            events = self._api.log(person, since=seen[person])
            self._judge(f"{now:%d %b}, {person}", person, texts, [event.text for event in events])

    def _keep_alive(self) -> None:
        if not self._bot.lives:
            if self._started:
                self.crashes += 1
                # One card in a chat may have been sent and not marked: it, and none else, comes again.
                self._may_come_again.update(self._outside.unshown())
            self._bot.start(self._prepare)
            self._started = True

    def _judge(self, where: str, person: int, wants: list[str], saw: list[str]) -> None:
        again = sum((Counter(saw) - Counter(wants)).values())
        self.doubled += again
        self._may_come_again[person] -= again
        if list(dict.fromkeys(saw)) != wants or self._may_come_again[person] < 0:
            self.violations.append(f"{where}: wants {wants}, saw {saw}")

    def _prepare(self) -> None:
        hurry(self._clock)
        if self._point:
            TICK_POINTS[self._point](Trap())


def _mornings() -> Iterator[datetime]:
    first = BEGINS.replace(hour=8, minute=0, second=1)
    return (first + timedelta(days=day) for day in range(1, 700))
