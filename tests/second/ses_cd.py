"""SES-CD: all completions of an exam, as sets of what they add up to (CLINICAL.md 1.5)."""

from functools import cache
from itertools import product

from .amounts import Invalid, whole

SEGMENTS = ("ileum", "right_colon", "transverse", "left_colon", "rectum")
VARIABLES = ("ulcer_size", "ulcerated_surface", "affected_surface", "narrowing")
ABSENT = "absent"

Segment = tuple[int | None, ...]  # the four items in the order of VARIABLES, None: not assessed
Exam = dict[str, Segment | str]  # segment -> items or "absent"
UNREACHED: Segment = (None, None, None, None)


def read(answers: dict) -> Exam:
    exam = {name: read_segment(answers.get(name)) for name in SEGMENTS}
    impassable = [name for name, one in exam.items() if one != ABSENT and one[3] == 3]
    if len(impassable) > 1:
        raise Invalid(f"narrowing 3 in {impassable}")  # 1.5: reject narrowing 3 in two segments
    if all(one == ABSENT for one in exam.values()):
        raise Invalid("nothing is left to score")
    return exam


def read_segment(raw: object) -> Segment | str:
    if raw is None:
        return UNREACHED
    if raw == ABSENT:
        return ABSENT
    if not isinstance(raw, dict):
        raise Invalid(f"segment {raw!r}")
    items = (raw.get(variable) for variable in VARIABLES)
    return tuple(None if one is None else whole(one, 0, 3) for one in items)


def without(exam: Exam, removed: set[str]) -> Exam:
    """1.5: an absent segment is excluded at both time points."""
    return {name: ABSENT if name in removed else one for name, one in exam.items()}


def absent_in(exam: Exam) -> set[str]:
    return {name for name, one in exam.items() if one == ABSENT}


def missing_in(exam: Exam) -> list[str]:
    return [name for name in SEGMENTS if exam[name] == UNREACHED]


def explored(exam: Exam) -> int:
    return sum(one not in (ABSENT, UNREACHED) for one in exam.values())


def is_complete(exam: Exam) -> bool:
    return all(one == ABSENT or None not in one for one in exam.values())


@cache
def segment_outcomes(segment: Segment) -> frozenset[tuple[int, bool, int]]:
    """(points, some item above 1, narrowings of 3) of every completion of one segment."""
    filled = product(*([one] if one is not None else range(4) for one in segment))
    return frozenset((sum(items), max(items) > 1, int(items[3] == 3)) for items in filled)


def outcomes(exam: Exam) -> set[tuple[int, bool]]:
    """(total, some item above 1) of every completion; "cannot be passed" occurs once at most."""
    found = {(0, False, 0)}
    for segment in exam.values():
        if segment == ABSENT:
            continue
        found = {
            (total + points, above or also_above, threes + more)
            for total, above, threes in found
            for points, also_above, more in segment_outcomes(segment)
            if threes + more <= 1
        }
    return {(total, above) for total, above, _ in found}


def variable_bounds(exam: Exam, variable: str) -> tuple[int, int]:
    """Lowest and highest sum of one variable over the segments; narrowing 0-11."""
    place = VARIABLES.index(variable)
    choices = [[one[place]] if one[place] is not None else list(range(4)) for one in exam.values() if one != ABSENT]
    sums = [sum(values) for values in product(*choices) if variable != "narrowing" or values.count(3) <= 1]
    return min(sums), max(sums)


def bounds(exam: Exam) -> tuple[int, int]:
    totals = [total for total, _ in outcomes(exam)]
    return min(totals), max(totals)
