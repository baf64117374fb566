"""The mutants that may survive, since nobody can tell them from the original, each with its argument."""

from pathlib import Path

from tests.mutation.mutants import Key

FILE = Path(__file__).parent / "survivors.txt"
MOST = 20
LEAST_KILLED = 0.95


def listed(text: str | None = None) -> dict[Key, str]:
    """By the mutant its argument; blocks of four lines: where, the line, the change, why nothing can be seen of it."""
    found = {}
    for block in (FILE.read_text(encoding="utf-8") if text is None else text).split("\n\n"):
        lines = [line.strip() for line in block.strip().splitlines() if not line.startswith("#")]
        if not lines:
            continue
        where, line, change, why = lines
        path, place = where.split(", ")
        found[Key(path, place, line, change)] = why
    return found
