"""Work on many lines on every core: chunks in, answers out in the order of the lines, a bounded number under way."""

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.context import BaseContext
from typing import TypeVar

_Answer = TypeVar("_Answer")
Numbered = list[tuple[int, bytes]]

# Of full charts a chunk was 180 ms of work on a slow core: long beside the 0.5 ms of handing it over and taking the
# answer back, short for who reads along.
_LINES = 32
_BYTES = 1 << 20
_UNDER_WAY = 3  # chunks for each core, so that none waits while answers are written
_MOST = 32


def cores() -> int:
    """Those that this process may use."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST)


def on_every_core(
    work: Callable[[Numbered], _Answer], lines: Iterable[tuple[int, bytes]], context: BaseContext | None = None
) -> Iterator[_Answer]:
    """What `work` makes of each chunk; it goes to other processes by its name."""
    workers = cores()
    pool = ProcessPoolExecutor(workers, context or _context(), initializer=_leave_the_interrupt_to_the_parent)
    under_way: deque[Future[_Answer]] = deque()
    try:
        for chunk in _chunks(lines):
            under_way.append(pool.submit(work, chunk))
            if len(under_way) > _UNDER_WAY * workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _context() -> BaseContext:
    """A fork has everything imported already, which else costs each worker 0.4 s; macOS cannot fork safely."""
    can_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return multiprocessing.get_context("fork" if can_fork else "spawn")


def _leave_the_interrupt_to_the_parent() -> None:
    """Ctrl-C goes to every process of a terminal; the parent ends the others, and one of them says so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _chunks(lines: Iterable[tuple[int, bytes]]) -> Iterator[Numbered]:
    chunk: Numbered = []
    size = 0
    for number, line in lines:
        chunk.append((number, line))
        size += len(line)
        if len(chunk) == _LINES or size >= _BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
