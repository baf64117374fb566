"""A number that may be known only within limits."""

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from flows.quantities import plain

# Exact, so that a sum of thirds and a half is rounded as it should be.
Points = int | Fraction


class Range(Struct, frozen=True):
    """The lowest and the highest value still possible; `highest` None means no upper bound."""

    lowest: Points
    highest: Points | None

    @classmethod
    def exactly(cls, value: Points) -> "Range":
        return _whole(value) if type(value) is int else cls(value, value)

    @property
    def is_exact(self) -> bool:
        return self.lowest == self.highest

    @property
    def ends(self) -> tuple[float, ...]:
        """What a rule has to look at: one number if it is exact, else both ends."""
        if self.lowest == self.highest:
            return (self.lowest,)  # type: ignore[return-value]  # a Fraction compares and subtracts as a float does
        return (self.lowest, math.inf if self.highest is None else self.highest)  # type: ignore[return-value]

    def times(self, factor: int) -> "Range":
        return Range(self.lowest * factor, None if self.highest is None else self.highest * factor)

    def over(self, divisor: int) -> "Range":
        """The range of a number of which this is a multiple."""
        return Range(Fraction(self.lowest, divisor), None if self.highest is None else Fraction(self.highest, divisor))

    def rounded(self) -> "Range":
        """Both ends as integers, half up."""
        return Range(half_up(self.lowest), None if self.highest is None else half_up(self.highest))

    def __str__(self) -> str:
        if self.highest is None:
            return f"{written(self.lowest)} or more"
        lowest = written(self.lowest)
        return lowest if self.is_exact else f"{lowest} to {written(self.highest)}"


def total(ranges: Iterable[Range]) -> Range:
    """Added end by end, as a range for every partial sum costs more than the sum."""
    lowest: Points = 0
    highest: Points | None = 0
    for each in ranges:
        lowest += each.lowest
        highest = None if highest is None or each.highest is None else highest + each.highest
    return Range(lowest, highest)


@lru_cache(maxsize=1024)
def _whole(number: int) -> Range:
    """Nearly all points are small whole numbers."""
    return Range(number, number)


def largest(ranges: Iterable[Range]) -> Range:
    """The range of the greatest of several numbers."""
    every = tuple(ranges)
    tops = [each.highest for each in every]
    highest = None if None in tops else max([top for top in tops if top is not None])
    return Range(max([each.lowest for each in every]), highest)


def hull(ranges: Iterable[Range]) -> Range:
    """The range of a number that lies in one of several ranges."""
    every = tuple(ranges)
    return Range(min(each.lowest for each in every), largest(every).highest)


def half_up(number: Points) -> int:
    return math.floor(number + Fraction(1, 2))


def written(number: Points) -> str:
    """As a decimal: exact where it ends, else with two places."""
    if type(number) is int:
        return str(number)
    if number == int(number):
        return str(int(number))
    exact = Fraction(number)
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return plain(Decimal(exact.numerator) / exact.denominator if rest == 1 else Decimal(f"{float(exact):.2f}"))
