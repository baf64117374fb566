"""What is taken, what is asked about and what is refused, just below, at and just above every limit."""

from dataclasses import replace
from decimal import Decimal

import pytest

from flows.analyte import Doubt, Jump, known_once
from flows.analytes import ANALYTES, BY_CODE
from flows.errors import DefinitionError
from flows.laboratory import AskUnit, Confirm, Measured, Refused, as_typed, doubt_in, share, weigh
from flows.laboratory_catalogue import STATED
from flows.numerals import read_number
from flows.quantities import Bound, Number, Scale
from flows.units import read_unit
from tests.labdata.numbers_written import IN_CONTEXT

# Typed a second time, from CLINICAL.md section 5.
PLAUSIBLE = {
    "crp": ("0", "600"),
    "fcp": ("0", "30000"),
    "hb": ("2", "25"),
    "hct": ("10", "65"),
    "anc": ("0", "60"),
    "alc": ("0", "50"),
    "wbc": ("0.1", "100"),
    "platelets": ("5", "2000"),
    "alt": ("0", "10000"),
    "ast": ("0", "10000"),
    "alp": ("0", "5000"),
    "bilirubin": ("0", "50"),
    "cpk": ("0", "200000"),
    "cholesterol": ("40", "1000"),
    "ldl": ("5", "800"),
    "hdl": ("5", "200"),
    "triglycerides": ("10", "10000"),
    "creatinine": ("0.1", "25"),
    "egfr": ("2", "200"),
    "albumin": ("0.5", "7"),
}
LOINC = {
    "crp": "1988-5 v 30522-7 v",
    "fcp": "38445-3 v",
    "hb": "718-7 v",
    "hct": "4544-3 v",
    "anc": "751-8 v",
    "alc": "731-0 v",
    "wbc": "6690-2 v",
    "platelets": "777-3 v",
    "alt": "1742-6 v",
    "ast": "1920-8 v",
    "alp": "6768-6",
    "bilirubin": "1975-2 v",
    "cpk": "2157-6 v",
    "cholesterol": "2093-3 v",
    "ldl": "13457-7 18262-6 2089-1",
    "hdl": "2085-9 v",
    "triglycerides": "2571-8",
    "creatinine": "2160-0 v",
    "egfr": "98979-8 62238-1",
    "albumin": "1751-7 v",
}
# The last value taken without a word and the first one asked about, typed with the canonical unit.
ASKED_FROM = [
    ("crp", "300", "300.1"),
    ("fcp", "10000", "10000.1"),
    ("hb", "20", "20.1"),
    ("platelets", "1000", "1000.1"),
    ("anc", "24.9", "25"),
    ("alc", "7.9", "8"),
    ("bilirubin", "5", "5.1"),
    ("creatinine", "15", "15.1"),
    ("alt", "1000", "1000.1"),
    ("ast", "1000", "1000.1"),
    ("alp", "1000", "1000.1"),
    ("cpk", "1000", "1000.1"),
    ("ldl", "15", "14.9"),
    ("hdl", "5", "4.9"),
    ("triglycerides", "10", "9.9"),
]
# Asked about by our own decision, since CLINICAL.md's range begins at 0.
ASKED_BY_POLICY = [
    ("anc", "0.05", "0.049"),
    ("alc", "0.05", "0.049"),
    ("bilirubin", "0.06", "0.059"),
    ("alt", "3", "2.9"),
    ("ast", "3", "2.9"),
    ("alp", "3", "2.9"),
    ("cpk", "3", "2.9"),
]
CLINIC_WITH_MMOL = {"hb": BY_CODE["hb"].units}


def taken(code, text, unit=None, earlier=None, clinic=None):
    analyte = BY_CODE[code]
    typed = read_unit(unit, analyte.readable) if unit else None
    before = None if earlier is None else [Number(Decimal(each)) for each in earlier]
    return weigh(analyte, read_number(text), typed, before, clinic)


def canonical(code, text, **more):
    return taken(code, text, BY_CODE[code].unit.code, **more)


def candidates(outcome):
    return [f"{each.given} {each.unit.code}" for each in outcome.candidates]


# The definitions


