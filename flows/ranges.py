"""A whole number that may be known only within limits."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and the highest value still possible; `highest` None means no upper bound."""

    lowest: int
    highest: int | None

    @classmethod
    def exactly(cls, value: int) -> "Range":
        return cls(value, value)

    @property
    def is_exact(self) -> bool:
        return self.lowest == self.highest

    @property
    def ends(self) -> tuple[float, ...]:
        """What a rule has to look at: one number if it is exact, else both ends."""
        if self.is_exact:
            return (self.lowest,)
        return (self.lowest, math.inf if self.highest is None else self.highest)

    def __add__(self, other: "Range") -> "Range":
        if self.highest is None or other.highest is None:
            return Range(self.lowest + other.lowest, None)
        return Range(self.lowest + other.lowest, self.highest + other.highest)

    def __str__(self) -> str:
        if self.highest is None:
            return f"{self.lowest} or more"
        return str(self.lowest) if self.is_exact else f"{self.lowest} to {self.highest}"


def total(ranges: Iterable[Range]) -> Range:
    return sum(ranges, start=Range.exactly(0))


def largest(ranges: Iterable[Range]) -> Range:
    """The range of the greatest of several numbers."""
    every = tuple(ranges)
    tops = [each.highest for each in every]
    highest = None if None in tops else max(top for top in tops if top is not None)
    return Range(max(each.lowest for each in every), highest)
