"""Whether a value of the laboratory can be taken as it was typed; what is doubtful is asked, never stored silently.

In the order of CLINICAL.md section 5: ask for the unit, refuse what is out of range, ask about a jump; of a patient
without a value to jump from, about what is unusual.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from msgspec import Struct

from flows.analyte import Analyte, Doubt
from flows.quantities import Bound, Either, Number, Unit, plain
from flows.units import PERCENT

# By the code of the analyte: the units that a clinic knows, the one that it means without a word first.
ClinicUnits = Mapping[str, tuple[Unit, ...]]
# A patient's own values, canonical, the last one last; None where they are nobody's, and only looked at.
Earlier = Sequence[Number] | None


class Measured(Struct, frozen=True):
    """A value that can be stored; `number` is in the canonical unit, `given` and `unit` are as it was typed."""

    analyte: Analyte
    number: Number
    given: Number
    unit: Unit

    def __str__(self) -> str:
        return f"{self.analyte.title} {self.given} {self.unit}"


@dataclass(frozen=True, slots=True)
class AskUnit:
    """The unit is in doubt; every candidate may be stored once a person has picked it.

    `percent`: it may be a share of the leukocytes, a value only with those of the same sample, by `share`.
    """

    candidates: tuple[Measured, ...]
    why: str
    percent: Number | None = None


@dataclass(frozen=True, slots=True)
class Confirm:
    """Unusual, or to be read in two ways; every candidate may be stored once a person has picked it."""

    candidates: tuple[Measured, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What cannot be stored; `why` is a sentence that names what could be."""

    why: str


Outcome = Measured | AskUnit | Confirm | Refused


def weigh(
    analyte: Analyte,
    number: Number | Either,
    unit: Unit | None,
    earlier: Earlier = None,
    clinic: ClinicUnits | None = None,
) -> Outcome:
    """`unit` None means that none was typed."""
    known = clinic.get(analyte.code, (analyte.unit,)) if clinic else (analyte.unit,)
    if isinstance(number, Either):
        readings = (number.decimal, number.grouped)
        return _either(*(_weigh(analyte, reading, unit, earlier, known) for reading in readings))
    return _weigh(analyte, number, unit, earlier, known)


def as_typed(outcome: Outcome, unit: Unit | None) -> Measured | None:
    """What is asked about, as it was typed with its unit, where there is nobody to ask: one reading, or none."""
    if unit is None or not isinstance(outcome, AskUnit | Confirm):
        return None
    match [each for each in outcome.candidates if each.unit == unit]:
        case [only]:
            return only
        case _:
            return None


def doubt_in(outcome: Outcome) -> str:
    """Why a person is asked about it; nothing where nobody is."""
    return outcome.why if isinstance(outcome, AskUnit | Confirm) else ""


def share(percent: Number, leukocytes: Number) -> Number:
    """The count of which the leukocytes have `percent`, both exact."""
    return Number(percent.value * leukocytes.value / 100)


def _either(decimal: Outcome, grouped: Outcome) -> Outcome:
    """The one reading that can be stored, or both."""
    if isinstance(decimal, Refused):
        return grouped
    if isinstance(grouped, Refused) or (isinstance(decimal, Measured) and not isinstance(grouped, Measured)):
        return decimal
    candidates = (*_candidates(decimal), *_candidates(grouped))
    return Confirm(candidates, f"a decimal mark, or thousands: {' or '.join(map(str, candidates))}?")


def _candidates(outcome: Measured | AskUnit | Confirm) -> tuple[Measured, ...]:
    return (outcome,) if isinstance(outcome, Measured) else outcome.candidates


