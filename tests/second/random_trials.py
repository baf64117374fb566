"""Random pairs of answers, before and after the first dose, at the borders of CLINICAL.md 1.3 and 1.4."""

from decimal import Decimal
from random import Random

from .ordinals import MAYO_PARTS, UP_TO
from .random_scores import as_typed, forget, spread_over

HUNDREDTH = Decimal("0.01")
SF_BASE = tuple(map(Decimal, ("0", "1", "1.43", "2.8", "3", "4", "4", "5", "6", "8", "10", "4.57")))
AP_BASE = tuple(map(Decimal, ("0", "0.5", "1", "1", "1.43", "2", "2", "2.5", "3")))
SF_NOW = tuple(map(Decimal, ("0", "1.5", "1.5", "2.8", "2.8", "3", "3", "4")))
AP_NOW = tuple(map(Decimal, ("0", "0.5", "1", "1", "1.14")))
KEPT = tuple(map(Decimal, ("0.7", "0.7", "0.5", "0.5", "1", "1", "0.9", "0")))
# Totals whose drops of 2 stand on either side of 30 %, and those beside the unreachable.
ADAPTED_BASE = (0, 1, 2, 2, 3, 4, 5, 6, 7, 7, 8, 8, 9, 9)
ADAPTED_DROP = (-1, 0, 1, 2, 2, 2, 3, 3, 4)


def pair(rng: Random, instrument: str) -> tuple[dict, dict]:
    return {"pro2_cd": pro2_pair, "mayo": adapted_pair}[instrument](rng)


def pro2_pair(rng: Random) -> tuple[dict, dict]:
    then = {"sf_avg": rng.choice(SF_BASE), "ap_avg": rng.choice(AP_BASE)}
    now = {
        "sf_avg": beside(rng, then["sf_avg"], SF_NOW, None),
        "ap_avg": beside(rng, then["ap_avg"], AP_NOW, 3),
    }
    kind = rng.random()
    if kind < 0.25:
        now = halved(rng, then)
    elif kind < 0.5:
        then = {"sf_avg": max(then["sf_avg"], Decimal(3)), "ap_avg": max(then["ap_avg"], Decimal(1))}
        now = at_one_limit(rng)
    elif kind < 0.65:
        fallen = rng.choice(("sf_avg", "ap_avg"))
        now = then | {fallen: max(then[fallen] * Decimal("0.7") + rng.choice((0, 1, 1, -1)) * HUNDREDTH, Decimal(0))}
    return typed(rng, then), typed(rng, now)


def at_one_limit(rng: Random) -> dict:
    """A remission by one definition or another, or a hundredth from it."""
    stools = rng.choice(SF_NOW) + rng.choice((0, 1, 1, -1)) * HUNDREDTH
    pain = rng.choice((Decimal(0), Decimal("0.5"), Decimal(1)))
    if rng.random() < 0.3:
        stools, pain = min(stools, Decimal("1.5")), 1 + rng.choice((0, 1, 1, -1)) * HUNDREDTH
    return {"sf_avg": max(stools, Decimal(0)), "ap_avg": pain}


def beside(rng: Random, base: Decimal, limits: tuple[Decimal, ...], highest: int | None) -> Decimal:
    """At a threshold of its own or at a share of the baseline, or a hundredth beside it."""
    at = base * rng.choice(KEPT) if rng.random() < 0.6 else rng.choice(limits)
    near = max(at + rng.choice((0, 0, 0, 1, -1)) * HUNDREDTH, Decimal(0))
    return near if highest is None else min(near, Decimal(highest))


def halved(rng: Random, then: dict) -> dict:
    """Half of the weighted PRO2, or a hundredth beside it, shared anew between SF and AP."""
    half = (2 * then["sf_avg"] + 5 * then["ap_avg"]) / 2
    pain = min(rng.choice((Decimal(0), then["ap_avg"] / 2, then["ap_avg"])), half / 5, Decimal(3))
    stools = (half - 5 * pain) / 2 + rng.choice((0, 0, 1, -1)) * HUNDREDTH
    return {"sf_avg": max(stools, Decimal(0)), "ap_avg": pain}


def typed(rng: Random, answers: dict[str, Decimal]) -> dict:
    return forget(rng, {item: as_typed(rng, float(value)) for item, value in answers.items()}, 0.06)


def adapted_pair(rng: Random) -> tuple[dict, dict]:
    total = rng.choice(ADAPTED_BASE)
    then = full_mayo(rng, total)
    now = full_mayo(rng, max(total - rng.choice(ADAPTED_DROP), 0))
    if rng.random() < 0.3:  # remission, or beside it
        now |= {"sf": rng.choice((0, 1, 1, 2)), "rb": rng.choice((0, 0, 0, 1)), "mes": rng.choice((0, 1, 1, 2))}
    return forget(rng, then, 0.1), forget(rng, now, 0.1)


def full_mayo(rng: Random, adapted: int) -> dict:
    items = {item: UP_TO["mayo"][item] for item in MAYO_PARTS["adapted_mayo"]}
    dealt = spread_over(rng, items, adapted) | {"pga": rng.randint(0, 3)}
    return {item: as_typed(rng, value) for item, value in dealt.items()}
