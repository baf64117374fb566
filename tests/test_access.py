"""Deny by default: codes make members, strangers cost nothing."""

from datetime import timedelta

import pytest

from bot import words
from bot.api.access import REMEMBERED, Buckets, Doorbell
from bot.clock import new_token
from bot.turns import offer_ownership, seat_owner
from store.members import Role
from tests.conftest import DOCTOR, NURSE
from tests.conversation import exchange

CODE = "abcdefghijklmnopqrstuv"


@pytest.fixture
async def empty_office(url, clock):
    async with exchange(url, clock) as office:
        yield office


async def rows(office, table):
    return office.rows(f"SELECT * FROM {table}")


async def offer(office, code=CODE):
    return await office.ledger.take(lambda work: offer_ownership(work, code, office.clock()))


async def test_a_stranger_gets_one_neutral_line_a_day_and_leaves_no_row(empty_office):
    stranger = empty_office.line("stranger", 99)
    for words_of_a_stranger in ("/hbi", "/start", "hello", "/start wrong", "/hbi 1 1 3 0 0"):
        await stranger.says(words_of_a_stranger)
    await stranger.presses("A" * 22 + ":0", 1)

    assert [message.text for message in stranger.messages] == [words.STRANGER]
    for table in ("members", "cards", "interviews", "arrivals", "audit"):
        assert await rows(empty_office, table) == []
    empty_office.clock.passes(days=1)
    await stranger.says("hello")
    assert len(stranger.messages) == 2


def test_strangers_are_remembered_in_bounded_memory(clock):
    doorbell = Doorbell()
    for user in range(REMEMBERED + 10):
        assert doorbell.answers(user, clock())

    assert not doorbell.answers(REMEMBERED + 9, clock())
    assert doorbell.answers(0, clock())


@pytest.mark.parametrize(("seconds", "remembered"), [(5.9, 101), (6, 1)], ids=["not full yet", "full again"])
def test_only_who_has_acted_lately_is_remembered(seconds, remembered):
    """Sixty acts at ten a second are six seconds."""
    now = [0.0]
    buckets = Buckets(lambda: now[0])
    for user in range(100):
        assert buckets.lets(user)
    now[0] = seconds

    assert buckets.lets(100)
    assert buckets.count == remembered


def test_who_is_too_fast_is_not_forgotten_before_the_bucket_is_full():
    now = [0.0]
    buckets = Buckets(lambda: now[0], burst=2)
    assert [buckets.lets(1) for _ in range(3)] == [True, True, False]
    now[0] = 0.15
    assert [buckets.lets(user) for user in (2, 1, 1)] == [True, True, False]


async def test_the_owner_code_makes_one_owner(empty_office):
    assert await offer(empty_office)
    owner, late = empty_office.line("owner", 21), empty_office.line("late", 22)
    await owner.says(f"/start {CODE}")
    await late.says(f"/start {CODE}")

    assert "Quiesce" in owner.last.text
    assert late.last.text == words.STRANGER
    assert [(row.user_id, row.role) for row in await rows(empty_office, "members")] == [(21, "owner")]
    await owner.says("/hbi 1 1 3 0 0")
    assert owner.last.text.startswith("NOT IN REMISSION")


async def test_a_code_is_stored_only_as_its_hash(empty_office):
    await offer(empty_office)

    assert CODE not in str(await rows(empty_office, "invitations"))


@pytest.mark.parametrize(
    ("hours", "joins"), [(23.99, True), (24, False), (24.01, False)], ids=["just before", "at", "just after"]
)
async def test_a_code_is_good_for_24_hours(empty_office, hours, joins):
    await offer(empty_office)
    empty_office.clock.passes(hours=hours)
    await empty_office.line("owner", 21).says(f"/start {CODE}")

    assert bool(await rows(empty_office, "members")) is joins


async def test_a_new_start_prints_a_new_code_and_withdraws_the_old_one(empty_office):
    await offer(empty_office, "the-first-code-of-all")
    await offer(empty_office)
    owner = empty_office.line("owner", 21)
    await owner.says("/start the-first-code-of-all")
    assert await rows(empty_office, "members") == []
    await owner.says(f"/start {CODE}")

    assert not await offer(empty_office, "another")
    assert len(await rows(empty_office, "invitations")) == 1


async def test_a_repeated_claim_has_no_second_effect(empty_office):
    await offer(empty_office)
    owner = empty_office.line("owner", 21)
    update = owner.conversation.says(f"/start {CODE}")
    repeat = dict(owner.telegram.updates[0])
    await owner.settled()
    owner.telegram.again(repeat)
    await owner.settled()

    assert repeat["update_id"] == update
    assert len(owner.messages) == 1


async def test_a_revoked_member_is_a_stranger_and_can_come_back_by_code(empty_office):
    await empty_office.ledger.take(lambda work: seat_owner(work, DOCTOR, "UTC"))
    doctor = empty_office.line("doctor", DOCTOR.user_id)
    empty_office.rows("UPDATE members SET revoked_at = '2026-01-01 00:00:00'")
    await doctor.says("/hbi 1 1 3 0 0")
    assert doctor.last.text == words.STRANGER
    await offer(empty_office)
    await doctor.says(f"/start {CODE}")

    assert "Quiesce" in doctor.last.text
    assert len(await rows(empty_office, "members")) == 1


async def test_two_people_do_not_see_each_other(empty_office):
    for person in (DOCTOR, NURSE):
        await empty_office.ledger.take(lambda work, person=person: seat_owner(work, person, "UTC"))
    doctor, nurse = empty_office.line("doctor", 11), empty_office.line("nurse", 12)
    await doctor.says("/hbi")
    await nurse.says("3")
    await nurse.says("/why")

    assert [message.text for message in nurse.messages] == [words.NOTHING_OPEN, words.NOTHING_TO_SAY_WHY]
    assert "HBI 1/5" in doctor.last.text


def test_tokens_are_random_and_short():
    assert len({new_token() for _ in range(1000)}) == 1000
    assert len(new_token()) == 22


def test_an_owner_is_counted_only_while_active(work, clock):
    member = work.members.admit(1, 1, Role.OWNER, "UTC")

    assert work.members.count_owners() == 1
    assert work.members.active(1) == member
    assert work.members.active(2) is None
    assert work.invitations.claim("never offered", clock() + timedelta(0)) is None
