"""CTCAE version 5: just below, exactly at and just above every limit that CLINICAL.md section 5 prints."""

from decimal import Decimal

import pytest

from bot.contract.examined import examine
from flows.grades import (
    BASELINE_NORMAL,
    BASELINE_OPEN,
    BASELINE_UNKNOWN,
    BY_BASELINE,
    SCALE,
    Grade,
    GradedAgainst,
    grade,
)
from flows.history import Sex
from flows.numerals import read_number
from flows.protocol.grading import BY_REFERENCE, grade_of
from flows.quantities import Bound, Number
from tests.safetycharts import TODAY, lab


def known(**limits: str) -> GradedAgainst:
    return GradedAgainst(**{name: Decimal(value) for name, value in limits.items()})


def graded(analyte: str, text: str, **limits: str) -> int | None:
    found = grade(analyte, read_number(text), known(**limits))
    return None if found is None else found.grade


@pytest.mark.parametrize(
    ("analyte", "upper", "starts"),
    [
        ("cpk", "170", ["170", "425", "850", "1700"]),
        ("alt", "40", ["40", "120", "200", "800"]),
        ("ast", "40", ["40", "120", "200", "800"]),
        ("bilirubin", "1.2", ["1.2", "1.8", "3.6", "12"]),
        ("cholesterol", "200", ["200", "300", "400", "500"]),
        ("creatinine", "1.2", ["1.2", "1.8", "3.6", "7.2"]),
    ],
)
def test_a_grade_above_the_upper_limit_begins_just_above(analyte, upper, starts):
    for number, start in enumerate(map(Decimal, starts), start=1):
        around = [start - Decimal("0.01"), start, start + Decimal("0.01")]

        assert [graded(analyte, str(value), upper=upper) for value in around] == [number - 1, number - 1, number]


@pytest.mark.parametrize(
    ("analyte", "lower", "starts"),
    [
        ("alc", "1.2", ["1.2", "0.8", "0.5", "0.2"]),
        ("anc", "2.0", ["2.0", "1.5", "1.0", "0.5"]),
        ("hb", "12", ["12", "10", "8.0"]),
        ("platelets", "150", ["150", "75", "50", "25"]),
    ],
)
def test_a_grade_below_the_lower_limit_begins_just_below(analyte, lower, starts):
    for number, start in enumerate(map(Decimal, starts), start=1):
        around = [start + Decimal("0.01"), start, start - Decimal("0.01")]

        assert [graded(analyte, str(value), lower=lower) for value in around] == [number - 1, number - 1, number]


def test_no_haemoglobin_is_grade_4_by_its_number():
    assert graded("hb", "2.0") == 3


@pytest.mark.parametrize(
    ("value", "number"),
    [("149.9", 0), ("150", 1), ("300", 1), ("300.1", 2), ("500", 2), ("500.1", 3), ("1000", 3), ("1000.1", 4)],
)
def test_triglycerides_need_no_limit_of_the_laboratory(value, number):
    assert graded("triglycerides", value) == number


@pytest.mark.parametrize(
    ("value", "number"),
    [("89.9", 0), ("90", 1), ("180", 1), ("180.1", 2), ("300", 2), ("300.1", 3), ("1200", 3), ("1200.1", 4)],
)
def test_an_abnormal_baseline_is_what_a_transaminase_is_measured_against(value, number):
    found = grade("alt", read_number(value), known(upper="40", baseline="60"))

    assert found == Grade(number, BY_BASELINE)


@pytest.mark.parametrize(("value", "number"), [(">30", 2), ("30", 1), ("<30", 1)])
def test_what_lies_just_beside_three_times_an_abnormal_baseline_is_not_taken_for_it(value, number):
    known = GradedAgainst(upper=Decimal(8), baseline=Decimal(10))
    nearest = read_number(value).ends[0 if value.startswith(">") else -1]

    assert grade("alt", Number(nearest), known).grade == number


def test_a_baseline_at_the_upper_limit_is_normal():
    assert grade("ast", Number(Decimal(41)), known(upper="40", baseline="40")) == Grade(1)


