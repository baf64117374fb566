"""Creatine kinase, grades, lipids and kidney function. CLINICAL.md sections 3, 5 and 6."""

from datetime import timedelta

import pytest

from flows.history import Region, Sex
from flows.protocol.grading import graded
from flows.protocol.patient import Patient
from tests.safetycharts import STARTED, TODAY, ago, chart, drug, event, found, lab, level, why

WITH, WITHOUT, RAISED = "practice.cpk_4x_with_symptoms", "practice.cpk_4x", "guideline.cpk_raised"
GRAVE = "guideline.ctcae_grade_3_or_4"
RATIO = "protocol.ldl_hdl_ratio"


def cpk(value, **facts):
    """Which finding a CPK of a man raises; his reference is 170 U/L."""
    facts = {"sex": Sex.MALE} | facts
    names = [name for name in (WITH, WITHOUT, RAISED) if found(name, lab("cpk", value), **facts)]
    assert len(names) < 2
    return names[0] if names else None


@pytest.mark.parametrize(
    ("value", "expected"),
    [("169", None), ("170", None), ("171", RAISED), ("679", RAISED), ("680", WITHOUT), ("681", WITHOUT)],
)
def test_a_cpk_of_four_times_the_upper_limit_is_to_be_checked_and_one_above_the_limit_is_information(value, expected):
    assert cpk(value) == expected
    assert expected is None or level(expected, lab("cpk", value), sex=Sex.MALE) == (
        "info" if expected is RAISED else "check"
    )


def test_a_cpk_is_to_be_checked_at_four_times_the_limit_and_information_above_it():
    symptoms = {"sex": Sex.MALE, "events": (event("myalgia"),)}

    assert level(WITH, lab("cpk", "680"), **symptoms) == level(WITHOUT, lab("cpk", "680"), sex=Sex.MALE) == "check"
    assert level(RAISED, lab("cpk", "171"), sex=Sex.MALE) == "info"
    assert level("practice.rhabdomyolysis", events=(event("rhabdomyolysis"),)) == "check"


def test_a_cpk_above_the_upper_limit_is_graded_on_the_authority_of_a_guideline_and_4_times_of_practice():
    graded, interrupted = (
        found(name, lab("cpk", value), sex=Sex.MALE) for name, value in ((RAISED, "171"), (WITHOUT, "680"))
    )

    assert (graded.source.authority, interrupted.source.authority) == ("guideline", "practice")


@pytest.mark.parametrize(("days", "expected"), [(0, WITH), (14, WITH), (15, WITHOUT)])
def test_a_myalgia_within_fourteen_days_of_the_value_is_its_symptom(days, expected):
    assert cpk("700", events=(event("myalgia", days),)) == expected


def test_symptoms_before_and_after_the_day_of_the_value_count():
    old = lab("cpk", "700", ago(20))

    for days in (34, 20, 6):
        assert found(WITH, old, sex=Sex.MALE, events=(event("myalgia", days),))
    for days in (35, 5):
        assert found(WITHOUT, old, sex=Sex.MALE, events=(event("myalgia", days),))


def test_what_was_not_recorded_is_not_said_to_be_absent():
    said = why(WITHOUT, lab("cpk", "700"), sex=Sex.MALE)

    assert said == (
        "trial practice (to be confirmed): interruption at CPK >= 4 x the upper limit with symptoms, or at "
        "rhabdomyolysis; US label: CPK elevation is listed as an adverse reaction, without a limit of its own; "
        "Creatine kinase 700 U/L (1 Jun 2026; upper limit 170 U/L, reference, ABIM, January 2026); CTCAE v5 grade 2; "
        "myalgia: nothing recorded within 14 days of it; statin: none recorded; exercise: not known"
    )


