"""Each update has its effect exactly once, in the order of its chat, and none stops the others."""

import asyncio

import pytest

from bot import words
from bot.api import receive
from bot.api.errands import AT_ONCE, Errands
from bot.api.lanes import Lanes
from bot.turns import seat_owner
from store.errors import StoreUnavailable
from tests.conftest import DOCTOR, NURSE
from tests.conversation import button

ODD = {
    "message_id": 1,
    "date": 1,
    "chat": {"id": 5000, "type": "private"},
    "from": {"id": 5000, "is_bot": False, "first_name": "A"},
    "text": "x",
}
MALFORMED = [
    {"update_id": 900},
    {"update_id": 900, "message": None},
    {"update_id": 900, "message": "text"},
    {"update_id": 900, "message": {"message_id": "x"}},
    {"update_id": 900, "callback_query": {"id": 1}},
    {"update_id": 900, "message": {"message_id": 1, "date": 1, "chat": {"id": 11, "type": "private"}, "from": {}}},
    {"update_id": 900, "message": {"from": {"id": 11}, "chat": {"id": 11}}},
    {"update_id": "900", "message": {"text": "/help"}},
    {"update_id": None},
    {"update_id": 2**63, "message": {"text": "/help"}},
    {"update_id": 900, "message": ODD | {"chat": {"id": {}, "type": "private"}}},
    {"update_id": 900, "message": ODD | {"from": {"id": [], "is_bot": False, "first_name": "A"}}},
    {"update_id": 900, "message": ODD | {"from": {"id": 2**63, "is_bot": False, "first_name": "A"}}},
    {},
    {"update_id": 900, "never_heard_of": {"from": {"id": 11}, "chat": {"id": 11}}},
]


@pytest.mark.parametrize("malformed", MALFORMED, ids=range(len(MALFORMED)))
async def test_one_malformed_update_stops_nobody(chat, malformed):
    await chat.says("/hbi")
    await chat.running.intake.take_in(malformed)
    await chat.says("1")

    assert "HBI 2/5 · so far 1" in chat.last.text


async def test_a_malformed_update_in_the_middle_of_a_batch_does_not_cost_the_batch(chat):
    chat.conversation.says("/hbi")
    chat.telegram.push({"message": {"message_id": "x"}})
    chat.telegram.push({"callback_query": 5})
    chat.conversation.says("1")
    await chat.settled()

    assert "HBI 2/5 · so far 1" in chat.last.text


async def test_a_tap_counts_whatever_the_message_under_it_has_become(chat):
    """Of our own message only the ids are looked at."""
    await chat.says("/hbi")
    chat.conversation.taps(button(chat.last, "1"), chat.last.message_id)
    message = chat.telegram.updates[-1]["callback_query"]["message"]
    message |= {"date": "today", "reply_markup": "of a kind that nobody knows yet"}
    await chat.settled()

    assert "HBI 2/5 · so far 1" in chat.last.text


async def test_an_update_that_the_store_could_not_take_is_not_acknowledged(chat, office, monkeypatch):
    monkeypatch.setattr(receive, "STORE_LONGEST_SECONDS", 0.01)
    real, away = office.ledger.take, True

    async def sometimes(turn):
        if away:
            raise StoreUnavailable("locked")
        return await real(turn)

    monkeypatch.setattr(office.ledger, "take", sometimes)
    chat.conversation.says("/hbi")
    chat.conversation.says("1")
    await asyncio.sleep(0.2)
    assert [update["update_id"] for update in office.telegram.updates] == [1, 2]
    away = False
    await chat.settled()

    assert chat.messages[0].text == words.STORE_UNAVAILABLE
    assert "HBI 2/5 · so far 1" in chat.last.text


