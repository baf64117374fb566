"""What the tests do to the modules in scope: which functions each of them calls, seen once without a mutant."""

import gc
import os
import pickle
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from pathlib import Path
from types import FrameType

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.children import allow, forked

# A function by its file, its name and its first line.
Called = tuple[str, str, int]
SECONDS = 900
# Of processor time, while it is watched: a test that takes longer judges no mutant. A rule deserves one that does not.
SLOW = 1


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one test called, how long it took of processor time, and whether it passed."""

    test: str
    calls: frozenset[Called]
    seconds: float
    passed: bool

    @property
    def file(self) -> str:
        return self.test.partition("::")[0]

    @property
    def is_slow(self) -> bool:
        return self.seconds > SLOW


class Watch:
    """Sees every call of a function of some files; one at a time, for there is one trace function."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files = frozenset(files)
        self._seen: set[Called] = set()

    def begin(self) -> None:
        self._seen.clear()
        sys.settrace(self._saw)

    def end(self) -> frozenset[Called]:
        sys.settrace(None)
        return frozenset(self._seen)

    def caches(self) -> list[_lru_cache_wrapper]:
        """Of functions of those files."""
        every = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
        codes = [getattr(each.__wrapped__, "__code__", None) for each in every]
        return [each for each, code in zip(every, codes, strict=True) if code and code.co_filename in self._files]

    def _saw(self, frame: FrameType, event: str, argument: object) -> None:
        code = frame.f_code
        if code.co_filename in self._files:
            self._seen.add((code.co_filename, code.co_name, code.co_firstlineno))


def passes(item: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def learn(items: list[pytest.Item], watch: Watch, folder: Path) -> list[Lesson]:
    """In a fork, so that nothing of it is left in what is remembered here; empty if it did not come to its end.

    What a test calls is seen as if it ran alone: an answer that an earlier one left in a cache would hide a call.
    """
    told = folder / "lessons"

    def run() -> int:
        allow(SECONDS)
        caches = watch.caches()
        told.write_bytes(pickle.dumps([_lesson(item, watch, caches) for item in items]))
        return 0

    ((_, code),) = forked([("control", run)])
    return pickle.loads(told.read_bytes()) if code == 0 else []


def _lesson(item: pytest.Item, watch: Watch, caches: Iterable[_lru_cache_wrapper]) -> Lesson:
    for each in caches:
        each.cache_clear()
    start = sum(os.times()[:4])
    watch.begin()
    passed = passes(item)
    calls = watch.end()
    return Lesson(item.nodeid, calls, sum(os.times()[:4]) - start, passed)
