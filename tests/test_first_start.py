"""The first start: everybody is shown when their reminders come; an owner also who is the cover and who the lead."""

import pytest

from store.members import Role
from tests.conversation import labels
from tests.mornings import COLLEAGUE, joins
from tests.test_team import joined

RIGHT = "Hours, cover and lead are right"
NAMES = ["Name the cover", "Name the lead"]
NOT_YET = "Reminders, cover: not named yet.\nReminders, lead: not named yet."
UNCONFIRMED = "You have not confirmed this yet."


async def test_an_owner_is_asked_at_the_first_start_before_any_patient_is_stored(chat):
    await chat.says("/start")

    assert chat.last.text.startswith("Quiesce")
    assert NOT_YET in chat.last.text
    assert UNCONFIRMED in chat.last.text
    assert {*NAMES, RIGHT} <= set(labels(chat.last))


async def test_an_owner_who_joins_by_a_code_is_asked_the_same(chat, office):
    owner = await joined(chat, office, "owner")

    assert NOT_YET in owner.last.text
    assert {*NAMES, RIGHT} <= set(labels(owner.last))


@pytest.mark.parametrize("role", ["nurse", "doctor"])
async def test_whoever_is_no_owner_is_asked_about_their_own_hours_alone(chat, office, role):
    line = await joined(chat, office, role)

    assert "cover" not in line.last.text
    assert labels(line.last) == ["Hour of reminders", "Quiet from", "Quiet until", "These hours are right"]


async def test_a_start_says_it_again_until_it_is_confirmed(chat, office):
    for _ in range(2):
        await chat.says("/start")
        assert RIGHT in labels(chat.last)
    await chat.taps(RIGHT)
    assert UNCONFIRMED not in chat.last.text
    assert RIGHT not in labels(chat.last)
    await chat.says("/start")

    assert chat.last.text.endswith("Not for emergencies.")
    assert office.rows("SELECT count(*) FROM members WHERE settled_at IS NOT NULL") == [(1,)]


async def test_the_cover_is_named_from_the_team_and_can_be_taken_back(chat, office):
    await joins(office, "colleague")
    await chat.says("/start")
    await chat.taps("Name the cover")
    assert labels(chat.last) == ["Member 1 (owner)", "Member 2 (doctor)", "Nobody yet", "Back"]
    await chat.taps("Member 2 (doctor)")
    assert "Reminders, cover: member 2 (doctor).\nReminders, lead: not named yet." in chat.last.text
    await chat.taps("Name the cover")
    await chat.taps("Nobody yet")

    assert NOT_YET in chat.last.text
    assert office.rows("SELECT cover_id, lead_id FROM clinic") == [(None, None)]


async def test_whoever_is_named_and_has_no_access_any_more_is_said_to_have_none(chat, office):
    await joins(office, "lead", COLLEAGUE, Role.OWNER)
    await chat.says("/settings")
    for label in ("Name the lead", "Member 2 (owner)"):
        await chat.taps(label)
    await chat.says("/team")
    for label in ("Revoke member 2", "Yes, revoke"):
        await chat.taps(label)
    await chat.says("/settings")

    assert "Reminders, lead: not named (was member 2, revoked); an owner, member 1, hears instead." in chat.last.text
