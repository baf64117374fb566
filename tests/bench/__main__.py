"""`make bench`: measure, print the table, and write it into README.md."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.bench import table
from tests.bench.double import ROOT, double
from tests.bench.due import filled
from tests.bench.explain import explanation
from tests.bench.goals import Round
from tests.bench.rounds import FULL, QUICK, Arena, Sizes


def measure(folder: Path, sizes: Sizes, rounds: int) -> tuple[list[Round], str]:
    """Every round's figures, and the table with what explains it; a tiny round misses, and explains nothing."""
    with double() as api, filled(folder, sizes.reminders) as reminders:
        arena, found = Arena(api, folder, sizes, reminders), []
        for number in range(rounds):
            found.append(arena.round(number))
            print(f"round {number + 1} of {rounds}: {found[-1]}", file=sys.stderr, flush=True)
        why = "" if sizes is QUICK else explanation(arena, found)
        return found, "\n\n".join(filter(None, [table.table(found), why]))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    rounds = int(os.environ.get("QUIESCE_BENCH_ROUNDS", "5"))
    parser.add_argument("--rounds", type=int, default=rounds, help="or QUIESCE_BENCH_ROUNDS; at least 5 are to count")
    parser.add_argument("--quick", action="store_true", help="one tiny round, to see that it works; writes nothing")
    given = parser.parse_args()
    build = ROOT / "build"  # on a disk, where a temporary folder may be memory
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        sizes, wanted = (QUICK, 1) if given.quick else (FULL, given.rounds)
        _, content = measure(Path(folder), sizes, wanted)
    print(content)
    if not given.quick:
        table.write(content)


if __name__ == "__main__":
    main()
