"""What is done once, when a module is imported, is tried by importing it and what depends on it anew: half a second."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from types import CodeType

from tests.mutation.children import allow, forked
from tests.mutation.exchange import Instead
from tests.mutation.lessons import Lesson
from tests.mutation.mutants import Mutant, compiled
from tests.mutation.suite import dependents, forget, imported, reachable, run

# For a file of tests, beside ten times what it takes without a mutant.
SECONDS = 20


class Cold:
    """The files of tests, in an order for each module: the sooner one fails, the better."""

    def __init__(self, root: Path, lessons: Iterable[Lesson]) -> None:
        self._root = root
        self._calls, self._seconds = Counter[tuple[str, str]](), Counter[str]()
        self._slow = []
        for lesson in lessons:
            if lesson.is_slow:
                self._slow.append(f"--deselect={lesson.test}")
            else:
                self._seconds[lesson.file] += lesson.seconds
                self._calls.update((lesson.file, called[0]) for called in lesson.calls)

    def control(self, paths: Iterable[str]) -> list[str]:
        """Modules of which the import anew alone, without a mutant, lets tests fail."""
        work = ((path, partial(self._outcome, path, compiled(self._root / path), 1)) for path in paths)
        return [path for path, code in forked(work) if code != 0]

    def killed(self, mutants: Iterable[Mutant]) -> dict[Mutant, bool]:
        for path in {each.key.path for each in mutants}:
            dependents(self._root, _name(path))  # known before the forks, which would all have to find it out
        found = {}
        for mutant, code in forked((each, partial(self._tried, each)) for each in mutants):
            found[mutant] = code != 0
            if code == 0:
                print(f"survives: {mutant.key.short}", flush=True)
        return found

    def _tried(self, mutant: Mutant) -> int:
        return self._outcome(mutant.key.path, mutant.compiled(self._root / mutant.key.path), None)

    def _outcome(self, path: str, code: CodeType, most: int | None) -> int:
        forget(self._root, _name(path))
        Instead(_name(path), code).install()
        return int(any(self._run(file) for file in self._nearest(path)[:most]))

    def _run(self, file: str) -> int:
        allow(SECONDS + 10 * self._seconds[file])
        return run(self._root, [file, *self._slow])

    def _nearest(self, path: str) -> list[str]:
        """Of those that can be reached by it, the ones that import it first, then those that call most of it."""
        name = _name(path)

        def distance(file: str) -> tuple[bool, bool, float]:
            calls = self._calls[file, str(self._root / path)]
            return name not in imported(self._root / file), not calls, self._seconds[file]

        return sorted(
            (each for each in self._seconds if name in reachable(self._root, self._root / each)), key=distance
        )


def _name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
