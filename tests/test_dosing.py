"""Which dose each authority names for a patient, and until when; the bot names them and chooses none.

Days are counted from the first dose; every table is written from CLINICAL.md section 3.
"""

from decimal import Decimal

import pytest

from flows.chart import Medication
from flows.history import Region, Severity, Sex
from flows.protocol.dosing import STATED, dose
from flows.steps import Move, Resumed, Step
from flows.treatment import Phase
from tests.dosed import (
    ALL_UNKNOWN,
    CD,
    INDUCER,
    INHIBITOR,
    LABELS,
    POLICY,
    PROTOCOL,
    START,
    UC,
    chart,
    lab,
    maintained,
    on,
    only,
    said,
    says,
    step,
)
from tests.schedules import hbi

# Phases and days


@pytest.mark.parametrize(
    ("days", "phase", "day", "week"),
    [
        (-1, Phase.SCREENING, None, None),
        (0, Phase.INDUCTION, 0, 0),
        (6, Phase.INDUCTION, 6, 0),
        (7, Phase.INDUCTION, 7, 1),
        (57, Phase.INDUCTION, 57, 8),
        (83, Phase.INDUCTION, 83, 11),
        (84, Phase.MAINTENANCE, 84, 12),
    ],
)
def test_the_first_dose_is_day_0_and_the_last_day_of_12_weeks_is_day_83(days, phase, day, week):
    found = dose(chart(), on(days))

    assert (found.phase, found.day, found.week) == (phase, day, week)


@pytest.mark.parametrize(("days", "phase"), [(55, Phase.INDUCTION), (56, Phase.MAINTENANCE)])
@pytest.mark.parametrize("patient", [chart(UC), chart(CD, induction_weeks=8)], ids=["UC", "CD, 8 weeks"])
def test_the_last_day_of_8_weeks_is_day_55(patient, days, phase):
    assert dose(patient, on(days)).phase is phase


def test_before_the_first_dose_both_lengths_are_said_without_an_end():
    patient = chart(started_on=None)

    assert [(each.authority, each.mg, each.until) for each in says(patient, 0)] == [
        *((label, (45,), None) for label in LABELS),
        (PROTOCOL, (45,), None),
    ]
    assert "12 weeks" in only("us_label", patient, 0).text
    assert "8 weeks" in only(PROTOCOL, patient, 0).text


def test_a_stopped_treatment_has_no_dose():
    found = dose(chart(stopped_on=on(40)), on(41))

    assert (found.phase, found.says) == (Phase.STOPPED, ())


# Induction


@pytest.mark.parametrize("days", [0, 56, 57, 83], ids=["first day", "8 weeks over", "a day later", "last day"])
def test_without_a_chosen_length_each_authority_has_its_own_end_in_crohns(days):
    patient = chart()
    ends = {each.authority: each.until for each in says(patient, days) if each.mg}

    assert ends == {**dict.fromkeys(LABELS, on(84)), PROTOCOL: on(56)}
    assert all(each.mg == (45,) for each in says(patient, days) if each.until)


def test_a_length_that_is_over_by_one_authority_says_so():
    assert "ended on 2 Mar 2026, then 15 mg or 30 mg" in only(PROTOCOL, chart(), 56).text
    assert "ended" not in only(PROTOCOL, chart(), 55).text
    assert "ended" not in only("us_label", chart(), 56).text


def test_after_8_chosen_weeks_the_labels_that_say_12_are_still_named():
    patient = chart(induction_weeks=8, region=Region.US)
    induction, maintenance = said("us_label", patient, 60)

    assert (induction.mg, induction.until) == ((45,), on(84))
    assert "8 weeks recorded" in induction.text
    assert (maintenance.mg, maintenance.until) == ((15, 30), None)
    assert [each.mg for each in said(PROTOCOL, patient, 60)] == [(15, 30)]
    assert [each.mg for each in said("us_label", patient, 84)] == [(15, 30)]


