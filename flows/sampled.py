"""Laboratory values as a form keeps them, each as JSON: written, read back, and settled where one was in doubt."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from flows.analyte import Analyte
from flows.analytes import BY_CODE
from flows.laboratory import Measured
from flows.numerals import exact, read_number
from flows.quantities import Number, Unit
from flows.samples import Lab

Json = dict[str, Any]
NONE = "none"
_LIMITS = ("lower_limit", "upper_limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What stands in one place: a value, or what could not be taken as it stood; `readings` are what it may be.

    `of` is the value in doubt, and `is_named` that somebody was told before the others count without it.
    `told` is the value as it was typed, in the words of the `evaluate` contract; `shown` as a person reads it.
    """

    place: int
    lab: Lab | None
    remark: str
    readings: tuple[Lab, ...]
    is_open: bool
    of: str = ""
    is_named: bool = False
    told: Mapping[str, str] = field(default_factory=dict)
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Those that stand beside a value, in its unit."""

    lower: Decimal | None = None
    upper: Decimal | None = None

    def canonical(self, analyte: Analyte, unit: Unit) -> dict[str, Decimal | None]:
        """As a value has them."""
        scale = analyte.scale(unit)
        both = {"lower": self.lower, "upper": self.upper}
        return {name: None if limit is None else scale.to_canonical(limit) for name, limit in both.items()}


def lab_of(measured: Measured, on: date, limits: Limits) -> Lab:
    """What was typed as a value of a day."""
    return Lab(
        analyte=measured.analyte,
        on=on,
        number=measured.number,
        given=f"{measured.given} {measured.unit}",
        **limits.canonical(measured.analyte, measured.unit),
    )


def sample(measured: Measured, on: date, limits: Limits, remark: str | None = None, *, is_dated: bool = True) -> Json:
    """A value with its day and its limits, each as it was typed; `remark` is what to look at before it counts.

    `is_dated`: its day was told, and stays what it is.
    """
    lab = lab_of(measured, on, limits)
    given = "" if lab.given == str(lab) else f", given {lab.given}"
    written: Json = {
        "analyte": lab.analyte.code,
        "on": on.isoformat(),
        "value": exact(measured.given),
        "unit": measured.unit.code,
        "lower_limit": None if limits.lower is None else str(limits.lower),
        "upper_limit": None if limits.upper is None else str(limits.upper),
        "given": lab.given,
        "shown": f"{lab.analyte.title} {lab}{given}",
    }
    written |= {} if is_dated else {"undated": True}
    return written if remark is None else written | {"remark": remark}


def doubt(remark: str, of: str, readings: Iterable[Json]) -> Json:
    """What could not be taken, why, and what it may be."""
    return {"remark": remark, "of": of, "readings": list(readings)}


def waiting(codes: Sequence[str]) -> Json:
    """Analytes of which the result was said to be awaited: nothing of that is open."""
    return {"awaited": list(codes)}


def awaited_in(values: Iterable[str]) -> list[str]:
    """The analytes, by code, of which somebody said that the result is awaited."""
    return [code for each in values for code in json.loads(each).get("awaited", ())]


def undated(values: Iterable[str]) -> list[str]:
    """The titles of the analytes of which there is a value, or a reading of one, whose day nobody has told."""
    found = [each for one in map(json.loads, values) for each in (one, *one.get("readings", ())) if each.get("undated")]
    return list(dict.fromkeys(BY_CODE[each["analyte"]].title for each in found))


def twice(values: Iterable[str]) -> str:
    """The analyte of which there are two certain values of one day, if there is one: which counts is not guessed."""
    labs = [each.lab for each in kept(values) if each.lab is not None]
    found = Counter((lab.analyte.title, lab.on) for lab in labs)
    return next((title for (title, _), count in found.items() if count > 1), "")


def dated(values: Iterable[str], on: date) -> tuple[str, ...]:
    """Those whose day nobody had told are of this one, which may still be told otherwise."""
    return as_kept(_dated(json.loads(each), on.isoformat()) for each in values)


def _dated(found: Json, on: str) -> Json:
    if "readings" in found:
        return found | {"readings": [_dated(each, on) for each in found["readings"]]}
    return found | {"on": on} if found.get("undated") else found


def as_kept(values: Iterable[Json]) -> tuple[str, ...]:
    return tuple(json.dumps(each, ensure_ascii=False) for each in values)


def kept(values: Iterable[str]) -> tuple[Kept, ...]:
    return tuple(_kept(place, json.loads(each)) for place, each in enumerate(values))


def settled(values: tuple[str, ...], place: int, choice: str) -> tuple[str, ...]:
    """The values with a doubt settled: by one of its readings, or by leaving it out. Places never change."""
    found = json.loads(values[place])
    reading = {"remark": f"Left out: {found['of']}."} if choice == NONE else found["readings"][int(choice)]
    return (*values[:place], *as_kept([reading]), *values[place + 1 :])


def named(values: Iterable[str]) -> tuple[str, ...]:
    """The values once it was said what of them is not taken."""
    found = [json.loads(each) for each in values]
    return as_kept(each | {"named": True} if "readings" in each else each for each in found)


def _kept(place: int, found: Json) -> Kept:
    return Kept(
        place=place,
        lab=_lab(found) if "analyte" in found else None,
        remark=found.get("remark", ""),
        readings=tuple(map(_lab, found.get("readings", ()))),
        is_open="readings" in found,
        of=found.get("of", ""),
        is_named=found.get("named", False),
        told={key: found[key] for key in ("value", "unit", *_LIMITS) if found.get(key)},
        shown=found.get("shown", ""),
    )


def _lab(found: Json) -> Lab:
    analyte, number = BY_CODE[found["analyte"]], read_number(found["value"])
    assert isinstance(number, Number)
    unit = next(each for each in analyte.units if each.code == found["unit"])
    lower, upper = (None if found.get(each) is None else Decimal(found[each]) for each in _LIMITS)
    return Lab(
        analyte=analyte,
        on=date.fromisoformat(found["on"]),
        number=Number(analyte.scale(unit).to_canonical(number.value), number.bound),
        given=found["given"],
        **Limits(lower=lower, upper=upper).canonical(analyte, unit),
    )
