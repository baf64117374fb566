"""Each named point, on both databases: no answer and no reminder lost or doubled, nobody stuck."""

import os

import pytest

from bot.acts import Person
from bot.turns import seat_owner
from tests.botapi import botapi
from tests.crashing import POINTS, USER, Crashing
from tests.sealed import writer_on
from tests.ticking import TICK_POINTS, Mornings

CRASHES = int(os.environ.get("QUIESCE_CRASHES", "1"))


@pytest.fixture(scope="module")
def api():
    with botapi() as api:
        yield api


@pytest.fixture
def seated(url):
    """A database with one person in it."""
    writer = writer_on(url)
    writer.take(lambda work: seat_owner(work, Person(user_id=USER, chat_id=USER), "UTC"))
    writer.close()
    return url


def crashing(api, url, way, port, point):
    api.reset()
    return Crashing(api, url, point, webhook_port=port if way == "webhook" else None)


# A point that lies in one way of receiving only.
ONLY = {"before the offset": "polling", "before the answer to a delivery": "webhook"}
CASES = [(point, way) for point in POINTS for way in ("polling", "webhook") if ONLY.get(point, way) == way]


@pytest.mark.parametrize(("point", "way"), CASES)
def test_a_crash_loses_and_doubles_nothing(api, seated, unused_tcp_port, way, point):
    bot = crashing(api, seated, way, unused_tcp_port, point)
    bot.run(CRASHES, seconds=110)

    assert bot.violations == []
    assert bot.crashes >= CRASHES


@pytest.fixture
def twin(tmp_path, sqlite_template):
    """The database of a bot that never dies."""
    path = tmp_path / "twin.sqlite3"
    path.write_bytes(sqlite_template)
    return f"sqlite:///{path}"


@pytest.mark.parametrize("point", TICK_POINTS)
def test_a_crash_in_the_tick_loses_no_reminder_and_tells_none_twice(api, url, twin, point, record_property):
    api.reset()
    bot = Mornings(api, url, twin, point)
    bot.run(CRASHES, seconds=100)
    record_property("crashes, and messages that came again", f"{bot.crashes}, {bot.doubled}")

    assert bot.violations == []
    assert bot.crashes >= CRASHES
