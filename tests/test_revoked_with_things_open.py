"""Whoever is revoked leaves nothing behind that nobody finds: open forms go to an owner, patients are named."""

import pytest

from bot.notices import report_unreachable
from store.members import Role
from tests.enrolled import CODE
from tests.mornings import joins
from tests.test_handing_over import STEPS, hand_over
from tests.test_team import joined

PASSES = f"Open: {CODE} Visit 5/9. It passes to you: /resume goes on with it, and each answer keeps who gave it."
RESPONSIBLE = f"Responsible for 1 patient: {CODE}. Reminders of theirs go to the cover, the lead or an owner until"


async def a_visit_is_open(nurse):
    await nurse.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0"):
        await nurse.taps(label)


async def revokes(owner, number, *more):
    await owner.says("/team")
    for label in (f"Revoke member {number}", *more):
        await owner.taps(label)


def open_forms(office):
    return [tuple(each) for each in office.rows("SELECT member_id, questionnaire, given_by FROM interviews")]


async def test_the_question_names_what_is_open_and_whose_patients_they_are(ward, office):
    nurse = await joined(ward, office, "nurse")
    await a_visit_is_open(nurse)
    await hand_over(ward, *STEPS, "Confirm")
    await revokes(ward, 2)

    assert ward.last.text.splitlines() == [
        "Revoke member 2 (nurse)? It works on their next tap.",
        PASSES,
        f"{RESPONSIBLE} each is handed over.",
    ]


async def test_of_whoever_has_nothing_open_nothing_is_said(ward, office):
    await joined(ward, office, "nurse")
    await revokes(ward, 2)

    assert ward.last.text == "Revoke member 2 (nurse)? It works on their next tap."


async def test_an_open_visit_passes_to_the_owner_and_each_answer_keeps_who_gave_it(ward, office):
    nurse = await joined(ward, office, "nurse")
    await a_visit_is_open(nurse)
    await revokes(ward, 2, "Yes, revoke")

    assert ward.last.text.splitlines() == ["Member 2 (nurse) has no access any more.", PASSES]
    await ward.says("/resume")
    assert f"{CODE} · Visit 5/9" in ward.last.text
    for label in ("Mild", "No", "Unchanged", "None", "None", "Confirm"):
        await ward.taps(label)
    await ward.says(f"/history {CODE}")
    assert "by member 2" in next(line for line in ward.last.text.splitlines() if "Answers: by" in line)


async def test_what_is_kept_for_later_passes_too_and_a_quick_check_is_erased(ward, office):
    nurse = await joined(ward, office, "nurse")
    await a_visit_is_open(nurse)
    await nurse.says("/hbi")
    await nurse.taps("Keep for later")
    await revokes(ward, 2, "Yes, revoke")

    assert [(who, what) for who, what, _ in open_forms(office)] == [(1, "visit_uc")]


async def test_an_enrolment_passes_with_who_answered_it(ward, office):
    nurse = await joined(ward, office, "nurse")
    await nurse.says("/new CD-0077")
    await nurse.taps("Crohn's")
    await revokes(ward, 2, "Yes, revoke")

    assert "Open: CD-0077-" in ward.last.text
    ((who, what, given_by),) = open_forms(office)
    assert (who, what) == (1, "enrolment")
    assert '"disease": 2' in given_by if isinstance(given_by, str) else given_by["disease"] == 2


async def test_an_owner_who_revokes_themselves_leaves_it_to_another_who_is_told(ward, office):
    other = await joins(office, "other", role=Role.OWNER)
    await a_visit_is_open(ward)
    await ward.says("/cancel")
    await ward.taps("Keep for later")
    await revokes(ward, 1)
    assert "It passes to member 2 (owner)" in ward.last.text
    await ward.taps("Yes, revoke")
    await other.settled()

    assert [who for who, *_ in open_forms(office)] == [2]
    assert other.last.text.splitlines() == [
        "Member 1 (owner) has no access any more.",
        PASSES,
        f"{RESPONSIBLE} each is handed over.",
    ]


async def away(office, number):
    await office.ledger.take(lambda work: report_unreachable(work, number, office.clock.now))


UNREACHED = "Telegram does not deliver to member 2 (nurse)."


@pytest.mark.parametrize("revoked", [1, 3], ids=["who goes by themselves", "who is revoked by another"])
async def test_what_an_owner_was_told_of_who_cannot_be_reached_is_told_to_the_owner_who_stays(ward, office, revoked):
    """The one who was told is gone, and the other has become an owner since."""
    await joins(office, "nurse", role=Role.NURSE)
    await away(office, 2)
    other = await joins(office, "other", 22, role=Role.OWNER)
    await revokes(ward, revoked, "Yes, revoke")
    await other.settled()

    assert UNREACHED in (other if revoked == 1 else ward).last.text.splitlines()


async def test_of_those_who_cannot_be_reached_nothing_is_said_where_nobody_goes_who_was_told(ward, office):
    await joins(office, "nurse", role=Role.NURSE)
    await joins(office, "doctor", 22)
    await away(office, 2)
    await revokes(ward, 3, "Yes, revoke")

    assert ward.last.text == "Member 3 (doctor) has no access any more."


async def test_the_team_lists_patients_whose_responsible_person_has_gone(ward, office):
    await joined(ward, office, "nurse")
    await hand_over(ward, *STEPS, "Confirm")
    await revokes(ward, 2, "Yes, revoke")
    await ward.says("/team")

    assert "Member 2 (nurse) has no access and is responsible for 1 patient." in ward.last.text
    await ward.taps("Patients of member 2")
    await ward.taps(CODE)
    assert ward.last.text == f"{CODE}: member 2 is responsible. Who takes over?"
    for label in ("Member 1 (owner)", "Leaves the clinic", "Confirm"):
        await ward.taps(label)
    await ward.says("/team")
    assert "is responsible for" not in ward.last.text


async def test_naming_a_patient_is_a_read_in_the_audit(ward, office):
    nurse = await joined(ward, office, "nurse")
    await a_visit_is_open(nurse)
    before = len(office.rows("SELECT * FROM audit WHERE verb = 'read' AND member_id = 1"))
    await revokes(ward, 2)

    assert len(office.rows("SELECT * FROM audit WHERE verb = 'read' AND member_id = 1")) == before + 1