def test_a_statin_is_recorded_with_its_day():
    assert "statin since 21 Feb 2026" in why(WITHOUT, lab("cpk", "700"), sex=Sex.MALE, medication=(drug("statin"),))
    both = (drug("statin"), drug("statin", begun=50))
    assert "statin since 21 Feb 2026" in why(WITHOUT, lab("cpk", "700"), sex=Sex.MALE, medication=both)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("135", None), ("136", None), ("170", None), ("171", RAISED), ("539", RAISED), ("540", WITHOUT), ("680", WITHOUT)],
)
def test_where_the_sex_is_not_known_what_may_be_four_times_the_limit_is_to_be_checked(value, expected):
    """A woman's reference is 135 U/L, a man's 170."""
    assert cpk(value, sex=None) == expected


@pytest.mark.parametrize(
    ("value", "sex", "is_open"),
    [("679", None, True), ("680", None, False), (">600", Sex.MALE, True), (">680", Sex.MALE, False)],
)
def test_what_is_not_known_of_a_cpk_is_said(value, sex, is_open):
    finding = found(WITHOUT, lab("cpk", value), sex=sex)

    assert (": whether >= 4 x the upper limit is not known" in finding.why) is is_open
    assert finding.brief.endswith(": whether >= 4 x the upper limit is not known") is is_open


def test_where_the_sex_is_not_known_both_limits_and_both_grades_are_printed():
    said = why(RAISED, lab("cpk", "400"), sex=None)

    assert "upper limit 135 U/L, reference for female, ABIM, January 2026 or 170 U/L, reference for male" in said
    assert "CTCAE v5 grade 1 to 2" in said


def test_the_laboratory_s_own_limit_needs_no_sex():
    assert found(WITHOUT, lab("cpk", "800", upper="200"))
    assert found(RAISED, lab("cpk", "799", upper="200"))


@pytest.mark.parametrize(
    ("value", "expected"), [(">1000", WITHOUT), (">680", WITHOUT), (">20", WITHOUT), ("<681", WITHOUT), ("<680", None)]
)
def test_a_censored_cpk_is_to_be_checked_for_all_that_it_may_be(value, expected):
    assert cpk(value) == expected


def test_rhabdomyolysis_is_to_be_checked_without_any_value():
    finding = found("practice.rhabdomyolysis", events=(event("rhabdomyolysis"),))

    assert (finding.level, finding.source.authority) == ("check", "practice")


# Grades. CTCAE version 5 as CLINICAL.md section 5 prints it: the last value below grade 3, and the first of grade 3.
GRADES = [
    ("alc", "0.5", "0.49"), ("anc", "1.0", "0.99"), ("hb", "8.0", "7.9"), ("platelets", "50", "49"),
    ("alt", "200", "201"), ("ast", "200", "201"), ("cpk", "850", "851"), ("bilirubin", "3", "3.1"),
    ("cholesterol", "400", "401"), ("triglycerides", "500", "501"), ("creatinine", "3.9", "3.91"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "below", "grave"), GRADES)
def test_grade_3_is_to_be_checked_and_grade_2_is_not(code, below, grave):
    said = why(GRAVE, lab(code, grave), sex=Sex.MALE)

    assert found(GRAVE, lab(code, below), sex=Sex.MALE) is None
    assert level(GRAVE, lab(code, grave), sex=Sex.MALE) == "check"
    assert said.startswith("CTCAE v5: grade 3 or 4 of a last value; ")
    assert f"{grave} " in said
    assert "(1 Jun 2026), CTCAE v5 grade 3" in said


def test_grade_4_is_said_as_such_and_several_values_are_one_finding():
    said = why(GRAVE, lab("anc", "0.4"), lab("alc", "0.1"), lab("platelets", "24", ago(9)))

    assert "Neutrophils 0.4 ×10⁹/L (1 Jun 2026), CTCAE v5 grade 4" in said
    assert "Lymphocytes 0.1 ×10⁹/L (1 Jun 2026), CTCAE v5 grade 4" in said
    assert "Platelets 24 ×10⁹/L (23 May 2026), CTCAE v5 grade 4" in said


def test_only_the_last_value_is_graded():
    assert found(GRAVE, lab("anc", "0.4", ago(9)), lab("anc", "1.2")) is None


