"""A value is a number with its unit: exact, as it was written, and censored where it was written so."""

from dataclasses import dataclass
from decimal import Decimal, getcontext, localcontext
from enum import StrEnum
from typing import Final, NamedTuple

from msgspec import Struct

ONE = Decimal(1)
INFINITY = Decimal("Infinity")


class Bound(StrEnum):
    """What a laboratory writes before a number that it could not measure."""

    EXACT = ""
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


# Asked for so often that it is found once (DECISIONS.md, record 86).
EXACT: Final = Bound.EXACT


class Number(Struct, frozen=True):
    """A number that is not negative; with a bound, all that is known of it."""

    value: Decimal
    bound: Bound = EXACT

    @property
    def ends(self) -> tuple[Decimal, ...]:
        """What a rule has to look at: the number if it is exact, else both ends of what it may be."""
        if self.bound is EXACT:
            return (self.value,)
        match self.bound:
            case Bound.BELOW:
                return (Decimal(0), self.value.next_minus())
            case Bound.AT_MOST:
                return (Decimal(0), self.value)
            case Bound.ABOVE:
                return (self.value.next_plus(), INFINITY)
            case Bound.AT_LEAST:
                return (self.value, INFINITY)

    def __str__(self) -> str:
        return plain(self.value) if self.bound is EXACT else f"{self.bound}{plain(self.value)}"


@dataclass(frozen=True, slots=True)
class Either:
    """A number as `1,234` is: with its mark read as a decimal one, or as one between thousands."""

    decimal: Number
    grouped: Number

    def __str__(self) -> str:
        return f"{self.decimal} or {self.grouped}"


class Unit(NamedTuple):
    """A unit by its UCUM code, with the form that people read."""

    code: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit in which an analyte is given: canonical = number × times / per."""

    unit: Unit
    times: Decimal = ONE
    per: Decimal = ONE

    @property
    def is_canonical(self) -> bool:
        return self.times is ONE and self.per is ONE

    def to_canonical(self, value: Decimal) -> Decimal:
        return value if self.is_canonical else value * self.times / self.per


def convert(value: Decimal, given: Scale, wanted: Scale) -> Decimal:
    """Multiplied before the one division, so that a quotient that ends is exact."""
    return value * (given.times * wanted.per) / (given.per * wanted.times)


def times(factor: Decimal, number: Decimal) -> Decimal:
    """Exact, so that what lies just beside a bound is not rounded to it."""
    with localcontext(prec=2 * getcontext().prec):
        return factor * number


def plain(value: Decimal) -> str:
    """Without an exponent and without zeros behind."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
