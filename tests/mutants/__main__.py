"""`make mutants`: each seeded bug on a copy of the tree, on which every test that it names must fail by an assertion.

On a copy without a bug the same tests must pass: a test that always fails would catch everything.
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
from xml.etree import ElementTree

from tests.mutants import ROOT, Mutant, mutants

AT_ONCE = 2
# For the tests of one bug, and for those of the control, which are the tests of all.
SECONDS, CONTROL_SECONDS = 120, 400
CRASHES = 5
_LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "build", "*.egg-info", "*.sqlite3*")
_BY_ASSERTION = ("AssertionError", "assert ", "Failed: DID NOT RAISE")
_WHERE = "import bot, flows, store; print(bot.__file__, flows.__file__, store.__file__, sep='\\n')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One test as it was run; `failed` is how, None if it passed, empty if it was skipped."""

    name: str
    failed: str | None

    def is_of(self, test: str) -> bool:
        """It is the test, or one of its parameters."""
        return self.name == test or self.name.startswith(f"{test}[")

    @property
    def by_assertion(self) -> bool:
        return bool(self.failed) and str(self.failed).startswith(_BY_ASSERTION)


class Copy:
    """A copy of the tree in a folder of its own, in which tests can be run, and what they leave behind."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        folder.chmod(0o755)  # a PostgreSQL that is started as root runs as nobody, and has to get in
        self.tree, self._folder = folder / "tree", folder
        shutil.copytree(ROOT, self.tree, ignore=_LEFT_BEHIND)
        # An editable install names the original; PYTHONPATH goes before it, in the programs that tests start, too.
        # Without the settings of whoever runs this: two runs at once would share a PostgreSQL that is given.
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("QUIESCE_", "PYTHON"))}
        own = {"PYTHONPATH": self.tree, "PYTHONDONTWRITEBYTECODE": 1, "TMPDIR": folder, "QUIESCE_CRASHES": CRASHES}
        self._environment = clean | {key: str(value) for key, value in own.items()}

    async def imports_itself(self) -> bool:
        """Whether a program that is started in another folder runs the code of the copy."""
        said = await self._python("-c", _WHERE, cwd=self._folder, seconds=60)
        return all(Path(line).is_relative_to(self.tree) for line in said.splitlines()) and said.count("\n") == 3

    async def test(self, tests: tuple[str, ...], seconds: float) -> list[Case]:
        """Run tests by their node ids; nothing is told of them if they take too long."""
        report = self._folder / "report.xml"
        options = ("-p", "no:cacheprovider", f"--junit-xml={report}", f"--basetemp={self._folder / 'pytest'}")
        await self._python("-m", "pytest", *options, *tests, cwd=self.tree, seconds=seconds)
        return [_case(each) for each in ElementTree.parse(report).iter("testcase")] if report.exists() else []

    async def _python(self, *arguments: str, cwd: Path, seconds: float) -> str:
        """What a run says; whatever it has started ends with it."""
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
        return said.decode(errors="replace")


def _case(element: ElementTree.Element) -> Case:
    name = f"{element.get('classname', '').replace('.', '/')}.py::{element.get('name')}"
    ill = next((each for each in element if each.tag in ("failure", "error", "skipped")), None)
    if ill is None:
        return Case(name=name, failed=None)
    told = f"{ill.tag}: {ill.get('message')}" if ill.tag == "error" else ill.get("message", "")
    return Case(name=name, failed="" if ill.tag == "skipped" else told)


async def control(folder: Path, every: list[Mutant]) -> bool:
    """All the tests, on a copy without a bug."""
    start, copy = time.monotonic(), Copy(folder / "control")
    wanted = tuple(dict.fromkeys(test for mutant in every for test in mutant.tests))
    at_home = await copy.imports_itself()
    cases = await copy.test(wanted, CONTROL_SECONDS)
    wrong = [f"{case.name}: {case.failed}" for case in cases if case.failed]
    wrong += [f"{test}: not run" for test in wanted if not any(c.is_of(test) and c.failed is None for c in cases)]
    wrong += [] if at_home else ["a program that is started in the copy runs the original"]
    _say("fails" if wrong else "passes", "control", "no bug, no failure", f"{len(cases)} tests", start)
    print("\n".join(f"    {each}" for each in wrong), end="\n" if wrong else "", flush=True)
    return not wrong


async def is_caught(folder: Path, mutant: Mutant) -> bool:
    """Whether each named test fails on a copy with the bug, by an assertion and not by accident."""
    start, copy = time.monotonic(), Copy(folder / mutant.name)
    mutant.apply(copy.tree)
    cases = await copy.test(mutant.tests, SECONDS)
    blind = [test for test in mutant.tests if not any(case.is_of(test) and case.by_assertion for case in cases)]
    caught_by = ", ".join(test.partition("::")[2] for test in mutant.tests if test not in blind) or "nothing"
    _say("survives" if blind else "caught", mutant.name, mutant.promise, caught_by, start)
    for test in blind:
        how = [case.failed or "passed" for case in cases if case.is_of(test)]
        print(f"    not by {test}: {'; '.join(how) or 'not run, or not to its end'}", flush=True)
    return not blind


def _say(verdict: str, name: str, promise: str, by: str, start: float) -> None:
    print(f"{verdict:8} {name} | {promise} | {by} | {time.monotonic() - start:.1f} s", flush=True)


async def main(names: list[str]) -> int:
    """All mutants, or those whose names contain one of the words given; 1 if one survives or the control fails."""
    every = [each for each in mutants() if not names or any(name in each.name for name in names)]
    places = asyncio.Semaphore(AT_ONCE)
    with tempfile.TemporaryDirectory(prefix="mutants-") as made:
        folder = Path(made)
        folder.chmod(0o755)

        async def placed(step) -> bool:
            async with places:
                return await step()

        steps = [lambda: control(folder, every), *(lambda each=each: is_caught(folder, each) for each in every)]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(placed(step)) for step in steps]
    well = [task.result() for task in tasks]
    print(f"{sum(well[1:])} of {len(every)} caught, the control {'passes' if well[0] else 'fails'}")
    return 0 if all(well) and every else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
