"""One update at a time per chat, chats side by side."""

import asyncio
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from store.errors import StoreUnavailable

# How long later updates of a chat stand back for one that the store could not take. Telegram sends it again well
# before; another process may have taken it instead.
STANDS_BACK_SECONDS = 10.0


class Lane:
    """The lane of one chat; kept for as long as somebody is in it, or an update of it has to come again."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.waits_for: int | None = None
        self.until = 0.0


class Lanes:
    """Lanes by chat."""

    def __init__(self) -> None:
        self._lanes: WeakValueDictionary[int, Lane] = WeakValueDictionary()
        self._waiting: dict[int, Lane] = {}

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._lanes)

    async def run(self, chat_id: int, update_id: int, step: Callable[[], Awaitable[None]]) -> None:
        """Take one step when its turn has come.

        StoreUnavailable leaves the update to come again; until it has, the later ones of its chat are refused the
        same way, so that none overtakes it.
        """
        lane = self._lanes.setdefault(chat_id, Lane())
        async with lane.turn:
            now = asyncio.get_running_loop().time()
            if lane.waits_for is not None and update_id > lane.waits_for and now < lane.until:
                raise StoreUnavailable("an earlier update of this chat has to come again first")
            try:
                await step()
            except StoreUnavailable:
                lane.waits_for, lane.until = update_id, now + STANDS_BACK_SECONDS
                self._keep(chat_id, lane, now)
                raise
            if lane.waits_for is not None and update_id >= lane.waits_for:
                lane.waits_for = None
                self._waiting.pop(chat_id, None)

    def _keep(self, chat_id: int, lane: Lane, now: float) -> None:
        """Keep a lane that waits, and let go of those that have waited long enough: the oldest stand first."""
        self._waiting.pop(chat_id, None)
        self._waiting[chat_id] = lane
        while (oldest := next(iter(self._waiting))) != chat_id and self._waiting[oldest].until < now:
            del self._waiting[oldest]