def test_the_loinc_codes_are_those_of_the_specification_each_with_its_state():
    """`v`: seen in a dictionary of a laboratory; the others are to be confirmed before a release."""
    assert {each.code: " ".join(f"{one.code}{' v' * one.verified}" for one in each.loinc) for each in ANALYTES} == LOINC


def test_the_loinc_codes_of_what_is_qualitative_are_to_be_confirmed():
    found = {each.says: each.source.read_in for each in STATED if "LOINC" in each.says}

    for said in (
        "HBsAg: LOINC 5196-1",
        "Anti-HBc: LOINC 16933-4",
        "HBV DNA: LOINC 42595-9",
        "Anti-HCV: LOINC 16128-1",
        "IGRA: LOINC 71774-4",
    ):
        assert found[said] is None


def test_the_ranges_are_those_of_the_specification():
    assert {each.code: each.plausible for each in ANALYTES} == {
        code: (Decimal(low), Decimal(high)) for code, (low, high) in PLAUSIBLE.items()
    }


@pytest.mark.parametrize("code", PLAUSIBLE)
def test_the_ends_of_the_plausible_range_are_not_refused(code):
    for end in PLAUSIBLE[code]:
        assert not isinstance(canonical(code, end), Refused)


@pytest.mark.parametrize("code", PLAUSIBLE)
def test_what_is_just_outside_of_the_plausible_range_is_never_taken(code):
    low, high = (Decimal(end) for end in PLAUSIBLE[code])
    outside = [high + Decimal("0.01"), *([low - Decimal("0.01")] if low else [])]

    for value in outside:
        assert isinstance(canonical(code, str(value)), Refused | AskUnit)


def test_a_refusal_names_the_range():
    assert canonical("crp", "1800").why == "CRP 1800 mg/L: outside the plausible 0 to 600 mg/L."


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"scales": BY_CODE["hb"].scales[1:]}, "hb: the first unit is canonical, and none is named twice"),
        ({"scales": (Scale(BY_CODE["hb"].unit),) * 2}, "hb: the first unit is canonical, and none is named twice"),
        ({"plausible": (Decimal(2), Decimal(2))}, "hb: an empty plausible range"),
        ({"plausible": (Decimal(3), Decimal(2))}, "hb: an empty plausible range"),
    ],
    ids=["no canonical unit", "a unit twice", "one number", "nothing"],
)
def test_an_analyte_that_contradicts_itself_cannot_be_defined(change, why):
    with pytest.raises(DefinitionError) as refusal:
        replace(BY_CODE["hb"], **change)

    assert str(refusal.value) == why


def test_two_analytes_cannot_have_one_name():
    with pytest.raises(DefinitionError) as refusal:
        known_once([BY_CODE["alt"], replace(BY_CODE["ast"], names=("GPT", "SGPT", "GOT"))])

    assert str(refusal.value) == "names of two analytes: ['gpt', 'sgpt']"


def test_a_per_cent_is_understood_only_of_what_has_a_share_in_the_leukocytes():
    assert {each.code for each in ANALYTES if read_unit("%", each.readable)} == {"anc", "alc", "hct"}


def test_what_is_asked_about_by_our_own_decision_is_marked_as_ours():
    def authorities(asked):
        return {
            doubt.authority
            for code, _, text in asked
            for doubt in BY_CODE[code].doubts
            if not doubt.untyped and doubt.concerns(read_number(text))
        }

    assert authorities(ASKED_FROM) == {"practice"}
    assert authorities(ASKED_BY_POLICY) == {"policy"}


@pytest.mark.parametrize(
    ("value", "with_ends", "without"),
    [("1.9", False, False), ("2", True, False), ("2.1", True, True), ("3.9", True, True), ("4", True, False),
     ("4.1", False, False)],
)  # fmt: skip
def test_a_doubt_includes_its_ends_or_does_not(value, with_ends, without):
    doubt = Doubt(why="", low=Decimal(2), high=Decimal(4))

    assert doubt.concerns(Number(Decimal(value))) is with_ends
    assert replace(doubt, includes_ends=False).concerns(Number(Decimal(value))) is without


@pytest.mark.parametrize(
    ("ratio", "to_an_end", "without_end"),
    [("1.9", False, False), ("2", True, True), ("3", True, True), ("4", True, True), ("4.1", False, True)],
)
def test_a_jump_begins_at_its_ratio_and_may_have_an_end(ratio, to_an_end, without_end):
    assert Jump(Decimal(2), Decimal(4)).includes(Decimal(ratio)) is to_an_end
    assert Jump(Decimal(2)).includes(Decimal(ratio)) is without_end