def test_with_12_chosen_weeks_the_protocols_8_are_still_named():
    patient = chart(induction_weeks=12, region=Region.US)

    assert only(PROTOCOL, patient, 70).until == on(56)
    assert "12 weeks recorded" in only(PROTOCOL, patient, 70).text
    assert "the recorded length" in only("us_label", patient, 70).text


def test_colitis_has_8_weeks_by_all():
    found = {each.authority: (each.mg, each.until) for each in says(chart(UC), 10)}

    assert found == dict.fromkeys([*LABELS, PROTOCOL], ((45,), on(56)))


def test_a_recorded_extension_in_colitis_is_the_eu_gb_and_au_labels_and_not_the_us_labels():
    found = {each.authority: each.until for each in says(chart(UC, step(56, 45)), 60)}

    assert found == {
        "us_label": on(56), "eu_label": on(112), "gb_label": on(112), "au_label": on(112), PROTOCOL: on(56),
    }  # fmt: skip
    assert "no extension" in only("us_label", chart(UC, step(56, 45)), 60).text


@pytest.mark.parametrize(
    ("days", "is_extended"),
    [(41, False), (42, True), (55, True), (60, True)],
    ids=["15 days ahead", "a fortnight ahead", "the last day", "some days late"],
)
def test_45_mg_recorded_from_a_fortnight_before_its_end_is_the_extension(days, is_extended):
    patient = chart(UC, step(0, 45), step(days, 45), region=Region.EU)

    assert (only("eu_label", patient, days).until == on(112)) is is_extended


def test_45_mg_recorded_after_another_dose_is_no_extension():
    patient = chart(UC, step(56, 30), step(80, 45), region=Region.EU)

    assert dose(patient, on(90)).phase is Phase.MAINTENANCE


def test_an_interruption_of_up_to_28_days_shifts_the_end_by_its_length():
    steps = (step(20, move=Move.INTERRUPTED), step(48, 45, Move.RESTARTED))

    assert only("us_label", chart(CD, *steps), 60).until == on(84 + 28)


def test_after_a_longer_interruption_no_end_is_said():
    steps = (step(20, move=Move.INTERRUPTED), step(49, 45, Move.RESTARTED))
    found = only("us_label", chart(CD, *steps), 60)

    assert found.until is None
    assert "more than 28 days" in found.text


def gap(last, **more):
    """From day 20 on, open where no last day is named."""
    first = step(20, move=Move.INTERRUPTED)
    return (first,) if last is None else (first, Step(on=on(last), move=Move.RESTARTED, mg=45, **more))


IN_COLITIS = (
    "45 mg once daily for 8 weeks; 8 more without adequate benefit; discontinuation without response at week 16"
)
IN_CROHNS = "45 mg once daily for 12 weeks"


@pytest.mark.parametrize(
    ("authority", "disease", "steps", "says"),
    [
        ("eu_label", UC, (), IN_COLITIS),
        ("eu_label", UC, (step(41, 45),), IN_COLITIS),
        ("eu_label", UC, (step(42, 45),), f"{IN_COLITIS}; 16 weeks recorded"),
        ("eu_label", UC, gap(54, induction=Resumed.ANEW), f"{IN_COLITIS}; counted from its resumption on 28 Feb 2026"),
        ("us_label", CD, (), f"{IN_CROHNS}; length not recorded"),
        ("us_label", CD, gap(48), f"{IN_CROHNS}; length not recorded"),
        ("us_label", CD, gap(49), f"{IN_CROHNS}; length not recorded; interrupted for more than 28 days: when "
                                  "induction ends is to be asked, it is not computed"),
        ("us_label", CD, gap(54, induction=Resumed.ANEW, weeks=8),
         f"{IN_CROHNS}; 8 weeks recorded; counted from its resumption on 28 Feb 2026"),
        ("us_label", CD, gap(54, induction=Resumed.ANEW, weeks=12),
         f"{IN_CROHNS}; the recorded length; counted from its resumption on 28 Feb 2026"),
        ("us_label", CD, gap(None), f"if resumed: {IN_CROHNS}; length not recorded"),
    ],
    ids=["colitis", "45 mg recorded early", "the extension", "colitis anew", "Crohn's", "28 days", "29 days",
         "anew for 8 weeks", "anew for 12 weeks", "interrupted"],
)  # fmt: skip
def test_of_the_length_only_what_is_recorded_of_it_is_said_and_in_colitis_no_choice(authority, disease, steps, says):
    patient = chart(disease, *steps, region=Region(authority[:2].upper()))

    assert only(authority, patient, 55).text == f"{says}; {ALL_UNKNOWN}"


