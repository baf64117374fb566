"""The one clause by which a finding is named where its words have no room: what was found, with its day."""

import pytest

from flows.chart import Score
from flows.history import Region, Result, Screened
from flows.instruments import current
from tests.safetycharts import ago, drug, event, found, lab


def ticked(instrument, complication):
    return Score(questionnaire=current(instrument), on=ago(2), answers={"complications": (complication,)})


def test_a_count_below_its_limit_has_its_value_and_day():
    assert found("label.neutrophils_below_1", lab("anc", "0.8", ago(3))).brief == "ANC 0.8 (29 May 2026)"
    assert found("label.lymphocytes_below_0_5", lab("alc", "<0.4")).brief == "ALC <0.4 (1 Jun 2026)"
    assert found("label.haemoglobin_below_8", lab("hb", "7.9")).brief == "Hb 7.9 (1 Jun 2026)"


@pytest.mark.parametrize(
    ("name", "kind", "brief"),
    [
        ("label.serious_infection", "serious_infection", "serious infection (27 May 2026)"),
        ("label.opportunistic_infection", "opportunistic_infection", "opportunistic infection (27 May 2026)"),
        ("label.active_tuberculosis", "tuberculosis", "tuberculosis (27 May 2026)"),
        ("label.active_hepatitis", "hepatitis_b", "hepatitis B (27 May 2026)"),
        ("label.mi_or_stroke", "stroke", "stroke (27 May 2026)"),
        ("label.thrombosis", "vte", "VTE (27 May 2026)"),
        ("label.thrombosis", "thrombosis_symptoms", "symptoms of thrombosis (27 May 2026)"),
        ("label.liver_injury_suspected", "liver_injury_suspected", "suspected liver injury (27 May 2026)"),
        ("label.pregnancy", "pregnancy", "pregnancy (27 May 2026)"),
        ("label.malignancy", "malignancy", "malignancy (27 May 2026)"),
        ("label.gi_perforation", "perforation", "gastrointestinal perforation (27 May 2026)"),
        ("label.gi_perforation", "abdominal_pain", "abdominal pain (27 May 2026), to be evaluated: perforation"),
        ("label.herpes_zoster", "herpes_zoster", "herpes zoster (27 May 2026)"),
        ("label.live_vaccine", "live_vaccine", "live vaccine (27 May 2026)"),
    ],
)
def test_an_event_has_its_day(name, kind, brief):
    assert found(name, events=(event(kind),)).brief == brief


def test_of_several_events_the_newest_is_named():
    events = (event("stroke", 40), event("myocardial_infarction", 7), event("mace", 90))

    assert found("label.mi_or_stroke", events=events).brief == "myocardial infarction (25 May 2026)"


@pytest.mark.parametrize(
    ("events", "brief"),
    [
        ((event("herpes_zoster", 5, True),), "serious infection: herpes zoster (27 May 2026)"),
        ((event("infection", 5, True), event("abscess", 2)), "serious infection: infection (27 May 2026)"),
        ((event("infection"),), "whether serious is not known: infection (27 May 2026)"),
        ((event("abscess"),), "whether serious is not known: abscess (27 May 2026)"),
    ],
    ids=["serious", "serious before an abscess", "not known", "an abscess"],
)
def test_what_may_be_a_serious_infection_does_not_say_that_it_is_one(events, brief):
    assert found("label.serious_infection", events=events).brief == brief


def test_what_was_ticked_has_its_day():
    hbi = found("label.serious_infection", scores=(ticked("hbi", "abscess"),))
    cdai = found("policy.abscess_in_cdai", scores=(ticked("cdai", "anal"),))

    assert hbi.brief == "abscess ticked in the HBI (30 May 2026)"
    assert cdai.brief == "anal fissure, fistula or abscess ticked in the CDAI (Crohn's) (30 May 2026)"


def test_hys_law_has_both_values():
    values = (lab("alt", "200", ago(4), upper="40"), lab("bilirubin", "3", ago(2), upper="1"))

    assert found("guideline.hys_law", *values).brief == (
        "pattern of Hy's law: ALT 200 U/L (28 May 2026), Total bilirubin 3 mg/dL (30 May 2026)"
    )
    assert found("guideline.transaminase_above_3x", *values).brief == "ALT 200 U/L (28 May 2026)"


