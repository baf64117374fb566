"""`python -m tests.soak [part ...]`: every part, or some; exit code 1 if anything is violated.

QUIESCE_SEED repeats a run, QUIESCE_SOAK_MINUTES (60) bounds the lot; what was not done in that time is not claimed.
QUIESCE_SOAK_KILLS, QUIESCE_SOAK_UPDATES, QUIESCE_CRASHES, QUIESCE_SOAK_FUZZED, QUIESCE_SOAK_REORDERED,
QUIESCE_SOAK_PATIENTS and QUIESCE_SOAK_COURSES say how much.
"""

import os
import secrets
import signal
import sys
from time import monotonic

from tests.soak import fuzz, kills, order, points, reminders, years

# Each part with its share of the time; what one does not need is left to those after it.
PARTS = {
    "points": (points.run, 5),
    "kills": (kills.run, 5),
    "order": (order.run, 3),
    "fuzz": (fuzz.run, 6),
    "years": (years.run, 6),
    "reminders": (reminders.run, 4),
}


def main(names: list[str]) -> int:
    if unknown := set(names) - set(PARTS):
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    seed = int(os.environ.get("QUIESCE_SEED") or secrets.randbelow(2**32))
    end = monotonic() + 60 * float(os.environ.get("QUIESCE_SOAK_MINUTES", "60"))
    print(f"QUIESCE_SEED={seed}", flush=True)
    violations, left = 0, [PARTS[name] for name in names or PARTS]
    while left:
        now, (run, part) = monotonic(), left[0]
        for report in run(seed, now + (end - now) * part / sum(each for _, each in left)):
            report.print()
            violations += len(report.violations)
        del left[0]
    print(f"{violations} violations in all (QUIESCE_SEED={seed})", flush=True)
    return int(violations > 0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no child is left behind
    sys.exit(main(sys.argv[1:]))