def test_a_length_that_was_recorded_at_the_first_dose_is_not_called_unrecorded_after_a_long_pause():
    said = only("us_label", chart(CD, *gap(49), region=Region.US, induction_weeks=12), 55).text

    assert said.startswith(f"{IN_CROHNS}; length since the restart not recorded; interrupted for more than 28 days")


@pytest.mark.parametrize(
    ("disease", "begun", "today", "text"),
    [
        (UC, 20, 20, "interrupted since 25 Jan 2026 (0 days); up to 28 days shift the end of induction, "
                     "a longer interruption is to be asked about"),
        (UC, 20, 21, "interrupted since 25 Jan 2026 (1 day); up to 28 days shift the end of induction, "
                     "a longer interruption is to be asked about"),
        (UC, 100, 102, "interrupted since 15 Apr 2026 (2 days)"),
    ],
)  # fmt: skip
def test_an_interruption_says_since_when_and_what_it_shifts(disease, begun, today, text):
    patient = (
        chart(disease, step(57, 15), step(begun, move=Move.INTERRUPTED))
        if begun > 57
        else chart(disease, step(begun, move=Move.INTERRUPTED))
    )

    assert says(patient, today)[0].text == text


def test_while_interrupted_no_dose_is_possible_and_what_is_said_stays_to_be_read():
    patient = chart(CD, step(20, move=Move.INTERRUPTED), region=Region.US)
    found = dose(patient, on(30))

    assert found.phase is Phase.INTERRUPTED
    assert all((each.mg, each.until) == ((), None) for each in found.says)
    assert found.says[0].text.startswith("interrupted since 25 Jan 2026 (10 days)")
    assert only("us_label", patient, 30).text.startswith("if resumed: 45 mg once daily for 12 weeks")


@pytest.mark.parametrize("today", [55, 56, 78, 79, 400])
@pytest.mark.parametrize(("disease", "weeks"), [(UC, None), (CD, 8), (CD, 12), (CD, None)])
def test_an_interruption_that_began_in_induction_speaks_of_it_also_when_the_planned_end_has_passed(
    disease, weeks, today
):
    patient = chart(disease, step(50, move=Move.INTERRUPTED), region=Region.US, induction_weeks=weeks)

    assert "shift the end of induction" in says(patient, today)[0].text
    for authority in ("us_label", "protocol"):
        assert only(authority, patient, today).text.startswith("if resumed: 45 mg once daily for ")
        assert "ended on" not in only(authority, patient, today).text


@pytest.mark.parametrize(("begun", "said"), [(55, "if resumed: 45 mg"), (56, "if resumed: 15 mg")])
def test_an_interruption_that_began_at_the_end_of_induction_speaks_of_maintenance(begun, said):
    patient = chart(UC, step(begun, move=Move.INTERRUPTED), region=Region.US)

    assert only("us_label", patient, 60).text.startswith(said)


def test_an_interruption_in_maintenance_speaks_of_maintenance():
    patient = chart(CD, step(84, 15), step(100, move=Move.INTERRUPTED), region=Region.US)

    assert only("us_label", patient, 110).text.startswith("if resumed: 15 mg once daily")


