"""Two processes on one PostgreSQL: nobody is told before every patient whose day has come was looked at."""

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
from tests.sealed import KEY, writer_on
from tests.test_taken_back_once import AT_ONCE, MORNING, goes_round, rows


@pytest.fixture
def shared(postgres):
    with fresh_database(postgres) as url:
        open_clinic_on(url, ("UTC",) * 4, 2)
        yield url


async def test_what_goes_on_to_the_cover_after_an_outage_is_told_though_another_process_looks_at_it(shared):
    """The cover has the first round, and no patients: what is for them is known once the look is over."""
    told_last, after = MORNING + timedelta(days=25), MORNING + timedelta(days=32)
    with closing(writer_on(shared)) as one, closing(Ledger(shared, KEY)) as two:
        one.take(lambda work: [work.patients.hand_over(patient, 2) for patient in (1, 2)])
        one.take(lambda work: work.clinic.name_cover(1))
        for now in (BEGINS, MORNING + timedelta(days=1), told_last):
            goes_round(one, now)
        rows(one, "UPDATE cards SET shown = revision, message_id = id RETURNING id")
        moment = moment_at(after)
        ticks = partial(tick, two, lambda *_: None, moment)

        def meanwhile(work):
            assert rounds.look(work, moment.today, moment) == 2
            other = Thread(target=lambda: asyncio.run(ticks()))
            other.start()
            other.join(AT_ONCE)
            return other

        one.take(meanwhile).join()
        await ticks()
        waiting = (
            "SELECT count(*) FROM reminders "
            f"WHERE wake_on <= '{after.date()}' AND state IN ('planned', 'sent', 'escalated')"
        )
        assert rows(one, waiting) == [(0,)]
        assert rows(one, "SELECT count(*) FROM reminders WHERE state = 'escalated'") != [(0,)]
