"""The CDAI (Crohn's): its eight variables, its gaps, its rounding, what is refused. CLINICAL.md 1.2, D6, D10, D11."""

from decimal import Decimal
from fractions import Fraction

import pytest

from flows.errors import InvalidAnswer
from flows.instruments.cdai import CDAI
from flows.lines import parse_line
from flows.ranges import Range

# 40 + 70 + 49 + 20 + 30 + 20 + 42 + 14.2857 = 285.2857 (a published worked example).
WORKED = {
    "sex": "male",
    "stools7": 20,
    "pain7": 14,
    "wellbeing7": 7,
    "complications": ("fever",),
    "antidiarrhoeal": True,
    "mass": "questionable",
    "hct_pct": "40",
    "weight_kg": "60",
    "stature": "70 kg",
}
NOTHING = {
    "sex": "male",
    "stools7": 0,
    "pain7": 0,
    "wellbeing7": 0,
    "complications": (),
    "antidiarrhoeal": False,
    "mass": "none",
    "hct_pct": "47",
    "weight_kg": "70",
    "stature": "70 kg",
}


def total(**changed):
    return CDAI.total(NOTHING | changed)


def points(code, **changed):
    return CDAI.points(NOTHING | changed)[code]


def test_the_worked_example_adds_up():
    assert CDAI.total(WORKED) == Range.exactly(285)
    assert CDAI.points(WORKED)["weight_kg"] == Range.exactly(Fraction(100, 7))


def test_nothing_at_all_is_zero():
    assert total() == Range.exactly(0)


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("stools7", 1, 2),
        ("pain7", 1, 5),
        ("wellbeing7", 1, 7),
        ("complications", ("arthritis",), 20),
        ("complications", ("arthritis", "eye", "skin_mouth", "anal", "other_fistula", "fever"), 120),
        ("antidiarrhoeal", True, 30),
        ("mass", "questionable", 20),
        ("mass", "definite", 50),
        ("hct_pct", "46", 6),
        ("weight_kg", "69.3", 1),
    ],
)
def test_each_variable_has_its_weight(code, value, expected):
    assert total(**{code: value}) == Range.exactly(expected)


@pytest.mark.parametrize(
    ("sex", "hct", "expected"),
    [
        ("male", "46.9", Fraction("0.6")),
        ("male", "47", 0),
        ("male", "47.1", 0),
        ("female", "41.9", Fraction("0.6")),
        ("female", "42", 0),
        ("female", "42.1", 0),
        ("male", "10", 222),
        ("female", "10", 192),
    ],
)
def test_a_haematocrit_at_or_above_the_normal_one_gives_no_points(sex, hct, expected):
    assert points("hct_pct", sex=sex, hct_pct=hct) == Range.exactly(expected)


@pytest.mark.parametrize(
    ("weight", "expected"),
    [("76.99", Fraction(-699, 70)), ("77", -10), ("77.01", -10), ("140", -10)],
    ids=["just under a tenth too heavy", "a tenth", "just over", "twice"],
)
def test_the_weight_term_ends_at_minus_10(weight, expected):
    assert points("weight_kg", weight_kg=weight) == Range.exactly(expected)


def test_a_total_below_zero_is_shown_not_clamped():
    assert total(weight_kg="100") == Range.exactly(-10)
    assert CDAI.band(-10) == "remission"


@pytest.mark.parametrize(("sex", "per_square_metre"), [("male", "22.1"), ("female", "20.8")])
def test_a_standard_weight_follows_from_the_height(sex, per_square_metre):
    standard = Fraction(per_square_metre) * Fraction("1.7") ** 2
    expected = 100 * (1 - Fraction(60) / standard)

    assert points("weight_kg", sex=sex, weight_kg="60", stature="1.7 m") == Range.exactly(expected)


@pytest.mark.parametrize(
    ("weight", "rounded"),
    [("69.6511", 0), ("69.65", 1), ("69.6499", 1)],
    ids=["0.4984", "exactly 0.5", "0.5001"],
)
def test_the_total_is_rounded_half_up_once(weight, rounded):
    assert total(weight_kg=weight) == Range.exactly(rounded)


def test_four_days_of_a_diary_stand_for_seven_exactly():
    assert points("stools7", stools7="3,3,3,3,-,-,-") == Range.exactly(42)
    assert points("wellbeing7", wellbeing7="1,2,1,2,-,-,-") == Range.exactly(Fraction("73.5"))
    assert points("pain7", pain7="1,1,1,1,1,2,-") == Range.exactly(5 * Fraction(49, 6))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("1,1,1,-,-,-,-", Range(15, 75)),
        ("1,1,1,1,-,-,-", Range.exactly(35)),
        ("-,-,-,-,-,-,-", Range(0, 105)),
    ],
    ids=["three days leave the rest open", "four days are enough", "no day is no sum"],
)
def test_fewer_than_four_days_leave_a_diary_open(days, expected):
    assert points("pain7", pain7=days) == expected


def test_stools_have_no_upper_bound_while_days_are_missing():
    assert points("stools7", stools7="9,9,9,-,-,-,-") == Range(54, None)
    assert CDAI.total({}).highest is None


