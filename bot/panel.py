"""The clinic by what was last said of each patient."""

import json
from collections import Counter
from collections.abc import Iterable

NAMES = ("In remission", "Sources differ", "Not in remission", "Undecided", "Not seen on treatment", "Overdue items")
_REMISSION, _DIFFER, _NOT, _UNDECIDED, _UNSEEN, _OVERDUE = NAMES


def counts(reports: Iterable[str], patients: int) -> list[tuple[str, int]]:
    """How many patients are where; overdue items are counted beside that, by patient."""
    found: Counter[str] = Counter()
    judged = 0
    for report in map(json.loads, reports):
        found[_where(report["headline"])] += 1
        found[_OVERDUE] += any(each["state"] == "overdue" for each in report["due"])
        judged += 1
    found[_UNSEEN] += patients - judged
    return [(name, found[name]) for name in NAMES]


def _where(headline: str) -> str:
    verdict = headline.partition(" · ")[0]
    if " BY " in verdict:
        return _DIFFER
    if verdict.startswith("REMISSION"):
        return _REMISSION
    if verdict.startswith("NOT IN"):
        return _NOT
    return _UNSEEN if "since the first dose" in headline or "before treatment" in headline else _UNDECIDED
