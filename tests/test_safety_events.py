"""Adverse events of vessels, tumours, bowel, eyes and allergy. CLINICAL.md section 3."""

import pytest

from flows.history import EVENTS, Region, Sex
from flows.protocol.adverse_events import STATED
from tests.safetycharts import STARTED, TODAY, ago, drug, event, every, found, level, why

NOBODY = {"birth_year": 2000, "risks": frozenset(), "sex": Sex.MALE}
HEART, CLOT = "label.mi_or_stroke", "label.thrombosis"
# Which finding each event raises on treatment, and at which level; `serious` was not said.
RAISED = {
    "serious_infection": ("label.serious_infection", "limit"),
    "opportunistic_infection": ("label.opportunistic_infection", "limit"),
    "infection": ("label.serious_infection", "check"),
    "herpes_zoster": ("label.herpes_zoster", "check"),
    "tuberculosis": ("label.active_tuberculosis", "limit"),
    "hepatitis_b": ("label.active_hepatitis", "limit"),
    "hepatitis_c": ("label.active_hepatitis", "limit"),
    "abscess": ("label.serious_infection", "check"),
    "myocardial_infarction": (HEART, "limit"),
    "stroke": (HEART, "limit"),
    "mace": (HEART, "limit"),
    "vte": (CLOT, "limit"),
    "thrombosis_symptoms": (CLOT, "limit"),
    "malignancy": ("label.malignancy", "check"),
    "nmsc": ("label.malignancy", "info"),
    "perforation": ("label.gi_perforation", "check"),
    "abdominal_pain": ("label.gi_perforation", "check"),
    "liver_injury_suspected": ("label.liver_injury_suspected", "limit"),
    "rhabdomyolysis": ("practice.rhabdomyolysis", "check"),
    "vision_change": ("label.vision_change", "check"),
    "hypersensitivity": ("label.hypersensitivity", "check"),
    "pregnancy": ("label.pregnancy", "limit"),
    "live_vaccine": ("label.live_vaccine", "check"),
    "tablet_residue": ("label.tablet_residue", "info"),
    "myalgia": None,  # only beside a raised CPK
    "other": None,
}


@pytest.mark.parametrize("kind", EVENTS)
def test_each_event_alone_raises_this_and_nothing_else(kind):
    said = every(events=(event(kind),), **NOBODY)

    assert [(each.id, each.level) for each in said] == [RAISED[kind]] * (RAISED[kind] is not None)
    assert all("27 May 2026" in each.why for each in said)


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_of_the_day_after_is_not_there_yet(kind):
    assert every(events=(event(kind, -1),), **NOBODY) == ()


# Days after its day on which each is still shown; None is for good.
LASTING = [
    ("myocardial_infarction", HEART, None), ("stroke", HEART, None), ("mace", HEART, None), ("vte", CLOT, None),
    ("malignancy", "label.malignancy", None), ("hypersensitivity", "label.hypersensitivity", None),
    ("thrombosis_symptoms", CLOT, 30), ("nmsc", "label.malignancy", 365), ("perforation", "label.gi_perforation", 365),
    ("abdominal_pain", "label.gi_perforation", 14), ("vision_change", "label.vision_change", 30),
    ("tablet_residue", "label.tablet_residue", 90), ("liver_injury_suspected", "label.liver_injury_suspected", 90),
    ("rhabdomyolysis", "practice.rhabdomyolysis", 90), ("pregnancy", "label.pregnancy", 280),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "days"), LASTING)
def test_an_event_is_shown_for_good_or_for_so_many_days_after_its_day(kind, name, days):
    early = {"started_on": ago(4000)}
    if days is None:
        assert found(name, events=(event(kind, 3650),), **early) is not None
        assert "shown until" not in why(name, events=(event(kind, 3650),), **early)
    else:
        assert "shown until 1 Jun 2026" in why(name, events=(event(kind, days),), **early)
        assert found(name, events=(event(kind, days + 1),), **early) is None


# Vessels


@pytest.mark.parametrize("kind", ["myocardial_infarction", "stroke", "mace"])
@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [((TODAY - STARTED).days - 1, "limit"), ((TODAY - STARTED).days, "limit"), ((TODAY - STARTED).days + 1, "check")],
    ids=["the day after the first dose", "its day", "the day before"],
)
def test_an_infarction_or_stroke_since_the_first_dose_is_a_limit_and_one_before_it_to_be_checked(
    kind, days_ago, expected
):
    assert level(HEART, events=(event(kind, days_ago),)) == expected


def test_in_a_quick_check_an_infarction_may_have_come_after_the_first_dose():
    assert level(HEART, events=(event("stroke", 4000),), started_on=None) == "limit"


@pytest.mark.parametrize("risk", ["previous_mi", "previous_stroke"])
def test_one_among_the_risks_is_to_be_checked_and_has_no_day(risk):
    finding = found(HEART, risks=frozenset({risk}))

    assert finding.level == "check"
    assert finding.why.endswith("(among the risks)")