async def test_the_updates_behind_one_that_has_to_come_again_do_not_acknowledge_it(chat, office, monkeypatch):
    monkeypatch.setattr(receive, "STORE_LONGEST_SECONDS", 0.01)
    await office.ledger.take(lambda work: seat_owner(work, NURSE, "UTC"))
    nurse = office.line("nurse", NURSE.user_id)
    real, refusals = office.ledger.take, iter([StoreUnavailable("locked")])

    async def sometimes(turn):
        for refusal in refusals:
            raise refusal
        return await real(turn)

    monkeypatch.setattr(office.ledger, "take", sometimes)
    chat.conversation.says("/hbi 1 1 3 0 0")
    nurse.conversation.says("/privacy")
    await chat.settled()

    assert [message.text[:9] for message in chat.messages][-1:] == ["NOT IN RE"]
    assert [message.text[:8] for message in nurse.messages] == ["Telegram"]


async def test_no_later_update_of_a_chat_overtakes_one_that_has_to_come_again():
    lanes, taken = Lanes(), []

    async def fails():
        raise StoreUnavailable("locked")

    async def works():
        taken.append("later")

    with pytest.raises(StoreUnavailable):
        await lanes.run(11, 1, fails)
    with pytest.raises(StoreUnavailable):
        await lanes.run(11, 2, works)
    await lanes.run(12, 3, works)
    await lanes.run(11, 1, works)
    await lanes.run(11, 2, works)

    assert taken == ["later"] * 3


async def test_a_chat_does_not_stand_back_for_ever(monkeypatch):
    """Another process may have taken the update that was to come again."""
    monkeypatch.setattr("bot.api.lanes.STANDS_BACK_SECONDS", 0.01)
    lanes = Lanes()

    async def fails():
        raise StoreUnavailable("locked")

    async def works():
        pass

    with pytest.raises(StoreUnavailable):
        await lanes.run(11, 1, fails)
    await asyncio.sleep(0.02)
    await lanes.run(11, 2, works)


async def test_updates_of_one_chat_take_effect_in_order_and_chats_side_by_side():
    lanes, order, gate = Lanes(), [], asyncio.Event()

    def step(name):
        async def run():
            if name.startswith("slow"):
                await gate.wait()
            order.append(name)

        return run

    tasks = [
        asyncio.create_task(lanes.run(chat, number, step(name)))
        for number, (chat, name) in enumerate([(1, "slow one"), (1, "second"), (2, "other"), (1, "third")])
    ]
    await asyncio.sleep(0.01)
    assert order == ["other"]
    gate.set()
    await asyncio.gather(*tasks)

    assert order == ["other", "slow one", "second", "third"]


async def test_a_repeated_batch_has_no_second_effect(chat):
    batch = []
    for said in ("/hbi", "1"):
        chat.conversation.says(said)
        batch += chat.telegram.updates
        await chat.settled()
    for update in batch * 3:
        chat.telegram.again(update)
    await chat.settled()

    assert len(chat.messages) == 2
    assert "HBI 2/5 · so far 1" in chat.last.text


async def test_a_flooding_person_is_told_and_slows_nobody(chat, office):
    await office.ledger.take(lambda work: seat_owner(work, NURSE, "UTC"))
    nurse = office.line("nurse", NURSE.user_id)
    for _ in range(300):
        chat.conversation.says("/privacy")
    nurse.conversation.says("/hbi 1 1 3 0 0")
    await nurse.settled()

    assert nurse.last.text.startswith("NOT IN REMISSION")
    assert 60 <= sum(message.text.startswith("Telegram chats") for message in chat.messages) < 120
    assert sum(message.text == words.FLOODING for message in chat.messages) == 1


async def test_a_flooding_person_is_told_so_also_just_after_the_store_was_away(chat, office, monkeypatch):
    monkeypatch.setattr(receive, "STORE_LONGEST_SECONDS", 0.01)
    real, failures = office.ledger.take, iter([StoreUnavailable("locked")])

    async def sometimes(turn):
        for failure in failures:
            raise failure
        return await real(turn)

    monkeypatch.setattr(office.ledger, "take", sometimes)
    await chat.says("/privacy")
    for _ in range(100):
        chat.conversation.says("/privacy")
    await chat.settled()

    texts = [message.text for message in chat.messages]
    assert (texts.count(words.STORE_UNAVAILABLE), texts.count(words.FLOODING)) == (1, 1)


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_groups_and_channels_are_left_and_not_read(chat, office, kind):
    group = {"id": -100, "type": kind, "title": "Ward"}
    doctor = {"id": DOCTOR.user_id, "is_bot": False, "first_name": "Person"}
    content = {"message_id": 1, "date": 1, "chat": group, "from": doctor, "text": "/hbi 1 1 3 0 0"}
    office.telegram.push({"message": content} if kind != "channel" else {"channel_post": content})
    await chat.settled()

    assert office.telegram.left == [-100]
    assert chat.messages == []
    assert office.rows("SELECT * FROM arrivals") == []


