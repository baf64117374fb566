"""Two processes on PostgreSQL whose turns meet a clock that was set back at one moment."""

from contextlib import closing
from datetime import timedelta
from functools import partial
from threading import Event, Thread

import pytest

from bot.reminders import wall_clock
from tests.clinic import BEGINS, moment_at, open_clinic_on
from tests.conftest import fresh_database
from tests.history import by_hand
from tests.sealed import writer_on

BACK = moment_at(BEGINS - timedelta(days=5))
LATER = moment_at(BACK.now + timedelta(hours=3))
# So long one waits for the other, which may have to wait for it.
WAITS = 0.5


@pytest.fixture
def shared(postgres):
    """A clinic whose clock has shown a day; its one owner is the first member."""
    with fresh_database(postgres) as url:
        open_clinic_on(url, ("UTC",) * 4, 2)
        take(url, partial(wall_clock.goes_on, moment=moment_at(BEGINS)))
        yield url


def take(url, turn):
    with closing(writer_on(url)) as writer:
        return writer.take(turn)


def meanwhile(url, turn, then) -> None:
    """`then`, once a turn has come to where it says; the turn goes on after that, or when it has waited."""
    is_there, is_done = Event(), Event()

    def waits() -> None:
        is_there.set()
        is_done.wait(WAITS)

    thread = Thread(target=take, args=(url, partial(turn, waits=waits)))
    thread.start()
    assert is_there.wait(10)
    then()
    is_done.set()
    thread.join()


def test_two_processes_that_meet_it_tell_the_owner_once(shared):
    def first(work, waits):
        wall_clock.goes_on(work, BACK)
        waits()

    meanwhile(shared, first, lambda: take(shared, partial(wall_clock.goes_on, moment=BACK)))

    assert by_hand(shared, "SELECT count(*) FROM cards") == [(1,)]


def test_what_an_owner_says_while_another_process_has_looked_holds(shared):
    take(shared, partial(wall_clock.goes_on, moment=BACK))

    def looks(work, waits):
        get = work.clinic.get

        def got():
            found = get()
            waits()
            return found

        work.clinic.get = got
        wall_clock.goes_on(work, LATER)

    meanwhile(shared, looks, lambda: take(shared, partial(wall_clock.believe, now=LATER.now, member_id=1)))

    assert not take(shared, lambda work: work.clinic.get().clock).is_doubted(LATER.now)