def test_a_stop_after_which_a_dose_was_recorded_was_an_interruption():
    patient = chart(CD, step(20, move=Move.STOPPED), step(31, 45, Move.RESTARTED), region=Region.US)

    assert dose(patient, on(25)).phase is Phase.STOPPED
    assert dose(patient, on(40)).phase is Phase.INDUCTION
    assert only("us_label", patient, 40).until == on(84 + 10)


# Maintenance


@pytest.mark.parametrize("disease", [CD, UC])
@pytest.mark.parametrize(
    ("birth_year", "risks", "mg"),
    [
        (1967, (), (30,)), (1966, (), (15, 30)), (1965, (), (15,)), (None, (), (15, 30)),
        (1967, ("current_smoker",), (15,)), (None, ("previous_vte",), (15,)), (1965, None, (15,)),
        (1967, None, (15, 30)), (1966, None, (15, 30)), (None, None, (15, 30)), (1967, ("tb_risk",), (15, 30)),
    ],
)  # fmt: skip
def test_the_protocol_has_30_mg_as_standard_and_15_from_60_or_with_risk_factors(disease, birth_year, risks, mg):
    """On 24 Jul 2026: born in 1967 is 58 to 59, in 1966 59 to 60, in 1965 60 to 61."""
    given = None if risks is None else frozenset(risks)

    assert maintained(PROTOCOL, disease, birth_year=birth_year, risks=given).mg == mg


@pytest.mark.parametrize("authority", ["eu_label", "gb_label"])
@pytest.mark.parametrize("disease", [CD, UC])
@pytest.mark.parametrize(
    ("birth_year", "risks", "mg"),
    [
        (1962, (), (15, 30)), (1961, (), (15, 30)), (1960, (), (15,)), (None, (), (15, 30)),
        (1990, ("hypertension",), (15,)), (1990, None, (15, 30)), (1960, None, (15,)), (1990, ("tb_risk",), (15, 30)),
    ],
)  # fmt: skip
def test_the_eu_and_gb_labels_have_15_mg_from_65_or_with_a_higher_risk_and_else_either(
    authority, disease, birth_year, risks, mg
):
    given = None if risks is None else frozenset(risks)

    assert maintained(authority, disease, birth_year=birth_year, risks=given).mg == mg


@pytest.mark.parametrize(
    ("disease", "birth_year", "mg"),
    [(UC, 1962, (15, 30)), (UC, 1961, (15, 30)), (UC, 1960, (15,)), (UC, None, (15, 30)), (CD, 1940, (15, 30))],
)
def test_the_au_label_has_15_mg_from_65_in_colitis_only(disease, birth_year, mg):
    assert maintained("au_label", disease, birth_year=birth_year).mg == mg


def test_the_au_label_says_in_crohns_disease_that_there_was_no_response_at_the_end_of_induction():
    missed, reached = (
        only("au_label", chart(CD, step(84, 15), scores=(hbi(-1, 10), hbi(84, stools))), 100) for stools in (10, 2)
    )

    assert (missed.mg, reached.mg) == ((30,), (15, 30))
    assert "is recommended without response at week 12; no response at the end of induction: " in missed.text
    assert "end of induction" not in reached.text


@pytest.mark.parametrize("disease", [CD, UC])
@pytest.mark.parametrize(
    ("severity", "refractory", "extensive", "mg"),
    [
        (Severity.SEVERE, False, False, (15, 30)), (Severity.MODERATE, True, False, (15, 30)),
        (Severity.MODERATE, False, True, (15, 30)), (Severity.MODERATE, False, False, (15,)),
        (Severity.MODERATE, None, False, (15, 30)), (Severity.MODERATE, False, None, (15, 30)),
        (None, False, False, (15, 30)), (None, None, None, (15, 30)),
    ],
)  # fmt: skip
def test_the_us_label_may_consider_30_mg_in_refractory_severe_or_extensive_disease(
    disease, severity, refractory, extensive, mg
):
    history = {"severity": severity, "refractory": refractory, "extensive": extensive}

    assert maintained("us_label", disease, history=history, birth_year=1940).mg == mg


