"""The result as the README shows it: a table, what it was measured on, and the profile of what missed its *must*."""

import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from statistics import median

from tests.bench.bots import QUIESCE, SHIPPED, TRANSPORT
from tests.bench.double import ROOT
from tests.bench.goals import GOALS, Goal, Round

README = ROOT / "README.md"
_PACKAGES = ("python-telegram-bot", "httpx", "aiohttp", "uvloop", "sqlalchemy", "sqlmodel")


def table(rounds: list[Round]) -> str:
    lines = [
        f"| figure | must | aim | {QUIESCE} | reached | {SHIPPED} | {TRANSPORT} |",
        "|---|---|---|---|---|---|---|",
        *(_row(goal, rounds) for goal in GOALS),
        "",
        _absolute(rounds),
        _machine(len(rounds)),
    ]
    return "\n".join(lines)


def _row(goal: Goal, rounds: list[Round]) -> str:
    found, sign = goal.found(rounds), "≥" if goal.at_least else "≤"
    reached = "must **missed**" if goal.missed(rounds) else "aim" if goal.reached(found, goal.aim) else "must"
    cells = [goal.name, f"{sign} {_number(goal.must)}{goal.unit}", f"{sign} {_number(goal.aim)}{goal.unit}"]
    floors = [goal.of_floor(floor, rounds) for floor in (SHIPPED, TRANSPORT)]
    cells += [_number(found) + goal.unit, reached]
    return f"| {' | '.join([*cells, *('' if each is None else _number(each) + goal.unit for each in floors)])} |"


def _number(value: float) -> str:
    """Three digits that matter."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _absolute(rounds: list[Round]) -> str:
    """What the ratios are made of."""
    said = []
    for name in (QUIESCE, SHIPPED, TRANSPORT):
        cpu, updates = (median(each[name][figure] for each in rounds) for figure in ("cpu_ms", "updates"))
        said.append(f"{name} {_number(cpu)} ms of CPU an update and {_number(updates)} updates/s without pause")
    return "; ".join(said) + "."


def _machine(rounds: int) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"Medians of {rounds} rounds on {datetime.now(UTC):%Y-%m-%d}: {cpu_count()} cores, {_cpu_model()}, "
        f"Python {platform.python_version()}, {packages}."
    )


def _cpu_model() -> str:
    found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else platform.machine()


def write(content: str) -> None:
    """Put it between its marks in the README."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split("<!-- generated: speed -->\n")
    after = rest.partition("<!-- end -->")[2]
    README.write_text(f"{before}<!-- generated: speed -->\n{content}\n<!-- end -->{after}", encoding="utf-8")
