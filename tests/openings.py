"""What many tests begin with is done once by each process: every test has a copy of the database and of the chats.

Whichever test needs an opening first performs it, on a bot of its own; all of them, this one too, begin with copies.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from dataclasses import dataclass, field, fields
from typing import Generic, TypeVar

from bot.practice.telegram import PracticeTelegram
from tests.conversation import DOCTOR, Clock, exchange

Template = TypeVar("Template", bytes, str)
# What belongs to the bot that is on the line, and not to what was said.
_OF_THE_LINE = {"on_shown", "_arrived", "_all_taken"}


@dataclass(frozen=True)
class Databases(Generic[Template]):
    """Databases of one kind: `fresh` makes one from a template for one test, `kept` makes a template of one.

    A second argument of `fresh` says where a file of it shall lie.
    """

    migrated: Template
    fresh: Callable[..., AbstractContextManager[str]]
    kept: Callable[[str], Template]


@dataclass(frozen=True)
class Opened(Generic[Template]):
    """Where tests begin: the database, and the chat as the doctor saw it until then."""

    database: Template
    chats: PracticeTelegram | None = None
    transcript: tuple[str, ...] = ()

    def telegram(self) -> PracticeTelegram | None:
        """The chats, for one test alone; None before anything was said."""
        return self.chats and _copied(self.chats)


@dataclass
class Openings(Generic[Template]):
    """Where a script leads, on databases of one kind."""

    databases: Databases[Template]
    _opened: dict[str, Opened[Template]] = field(default_factory=dict)

    def after(self, script: str) -> Opened[Template]:
        if script not in self._opened:
            self._opened[script] = self._after(script) if script else Opened(self.databases.migrated)
        return self._opened[script]

    def _after(self, script: str) -> Opened[Template]:
        with self.databases.fresh(self.databases.migrated) as url:
            chats, transcript = asyncio.run(_performed(url, script))
            return Opened(self.databases.kept(url), _copied(chats), tuple(transcript))


async def _performed(url: str, script: str) -> tuple[PracticeTelegram, list[str]]:
    async with exchange(url, Clock()) as office:
        await office.seat_doctor()
        line = office.line("doctor", DOCTOR.user_id)
        await line.replay(script)
    return office.telegram, line.transcript


def _copied(chats: PracticeTelegram) -> PracticeTelegram:
    names = {each.name for each in fields(chats)} - _OF_THE_LINE
    return PracticeTelegram(**{name: deepcopy(getattr(chats, name)) for name in names})
