"""Reading numbers and days from a chart: exact, and refused rather than clamped (CLINICAL.md 1)."""

from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction


class Invalid(Exception):
    """The element cannot be taken as it stands."""


def exact(raw: object) -> Fraction:
    """DESIGN.md 5: JSON numbers or strings, read as decimals."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise Invalid(f"{raw!r} is not a number")
    try:
        number = Decimal(str(raw).strip())
    except InvalidOperation:
        raise Invalid(f"{raw!r} is not a number") from None
    if not number.is_finite():
        raise Invalid(f"{raw!r} is not finite")
    return Fraction(number)


def between(raw: object, low: int, high: int | None) -> Fraction:
    number = exact(raw)
    if number < low or (high is not None and number > high):
        raise Invalid(f"{raw!r} is outside {low}-{high}")
    return number


def whole(raw: object, low: int, high: int | None) -> int:
    number = between(raw, low, high)
    if number.denominator != 1:
        raise Invalid(f"{raw!r} is not a whole number")
    return int(number)


def day(raw: object) -> date:
    if not isinstance(raw, str) or len(raw) != 10:
        raise Invalid(f"{raw!r} is not a day")
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise Invalid(f"{raw!r} is not a day") from None


def plain(number: Fraction | int | None) -> float | int | None:
    """A number as JSON would carry it."""
    if number is None:
        return None
    number = Fraction(number)
    return int(number) if number.denominator == 1 else float(number)
