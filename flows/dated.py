"""Items that are answered by a day, by laboratory values with their days, or by a patient's code."""

from dataclasses import dataclass, field
from datetime import date

from flows.answers import Value
from flows.choices import NONE_WORDS
from flows.codes import read_code
from flows.days import day
from flows.errors import InvalidAnswer
from flows.ranges import Range
from flows.sampled import kept
from flows.sampling import DAY, read_day

AWAITING = "awaiting"
NOTHING = Range.exactly(0)


class Unscored:
    """What an item counts that has no points."""

    __slots__ = ()

    def points(self, value: Value) -> Range:
        return NOTHING

    @property
    def bounds(self) -> Range:
        return NOTHING

    @property
    def most(self) -> int:
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Unscored):
    """A day of the calendar up to today, kept as ISO.

    `offers` is the word for a day that the record gives to its form, and what that is given as.
    """

    code: str
    name: str
    prompt: str
    offers: tuple[str, str] | None = field(default=None, repr=False)

    def parse(self, raw: str) -> Value:
        """ISO, `24 May 2027`, `24.5.2027`; with slashes only where it can be one day."""
        found = DAY.fullmatch(raw.strip())
        when = read_day(found) if found else None
        if when is None:
            raise InvalidAnswer(self.code, f"{self.name}: a day as 24 May 2027, 24.5.2027 or 2027-05-24.")
        return when.isoformat()

    def accept(self, value: object) -> Value:
        return self.parse(str(value))

    def refuse_after(self, value: Value, today: date) -> None:
        """InvalidAnswer for a day that has not come yet."""
        if date.fromisoformat(str(value)) > today:
            raise InvalidAnswer(self.code, f"{self.name}: {self.describe(value)} lies after today.")

    def describe(self, value: Value) -> str:
        return day(date.fromisoformat(str(value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Unscored):
    """A patient's code with its check character."""

    code: str
    name: str
    prompt: str

    def parse(self, raw: str) -> Value:
        return self.accept(raw)

    def accept(self, value: object) -> Value:
        return read_code(str(value))

    def describe(self, value: Value) -> str:
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples(Unscored):
    """Laboratory values as `sampled` keeps them; or `awaiting`.

    What a person types is read with today's date and the patient's earlier values, so not here.
    """

    code: str
    name: str
    prompt: str

    def parse(self, raw: str) -> Value:
        said = raw.strip().casefold()
        if said in NONE_WORDS:
            return ()
        if said == AWAITING:
            return (AWAITING,)
        raise InvalidAnswer(self.code, f"{self.name}: values with their units, as CRP 4 FCP 120 µg/g ALC 1.2.")

    def accept(self, value: object) -> Value:
        """A list of values that were read before."""
        if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
            raise InvalidAnswer(self.code, f"{self.name}: values that were read.")
        return tuple(value)

    def describe(self, value: Value) -> str:
        assert isinstance(value, tuple)
        if value == (AWAITING,):
            return "awaiting result"
        return "; ".join(f"{each.shown} ({day(each.lab.on)})" for each in kept(value) if each.lab) or "none"

    def remark(self, value: Value) -> str:
        """What is to be looked at again: values that are unusual, and what was not taken."""
        if value in ((), (AWAITING,)):
            return ""
        assert isinstance(value, tuple)
        return " ".join(each.remark for each in kept(value) if each.remark)
