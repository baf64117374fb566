"""The Bot API double with people in it: they live in its process, so that asking for them costs the bot nothing."""

import asyncio
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from time import monotonic
from typing import Any

from bot.practice.telegram import Conversation
from bot.serving import new_loop
from tests.bench.script import STEPS
from tests.botapi import server
from tests.botapi.server import Control, Json
from tests.botapi.telegram import BotApiTelegram, Entry

PATIENCE_SECONDS = 120


@dataclass(slots=True)
class Person:
    """Where one person is: how many acts are done, and since when an answer is waited for."""

    line: Conversation
    done: int = 0
    due: float = 0.0
    since: float | None = None


class Crowd:
    """People who each act so often, and act again when they have seen the answer, or `pause` seconds after the last
    act, whichever is later; `at_once` of them at any time."""

    def __init__(self, telegram: "PeopledTelegram", users: Iterator[int], acts: int, pause: float) -> None:
        self._telegram = telegram
        self._users = users
        self._acts = acts
        self._pause = pause
        self._dice = Random(acts)
        self._people: dict[int, Person] = {}
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waits: list[float] = []
        self.last = 0.0

    async def run(self, at_once: int) -> Json:
        """How long each answer took, and all of them; ValueError if one did not come, or was not the expected one."""
        started = monotonic()
        for place in range(at_once):
            self._enter(started + self._pause * place / at_once)
        try:
            await asyncio.wait_for(self._over, PATIENCE_SECONDS)
        except TimeoutError:
            raise ValueError(f"no answer for {sorted(self._people)} after {len(self.waits)} answers") from None
        return {"waits": self.waits, "seconds": self.last - started}

    def _enter(self, due: float) -> None:
        user = next(self._users, None)
        if user is not None:
            self._people[user] = Person(Conversation(self._telegram, user), due=due)
            self._at(due, user, {})
        elif not self._people:
            self._over.set_result(None)

    def _at(self, due: float, user: int, buttons: dict[str, str]) -> None:
        asyncio.get_running_loop().call_later(max(0.0, due - monotonic()), self._act, user, buttons)

    def _act(self, user: int, buttons: dict[str, Any]) -> None:
        person = self._people[user]
        act = STEPS[person.done % len(STEPS)].act
        if act not in buttons and person.done % len(STEPS):
            self._fail(f"no button {act!r} for {user}")
            return
        person.since = monotonic()
        if person.done % len(STEPS):
            person.line.taps(*buttons[act])
        else:
            person.line.says(act)

    def saw(self, entry: Entry) -> None:
        """A person sees a screen: it is the one that answers, and the next act follows."""
        at, user, what, message_id, text, labelled = entry
        person = self._people.get(user)
        if person is None or what == "toast":
            return
        expected = STEPS[person.done % len(STEPS)].text.partition("\n")[0]
        if person.since is None or not text.startswith(expected):
            self._fail(f"{user} sees {text[:60]!r}, not {expected!r}")
            return
        self.waits.append(at - person.since)
        self.last, person.since, person.done = at, None, person.done + 1
        if person.done == self._acts:
            del self._people[user]
            self._enter(monotonic())
            return
        person.due += self._pause * self._dice.uniform(0.8, 1.2)
        self._at(person.due, user, {label: (data, message_id) for label, data in labelled})

    def _fail(self, why: str) -> None:
        if not self._over.done():
            self._over.set_exception(ValueError(why))


class PeopledTelegram(BotApiTelegram):
    """Tells a crowd at once what is seen, and remembers when the bot first asked for updates."""

    def __init__(self) -> None:
        super().__init__()
        self.crowd: Crowd | None = None
        self.first_poll: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    async def _on_getUpdates(self, terms: Json) -> list[Json]:  # noqa: N802  as Telegram names it
        if not self.first_poll.done():
            self.first_poll.set_result(monotonic())
        return await super()._on_getUpdates(terms)

    def _note(self, chat_id: int, what: str, message_id: int | None, text: str, buttons: list[Any]) -> Entry:
        entry = super()._note(chat_id, what, message_id, text, buttons)
        if self.crowd is not None:
            self.crowd.saw(entry)
        return entry


class Peopled(Control):
    """What the bench can ask for beside what a test can."""

    telegram: PeopledTelegram

    def _begin(self) -> None:
        super()._begin()
        self.telegram = PeopledTelegram()

    async def first_poll(self, wait: float) -> float:
        """When the bot first asked for updates, by `time.monotonic()`; TimeoutError is the bench's."""
        return await asyncio.wait_for(asyncio.shield(self.telegram.first_poll), wait)

    async def crowd(self, first: int, people: int, at_once: int, acts: int, pause: float) -> Json:
        users = iter(range(first, first + people))
        self.telegram.crowd = Crowd(self.telegram, users, acts, pause)
        try:
            return await self.telegram.crowd.run(at_once)
        finally:
            self.telegram.crowd = None


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server.Control = Peopled
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(server.serve())
