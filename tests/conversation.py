"""A person on the line: what they say is performed, what the bot does is written down.

The double replaces HTTP; python-telegram-bot, the handlers, the turns and the store are the real ones.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.acts import Person
from bot.house import House
from bot.ledger import Ledger
from bot.practice.telegram import Conversation, Message, PracticeTelegram, Shown
from bot.practice.wire import practice_wire
from bot.running import Running
from bot.turns import seat_owner
from store.engine import open_engine
from tests.sealed import KEY

DOCTOR = Person(user_id=11, chat_id=11)
_TAP = re.compile(r"\[(.+)\]")
_REPLY = "(reply) "


@dataclass
class Clock:
    """Time stands still until a test moves it."""

    now: datetime = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **length: float) -> None:
        self.now += timedelta(**length)


@dataclass
class Line:
    """The telephone of one person; `to` follows `bot` in the transcript where several are on the line."""

    name: str
    conversation: Conversation
    running: Running
    to: str = ""
    transcript: list[str] = field(default_factory=list)

    @property
    def telegram(self) -> PracticeTelegram:
        return self.conversation.telegram

    @property
    def messages(self) -> list[Message]:
        """Every message of the bot in this chat, oldest first."""
        chat = self.conversation.user_id
        return [message for (owner, _), message in sorted(self.telegram.messages.items()) if owner == chat]

    @property
    def last(self) -> Message:
        return self.messages[-1]

    # What the person does

    async def says(self, text: str, *, reply_to: Message | None = None) -> None:
        self.conversation.says(text, reply_to=reply_to.message_id if reply_to else None)
        await self.settled()

    async def taps(self, label: str, *, message: Message | None = None) -> None:
        """Press a button by its label, on the last message that has it."""
        where = message or next((m for m in reversed(self.messages) if label in labels(m)), None)
        assert where is not None, f"no button {label!r} on screen"
        await self.presses(button(where, label), where.message_id)

    async def presses(self, data: str, message_id: int) -> None:
        self.conversation.taps(data, message_id)
        await self.settled()

    async def settled(self) -> None:
        """Let the bot take everything in, and show everything."""
        await self.telegram.all_taken()
        await self.running.settled()

    # Transcripts

    async def replay(self, script: str) -> str:
        """Perform the person's lines of a script; what really happened, in the same form."""
        self.transcript.clear()
        for line in script.splitlines():
            speaker, _, words = line.partition(": ")
            if speaker == self.name:
                await self.performs(words)
        return "\n".join(self.transcript)

    async def performs(self, words: str) -> None:
        """One line of a script: `[a button]`, `(reply) to the last reminder`, or words."""
        self.transcript.append(f"{self.name:>6}: {words}")
        if tapped := _TAP.fullmatch(words):
            await self.taps(tapped[1])
        elif words.startswith(_REPLY):
            reminder = next(m for m in reversed(self.messages) if m.text.startswith("Reminder"))
            await self.says(words.removeprefix(_REPLY), reply_to=reminder)
        else:
            await self.says(words)

    def hears(self, shown: Shown) -> None:
        """Write down what happened on the screen: `bot` for a new message, `edit` for one that changed."""
        if shown.chat_id != self.conversation.user_id or shown.kind == "buttons":
            return
        if shown.toast:
            self.transcript.append(f"{self._from('bot')}({shown.toast})")
        if shown.message is None:
            return
        lines = [line for line in shown.message.text.splitlines() if line]
        lines += [" ".join(f"[{each['text']}]" for each in row) for row in shown.message.keyboard]
        self.transcript.append(self._from("bot" if shown.kind == "new" else "edit") + lines[0])
        self.transcript += [f"        {line}" for line in lines[1:]]

    def _from(self, who: str) -> str:
        return f"{who + self.to:>6}: "


def labels(message: Message) -> list[str]:
    return [each["text"] for row in message.keyboard for each in row]


def button(message: Message, label: str) -> str:
    """What the button of a label carries."""
    return next(each["callback_data"] for row in message.keyboard for each in row if each["text"] == label)


@dataclass
class Exchange:
    """One running bot, and everybody who is on the line with it."""

    telegram: PracticeTelegram
    running: Running
    ledger: Ledger
    clock: Clock
    url: str

    def rows(self, statement: str) -> list[Row[Any]]:
        """What the database holds, read, or changed, from outside."""
        engine = open_engine(self.url)
        with engine.begin() as connection:
            result = connection.exec_driver_sql(statement)
            found = list(result) if result.returns_rows else []
        engine.dispose()
        return found

    async def seat_doctor(self) -> None:
        await self.ledger.take(lambda work: seat_owner(work, DOCTOR, "Europe/Vienna"))

    def line(self, name: str, user_id: int) -> Line:
        line = Line(name, Conversation(self.telegram, user_id), self.running)
        hear = self.telegram.on_shown

        def on_shown(shown: Shown) -> None:
            hear(shown)
            line.hears(shown)

        self.telegram.on_shown = on_shown
        return line


class Resumed(Running):
    """A bot that goes on as if it had never stopped: what a start does at once comes when its time is up."""

    async def _every(self, seconds: float, step: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(seconds)
        await super()._every(seconds, step)


@asynccontextmanager
async def exchange(
    url: str, clock: Clock, telegram: PracticeTelegram | None = None, bot: type[Running] = Running
) -> AsyncIterator[Exchange]:
    """A bot on a database; with the `telegram` of an earlier one, the same chats after a restart."""
    ledger = Ledger(url, KEY)
    telegram = telegram or PracticeTelegram()
    telegram.on_shown = lambda _: None
    async with bot(practice_wire(telegram), ledger, House("Europe/Vienna"), clock) as running:
        serving = asyncio.create_task(running.poll())
        yield Exchange(telegram, running, ledger, clock, url)
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
    ledger.close()
