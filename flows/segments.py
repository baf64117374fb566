"""An item that is answered for one segment of the bowel: its four variables, or removed by surgery."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

from flows.answers import Value
from flows.choices import Choice
from flows.counts import DASHES
from flows.errors import InvalidAnswer
from flows.ranges import Range, total

ABSENT = "absent"
NORMAL = "0000"
NARROWING = "narrowing"
# The variables that are held against each other.
_COMPARED = ("ulcer_size", "ulcerated_surface", "affected_surface")
# The highest grade of narrowing, "cannot be passed", can occur once in an examination.
IMPASSABLE = 3
_ABSENT_WORDS = frozenset({ABSENT, "removed", "x"})
_NORMAL_WORDS = frozenset({"0", "normal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One of the four that are graded 0 to 3 in each segment."""

    code: str
    name: str
    short: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One segment: a grade for each variable, None where it was not assessed, or removed; not reached is no answer.

    `places` are those of the variables in an answer.

    An answer is the grades in the order of the variables, `2110` or `21-0`, or `absent`.
    """

    MOST: ClassVar[int] = 3

    code: str
    name: str
    prompt: str
    variables: tuple[Variable, ...]
    places: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {each.code: place for place, each in enumerate(self.variables)})

    def parse(self, raw: str) -> Value:
        """`normal` or `0`, `removed` or `x`, or four grades as `2110`, a dash for one that was not assessed."""
        said = re.sub(r"[\s,]+", "", raw.casefold())
        if said in _NORMAL_WORDS:
            return NORMAL
        if said in _ABSENT_WORDS:
            return ABSENT
        grades = "".join("-" if each in DASHES else each for each in said)
        if len(grades) != len(self.variables) or not re.fullmatch(r"[0-3-]*[0-3][0-3-]*", grades):
            raise InvalidAnswer(self.code, self._form)
        return grades

    def accept(self, value: object) -> Value:
        """`absent`, a grade for each variable by its code, or what was ticked as `ulcer_size:2`."""
        if value == ABSENT:
            return ABSENT
        if isinstance(value, tuple):
            return self._ticked(value)
        if not isinstance(value, dict) or not value.keys() <= self.places.keys():
            raise InvalidAnswer(self.code, self._codes)
        grades = ""
        for code in self.places:
            grade = value.get(code)
            if grade is not None and not (type(grade) is int and 0 <= grade <= self.MOST):
                raise InvalidAnswer(self.code, self._codes)
            grades += "-" if grade is None else str(grade)
        return grades

    def _ticked(self, ticks: tuple[str, ...]) -> Value:
        grades = dict(tick.split(":") for tick in ticks)
        if open_ones := [each.name.lower() for each in self.variables if each.code not in grades]:
            raise InvalidAnswer(self.code, f"{self.name}: not chosen yet: {', '.join(open_ones)}.")
        return "".join(grades[each.code] for each in self.variables)

    @property
    def _form(self) -> str:
        names = ", ".join(each.name.lower() for each in self.variables)
        return f"{self.name}: normal, removed, or four grades 0 to 3 as 2110: {names}; a dash for one not assessed."

    @property
    def _codes(self) -> str:
        names = ", ".join(each.code for each in self.variables)
        return f'{self.name}: null, "absent", or an object with 0 to 3 for each of {names}.'

    @property
    def ticks(self) -> tuple[str, ...]:
        return tuple(f"{each.code}:{choice.code}" for each in self.variables for choice in each.choices)

    def with_tick(self, ticked: tuple[str, ...], tick: str, on: bool) -> tuple[str, ...]:
        """One grade for a variable at a time."""
        variable = tick.partition(":")[0]
        others = tuple(each for each in ticked if each.partition(":")[0] != variable)
        return (*others, tick) if on else tuple(each for each in ticked if each != tick)

    def as_ticks(self, value: Value | None) -> tuple[str, ...]:
        """What was answered, as it is ticked."""
        if value is None or value == ABSENT:
            return ()
        graded = zip(self.variables, str(value), strict=True)
        return tuple(f"{each.code}:{grade}" for each, grade in graded if grade != "-")

    def grades(self, value: Value | None) -> str:
        """Of each variable a grade: a dash where it was not assessed, 0 where the segment was removed."""
        if value is None:
            return "-" * len(self.variables)
        return NORMAL if value == ABSENT else str(value)

    def points(self, value: Value) -> Range:
        return graded(self.grades(value))

    @property
    def bounds(self) -> Range:
        return Range(0, self.most)

    @property
    def most(self) -> int:
        return self.MOST * len(self.variables)

    def describe(self, value: Value) -> str:
        if value in (ABSENT, NORMAL):
            return "removed by surgery" if value == ABSENT else "normal"
        graded = zip(self.variables, str(value), strict=True)
        return ", ".join(f"{each.short.lower()} {'not assessed' if grade == '-' else grade}" for each, grade in graded)

    def remark(self, value: Value) -> str:
        """Pairs that do not go together (CLINICAL.md 1.5, policy): asked about, not refused."""
        if value in (ABSENT, NORMAL):
            return ""
        grades = {each.code: grade for each, grade in zip(self.variables, str(value), strict=True) if grade != "-"}
        size, ulcerated, affected = map(grades.get, _COMPARED)
        if size and ulcerated and (size == "0") is not (ulcerated == "0"):
            return f"{self.name}: ulcer size {size} with ulcerated surface {ulcerated}: is that meant?"
        if ulcerated and ulcerated != "0" and affected == "0":
            return f"{self.name}: ulcerated surface {ulcerated} with affected surface 0: is that meant?"
        return ""


@lru_cache(maxsize=1024)
def graded(grades: str) -> Range:
    """What some grades add up to."""
    return total([_GRADES[each] for each in grades])


# What a character of an answer scores; a dash is a grade that was not assessed.
_GRADES = {"-": Range(0, Segment.MOST), **{str(grade): Range.exactly(grade) for grade in range(Segment.MOST + 1)}}
