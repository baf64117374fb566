"""A session whose tests are collected, and which forks for each mutant instead of running them: milliseconds each."""

import gc
from collections import defaultdict
from functools import partial
from pathlib import Path

import pytest

from tests.mutation import modules
from tests.mutation.children import allow, forked
from tests.mutation.exchange import Misfit, exchange, functions_of
from tests.mutation.lessons import Called, Lesson, Watch, learn, passes
from tests.mutation.mutants import Mutant, compiled

KILLED, MISFIT = 1, 3
# For a test of a mutant, beside ten times what it takes without it.
SECONDS = 5


class Warm:
    """A plugin of pytest; `killed` says of each mutant that was tried here whether a test failed."""

    def __init__(self, root: Path, every: list[Mutant]) -> None:
        self._root = root
        self._every = every
        self._watch = Watch(str(root / path) for path in modules(root))
        self._functions = {}
        self.lessons: list[Lesson] = []
        self.killed: dict[Mutant, bool] = {}
        self._watch.begin()

    @property
    def passes(self) -> bool:
        """Whether the tests were run without a mutant, and passed."""
        return bool(self.lessons) and all(lesson.passed for lesson in self.lessons)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        at_import = self._watch.end()
        self.lessons = learn(session.items, self._watch, self._root)
        if self.passes:
            self._try(session.items, at_import)
        return True

    def _try(self, items: list[pytest.Item], at_import: frozenset[Called]) -> None:
        self._functions = {path: functions_of(str(self._root / path)) for path in modules(self._root)}
        gc.freeze()  # or the collector of each fork would write to all that it shares with this process
        warm = [each for each in self._every if each.function and self._called(each) not in at_import]
        tests = self._tests(items)
        for mutant, code in forked((each, partial(self._outcome, each, tests[self._called(each)])) for each in warm):
            if code != MISFIT:
                self.killed[mutant] = code != 0
            if code == 0:
                print(f"survives: {mutant.key.short}", flush=True)

    def _tests(self, items: list[pytest.Item]) -> dict[Called, list[tuple[pytest.Item, float]]]:
        """By a function the tests that call it, the fastest first, each with its time."""
        found = defaultdict(list)
        for item, lesson in sorted(zip(items, self.lessons, strict=True), key=lambda pair: pair[1].seconds):
            for called in lesson.calls if not lesson.is_slow else ():
                found[called].append((item, lesson.seconds))
        return found

    def _called(self, mutant: Mutant) -> Called:
        assert mutant.function
        return str(self._root / mutant.key.path), mutant.function.name, mutant.function.first_line

    def _outcome(self, mutant: Mutant, tests: list[tuple[pytest.Item, float]]) -> int:
        file = self._root / mutant.key.path
        try:
            exchange(self._functions[mutant.key.path], compiled(file), mutant.compiled(file))
        except Misfit:
            return MISFIT
        for item, seconds in tests:
            allow(SECONDS + 10 * seconds)
            if not passes(item):
                return KILLED
        return 0
