"""Laboratory values as a form keeps them, each as JSON: read back, and settled where one was in doubt."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flows.analytes import BY_CODE
from flows.numerals import read_number
from flows.quantities import Number
from flows.samples import Lab

Json = dict[str, Any]
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What stands in one place: a value, or what could not be taken as it stood; `readings` are what it may be."""

    place: int
    lab: Lab | None
    remark: str
    readings: tuple[Lab, ...]
    is_open: bool


def kept(values: Iterable[str]) -> tuple[Kept, ...]:
    return tuple(_kept(place, json.loads(each)) for place, each in enumerate(values))


def settled(values: tuple[str, ...], place: int, choice: str) -> tuple[str, ...]:
    """The values with a doubt settled: by one of its readings, or by leaving it out. Places never change."""
    doubt = json.loads(values[place])
    reading = {"remark": f"Left out: {doubt['of']}."} if choice == NONE else doubt["readings"][int(choice)]
    return (*values[:place], json.dumps(reading, ensure_ascii=False), *values[place + 1 :])


def _kept(place: int, found: Json) -> Kept:
    return Kept(
        place=place,
        lab=_lab(found) if "analyte" in found else None,
        remark=found.get("remark", ""),
        readings=tuple(map(_lab, found.get("readings", ()))),
        is_open="readings" in found,
    )


def _lab(found: Json) -> Lab:
    analyte, number = BY_CODE[found["analyte"]], read_number(found["value"])
    assert isinstance(number, Number)
    scale = analyte.scale(next(each for each in analyte.units if each.code == found["unit"]))
    limits = (found["lower_limit"], found["upper_limit"])
    lower, upper = (None if each is None else scale.to_canonical(Decimal(each)) for each in limits)
    return Lab(
        analyte=analyte,
        on=date.fromisoformat(found["on"]),
        number=Number(scale.to_canonical(number.value), number.bound),
        given=found["given"],
        lower=lower,
        upper=upper,
    )
