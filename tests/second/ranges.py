"""Numbers known only within bounds, and which truth values a condition on them can still have (D5)."""

from collections.abc import Iterable
from fractions import Fraction

# Lowest and highest, the highest None where there is no upper bound; the whole None where there is no score.
Range = tuple[Fraction | int, Fraction | int | None] | None
OPEN = {True, False}


def exactly(number: Fraction | int) -> Range:
    return number, number


def times(factor: int, one: Range) -> Range:
    return _each_end(one, lambda end: factor * end)


def plus(addend: int, one: Range) -> Range:
    return _each_end(one, lambda end: end + addend)


def _each_end(one: Range, change) -> Range:
    if one is None:
        return None
    low, high = one
    return change(low), None if high is None else change(high)


def no_more_than(one: Range, other: Range) -> set[bool]:
    """One number <= another, each anywhere within its own bounds."""
    if one is None or other is None:
        return OPEN
    (low, high), (other_low, other_high) = one, other
    if high is not None and high <= other_low:
        return {True}
    return {False} if other_high is not None and low > other_high else OPEN


def at_most(one: Range, limit: Fraction | int) -> set[bool]:
    return no_more_than(one, exactly(limit))


def above_zero(one: Range) -> set[bool]:
    return {not truth for truth in at_most(one, 0)}


def all_of(conditions: Iterable[set[bool]]) -> set[bool]:
    """Kleene: one that is false for certain decides."""
    conditions = list(conditions)
    if {False} in conditions:
        return {False}
    return {True} if all(one == {True} for one in conditions) else OPEN


def any_of(conditions: Iterable[set[bool]]) -> set[bool]:
    """Kleene: one that is true for certain decides."""
    conditions = list(conditions)
    if {True} in conditions:
        return {True}
    return {False} if all(one == {False} for one in conditions) else OPEN
