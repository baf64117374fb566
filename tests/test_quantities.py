"""Numbers and units as people write them, and conversion: exact, or not at all."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.analytes import ANALYTES, BY_CODE
from flows.numerals import read_number
from flows.quantities import Bound, Either, Number, Unit
from flows.units import read_unit
from tests.labdata.numbers_written import ALL
from tests.labdata.numbers_written import IN_CONTEXT as NUMBERS_IN_CONTEXT
from tests.labdata.spellings import IN_CONTEXT, REFUSED, SPELLINGS
from tests.labdata.units import CONVERSIONS, EDGES, LISTED, UNENDING, UNLISTED

SPELT = [(text, analyte, code) for code, (analytes, ways) in SPELLINGS.items() for analyte in analytes for text in ways]


def unit(analyte: str, text: str) -> Unit | None:
    return read_unit(text, BY_CODE[analyte].units)


def converted(analyte: str, value: str, given: str, wanted: str) -> Decimal:
    units = (unit(analyte, given), unit(analyte, wanted))
    assert None not in units
    return BY_CODE[analyte].convert(Decimal(value), *units)


def as_permitted(text: str) -> Number | None:
    """A permitted outcome as a number; None for a word."""
    found = re.fullmatch(r"(<=|>=|<|>|)([0-9.]+(?:e[0-9]+)?)", text)
    return Number(Decimal(found[2]), Bound(found[1])) if found else None


def outcome(text: str) -> Number | str:
    match read_number(text):
        case None:
            return "refuse"
        case Either():
            return "ask"
        case number:
            return number


@pytest.mark.parametrize(("analyte", "value", "given", "wanted", "expected"), CONVERSIONS)
def test_every_conversion_is_exact(analyte, value, given, wanted, expected):
    assert converted(analyte, value, given, wanted) == Decimal(expected)


@pytest.mark.parametrize(("analyte", "value", "given", "wanted", "top", "bottom", "shown"), UNENDING)
def test_a_quotient_that_does_not_end_keeps_its_digits(analyte, value, given, wanted, top, bottom, shown):
    exact = Fraction(top) / Fraction(bottom)
    found = converted(analyte, value, given, wanted)

    assert abs(Fraction(found) / exact - 1) < Fraction(1, 10**26)
    assert found.quantize(Decimal("1e-12")) == Decimal(shown)


@pytest.mark.parametrize(("analyte", "value", "given", "threshold", "side", "where"), EDGES)
def test_a_converted_value_stays_on_its_side_of_a_limit(analyte, value, given, threshold, side, where):
    found = converted(analyte, value, given, BY_CODE[analyte].unit.code)

    assert (found > Decimal(threshold)) - (found < Decimal(threshold)) == ["below", "at", "above"].index(side) - 1


@pytest.mark.parametrize(("analyte", "value", "given", "wanted", "expected", "who"), UNLISTED)
def test_a_unit_that_is_not_listed_is_refused_or_means_what_it_says(analyte, value, given, wanted, expected, who):
    if unit(analyte, given):
        assert converted(analyte, value, given, wanted) == Decimal(expected)


def test_the_units_of_every_analyte_are_those_of_the_specification():
    # Millions of cubic millimetres are litres: /mm3 is a way of writing /µL.
    # Thousands per µL are listed for the neutrophils only; the identity holds for every count.
    listed = {code: {unit for unit in units if unit != "/mm3"} for code, units in LISTED.items()}
    for code in ("wbc", "platelets", "alc"):
        listed[code].add("10*3/uL")

    assert {each.code: {unit.code for unit in each.units} for each in ANALYTES} == listed
    assert {each.code: each.unit.code for each in ANALYTES} == {code: units[0] for code, units in LISTED.items()}


@pytest.mark.parametrize(("text", "analyte", "code"), SPELT)
def test_every_spelling_of_a_unit_is_understood(text, analyte, code):
    assert unit(analyte, text).code == ("/uL" if code == "/mm3" else code)


@pytest.mark.parametrize(("text", "analyte", "code"), IN_CONTEXT)
def test_what_letters_mean_depends_on_the_analyte(text, analyte, code):
    found = unit(analyte, text)

    assert (found.code if found else "ask") == code


@pytest.mark.parametrize(("text", "analyte", "kind", "why"), REFUSED)
def test_what_is_no_unit_of_an_analyte_is_never_converted(text, analyte, kind, why):
    assert unit(analyte, text) is None


@pytest.mark.parametrize(("text", "permitted", "note"), ALL, ids=[repr(text[:20]) for text, *_ in ALL])
def test_a_number_is_read_exactly_or_not_at_all(text, permitted, note):
    found = outcome(text)

    assert found in permitted if isinstance(found, str) else found in [as_permitted(each) for each in permitted]


@pytest.mark.parametrize(("analyte", "given", "text", "permitted", "note"), NUMBERS_IN_CONTEXT)
def test_a_number_is_never_read_as_what_its_context_excludes(analyte, given, text, permitted, note):
    """One of two readings must be permitted; which one `weigh` takes is tested with it."""
    found = read_number(text)
    readings = {found.decimal, found.grouped} if isinstance(found, Either) else {found}

    assert readings & {as_permitted(each) for each in permitted} or "ask" in permitted


def test_more_digits_than_a_conversion_keeps_are_no_number():
    assert read_number("1" * 15) == Number(Decimal("1" * 15))
    assert read_number("1" * 16) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("<0", None), ("<0.1", Number(Decimal("0.1"), Bound.BELOW)), ("<=0", Number(Decimal(0), Bound.AT_MOST)),
     (">0", Number(Decimal(0), Bound.ABOVE)), ("0", Number(Decimal(0)))],
)  # fmt: skip
def test_only_below_nothing_there_is_nothing(text, found):
    assert read_number(text) == found


def test_a_value_in_its_canonical_unit_is_kept_to_the_last_digit():
    """More digits than a product would keep."""
    value, scale = Decimal("1." + "1234567890" * 3), BY_CODE["crp"].scale(unit("crp", "mg/L"))

    assert scale.to_canonical(value) == value


def test_both_readings_of_a_mark_are_shown():
    assert str(read_number("<1,234")) == "<1.234 or <1234"


def test_a_text_of_over_forty_characters_is_no_unit():
    assert unit("crp", "mg/L".ljust(40)).code == "mg/L"
    assert unit("crp", "mg/L".ljust(41)) is None


@given(st.text(max_size=60))
def test_no_text_stops_the_reading(text):
    number = read_number(text)

    assert number is None or isinstance(number, Number | Either)
    assert read_unit(text, BY_CODE["crp"].units) in {None, *BY_CODE["crp"].units}


@given(st.decimals(0, 10**9, places=4), st.sampled_from(ANALYTES), st.data())
def test_a_value_survives_the_way_there_and_back(value, analyte, data):
    given, wanted = (data.draw(st.sampled_from(analyte.units)) for _ in range(2))
    there = analyte.convert(value, given, wanted)

    assert abs(analyte.convert(there, wanted, given) - value) <= value * Decimal("1e-24")


@given(st.decimals(0, 10**9, places=3))
def test_what_is_written_plainly_is_read_back(value):
    found = read_number(str(Number(value)))

    assert (found.decimal if isinstance(found, Either) else found).value == value


@pytest.mark.parametrize(
    ("bound", "ends"),
    [
        (Bound.EXACT, (5, 5)),
        (Bound.BELOW, (0, Decimal(5).next_minus())),
        (Bound.AT_MOST, (0, 5)),
        (Bound.ABOVE, (Decimal(5).next_plus(), Decimal("Infinity"))),
        (Bound.AT_LEAST, (5, Decimal("Infinity"))),
    ],
)
def test_a_censored_number_ends_at_its_bound(bound, ends):
    found = Number(Decimal(5), bound).ends

    assert (found[0], found[-1]) == ends
