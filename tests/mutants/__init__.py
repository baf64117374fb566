"""Seeded bugs, one patch each: the promise that it breaks, the tests that must see it, and the change.

A patch is a unified diff whose hunks carry no line numbers: they are found by their text, which has to stand in the
file exactly once. So a change elsewhere in the file leaves a patch as it is, and one that is stale is an error.
"""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_FILE = re.compile(r"^--- a/(.+)\n\+\+\+ b/\1\n", re.MULTILINE)
_HUNK = re.compile(r"^@@\n", re.MULTILINE)
_SEEN_BY = "Seen by "


class Stale(Exception):
    """A patch that does not fit the tree, or that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """In one file, one text in the place of another."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One seeded bug; `tests` are pytest's node ids, with parameters or without."""

    name: str
    promise: str
    tests: tuple[str, ...]
    hunks: tuple[Hunk, ...]

    def applied(self, root: Path) -> dict[str, str]:
        """Each file of the patch with the text that it gets; Stale if a hunk is not found exactly once."""
        texts: dict[str, str] = {}
        for hunk in self.hunks:
            text = texts.get(hunk.path) or (root / hunk.path).read_text(encoding="utf-8")
            if not hunk.old or (found := text.count(hunk.old)) != 1:
                raise Stale(f"{self.name}: {found if hunk.old else 'nothing'} found in {hunk.path} of\n{hunk.old}")
            texts[hunk.path] = text.replace(hunk.old, hunk.new)
        return texts

    def apply(self, root: Path) -> None:
        for path, text in self.applied(root).items():
            (root / path).write_text(text, encoding="utf-8")


def mutants() -> list[Mutant]:
    """Every seeded bug, in the order of the names."""
    return [
        _read(file.stem, file.read_text(encoding="utf-8")) for file in sorted(Path(__file__).parent.glob("*.patch"))
    ]


def _read(name: str, text: str) -> Mutant:
    head, *changes = _FILE.split(text)
    promise, *seen_by = head.splitlines()
    if not changes or not seen_by or not all(line.startswith(_SEEN_BY) for line in seen_by):
        raise Stale(f"{name}: a promise, {_SEEN_BY!r} with a test in each line, and a diff are expected")
    hunks = [
        _hunk(name, path, lines)
        for path, change in zip(changes[::2], changes[1::2], strict=True)
        for lines in _HUNK.split(change)[1:]
    ]
    tests = tuple(line.removeprefix(_SEEN_BY) for line in seen_by)
    return Mutant(name=name, promise=promise, tests=tests, hunks=tuple(hunks))


def _hunk(name: str, path: str, text: str) -> Hunk:
    """Lines that stay begin with a space, those that go with a minus, those that come with a plus."""
    lines = text.splitlines(keepends=True)
    if odd := [line for line in lines if line[0] not in " -+"]:
        raise Stale(f"{name}: no line of a hunk: {odd[0]!r}")
    old = "".join(line[1:] for line in lines if line[0] in " -")
    return Hunk(path=path, old=old, new="".join(line[1:] for line in lines if line[0] in " +"))