def test_what_is_not_known_is_named_beside_the_doses():
    assert "not recorded: refractory, extensive, severity" in maintained("us_label").text
    assert ALL_UNKNOWN in maintained("us_label").text
    assert maintained(PROTOCOL).text.endswith("age not known; risk factors not asked")


@pytest.mark.parametrize(
    ("history", "says"),
    [
        ({"refractory": True, "extensive": False, "severity": Severity.SEVERE},
         "recorded: refractory, not extensive, severe"),
        ({"refractory": False}, "recorded: not refractory; not recorded: extensive, severity"),
        ({"extensive": True}, "recorded: extensive; not recorded: refractory, severity"),
        ({"severity": Severity.MODERATE}, "recorded: moderate; not recorded: refractory, extensive"),
    ],
)  # fmt: skip
def test_what_is_recorded_of_the_burden_is_said_and_what_is_not(history, says):
    assert f"; {says}; not known: eGFR" in maintained("us_label", history=history).text


def test_risk_factors_are_named_with_their_acronyms_in_capitals():
    patient = {"risks": frozenset({"previous_mi", "hypertension"}), "region": Region.EU}

    assert "; risk factors recorded: hypertension, previous MI; " in maintained("eu_label", **patient).text
    assert "no risk factor recorded" in maintained(PROTOCOL, risks=frozenset()).text


def test_an_age_on_both_sides_of_a_limit_is_said_to_be():
    assert "age 59 to 60, so 60 or not yet" in maintained(PROTOCOL, birth_year=1966).text
    assert "age 64 to 65, so 65 or not yet" in maintained("eu_label", birth_year=1961).text


# Kidney, liver, other drugs: 30 mg as induction, then 15 mg.

EGFR = [
    ("14.9", (), ()), ("15", (30,), (15,)), ("29.9", (30,), (15,)), ("30", (45,), (15, 30)), ("31", (45,), (15, 30)),
]  # fmt: skip


@pytest.mark.parametrize("authority", LABELS)
@pytest.mark.parametrize("disease", [CD, UC])
@pytest.mark.parametrize(("value", "induction", "maintenance"), EGFR)
def test_severe_renal_impairment_reduces_both_doses_of_every_label(authority, disease, value, induction, maintenance):
    history = {"egfr": Decimal(value)}

    assert only(authority, chart(disease, history=history), 10).mg == induction
    assert maintained(authority, disease, history=history).mg == maintenance


def test_the_length_of_induction_is_the_same_with_a_reduced_dose():
    history = {"egfr": Decimal(20)}

    assert only("us_label", chart(CD, history=history), 10).until == on(84)
    assert only("us_label", chart(UC, history=history), 10).until == on(56)
    assert only("us_label", chart(CD, history={"egfr": Decimal(10)}), 10).until is None


@pytest.mark.parametrize(
    ("authority", "grade", "induction", "maintenance"),
    [
        *((label, None, (45,), (15, 30)) for label in LABELS),
        *(("us_label", grade, (30,), (15,)) for grade in "AB"),
        *((label, grade, (45,), (15, 30)) for label in LABELS[1:] for grade in "AB"),
        *((label, "C", (), ()) for label in LABELS),
    ],
)
def test_the_liver_changes_a_dose_by_region(authority, grade, induction, maintenance):
    history = {"child_pugh": grade}

    assert only(authority, chart(history=history), 10).mg == induction
    assert maintained(authority, history=history).mg == maintenance


@pytest.mark.parametrize(
    ("authority", "kind", "induction", "maintenance"),
    [
        *((label, INHIBITOR, (30,), (15,)) for label in LABELS),
        ("us_label", INDUCER, (), ()),
        *((label, INDUCER, (45,), (15, 30)) for label in LABELS[1:]),
        *((label, "statin", (45,), (15, 30)) for label in LABELS),
    ],
)
def test_a_strong_cyp3a4_inhibitor_lowers_the_dose_and_an_inducer_is_not_recommended_in_the_us(
    authority, kind, induction, maintenance
):
    drugs = (Medication(kind=kind, begun=START),)

    assert only(authority, chart(medication=drugs), 10).mg == induction
    assert maintained(authority, medication=drugs).mg == maintenance


