"""Items that are answered by a measure: a number with its unit, or what a standard weight follows from."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from flows.answers import Value
from flows.errors import InvalidAnswer
from flows.numerals import read_number
from flows.quantities import Bound, Number, plain
from flows.ranges import Range, written


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A measure in one unit, `weight` points for each; kept as its decimal digits.

    `highest` is the most that is accepted, and the most still possible while it is not known unless `is_endless`.
    `fraction_below`: a number below it looks like a share of 1 where per cent are meant.
    """

    code: str
    name: str
    prompt: str
    unit: str
    example: str
    lowest: Fraction
    highest: Fraction
    weight: int = 1
    is_endless: bool = False
    fraction_below: int | None = None
    is_whole: bool = field(default=False, repr=False)

    def parse(self, raw: str) -> Value:
        text = raw.strip().removesuffix(self.unit).strip() if self.unit else raw
        number = read_number(text)
        return self.accept(number.value if isinstance(number, Number) and number.bound is Bound.EXACT else text)

    def accept(self, value: object) -> Value:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise InvalidAnswer(self.code, self._form)
        number = Decimal(value)
        if self.fraction_below is not None and 0 < number < self.fraction_below:
            whole = plain(number * 100)
            said = f"{self.name} {plain(number)}: a fraction? {whole} {self.unit} is typed as {whole}."
            raise InvalidAnswer(self.code, said)
        if self.is_whole and number.is_finite() and number != number.to_integral_value():
            raise InvalidAnswer(self.code, self._form)
        if not number.is_finite() or not self.lowest <= Fraction(number) <= self.highest:
            raise InvalidAnswer(self.code, self._form)
        return plain(number)

    @property
    def _form(self) -> str:
        span = f"{written(self.lowest)} to {written(self.highest)} {self.unit}".strip()
        return f"{self.name}: a {'whole ' if self.is_whole else ''}number from {span}."

    def measured(self, value: Value) -> Fraction:
        return Fraction(str(value))

    def points(self, value: Value) -> Range:
        return Range.exactly(self.measured(value)).times(self.weight)

    @property
    def bounds(self) -> Range:
        return Range(self.lowest, None if self.is_endless else self.highest).times(self.weight)

    @property
    def most(self) -> int:
        return int(self.highest * self.weight)

    def describe(self, value: Value) -> str:
        return f"{value} {self.unit}".strip()


# How the contract gives what a standard weight follows from, and the unit of each; the weight itself goes first.
STATURE = {"standard_weight_kg": "kg", "height_m": "m"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stature:
    """A height, from which a standard weight follows, or that weight itself: kept as `1.7 m` or `70 kg`.

    Limits are ours, wide enough for every adult. No points of its own.
    """

    HEIGHT_M: ClassVar[tuple[Fraction, Fraction]] = (Fraction(1), Fraction("2.5"))
    example: ClassVar[str] = "170"
    WEIGHT_KG: ClassVar[tuple[Fraction, Fraction]] = (Fraction(20), Fraction(200))

    code: str
    name: str
    prompt: str

    def parse(self, raw: str) -> Value:
        """`1.70`, `170`, `170 cm`, `70 kg`; a bare number is a height, as no height reads as a weight."""
        found = re.fullmatch(r"([0-9.,]+)\s*(m|cm|kg)?", raw.strip().casefold())
        number = read_number(found[1]) if found else None
        if found is None or not isinstance(number, Number):
            raise InvalidAnswer(self.code, self._form)
        unit = found[2] or ("m" if Fraction(number.value) <= self.HEIGHT_M[1] else "cm")
        return self.accept((number.value / 100, "m") if unit == "cm" else (number.value, unit))

    def accept(self, value: object) -> Value:
        """A pair of a number and `m` or `kg`."""
        if not isinstance(value, tuple) or len(value) != 2 or value[1] not in ("m", "kg"):
            raise InvalidAnswer(self.code, self._form)
        number, unit = value
        lowest, highest = self.HEIGHT_M if unit == "m" else self.WEIGHT_KG
        is_number = isinstance(number, int | Decimal) and not isinstance(number, bool)
        if not is_number or not lowest <= Fraction(number) <= highest:
            raise InvalidAnswer(self.code, self._form)
        return f"{plain(Decimal(number))} {unit}"

    @property
    def _form(self) -> str:
        return f"{self.name}: a height as 1.70 or 170 cm, or a standard weight as 70 kg."

    def points(self, value: Value) -> Range:
        return Range.exactly(0)

    @property
    def bounds(self) -> Range:
        return Range.exactly(0)

    @property
    def most(self) -> int:
        return 0

    def describe(self, value: Value) -> str:
        text = str(value)
        return f"standard weight {text}" if text.endswith("kg") else f"height {text}"