@pytest.mark.parametrize(("value", "is_said"), [("<0.5", True), ("<0.6", True), (">0.1", True), (">0.5", False)])
def test_a_censored_value_that_may_be_of_grade_3_is_to_be_checked(value, is_said):
    assert (found(GRAVE, lab("alc", value)) is not None) is is_said


def test_of_several_values_the_card_says_which_may_be_grave_only():
    finding = found(GRAVE, lab("alc", "<0.6"), lab("anc", "0.4"))

    assert "Lymphocytes <0.6 ×10⁹/L (1 Jun 2026, not excluded)" in finding.brief
    assert "Neutrophils 0.4 ×10⁹/L (1 Jun 2026)" in finding.brief
    assert "Lymphocytes <0.6 ×10⁹/L (1 Jun 2026), CTCAE v5 grade 2 to 4" in finding.why


def test_where_the_grade_is_open_both_ends_are_said():
    assert "<0.5 ×10⁹/L (1 Jun 2026), CTCAE v5 grade 3 to 4" in why(GRAVE, lab("alc", "<0.5"))
    assert "CTCAE v5 grade 2 to 4" in why(WITHOUT, lab("cpk", ">700"), sex=Sex.MALE)


def test_a_raised_baseline_is_what_an_enzyme_is_graded_against():
    before = lab("alt", "80", STARTED)

    assert found(GRAVE, before, lab("alt", "400")) is None
    assert "CTCAE v5 grade 3, against the abnormal baseline" in why(GRAVE, before, lab("alt", "401"))
    assert "if the baseline was normal" in why(GRAVE, lab("alt", "401"))


# Lipids


def lipids(then, now, then_on=STARTED, now_on=TODAY, **facts):
    """LDL and HDL at baseline and now."""
    labs = [lab(code, value, then_on) for code, value in zip(("ldl", "hdl"), then, strict=True) if value]
    labs += [lab(code, value, now_on) for code, value in zip(("ldl", "hdl"), now, strict=True) if value]
    return found(RATIO, *labs, **facts)


@pytest.mark.parametrize(
    ("now", "expected"),
    [(("119", "50"), "change"), (("120", "50"), None), (("121", "50"), None), (("179", "50"), None),
     (("180", "50"), None), (("181", "50"), "change")],
)  # fmt: skip
def test_a_ratio_that_is_off_by_more_than_a_fifth_is_to_be_checked(now, expected):
    """150 to 50 at baseline is 3; a fifth off are 2.4 and 3.6, at which it has not changed."""
    finding = lipids(("150", "50"), now)

    assert (finding and finding.level) == ("check" if expected else None)


def test_the_least_change_of_a_ratio_above_a_fifth_is_one():
    assert lipids(("150", "50"), ("180.1", "50")).level == "check"
    assert lipids(("150", "50"), ("180", "50")) is None


@pytest.mark.parametrize(
    ("sex", "said"), [(Sex.MALE, "CTCAE v5 grade 1"), (Sex.FEMALE, "CTCAE v5 grade 0"), (None, "CTCAE v5 grade 0 to 1")]
)
def test_a_grade_that_depends_on_a_reference_of_either_sex_is_said_with_both_ends(sex, said):
    count = lab("hb", "12.5")

    assert graded(Patient(chart(count, sex=sex), TODAY), count) == [said]


def test_both_ratios_are_printed_with_their_values_and_days():
    assert lipids(("80", "50"), ("130", "50")).why == (
        "protocol: “Increases in total, LDL, and HDL cholesterol are expected without a change in the LDL/HDL ratio”; "
        "baseline LDL/HDL 1.60 (80 mg/dL and 50 mg/dL, 5 Jan 2026); now LDL/HDL 2.60 (130 mg/dL and 50 mg/dL, "
        "1 Jun 2026); a change of more than 20 % (this project)"
    )


def test_a_rise_of_both_without_another_ratio_is_the_expected_one():
    finding = lipids(("100", "50"), ("120", "60"))

    assert finding.level == "info"
    assert "a change of more than" not in finding.why
    assert lipids(("100", "50"), ("120", "50")) is None
    assert lipids(("100", "50"), ("90", "45")) is None


