"""The mutants before the tests, in this process and its forks, and what came of it; `__main__` runs it in a copy."""

import sys
import time
from collections import Counter

from tests.mutation import ROOT, modules
from tests.mutation.cold import Cold
from tests.mutation.listed import LEAST_KILLED, MOST, listed
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.suite import run, suite
from tests.mutation.warm import Warm


class Unfit(Exception):
    """The tests fail without a mutant."""


def tried(every: list[Mutant]) -> dict[Mutant, bool]:
    """Of each whether it was killed."""
    warm = Warm(ROOT, every)
    run(ROOT, suite(ROOT), warm)
    if not warm.passes:
        raise Unfit(
            "\n".join(each.test for each in warm.lessons if not each.passed) or "no tests were run to their end"
        )
    left = [each for each in every if each not in warm.killed]
    print(f"{len(warm.killed)} tried in what was imported, {len(left)} to be imported anew", flush=True)
    cold = Cold(ROOT, warm.lessons)
    if wrong := cold.control(dict.fromkeys(each.key.path for each in left)):
        raise Unfit("\n".join(f"{path}, imported anew" for path in wrong))
    return warm.killed | cold.killed(left)


def judged(killed: dict[Mutant, bool], whole: bool) -> list[str]:
    """What is wrong with an outcome; of all modules, or of some of them."""
    known = listed()
    survivors = [each.key for each, dead in killed.items() if not dead]
    strange = [f"survives, and is not listed: {key}" for key in survivors if key not in known]
    stale = [f"listed, and does not survive: {key}" for key in known if key not in survivors] if whole else []
    share = 1 - len(survivors) / len(killed)
    return [
        *strange,
        *stale,
        *([f"{len(survivors)} survive, at most {MOST} may"] if len(survivors) > MOST else []),
        *([f"{share:.1%} are killed, at least {LEAST_KILLED:.0%} must be"] if share < LEAST_KILLED else []),
    ]


def main(words: list[str]) -> int:
    start = time.monotonic()
    every = mutants(ROOT, [path for path in modules() if not words or any(word in path for word in words)])
    try:
        killed = tried(every)
    except Unfit as why:
        print(f"the tests fail without a mutant:\n{why}")
        return 1
    _print_table(killed)
    wrong = judged(killed, not words)
    for each in wrong:
        print(each)
    dead = sum(killed.values())
    print(f"{dead} of {len(killed)} mutants killed ({dead / len(killed):.2%}) in {time.monotonic() - start:.0f} s")
    return int(bool(wrong))


def _print_table(killed: dict[Mutant, bool]) -> None:
    whole, dead = Counter(each.key.path for each in killed), Counter(each.key.path for each in killed if killed[each])
    for path, count in whole.items():
        print(f"{dead[path]:5} of {count:5}  {path}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