@pytest.mark.parametrize("code", [code for code in CDAI.codes if code not in ("sex", "stature")])
def test_a_missing_variable_leaves_the_total_open(code):
    found = CDAI.total({**WORKED, code: None})

    assert not found.is_exact
    assert found.lowest <= 285
    assert found.highest is None or found.highest >= 285


def test_without_the_sex_both_are_tried():
    assert total(sex=None, hct_pct="40") == Range(12, 42)


@pytest.mark.parametrize(("sex", "most"), [("female", 192), ("male", 222), (None, 222)])
def test_an_unknown_haematocrit_is_no_lower_than_the_lowest_plausible_one(sex, most):
    """6 points for each per cent from 10 up to 42, or 47."""
    assert points("hct_pct", sex=sex, hct_pct=None) == Range(0, most)


def test_without_a_standard_weight_the_weight_says_little():
    assert total(stature=None) == Range(-10, 100)


@pytest.mark.parametrize(
    ("reached", "band"),
    [(149, "remission"), (150, "mild"), (219, "mild"), (220, "moderate"), (450, "moderate"), (451, "severe")],
)
def test_cdai_bands(reached, band):
    assert CDAI.band(reached) == band


@pytest.mark.parametrize(
    ("code", "accepted", "refused"),
    [
        ("stools7", [0, 98, 100, 300], [-1, 99, 301, 999, True, "5", 2.0]),
        ("pain7", [0, 21], [-1, 22]),
        ("wellbeing7", [0, 28], [-1, 29]),
        ("hct_pct", [10, 65], [9, 66, True, "40"]),
        ("weight_kg", [20, 99, 350], [0, 19, 351]),
    ],
)
def test_values_out_of_range_are_refused_not_clamped(code, accepted, refused):
    item = CDAI.item(code)

    assert [item.points(item.accept(value)) is not None for value in accepted] == [True] * len(accepted)
    for value in refused:
        with pytest.raises(InvalidAnswer):
            item.accept(value)


@pytest.mark.parametrize(
    "days", [[4, 0, 0, 0, 0, 0, 0], [1] * 6, [1] * 8, [1, 1, 1, 1, 1, 1, "1"], [-1, 0, 0, 0, 0, 0, 0], [True] * 7]
)
def test_a_diary_has_seven_days_in_their_range(days):
    with pytest.raises(InvalidAnswer):
        CDAI.item("pain7").accept(days)


@pytest.mark.parametrize("given", ["0.41", "0,41", "0.41 %"])
def test_a_haematocrit_given_as_a_fraction_is_asked_about(given):
    with pytest.raises(InvalidAnswer, match=r"a fraction\? 41 %"):
        CDAI.item("hct_pct").parse(given)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1.70", "1.7 m"), ("1,7 m", "1.7 m"), ("170", "1.7 m"), ("170cm", "1.7 m"), ("70 kg", "70 kg"), ("2.5", "2.5 m")],
)
def test_a_height_is_told_from_a_standard_weight_by_its_unit(typed, kept):
    assert CDAI.item("stature").parse(typed) == kept


@pytest.mark.parametrize("typed", ["70", "0.99 m", "2.51", "19 kg", "201 kg", "tall", "1.70 inch", ""])
def test_what_is_neither_a_height_nor_a_standard_weight_is_refused(typed):
    with pytest.raises(InvalidAnswer):
        CDAI.item("stature").parse(typed)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("-0.5", "Haematocrit: a number from 10 to 65 %."),
        ("0", "Haematocrit: a number from 10 to 65 %."),
        ("0.01", "Haematocrit 0.01: a fraction? 1 % is typed as 1."),
        ("0.99", "Haematocrit 0.99: a fraction? 99 % is typed as 99."),
        ("1", "Haematocrit: a number from 10 to 65 %."),
    ],
)
def test_only_between_0_and_1_a_number_looks_like_a_fraction(given, said):
    with pytest.raises(InvalidAnswer) as refused:
        CDAI.item("hct_pct").accept(Decimal(given))

    assert str(refused.value) == said


def test_unusual_diaries_are_remarked_on():
    assert CDAI.remarks({"stools7": 140}) == []
    assert "more than 140" in CDAI.remarks({"stools7": 141})[0]
    assert "prorated" in CDAI.remarks({"pain7": "1,1,1,1,-,-,-"})[0]
    assert "at least 4 days" in CDAI.remarks({"pain7": "1,1,1,-,-,-,-"})[0]


def test_one_line_answers_everything():
    line = "male 20 14 1,1,1,1,1,1,1 fever yes questionable 40 60 70kg"

    assert CDAI.total(parse_line(CDAI, line)) == Range.exactly(285)


def test_the_parts_name_their_rules():
    parts = CDAI.parts(WORKED)

    assert parts["hct"] == Range.exactly(42)
    assert parts["hct_rule"] == "floor0"
    assert parts["weight_rule"] == "standard weight as given, floor -10"
    assert CDAI.parts(WORKED | {"stature": "1.7 m"})["weight_rule"] == "standard weight 22.1 x height², floor -10"


def test_it_is_never_called_cdai_alone():
    assert CDAI.short == "CDAI (Crohn's)"
    assert CDAI.command == "cdai"
