"""The schedule of a whole patient, day by day: tables of literal dates, written from CLINICAL.md section 4."""

from datetime import date

import pytest

from flows.chart import Chart
from flows.history import History, Region, Sex
from flows.protocol.monitoring import STATED
from flows.protocol.satisfied import PARTS, is_of_laboratory, is_sampled
from flows.protocol.schedule import schedule
from flows.protocol.sources import READ_IN_GB, READ_IN_MALAYSIA
from tests.schedules import CBC, CD, LIPIDS, UC, chart, dose, due, hbi, labs, on_day, table, written

MAN = {"sex": Sex.MALE}

BASELINE = """
base_cbc    2025-12-06 2026-01-05 2026-01-05 due
base_lft    2025-12-06 2026-01-05 2026-01-05 due
base_lipid  2025-10-07 2026-01-05 2026-01-05 due
base_renal  2025-12-06 2026-01-05 2026-01-05 due
base_igra   2025-07-09 2026-01-05 2026-01-05 due
base_chest  2025-01-05 2026-01-05 2026-01-05 due
base_hbv    2025-01-05 2026-01-05 2026-01-05 due
base_hcv    2025-01-05 2026-01-05 2026-01-05 due
base_zoster -          2026-01-05 2026-01-05 due
base_cv     2025-10-07 2026-01-05 2026-01-05 due
base_preg   2025-12-22 2026-01-05 2026-01-05 due
base_meds   2025-12-22 2026-01-05 2026-01-05 due
base_score  2025-12-01 2026-01-05 2026-01-05 due
base_bio    2025-11-06 2026-01-05 2026-01-05 due
base_endo   2025-10-07 2026-01-05 2026-01-05 due
"""

CROHNS_12_WEEKS = """
early_lab   2026-01-23 2026-02-02 2026-03-12 planned
wk8_cd      2026-02-16 2026-03-02 2026-03-16 planned
dose_step   2026-03-16 2026-03-16 2026-03-30 planned
ind_end_cd  2026-03-16 2026-03-30 2026-04-06 planned
wk12_cbc    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lft    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lipid  2026-03-16 2026-03-30 2026-04-13 planned
wk12_bio    2026-03-16 2026-03-30 2026-04-13 planned
endo_cd     2026-06-04 2026-07-04 2026-11-01 planned
tb_re       2026-11-06 2027-01-05 2027-03-06 planned
ae_review   -          -          -          planned
"""

# Only the end of 45 mg differs (D2).
CROHNS_8_WEEKS = """
early_lab   2026-01-23 2026-02-02 2026-03-12 planned
dose_step   2026-02-16 2026-02-16 2026-03-02 planned
wk8_cd      2026-02-16 2026-03-02 2026-03-16 planned
ind_end_cd  2026-03-16 2026-03-30 2026-04-06 planned
wk12_cbc    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lft    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lipid  2026-03-16 2026-03-30 2026-04-13 planned
wk12_bio    2026-03-16 2026-03-30 2026-04-13 planned
endo_cd     2026-06-04 2026-07-04 2026-11-01 planned
tb_re       2026-11-06 2027-01-05 2027-03-06 planned
ae_review   -          -          -          planned
"""

CROHNS_NOT_CHOSEN = """
early_lab   2026-01-23 2026-02-02 2026-03-12 planned
dose_step   2026-02-16 2026-02-16 2026-03-02 planned
wk8_cd      2026-02-16 2026-03-02 2026-03-16 planned
dose_step   2026-03-16 2026-03-16 2026-03-30 planned
ind_end_cd  2026-03-16 2026-03-30 2026-04-06 planned
wk12_cbc    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lft    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lipid  2026-03-16 2026-03-30 2026-04-13 planned
wk12_bio    2026-03-16 2026-03-30 2026-04-13 planned
endo_cd     2026-06-04 2026-07-04 2026-11-01 planned
tb_re       2026-11-06 2027-01-05 2027-03-06 planned
ae_review   -          -          -          planned
"""

COLITIS = """
early_lab   2026-01-23 2026-02-02 2026-03-12 planned
dose_step   2026-02-16 2026-02-16 2026-03-02 planned
ind_end_uc  2026-02-16 2026-03-02 2026-03-09 planned
wk12_cbc    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lft    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lipid  2026-03-16 2026-03-30 2026-04-13 planned
wk12_bio    2026-03-16 2026-03-30 2026-04-13 planned
endo_uc     2026-03-06 2026-04-05 2026-08-03 planned
tb_re       2026-11-06 2027-01-05 2027-03-06 planned
ae_review   -          -          -          planned
"""