# What is asked about


@pytest.mark.parametrize(("code", "quiet", "asked"), ASKED_FROM + ASKED_BY_POLICY)
def test_a_question_begins_exactly_at_its_limit(code, quiet, asked):
    assert isinstance(canonical(code, quiet), Measured)
    assert isinstance(canonical(code, asked), AskUnit | Confirm)


@pytest.mark.parametrize(
    ("code", "text", "unit"),
    [
        ("hct", "0.65", "L/L"),
        ("cholesterol", "14.9", "mmol/L"),
        ("albumin", "10.1", "g/L"),
        ("hb", "135", "g/L"),
        ("platelets", "250000", "/uL"),
        ("creatinine", "71", "umol/L"),
    ],
)
def test_a_value_of_another_unit_is_asked_about_and_not_refused(code, text, unit):
    assert candidates(canonical(code, text)) == [f"{text} {unit}"]


@pytest.mark.parametrize(
    ("code", "quiet", "asked"), [("bilirubin", "2", "2.01"), ("triglycerides", "30", "29.9")], ids=str
)
def test_some_numbers_are_doubtful_only_without_a_unit(code, quiet, asked):
    assert isinstance(taken(code, quiet), Measured)
    assert isinstance(taken(code, asked), AskUnit)
    assert isinstance(canonical(code, asked), Measured)


@pytest.mark.parametrize(("text", "is_asked"), [("4.4", False), ("4.5", True), ("11", True), ("11.1", False)])
def test_haemoglobin_is_asked_about_where_the_clinic_knows_both_units(text, is_asked):
    assert isinstance(taken("hb", text, clinic=CLINIC_WITH_MMOL), AskUnit) == is_asked
    assert isinstance(taken("hb", text), Measured)
    assert isinstance(canonical("hb", text, clinic=CLINIC_WITH_MMOL), Measured)


def test_a_number_without_a_unit_is_in_the_unit_of_the_clinic():
    value = taken("hb", "118", clinic={"hb": (read_unit("g/L", BY_CODE["hb"].units),)})

    assert (value.number, value.given, value.unit.code) == (Number(Decimal("11.8")), Number(Decimal(118)), "g/L")


def test_a_per_cent_of_the_leukocytes_is_offered_as_a_share_of_them():
    assert taken("alc", "22").percent == Number(Decimal(22))
    assert taken("alc", "22", "%").percent == Number(Decimal(22))
    assert share(Number(Decimal(19)), Number(Decimal("5.9"))) == Number(Decimal("1.121"))


@pytest.mark.parametrize(
    ("typed", "unit", "percent"), [("100", None, 100), ("100.5", None, None), ("99.9", "/nL", None)]
)
def test_more_than_100_or_with_a_unit_is_no_per_cent_of_the_leukocytes(typed, unit, percent):
    found = taken("alc", typed, unit)

    assert getattr(found, "percent", None) == (percent and Number(Decimal(percent)))


def test_no_other_count_is_offered_as_a_share():
    assert taken("hb", "8", clinic=CLINIC_WITH_MMOL).percent is None


def test_of_units_of_one_size_one_is_offered():
    assert candidates(taken("alc", "22")) == ["22 10*9/L", "22 /uL"]


def test_a_clinic_with_two_units_means_the_first_without_a_word():
    assert taken("hb", "12", clinic=CLINIC_WITH_MMOL).unit.code == "g/dL"


@pytest.mark.parametrize(
    ("code", "text", "unit", "found"),
    [
        ("crp", "310", "mg/L", 310),  # asked about, and typed with its unit
        ("crp", "310", None, None),
        ("crp", "12", "mg/L", None),  # nothing to ask
        ("crp", "1000", "mg/L", None),  # refused
        ("fcp", "1.234", "µg/g", None),  # two readings of one unit
    ],
)
def test_what_is_asked_about_is_taken_as_typed_where_that_is_one_reading(code, text, unit, found):
    outcome = taken(code, text, unit)
    measured = as_typed(outcome, read_unit(unit, BY_CODE[code].units) if unit else None)

    assert (measured and measured.number.value) == found
    assert bool(doubt_in(outcome)) == isinstance(outcome, AskUnit | Confirm)


