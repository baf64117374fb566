"""E5, E6 and E8 on two SES-CD exams, either of which may have open segments (CLINICAL.md 1.5, 2)."""

from dataclasses import replace

from . import readings, rules, ses_cd
from .verdicts import NOT_APPLICABLE, NOT_EVALUABLE, NOT_MET, agreed, holds, kleene_and

SEGMENT_MAX = 12


def removed_in(*exams) -> set[str]:
    """Segments absent at either time point: excluded at both."""
    return set().union(*(ses_cd.absent_in(one.exam) for one in exams if one and one.exam))


def comparable(base, now):
    """The baseline, in which a segment that was said to be removed and is scored now was not known."""
    if base is None or now is None or base.exam is None or now.exam is None:
        return base
    back = [name for name in ses_cd.absent_in(base.exam) if now.exam[name] not in (ses_cd.ABSENT, ses_cd.UNREACHED)]
    return replace(base, exam={**base.exam, **dict.fromkeys(back, ses_cd.UNREACHED)})


def outcomes(entry, removed: set[str]) -> set[tuple[int, bool]]:
    """(total, some item above 1) still possible; a total without items leaves the items open."""
    if entry.exam is not None:
        return ses_cd.outcomes(ses_cd.without(entry.exam, removed))
    lowest = max(0, entry.lowest - SEGMENT_MAX * len(removed))
    return {(total, above) for total in range(lowest, entry.lowest + 1) for above in (True, False)}


def totals(entry, removed: set[str]) -> set[int]:
    return {total for total, _ in outcomes(entry, removed)}


def over_both(rule, base, now) -> str:
    if base is None:
        return NOT_EVALUABLE
    removed = removed_in(base, now)
    then = totals(base, removed)
    if now is None:
        unreachable = {rule(one, 0) for one in then} == {NOT_APPLICABLE}
        return NOT_APPLICABLE if unreachable else NOT_EVALUABLE
    return agreed(rule(one, other) for one in then for other in totals(now, removed))


def response(base, now) -> dict:
    base = comparable(base, now)
    trial = over_both(rules.ses_response_trial, base, now)
    return {"verdict": over_both(rules.ses_response, base, now), "others": {"guideline": trial}}


def remission(base, now) -> dict:
    base = comparable(base, now)
    return {"verdict": remission_verdict(base, now), "others": {"guideline": healing(now, removed_in(base, now))}}


def remission_verdict(base, now) -> str:
    """SES-CD <= 4, a drop of at least 2, and no item above 1 in any segment."""
    removed = removed_in(base, now)
    then = {None} if base is None else totals(base, removed)
    if None not in then and all(rules.ses_remission_unreachable(one) for one in then):
        return NOT_APPLICABLE
    if now is None:
        return NOT_EVALUABLE
    current = outcomes(now, removed)
    doubtful = None not in then and any(rules.ses_remission_unreachable(one) for one in then)
    if doubtful and not readings.E6_NOT_MET_WITH_DOUBTFUL_BASELINE:
        return agreed(one_remission(one, *other) for one in then for other in current)
    dropped = {True, False} if base is None else {a - b >= 2 for a in then for b, _ in current}
    return kleene_and([{total <= 4 for total, _ in current}, dropped, {not above for _, above in current}])


def one_remission(base: int, total: int, above: bool) -> str:
    if rules.ses_remission_unreachable(base):
        return NOT_APPLICABLE
    return holds(total <= 4 and base - total >= 2 and not above)


def mucosal_healing(base, now) -> dict:
    base = comparable(base, now)
    removed = removed_in(base, now)
    then, current = ulcerated(base, removed), ulcerated(now, removed)
    if then == [0]:
        return {"verdict": NOT_APPLICABLE}
    if current is None:
        return {"verdict": NOT_EVALUABLE}
    if 0 not in current and readings.E8_NOT_MET_WITHOUT_BASELINE:
        return {"verdict": NOT_MET}
    if then is None:
        return {"verdict": NOT_EVALUABLE}
    pairs = [(one, other) for one in then for other in current]
    return {"verdict": agreed(rules.mucosal_healing(one, other) for one, other in pairs)}


def ulcerated(entry, removed: set[str], variable: str = "ulcerated_surface") -> list[int] | None:
    """Sums still possible of one variable; None where there is no exam or only its total."""
    if entry is None or entry.exam is None:
        return None
    low, high = ses_cd.variable_bounds(ses_cd.without(entry.exam, removed), variable)
    return list(range(low, high + 1))


def healing(now, removed: set[str]) -> str:
    """STRIDE-II (another endpoint): SES-CD <= 2 and no ulcers, aphthous included."""
    if now is None:
        return NOT_EVALUABLE
    sums = [ulcerated(now, removed, one) for one in ("ulcer_size", "ulcerated_surface")]
    free = [{True, False} if one is None else {value == 0 for value in one} for one in sums]
    return kleene_and([{total <= 2 for total in totals(now, removed)}, *free])
