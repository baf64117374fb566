"""Items that are answered by counting: events of one day, or those of a diary of seven."""

import re
from dataclasses import dataclass
from fractions import Fraction

from flows.answers import Value
from flows.errors import InvalidAnswer
from flows.ranges import Range

_WHOLE_NUMBER = re.compile(r"[0-9]{1,6}")
DAYS = 7
_ANY_NUMBER = Range(0, None)
# Fewer days kept leave a diary open; from here on their mean stands for all seven (CLINICAL.md 1.2, policy).
DAYS_ENOUGH = 4
# What some registries write for a value that is missing.
MISSING_CODES = (99, 999)
# A telephone's keyboard turns a hyphen into any of these.
DASHES = frozenset("-–—−")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A whole number of events, a point each; unusual above one limit, refused above another."""

    code: str
    name: str
    prompt: str
    warn_above: int
    refuse_above: int

    def parse(self, raw: str) -> Value:
        text = raw.strip()
        return self.accept(int(text) if _WHOLE_NUMBER.fullmatch(text) else text)

    def accept(self, value: object) -> Value:
        if type(value) is not int or not 0 <= value <= self.refuse_above:
            raise InvalidAnswer(self.code, f"{self.name}: a whole number from 0 to {self.refuse_above}.")
        return value

    def points(self, value: Value) -> Range:
        assert isinstance(value, int)
        return Range.exactly(value)

    @property
    def bounds(self) -> Range:
        return _ANY_NUMBER

    @property
    def most(self) -> int:
        return self.refuse_above

    def describe(self, value: Value) -> str:
        return str(value)

    def remark(self, value: Value) -> str:
        """What is unusual about an answer that stands; a person is asked to look at it again."""
        assert isinstance(value, int)
        return f"{self.name} {value}: more than {self.warn_above} is unusual." if value > self.warn_above else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """Seven days: their sum, or each of them with a gap for a day that was not kept, weighted.

    An answer is the sum, or the days as `3,3,3,3,-,-,-`. A sum above `warn_above` is unusual, above `most_in_all`
    refused; `most_a_day` None means no upper bound.
    """

    code: str
    name: str
    prompt: str
    weight: int
    most_a_day: int | None
    most_in_all: int
    warn_above: int | None = None

    def parse(self, raw: str) -> Value:
        places = re.split(r"[\s,;]+", raw.strip().strip(",;"))
        if len(places) == 1:
            return self.accept(int(raw) if _WHOLE_NUMBER.fullmatch(raw.strip()) else raw)
        return self.accept([_day_of_diary(place) for place in places])

    def accept(self, value: object) -> Value:
        """A sum, or a list of seven days with None for one that was not kept."""
        if type(value) is int and 0 <= value <= self.most_in_all and value not in MISSING_CODES:
            return value
        if not isinstance(value, list | tuple) or len(value) != DAYS or not all(map(self._is_day, value)):
            raise InvalidAnswer(self.code, self._form)
        if sum(day or 0 for day in value) > self.most_in_all:
            raise InvalidAnswer(self.code, self._form)
        return ",".join("-" if day is None else str(day) for day in value)

    @property
    def _form(self) -> str:
        daily = f"0 to {self.most_a_day}" if self.most_a_day is not None else "numbers"
        return (
            f"{self.name}: the sum of seven days, 0 to {self.most_in_all}, or seven days ({daily}) as 3,3,2,-,1,0,0; "
            "99 and 999 are codes for missing."
        )

    def _is_day(self, day: object) -> bool:
        if day is None:
            return True
        highest = self.most_in_all if self.most_a_day is None else self.most_a_day
        return type(day) is int and 0 <= day <= highest

    def points(self, value: Value) -> Range:
        return self.sum_of(value).times(self.weight)

    def sum_of(self, value: Value) -> Range:
        """What seven days add up to: by the mean of four to six; of fewer the rest stays open."""
        if isinstance(value, int):
            return Range.exactly(value)
        kept = _kept(value)
        found = sum(kept)
        if len(kept) >= DAYS_ENOUGH:
            return Range.exactly(Fraction(found * DAYS, len(kept)))
        rest = DAYS - len(kept)
        return Range(found, None if self.most_a_day is None else found + rest * self.most_a_day)

    @property
    def bounds(self) -> Range:
        return Range(0, None if self.most_a_day is None else DAYS * self.most_a_day * self.weight)

    @property
    def most(self) -> int:
        return self.most_in_all * self.weight

    def describe(self, value: Value) -> str:
        if isinstance(value, int):
            return f"{value} in 7 days"
        kept = _kept(value)
        if len(kept) == DAYS:
            return f"{sum(kept)} in 7 days"
        state = "prorated" if len(kept) >= DAYS_ENOUGH else f"open: at least {DAYS_ENOUGH} days are needed"
        return f"{sum(kept)} in {len(kept)} of 7 days, {state}"

    def remark(self, value: Value) -> str:
        found = self.sum_of(value).lowest
        if self.warn_above is not None and found > self.warn_above:
            return f"{self.name} {self.describe(value)}: more than {self.warn_above} is unusual."
        if not isinstance(value, int) and len(_kept(value)) < DAYS:
            return f"{self.name}: {self.describe(value)}."
        return ""


def _day_of_diary(place: str) -> int | str | None:
    if place in DASHES:
        return None
    return int(place) if _WHOLE_NUMBER.fullmatch(place) else place


def _kept(value: Value) -> list[int]:
    assert isinstance(value, str)
    return [int(day) for day in value.split(",") if day != "-"]
