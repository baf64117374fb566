"""The four verdicts and the two ways the specification combines them."""

from collections.abc import Iterable

MET = "met"
NOT_MET = "not_met"
NOT_EVALUABLE = "not_evaluable"
NOT_APPLICABLE = "not_applicable"


def holds(truth: bool) -> str:
    return MET if truth else NOT_MET


def agreed(verdicts: Iterable[str]) -> str:
    """D5: the verdict that every completion gives, else not_evaluable."""
    found = set(verdicts)
    return found.pop() if len(found) == 1 else NOT_EVALUABLE


def kleene_and(conditions: Iterable[set[bool]]) -> str:
    """D4: each condition is the set of truth values still possible for it."""
    conditions = list(conditions)
    if {False} in conditions:
        return NOT_MET
    return MET if all(one == {True} for one in conditions) else NOT_EVALUABLE
