"""CDAI (Crohn's): eight variables, each a pair (lowest, highest) of weighted points (CLINICAL.md 1.2)."""

from fractions import Fraction
from math import floor

from .amounts import Invalid, between, whole
from .ordinals import count_of

Points = tuple[Fraction | int, Fraction | int | None]

GROUPS = ("arthritis", "eye", "skin_mouth", "anal", "other_fistula", "fever")
MASS = {"none": 0, "questionable": 2, "definite": 5}
HCT_REFERENCE = {"male": 47, "female": 42}
STANDARD_WEIGHT_FACTOR = {"male": Fraction("22.1"), "female": Fraction("20.8")}
# CLINICAL.md 5: plausible haematocrit, in per cent.
HCT_PLAUSIBLE = (10, 65)
WEIGHT_FLOOR = -10
DAYS = 7
DAYS_TO_PRORATE = 4


def round_half_up(number: Fraction | int) -> int:
    """D6: CDAI is compared as the integer it is displayed as."""
    return floor(number + Fraction(1, 2))


def bounds(answers: dict, sex: str | None) -> tuple[Fraction, Fraction | None, dict[str, Points]]:
    """Unrounded lowest and highest total, and the variables; both sexes are tried where none is known."""
    if sex not in (None, "male", "female"):
        raise Invalid(f"sex {sex!r}")
    tried = [variables(answers, one) for one in ([sex] if sex else ["male", "female"])]
    lowest = min(sum(low for low, _ in one.values()) for one in tried)
    tops = [[high for _, high in one.values()] for one in tried]
    highest = None if any(None in top for top in tops) else max(sum(top) for top in tops)
    return lowest, highest, {name: hull(*(one[name] for one in tried)) for name in tried[0]}


def hull(*ranges: Points) -> Points:
    highs = [high for _, high in ranges]
    return min(low for low, _ in ranges), None if None in highs else max(highs)


def variables(answers: dict, sex: str) -> dict[str, Points]:
    return {
        "stools": weighted(diary(answers.get("stools7"), None, 300), 2),
        "pain": weighted(diary(answers.get("pain7"), 3, 21), 5),
        "wellbeing": weighted(diary(answers.get("wellbeing7"), 4, 28), 7),
        "complications": weighted(known_or(count_of(answers.get("complications"), GROUPS), 0, len(GROUPS)), 20),
        "antidiarrhoeal": weighted(known_or(yes_no(answers.get("antidiarrhoeal")), 0, 1), 30),
        "mass": weighted(known_or(mass(answers.get("mass")), 0, 5), 10),
        "hct": weighted(haematocrit_deficit(answers.get("hct_pct"), sex), 6),
        "weight": weight_term(answers, sex),
    }


def weighted(points: Points, weight: int) -> Points:
    low, high = points
    return low * weight, None if high is None else high * weight


def known_or(value: int | None, low: int, high: int) -> Points:
    return (low, high) if value is None else (value, value)


def diary(raw: object, daily_high: int | None, week_high: int) -> Points:
    """A seven-day sum, or seven days with null for a day not kept: 4-6 days are prorated, fewer are bounds."""
    unknown = (0, None if daily_high is None else daily_high * DAYS)
    if raw is None:
        return unknown
    if not isinstance(raw, list):
        total = whole(raw, 0, week_high)
        if daily_high is None and total == 99:  # CLINICAL.md 1: reject 99/999
            raise Invalid("99 is a code for missing")
        return total, total
    if len(raw) != DAYS:
        raise Invalid(f"{len(raw)} diary days")
    kept = [whole(one, 0, daily_high) for one in raw if one is not None]
    total, absent = sum(kept), DAYS - len(kept)
    if total > week_high:
        raise Invalid(f"diary sum {total}")
    if len(kept) >= DAYS_TO_PRORATE:
        mean_times_seven = Fraction(total * DAYS, len(kept))
        return mean_times_seven, mean_times_seven
    return total, None if daily_high is None else total + daily_high * absent


def yes_no(raw: object) -> int | None:
    if raw is not None and not isinstance(raw, bool):
        raise Invalid(f"antidiarrhoeal {raw!r}")
    return None if raw is None else int(raw)


def mass(raw: object) -> int | None:
    if raw is None:
        return None
    if not isinstance(raw, str) or raw not in MASS:
        raise Invalid(f"mass {raw!r}")
    return MASS[raw]


def haematocrit_deficit(raw: object, sex: str) -> Points:
    """D11: above the reference floored at 0 (hct_rule=floor0)."""
    if raw is None:
        return 0, HCT_REFERENCE[sex] - HCT_PLAUSIBLE[0]
    deficit = max(Fraction(0), HCT_REFERENCE[sex] - between(raw, *HCT_PLAUSIBLE))
    return deficit, deficit


def weight_term(answers: dict, sex: str) -> Points:
    """D11: floored at -10; unknown, it lies between that and 100 (no weight at all)."""
    measured = {key: answers.get(key) for key in ("weight_kg", "standard_weight_kg", "height_m")}
    known = {key: between(raw, 0, None) for key, raw in measured.items() if raw is not None}
    if any(value == 0 for value in known.values()):
        raise Invalid("a weight or height of 0")
    standard = known.get("standard_weight_kg")
    if standard is None and "height_m" in known:
        standard = STANDARD_WEIGHT_FACTOR[sex] * known["height_m"] ** 2
    if standard is None or "weight_kg" not in known:
        return WEIGHT_FLOOR, 100
    term = max(Fraction(WEIGHT_FLOOR), 100 * (1 - known["weight_kg"] / standard))
    return term, term