COLITIS_EU = """
early_lab   2026-01-23 2026-02-02 2026-03-12 planned
dose_step   2026-02-16 2026-02-16 2026-03-02 planned
ind_end_uc  2026-02-16 2026-03-02 2026-03-09 planned
wk12_cbc    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lft    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lipid  2026-03-16 2026-03-30 2026-04-13 planned
wk12_bio    2026-03-16 2026-03-30 2026-04-13 planned
endo_uc     2026-03-06 2026-04-05 2026-08-03 planned
ext_uc      2026-04-20 2026-04-27 2026-05-04 planned
tb_re       2026-11-06 2027-01-05 2027-03-06 planned
ae_review   -          -          -          planned
"""

CROHNS_AU = """
early_lab   2026-01-23 2026-02-02 2026-03-12 planned
wk8_cd      2026-02-16 2026-03-02 2026-03-16 planned
dose_step   2026-03-16 2026-03-16 2026-03-30 planned
ind_end_cd  2026-03-16 2026-03-30 2026-04-06 planned
wk12_cbc    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lft    2026-03-16 2026-03-30 2026-04-13 planned
wk12_lipid  2026-03-16 2026-03-30 2026-04-13 planned
wk12_bio    2026-03-16 2026-03-30 2026-04-13 planned
ext_cd      2026-06-15 2026-06-22 2026-06-29 planned
endo_cd     2026-06-04 2026-07-04 2026-11-01 planned
tb_re       2026-11-06 2027-01-05 2027-03-06 planned
ae_review   -          -          -          planned
"""


@pytest.mark.parametrize(
    ("patient", "expected"),
    [
        (chart(CD, induction_weeks=12), CROHNS_12_WEEKS),
        (chart(CD, induction_weeks=8), CROHNS_8_WEEKS),
        (chart(CD, induction_weeks=None), CROHNS_NOT_CHOSEN),
        (chart(CD, region=Region.US), CROHNS_12_WEEKS),
        (chart(CD, region=Region.AU), CROHNS_AU),
        (chart(CD, region=Region.GB), CROHNS_AU),
        (chart(UC), COLITIS),
        (chart(UC, region=Region.US), COLITIS),
        (chart(UC, region=Region.EU), COLITIS_EU),
        (chart(UC, region=Region.GB), COLITIS_EU),
    ],
    ids=["CD 12", "CD 8", "CD not chosen", "CD US", "CD AU", "CD GB", "UC", "UC US", "UC EU", "UC GB"],
)
def test_on_the_day_of_the_first_dose_everything_is_planned(patient, expected):
    assert table(due(patient, 0)) == written(BASELINE) + written(expected)


# 29 February 2028 lies in the first twelve weeks.
COLITIS_LEAP = """
early_lab   2028-01-07 2028-01-17 2028-02-24 missed
dose_step   2028-01-31 2028-01-31 2028-02-14 overdue
ind_end_uc  2028-01-31 2028-02-14 2028-02-21 overdue
wk12_cbc    2028-02-28 2028-03-13 2028-03-27 due
wk12_lft    2028-02-28 2028-03-13 2028-03-27 due
wk12_lipid  2028-02-28 2028-03-13 2028-03-27 due
wk12_bio    2028-02-28 2028-03-13 2028-03-27 due
endo_uc     2028-02-18 2028-03-19 2028-07-17 due
tb_re       2028-10-20 2028-12-19 2029-02-17 planned
ae_review   -          -          -          planned
"""


def test_a_leap_day_is_a_day():
    patient = chart(UC, start=date(2027, 12, 20))
    after = [each for each in due(patient, date(2028, 2, 29)) if not each.item.startswith("base_")]

    assert table(after) == written(COLITIS_LEAP)


def test_a_first_dose_on_a_leap_day():
    found = {each.item: each.due for each in due(chart(CD, start=date(2028, 2, 29)), 0)}

    assert found["base_chest"] == date(2028, 2, 29)
    assert found["wk8_cd"] == date(2028, 4, 25)
    assert found["wk12_cbc"] == date(2028, 5, 23)
    assert found["tb_re"] == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("disease", "item", "expected"),
    [(CD, "wk8_cd", date(2026, 3, 2)), (UC, "ext_uc", date(2026, 4, 27))],
    ids=["DATE-3", "DATE-5"],
)
def test_a_worked_day(disease, item, expected):
    (found,) = due(chart(disease, region=Region.EU), 0, item)

    assert found.due == expected
    assert found.due.weekday() == 0  # as the first dose: a Monday


