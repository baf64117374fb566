"""The one writer, as asyncio sees it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TypeVar

from store.engine import open_engine
from store.keys import Key
from store.unit_of_work import UnitOfWork, Writer

T = TypeVar("T")


class Ledger:
    """Takes turns one after another: beside the event loop, or, on SQLite, in it.

    A turn on SQLite takes less than the way to a thread and back.
    """

    def __init__(self, url: str, key: Key) -> None:
        self._thread: Executor | None = None if url.startswith("sqlite") else ThreadPoolExecutor(1, "writer")
        self._writer = Writer(open_engine(url), key)

    async def take(self, turn: Callable[[UnitOfWork], T]) -> T:
        """The turn's result once it is committed; StoreUnavailable where nothing was written."""
        if self._thread is None:
            return self._writer.take(turn)
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._take, turn)

    def _take(self, turn: Callable[[UnitOfWork], T]) -> T:
        try:
            return self._writer.take(turn)
        except StopIteration as error:  # a future cannot carry one, and whoever waits for it would wait for ever
            raise RuntimeError("a turn stopped short") from error

    def close(self) -> None:
        if self._thread is not None:
            self._thread.shutdown()
        self._writer.close()
