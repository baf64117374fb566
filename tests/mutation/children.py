"""Work in forked children, a few at a time: what breaks stays in its child, and a child that hangs is ended."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

AT_ONCE = os.cpu_count() or 1
SECONDS = 30
T = TypeVar("T")


def allow(seconds: float) -> None:
    """A child ends if it is not done so long from now, unless it is allowed more until then."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def forked(work: Iterable[tuple[T, Callable[[], int]]]) -> Iterator[tuple[T, int | None]]:
    """Each name with the exit code that its child ended with; None if it took too long."""
    running: dict[int, T] = {}
    for name, task in work:
        if len(running) >= AT_ONCE:
            yield _ended(running)
        running[_start(task)] = name
    while running:
        yield _ended(running)


def _ended(running: dict[int, T]) -> tuple[T, int | None]:
    child, status = os.wait()
    return running.pop(child), os.WEXITSTATUS(status) if os.WIFEXITED(status) else None


def _start(task: Callable[[], int]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        code = 1
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            allow(SECONDS)
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            code = task()
        finally:
            os._exit(code)
    return child
