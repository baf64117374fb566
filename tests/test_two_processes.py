"""Two processes on one PostgreSQL receive, deliver and tick for the same chats without loss, doubling or disorder."""

import asyncio
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from datetime import date, timedelta
from multiprocessing.sharedctypes import RawArray

import pytest

from bot.api.showing import Showing
from bot.house import House
from bot.ledger import Ledger
from bot.practice.telegram import Conversation, PracticeTelegram
from bot.practice.wire import practice_wire
from bot.reminders import rounds
from bot.running import Running
from bot.turns import seat_owner
from flows.days import ONE_DAY
from flows.wall_clock import WallClock
from store.engine import open_engine
from tests.botapi import botapi
from tests.clinic import BEGINS, FIRST_USER, open_clinic_on
from tests.conftest import DOCTOR, fresh_database
from tests.conversation import Clock
from tests.forked import Forked
from tests.hurried import Outside, SharedClock, Undying, hurry
from tests.sealed import KEY, writer_on

SEED = 20260601
PEOPLE = 8
# Sixteen who share the patients, so that nobody has more than three, and one more who is the lead.
ZONES, PATIENTS = ("UTC",) * 17, 40
READERS = range(FIRST_USER, FIRST_USER + len(ZONES))
MORNINGS = 8
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


def test_two_that_start_on_an_empty_database_both_keep_what_their_clock_shows(shared):
    one, two, day = writer_on(shared), writer_on(shared), date(2026, 6, 1)

    def first(work):
        work.clinic.set_clock(WallClock(day))
        waiting = pool.submit(two.take, lambda others: others.clinic.set_clock(WallClock(day + ONE_DAY)))
        wait([waiting], timeout=0.2)
        return waiting

    with ThreadPoolExecutor(1) as pool:
        one.take(first).result()
    assert one.take(lambda work: work.clinic.get().clock) == WallClock(day + ONE_DAY)
    for writer in (one, two):
        writer.close()


class Counted:
    """What each of two processes has done: rounds in which there was something to tell, and messages."""

    def __init__(self):
        self.rounds, self.messages = RawArray("i", 2), RawArray("i", 2)

    def watch(self, process):
        """In a child."""
        make_round, show = rounds.make_round, Showing.show

        def counted_round(*arguments, **named):
            told = make_round(*arguments, **named)
            self.rounds[process] += bool(told)
            return told

        async def counted_message(*arguments):
            self.messages[process] += 1
            return await show(*arguments)

        rounds.make_round, Showing.show = counted_round, counted_message


def test_two_processes_that_tick_and_deliver_side_by_side_tell_each_step_once_and_each_chat_in_order(
    shared, tmp_path, sqlite_template, unused_tcp_port_factory, record_property
):
    alone, clock, counted = tmp_path / "alone.sqlite3", SharedClock(BEGINS), Counted()
    alone.write_bytes(sqlite_template)
    for url in (shared, f"sqlite:///{alone}"):
        open_clinic_on(url, ZONES, PATIENTS)

    def prepare(process):
        hurry(clock)
        counted.watch(process)

    with (
        botapi() as api,
        closing(Outside(shared)) as outside,
        closing(Undying(f"sqlite:///{alone}", READERS)) as undying,
    ):
        bots = [Forked(api.url, shared, unused_tcp_port_factory()) for _ in range(2)]
        try:
            for process, bot in enumerate(bots):
                bot.start(lambda process=process: prepare(process))
            wants = {person: [] for person in READERS}
            for now in (BEGINS, *(BEGINS.replace(hour=8) + timedelta(days=day) for day in range(1, MORNINGS))):
                clock.set(now)
                await_morning(outside, now)
                for person, texts in undying.morning(now).items():
                    wants[person] += texts
            assert all(bot.lives for bot in bots)
        finally:
            for bot in bots:
                bot.kill()
        saw = {person: [event.text for event in api.log(person) if event.what == "sent"] for person in READERS}
        steps = outside.steps()

    record_property("steps, messages", f"{len(steps)}, {sum(counted.messages)}: {[*counted.rounds]} rounds by each")
    assert saw == wants
    assert len(steps) > 500
    assert max(Counter((verb, subject) for verb, subject, _ in steps).values()) == 1
    assert min(*counted.rounds, *counted.messages) > 0


def await_morning(outside, now):
    end = time.monotonic() + 60
    while not outside.is_done(now):
        assert time.monotonic() < end, f"{now} is not over"
        time.sleep(0.02)
