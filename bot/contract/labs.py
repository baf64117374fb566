"""Reading laboratory values, and writing them with their canonical unit and grade; `evaluate` has nobody to ask."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, TypeVar

from msgspec import structs

from bot.contract import values
from bot.contract.judged import iso
from bot.contract.reading import Json, Reading
from flows.analyte import Analyte
from flows.analytes import BY_CODE
from flows.days import Month
from flows.grades import GRADED, Grade
from flows.history import Sex
from flows.laboratory import AskUnit, Confirm, Measured, Refused, as_typed, weigh
from flows.numerals import read_number
from flows.protocol.baseline_values import PANELS
from flows.protocol.grading import baseline_of, grade_of
from flows.quantities import EXACT, Either, Number, Unit
from flows.samples import SAFETY_WINDOW, Lab, MonthLab, baseline, by_analyte
from flows.units import read_unit

T = TypeVar("T")
# Far above any value, and few enough digits for every product to be exact.
_TOO_MUCH = 10**12
_WRITTEN = (int, Decimal, str)
_NO_NUMBER = 'must be a number, or one with a sign as "<30"'
_MOST_ZEROS = 12
# Of these a month may stand instead of a day: as baselines they can be accepted.
_MAY_BE_ACCEPTED = PANELS["bio"].analytes
_KEYS = frozenset({"analyte", "on", "value", "unit", "upper_limit", "lower_limit"})


def read_lab(reading: Reading, where: str, given: Json) -> Lab | None:
    """One value, or nothing if any part of it is bad, or would have to be asked about. One of a month is kept apart."""
    reading.only(where, given, _KEYS)
    analyte = reading.needed(where, given, "analyte", _analyte)
    if analyte is None:
        return None
    read_day = reading.day_or_month if analyte.code in _MAY_BE_ACCEPTED else reading.past_day
    when = reading.needed(where, given, "on", read_day)
    month, on = (when, when.first) if isinstance(when, Month) else (None, when)
    lab = _lab(reading, where, analyte, given, on)
    if lab is None:
        reading.lose(analyte.code, given.get("on"))
    elif month is not None:
        reading.month_labs.append(MonthLab(**structs.asdict(lab), month=month))
        return None
    return lab


def _lab(reading: Reading, where: str, analyte: Analyte, given: Json, on: date | None) -> Lab | None:
    if on is None:
        return None
    errors = len(reading.errors)
    unit = reading.maybe(where, given, "unit", partial(_unit, analyte))
    measured = reading.needed(where, given, "value", partial(_as_written, _measured, analyte, unit))
    lower, upper = _limits(reading, where, analyte, unit or analyte.unit, given)
    if measured is None or len(reading.errors) > errors:
        return None
    number, as_given = measured
    return Lab(analyte=analyte, on=on, number=number, given=as_given, lower=lower, upper=upper)


def _limits(
    reading: Reading, where: str, analyte: Analyte, unit: Unit, given: Json
) -> tuple[Decimal | None, Decimal | None]:
    """The lower one and the upper one: seldom given."""
    if given.get("lower_limit") is None and given.get("upper_limit") is None:
        return None, None
    limit = partial(_as_written, _limit, analyte, unit)
    return reading.maybe(where, given, "lower_limit", limit), reading.maybe(where, given, "upper_limit", limit)


def _analyte(given: Any) -> Analyte:
    if not isinstance(given, str) or given not in BY_CODE:
        raise values.Unusable(f"must be one of {', '.join(BY_CODE)}")
    return BY_CODE[given]


def _unit(analyte: Analyte, given: Any) -> Unit:
    unit = read_unit(given, analyte.readable) if isinstance(given, str) else None
    if unit is None:
        raise values.Unusable(f"must be one of {', '.join(str(each) for each in analyte.units)}")
    return unit


def _as_written(read: Callable[..., T], analyte: Analyte, unit: Unit | None, given: Any) -> T:
    """What `read` makes of a number by its type and its text, which are the same few again and again."""
    if type(given) not in _WRITTEN:
        raise values.Unusable(_NO_NUMBER)
    return read(analyte.code, unit, type(given), str(given))


def _number(kind: type[Any], text: str) -> Number | Either:
    """Of a number without quotes the digits that JSON has, of text what people write."""
    if kind is str:
        read = read_number(text)
    else:
        number = Decimal(text)
        read = Number(abs(number)) if _is_measurable(number) else None
    if read is None:
        raise values.Unusable(_NO_NUMBER)
    return read


def _is_measurable(number: Decimal) -> bool:
    """Not negative, and of a size that a laboratory writes."""
    exponent = number.as_tuple().exponent
    is_written = isinstance(exponent, int) and exponent <= _MOST_ZEROS and number.adjusted() >= -_MOST_ZEROS
    return is_written and 0 <= number < _TOO_MUCH


@lru_cache(maxsize=4096)
def _measured(code: str, unit: Unit | None, kind: type[Any], text: str) -> tuple[Number, str]:
    """The value as it stands, and as it was given.

    What would have to be asked about is refused, unless its unit was given.
    """
    analyte = BY_CODE[code]
    outcome = weigh(analyte, _number(kind, text), unit)
    match as_typed(outcome, unit) or outcome:
        case Measured() as measured:
            return measured.number, f"{measured.given} {measured.unit.code}"
        case Refused(why=why):
            raise values.Unusable(why)
        case AskUnit(candidates=candidates, why=why) | Confirm(candidates=candidates, why=why):
            which = f"; which is meant, {' or '.join(str(each) for each in candidates)}?" if candidates else ""
            raise values.Unusable(f"{analyte.title}: {why}{which}")


@lru_cache(maxsize=4096)
def _limit(code: str, unit: Unit, kind: type[Any], text: str) -> Decimal:
    number = _number(kind, text)
    if isinstance(number, Either) or number.bound is not EXACT or not number.value:
        raise values.Unusable("must be a number above 0")
    return BY_CODE[code].scale(unit).to_canonical(number.value)


OF_A_MONTH = "the day is not known: a baseline once accepted, and nothing else"


def written_of_month(lab: MonthLab) -> Json:
    """As the report shows it, after those of a day: nothing is compared with it."""
    return written(lab, (lab,), None, None) | {"on": lab.month.isoformat(), "note": OF_A_MONTH}


def written(lab: Lab, labs: Sequence[Lab], first_dose: date | None, sex: Sex | None) -> Json:
    """As the report shows it."""
    graded = _grade(lab, labs, first_dose, sex) if lab.analyte.code in GRADED else None
    exact = lab.number.bound is EXACT
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


def _grade(lab: Lab, labs: Sequence[Lab], first_dose: date | None, sex: Sex | None) -> Grade | None:
    return grade_of(lab, baseline_of(lab, baseline(labs, lab.analyte.code, first_dose, SAFETY_WINDOW)), sex)
