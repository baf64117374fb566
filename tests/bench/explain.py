"""Why a *must* was missed: the profile that belongs to it."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.bench.bots import Process
from tests.bench.double import AT_ONCE, ROOT
from tests.bench.goals import GOALS, Round
from tests.bench.rounds import Arena
from tests.bench.script import STEPS

Parts = list[tuple[str, float]]

_SHOWN = 12
_PROFILED = ("-m", "tests.bench.profiled")
_IMPORT = re.compile(r"import time: +(\d+) \| +\d+ \| +([\w.]+)")


def explanation(arena: Arena, rounds: list[Round]) -> str:
    """Nothing where every *must* is reached."""
    missed = {goal.figure for goal in GOALS if goal.missed(rounds)}
    parts = []
    if missed & {"cpu_ms", "slow_updates", "p99_ms", "slow_p99_ms"}:
        parts += _shares("CPU of serving", serving(arena))
    if missed & {"growth_mb", "peak_mb"}:
        parts += _list("Python's memory with everybody idle", holding(arena)["alone"], " MB")
    if "charts" in missed:
        parts += _shares("CPU of `evaluate`", evaluating(arena))
    if "start_s" in missed:
        parts += _list("Importing, before the first poll", importing(), " ms")
    return "\n\n".join(parts)


def serving(arena: Arena) -> dict[str, Parts]:
    out = arena.folder / "profile.json"
    with arena.bot((*_PROFILED, "cpu", str(out), "run")) as process:
        arena.api.first_poll()
        arena.api.crowd(1, AT_ONCE, 2 * len(STEPS))
        return _written(process, out)


def holding(arena: Arena) -> dict[str, Parts]:
    out = arena.folder / "profile.json"
    with arena.bot((*_PROFILED, "memory", str(out), "run")) as process:
        arena.api.first_poll()
        arena.fall_idle(process, arena.sizes.idle // 10)  # it is slow when watched
        return _written(process, out)


def evaluating(arena: Arena) -> dict[str, Parts]:
    out = arena.folder / "profile.json"
    _run(*_PROFILED, "cpu", str(out), "evaluate", str(arena.charts))
    return _read(out)


def importing() -> Parts:
    """Milliseconds by package, of all that is imported before the first poll."""
    spent = Counter[str]()
    said = _run("-X", "importtime", "-c", "import bot.__main__, bot.logs, bot.serving, store.migrations").stderr
    for microseconds, module in _IMPORT.findall(said):
        spent[module.partition(".")[0]] += int(microseconds) / 1000
    return spent.most_common()


def _run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)


def _written(process: Process, out: Path) -> dict[str, Parts]:
    assert process.popen.stdin is not None
    process.popen.stdin.close()
    process.popen.wait(30)
    return _read(out)


def _read(out: Path) -> dict[str, Parts]:
    found: dict[str, Parts] = json.loads(out.read_text(encoding="utf-8"))
    return found


def _shares(title: str, profile: dict[str, Parts]) -> list[str]:
    """Percent of all: by module, what it spends itself; by function of ours, with what it calls."""
    whole = sum(seconds for _, seconds in profile["alone"])
    alone, within = ([(name, 100 * each / whole) for name, each in profile[key]] for key in ("alone", "within"))
    ours = [(name, each) for name, each in within if name.startswith(("bot/", "store/", "flows/"))]
    return [*_list(f"{title}, each module itself", alone, " %"), *_list(f"{title}, each function in all", ours, " %")]


def _list(title: str, parts: Parts, unit: str) -> list[str]:
    return [f"{title}: " + ", ".join(f"{name} {each:.3g}{unit}" for name, each in parts[:_SHOWN] if name) + "."]
