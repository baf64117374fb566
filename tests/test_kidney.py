"""eGFR: the laboratory's own goes first, what is computed is an interval, and nothing is rounded before a limit."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from flows.analytes import BY_CODE
from flows.chart import Chart
from flows.history import UNKNOWN_HISTORY, History, Sex
from flows.numerals import read_number
from flows.protocol.kidney import ckd_epi_2021, egfr
from flows.questionnaire import Disease
from flows.samples import Lab

TODAY = date(2026, 6, 1)
FEMALE, MALE = Sex.FEMALE, Sex.MALE
UMOL_L = 88.42


def lab(code, value, on=TODAY):
    return Lab(analyte=BY_CODE[code], on=on, number=read_number(value), given=value)


def chart(*labs, **facts):
    return Chart(disease=Disease.CROHNS, labs=labs, **facts)


def classes(value, code="egfr", **facts):
    return egfr(chart(lab(code, value), **facts), TODAY).classes


# The calculator of the National Kidney Foundation and four-decimal values, as published in the tests of the R package
# admiral; the example of kidney.org; whole values as published elsewhere.
@pytest.mark.parametrize(
    ("creatinine", "age", "sex", "published", "places"),
    [
        (1.09, 55, MALE, 80, 0),
        (85 / UMOL_L, 65, FEMALE, 66, 0),
        (96.3 / UMOL_L, 55, MALE, 80.2293, 4),
        (70 / UMOL_L, 52, FEMALE, 89.7175, 4),
        (77 / UMOL_L, 67, MALE, 94.5453, 4),
        (65 / UMOL_L, 76, FEMALE, 84.4646, 4),
        (1.2, 55, MALE, 71, 0),
        (0.8, 70, MALE, 95.2, 1),
        (1.0, 50, FEMALE, 68.6, 1),
        (1.5, 90, MALE, 44, 0),
        (1.5, 90, FEMALE, 33, 0),
    ],
)
def test_ckd_epi_2021_gives_the_published_values(creatinine, age, sex, published, places):
    assert round(ckd_epi_2021(creatinine, age, sex), places) == published


@pytest.mark.parametrize(
    ("creatinine", "sex", "by_hand"),
    [(0.35, FEMALE, 132.4), (0.45, MALE, 136.5)],  # 142 × 2^0.241 × 0.9938^40 × 1.012, and 142 × 2^0.302 × 0.9938^40
)
def test_of_half_its_limit_the_exponent_is_the_lower_one(creatinine, sex, by_hand):
    assert round(ckd_epi_2021(creatinine, 40, sex), 1) == by_hand


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("14.9", (True, False, False)), ("15", (False, True, False)), ("15.1", (False, True, False)),
        ("29.9", (False, True, False)), ("30", (False, False, True)), ("30.1", (False, False, True)),
        (">60", (False, False, True)), (">=30", (False, False, True)), ("<15", (True, False, False)),
        ("<20", (True, True, False)), (">20", (False, True, True)),
    ],
)  # fmt: skip
def test_the_limits_are_15_and_30_and_strict(value, expected):
    """Failure, severe impairment, neither; a censored value decides only if all of it does."""
    assert classes(value) == expected


def test_a_birth_year_leaves_an_interval_of_a_year():
    found = egfr(chart(lab("creatinine", "2.0"), birth_year=1966, sex=MALE), TODAY)

    assert (found.lowest, found.highest) == (ckd_epi_2021(2.0, 60, MALE), ckd_epi_2021(2.0, 59, MALE))
    assert found.text == "eGFR 37.5 to 37.7 by CKD-EPI 2021 from creatinine 2 mg/dL, 1 Jun 2026"
    assert found.missing == ()


def test_an_unknown_sex_leaves_both():
    found = egfr(chart(lab("creatinine", "2.2"), birth_year=1966), TODAY)

    assert (found.lowest, found.highest) == (ckd_epi_2021(2.2, 60, FEMALE), ckd_epi_2021(2.2, 59, MALE))
    assert found.classes == (False, True, True)
    assert found.missing == ("sex",)


def test_an_unknown_age_leaves_every_age_of_an_adult():
    found = egfr(chart(lab("creatinine", "1.0"), sex=MALE), TODAY)

    assert (found.lowest, found.highest) == (ckd_epi_2021(1.0, 110, MALE), ckd_epi_2021(1.0, 18, MALE))
    assert found.missing == ("birth year",)


def test_age_is_that_of_the_day_of_sampling():
    old = date(2006, 6, 1)
    found = egfr(chart(lab("creatinine", "2.0", old), birth_year=1966, sex=MALE), TODAY)

    assert found.highest == ckd_epi_2021(2.0, 39, MALE)


def test_of_a_child_nothing_is_computed():
    assert egfr(chart(lab("creatinine", "1.0"), birth_year=2010, sex=MALE), TODAY) is None
    assert egfr(chart(lab("creatinine", "1.0"), birth_year=2009, sex=MALE), TODAY) is None


def test_of_who_may_be_18_it_is_computed_as_of_an_adult():
    found = egfr(chart(lab("creatinine", "1.0"), birth_year=2008, sex=MALE), TODAY)

    assert found.lowest == found.highest == ckd_epi_2021(1.0, 18, MALE)


@pytest.mark.parametrize(
    ("creatinine", "facts", "says"),
    [
        ("2.0", {"birth_year": 1966}, "28 to 37.7"),  # two ages of two sexes: the least and the most
        ("9", {"birth_year": 1966}, "4.6 to 6.2"),  # the two lowest are written alike
        ("15", {"birth_year": 1966, "sex": MALE}, "3.3"),
        ("<0.9", {"birth_year": 1966, "sex": MALE}, "97.7 or more"),
        ("<0.9", {"birth_year": 1966}, "73.1 or more"),
        ("<=0", {"birth_year": 1966, "sex": MALE}, "not limited"),
    ],
)
def test_an_interval_is_written_from_its_least_to_its_most(creatinine, facts, says):
    assert egfr(chart(lab("creatinine", creatinine), **facts), TODAY).text.startswith(f"eGFR {says} by CKD-EPI 2021")


def test_a_censored_creatinine_leaves_an_open_interval():
    low = egfr(chart(lab("creatinine", "<0.4"), birth_year=1966, sex=MALE), TODAY)
    high = egfr(chart(lab("creatinine", ">9"), birth_year=1966, sex=MALE), TODAY)

    assert low.classes == (False, False, True)
    assert "or more" in low.text
    assert high.classes == (True, False, False)


def test_the_laboratory_goes_before_what_is_computed_and_both_before_the_history():
    history = History(egfr=Decimal(85))
    both = chart(lab("egfr", "28"), lab("creatinine", "2.4"), birth_year=1966, sex=MALE, history=history)
    computed = chart(lab("creatinine", "2.4"), birth_year=1966, sex=MALE, history=history)

    assert egfr(both, TODAY).text == "eGFR 28, 1 Jun 2026"
    assert egfr(computed, TODAY).text.startswith("eGFR 30.")
    assert egfr(chart(history=history), TODAY).text == "eGFR 85 from the history, day not known"


def test_a_newer_creatinine_of_another_class_makes_the_laboratorys_value_doubtful():
    old, patient = TODAY - timedelta(days=300), {"birth_year": 1966, "sex": MALE}
    found = egfr(chart(lab("egfr", "85", old), lab("creatinine", "5.0"), **patient), TODAY)
    same_class = egfr(chart(lab("egfr", "85", old), lab("creatinine", "1.0"), **patient), TODAY)
    older = egfr(chart(lab("egfr", "85"), lab("creatinine", "5.0", old), **patient), TODAY)

    assert found.classes == (True, True, True)
    assert found.text.startswith("eGFR 85, 5 Aug 2025, but eGFR 12.")
    assert same_class.text == "eGFR 85, 5 Aug 2025"
    assert older.text == "eGFR 85, 1 Jun 2026"


def test_the_newest_value_counts_and_none_of_the_future():
    labs = (
        lab("egfr", "20", TODAY - timedelta(days=2)),
        lab("egfr", "40", TODAY - timedelta(days=1)),
        lab("egfr", "10", TODAY + timedelta(days=1)),
    )

    assert egfr(chart(*labs), TODAY).lowest == 40


def test_nothing_known_is_no_normal_kidney():
    assert egfr(chart(history=UNKNOWN_HISTORY), TODAY) is None