@pytest.mark.parametrize(
    ("then", "now", "missing"),
    [
        (("100", "50"), ("120", None), "no HDL of the same day"),
        (("100", None), ("120", "60"), "no LDL and HDL of one day before the first dose"),
        ((None, "50"), ("120", "60"), "no LDL and HDL of one day before the first dose"),
    ],
)
def test_a_ratio_that_is_not_known_says_what_is_missing(then, now, missing):
    finding = lipids(then, now)

    assert finding.level == "info"
    assert finding.why.endswith(f"ratio not known: {missing}")


@pytest.mark.parametrize(("days", "is_baseline"), [(0, True), (90, True), (91, False)])
def test_lipids_lie_at_most_ninety_days_before_the_first_dose(days, is_baseline):
    finding = lipids(("80", "50"), ("130", "50"), then_on=STARTED - timedelta(days=days))

    assert (finding.level == "check") is is_baseline


def test_the_last_pair_of_each_time_is_compared():
    days = {"80": STARTED - timedelta(days=60), "90": STARTED, "100": STARTED + timedelta(days=60), "130": TODAY}
    said = why(RATIO, *(lab(code, value, on) for value, on in days.items() for code in ("ldl", "hdl")))

    assert "baseline LDL/HDL 1.00 (90 mg/dL and 90 mg/dL, 5 Jan 2026)" in said
    assert said.endswith("now LDL/HDL 1.00 (130 mg/dL and 130 mg/dL, 1 Jun 2026)")


def test_a_censored_lipid_leaves_the_ratio_open():
    finding = lipids(("<80", "50"), ("130", "50"))

    assert finding.level == "info"
    assert finding.why.endswith("whether it has changed is not known")


def test_an_hdl_of_nothing_has_no_ratio_and_a_small_one_has():
    assert lipids(("80", "0"), ("130", "50")).why.endswith("whether it has changed is not known")
    assert lipids(("80", "1"), ("130", "1")).level == "check"


def test_without_an_ldl_on_treatment_nothing_is_said():
    assert lipids(("100", "50"), (None, "60")) is None
    assert lipids(("100", "50"), ("120", "60"), started_on=None) is None
    assert lipids(("100", "50"), ("200", "60"), then_on=ago(300), now_on=STARTED) is None
    assert lipids((None, None), ("200", "60"), now_on=STARTED + timedelta(days=1)) is not None


# Kidney


@pytest.mark.parametrize(
    ("value", "expected"), [("14", "limit"), ("14.9", "limit"), ("15", None), ("<15", "limit"), ("<16", "check")]
)
def test_an_egfr_below_15_is_a_limit_of_the_us_label(value, expected):
    assert level("label.egfr_below_15", lab("egfr", value)) == expected


@pytest.mark.parametrize(
    ("region", "expected", "says"),
    [(None, "limit", "not recommended"), (Region.US, "limit", "not recommended"), (Region.EU, "check", "no data"),
     (Region.GB, "check", "no data"), (Region.AU, "check", "no data")],
)  # fmt: skip
def test_the_other_labels_have_no_data_and_no_limit(region, expected, says):
    finding = found("label.egfr_below_15", lab("egfr", "10"), region=region)

    assert finding.level == expected
    assert says in finding.why


def test_an_egfr_whose_class_depends_on_what_is_not_known_is_open_and_says_what_is_missing():
    finding = found("label.egfr_below_15", lab("creatinine", "4.2"))

    assert finding.level == "check"
    assert "whether below 15 is not decided" in finding.why
    assert finding.why.endswith("not known: sex, birth year")


def test_an_egfr_that_is_below_15_for_every_age_and_sex_is_a_limit_all_the_same():
    finding = found("label.egfr_below_15", lab("creatinine", "12"))

    assert finding.level == "limit"
    assert "; not known: " not in finding.why


def test_the_history_s_egfr_counts_where_there_is_no_value():
    assert level("label.egfr_below_15", history={"egfr": 12}) == "limit"
    assert found("label.egfr_below_15", lab("egfr", "40"), history={"egfr": 12}) is None
    assert found("label.egfr_below_15") is None