def test_a_grade_of_a_transaminase_without_a_baseline_says_what_it_assumes():
    assert grade("alt", Number(Decimal(121)), known(upper="40")) == Grade(2, BASELINE_NORMAL)
    assert grade("alt", Number(Decimal(40)), known(upper="40")) == Grade(0)


@pytest.mark.parametrize(
    ("value", "number"),
    [("0.75", 0), ("0.76", 2), ("1.50", 2), ("1.51", 3), ("7.2", 3), ("7.21", 4)],
)
def test_creatinine_counts_its_rise_from_the_baseline_too(value, number):
    assert graded("creatinine", value, upper="1.2", baseline="0.5") == number


def test_a_grade_of_creatinine_without_a_baseline_says_so():
    assert grade("creatinine", Number(Decimal(1)), known(upper="1.2")) == Grade(0, BASELINE_UNKNOWN)
    assert grade("creatinine", Number(Decimal("7.2")), known(upper="1.2")) == Grade(3, BASELINE_UNKNOWN)
    assert grade("creatinine", Number(Decimal(8)), known(upper="1.2")) == Grade(4)


@pytest.mark.parametrize("analyte", ["cpk", "alt", "ast", "bilirubin", "creatinine"])
def test_without_the_upper_limit_a_multiple_of_it_is_not_said(analyte):
    assert graded(analyte, "9999") is None


@pytest.mark.parametrize(
    ("analyte", "beyond", "within"),
    [("alc", "0.79", "0.8"), ("anc", "1.49", "1.5"), ("hb", "9.9", "10"), ("platelets", "74", "75")],
)
def test_without_the_lower_limit_only_grade_1_is_not_said(analyte, beyond, within):
    assert graded(analyte, beyond) == 2
    assert graded(analyte, within) is None


def test_without_the_upper_limit_cholesterol_above_300_is_graded_all_the_same():
    assert graded("cholesterol", "300.1") == 2
    assert graded("cholesterol", "300") is None


@pytest.mark.parametrize("analyte", ["crp", "fcp", "wbc", "hct", "alp", "ldl", "hdl", "egfr", "albumin"])
def test_what_the_specification_does_not_grade_has_no_grade(analyte):
    assert graded(analyte, "5", lower="1", upper="2", baseline="1") is None


@pytest.mark.parametrize(
    ("analyte", "value", "number"),
    [
        ("alc", Number(Decimal("0.2"), Bound.BELOW), 4),
        ("alc", Number(Decimal("0.5"), Bound.BELOW), None),
        ("alt", Number(Decimal("800"), Bound.ABOVE), 4),
        ("alt", Number(Decimal("800"), Bound.AT_LEAST), None),
        ("alt", Number(Decimal("40"), Bound.AT_MOST), 0),
        ("alt", Number(Decimal("41"), Bound.BELOW), None),
    ],
)
def test_a_censored_value_is_graded_only_if_all_that_it_may_be_is_of_one_grade(analyte, value, number):
    found = grade(analyte, value, known(upper="40", lower="1.0", baseline="30"))

    assert (found.grade if found else None) == number


def test_the_scale_stands_with_the_grade():
    """A paper's `grade 4 lymphopenia below 0.5` is OMERACT's; here it is grade 3."""
    found = grade("alc", Number(Decimal("0.45")))

    assert (found.scale, found.grade) == (SCALE, 3) == ("CTCAE v5", 3)


# By a reference, where the laboratory states no limit


@pytest.mark.parametrize(
    ("code", "value", "number"),
    [
        ("alt", "40", 0), ("alt", "40.1", 1), ("alt", "200", 2), ("alt", "900", 4),
        ("bilirubin", "3", 2), ("bilirubin", "3.01", 3),
        ("anc", "2.0", 0), ("anc", "1.99", 1), ("alc", "1.2", 0), ("alc", "1.19", 1),
        ("creatinine", "1.3", 0), ("creatinine", "1.31", 1), ("cholesterol", "201", 1),
    ],
)  # fmt: skip
def test_without_a_limit_of_the_laboratory_a_value_is_graded_by_a_reference_and_says_so(code, value, number):
    found = grade_of(lab(code, value))

    assert found is not None
    assert (found.grade, found.note.endswith(BY_REFERENCE)) == (number, True)


