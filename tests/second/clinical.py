"""E1 to E4, E7 and E9 over every completion of one or two scores (CLINICAL.md 2, D4, D5)."""

from . import biomarkers, readings, rules
from .ordinals import BOUNDLESS, MAYO_PARTS
from .verdicts import MET, NOT_APPLICABLE, NOT_EVALUABLE, NOT_MET, agreed

PMS_ITEMS = MAYO_PARTS["partial_mayo"]
ENOUGH = 1000  # above this, every rule gives the same verdict for every total


def totals(entry) -> list[int]:
    """Every total still possible; where there is no upper bound, enough of them and one beyond."""
    lowest, highest = entry.bounds(*PMS_ITEMS) if entry.instrument == "mayo" else (entry.lowest, entry.highest)
    if highest is None:
        return [*range(lowest, max(lowest, ENOUGH)), BOUNDLESS]
    return list(range(lowest, highest + 1))


def over_now(rule, now) -> str:
    return NOT_EVALUABLE if now is None else agreed(rule(total) for total in totals(now))


def over_both(rule, base, now) -> str:
    """Unreachable is decided by the baseline alone, whatever is found now (D15)."""
    if base is None:
        return NOT_EVALUABLE
    then = totals(base)
    if now is None:
        unreachable = {rule(one, 0) for one in then} == {NOT_APPLICABLE}
        return NOT_APPLICABLE if unreachable else NOT_EVALUABLE
    current = totals(now)
    if len(then) * len(current) > 5000:  # every rule here is monotone in the total now
        current = [current[0], current[-1]]
    return agreed(rule(one, other) for one in then for other in current)


def hbi_remission(base, now) -> dict:  # E1
    return {"verdict": over_now(rules.hbi_remission, now)}


def cdai_remission(base, now) -> dict:  # E1b
    registry = over_now(rules.cdai_remission_registry, now)
    return {"verdict": over_now(rules.cdai_remission, now), "others": {"practice": registry}}


def cdai_response(base, now) -> dict:  # E2
    return {"verdict": over_both(rules.cdai_response, base, now)}


def hbi_response(base, now) -> dict:  # 1.1
    return {"verdict": over_both(rules.hbi_response, base, now)}


def pms_remission(base, now) -> dict:  # E3
    verdict = over_now(rules.pms_remission, now)
    items = [now.items[item] for item in PMS_ITEMS] if now and now.items else []
    above = verdict == MET and any(item is not None and item > 1 for item in items)
    others = {"guideline": by_items(rules.pms_remission_stride, now), "practice": nct05069259(now)}
    return {"verdict": verdict, "flags": ["subscore_gt1"] if above else [], "others": others}


def by_items(rule, now) -> str:
    """A rule on the three items of the partial Mayo; of a total without items, all that add up to it."""
    return NOT_EVALUABLE if now is None else agreed(rule(**one) for one in now.completions(*PMS_ITEMS))


def nct05069259(now) -> str:
    """PMS <= 2 and no subscore > 1: a bare total above 2 decides it."""
    if over_now(rules.pms_remission, now) == NOT_MET:
        return NOT_MET
    return by_items(rules.pms_remission_nct05069259, now)


def pms_response(base, now) -> dict:  # E4
    verdict = over_both(rules.pms_response, base, now)
    in_remission = over_now(rules.pms_remission, base) == MET
    counted = verdict == MET or (not readings.BASELINE_FLAG_ONLY_WHEN_MET and verdict == NOT_MET)
    flags = ["baseline_in_remission"] if in_remission and counted else []
    drop, remission = over_both(rules.pms_drop, base, now), nct05069259(now)
    either = MET if MET in (drop, remission) else NOT_MET if {drop, remission} == {NOT_MET} else NOT_EVALUABLE
    return {"verdict": verdict, "flags": flags, "others": {"practice": either}}


def mes_remission(base, now) -> dict:  # E7, D12
    if now is None:
        return {"verdict": NOT_EVALUABLE, "others": {"guideline": NOT_EVALUABLE}}
    possible = [one["mes"] for one in now.completions("mes")]
    strict = agreed(rules.mes_remission_strict(one) for one in possible)
    verdict = agreed(rules.mes_remission(one) for one in possible)
    return {"verdict": verdict, "others": {"guideline": strict}}


def biomarker(base, now) -> dict:  # E9, D9
    if now is None:
        return {"verdict": NOT_EVALUABLE}
    others = {}
    if now.analyte == "fcp" and now.laboratory_limit is not None:
        others = {"protocol": within(now, now.laboratory_limit)}
    return {
        "verdict": within(now, biomarkers.headline_limit(now)),
        "others": others,
        "state": biomarkers.state(now, base),
    }


def within(level: biomarkers.Level, limit) -> str:
    """<= limit: met; a censored value decides only if its whole range does."""
    return agreed(MET if one else NOT_MET for one in level.may_be_within(limit))
