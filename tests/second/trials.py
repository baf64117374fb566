"""Findings of trials and of guidelines: PRO2 in CD, PRO2 and Adapted Mayo in UC (CLINICAL.md 1.3, 1.4).

Each condition is judged over the bounds of its own numbers and the conditions are combined by Kleene (D4, D5).
"""

from fractions import Fraction

from . import readings
from .ordinals import MAYO_PARTS, UC_PRO2, UP_TO
from .ranges import OPEN, Range, above_zero, all_of, any_of, at_most, no_more_than, plus, times
from .verdicts import NOT_APPLICABLE, NOT_EVALUABLE, kleene_and

PHASE_3_SF = Fraction("2.8")  # 1.3: upadacitinib phase 3
CELEST_SF = Fraction("1.5")  # 1.3: phase 2
AP_HIGHEST = Fraction(3)
ADAPTED = MAYO_PARTS["adapted_mayo"]


def pro2_ranges(entry) -> dict[str, Range]:
    """SF, AP and the weighted PRO2 (2 x SF + 5 x AP) of one score."""
    if entry is None:
        unknown = readings.NO_BASELINE_IS_ANY_BASELINE
        return {"sf": (0, None) if unknown else None, "ap": (0, AP_HIGHEST) if unknown else None, "weighted": None}
    weighted = (entry.lowest, entry.highest)
    if not entry.total_only:
        return {"sf": entry.parts["sf_avg"], "ap": entry.parts["ap_avg"], "weighted": weighted}
    total = Fraction(entry.lowest)
    sf = (max(Fraction(0), (total - 5 * AP_HIGHEST) / 2), total / 2)
    return {"sf": sf, "ap": (Fraction(0), min(AP_HIGHEST, total / 5)), "weighted": weighted}


def adapted_ranges(entry) -> dict[str, Range]:
    """SF, RB, MES and their sum, of one full Mayo."""
    whole = {item: (0, UP_TO["mayo"][item]) for item in ADAPTED}
    if entry is None:
        unknown = readings.NO_BASELINE_IS_ANY_BASELINE
        return {item: each if unknown else None for item, each in whole.items()} | {"total": None}
    return {item: entry.bounds(item) for item in ADAPTED} | {"total": entry.bounds(*ADAPTED)}


def pro2_remission(base, now) -> dict:
    """STRIDE-II: AP <= 1 and SF <= 3; practice, one trial (S35): weighted PRO2 <= 8."""
    seen = pro2_ranges(now)
    return {
        "verdict": kleene_and([at_most(seen["ap"], 1), at_most(seen["sf"], 3)]),
        "others": {"practice": kleene_and([at_most(seen["weighted"], 8)])},
    }


def sf_ap_remission(base, now) -> dict:
    """Upadacitinib phase 3; practice: CELEST."""
    then, seen = pro2_ranges(base), pro2_ranges(now)
    common = [at_most(seen["ap"], 1), *not_worse(then, seen)]
    return {
        "verdict": kleene_and([at_most(seen["sf"], PHASE_3_SF), *common]),
        "others": {"practice": kleene_and([at_most(seen["sf"], CELEST_SF), *common])},
    }


def not_worse(then: dict[str, Range], seen: dict[str, Range]) -> list[set[bool]]:
    return [no_more_than(seen[item], then[item]) for item in ("sf", "ap")]


def pro2_response(base, now) -> dict:
    """STRIDE-II: weighted PRO2 down by at least half; from 0 it cannot be reached (D15)."""
    then, seen = pro2_ranges(base)["weighted"], pro2_ranges(now)["weighted"]
    return {"verdict": unless(at_most(then, 0), [no_more_than(times(2, seen), then)])}


def sf_ap_response(base, now) -> dict:
    """U-EXCEL, U-EXCEED: SF and/or AP down by at least 30 %, neither worse."""
    then, seen = pro2_ranges(base), pro2_ranges(now)
    fell = any_of(fell_by_30_percent(then[item], seen[item]) for item in ("sf", "ap"))
    active = any_of(above_zero(then[item]) for item in ("sf", "ap"))
    if not readings.SF_AP_RESPONSE_UNREACHABLE_IS_NOT_APPLICABLE:
        active = {True}
    return {"verdict": unless({not truth for truth in active}, [fell, *not_worse(then, seen)])}


def fell_by_30_percent(then: Range, seen: Range) -> set[bool]:
    """now <= 70 % of the baseline; a decrease from 0 is none."""
    return all_of([above_zero(then), no_more_than(times(10, seen), times(7, then))])


def uc_pro2_remission(base, now) -> dict:
    """RB 0 and SF <= 1 (S16), each over the bounds of its own item, and nothing of a baseline."""
    sf, rb = (now and now.bounds(item) for item in UC_PRO2)
    return {"verdict": kleene_and([at_most(sf, 1), at_most(rb, 0)])}


def adapted_remission(base, now) -> dict:
    """SF <= 1 and not greater than baseline, RB 0, MES <= 1."""
    then, seen = adapted_ranges(base), adapted_ranges(now)
    return {
        "verdict": kleene_and(
            [
                at_most(seen["sf"], 1),
                no_more_than(seen["sf"], then["sf"]),
                at_most(seen["rb"], 0),
                at_most(seen["mes"], 1),
            ]
        )
    }


def adapted_response(base, now) -> dict:
    """Down by at least 2 and 30 %, and RB down by at least 1 or now <= 1; unreachable from under 2 (D15)."""
    then, seen = adapted_ranges(base), adapted_ranges(now)
    bleeding = any_of([no_more_than(plus(1, seen["rb"]), then["rb"]), at_most(seen["rb"], 1)])
    conditions = [
        no_more_than(plus(2, seen["total"]), then["total"]),
        no_more_than(times(10, seen["total"]), times(7, then["total"])),
        bleeding,
    ]
    return {"verdict": unless(at_most(then["total"], 1), conditions)}


def unless(unreachable: set[bool], conditions: list[set[bool]]) -> str:
    """Not applicable is decided first; where the baseline leaves it open, so is the verdict (as E6: N2)."""
    if unreachable == {True}:
        return NOT_APPLICABLE
    if unreachable == OPEN and not readings.NOT_MET_WITH_DOUBTFUL_BASELINE:
        return NOT_EVALUABLE
    return kleene_and(conditions)
