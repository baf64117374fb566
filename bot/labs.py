"""Reading laboratory values, and writing them with their canonical unit and grade; `evaluate` has nobody to ask."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from bot import values
from bot.judged import iso
from bot.reading import Json, Reading
from flows.analyte import Analyte
from flows.analytes import BY_CODE
from flows.grades import GRADED, Grade, Known, grade
from flows.laboratory import AskUnit, Confirm, Measured, Refused, as_typed, weigh
from flows.numerals import read_number
from flows.quantities import Bound, Either, Number, Unit
from flows.samples import SAFETY_WINDOW, Lab, baseline, by_analyte
from flows.units import read_unit

# Far above any value, and few enough digits for every product to be exact.
_TOO_MUCH = 10**12
_NUMERIC = (int, Decimal)
_MOST_PLACES = 12
_KEYS = frozenset({"analyte", "on", "value", "unit", "upper_limit", "lower_limit"})


def read_lab(reading: Reading, where: str, given: Json) -> Lab | None:
    """One value, or nothing if any part of it is bad, or would have to be asked about."""
    reading.only(where, given, _KEYS)
    analyte = reading.needed(where, given, "analyte", _analyte)
    if analyte is None:
        return None
    lab = _lab(reading, where, analyte, given)
    if lab is None:
        reading.lose(analyte.code, given.get("on"))
    return lab


def _lab(reading: Reading, where: str, analyte: Analyte, given: Json) -> Lab | None:
    errors = len(reading.errors)
    on = reading.needed(where, given, "on", reading.past_day)
    if on is None:
        return None
    unit = reading.maybe(where, given, "unit", partial(_unit, analyte))
    measured = reading.needed(where, given, "value", partial(_measured, analyte, unit))
    limit = partial(_limit, analyte, unit or analyte.unit)
    lower = reading.maybe(where, given, "lower_limit", limit)
    upper = reading.maybe(where, given, "upper_limit", limit)
    if measured is None or len(reading.errors) > errors:
        return None
    return Lab(
        analyte=analyte,
        on=on,
        number=measured.number,
        given=f"{measured.given} {measured.unit.code}",
        lower=lower,
        upper=upper,
    )


def _analyte(given: Any) -> Analyte:
    if not isinstance(given, str) or given not in BY_CODE:
        raise values.Unusable(f"must be one of {', '.join(BY_CODE)}")
    return BY_CODE[given]


def _unit(analyte: Analyte, given: Any) -> Unit:
    unit = read_unit(given, analyte.readable) if isinstance(given, str) else None
    if unit is None:
        raise values.Unusable(f"must be one of {', '.join(str(each) for each in analyte.units)}")
    return unit


def _number(given: Any) -> Number | Either:
    read = None
    if type(given) is int and 0 <= given < _TOO_MUCH:
        return Number(Decimal(given))
    if isinstance(given, str):
        read = read_number(given)
    elif isinstance(given, _NUMERIC) and not isinstance(given, bool) and _is_measurable(number := Decimal(given)):
        read = Number(abs(number))
    if read is None:
        raise values.Unusable('must be a number, or one with a sign as "<30"')
    return read


def _is_measurable(number: Decimal) -> bool:
    """Not negative, and of a size and a length that a laboratory writes."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and -_MOST_PLACES <= exponent <= _MOST_PLACES and 0 <= number < _TOO_MUCH


def _measured(analyte: Analyte, unit: Unit | None, given: Any) -> Measured:
    """The value as it stands; what would have to be asked about is refused, unless its unit was given."""
    outcome = weigh(analyte, _number(given), unit)
    if isinstance(outcome, Measured):
        return outcome
    match as_typed(outcome, unit) or outcome:
        case Measured() as measured:
            return measured
        case Refused(why=why):
            raise values.Unusable(why)
        case AskUnit(candidates=candidates, why=why) | Confirm(candidates=candidates, why=why):
            which = f"; which is meant, {' or '.join(str(each) for each in candidates)}?" if candidates else ""
            raise values.Unusable(f"{analyte.title}: {why}{which}")


def _limit(analyte: Analyte, unit: Unit, given: Any) -> Decimal:
    number = _number(given)
    if isinstance(number, Either) or number.bound is not Bound.EXACT or not number.value:
        raise values.Unusable("must be a number above 0")
    return analyte.scale(unit).to_canonical(number.value)


def written(lab: Lab, labs: Sequence[Lab], first_dose: date | None) -> Json:
    """As the report shows it."""
    graded = _grade(lab, labs, first_dose)
    exact = lab.number.bound is Bound.EXACT
    return {
        "analyte": lab.analyte.code,
        "on": iso(lab.on),
        "value": float(lab.number.value) if exact else str(lab.number),
        "unit": lab.analyte.unit.code,
        "given": lab.given,
        "grade": {"scale": graded.scale, "grade": graded.grade} if graded else None,
        "note": "; ".join(filter(None, (graded.note if graded else "", _twins(lab, labs)))) or None,
    }


def _twins(lab: Lab, labs: Sequence[Lab]) -> str:
    """Which of several values of one day counts."""
    of_the_day = [each for each in by_analyte(labs)[lab.analyte.code] if each.on == lab.on]
    if len(of_the_day) == 1:
        return ""
    used = "this one is used" if lab is of_the_day[-1] else "a later one in the list is used"
    return f"{len(of_the_day)} values of one day: {used}"


def _grade(lab: Lab, labs: Sequence[Lab], first_dose: date | None) -> Grade | None:
    if lab.analyte.code not in GRADED:
        return None
    before = baseline(labs, lab.analyte.code, first_dose, SAFETY_WINDOW)
    known = before.number.value if before and before is not lab and before.number.bound is Bound.EXACT else None
    return grade(lab.analyte.code, lab.number, Known(lower=lab.lower, upper=lab.upper, baseline=known))