async def test_being_added_to_a_group_is_answered_by_leaving_it_and_being_removed_is_not(chat, office):
    group = {"id": -100, "type": "group", "title": "Ward"}
    person = {"id": 5, "is_bot": False, "first_name": "Person"}
    bot = {"id": 1, "is_bot": True, "first_name": "Q"}
    for status in ("member", "left"):
        change = {"chat": group, "from": person, "date": 1, "old_chat_member": {"user": bot, "status": "left"}}
        office.telegram.push({"my_chat_member": change | {"new_chat_member": {"user": bot, "status": status}}})
        await chat.settled()

    assert office.telegram.left == [-100]


async def test_an_update_that_comes_again_and_again_is_no_flood(chat, office, monkeypatch):
    """Forty messages wait for a store that is away for three rounds: none is dropped as too many."""
    monkeypatch.setattr(receive, "STORE_LONGEST_SECONDS", 0.01)
    real, rounds = office.ledger.take, iter(range(120))

    async def sometimes(turn):
        for _ in rounds:
            raise StoreUnavailable("locked")
        return await real(turn)

    for _ in range(40):
        chat.conversation.says("/privacy")
    monkeypatch.setattr(office.ledger, "take", sometimes)
    await chat.settled()

    assert len(office.rows("SELECT * FROM arrivals")) == 40


@pytest.mark.parametrize("store_is_away", [False, True])
async def test_a_stranger_who_floods_gets_the_one_neutral_line_and_no_other(chat, office, monkeypatch, store_is_away):
    monkeypatch.setattr(receive, "STORE_LONGEST_SECONDS", 0.01)
    stranger = office.line("stranger", 99)
    await stranger.says("hello")
    real, failures = office.ledger.take, iter([StoreUnavailable("locked")] * (5 if store_is_away else 0))

    async def sometimes(turn):
        for failure in failures:
            raise failure
        return await real(turn)

    monkeypatch.setattr(office.ledger, "take", sometimes)
    for _ in range(150):
        stranger.conversation.says("hello")
    await stranger.settled()

    assert [message.text for message in stranger.messages] == [words.STRANGER]


async def test_lanes_that_wait_for_what_never_comes_again_are_let_go(monkeypatch):
    monkeypatch.setattr("bot.api.lanes.STANDS_BACK_SECONDS", 0.01)
    lanes = Lanes()

    async def fails():
        raise StoreUnavailable("locked")

    for chat_id in range(1000):
        with pytest.raises(StoreUnavailable):
            await lanes.run(chat_id, 1, fails)
    await asyncio.sleep(0.02)
    with pytest.raises(StoreUnavailable):
        await lanes.run(1000, 1, fails)

    assert len(lanes) == 1


async def test_a_batch_without_a_number_does_not_spin(chat, office, monkeypatch):
    polls, real = [], office.running._polling.post  # noqa: SLF001

    async def post(*arguments, **terms):
        polls.append(1)
        return [{"message": {}}] if len(polls) < 1000 else await real(*arguments, **terms)

    monkeypatch.setattr(office.running._polling, "post", post)  # noqa: SLF001
    chat.conversation.says("/help")
    await asyncio.sleep(0.3)

    assert len(polls) < 5


async def test_errands_are_bounded():
    errands, never, ran = Errands(), asyncio.Event(), []

    async def call():
        ran.append(1)
        await never.wait()

    for _ in range(AT_ONCE + 50):
        errands.run(call())
    await asyncio.sleep(0)
    never.set()
    await errands.settled()

    assert len(ran) == AT_ONCE
