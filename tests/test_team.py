"""People join by one-time code, in a role, and lose access on their next tap."""

import pytest

from bot import words
from tests.test_taps import toasts

NOT_ALLOWED = "Only an owner can do that. Nothing was changed."


def code_in(text):
    return text.split("/start ")[1].split()[0]


async def joined(chat, office, role, user_id=31):
    await chat.says(f"/invite {role}")
    line = office.line(role, user_id)
    await line.says(f"/start {code_in(chat.last.text)}")
    return line


@pytest.mark.parametrize("role", ["nurse", "doctor", "owner"])
async def test_an_invited_person_joins_in_their_role_and_the_inviter_is_told_who_came(chat, office, role):
    line = await joined(chat, office, role)

    assert line.last.text.startswith("Quiesce")
    assert chat.last.text == f"Person has joined as member 2 ({role})."
    assert [row.role for row in office.rows("SELECT role FROM members ORDER BY id")] == ["owner", role]


async def test_a_code_works_once_and_is_stored_hashed(chat, office):
    await chat.says("/invite nurse")
    code = code_in(chat.last.text)
    first, second = office.line("first", 31), office.line("second", 32)
    await first.says(f"/start {code}")
    await second.says(f"/start {code}")

    assert second.last.text == words.STRANGER
    assert code not in str(office.rows("SELECT * FROM invitations"))
    assert code not in str(office.rows("SELECT * FROM cards"))


async def test_a_code_is_good_for_24_hours(chat, office):
    await chat.says("/invite nurse")
    office.clock.passes(hours=24)
    late = office.line("late", 31)
    await late.says(f"/start {code_in(chat.last.text)}")

    assert late.last.text == words.STRANGER


@pytest.mark.parametrize("what", ["", "boss", "nurse doctor", "🙂"])
async def test_an_invitation_needs_a_role_that_exists(chat, office, what):
    await chat.says(f"/invite {what}")

    assert chat.last.text == "Say which role: /invite followed by one of nurse, doctor, owner."
    assert office.rows("SELECT * FROM invitations") == []


@pytest.mark.parametrize("role", ["nurse", "doctor"])
async def test_only_owners_invite_and_see_the_team(chat, office, role):
    line = await joined(chat, office, role)
    for command in ("/invite nurse", "/team"):
        await line.says(command)

        assert line.last.text == NOT_ALLOWED
    await line.says("/hbi 1 1 3 0 0")
    assert line.last.text.startswith("NOT IN REMISSION")


async def test_a_revoked_person_is_a_stranger_on_their_next_tap(chat, office):
    nurse = await joined(chat, office, "nurse")
    await nurse.says("/hbi")
    await chat.says("/team")
    assert "Member 2 (nurse), since 1 Jun 2026" in chat.last.text
    await chat.taps("Revoke member 2")
    await chat.taps("Yes, revoke")
    assert chat.last.text == "Member 2 (nurse) has no access any more."
    before = office.rows("SELECT * FROM interviews")
    await nurse.taps("4")

    assert office.rows("SELECT * FROM interviews") == before
    await nurse.says("/hbi 1 1 3 0 0")
    assert nurse.last.text == words.STRANGER


async def test_the_last_owner_stays(chat, office):
    await chat.says("/team")
    await chat.taps("Revoke member 1")
    await chat.taps("Yes, revoke")

    assert toasts(chat) == ["The last owner stays: make another owner first. Nothing was changed."]
    await chat.says("/hbi 1 1 3 0 0")
    assert chat.last.text.startswith("NOT IN REMISSION")


async def test_one_of_two_owners_can_go(chat, office):
    await joined(chat, office, "owner")
    await chat.says("/team")
    await chat.taps("Revoke member 2")
    await chat.taps("Yes, revoke")

    assert chat.last.text == "Member 2 (owner) has no access any more."


async def test_an_owner_who_is_one_no_more_cannot_use_the_buttons_that_are_left(chat, office):
    other = await joined(chat, office, "owner")
    await other.says("/team")
    office.rows("UPDATE members SET role = 'nurse' WHERE id = 2")
    await other.taps("Revoke member 1")

    assert toasts(other) == [NOT_ALLOWED]


async def test_the_last_button_of_an_owner_who_is_one_no_more_revokes_nobody(chat, office):
    other = await joined(chat, office, "owner")
    await other.says("/team")
    await other.taps("Revoke member 1")
    office.rows("UPDATE members SET role = 'nurse' WHERE id = 2")
    await other.taps("Yes, revoke")

    assert toasts(other) == [NOT_ALLOWED]
    assert office.rows("SELECT id FROM members WHERE revoked_at IS NOT NULL") == []


async def test_a_command_that_is_refused_has_changed_nothing(chat, office):
    nurse = await joined(chat, office, "nurse")
    before = office.rows("SELECT * FROM invitations")
    await nurse.says("/invite owner")

    assert nurse.last.text == NOT_ALLOWED
    assert office.rows("SELECT * FROM invitations") == before


async def test_back_from_the_question_shows_the_team_again(chat):
    await chat.says("/team")
    listed = chat.last.text
    await chat.taps("Revoke member 1")
    await chat.taps("Back")

    assert chat.last.text == listed
