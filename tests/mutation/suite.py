"""The tests that judge mutants: those of the core, which need neither a database nor Telegram; and how they are run."""

import ast
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

_OURS = ("bot", "flows", "store", "tests")
_NOT_OF_THE_CORE = ("store", "telegram")
_FIXTURES = "tests/conftest.py"
_OPTIONS = (
    "--noconftest",
    "--assert=plain",
    "--exitfirst",
    "-pno:cacheprovider",
    "-ofaulthandler_timeout=0",
    "-Wignore::pytest.PytestAssertRewriteWarning",
)
# What a property draws is the same each time.
_DRAWN: dict[str, Any] = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "max_examples": 10,
    "suppress_health_check": list(HealthCheck),
}


def suite(root: Path) -> list[str]:
    """The files of tests from which `flows` can be reached by imports, and neither the store nor Telegram."""
    fixtures = _functions(root / _FIXTURES)
    return [
        str(path.relative_to(root))
        for path in sorted((root / "tests").glob("test_*.py"))
        if (reached := {each.split(".")[0] for each in reachable(root, path)}) >= {"flows"}
        and reached.isdisjoint(_NOT_OF_THE_CORE)
        and fixtures.isdisjoint(_parameters(path))
    ]


@cache
def reachable(root: Path, path: Path) -> frozenset[str]:
    """The modules that a file imports, and what those of ours import in their turn."""
    found: set[str] = set()
    waiting = [path]
    while waiting:
        for name in imported(waiting.pop()) - found:
            found.add(name)
            file = root / name.replace(".", "/")
            waiting += [each for each in (file.with_suffix(".py"), file / "__init__.py") if each.exists()]
    return frozenset(found)


@cache
def imported(path: Path) -> frozenset[str]:
    """The names in the imports of a file; of `from a import b` both `a` and `a.b`, since `b` may be a module."""
    return frozenset(_imported(ast.parse(path.read_text(encoding="utf-8"))))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def _functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def _parameters(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


def run(root: Path, arguments: Iterable[str], *plugins: object) -> int:
    """pytest's exit code, with files of tests and options."""
    settings.register_profile("mutation", **_DRAWN)
    settings.load_profile("mutation")
    os.chdir(root)
    return int(pytest.main([*_OPTIONS, f"--rootdir={root}", *arguments], plugins=plugins))


def forget(root: Path, module: str) -> None:
    """A module and those that import it, be it through others, are imported anew by whoever needs them."""
    for name in dependents(root, module):
        package, _, last = name.rpartition(".")
        del sys.modules[name]
        if hasattr(sys.modules.get(package), last):
            delattr(sys.modules[package], last)


@cache
def dependents(root: Path, module: str) -> tuple[str, ...]:
    """Of what has been imported."""
    ours = [name for name in sys.modules if name.split(".")[0] in _OURS and not name.startswith("tests.mutation")]
    files = {name: sys.modules[name].__file__ for name in ours}
    return tuple(
        name for name, file in files.items() if name == module or (file and module in reachable(root, Path(file)))
    )
