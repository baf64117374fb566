"""Two processes on one PostgreSQL: what nobody was shown is taken back by one of them, and told once."""

import asyncio
from contextlib import closing
from datetime import timedelta
from functools import partial
from threading import Thread

import pytest

from bot.ledger import Ledger
from bot.reminders import rounds
from bot.reminders.tick import tick
from tests.clinic import BEGINS, moment_at, open_clinic_on
from tests.conftest import fresh_database
from tests.history import connection_of
from tests.sealed import KEY, writer_on

# Far longer than a turn that waits for nobody.
AT_ONCE = 2
MORNING = BEGINS.replace(hour=8, minute=1)
TOLD = "SELECT id, state, step, card_id FROM reminders WHERE card_id IS NOT NULL ORDER BY id"


@pytest.fixture
def shared(postgres):
    with fresh_database(postgres) as url:
        open_clinic_on(url, ("UTC",) * 4, 1)
        yield url


def rows(writer, statement):
    return writer.take(lambda work: connection_of(work).exec_driver_sql(statement).all())


def takes_back(now):
    return lambda work: rounds.take_back(work, now.date(), now)


def goes_round(writer, now):
    moment = moment_at(now)
    writer.take(takes_back(now))
    while writer.take(lambda work: rounds.look(work, moment.today, moment)):
        pass
    for member in writer.take(lambda work: rounds.rounds_due(work, now)):
        writer.take(lambda work, member=member: rounds.make_round(work, member, moment))


def refused(writer, morning):
    """All that was told on a morning is refused by Telegram; which reminders that was."""
    goes_round(writer, BEGINS)
    goes_round(writer, morning)
    told = told_now(writer)
    assert told
    rows(writer, "UPDATE cards SET dead_why = 'refused', shown = revision WHERE unasked RETURNING id")
    return told


def told_now(writer):
    """The reminders that a message tells of."""
    return {each.id for each in rows(writer, TOLD)}


def test_what_another_process_tells_again_meanwhile_is_not_taken_back_from_it(shared):
    morning = MORNING + timedelta(days=1)
    with closing(writer_on(shared)) as one, closing(writer_on(shared)) as two:
        were_refused = refused(one, morning)
        again, waited = morning + timedelta(days=1), []

        def tells_again(work):
            moment = moment_at(again)
            rounds.take_back(work, moment.today, again)
            for member in rounds.rounds_due(work, again):
                rounds.make_round(work, member, moment)
            other = Thread(target=lambda: two.take(takes_back(again)))
            other.start()
            other.join(AT_ONCE)
            waited.append(other.is_alive())
            return other

        one.take(tells_again).join()

        assert waited == [False]
        assert told_now(one) >= were_refused
        twice = "SELECT subject FROM audit WHERE verb = 'take back' GROUP BY subject HAVING count(*) > 1"
        assert rows(one, twice) == []
        told = "SELECT subject, count(*) FROM audit WHERE verb LIKE 'remind %%' GROUP BY subject"
        goes_round(two, again + timedelta(minutes=10))
        assert {count for _, count in rows(one, told)} == {2}


@pytest.mark.parametrize(("held", "taken"), [("patients", False), ("watches", True)])
def test_nobody_waits_for_a_patient_who_is_in_another_process_s_turn(shared, held, taken):
    """Whoever looks at a patient has them before their reminders: to wait the other way round would never end."""
    morning = MORNING + timedelta(days=1)
    with closing(writer_on(shared)) as one, closing(writer_on(shared)) as two:
        refused(one, morning)
        back = "SELECT count(*) > 0 FROM audit WHERE verb = 'take back'"

        def holds(work):
            connection_of(work).exec_driver_sql(f"SELECT * FROM {held} FOR UPDATE")
            other = Thread(target=lambda: two.take(takes_back(morning)))
            other.start()
            other.join(AT_ONCE)
            return other, other.is_alive()

        other, waited = one.take(holds)
        other.join()
        assert not waited
        assert rows(one, back) == [(taken,)]
        two.take(takes_back(morning))
        assert rows(one, back) == [(True,)]


async def test_no_round_goes_out_without_what_another_process_is_taking_back(shared):
    """It would have its member's next round on the next day only."""
    morning = MORNING + timedelta(days=1)
    again = morning + timedelta(days=1)
    with closing(writer_on(shared)) as one, closing(Ledger(shared, KEY)) as two:
        were_refused = refused(one, morning)
        rounded = "SELECT count(*) FROM members WHERE rounded_on = '2026-01-07'"
        ticks = partial(tick, two, lambda *_: None, moment_at(again))

        def meanwhile(work):
            takes_back(again)(work)
            other = Thread(target=lambda: asyncio.run(ticks()))
            other.start()
            other.join(AT_ONCE)
            return other

        one.take(meanwhile).join()
        assert rows(one, rounded) == [(0,)]
        await ticks()
        assert rows(one, rounded) != [(0,)]
        assert told_now(one) >= were_refused
