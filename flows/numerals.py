"""Numbers as people and laboratories write them, read exactly or not at all."""

import re
from decimal import Decimal

from flows.quantities import Bound, Either, Number

# No-break, thin and narrow no-break space: they join thousands; an ordinary space may also part two numbers.
THIN = "\u00a0\u2009\u202f"
# As many digits as any product with a unit's factor keeps exact.
_MOST_DIGITS = 15

_BOUNDS = {
    "": Bound.EXACT,
    "<": Bound.BELOW,
    "<=": Bound.AT_MOST,
    "≤": Bound.AT_MOST,
    ">": Bound.ABOVE,
    ">=": Bound.AT_LEAST,
    "≥": Bound.AT_LEAST,
}
_SIGNED = re.compile(r"(<=|>=|[<>≤≥]?)\s*([0-9.,].*)")
_ONE_MARK = re.compile(r"[0-9]*[.,]?[0-9]+")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}(?:([ {THIN}'’.,])[0-9]{{3}}(?:\1[0-9]{{3}})*)(?:(?!\1)[.,][0-9]+)?")


def read_number(text: str) -> Number | Either | None:
    """The number; both where a mark can be read in two ways; None where it is no number, or nothing at all."""
    signed = _SIGNED.fullmatch(text.strip())
    if signed is None or sum(character.isdigit() for character in text) > _MOST_DIGITS:
        return None
    bound, body = _BOUNDS[signed[1]], signed[2]
    if _EITHER.fullmatch(body):
        whole, thousandth = re.split(r"[.,]", body)
        return Either(Number(Decimal(f"{whole}.{thousandth}"), bound), Number(Decimal(whole + thousandth), bound))
    value = _value(body)
    if value is None or (bound is Bound.BELOW and not value):
        return None
    return Number(value, bound)


def exact(number: Number) -> str:
    """Written so that it is read in one way: `1.2340`, as `1.234` may be a thousand."""
    text = str(number)
    return f"{text}0" if isinstance(read_number(text), Either) else text


def _value(body: str) -> Decimal | None:
    if _ONE_MARK.fullmatch(body):
        return Decimal(body.replace(",", "."))
    if grouped := _GROUPED.fullmatch(body):
        return Decimal(body.replace(grouped[1], "").replace(",", "."))
    return None
