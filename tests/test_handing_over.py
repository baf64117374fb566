"""A patient goes to a colleague: chosen, with a reason, shown before it counts, told to both, and written down."""

import pytest

from bot import words
from tests.conversation import button, labels
from tests.enrolled import CODE
from tests.mornings import joins
from tests.test_taps import toasts
from tests.test_team import joined

STEPS = ("Course", "Hand over", "Member 2 (nurse)", "Leave or absence")


async def hand_over(line, *steps):
    await line.says(f"/p {CODE}")
    for label in steps:
        await line.taps(label)


def responsible(office):
    return office.rows("SELECT responsible_id FROM patients")[0][0]


async def test_nothing_changes_before_one_screen_has_said_what_will_happen(ward, office):
    nurse = await joined(ward, office, "nurse")
    await hand_over(ward, *STEPS)

    assert ward.last.text.splitlines() == [
        f"{CODE} · hand over",
        "From: member 1",
        "To: member 2 (nurse)",
        "Reason: leave or absence",
        "Told, by the code alone: member 2. Reminders go to member 2.",
        "Nothing counts until you confirm.",
    ]
    assert (responsible(office), CODE in nurse.last.text) == (1, False)

    await ward.taps("Confirm")
    assert responsible(office) == 2


async def test_the_reason_stands_in_the_history_and_in_the_audit(ward, office):
    await joined(ward, office, "nurse")
    await hand_over(ward, *STEPS, "Confirm")
    await ward.says(f"/history {CODE}")

    said = "Handed over of 1 Jun 2026: from member 1, to member 2, leave or absence · member 1, 1 Jun 2026"
    assert said in ward.last.text
    entries = office.rows("SELECT member_id, subject FROM audit WHERE verb = 'hand over: leave or absence'")
    assert [tuple(each) for each in entries] == [(1, "patient 1")]


@pytest.mark.parametrize("who", ["former", "new", "third"])
async def test_both_are_told_but_for_who_did_it(ward, office, who):
    nurse = await joined(ward, office, "nurse")
    third = await joins(office, "third")
    does = {"former": ward, "new": nurse, "third": third}[who]
    by = {"former": 1, "new": 2, "third": 3}[who]
    await hand_over(does, *STEPS)
    foretold = {"former": "member 2", "new": "member 1", "third": "member 1 and member 2"}[who]
    assert f"Told, by the code alone: {foretold}." in does.last.text
    await does.taps("Confirm")
    notices = [[each.text for each in line.messages if "was handed over" in each.text] for line in (ward, nurse)]

    why = f"by member {by}. /history {CODE} says why."
    to_the_new = [] if who == "new" else [f"{CODE} was handed over to you {why}"]
    to_the_former = [] if who == "former" else [f"{CODE} was handed over from you to member 2 {why}"]
    assert notices == [to_the_former, to_the_new]


async def test_a_former_person_who_has_no_access_is_not_told(ward, office):
    await joined(ward, office, "nurse")
    other = await joins(office, "other")
    await hand_over(ward, *STEPS, "Confirm")
    office.rows("UPDATE members SET revoked_at = joined_at WHERE id = 2")
    before = len(office.rows("SELECT * FROM cards WHERE member_id = 2"))
    await hand_over(other, "Course", "Hand over", "Member 3 (doctor)", "Leaves the clinic", "Confirm")

    assert responsible(office) == 3
    assert len(office.rows("SELECT * FROM cards WHERE member_id = 2")) == before


@pytest.mark.parametrize("step", [*STEPS[2:], "Confirm"])
async def test_who_has_lost_access_can_be_chosen_at_no_step(ward, office, step):
    await joined(ward, office, "nurse")
    await hand_over(ward, *STEPS[: (*STEPS, "Confirm").index(step)])
    office.rows("UPDATE members SET revoked_at = joined_at WHERE id = 2")
    await ward.taps(step)

    assert toasts(ward)[-1] == "That person has no access any more. Nothing was changed."
    assert responsible(office) == 1
    await hand_over(ward, "Course", "Hand over")
    assert labels(ward.last) == ["Menu"]


@pytest.mark.parametrize("step", [*STEPS[2:], "Confirm"])
async def test_a_button_of_an_earlier_hand_over_is_refused(ward, office, step):
    """Also where the patient has come back to the one from whom it was asked."""
    await joined(ward, office, "nurse")
    await hand_over(ward, *STEPS[: (*STEPS, "Confirm").index(step)])
    old = ward.last
    await hand_over(ward, *STEPS, "Confirm")
    await hand_over(ward, "Course", "Hand over", "Member 1 (owner)", "Change of duty or ward", "Confirm")
    await ward.taps(step, message=old)

    assert toasts(ward)[-1] == f"{CODE} was handed over since this was asked. Nothing was changed."
    assert responsible(office) == 1


async def test_a_confirm_counts_once(ward, office):
    await joined(ward, office, "nurse")
    await hand_over(ward, *STEPS)
    card = ward.last
    confirm = button(card, "Confirm")
    for _ in range(2):
        await ward.presses(confirm, card.message_id)

    assert toasts(ward)[-1] == words.BEHIND_US
    assert len(office.rows("SELECT * FROM observations WHERE code = 'handed_over'")) == 1


async def test_a_hand_over_is_not_taken_back_as_an_entry_of_the_record(ward, office):
    """It is handed over again; what was recorded before it can still be taken back."""
    await joined(ward, office, "nurse")
    await hand_over(ward, *STEPS, "Confirm")
    await ward.says(f"/undo {CODE}")

    assert "Handed over" not in ward.last.text
    assert "First dose" in ward.last.text
