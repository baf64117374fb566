"""A program of ours that watches itself: where its CPU time goes, or what its memory holds.

`python -m tests.bench.profiled cpu OUT run` does what `python -m bot run` does, on one thread, and writes to OUT when
standard input ends; another command writes when it has ended.
"""

import json
import os
import re
import sys
import threading
import time
import tracemalloc
from collections import Counter
from cProfile import Profile
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).parents[2]
_OF_SQLITE = re.compile(r"sqlite3\.")


def module_of(code: CodeType | str) -> str:
    """A file of ours by its path, anything else by its package; a function in C has none, but SQLite's own."""
    if isinstance(code, str):
        return "SQLite" if _OF_SQLITE.search(code) else ""
    path = Path(code.co_filename)
    if "site-packages" in path.parts:
        return path.parts[path.parts.index("site-packages") + 1].removesuffix(".py")
    if path.is_relative_to(ROOT):
        return path.relative_to(ROOT).as_posix()
    if code.co_filename.startswith("<"):
        return "Python's imports" if "importlib" in code.co_filename else "Python's generated code"
    return f"Python's {_standard(path)}"


def _standard(path: Path) -> str:
    return path.stem if path.parent.name.startswith("python3") else path.parent.name


def of_cpu(profile: Profile) -> dict[str, list[tuple[str, float]]]:
    """Seconds: by module, what it spends itself, a function in C being its caller's; by function of ours, in all."""
    alone, within = Counter[str](), Counter[str]()
    for entry in profile.getstats():
        module = module_of(entry.code)
        if module:
            alone[module] += entry.inlinetime
        for called in entry.calls or ():
            if not module_of(called.code):
                alone[module or "functions in C"] += called.inlinetime
        if module.endswith(".py"):
            within[f"{module} {entry.code.co_qualname}"] += entry.totaltime
    return {"alone": alone.most_common(), "within": within.most_common()}


def of_memory() -> dict[str, list[tuple[str, float]]]:
    """Megabytes by module."""
    held = Counter[str]()
    for each in tracemalloc.take_snapshot().statistics("filename"):
        held[module_of((lambda: None).__code__.replace(co_filename=each.traceback[0].filename))] += each.size / 2**20
    return {"alone": held.most_common(), "within": []}


def _write(watched: Profile | None, out: str) -> None:
    Path(out).write_text(json.dumps(of_cpu(watched) if watched else of_memory()), encoding="utf-8")
    os._exit(0)


def _write_when_asked(watched: Profile | None, out: str) -> None:
    sys.stdin.buffer.read()
    _write(watched, out)


def main(what: str, out: str, *arguments: str) -> None:
    watched = Profile(time.thread_time) if what == "cpu" else None
    if what == "memory":
        tracemalloc.start()
    if arguments == ("run",):
        threading.Thread(target=_write_when_asked, args=(watched, out), daemon=True).start()
    import store.migrations  # noqa: F401, PLC0415  what importing holds is watched, what it costs is not
    from bot import evaluate, logs, serving  # noqa: F401, PLC0415
    from bot.__main__ import cli  # noqa: PLC0415

    if watched:
        watched.enable()
    cli(arguments, standalone_mode=False)
    _write(watched, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