REFERRAL_WITHOUT_VALUES = """
base_cbc    2024-01-31 2024-03-01 2024-03-01 missed
base_lft    2024-01-31 2024-03-01 2024-03-01 missed
base_lipid  2023-12-02 2024-03-01 2024-03-01 missed
base_renal  2024-01-31 2024-03-01 2024-03-01 overdue
base_igra   2023-09-03 2024-03-01 2024-03-01 overdue
base_chest  2023-03-02 2024-03-01 2024-03-01 overdue
base_hbv    2023-03-02 2024-03-01 2024-03-01 overdue
base_hcv    2023-03-02 2024-03-01 2024-03-01 overdue
base_zoster -          2024-03-01 2024-03-01 overdue
base_cv     2023-12-02 2024-03-01 2024-03-01 overdue
base_meds   2024-02-16 2024-03-01 2024-03-01 overdue
base_score  2024-01-26 2024-03-01 2024-03-01 missed
base_bio    2024-01-01 2024-03-01 2024-03-01 missed
base_endo   2023-12-02 2024-03-01 2024-03-01 missed
early_lab   2024-03-19 2024-03-29 2024-05-06 missed
wk8_cd      2024-04-12 2024-04-26 2024-05-10 missed
dose_step   2024-05-10 2024-05-10 2024-05-24 done_late
ind_end_cd  2024-05-10 2024-05-24 2024-05-31 overdue
wk12_cbc    2024-05-10 2024-05-24 2024-06-07 overdue
wk12_lft    2024-05-10 2024-05-24 2024-06-07 overdue
wk12_lipid  2024-05-10 2024-05-24 2024-06-07 overdue
wk12_bio    2024-05-10 2024-05-24 2024-06-07 overdue
endo_cd     2024-07-29 2024-08-28 2024-12-26 overdue
tb_re       2024-12-31 2025-03-01 2025-04-30 overdue
ae_review   -          -          -          planned
"""

# The values of 4 May 2026 are too late to be those of week 12: they begin the series.
REFERRAL_WITH_VALUES = """
ind_end_cd  2024-05-10 2024-05-24 2024-05-31 missed
wk12_cbc    2024-05-10 2024-05-24 2024-06-07 missed
wk12_lft    2024-05-10 2024-05-24 2024-06-07 missed
wk12_lipid  2024-05-10 2024-05-24 2024-06-07 missed
wk12_bio    2024-05-10 2024-05-24 2024-06-07 missed
endo_cd     2024-07-29 2024-08-28 2024-12-26 overdue
tb_re       2024-12-31 2025-03-01 2025-04-30 overdue
rep_lab     2026-07-12 2026-08-02 2026-10-31 planned
rep_lipid   2026-07-12 2026-08-02 2026-10-31 planned
clin        2026-07-12 2026-08-02 2026-10-31 planned
bio         2026-07-12 2026-08-02 2026-10-31 planned
ae_review   -          -          -          planned
"""
FIRST_DOSE_ELSEWHERE, SEEN = date(2024, 3, 1), date(2026, 6, 1)


def referral(**more):
    course = (dose((date(2026, 5, 4) - FIRST_DOSE_ELSEWHERE).days, 30, FIRST_DOSE_ELSEWHERE),)
    return chart(CD, start=FIRST_DOSE_ELSEWHERE, course=course, **MAN, **more)


def test_a_referral_on_treatment_without_a_value_has_its_safety_screening_due_and_its_replaced_items_missed():
    assert table(due(referral(), SEEN)) == written(REFERRAL_WITHOUT_VALUES)


def test_a_referral_on_treatment_begins_its_series_with_the_first_values():
    day = (date(2026, 5, 4) - FIRST_DOSE_ELSEWHERE).days
    values = labs(day, *CBC, "alt", *LIPIDS, "crp", start=FIRST_DOSE_ELSEWHERE, fcp="900")
    patient = referral(labs=values, scores=(hbi(day, start=FIRST_DOSE_ELSEWHERE),))
    replaced = [each for each in due(patient, SEEN) if each.item in REFERRAL_WITH_VALUES.split()]

    assert table(replaced) == written(REFERRAL_WITH_VALUES)


