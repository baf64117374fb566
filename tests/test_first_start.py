"""The first start: everybody is shown when their reminders come; an owner also who is the cover and who the lead."""

from datetime import UTC, datetime

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


@pytest.mark.parametrize(
    ("place", "goes_on"),
    [
        ("cover", "A reminder that nobody has answered by the end of its window goes on to the cover."),
        ("lead", "What the cover does not answer goes on to the lead."),
    ],
)
async def test_whoever_is_named_is_told_once_and_nobody_else(chat, office, place, goes_on):
    colleague, other = await joins(office, "colleague"), await joins(office, "other", 22)
    await chat.says("/settings")
    for label in (f"Name the {place}", "Member 2 (doctor)", f"Name the {place}", "Member 2 (doctor)"):
        await chat.taps(label)
    for label in (f"Name the {place}", "Member 1 (owner)", f"Name the {place}", "Nobody yet"):
        await chat.taps(label)

    assert [each.text for each in colleague.messages] == [
        f"Member 1 (owner) has named you the {place}. {goes_on}",
        f"You are the {place} no more: member 1 (owner) has taken the place.",
    ]
    assert other.messages == []
    assert len(chat.messages) == 1


@pytest.mark.parametrize("place", ["cover", "lead"])
async def test_whoever_is_replaced_is_told_once_by_whom(chat, office, place):
    colleague, other = await joins(office, "colleague"), await joins(office, "other", 22)
    await chat.says("/settings")
    for label in ("Member 2 (doctor)", "Member 3 (doctor)", "Member 3 (doctor)", "Nobody yet", "Nobody yet"):
        await chat.taps(f"Name the {place}")
        await chat.taps(label)

    assert [each.text for each in colleague.messages][1:] == [
        f"You are the {place} no more: member 1 (owner) has named member 3 (doctor)."
    ]
    assert [each.text for each in other.messages][1:] == [
        f"You are the {place} no more: member 1 (owner) has named nobody in your place."
    ]
    assert len(chat.messages) == 1


async def test_whoever_takes_their_own_name_out_or_was_revoked_is_told_nothing_of_it(chat, office):
    colleague = await joins(office, "colleague")
    await chat.says("/settings")
    for label in ("Member 1 (owner)", "Nobody yet", "Member 2 (doctor)"):
        await chat.taps("Name the cover")
        await chat.taps(label)
    await office.ledger.take(lambda work: work.members.revoke(2, office.clock.now))
    count = len(colleague.messages)
    for label in ("Name the cover", "Nobody yet"):
        await chat.taps(label)

    assert len(colleague.messages) == count
    assert len(chat.messages) == 1


async def test_whoever_is_named_at_night_is_told_in_the_morning(chat, office):
    colleague = await joins(office, "colleague")
    office.clock.now = datetime(2026, 6, 1, 20, tzinfo=UTC)  # ten in the evening
    await chat.says("/settings")
    for label in ("Name the cover", "Member 2 (doctor)"):
        await chat.taps(label)
    assert colleague.messages == []

    office.clock.now = datetime(2026, 6, 2, 6, tzinfo=UTC)
    await office.running.deliverer.sweep()
    await colleague.settled()
    assert len(colleague.messages) == 1


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
