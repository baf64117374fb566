"""The one thread that writes, as asyncio sees it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from store.engine import open_engine
from store.unit_of_work import UnitOfWork, Writer

T = TypeVar("T")


class Ledger:
    """Takes turns one after another, away from the event loop."""

    def __init__(self, url: str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._writer = self._thread.submit(lambda: Writer(open_engine(url))).result()

    async def take(self, turn: Callable[[UnitOfWork], T]) -> T:
        """The turn's result once it is committed; StoreUnavailable where nothing was written."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._take, turn)

    def _take(self, turn: Callable[[UnitOfWork], T]) -> T:
        try:
            return self._writer.take(turn)
        except StopIteration as error:  # a future cannot carry one, and whoever waits for it would wait for ever
            raise RuntimeError("a turn stopped short") from error

    def close(self) -> None:
        self._thread.submit(self._writer.close).result()
        self._thread.shutdown()
