"""What a part of the soak has done, and what it found."""

import os
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from time import monotonic

SHOWN = 20
LONGEST = 2000


@dataclass
class Report:
    """The counts and the violations of one part; its dice follow from the seed and its name."""

    name: str
    seed: int
    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    begun: float = field(default_factory=monotonic)

    def dice(self) -> Random:
        return Random(f"{self.seed} {self.name}")

    def print(self) -> None:
        """One line of counts, then the first violations."""
        counts = ", ".join(f"{number:,} {what}" for what, number in self.counts.items())
        found = f"{len(self.violations)} violations"
        print(f"{self.name}: {counts}: {found} in {monotonic() - self.begun:.0f} s (seed {self.seed})", flush=True)
        for violation in self.violations[:SHOWN]:
            print(f"  VIOLATION {violation[:LONGEST]}", flush=True)
        if len(self.violations) > SHOWN:
            print(f"  ... and {len(self.violations) - SHOWN} more", flush=True)


def wanted(name: str, default: int) -> int:
    """A number from the environment: `QUIESCE_SOAK_KILLS=50`."""
    return int(os.environ.get(f"QUIESCE_{name}", default))
