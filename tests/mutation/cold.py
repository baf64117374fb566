"""What is done once, when a module is imported, is tried by importing all of ours anew: half a second each."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from types import CodeType

from tests.mutation.children import forked
from tests.mutation.exchange import Instead
from tests.mutation.lessons import Lesson
from tests.mutation.mutants import Mutant, compiled
from tests.mutation.suite import forget, imported, run

# For all the tests, which only a survivor meets.
SECONDS = 300


class Cold:
    """The files of tests, in an order for each module: the sooner one fails, the better."""

    def __init__(self, root: Path, files: Iterable[str], lessons: Iterable[Lesson]) -> None:
        self._root = root
        self._files = tuple(files)
        self._names = {file: imported(root / file) for file in files}
        self._calls, self._seconds = Counter[tuple[str, str]](), Counter[str]()
        for lesson in lessons:
            file = lesson.test.partition("::")[0]
            self._seconds[file] += lesson.seconds
            self._calls.update((file, called[0]) for called in lesson.calls)

    def control(self, paths: Iterable[str]) -> list[str]:
        """Modules of which the import anew alone, without a mutant, lets tests fail."""
        work = ((path, partial(self._outcome, path, compiled(self._root / path), 1)) for path in paths)
        return [path for path, code in forked(work, lambda _: SECONDS) if code != 0]

    def killed(self, mutants: Iterable[Mutant]) -> dict[Mutant, bool]:
        work = ((each, partial(self._tried, each)) for each in mutants)
        return {mutant: code != 0 for mutant, code in forked(work, lambda _: SECONDS)}

    def _tried(self, mutant: Mutant) -> int:
        return self._outcome(mutant.key.path, mutant.compiled(self._root / mutant.key.path), None)

    def _outcome(self, path: str, code: CodeType, most: int | None) -> int:
        name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        forget()
        Instead(name, code).install()
        return int(any(run(self._root, [file]) for file in self._nearest(path, name)[:most]))

    def _nearest(self, path: str, name: str) -> list[str]:
        """Those that import the module first, then those that call most of it; of equals the fastest."""

        def distance(file: str) -> tuple[bool, bool, float]:
            calls = self._calls[file, str(self._root / path)]
            return name not in self._names[file], not calls, self._seconds[file]

        return sorted(self._files, key=distance)
