"""What is known of one analyte: its units, its limits, and what is asked about before it is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flows.citations import Authority
from flows.errors import DefinitionError
from flows.quantities import Number, Scale, Unit, convert
from flows.units import PERCENT


@dataclass(frozen=True, slots=True)
class Loinc:
    """A code, and whether we have seen it in a dictionary of a laboratory."""

    code: str
    verified: bool
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Limits for a laboratory that states none of its own; `state` says whether we have read them."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    sex: str | None = None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is asked about though it may be true; `low` and `high` are in the canonical unit.

    `untyped`: only of a number without a unit.
    `known`: only where the clinic knows this unit, and then `low` and `high` are of the number as it was typed.
    """

    why: str
    low: Decimal | None = None
    high: Decimal | None = None
    includes_ends: bool = True
    untyped: bool = False
    known: Unit | None = None
    authority: Authority = Authority.PRACTICE

    def concerns(self, number: Number) -> bool:
        return all(map(self._holds, number.ends))

    def _holds(self, value: Decimal) -> bool:
        above = self.low is None or value > self.low or (self.includes_ends and value == self.low)
        below = self.high is None or value < self.high or (self.includes_ends and value == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Jump:
    """How many times more or less than the last value is asked about; `highest` None means no end."""

    lowest: Decimal
    highest: Decimal | None = None

    def includes(self, ratio: Decimal) -> bool:
        return self.lowest <= ratio and (self.highest is None or ratio <= self.highest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analyte:
    """`names` are what people write besides the code and the title; `scales` begin with the canonical `unit`.

    `readable` are the units that are understood: a share of the leukocytes is, but is not yet a value.
    `usual`, ours: what the first value of an adult with active disease hardly ever lies outside; None where there is
    no such limit, as of CRP and calprotectin.
    """

    code: str
    title: str
    names: tuple[str, ...]
    scales: tuple[Scale, ...]
    loinc: tuple[Loinc, ...]
    plausible: tuple[Decimal, Decimal]
    doubts: tuple[Doubt, ...] = ()
    usual: tuple[Decimal, Decimal] | None = None
    jumps: tuple[Jump, ...]
    references: tuple[Reference, ...] = ()
    is_leukocyte_share: bool = False
    unit: Unit = field(init=False, repr=False, compare=False)
    units: tuple[Unit, ...] = field(init=False, repr=False, compare=False)
    readable: tuple[Unit, ...] = field(init=False, repr=False, compare=False)
    _scales: Mapping[str, Scale] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        units = tuple(scale.unit for scale in self.scales)
        object.__setattr__(self, "unit", units[0])
        object.__setattr__(self, "units", units)
        object.__setattr__(self, "readable", (*units, PERCENT) if self.is_leukocyte_share else units)
        object.__setattr__(self, "_scales", {scale.unit.code: scale for scale in self.scales})
        if self.scales[0] != Scale(self.unit) or len(set(self.units)) < len(self.scales):
            raise DefinitionError(f"{self.code}: the first unit is canonical, and none is named twice")
        if not self.plausible[0] < self.plausible[1]:
            raise DefinitionError(f"{self.code}: an empty plausible range")
        if self.usual and not self.plausible[0] <= self.usual[0] < self.usual[1] <= self.plausible[1]:
            raise DefinitionError(f"{self.code}: what is usual is plausible")

    @property
    def spellings(self) -> frozenset[str]:
        """Every name that is read, without case."""
        return frozenset(name.casefold() for name in (self.code, self.title, *self.names))

    @property
    def offer(self) -> str:
        """A sentence for who gave another unit."""
        return f"{self.title} is given in {' or '.join(unit.text for unit in self.units)}."

    def scale(self, unit: Unit) -> Scale:
        return self._scales[unit.code]

    def convert(self, value: Decimal, given: Unit, wanted: Unit) -> Decimal:
        return convert(value, self.scale(given), self.scale(wanted))

    def is_plausible(self, canonical: Decimal) -> bool:
        lowest, highest = self.plausible
        return lowest <= canonical <= highest


def known_once(analytes: Iterable[Analyte]) -> tuple[Analyte, ...]:
    """The analytes, if no name is that of two of them."""
    every = tuple(analytes)
    names = [name for each in every for name in each.spellings]
    if len(set(names)) < len(names):
        raise DefinitionError(f"names of two analytes: {sorted({name for name in names if names.count(name) > 1})}")
    return every
