"""What is typed as an answer, how it is kept and how it is shown, item by item."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from flows.chart import Chart, Lost, Score
from flows.choices import AnyOf, Choice, OneOf
from flows.counts import Diary
from flows.errors import InvalidAnswer
from flows.instruments.cdai import CDAI
from flows.instruments.hbi import HBI
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.instruments.pro2_cd import PRO2_CD
from flows.instruments.ses_cd import SES_CD
from flows.measures import Quantity, Stature
from flows.numerals import exact
from flows.quantities import Bound, Number
from flows.questionnaire import Disease
from flows.ranges import Range, written

TODAY = date(2026, 6, 1)
CHOICES = (
    Choice("cv_event", "CV event"),
    Choice("pis", "PIs"),
    Choice("abscess", "Abscess"),
    Choice("week_2", "Visit in week 2"),
)
ONE = OneOf(code="one", name="One", prompt="Which?", choices=CHOICES)
SEVERAL = AnyOf(code="several", name="Several", prompt="Which?", choices=CHOICES)
DIARY = Diary(code="stools", name="Stools", prompt="", weight=2, most_a_day=None, most_in_all=300, warn_above=105)
WEIGHT = Quantity(
    code="weight", name="Weight", prompt="", unit="kg", example="70", lowest=Fraction(20), highest=Fraction(300)
)
ILEUM = SES_CD.items[0]
STATURE = Stature(code="stature", name="Height", prompt="")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("none", ()),
        (" No ", ()),
        ("0", ()),
        ("abscess, cv event", ("cv_event", "abscess")),
        ("Abscess", ("abscess",)),
    ],
)
def test_none_and_several_of_a_list(typed, kept):
    assert SEVERAL.parse(typed) == kept


@pytest.mark.parametrize(
    ("kept", "shown"), [((), "none"), (("abscess",), "abscess"), (("cv_event", "pis"), "CV event, PIs")]
)
def test_a_list_is_shown_in_small_letters_but_for_names_in_capitals(kept, shown):
    assert SEVERAL.describe(kept) == shown


@pytest.mark.parametrize(
    ("typed", "code"), [("visit in", "week_2"), ("event", "cv_event"), ("visit in week 2", "week_2")]
)
def test_words_name_the_one_choice_that_has_them(typed, code):
    assert ONE.parse(typed) == code


@pytest.mark.parametrize("typed", ["week 2", "2", "in", ""])
def test_a_digit_within_words_names_none(typed):
    with pytest.raises(InvalidAnswer):
        ONE.parse(typed)


@pytest.mark.parametrize(
    ("typed", "shown", "remark"),
    [
        ("21", "21 in 7 days", ""),
        ("3,3,3,3,3,3,3", "21 in 7 days", ""),
        ("3 3 3 3 - - -", "12 in 4 of 7 days, prorated", "Stools: 12 in 4 of 7 days, prorated."),
        ("3;3;3;-;-;-;-", "9 in 3 of 7 days, open: at least 4 days are needed",
         "Stools: 9 in 3 of 7 days, open: at least 4 days are needed."),
        ("105", "105 in 7 days", ""),
        ("106", "106 in 7 days", "Stools 106 in 7 days: more than 105 is unusual."),
    ],
)  # fmt: skip
def test_a_diary_says_how_many_days_it_has(typed, shown, remark):
    kept = DIARY.parse(typed)

    assert (DIARY.describe(kept), DIARY.remark(kept)) == (shown, remark)


@pytest.mark.parametrize(
    ("typed", "is_taken"),
    [("300", True), ("301", False), ("50,50,50,50,50,50,-", True), ("51,50,50,50,50,50,-", False),
     ("60,40,40,40,40,40,40", True), ("60,41,40,40,40,40,40", False)],
)  # fmt: skip
def test_the_days_of_a_diary_add_up_to_what_a_sum_may_be_and_a_gap_to_nothing(typed, is_taken):
    if is_taken:
        assert DIARY.parse(typed) is not None
        return
    with pytest.raises(InvalidAnswer) as refused:
        DIARY.parse(typed)
    assert str(refused.value).startswith("Stools: the sum of seven days, 0 to 300, or seven days (numbers) as 3,3,")


def test_a_diary_of_grades_names_them():
    with pytest.raises(InvalidAnswer) as refused:
        CDAI.item("pain7").parse("22")
    assert "the sum of seven days, 0 to 21, or seven days (0 to 3) as 3,3," in str(refused.value)


def test_the_codes_for_missing_are_no_sums_where_a_sum_may_be_that_high():
    diary = replace(DIARY, most_in_all=1000)

    assert [diary.accept(number) for number in (98, 100, 998, 1000)] == [98, 100, 998, 1000]
    for code in (99, 999):
        with pytest.raises(InvalidAnswer, match="99 and 999 are codes for missing"):
            diary.accept(code)


def test_a_count_is_shown_as_it_is():
    assert HBI.item("liquid_stools").describe(3) == "3"


@pytest.mark.parametrize(
    ("typed", "kept"), [("70", "70"), ("70.5 kg", "70.5"), ("70,5", "70.5"), ("20", "20"), ("300", "300")]
)
def test_a_quantity_is_kept_as_its_digits(typed, kept):
    assert WEIGHT.parse(typed) == kept
    assert WEIGHT.describe(kept) == f"{kept} kg"


@pytest.mark.parametrize("typed", ["<70", ">= 70", "19.9", "300.1", "1,234", "seventy", ""])
def test_what_is_no_exact_number_in_its_range_is_no_quantity(typed):
    with pytest.raises(InvalidAnswer):
        WEIGHT.parse(typed)


def test_a_quantity_that_is_counted_is_a_whole_number():
    counted = replace(WEIGHT, is_whole=True)

    assert [counted.accept(number) for number in (70, Decimal("70.0"))] == ["70", "70"]
    with pytest.raises(InvalidAnswer) as refused:
        counted.accept(Decimal("70.5"))
    assert str(refused.value) == "Weight: a whole number from 20 to 300 kg."


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("1.70", "1.7 m", "height 1.7 m"),
        ("170", "1.7 m", "height 1.7 m"),
        ("170 cm", "1.7 m", "height 1.7 m"),
        ("2.5", "2.5 m", "height 2.5 m"),
        ("70 kg", "70 kg", "standard weight 70 kg"),
    ],
)
def test_a_height_or_a_standard_weight(typed, kept, shown):
    assert STATURE.parse(typed) == kept
    assert STATURE.describe(kept) == shown


@pytest.mark.parametrize("typed", ["3", "3.5", "1.234", "..", "70"])
def test_what_no_adult_measures_is_no_stature(typed):
    with pytest.raises(InvalidAnswer):
        STATURE.parse(typed)


def test_a_stature_is_a_number_with_its_unit_from_its_lowest_to_its_highest():
    ends = [(1, "m"), (Decimal("2.5"), "m"), (20, "kg"), (200, "kg")]

    assert [STATURE.accept(end) for end in ends] == ["1 m", "2.5 m", "20 kg", "200 kg"]


@pytest.mark.parametrize(
    "given", ["70 kg", 70, (70,), (70, "kg", "kg"), (70, "lb"), ("70", "kg"), (True, "m"), (Decimal("0.99"), "m")]
)
def test_what_is_no_number_with_one_of_its_units_is_no_stature(given):
    with pytest.raises(InvalidAnswer) as refused:
        STATURE.accept(given)

    assert str(refused.value) == "Height: a height as 1.70 or 170 cm, or a standard weight as 70 kg."


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (Number(Decimal("1.234")), "1.2340"),
        (Number(Decimal("1.234"), Bound.BELOW), "<1.2340"),
        (Number(Decimal("12.5")), "12.5"),
        (Number(Decimal(1234)), "1234"),
    ],
)
def test_a_number_is_written_so_that_it_is_read_in_one_way(number, written):
    assert exact(number) == written


# What a total tells of its items


@pytest.mark.parametrize(
    ("total", "worst", "bleeding"),
    [(0, Range(0, 0), Range(0, 0)), (4, Range(2, 3), Range(0, 3)), (7, Range(3, 3), Range(1, 3)),
     (9, Range(3, 3), Range(3, 3))],
)  # fmt: skip
def test_a_total_leaves_of_its_items_what_adds_up_to_it(total, worst, bleeding):
    score = Score(questionnaire=PARTIAL_MAYO, on=TODAY, recorded_total=total)

    assert (score.worst_of(*PARTIAL_MAYO.codes), score.sum_of("rb")) == (worst, bleeding)


def test_a_total_with_places_is_taken_where_an_instrument_has_such_totals():
    lowest, highest = PRO2_CD.total_bounds

    for given in (Decimal(lowest), Decimal("7.8"), Decimal(highest)):
        assert PRO2_CD.accept_total(given) == Fraction(given)
    for refused in (Decimal(lowest) - Decimal("0.1"), Decimal(highest) + Decimal("0.1"), highest + 1, "7.8", None):
        with pytest.raises(InvalidAnswer):
            PRO2_CD.accept_total(refused)
    with pytest.raises(InvalidAnswer):
        HBI.accept_total(Decimal("4.5"))


def test_points_below_zero_of_another_item_leave_more_to_this_one():
    """The weight of a CDAI takes away up to 10 points."""
    score = Score(questionnaire=CDAI, on=TODAY, recorded_total=20)

    assert score.sum_of("wellbeing7") == Range(0, 30)


def test_the_worst_of_known_items_is_the_highest_of_them():
    score = Score(questionnaire=PARTIAL_MAYO, on=TODAY, answers={"sf": 1, "rb": 2, "pga": None})

    assert score.worst_of(*PARTIAL_MAYO.codes) == Range(2, 3)
    assert score.worst_of("sf", "rb") == Range(2, 2)


def test_what_has_no_points_of_its_own_is_missing_and_what_follows_from_it_is_not_whole():
    answers = {
        "sex": "male", "stools7": 0, "pain7": 0, "wellbeing7": 0, "complications": (), "antidiarrhoeal": False,
        "mass": "none", "hct_pct": "47", "weight_kg": "70", "stature": None,
    }  # fmt: skip
    score = Score(questionnaire=CDAI, on=TODAY, answers=answers)

    assert score.missing(*CDAI.codes) == ("weight_kg", "stature")


@pytest.mark.parametrize(("on", "names", "is_lost"), [
    (date(2026, 5, 1), ("hbi",), True), (date(2026, 6, 2), ("crp",), False), (TODAY, ("crp", "fcp"), True),
    (date(2026, 5, 1), ("fcp",), False),
])  # fmt: skip
def test_what_was_lost_may_be_as_new_as_what_is_of_its_day_or_before(on, names, is_lost):
    chart = Chart(disease=Disease.CROHNS, lost=(Lost("hbi", None), Lost("crp", TODAY)))

    assert chart.lost_since(names, on) is is_lost


# A segment of the bowel


@pytest.mark.parametrize(
    ("kept", "shown", "ticks"),
    [
        ("absent", "removed by surgery", ()),
        ("0000", "normal", ("ulcer_size:0", "ulcerated_surface:0", "affected_surface:0", "narrowing:0")),
        ("21-0", "ulcer 2, ulcerated 1, affected not assessed, narrow 0",
         ("ulcer_size:2", "ulcerated_surface:1", "narrowing:0")),
    ],
)  # fmt: skip
def test_a_segment_is_shown_and_ticked_as_it_was_answered(kept, shown, ticks):
    assert ILEUM.describe(kept) == shown
    assert ILEUM.as_ticks(kept) == ticks


def test_a_segment_without_an_answer_may_score_up_to_3_in_each_of_its_variables():
    assert SES_CD.points({})["ileum"] == Range(0, 12)


def test_a_segment_without_an_answer_has_no_ticks():
    assert ILEUM.as_ticks(None) == ()


def test_a_variable_has_one_grade_at_a_time():
    ticked = ILEUM.with_tick(("ulcer_size:2", "narrowing:0"), "ulcer_size:1", on=True)
    assert ticked == ("narrowing:0", "ulcer_size:1")
    assert ILEUM.with_tick(ticked, "ulcer_size:1", on=False) == ("narrowing:0",)


@pytest.mark.parametrize("given", [{"ulcers": 1}, {"ulcer_size": 4}, {"ulcer_size": True}, "normal", [0, 0, 0, 0]])
def test_what_is_no_segment_is_refused_with_the_keys_of_one(given):
    with pytest.raises(InvalidAnswer) as refused:
        ILEUM.accept(given)

    assert str(refused.value) == (
        'Ileum: null, "absent", or an object with 0 to 3 for each of '
        "ulcer_size, ulcerated_surface, affected_surface, narrowing."
    )


@pytest.mark.parametrize("show", [ILEUM.describe, ILEUM.as_ticks, ILEUM.remark])
def test_a_segment_with_a_grade_too_few_is_an_error_and_never_cut(show):
    with pytest.raises(ValueError, match="shorter"):
        show("211")


# What has been added up


@pytest.mark.parametrize(
    ("points", "shown"),
    [
        (3, "3"),
        (Fraction(6, 2), "3"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-1, 32), "-0.03125"),
        (Fraction(7, 125), "0.056"),
        (Fraction(100, 7), "14.29"),
        (Fraction(-2, 3), "-0.67"),
    ],
)
def test_points_are_written_exactly_where_they_end_else_with_two_places(points, shown):
    assert written(points) == shown


@pytest.mark.parametrize(
    ("instrument", "answers", "found"),
    [
        (HBI, {}, 0),
        (HBI, {"wellbeing": 2, "pain": None, "liquid_stools": 3}, 5),
        (PRO2_CD, {"sf_avg": "2.4", "ap_avg": None}, Fraction("4.8")),
        (PRO2_CD, {"sf_avg": "2.4", "ap_avg": "0.6"}, Fraction("7.8")),
    ],
)
def test_the_points_so_far_are_those_of_what_was_answered(instrument, answers, found):
    assert instrument.so_far(answers) == found
    assert type(instrument.so_far(answers)) is type(found)
