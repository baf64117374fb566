"""`make mutants`: each seeded bug on a copy of the tree, where every test that its patch names must fail an assertion.

On a copy without a bug the same tests must pass: a test that always fails would catch everything.
Words as arguments choose the patches that have one of them in their names.
"""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.mutants import ROOT, Mutant, Stale, mutants

AT_ONCE = 2
# For the tests of one bug; for those of the control, which are the tests of all; for everything.
SECONDS, CONTROL_SECONDS, ALL_SECONDS = 120, 400, 600
CRASHES = 5
_LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "build", "*.egg-info", "*.sqlite3*", "*.key")
_BY_ASSERTION = ("AssertionError", "assert ", "Failed: DID NOT RAISE")
_WHERE = "import bot, flows, store; print(bot.__file__, flows.__file__, store.__file__, sep='\\n')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One test as it was run, and how it failed, if it did."""

    name: str
    outcome: str
    why: str = ""

    def is_of(self, test: str) -> bool:
        """It is the test, or the test with some parameters."""
        return self.name == test or self.name.startswith(f"{test}[")

    @property
    def by_assertion(self) -> bool:
        return self.outcome == "failure" and self.why.startswith(_BY_ASSERTION)

    def __str__(self) -> str:
        return f"{self.outcome} {self.why.partition(chr(10))[0]}".strip()


class Copy:
    """A copy of the tree in a folder of its own, in which tests are run with all that they leave behind."""

    def __init__(self, original: Path, name: str) -> None:
        self._folder = original.parent / name  # a short one: a socket's path must not be long
        self._folder.mkdir(mode=0o755)  # a PostgreSQL that is started by root runs as nobody, and has to get in
        self.tree = self._folder / "tree"
        shutil.copytree(original, self.tree)
        # An editable install names the original; PYTHONPATH goes before it, in the programs that tests start, too.
        # No settings from outside: two runs at once would get into each other's way on a PostgreSQL that is given.
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("QUIESCE_", "PYTHON"))}
        own = {
            "PYTHONPATH": self.tree,
            "PYTHONDONTWRITEBYTECODE": 1,
            "TMPDIR": self._folder,
            "QUIESCE_CRASHES": CRASHES,
        }
        self._environment = clean | {key: str(value) for key, value in own.items()}

    async def runs_its_own_code(self) -> bool:
        """Whether a program that is started in another folder runs the code of the copy."""
        said = (await self._python("-c", _WHERE, cwd=self._folder, seconds=60)).splitlines()
        return len(said) == 3 and all(Path(line).is_relative_to(self.tree) for line in said)

    async def test(self, tests: tuple[str, ...], seconds: float) -> list[Case]:
        """What became of tests, by their node ids; nothing if that took too long."""
        report = self._folder / "report.xml"
        # The older form of the report holds what tests have counted; the newer one makes a warning of it.
        form = ("-o", "junit_family=xunit1", f"--junit-xml={report}")
        options = ("-p", "no:cacheprovider", *form, f"--basetemp={self._folder / 'pytest'}")
        await self._python("-m", "pytest", *options, *tests, cwd=self.tree, seconds=seconds)
        return [_case(each) for each in ET.parse(report).iter("testcase")] if report.exists() else []

    async def _python(self, *arguments: str, cwd: Path, seconds: float) -> str:
        """What a program says; whatever it has started ends with it."""
        running = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=cwd, env=self._environment, process_group=0,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        try:
            said, _ = await asyncio.wait_for(running.communicate(), seconds)
        except TimeoutError:
            return ""
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            await running.wait()
        return said.decode(errors="replace")


def _case(element: ET.Element) -> Case:
    name = f"{element.get('classname', '').replace('.', '/')}.py::{element.get('name')}"
    ill = next((each for each in element if each.tag in ("failure", "error", "skipped")), None)
    return (
        Case(name=name, outcome="passed")
        if ill is None
        else Case(name=name, outcome=ill.tag, why=ill.get("message", ""))
    )


async def control(original: Path, every: list[Mutant]) -> bool:
    """Whether all the tests pass on a copy without a bug."""
    start, copy = time.monotonic(), Copy(original, "control")
    wanted = tuple(dict.fromkeys(test for mutant in every for test in mutant.tests))
    wrong = [] if await copy.runs_its_own_code() else ["a program that is started from the copy runs the original"]
    cases = await copy.test(wanted, CONTROL_SECONDS)
    wrong += [f"{case.name}: {case}" for case in cases if case.outcome in ("failure", "error")]
    wrong += [f"{each}: not run" for each in wanted if not any(c.is_of(each) and c.outcome == "passed" for c in cases)]
    _say("fails" if wrong else "passes", "control", "without a bug", f"{len(cases)} tests", start, wrong)
    return not wrong


async def is_caught(original: Path, mutant: Mutant) -> bool:
    """Whether every test that a patch names fails on a copy with the bug, by an assertion and not by accident."""
    start, copy = time.monotonic(), Copy(original, mutant.name.partition("-")[0])
    mutant.apply(copy.tree)
    cases = await copy.test(mutant.tests, SECONDS)
    seeing = [test for test in mutant.tests if any(case.is_of(test) and case.by_assertion for case in cases)]
    blind = [
        f"not by {test}: {'; '.join(str(case) for case in cases if case.is_of(test)) or 'not run to its end'}"
        for test in mutant.tests
        if test not in seeing
    ]
    by = ", ".join(test.partition("::")[2] for test in seeing) or "nothing"
    _say("survives" if blind else "caught", mutant.name, mutant.promise, by, start, blind)
    return not blind


def _say(verdict: str, name: str, promise: str, by: str, start: float, wrong: list[str]) -> None:
    print(f"{verdict:8} {name} | {promise} | {by} | {time.monotonic() - start:.1f} s", flush=True)
    for each in wrong:
        print(f"    {each}", flush=True)


async def run(every: list[Mutant], original: Path) -> bool:
    """The control and every mutant, a few at once; whether the one passes and the others are caught."""
    places = asyncio.Semaphore(AT_ONCE)

    async def placed(step, *arguments) -> bool:
        async with places:
            return await step(original, *arguments)

    async with asyncio.timeout(ALL_SECONDS), asyncio.TaskGroup() as group:
        passes = group.create_task(placed(control, every))
        caught = [group.create_task(placed(is_caught, each)) for each in every]
    count = sum(each.result() for each in caught)
    print(f"{count} of {len(every)} caught; the control {'passes' if passes.result() else 'fails'}")
    return passes.result() and count == len(every) > 0


def main() -> None:
    every = [each for each in mutants() if not sys.argv[1:] or any(word in each.name for word in sys.argv[1:])]
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        Path(folder).chmod(0o755)
        original = Path(folder) / "original"  # the tree may change while this runs
        shutil.copytree(ROOT, original, ignore=_LEFT_BEHIND)
        try:
            for each in every:
                each.applied(original)
            well = asyncio.run(run(every, original))
        except Stale as stale:
            sys.exit(str(stale))
        except TimeoutError:
            sys.exit(f"not done within {ALL_SECONDS} s")
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