def test_a_question_offers_only_what_can_be_stored():
    for code, _, asked in ASKED_FROM + ASKED_BY_POLICY:
        for candidate in canonical(code, asked).candidates:
            assert candidate.analyte.is_plausible(candidate.number.value)


@pytest.mark.parametrize(
    ("text", "kept"), [("<0.6 mg/dL", (6, Bound.BELOW)), (">1.8 mg/dL", (18, Bound.ABOVE)), ("≤5", (5, Bound.AT_MOST))]
)
def test_a_bound_is_converted_and_kept(text, kept):
    number, _, unit = text.partition(" ")
    value = taken("crp", number, unit or None)

    assert (value.number.value, value.number.bound) == kept


@pytest.mark.parametrize(("text", "is_asked"), [(">299", False), (">300", True), ("<301", False), (">=300", False)])
def test_a_bound_is_asked_about_only_if_all_that_it_may_be_is_doubtful(text, is_asked):
    assert isinstance(canonical("crp", text), Confirm) == is_asked


@pytest.mark.parametrize(("code", "unit", "text", "permitted", "note"), IN_CONTEXT)
def test_a_mark_with_two_readings_is_decided_by_what_is_plausible_or_asked(code, unit, text, permitted, note):
    match taken(code, text, unit):
        case Measured() as value:
            assert str(value.given) in permitted
        case AskUnit() | Confirm() as question:
            # A large value is asked about as such: its number is read.
            assert "ask" in permitted or candidates(question) == [f"{permitted[0]} {unit}"]
        case Refused():
            assert "refuse" in permitted
        case other:
            pytest.fail(f"{other} is no outcome")


@pytest.mark.parametrize(
    ("code", "text", "unit", "kept"),
    [
        ("crp", "1,234", "mg/L", "1.234"),  # a thousand is not plausible
        ("cpk", "3,500", "U/L", "3.5"),  # thousands would be asked about
        ("platelets", "1,234", "10*9/L", "1234"),  # a decimal is not plausible
        ("fcp", "1,234", "ug/g", "1.234 1234"),  # both are
    ],
)
def test_of_two_readings_the_one_that_can_be_stored_without_a_word_counts_else_both_are_asked(code, text, unit, kept):
    found = taken(code, text, unit)

    assert " ".join(str(each.given) for each in getattr(found, "candidates", (found,))) == kept


def test_a_number_that_is_not_plausible_in_the_unit_that_was_not_typed_is_asked_in_the_others():
    asked = taken("hb", "1.5")

    assert (asked.why, candidates(asked)) == ("not plausible in g/dL", ["1.5 mmol/L"])
    assert isinstance(canonical("hb", "1.5"), Refused)


# Jumps


@pytest.mark.parametrize(
    ("code", "last", "quiet", "asked"),
    [
        ("hb", "10", "13.3", "13.4"),
        ("hb", "13.4", "10.1", "10"),
        ("alt", "20", "99", "100"),
        ("albumin", "2", "3.9", "4"),
        ("crp", "1", "7.9", "8"),
        ("crp", "1", "12.6", "12.5"),
        ("crp", "40", "5.1", "5"),
        ("fcp", "100", "799", "800"),
        ("fcp", "10", "7999", "8000"),
    ],
)
def test_a_jump_is_asked_about_from_its_limit_on(code, last, quiet, asked):
    assert isinstance(canonical(code, quiet, earlier=[last]), Measured)
    assert isinstance(canonical(code, asked, earlier=[last]), Confirm)


def test_only_the_last_value_counts_for_a_jump():
    assert isinstance(canonical("hb", "10", earlier=["15", "10.2"]), Measured)


def test_a_jump_from_nothing_or_from_a_censored_value_cannot_be_said():
    assert isinstance(canonical("alt", "30", earlier=["0"]), Measured)
    assert isinstance(weigh(BY_CODE["fcp"], read_number("300"), None, [read_number("<30")]), Measured)


def test_a_jump_says_how_far_and_from_where():
    assert canonical("crp", "4.1", earlier=["41"]).why == "10.0 times less than the last value, 41 mg/L"