def test_a_drug_that_has_ended_changes_nothing():
    drugs = (Medication(kind=INHIBITOR, begun=START, ended=on(9)),)

    assert only("us_label", chart(medication=drugs), 9).mg == (30,)
    assert only("us_label", chart(medication=drugs), 10).mg == (45,)


def test_an_undecided_egfr_leaves_both_doses():
    """Creatinine 2.2 mg/dL at 59 to 60: 25 in a woman, 33 in a man."""
    patient = chart(labs=(lab("creatinine", "2.2"),), birth_year=1966, region=Region.US)
    found = only("us_label", patient, 10)
    in_a_man = chart(labs=patient.labs, birth_year=1966, sex=Sex.MALE, region=Region.US)

    assert found.mg == (30, 45)
    assert "sex not known" in found.text
    assert only("us_label", in_a_man, 10).mg == (45,)


@pytest.mark.parametrize(
    ("creatinine", "sex", "unknown", "silence"),
    [
        (None, None, "eGFR, Child-Pugh class", ""),
        ("0.9", None, "Child-Pugh class", ""),
        ("2.2", None, "sex, Child-Pugh class", "; nothing on eGFR"),
        ("2.2", Sex.MALE, "Child-Pugh class", ""),
        ("2.2", Sex.FEMALE, "Child-Pugh class", "; nothing on eGFR"),
    ],
    ids=["no creatinine", "normal whatever the sex", "reduced or not, by the sex", "not reduced", "reduced"],
)
def test_what_an_egfr_lacks_is_named_where_it_decides_the_dose_and_the_protocols_silence_where_it_may(
    creatinine, sex, unknown, silence
):
    """Creatinine 2.2 mg/dL at 59 to 60: 25 in a woman, 33 in a man."""
    values = (lab("creatinine", creatinine),) if creatinine else ()
    patient = chart(labs=values, birth_year=1966, sex=sex, region=Region.US)

    assert only("us_label", patient, 10).text.endswith(f"; length not recorded; not known: {unknown}, CYP3A4 drugs")
    assert only(PROTOCOL, patient, 10).text == f"45 mg once daily for 8 weeks; length not recorded{silence}"


def test_an_egfr_that_may_be_below_15_leaves_the_reduced_dose_and_says_that_it_may_not_be_recommended():
    found = only("us_label", chart(labs=(lab("egfr", "<20"),), region=Region.US), 10)

    assert found.mg == (30,)
    assert "eGFR < 15: not recommended" in found.text
    assert "eGFR 15 to < 30: 30 mg as induction, then 15 mg" in found.text


def test_two_reasons_for_a_lower_dose_do_not_lower_it_twice():
    drugs = (Medication(kind=INHIBITOR, begun=START),)
    found = only("us_label", chart(history={"egfr": Decimal(20)}, medication=drugs), 10)

    assert found.mg == (30,)
    assert "none for several together was found" in found.text


TWO_TOGETHER = "each of them gives this dose; none for several together was found in what was read; "


@pytest.mark.parametrize(
    ("authority", "egfr", "grade", "said_so"),
    [
        ("us_label", "20", None, False), ("us_label", None, "A", False), ("us_label", "20", "A", True),
        ("us_label", "20", "C", False), ("us_label", "10", "A", False), ("us_label", None, None, False),
        ("eu_label", "20", "A", False),
    ],
)  # fmt: skip
def test_that_nothing_was_found_for_several_together_is_said_of_two_reasons_for_a_lower_dose(
    authority, egfr, grade, said_so
):
    history = {"egfr": Decimal(egfr) if egfr else None, "child_pugh": grade}

    assert (TWO_TOGETHER in only(authority, chart(history=history), 10).text) is said_so


