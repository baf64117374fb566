"""Where the cover or the lead has lost access, or cannot be reached, reminders go on to the next who can."""

from datetime import UTC, datetime, time

import pytest

from bot.reminders.addressees import Addressees, Team
from flows.reminder import Step
from store.clinic import Clinic
from store.members import Member, Role
from tests.conversation import labels
from tests.mornings import joins, morning, tick, told

NOW = datetime(2026, 6, 20, tzinfo=UTC)
COVER, LEAD = Step.COVER, Step.LEAD


@pytest.fixture
async def team(ward, office):
    """Of one who is responsible, a cover and a lead who is an owner, the lines of the other two."""
    cover, lead = await joins(office, "cover", 31), await joins(office, "lead", 32, Role.OWNER)
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    await office.ledger.take(lambda work: work.clinic.name_lead(3))
    return cover, lead


async def revoke(line, member):
    await line.says("/team")
    await line.taps(f"Revoke member {member}")
    await line.taps("Yes, revoke")


def steps_told(office):
    """Each step that was told of the blood count of week 12, in its order."""
    (reminder,) = office.rows("SELECT id FROM reminders WHERE item = 'wk12_cbc'")[0]
    found = office.rows(f"SELECT verb FROM audit WHERE subject = 'reminder {reminder}' ORDER BY id")
    return [row[0].removeprefix("remind ") for row in found if row[0].startswith("remind ")]


async def mornings(office, *lines, first=2, last=30):
    for day in range(first, last + 1):
        morning(office, 6, day, minute=1)
        await tick(office, *lines)


# What is said of it


async def test_the_confirmation_says_that_the_place_is_vacant_and_who_hears_instead(ward, office, team):
    await revoke(ward, 2)
    assert "The cover's place is vacant: reminders that nobody answers go on to the lead, member 3." in ward.last.text

    await revoke(ward, 3)
    assert "The lead's place is vacant: reminders that nobody answers go on to an owner, member 1." in ward.last.text


async def test_nothing_is_said_of_places_when_somebody_else_loses_access(ward, office, team):
    await joins(office, "third", 33)
    await revoke(ward, 4)

    assert "vacant" not in ward.last.text


async def test_settings_say_who_was_named_and_who_hears_instead(ward, office, team):
    await revoke(ward, 2)
    await ward.says("/settings")
    assert "Reminders, cover: not named (was member 2, revoked); the lead, member 3, hears instead." in ward.last.text
    assert "Reminders, lead: member 3 (owner)." in ward.last.text

    await revoke(ward, 3)
    await ward.says("/settings")
    assert "Reminders, cover: not named (was member 2, revoked); an owner, member 1, hears instead." in ward.last.text
    assert "Reminders, lead: not named (was member 3, revoked); an owner, member 1, hears instead." in ward.last.text


async def test_settings_say_who_is_named_and_cannot_be_reached(ward, office, team):
    await office.ledger.take(lambda work: work.members.set_unreachable(2, office.clock.now))
    await ward.says("/settings")

    said = "Reminders, cover: member 2 (doctor), who cannot be reached; the lead, member 3, hears instead."
    assert said in ward.last.text


async def test_a_vacant_place_is_named_anew_with_the_same_button(ward, office, team):
    await revoke(ward, 2)
    await ward.says("/settings")
    assert "Name the cover" in labels(ward.last)
    await ward.taps("Name the cover")
    await ward.taps("Member 3 (owner)")

    assert "Reminders, cover: member 3 (owner)." in ward.last.text


# Who hears


async def test_after_a_revoked_cover_the_lead_is_told(ward, office, team):
    await tick(office, ward)
    await revoke(ward, 2)
    await mornings(office, ward, team[1])

    assert steps_told(office) == ["on", "after", "end", "lead"]
    assert any("Week 12: blood count" in text for text in told(team[1]))


async def test_after_a_cover_and_a_lead_who_are_revoked_another_owner_is_told(ward, office, team):
    owner = await joins(office, "owner", 33, Role.OWNER)
    await tick(office, ward)
    for number in (2, 3):
        await revoke(ward, number)
    await mornings(office, ward, owner)

    assert steps_told(office) == ["on", "after", "end", "lead"]
    assert any("Week 12: blood count" in text for text in told(owner))


async def test_where_the_cover_was_told_and_is_revoked_then_an_owner_is_told_though_no_lead_was_named(ward, office):
    cover, owner = await joins(office, "cover", 31), await joins(office, "owner", 32, Role.OWNER)
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    await tick(office, ward)
    await mornings(office, ward, cover, owner, last=19)
    assert steps_told(office)[-1] == "cover"
    assert told(owner) == []

    await revoke(ward, 2)
    await mornings(office, ward, owner, first=20)
    assert steps_told(office)[-2:] == ["cover", "lead"]
    assert any("Week 12: blood count" in text for text in told(owner))


def people(gone, how):
    """A responsible doctor, a cover, a lead and an owner, as far as they have access."""
    for number, role in enumerate((Role.DOCTOR, Role.DOCTOR, Role.DOCTOR, Role.OWNER), 1):
        if number not in gone or how == "unreachable":
            yield Member(
                id=number, user_id=number, chat_id=number, role=role, zone="UTC", joined_at=None,
                unreachable_at=NOW if number in gone else None, digest_at=time(8), quiet_from=time(21),
                quiet_until=time(7), settled_at=None, round_at=None, rounded_on=None,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("responsible", "named", "gone", "hears"),
    [
        (1, (2, 3), (), {COVER: 2, LEAD: 3}),
        (1, (2, 3), (2,), {LEAD: 3}),
        (1, (2, 3), (3,), {COVER: 2, LEAD: 4}),
        (1, (2, 3), (2, 3), {LEAD: 4}),
        (1, (2, None), (2,), {LEAD: 4}),
        (1, (2, 1), (2,), {LEAD: 4}),
        (4, (2, None), (2,), {}),
        (1, (None, 3), (3,), {LEAD: 4}),
        (1, (2, 2), (2,), {LEAD: 4}),
        (1, (2, 3), (2, 3, 4), {}),
        (1, (4, 3), (3,), {COVER: 4}),
        (1, (None, None), (), {}),
        (1, (2, None), (), {COVER: 2}),
    ],
)
@pytest.mark.parametrize("how", ["revoked", "unreachable"])
def test_who_hears_after_the_window(responsible, named, gone, hears, how):
    clinic = Clinic(cover_id=named[0], lead_id=named[1])
    team = Team(clinic, {each.id: each for each in people(gone, how)})

    assert Addressees(team, responsible, NOW.date()).others == tuple(hears)
    assert dict(Addressees(team, responsible, NOW.date()).stand_ins) == hears
