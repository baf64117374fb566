"""The units of a clinic's laboratory, in which a value without a unit is read; what nobody has set is assumed."""

from collections.abc import Iterable, Mapping

from flows.analyte import Analyte
from flows.analytes import ANALYTES, BY_CODE
from flows.laboratory import ClinicUnits
from flows.quantities import Unit

# By the code of the analyte the code of its unit, as an owner has set it.
Chosen = Mapping[str, str]

# Where there is something to set.
CHOICES: tuple[Analyte, ...] = tuple(each for each in ANALYTES if len(each.units) > 1)
_IN_WORDS = frozenset({"platelets", "bilirubin", "cholesterol", "triglycerides", "creatinine", "albumin"})
_IN_SMALL = frozenset({"hb", "hct"})


def short(analyte: Analyte) -> str:
    """As people write it: `CRP`, `Hb`, `creatinine`."""
    if analyte.code in _IN_WORDS:
        return analyte.code
    return analyte.code.capitalize() if analyte.code in _IN_SMALL else analyte.code.upper()


def unit_of(chosen: Chosen, analyte: Analyte) -> Unit:
    """What was set, else the canonical one."""
    return next((each for each in analyte.units if each.code == chosen.get(analyte.code)), analyte.unit)


def after(analyte: Analyte, unit: Unit) -> Unit:
    """The next of its units, the first one after the last."""
    return analyte.units[(analyte.units.index(unit) + 1) % len(analyte.units)]


def readable(kept: object) -> Chosen:
    """What of it names a unit; of an analyte that we do not know nothing is said."""
    each = kept.items() if isinstance(kept, Mapping) else ()
    return {code: unit for code, unit in each if isinstance(unit, str) and _is_unit_of(code, unit)}


def _is_unit_of(code: str, unit: str) -> bool:
    return code not in BY_CODE or any(each.code == unit for each in BY_CODE[code].units)


def known(chosen: Chosen) -> ClinicUnits:
    """As a value is weighed with them."""
    return {code: (unit_of(chosen, BY_CODE[code]),) for code in chosen if code in BY_CODE}


def is_set(chosen: Chosen) -> bool:
    return all(each.code in chosen for each in CHOICES)


def units_in_words(chosen: Chosen) -> str:
    """`Without a unit: CRP mg/dL; Hb, albumin g/L.`, and what is assumed."""
    ours = [each for each in CHOICES if each.code in chosen]
    assumed = [each for each in CHOICES if each.code not in chosen]
    told = [f"Without a unit: {_by_unit(chosen, ours)}."] if ours else []
    if assumed:
        told.append(f"Assumed without a unit, not set in /settings: {_by_unit(chosen, assumed)}.")
    return " ".join(told)


def _by_unit(chosen: Chosen, analytes: Iterable[Analyte]) -> str:
    """Each unit once, behind all that are given in it."""
    by_unit: dict[Unit, list[str]] = {}
    for each in analytes:
        by_unit.setdefault(unit_of(chosen, each), []).append(short(each))
    return "; ".join(f"{', '.join(names)} {unit}" for unit, names in by_unit.items())
