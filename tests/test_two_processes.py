"""Two receivers and two deliverers on one PostgreSQL serve the same chats without loss, doubling or disorder."""

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from bot.house import House
from bot.ledger import Ledger
from bot.practice.telegram import Conversation, PracticeTelegram
from bot.practice.wire import practice_wire
from bot.running import Running
from bot.turns import seat_owner
from store.engine import open_engine
from tests.conftest import DOCTOR, fresh_database
from tests.conversation import Clock
from tests.sealed import KEY, writer_on

SEED = 20260601
PEOPLE = 8
ANSWERS = ("/hbi", "1", "mild", "2", "none", "none", "confirm")


@pytest.fixture
def shared(postgres):
    with fresh_database(postgres) as url:
        yield url


async def test_every_update_delivered_to_both_has_its_effect_once_and_every_card_is_shown_in_order(shared):
    print(f"seed {SEED}")
    chance, telegram, clock = random.Random(SEED), PracticeTelegram(), Clock()
    ledgers = [Ledger(shared, KEY), Ledger(shared, KEY)]
    people = [Conversation(telegram, 100 + number) for number in range(PEOPLE)]
    for person in people:
        who = type(DOCTOR)(user_id=person.user_id, chat_id=person.user_id)
        await ledgers[0].take(lambda work, who=who: seat_owner(work, who, "UTC"))
    async with (
        Running(practice_wire(telegram), ledgers[0], House("UTC"), clock, alone=False) as one,
        Running(practice_wire(telegram), ledgers[1], House("UTC"), clock, alone=False) as two,
    ):
        for answer in ANSWERS:
            updates = []
            for person in people:
                person.says(answer)
                updates.append(telegram.updates.pop())
            deliveries = [(running, update) for update in updates for running in (one, two)]
            chance.shuffle(deliveries)
            await asyncio.gather(*(running.intake.take_in(update) for running, update in deliveries))
        for _ in range(3):
            await asyncio.gather(one.deliverer.sweep(), two.deliverer.sweep())
            await one.settled()
            await two.settled()
    for ledger in ledgers:
        ledger.close()

    for person in people:
        texts = [message.text for (chat, _), message in sorted(telegram.messages.items()) if chat == person.user_id]
        assert texts[-1].startswith("REMISSION · HBI 4 (remission < 5)")
        assert len(set(texts)) == len(texts) <= len(ANSWERS)
    engine = open_engine(shared)
    with engine.connect() as connection:
        outcomes = connection.exec_driver_sql("SELECT outcome, count(*) FROM arrivals GROUP BY outcome").all()
    engine.dispose()
    assert [tuple(row) for row in outcomes] == [("done", PEOPLE * len(ANSWERS))]


def test_turns_of_one_person_wait_for_each_other(shared):
    one, two, order = writer_on(shared), writer_on(shared), []
    one.take(lambda work: seat_owner(work, DOCTOR, "UTC"))

    def second(work):
        work.members.active(DOCTOR.user_id)
        order.append("second")

    def first(work):
        work.members.active(DOCTOR.user_id)
        waiting = pool.submit(two.take, second)
        wait([waiting], timeout=0.2)
        order.append("first")
        return waiting

    with ThreadPoolExecutor(1) as pool:
        one.take(first).result()
    for writer in (one, two):
        writer.close()

    assert order == ["first", "second"]