@pytest.mark.parametrize(
    ("sex", "number"), [(Sex.FEMALE, 1), (Sex.MALE, 0), (None, None)], ids=["female", "male", "not known"]
)
def test_a_reference_that_depends_on_a_sex_that_is_not_known_gives_no_grade(sex, number):
    found = grade_of(lab("cpk", "150"), sex=sex)

    assert (found and found.grade) == number


def test_the_laboratorys_own_limit_goes_before_the_reference_and_is_not_remarked():
    found = grade_of(lab("alt", "50", upper="55"))

    assert found == Grade(0)


def test_a_grade_that_needs_no_limit_is_not_said_to_rest_on_one():
    assert grade_of(lab("alc", "0.4")) == Grade(3)


def test_evaluate_and_the_chat_grade_alike():
    chart = {"disease": "CD", "labs": [{"analyte": "alt", "on": "2026-05-30", "value": 900, "unit": "U/L"}]}
    (found,) = examine(chart, TODAY).written()["labs"]

    assert found["grade"] == {"scale": SCALE, "grade": 4}
    assert found["note"] == f"{BASELINE_NORMAL}; {BY_REFERENCE}"


# Against a baseline of which only a bound is known


def against(value, then, analyte="alt"):
    """The grade and its note in a report, and what the safety finding says of it."""
    unit, upper = ("mg/dL", "1.2") if analyte == "creatinine" else ("U/L", 40)
    labs = [
        {"analyte": analyte, "on": on, "value": number, "unit": unit, "upper_limit": upper}
        for on, number in (("2026-01-02", then), ("2026-05-30", value))
    ]
    said = examine({"disease": "CD", "started_on": "2026-01-05", "labs": labs}, TODAY).written()
    told = [each["why"] for each in said["safety"] if each["id"] == "guideline.ctcae_grade_3_or_4"]
    grade_now = said["labs"][1]["grade"]
    return grade_now and grade_now["grade"], said["labs"][1]["note"], "".join(told)


@pytest.mark.parametrize("analyte", ["alt", "ast"])
@pytest.mark.parametrize(
    ("then", "value", "number"),
    [
        (">80", "30", 0), (">80", "120", 0), (">80", "121", None), (">80", "1000", None),
        (">=80", "119", 0), (">=80", "120", None), (">80", "<=120", 0), (">80", "<130", None),
        ("<12", "40", 0), ("<12", "41", 1), ("<12", "900", 4), ("<=40", "41", 1),
        ("<80", "40", 0), ("<80", "41", None), ("<80", "239", None), ("<80", "401", 3), ("<80", "900", None),
        ("<100", "500", 3),
        (">30", "40", 0), (">30", "41", None),
    ],
)  # fmt: skip
def test_a_baseline_known_as_a_bound_decides_a_grade_only_where_all_that_it_may_be_does(analyte, then, value, number):
    assert against(value, then, analyte)[0] == number


@pytest.mark.parametrize(
    ("then", "value", "note"),
    [
        (">80", "120", BY_BASELINE),
        (">80", "121", None),
        ("<12", "41", None),
        ("<80", "401", BASELINE_OPEN),
    ],
    ids=["abnormal", "undecided", "normal", "abnormal or not"],
)
def test_what_such_a_grade_is_measured_against_is_said(then, value, note):
    assert against(value, then)[1] == note


def test_of_a_value_that_may_be_grade_3_against_such_a_baseline_both_ends_are_said():
    assert f"ALT 1000 U/L (30 May 2026), {SCALE} grade 0 to 3, {BY_BASELINE}" in against("1000", ">80")[2]
    assert against("121", ">80")[2] == ""
    assert f"{SCALE} grade 3, {BASELINE_OPEN}" in against("401", "<80")[2]


def test_a_censored_baseline_of_creatinine_counts_as_not_known():
    """It has no abnormal baseline: its grade by the upper limit stands, and says what it rests on."""
    assert against("1.5", "<0.5", "creatinine")[1] == BASELINE_UNKNOWN