def _weigh(analyte: Analyte, number: Number, unit: Unit | None, earlier: Earlier, known: tuple[Unit, ...]) -> Outcome:
    if analyte.is_leukocyte_share and unit == PERCENT:
        return AskUnit((), "a per cent of the leukocytes", number)
    read = _measured(analyte, number, unit or known[0])
    why = _unit_doubt(read, unit, known)
    # No question is asked that has no plausible answer.
    if why and (plausible := tuple(_plausible(read))):
        why = why if unit or read.unit == analyte.unit else _of_other_units(why, plausible)
        percent = number if unit is None and analyte.is_leukocyte_share and number.value <= 100 else None
        return Confirm(plausible, why) if plausible == (read,) else AskUnit(plausible, why, percent)
    if not analyte.is_plausible(read.number.value):
        return Refused(out_of_range(read))
    if earlier is not None and (why := _unlikely(read, earlier[-1] if earlier else None)):
        return Confirm((read,), why)
    return read


def _measured(analyte: Analyte, given: Number, unit: Unit) -> Measured:
    scale = analyte.scale(unit)
    canonical = given if scale.is_canonical else Number(scale.to_canonical(given.value), given.bound)
    return Measured(analyte, canonical, given, unit)


def _plausible(read: Measured) -> Iterator[Measured]:
    """The number in each unit in which it can be, as it was read first, and once for units of one size."""
    seen: set[Decimal] = set()
    for unit in dict.fromkeys((read.unit, *read.analyte.units)):
        other = _measured(read.analyte, read.given, unit)
        if read.analyte.is_plausible(other.number.value) and other.number.value not in seen:
            seen.add(other.number.value)
            yield other


def _unit_doubt(read: Measured, unit: Unit | None, known: Collection[Unit]) -> str:
    """Why the unit is to be asked for, or nothing."""
    for doubt in read.analyte.doubts:
        if (unit is None or not doubt.untyped) and _concerns(doubt, read, known):
            return doubt.why
    if unit is None and not read.analyte.is_plausible(read.number.value):
        return f"not plausible in {read.unit}"
    return ""


def _of_other_units(why: str, plausible: Collection[Measured]) -> str:
    """A doubt names the unit that is suspected of who means the canonical one: of others, each that it can be in."""
    above, is_asked, _ = why.partition(": ")
    if not is_asked:
        return why
    return f"{above}: {' or '.join(str(each.unit) for each in plausible)}?" if len(plausible) > 1 else above


def _concerns(doubt: Doubt, read: Measured, known: Collection[Unit]) -> bool:
    if doubt.known:
        return doubt.known in known and doubt.concerns(read.given)
    return doubt.concerns(read.number)


def _unlikely(read: Measured, last: Number | None) -> str:
    """Why it is asked about beside the last value, or where there is none to compare with; a bound is none."""
    if read.number.bound is not Bound.EXACT:
        return ""
    return _unusual(read) if last is None or last.bound is not Bound.EXACT else _jump(read, last)


def _jump(read: Measured, last: Number) -> str:
    """How far the value is from the last one, where that is far."""
    lower, higher = sorted((read.number.value, last.value))
    if not lower:
        return ""
    ratio = higher / lower
    if not any(jump.includes(ratio) for jump in read.analyte.jumps):
        return ""
    way = "less" if last.value == higher else "more"
    return f"{ratio:.1f} times {way} than the last value, {shown(last.value)} {read.analyte.unit}"


def _unusual(read: Measured) -> str:
    """Which limits it lies outside, in the unit in which it was typed."""
    analyte = read.analyte
    if analyte.usual is None or analyte.usual[0] <= read.number.value <= analyte.usual[1]:
        return ""
    limits = " to ".join(shown(analyte.convert(each, analyte.unit, read.unit)) for each in analyte.usual)
    return f"outside the usual {limits} {read.unit}, and there is no value to compare it with"


def out_of_range(read: Measured) -> str:
    lowest, highest = (plain(limit) for limit in read.analyte.plausible)
    return f"{read}: outside the plausible {lowest} to {highest} {read.analyte.unit}."


def shown(value: Decimal) -> str:
    """As a person reads it: four digits are enough."""
    return plain(value if value == value.to_integral_value() else Decimal(f"{value:.4g}"))
