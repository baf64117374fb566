"""The terminal chat: one local person, who owns the bot, and the same bot as on Telegram."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from io import TextIOWrapper
from itertools import product
from math import inf
from pathlib import Path
from string import ascii_lowercase
from tempfile import mkdtemp
from time import monotonic

from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout

from bot.acts import Person
from bot.api.access import Buckets
from bot.house import House
from bot.ledger import Ledger
from bot.practice.limits import Upload
from bot.practice.telegram import BOT_ID, Conversation, Json, Message, PracticeTelegram, Shown
from bot.practice.wire import practice_wire
from bot.running import Running
from bot.turns import seat_owner

LOCAL = Person(user_id=1, chat_id=1)

_TO_MESSAGE = re.compile(r"#([0-9]{1,9})\s+(.*)", re.DOTALL)


async def chat(ledger: Ledger, house: House) -> None:
    """Talk until the end of the input, Ctrl-D or Ctrl-C."""
    await ledger.take(lambda work: seat_owner(work, LOCAL, house.zone))
    telegram = PracticeTelegram(
        next_update=await ledger.take(lambda work: work.arrivals.last(BOT_ID)) + 1,
        next_message=await ledger.take(lambda work: work.cards.last_message()) + 1,
    )
    screen = Terminal(telegram)
    no_limit = Buckets(monotonic, burst=inf)  # a pipe may say a thousand lines
    async with Running(practice_wire(telegram), ledger, house, buckets=no_limit) as running:
        serving = asyncio.create_task(running.poll())
        try:
            async for line in _lines(screen):
                screen.enter(line)
                taken = asyncio.create_task(telegram.all_taken())
                await asyncio.wait({serving, taken}, return_when=asyncio.FIRST_COMPLETED)
                if serving.done():
                    await serving
                await running.settled()
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving


async def _lines(screen: "Terminal") -> AsyncIterator[str]:
    """Lines from the keyboard, or from a pipe, which gets no prompt and no greeting."""
    if not sys.stdin.isatty():
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # a pipe may carry anything
        while line := await asyncio.to_thread(sys.stdin.readline):
            yield line
        return
    print("A rehearsal on this machine. A letter presses a button, #3 replies to a message, Ctrl-D leaves.")
    yield "/start"
    session: PromptSession[str] = PromptSession()
    with suppress(EOFError, KeyboardInterrupt), patch_stdout():
        while True:
            yield await session.prompt_async("> ")


class Terminal:
    """What the person sees and types; buttons are lettered, so that a digit is always the answer."""

    def __init__(self, telegram: PracticeTelegram) -> None:
        self._telegram = telegram
        self._person = Conversation(telegram, LOCAL.user_id)
        self._latest: Message | None = None
        self._folder: Path | None = None
        telegram.on_shown = self._show

    def enter(self, line: str) -> None:
        """Press the button of that letter, or say it; `#3 b` and `#3 words` speak to message 3."""
        words = line.strip()
        to = _TO_MESSAGE.fullmatch(words)
        message = self._latest
        if to is not None:
            message, words = self._telegram.messages.get((LOCAL.chat_id, int(to[1]))), to[2]
            if message is None:
                print(f"  (There is no message {to[1]} here. Nothing was said.)", flush=True)
                return
        button = _lettered(message).get(words.lower()) if message else None
        if message is not None and button is not None:
            self._press(button, message)
        elif words:
            self._person.says(words, reply_to=message.message_id if to and message else None)

    def _press(self, button: Json, message: Message) -> None:
        """Telegram itself copies; there is no clipboard here, so the text is shown."""
        if "copy_text" in button:
            print(f"  (Copied: {button['copy_text']['text']})", flush=True)
        else:
            self._person.taps(button["callback_data"], message.message_id)

    def _show(self, shown: Shown) -> None:
        if shown.toast:
            print(f"  ({shown.toast})")
        message = shown.message
        if message is None:
            return
        if message.document is not None:
            print(f"  (Saved: {self._saved(message.document)})")
        if message.keyboard:
            self._latest = message
        elif self._latest is message:
            self._latest = None
        print("\n".join(_as_text(shown, message)), flush=True)

    def _saved(self, document: Upload) -> Path:
        """In a folder that is the person's own, where it stays until they or the machine clear it."""
        self._folder = self._folder or Path(mkdtemp(prefix="quiesce-"))
        path = self._folder / document.name
        path.write_bytes(document.content)
        return path


def _as_text(shown: Shown, message: Message) -> list[str]:
    if shown.kind == "buttons":
        return [f"#{message.message_id} (its buttons are gone)"]
    lines = [f"#{message.message_id}{' (edited)' if shown.kind == 'edit' else ''}"]
    lines += [f"  {line}" for line in message.text.splitlines()]
    letters = iter(_lettered(message))
    lines += ["  " + "  ".join(f"[{next(letters)}] {button['text']}" for button in row) for row in message.keyboard]
    return lines


def _lettered(message: Message) -> dict[str, Json]:
    """Letters for the buttons of a message, in reading order."""
    buttons = [button for row in message.keyboard for button in row]
    letters = (*ascii_lowercase, *map("".join, product(ascii_lowercase, repeat=2)))
    return dict(zip(letters, buttons, strict=False))