EGFR_20 = "30 mg as induction, then 15 mg (eGFR 20 from the history, day not known)"
US_USUAL = "usual: 45 mg once daily for 12 weeks; length not recorded; "
EU_SAYS = (
    "45 mg once daily for 12 weeks; after an inadequate benefit 30 mg, discontinuation without benefit by week 24; "
)


@pytest.mark.parametrize(
    ("authority", "history", "begins"),
    [
        ("us_label", {"egfr": Decimal(20)}, f"eGFR 15 to < 30: {EGFR_20}; {US_USUAL}"),
        ("us_label", {"child_pugh": "A"},
         f"Child-Pugh A: 30 mg as induction, then 15 mg (to be confirmed); {US_USUAL}"),
        ("us_label", {"child_pugh": "C"}, f"Child-Pugh C: not recommended; {US_USUAL}"),
        ("eu_label", {"egfr": Decimal(20)},
         f"eGFR 15 to < 30, with caution: {EGFR_20} (to be confirmed); usual: {EU_SAYS}length not recorded; "),
        ("eu_label", {"child_pugh": "A"},
         f"{EU_SAYS}Child-Pugh A: no adjustment (to be confirmed); length not recorded; "),
        ("eu_label", {"child_pugh": "C"}, f"Child-Pugh C: contraindicated; usual: {EU_SAYS}length not recorded; "),
    ],
)  # fmt: skip
def test_what_changes_the_dose_goes_before_the_usual_one_and_what_changes_nothing_after_it(authority, history, begins):
    assert only(authority, chart(history=history), 10).text.startswith(begins)


def test_one_reason_against_any_dose_is_enough():
    assert only("us_label", chart(history={"egfr": Decimal(20), "child_pugh": "C"}), 10).mg == ()


def test_the_protocol_says_nothing_of_kidney_liver_and_other_drugs():
    drugs = (Medication(kind=INHIBITOR, begun=START),)
    found = only(PROTOCOL, chart(history={"egfr": Decimal(20), "child_pugh": "A"}, medication=drugs), 10)

    assert found.mg == (45,)
    assert found.text.endswith("nothing on eGFR, Child-Pugh class, CYP3A4")


# Who speaks


@pytest.mark.parametrize(
    ("region", "speakers"),
    [(None, [*LABELS, PROTOCOL]), *((region, [region.label, PROTOCOL]) for region in Region)],
)
def test_of_the_labels_the_regions_speaks_or_all_and_the_protocol_after_them(region, speakers):
    assert [each.authority for each in says(chart(region=region), 10)] == speakers


@pytest.mark.parametrize("place", ["started_on", "course[1]", "stopped_on", "today"])
def test_without_its_dates_no_phase_and_no_dose_are_said(place):
    found = dose(chart(unreadable=(place,)), on(60))

    assert (found.phase, found.day, found.week) == (None, None, None)
    assert [(each.authority, each.mg) for each in found.says] == [(POLICY, ())]
    assert place in found.says[0].text


def test_another_fact_that_could_not_be_read_is_named():
    assert says(chart(unreadable=("history.egfr",)), 10)[0].text == "history.egfr could not be read"


def test_no_sentence_commands():
    words = " ".join(each.says.lower() for each in STATED)

    assert not any(f" {word} " in f" {words} " for word in ("start", "stop", "must", "give", "should"))


# What is stated


def test_every_number_is_stated_once_for_each_authority():
    assert len(set(STATED)) == len(STATED)
    assert {each.source.authority for each in STATED} >= {*LABELS, PROTOCOL, POLICY}


def test_what_was_not_read_is_to_be_confirmed():
    sources = {(each.authority, each.source.state.startswith("read")) for each in says(chart(), 10)}

    assert sources == {
        ("us_label", True), ("eu_label", False), ("gb_label", False), ("au_label", True), (PROTOCOL, True),
    }  # fmt: skip
