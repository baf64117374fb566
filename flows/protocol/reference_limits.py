"""The limits of a value: the laboratory's own, else a reference; and what a comparison with the upper one comes to."""

from collections.abc import Callable
from decimal import Decimal

from msgspec import Struct

from flows.analyte import Analyte, Reference
from flows.analytes import ANALYTES
from flows.days import day
from flows.history import Sex
from flows.quantities import plain
from flows.samples import Lab


class Upper(Struct, frozen=True):
    """A limit in the canonical unit, and whose it is."""

    value: Decimal
    whose: str


def uppers(lab: Lab, sex: Sex | None) -> tuple[Upper, ...]:
    """The limits that may be the one: none where no limit is known, two where it depends on a sex that is not."""
    if lab.upper is not None:
        return (Upper(lab.upper, "the laboratory's"),)
    return _REFERENCES[lab.analyte.code, sex]


def lowers(lab: Lab, sex: Sex | None) -> tuple[Decimal, ...]:
    """The same of the lower limit."""
    if lab.lower is not None:
        return (lab.lower,)
    return _LOWEST[lab.analyte.code, sex]


def always(lab: Lab, limits: tuple[Upper, ...], holds: Callable[[Decimal, Decimal], bool]) -> bool | None:
    """What a comparison with the limit comes to, if that is the same over everything that is open; else None."""
    outcomes = {holds(end, limit.value) for end in lab.number.ends for limit in limits}
    return outcomes.pop() if len(outcomes) == 1 else None


def told(lab: Lab, limits: tuple[Upper, ...]) -> str:
    """`ALT 150 U/L (1 May 2026; upper limit 40 U/L, the laboratory's)`."""
    bounds = " or ".join(f"{plain(each.value)} {lab.analyte.unit}, {each.whose}" for each in limits)
    return f"{lab.analyte.title} {lab} ({day(lab.on)}; upper limit {bounds or 'not known'})"


def _references(analyte: Analyte, sex: Sex | None) -> tuple[Upper, ...]:
    found = [(each.upper, each.sex, each.state) for each in _of_sex(analyte, sex) if each.upper is not None]
    return tuple(
        Upper(value, f"reference{f' for {of}' if of and sex is None else ''}, {state}") for value, of, state in found
    )


def _of_sex(analyte: Analyte, sex: Sex | None) -> list[Reference]:
    """Those of either sex where it is not known."""
    return [each for each in analyte.references if None in (each.sex, sex) or each.sex == sex]


_REFERENCES = {(analyte.code, sex): _references(analyte, sex) for analyte in ANALYTES for sex in (None, *Sex)}
_LOWEST = {
    (analyte.code, sex): tuple(each.lower for each in _of_sex(analyte, sex) if each.lower is not None)
    for analyte in ANALYTES
    for sex in (None, *Sex)
}
