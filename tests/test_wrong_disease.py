"""A disease that was tapped wrongly is corrected, with who, when and why; never under scores of the other one."""

import json
from datetime import date

import pytest

from flows.choices import AnyOf, OneOf
from flows.filing import facts_of
from flows.forms.enrolment import ENROLMENT
from flows.of_disease import ASKED_OF
from flows.record import Fact, Kind
from tests.conversation import labels
from tests.correcting import recorded, say, told, wrong
from tests.enrolled import CODE
from tests.sealed import checked
from tests.test_saving import enrol_crohns
from tests.test_team import joined

CROHNS = "CD-0043-G"


pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
async def crohns(ward):
    """The doctor, with a second patient on 45 mg since 9 March, enrolled with Crohn's disease."""
    await enrol_crohns(ward)
    await say(ward, f"/p {CROHNS}", "Induction length", "12", "Confirm")
    return ward


async def mended(line, code=CROHNS, why="Typing error"):
    await say(line, f"/p {code}", "Correct", "Disease", why)


async def test_a_wrong_disease_is_corrected_and_everything_follows(crohns, office):
    await say(crohns, f"/status {CROHNS}")
    assert "no HBI" in crohns.last.text
    await mended(crohns)

    shown = crohns.last.text
    assert "Disease: Crohn's → Ulcerative colitis" in shown
    assert "Taken out with it:" in shown
    assert "Induction length" in shown
    assert "Dates before → after:" in shown
    assert office.rows("SELECT disease FROM patients WHERE id = 2") == [("CD",)]
    await crohns.taps("Confirm")
    assert crohns.last.text.startswith("UNDECIDED · no PMS")
    assert f"{CROHNS} · Ulcerative colitis · week 12" in crohns.last.text
    assert "Updated: a value arrived or was corrected since the last card." in crohns.last.text
    items = {
        row[0] for row in office.rows("SELECT item FROM reminders WHERE patient_id = 2 AND state IN ('planned', 'due')")
    }
    assert "ind_end_uc" in items
    assert not items & {"wk8_cd", "ind_end_cd"}
    await say(crohns, f"/visit {CROHNS}", "Seen")
    assert "Stool frequency" in crohns.last.text


async def test_the_record_and_the_audit_say_who_when_and_why(crohns, office):
    await mended(crohns, why="Diagnosis revised")
    await crohns.taps("Confirm")
    await say(crohns, f"/history {CROHNS}")

    line = "Disease corrected of 1 Jun 2026: from Crohn's, to Ulcerative colitis, diagnosis revised · member 1"
    assert line in crohns.last.text
    assert "Induction length: removed · member 1, 1 Jun 2026 · diagnosis revised" in crohns.last.text
    entries = office.rows("SELECT verb, before, after FROM audit WHERE subject = 'patient 2' AND before IS NOT NULL")
    ((verb, before, after),) = entries
    assert verb == "correct disease: diagnosis revised"
    assert before != after
    assert checked(office.url).broken == ()


async def test_an_enrolment_that_was_taken_back_leaves_a_disease_that_can_be_corrected(crohns, office):
    await say(crohns, f"/undo {CROHNS}", "Take back", f"/undo {CROHNS}", "Take back")
    await mended(crohns)
    assert "Taken out with it" not in crohns.last.text
    await crohns.taps("Confirm")

    assert f"{CROHNS} · Ulcerative colitis · screening" in crohns.last.text


async def test_a_nurse_corrects_what_a_nurse_enrolled_but_not_what_a_doctor_told(chat, office):
    await chat.replay("doctor: /settings\ndoctor: [Confirm: our organisation approved it]")
    nurse = await joined(chat, office, "nurse")
    await say(nurse, "/new CD-0043", "Crohn's")
    while "Confirm" not in labels(nurse.last):
        await nurse.taps("Later")
    await nurse.taps("Confirm")
    await mended(nurse, CROHNS)
    await nurse.taps("Confirm")
    assert office.rows("SELECT disease FROM patients") == [("UC",)]

    await mended(nurse, CROHNS)
    await nurse.taps("Confirm")
    await say(chat, f"/p {CROHNS}", "Induction length", "12", "Confirm")
    await say(nurse, f"/p {CROHNS}", "Correct", "Disease")
    assert "Only a doctor or an owner can do that" in nurse.transcript[-1]
    assert office.rows("SELECT disease FROM patients") == [("CD",)]


async def test_under_a_score_of_the_other_disease_it_is_refused_and_says_what_to_do(ward, office):
    await say(ward, f"/p {CODE}", "Checklist", "PMS", "1.6.2026", "1", "1", "Mild", "Confirm")
    await say(ward, f"/p {CODE}", "Correct", "Disease")

    assert "PMS of 1 Jun 2026 stands" in ward.transcript[-1]
    assert "Take it out under Correct first. Nothing was changed." in ward.transcript[-1]
    await wrong(ward, "PMS", "Typing error", "Only take it out")
    await mended(ward, CODE)
    await ward.taps("Confirm")
    assert office.rows("SELECT disease FROM patients") == [("CD",)]


