"""Single values of a chart as JSON gives them: read exactly, or refused with a sentence."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from flows.days import YEARS, Month
from flows.errors import InvalidAnswer
from flows.instruments import SHIPPED, current
from flows.questionnaire import Disease, Questionnaire

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Far above anything that can be counted here, and small enough to be worked with.
_DIGITS = 12
_NUMBER = re.compile(rf"[+-]?[0-9]{{1,{_DIGITS}}}(\.[0-9]{{1,{_DIGITS}}})?")
# What a binary float carries: what a program writes behind it (0.30000000000000004) was measured by nobody.
_SIGNIFICANT = 15
_BINARY = Context(prec=_SIGNIFICANT, Emax=MAX_EMAX, Emin=MIN_EMIN)
_LONGEST_TEXT = 500
_NO_DAY = "must be a day as 2026-06-01"
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_MONTH_ALONE = f"{_NO_DAY}; a month alone is taken of a score, CRP or calprotectin, as a baseline"
_DISEASES = {each.value: each for each in Disease}


class Twice:
    """Stands for a value whose key was given more than once."""


class Unusable(Exception):
    """A value that cannot be used; its text is the sentence for the errors."""


def json_decimal(text: str) -> Decimal:
    """A number of JSON with a point or an exponent: its digits, at most as many as a binary float carries."""
    found = Decimal(text)
    return found if len(text) <= _SIGNIFICANT else _BINARY.normalize(found)


def one_of(choices: Iterable[str]) -> Callable[[Any], str]:
    """A reader of one word of several."""
    every = tuple(choices)
    known = frozenset(every)

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in known:
            _refuse_twice(value)
            raise Unusable(f"must be one of {', '.join(every)}")
        return value

    return read


def member(of: type[Word]) -> Callable[[Any], Word]:
    """A reader of one word of several that have a meaning of their own."""
    every = {each.value: each for each in of}

    def read(value: Any) -> Word:
        found = every.get(value) if isinstance(value, str) else None
        if found is None:
            _refuse_twice(value)
            raise Unusable(f"must be one of {', '.join(every)}")
        return found

    return read


def whole(lowest: int, highest: int) -> Callable[[Any], int]:
    """A reader of a whole number between two."""

    def read(value: Any) -> int:
        found = plain(value)
        if type(found) is not int or not lowest <= found <= highest:
            raise Unusable(f"must be a whole number from {lowest} to {highest}")
        return found

    return read


def number(lowest: int, highest: int, unit: str = "") -> Callable[[Any], Decimal]:
    """A reader of a number between two."""

    def read(value: Any) -> Decimal:
        _refuse_twice(value)
        found = Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value
        if isinstance(found, bool) or not isinstance(found, int | Decimal) or not lowest <= found <= highest:
            raise Unusable(f"must be a number {f'of {unit} ' if unit else ''}from {lowest} to {highest}")
        return Decimal(found)

    return read


def text(value: Any) -> str:
    """A few words, never longer than a line."""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        _refuse_twice(value)
        raise Unusable(f"must be text of at most {_LONGEST_TEXT} characters")
    return value


def accepted(accept: Callable[[object], T], value: Any) -> T:
    try:
        return accept(plain(value))
    except InvalidAnswer as error:
        raise Unusable(str(error)) from error


def plain(value: Any) -> object:
    """A whole number however it is written, `3`, `3.0` or `"3"`; anything else as it is."""
    if type(value) is int:
        return value
    _refuse_twice(value)
    if isinstance(value, list):
        for each in value:
            _refuse_twice(each)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = Decimal(value)
    if isinstance(value, Decimal) and abs(value.adjusted()) < _DIGITS and value == value.to_integral_value():
        return int(value)
    return value


def _refuse_twice(value: object) -> None:
    if isinstance(value, Twice):
        raise Unusable("given more than once")


def anything(value: Any) -> Any:
    _refuse_twice(value)
    return value


def disease(value: Any) -> Disease:
    found = _DISEASES.get(value) if isinstance(value, str) else None
    if found is None:
        _refuse_twice(value)
        raise Unusable('must be "CD" or "UC"')
    return found


def day(value: Any) -> date:
    if isinstance(value, str):
        return _day(value)
    _refuse_twice(value)
    raise Unusable(_NO_DAY)


@cache
def _day(text: str) -> date:
    """A chart gives the same few days again and again; what is none is not kept."""
    if not _DAY.fullmatch(text):
        raise Unusable(_MONTH_ALONE if _MONTH.fullmatch(text) else _NO_DAY)
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise Unusable("is no day of the calendar") from error
    _in_years(found.year)
    return found


def _in_years(year: int) -> int:
    if year not in YEARS:
        raise Unusable(f"lies outside {YEARS[0]} to {YEARS[-1]}")
    return year


def month(value: Any) -> Month | None:
    """Where a month is given instead of a day; None for anything else."""
    found = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    return Month(_in_years(int(found[1])), int(found[2]))


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        _refuse_twice(value)
        raise Unusable("must be true or false")
    return value


def instrument(value: Any) -> Questionnaire:
    questionnaire = current(value) if isinstance(value, str) else None
    if questionnaire is None:
        _refuse_twice(value)
        raise Unusable(f"must be one of {', '.join(each.code for each in SHIPPED)}")
    return questionnaire