def test_a_marker_of_hepatitis_and_a_test_of_pregnancy_have_their_day():
    hbv = Screened(item="hbv", on=ago(5), more=(("hbsag", Result.POSITIVE), ("dna", Result.POSITIVE)))
    carried = Screened(item="hbv", on=ago(5), more=(("hbsag", Result.POSITIVE),))
    test = Screened(item="preg", on=ago(5), result=Result.POSITIVE)

    assert found("label.active_hepatitis", screening=(hbv,)).brief == "HBV DNA positive (27 May 2026)"
    assert found("label.active_hepatitis", screening=(carried,)).brief == "HBsAg positive (27 May 2026)"
    assert found("label.pregnancy", screening=(test,)).brief == "pregnancy test positive (27 May 2026)"
    assert found("label.pregnancy", history={"pregnant": True}).brief == "pregnancy is recorded, day not known"


def test_drugs_have_the_day_since_when():
    both = (drug("azathioprine", 30), drug("azathioprine", 9), drug("biologic", 5))

    assert found("label.combination", medication=both).brief == (
        "combined with azathioprine since 23 May 2026, biologic since 27 May 2026"
    )
    inducer = found("label.strong_cyp3a4_inducer", medication=(drug("strong_cyp3a4_inducer", 9),))
    assert inducer.brief == "strong CYP3A4 inducer since 23 May 2026"


def test_the_kidney_and_the_liver_have_their_value():
    assert found("label.egfr_below_15", lab("egfr", "12.3")).brief == "eGFR 12.3 (1 Jun 2026)"
    assert found("label.egfr_below_15", history={"egfr": 12}).brief == "eGFR 12 (day not known)"
    assert found("label.child_pugh_c", history={"child_pugh": "C"}).brief == (
        "Child-Pugh C (from the history, day not known)"
    )
    assert found("label.dose_by_egfr", lab("egfr", "28")).brief == "eGFR 28 (1 Jun 2026), 45 mg since 5 Jan 2026"


def test_any_other_is_named_by_its_matter_and_the_first_of_its_facts():
    boxed = found("label.boxed_warning", birth_year=1960, risks=frozenset({"ascvd"}), region=Region.US)
    grave = found("guideline.ctcae_grade_3_or_4", lab("anc", "0.8"))

    assert boxed.brief == "boxed warning: age 65 or 66"
    assert grave.brief == "grade 3 or 4: Neutrophils 0.8 ×10⁹/L (1 Jun 2026), CTCAE v5 grade 3"
    assert (boxed.matter, grave.matter) == ("boxed warning", "grade 3 or 4")


def test_of_several_grave_values_the_clause_leaves_out_none():
    grave = found("guideline.ctcae_grade_3_or_4", lab("anc", "0.8"), lab("hb", "7.2", ago(3)))

    assert grave.brief == "grade 3 or 4: Neutrophils 0.8 ×10⁹/L (1 Jun 2026); Haemoglobin 7.2 g/dL (29 May 2026)"


def test_a_raised_cpk_has_its_value_and_its_day():
    value = lab("cpk", "900", ago(3), upper="200")

    assert found("practice.cpk_4x", value).brief == "CPK raised: 900 U/L (29 May 2026)"
    assert found("practice.cpk_4x_with_symptoms", value, events=(event("myalgia"),)).brief == (
        "CPK with symptoms: 900 U/L (29 May 2026)"
    )


def test_a_perforation_is_named_before_a_pain_that_came_after_it():
    events = (event("perforation", 20), event("abdominal_pain", 2))

    assert found("label.gi_perforation", events=events).brief == "gastrointestinal perforation (12 May 2026)"


ALTERNATIVE = "only without a suitable alternative"


@pytest.mark.parametrize(
    ("birth_year", "risks", "brief"),
    [
        (1961, ("current_smoker",), f"{ALTERNATIVE}: current smoker"),
        (1950, (), f"{ALTERNATIVE}: from 65 years of age"),
        (1950, ("ascvd",), f"{ALTERNATIVE}: from 65 years of age, atherosclerotic cardiovascular disease"),
        (1961, (), f"{ALTERNATIVE}, from 65 years of age: age 64 or 65"),
        (None, ("active_cancer",), f"{ALTERNATIVE}: active cancer"),
    ],
)
def test_a_label_that_asks_for_an_alternative_names_what_for(birth_year, risks, brief):
    patient = {"birth_year": birth_year, "risks": frozenset(risks), "region": Region.EU}

    assert found("label.only_without_alternative", **patient).brief == brief
