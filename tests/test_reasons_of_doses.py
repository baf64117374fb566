"""A reason for a dose names its authority, and one that contradicts the dose and the patient is to be checked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.patients.reviewing import OTHERS_UNDER_COURSE, ROOM_ABOVE_DOSES
from flows.forms import form, shipped
from flows.history import Region, Severity
from flows.protocol.dose_reasons import contradicted
from flows.questionnaire import Disease
from flows.sentences import as_many_as_fit
from tests.correcting import say
from tests.enrolled import CODE, ENROLLED
from tests.safetycharts import TODAY, ago, chart

# 45 years old, in week 12 of colitis, of whom no risk is recorded.
KNOWN = {"started_on": ago(84), "birth_year": 1980, "risks": frozenset(), "disease": Disease.ULCERATIVE_COLITIS}
MILD = {"severity": Severity.MILD, "refractory": False, "extensive": False}
PROTOCOLS = "the protocol's is 30 mg, 15 mg from 60 years or with risk factors"
OF_45 = "age 45 to 46; no risk factor recorded"
REASONS = {
    "standard": "Standard of the protocol",
    "us_standard": "Standard of the US label",
    "presentation": "By presentation (EU, GB, AU label)",
    "lowest": "Lowest effective dose",
    "refractory": "Refractory, severe or extensive disease",
    "age_or_risk": "Age or risk factors",
    "interaction": "Kidney, liver or interaction",
    "response": "Response not sufficient",
    "other": "Another reason, in the record",
}

pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
def opening():
    """Of 45 to 46 years, of whom no risk was asked."""
    return ENROLLED.replace("[Colitis]\ndoctor: [Later]", "[Colitis]\ndoctor: 1980", 1)


@pytest.mark.parametrize(
    ("why", "mg", "facts", "said"),
    [
        ("standard", 15, {}, f"“Standard of the protocol” and 15 mg: {PROTOCOLS} ({OF_45})"),
        ("standard", 30, {}, ""),
        ("standard", 15, {"birth_year": 1960}, ""),
        (
            "standard",
            15,
            {"birth_year": None, "risks": None},
            f"“Standard of the protocol” and 15 mg: {PROTOCOLS} (age not known; risk factors not asked)",
        ),
        ("standard", 30, {"birth_year": None}, ""),
        (
            "standard",
            30,
            {"risks": frozenset({"previous_vte"})},
            "“Standard of the protocol” and 30 mg: the protocol's is 15 mg from 60 years or with risk factors "
            "(age 45 to 46; risk factors recorded: previous VTE)",
        ),
        ("us_standard", 15, {}, ""),
        (
            "us_standard",
            30,
            {},
            "“Standard of the US label” and 30 mg: the US label's is 15 mg; 30 mg may be considered in refractory, "
            "severe or extensive disease",
        ),
        (
            "presentation",
            30,
            {"birth_year": 1955},
            "“By presentation (EU, GB, AU label)” and 30 mg: the EU label leaves 15 mg here "
            "(age 70 to 71; no risk factor recorded)",
        ),
        ("presentation", 30, {}, ""),
        ("presentation", 30, {"birth_year": 1955, "region": Region.AU, "disease": Disease.CROHNS}, ""),
        (
            "refractory",
            15,
            {},
            "“Refractory, severe or extensive disease” and 15 mg: the labels name 30 mg for it",
        ),
        (
            "refractory",
            30,
            {"history": MILD},
            "“Refractory, severe or extensive disease” and 30 mg: recorded: not refractory, not extensive, mild",
        ),
        ("refractory", 30, {}, ""),
        ("age_or_risk", 30, {}, "“Age or risk factors” and 30 mg: the protocol and the labels name 15 mg for them"),
        (
            "age_or_risk",
            15,
            {},
            f"“Age or risk factors” and 15 mg: neither the protocol nor a label names them here ({OF_45})",
        ),
        ("age_or_risk", 15, {"birth_year": 1960}, ""),
        ("age_or_risk", 15, {"risks": None}, ""),
        ("response", 15, {}, "“Response not sufficient” and 15 mg: the labels name 30 mg for it"),
        ("lowest", 30, {}, ""),
        ("interaction", 30, {}, ""),
        ("other", 15, {}, ""),
    ],
)
def test_a_reason_that_contradicts_the_dose_and_the_patient_says_whose_it_is(why, mg, facts, said):
    assert contradicted(why, mg, chart(**KNOWN | facts), TODAY) == said


@pytest.mark.parametrize("why", REASONS)
def test_the_dose_of_induction_is_not_held_against_what_is_said_of_maintenance(why):
    assert contradicted(why, 45, chart(**KNOWN | {"started_on": TODAY - timedelta(days=20)}), TODAY) == ""


def test_a_reason_names_its_authority_and_what_was_begun_with_the_former_list_goes_on():
    newest, before = form("dose"), shipped("dose", 1)

    assert {each.code: each.label for each in newest.item("why").choices} == REASONS
    former = [each for each in REASONS if each not in ("us_standard", "presentation")]
    assert [each.code for each in before.item("why").choices] == former
    assert replace(newest, version=1, items=before.items) == before
    for code in former:
        assert before.item("why").describe(code) == newest.item("why").describe(code)


async def test_the_review_of_a_dose_says_that_its_reason_contradicts_it_and_files_what_is_confirmed(ward):
    await say(ward, f"/p {CODE}", "Course", "Dose", "4.5.2026", "15 mg", "Standard of the protocol")
    said = f"CHECK: “Standard of the protocol” and 15 mg: {PROTOCOLS} (age 45 to 46; risk factors not asked)."
    assert said in ward.last.text
    await say(ward, "Reason", "Standard of the US label")
    assert "CHECK: “Standard" not in ward.last.text

    await ward.taps("Confirm")
    await say(ward, f"/p {CODE}", "History")
    assert "Dose of 4 May 2026: 15 mg, Standard of the US label" in ward.last.text


async def test_what_each_authority_says_stands_where_a_dose_is_chosen_whichever_way_led_there(ward):
    await say(ward, f"/due {CODE}", "Dose", "4.5.2026")
    asked = ward.last.text

    assert "Which dose a day?" in asked
    assert "US label: " in asked
    assert "\nprotocol: " in asked
    assert asked.index("\nprotocol: ") < asked.index("Which dose a day?")
    await ward.taps("15 mg")
    assert "\nprotocol: " not in ward.last.text


async def test_they_are_those_of_the_day_from_which_it_is_taken(ward):
    await say(ward, f"/p {CODE}", "Course", "Dose", "30.3.2026")
    in_induction = ward.last.text
    await say(ward, "Back", "1.6.2026")

    assert "induction" in in_induction
    assert in_induction != ward.last.text


def test_all_that_can_be_said_of_a_dose_leaves_room_for_its_question():
    said = as_many_as_fit(["x" * 700] * 7, ROOM_ABOVE_DOSES, OTHERS_UNDER_COURSE)

    assert said[4:] == ["3 more such lines stand under Course."]
