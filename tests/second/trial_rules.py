"""Definitions of the upadacitinib programme that no finding id of the contract carries; None is unknown."""

from .verdicts import kleene_and


def known(test, *values) -> set[bool]:
    return {True, False} if None in values else {test(*values)}


def sf_ap_remission(sf, ap, baseline_sf, baseline_ap) -> str:  # CLINICAL.md 1.3
    return kleene_and(
        [
            known(lambda now: now <= 2.8, sf),
            known(lambda now: now <= 1.0, ap),
            known(lambda now, base: now <= base, sf, baseline_sf),
            known(lambda now, base: now <= base, ap, baseline_ap),
        ]
    )


def adapted_mayo_remission(sf, rb, mes, baseline_sf) -> str:  # CLINICAL.md 1.4
    return kleene_and(
        [
            known(lambda now: now <= 1, sf),
            known(lambda now, base: now <= base, sf, baseline_sf),
            known(lambda now: now == 0, rb),
            known(lambda now: now <= 1, mes),
        ]
    )


def adapted_mayo_response(baseline: dict, current: dict) -> str:  # CLINICAL.md 1.4
    base, now = sum(baseline.values()), sum(current.values())
    return kleene_and(
        [
            {base - now >= 2},
            {10 * (base - now) >= 3 * base},
            {baseline["rb"] - current["rb"] >= 1 or current["rb"] <= 1},
        ]
    )