def test_a_clot_before_the_first_dose_is_a_risk_and_no_event_of_the_treatment():
    old = (event("vte", 400),)

    assert found(CLOT, events=old) is None
    assert level("label.thrombosis_risk", events=old) == "check"
    assert "VTE (27 Apr 2025)" in why("label.thrombosis_risk", events=old)
    assert level(CLOT, events=old, started_on=None) == "limit"


def test_the_us_label_speaks_of_symptoms_and_the_eu_label_of_a_vte():
    events = (event("thrombosis_symptoms"),)

    assert "discontinuation and prompt evaluation at symptoms of thrombosis" in why(CLOT, events=events)
    assert "EU label: discontinuation at a VTE" in why(CLOT, events=events, region=Region.EU)


# Tumours


@pytest.mark.parametrize("risk", ["previous_malignancy", "active_cancer"])
def test_a_malignancy_among_the_risks_is_to_be_checked(risk):
    assert level("label.malignancy", risks=frozenset({risk})) == "check"
    assert found("label.malignancy", risks=frozenset({"previous_nmsc"})) is None
    assert found("label.malignancy", risks=None) is None


def test_of_a_skin_tumour_it_is_said_that_its_treatment_is_not_known():
    said = why("label.malignancy", events=(event("nmsc"),))

    assert "except a non-melanoma skin cancer that was treated" in said
    assert said.endswith("whether it was treated is not known")
    assert level("label.malignancy", events=(event("nmsc"), event("malignancy"))) == "check"


# Bowel


@pytest.mark.parametrize("kind", ["nsaid", "corticosteroid", "budesonide"])
def test_a_risk_of_perforation_alone_is_information(kind):
    assert level("label.gi_perforation", medication=(drug(kind),)) == "info"
    assert level("label.gi_perforation", risks=frozenset({"diverticulitis"})) == "info"
    assert found("label.gi_perforation", medication=(drug("mesalazine"),), risks=frozenset()) is None


def test_new_abdominal_pain_is_to_be_checked_with_its_risks_beside_it():
    said = why(
        "label.gi_perforation", events=(event("abdominal_pain"),), medication=(drug("nsaid"),),
        risks=frozenset({"diverticulitis"}),
    )  # fmt: skip

    assert said.endswith("(27 May 2026, shown until 10 Jun 2026); NSAID since 21 Feb 2026; diverticulitis")


def test_a_diverticulitis_that_nobody_asked_about_is_not_known():
    pain = (event("abdominal_pain"),)

    assert why("label.gi_perforation", events=pain, risks=None).endswith("diverticulitis: not known")
    assert "diverticulitis: not known" not in why("label.gi_perforation", events=pain, risks=frozenset())


@pytest.mark.parametrize(("ostomy", "is_asked"), [(True, True), (False, False), (None, False)])
def test_with_a_stoma_tablet_residue_is_asked_about(ostomy, is_asked):
    finding = found("label.tablet_residue", history={"ostomy": ostomy})

    assert (finding is not None) is is_asked
    assert finding is None or finding.why.endswith("stoma; of tablet residue nothing is recorded")


# Allergy


@pytest.mark.parametrize(("serious", "expected"), [(True, "limit"), (False, "check"), (None, "check")])
def test_a_hypersensitivity_that_was_serious_is_a_limit(serious, expected):
    assert level("label.hypersensitivity", events=(event("hypersensitivity", serious=serious),)) == expected


@pytest.mark.parametrize(
    ("newer", "older", "expected"),
    [(True, True, "limit"), (True, False, "limit"), (False, True, "limit"), (None, True, "limit"),
     (False, False, "check"), (False, None, "check")],
)  # fmt: skip
def test_of_several_hypersensitivities_one_that_was_serious_makes_the_limit(newer, older, expected):
    events = (event("hypersensitivity", 5, newer), event("hypersensitivity", 50, older))

    assert level("label.hypersensitivity", events=events) == expected


def test_how_long_an_event_is_shown_is_stated_as_policy():
    shown = [each for each in STATED if ": shown " in each.says]

    assert {each.source.authority for each in shown} == {"policy"}
    assert [each.says for each in shown] == [
        "myocardial infarction or stroke or major adverse cardiovascular event: shown for good",
        "VTE: shown for good",
        "symptoms of thrombosis: shown for 30 days after its day",
        "malignancy: shown for good",
        "non-melanoma skin cancer: shown for 365 days after its day",
        "gastrointestinal perforation: shown for 365 days after its day",
        "abdominal pain: shown for 14 days after its day",
        "tablet residue in the stool: shown for 90 days after its day",
        "change of vision: shown for 30 days after its day",
        "hypersensitivity: shown for good",
    ]