# Before the first dose


def test_without_a_first_dose_there_are_baseline_items_alone_and_no_day_follows():
    found = schedule(Chart(disease=CD, labs=labs(-20, *CBC), history=History(childbearing_potential=False)), on_day(0))

    assert [(each.item, each.due, each.until, each.state) for each in found] == [
        ("base_cbc", None, None, "done"),
        ("base_lft", None, None, "due"),
        ("base_lipid", None, None, "due"),
        ("base_renal", None, None, "due"),
        ("base_igra", None, None, "due"),
        ("base_chest", None, None, "due"),
        ("base_hbv", None, None, "due"),
        ("base_hcv", None, None, "due"),
        ("base_zoster", None, None, "due"),
        ("base_cv", None, None, "due"),
        ("base_meds", None, None, "due"),
        ("base_score", None, None, "due"),
        ("base_bio", None, None, "due"),
        ("base_endo", None, None, "due"),
    ]
    assert all("no first dose recorded" in each.why for each in found)


@pytest.mark.parametrize(("days", "state"), [(30, "done"), (31, "due")], ids=["at the window", "just older"])
def test_without_a_first_dose_a_value_is_old_as_of_today(days, state):
    (found,) = [
        each for each in schedule(Chart(disease=CD, labs=labs(0, *CBC)), on_day(days)) if each.item == "base_cbc"
    ]

    assert found.state == state
    assert found.opens == on_day(days - 30)


def test_a_planned_first_dose_has_its_days():
    found = {each.item: each for each in due(chart(CD), -40)}

    assert (found["base_cbc"].state, found["base_cbc"].opens) == ("planned", date(2025, 12, 6))
    assert (found["base_igra"].state, found["base_bio"].state) == ("due", "due")
    assert (found["wk12_cbc"].state, found["wk12_cbc"].due) == ("planned", date(2026, 3, 30))


@pytest.mark.parametrize("place", ["started_on", "today"])
def test_nothing_is_said_where_the_first_dose_could_not_be_read(place):
    assert schedule(Chart(disease=CD, unreadable=(place,)), on_day(0)) == ()


def test_an_end_of_treatment_that_could_not_be_read_stands_with_every_open_item():
    found = due(chart(CD, unreadable=("stopped_on",)), 100)

    assert all("stopped_on could not be read" in each.why for each in found if each.state in ("due", "overdue"))
    assert any(each.state == "overdue" for each in found)


# What satisfies an item


def test_what_is_sampled_has_a_result_to_wait_for_and_nothing_else():
    assert {item for item in PARTS if is_sampled(item)} == {
        "base_cbc", "base_lft", "base_lipid", "base_renal", "base_igra", "base_hbv", "base_hcv", "base_bio", "base_cpk",
        "early_lab", "wk12_cbc", "wk12_lft", "wk12_lipid", "wk12_bio", "rep_lab", "rep_lipid", "bio", "hbv_dna",
        "tb_re", "cpk",
    }  # fmt: skip


def test_what_a_laboratory_alone_satisfies():
    assert {item for item in PARTS if is_of_laboratory(item)} == {
        "base_cbc", "base_lft", "base_lipid", "base_renal", "base_bio", "base_cpk", "early_lab", "wk12_cbc",
        "wk12_lft", "wk12_lipid", "wk12_bio", "rep_lab", "rep_lipid", "bio", "cpk",
    }  # fmt: skip


# What is stated of the schedule


def test_the_baseline_items_that_count_late_are_stated():
    """Safety screening and renal function; what else is late is replaced by its successor."""
    (said,) = (each.says for each in STATED if "still counts as late" in each.says)

    assert said == (
        "after the first dose a baseline value still counts as late of: Renal function, IGRA, Chest imaging, "
        "Hepatitis B, Hepatitis C, History of zoster and vaccination, Risk factors and smoking, "
        "Pregnancy status and contraception, Other drugs and live vaccines"
    )


def test_of_a_baseline_item_the_labels_of_other_regions_are_stated_beside_its_own():
    said = [(each.says, each.source) for each in STATED if each.says.endswith(": before the first dose")]

    assert said == [
        *(("Pregnancy status and contraception: before the first dose", each) for each in READ_IN_GB),
        *(("Other drugs and live vaccines: before the first dose", each) for each in READ_IN_MALAYSIA),
    ]