def test_a_value_at_the_last_one_has_not_jumped_and_one_that_fell_says_less():
    assert isinstance(canonical("crp", "41", earlier=["41"]), Measured)
    assert canonical("hb", "13.4", earlier=["10"]).why == "1.3 times more than the last value, 10 g/dL"
    assert canonical("hb", "10", earlier=["13.46"]).why == "1.3 times less than the last value, 13.46 g/dL"
    assert canonical("crp", "71", earlier=["7.12345"]).why == "10.0 times more than the last value, 7.123 mg/L"


# What is unusual where nothing is known to jump from

USUAL = [
    ("hb", "5.9", "6", "20", ""),
    ("hct", "19.9", "20", "60", "60.1"),
    ("anc", "0.89", "0.9", "20", "20.01"),
    ("alc", "0.29", "0.3", "5", "5.01"),
    ("wbc", "1.99", "2", "25", "25.1"),
    ("platelets", "79", "80", "900", "901"),
    ("alt", "4.9", "5", "150", "151"),
    ("ast", "6.9", "7", "150", "151"),
    ("alp", "24", "25", "400", "401"),
    ("bilirubin", "0.14", "0.15", "3", "3.01"),
    ("cpk", "14", "15", "1000", ""),
    ("cholesterol", "69", "70", "400", "401"),
    ("ldl", "24", "25", "280", "281"),
    ("hdl", "17", "18", "130", "131"),
    ("triglycerides", "29", "30", "700", "701"),
    ("creatinine", "0.34", "0.35", "3", "3.01"),
    ("egfr", "24", "25", "160", "161"),
    ("albumin", "1.4", "1.5", "6", "6.1"),
]


@pytest.mark.parametrize(("code", "below", "lowest", "highest", "above"), USUAL)
def test_a_first_value_is_asked_about_just_outside_of_what_is_usual(code, below, lowest, highest, above):
    assert isinstance(canonical(code, lowest, earlier=[]), Measured)
    assert isinstance(canonical(code, highest, earlier=[]), Measured)
    for unusual in filter(None, (below, above)):
        assert canonical(code, unusual, earlier=[]).why.endswith("and there is no value to compare it with")
        assert isinstance(canonical(code, unusual), Measured)


def test_every_analyte_has_what_is_usual_but_those_that_the_disease_moves_tenfold():
    assert {each.code for each in ANALYTES if each.usual is None} == {"crp", "fcp"}
    assert [code for code, *_ in USUAL] == [each.code for each in ANALYTES if each.usual]


def test_an_unusual_value_beside_another_is_asked_about_only_where_it_jumped():
    assert isinstance(canonical("alt", "160", earlier=["155"]), Measured)


def test_what_is_unusual_says_the_limits_and_a_censored_value_says_too_little():
    assert (
        canonical("alt", "4", earlier=[]).why
        == "outside the usual 5 to 150 U/L, and there is no value to compare it with"
    )
    assert isinstance(canonical("alt", "<5", earlier=[]), Measured)
    assert isinstance(canonical("crp", "250", earlier=[]), Measured)


def test_it_is_so_too_beside_a_censored_value_which_says_too_little_of_a_jump():
    assert isinstance(weigh(BY_CODE["alt"], read_number("900"), None, [read_number("<5")]), Confirm)
    assert isinstance(weigh(BY_CODE["alt"], read_number("90"), None, [read_number("<5")]), Measured)
    assert isinstance(
        weigh(BY_CODE["alt"], read_number("900"), None, [read_number("<5"), read_number("800")]), Measured
    )


def test_its_limits_are_told_in_the_unit_in_which_it_was_typed():
    assert taken("creatinine", "275", "umol/L", earlier=[]).why.startswith("outside the usual 30.95 to 265.3 µmol/L")


@pytest.mark.parametrize("usual", [("0", "20"), ("3", "30"), ("5", "5")])
def test_what_is_usual_is_plausible(usual):
    lowest, highest = map(Decimal, usual)

    with pytest.raises(DefinitionError, match="usual"):
        replace(BY_CODE["hb"], usual=(lowest, highest))


def test_who_gives_another_unit_is_told_which_there_are():
    assert BY_CODE["hb"].offer == "Haemoglobin is given in g/dL or g/L or mmol/L."
