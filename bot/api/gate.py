"""Messages that nobody asked for wait for room: 25 a second in all, one a second in a chat."""

import asyncio
from collections.abc import Callable

EVERYWHERE_SECONDS = 1 / 25
A_CHAT_SECONDS = 1.0


class Gate:
    """Keeps reminders and notices below Telegram's limits; the answer to a person's own act never comes here."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._next = 0.0
        self._next_in_chat: dict[int, float] = {}

    async def passes(self, chat_id: int) -> None:
        """Return when there is room for one more."""
        now = self._monotonic()
        at = max(now, self._next, self._next_in_chat.get(chat_id, 0.0))
        self._next = at + EVERYWHERE_SECONDS
        self._next_in_chat = {chat: when for chat, when in self._next_in_chat.items() if when > now}
        self._next_in_chat[chat_id] = at + A_CHAT_SECONDS
        await asyncio.sleep(at - now)
