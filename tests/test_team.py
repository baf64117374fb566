"""People join by one-time code, in a role, and lose access on their next tap."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot import words
from bot.acts import Moment
from bot.clock import new_token
from bot.front import Front
from bot.house import House
from bot.team import TeamDesk
from flows.errors import NotNow
from store.errors import StoreUnavailable
from store.members import Role
from tests.conftest import fresh_database
from tests.conversation import labels
from tests.sealed import writer_on
from tests.test_taps import toasts

NOT_ALLOWED = "Only an owner can do that. Nothing was changed."


def code_in(text):
    return text.split("/start ")[1].split()[0]


async def joined(chat, office, role, user_id=31):
    await chat.says(f"/invite {role}")
    line = office.line(role, user_id)
    await line.says(f"/start {code_in(chat.last.text)}")
    return line


async def joined_by(office, code, user_id=77):
    line = office.line("another", user_id)
    await line.says(f"/start {code}")
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
    await joined(chat, office, "nurse", 32)
    await other.says("/team")
    await other.taps("Revoke member 3")
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


async def test_a_member_rises_by_an_invitation_and_never_falls_by_one(chat, office):
    nurse = await joined(chat, office, "nurse")
    await chat.says("/invite doctor")
    await nurse.says(f"/start {code_in(chat.last.text)}")
    assert nurse.last.text == "Your role is doctor now."
    assert chat.last.text == "Member 2 is doctor now."
    await chat.says("/invite nurse")
    code = code_in(chat.last.text)
    await nurse.says(f"/start {code}")

    assert nurse.last.text == words.MEMBER_ALREADY
    assert (await joined_by(office, code)).last.text.startswith("Quiesce")
    assert [row.role for row in office.rows("SELECT role FROM members ORDER BY id")] == ["owner", "doctor", "nurse"]


async def test_what_a_revoked_person_has_open_is_erased(chat, office):
    nurse = await joined(chat, office, "nurse")
    await nurse.says("/hbi")
    await nurse.says("1")
    await nurse.taps("Cancel")
    await nurse.taps("Keep for later")
    await nurse.says("/pms")
    await chat.says("/team")
    await chat.taps("Revoke member 2")
    await chat.taps("Yes, revoke")

    assert office.rows("SELECT * FROM interviews") == []


async def test_a_large_team_has_pages(chat, office):
    for number in range(40, 52):
        await office.ledger.take(lambda work, n=number: work.members.admit(n, n, Role.NURSE, "UTC"))
    await chat.says("/team")
    await chat.taps("More")

    assert labels(chat.last) == ["Revoke member 11", "Revoke member 12", "Revoke member 13", "Earlier"]
    await chat.taps("Revoke member 13")
    await chat.taps("Yes, revoke")
    assert chat.last.text == "Member 13 (nurse) has no access any more."


def test_two_owners_who_go_at_once_do_not_leave_nobody(postgres, clock):
    """Each revokes themselves, in two processes, before the other has committed."""
    with fresh_database(postgres) as url:
        writers = [writer_on(url) for _ in range(2)]
        for number in (1, 2):
            writers[0].take(lambda work, n=number: work.members.admit(n, n, Role.OWNER, "UTC"))
        started = Barrier(2)

        def go(number):
            def turn(work):
                me = work.members.active(number)
                started.wait(5)
                moment = Moment(now=clock(), new_token=new_token, bot_id=1, update_id=number, house=House("UTC"))
                TeamDesk(work, me, moment, Front(work, me, moment)).revoke(work.cards.add(number, me.id), me.id)

            try:
                writers[number - 1].take(turn)
            except (NotNow, StoreUnavailable) as refusal:
                return type(refusal)
            return None

        with ThreadPoolExecutor(2) as threads:
            results = list(threads.map(go, (1, 2)))
        left = writers[0].take(lambda work: work.members.count_owners())
        for writer in writers:
            writer.close()

    assert left == 1
    assert sum(result is None for result in results) == 1