async def test_a_score_that_came_since_it_was_shown_keeps_the_disease(ward, office):
    await mended(ward, CODE)
    shown = ward.last
    await say(ward, f"/p {CODE}", "Checklist", "PMS", "1.6.2026", "1", "1", "Mild", "Confirm")
    await ward.taps("Confirm", message=shown)

    assert "PMS of 1 Jun 2026 stands" in "\n".join(ward.transcript)
    assert office.rows("SELECT disease FROM patients") == [("UC",)]


async def test_a_button_of_before_does_not_turn_it_back(crohns, office):
    await mended(crohns)
    shown = crohns.last
    await mended(crohns)
    await crohns.taps("Confirm")
    await crohns.taps("Confirm", message=shown)

    assert office.rows("SELECT disease FROM patients WHERE id = 2") == [("UC",)]
    assert office.rows("SELECT count(*) FROM observations WHERE code = 'disease_corrected'") == [(1,)]


async def test_a_visit_that_was_open_files_no_score_of_the_other_disease(crohns, office):
    await say(crohns, f"/visit {CROHNS}", "Seen", "0", "0", "0", "0", "None", "Cancel", "Keep for later")
    await mended(crohns)
    await say(crohns, "Confirm", "/resume", "Not assessed", "Not assessed", "Not assessed", "Not assessed", "Confirm")

    assert f"{CROHNS} has Ulcerative colitis by now: HBI and SES-CD of this visit" in crohns.last.text
    assert "Nothing was filed yet" in crohns.last.text
    assert told(office, "code", kind="score") == []


async def test_details_that_were_open_are_opened_again(crohns, office):
    await say(crohns, f"/p {CROHNS}", "Details", *["Unchanged"] * 3, "Ileal", "Cancel", "Keep for later")
    await mended(crohns)
    await say(crohns, "Confirm", "/resume")
    while "Confirm" not in labels(crohns.last):
        await crohns.taps("Unchanged")
    await crohns.taps("Confirm")

    assert "The disease was corrected since this was opened" in crohns.transcript[-1]
    assert "disease.location" not in json.dumps(told(office, "code", kind="person"))


async def test_it_is_corrected_again_not_taken_back(crohns, office):
    await mended(crohns)
    await say(crohns, "Confirm", f"/undo {CROHNS}")

    assert "disease_corrected" not in crohns.last.text
    assert "induction_weeks" not in crohns.last.text
    await mended(crohns)
    await crohns.taps("Confirm")
    assert office.rows("SELECT disease FROM patients WHERE id = 2") == [("CD",)]


async def test_taking_back_brings_no_score_under_the_other_disease(ward, office):
    await say(ward, f"/p {CODE}", "Checklist", "PMS", "1.6.2026", "1", "1", "Mild", "Confirm")
    await wrong(ward, "PMS", "Typing error", "Only take it out")
    await mended(ward, CODE)
    await say(ward, "Confirm", f"/undo {CODE}", "Take back")

    assert "PMS is of Ulcerative colitis" in ward.transcript[-1]


async def test_a_verdict_of_before_is_replayed_with_the_disease_of_then(crohns):
    await say(crohns, f"/status {CROHNS}")
    await mended(crohns)
    await say(crohns, "Confirm", "/replay 1")

    assert "Then: UNDECIDED · no HBI" in crohns.last.text
    assert "identical, word for word" in crohns.last.text


async def test_what_was_told_of_the_other_disease_alone_is_taken_out_and_asked_anew(crohns, office):
    where = [
        Fact(kind=Kind.PERSON, code="disease.location", value={"is": "ileal"}),
        Fact(kind=Kind.PERSON, code="history.extensive", value={"is": True}),
        Fact(kind=Kind.PERSON, code="history.severity", value={"is": "severe"}),
    ]
    await recorded(office, 2, 9, *where)
    await mended(crohns)
    assert "Location: ileal" in crohns.last.text
    assert "Extensive: yes" in crohns.last.text
    assert "Severity" not in crohns.last.text
    await say(crohns, "Confirm", f"/p {CROHNS}", "Checklist")

    assert "Disease: Ileal" not in crohns.last.text


def test_what_an_enrolment_asks_of_one_disease_alone_is_known_as_of_that_disease():
    by_disease = [each for each in ENROLMENT.conditions if each.other == "disease"]
    for condition in by_disease:
        item, (disease,) = ENROLMENT.item(condition.item), condition.values
        ticked = tuple(each.code for each in item.choices) if isinstance(item, AnyOf) else None
        answer = ticked or (str(item.choices[0].code) if isinstance(item, OneOf) else 2)
        given = {item.code: answer, "disease": disease, "by_doctor": "yes"}

        facts = facts_of(ENROLMENT, given, date(2026, 6, 1))
        assert facts
        assert {ASKED_OF[each.code].value for each in facts} == {disease}
    assert len(by_disease) == 5
