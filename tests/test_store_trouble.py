"""A full disk and a PostgreSQL that is restarted: nothing acknowledged is lost, and all goes on by itself."""

import asyncio
import os
import resource
import signal
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import words
from bot.acts import Person
from bot.api import receive
from bot.turns import seat_owner
from tests.botapi import botapi
from tests.conftest import DOCTOR
from tests.conversation import exchange
from tests.crashing import USER, Crashing
from tests.postgres import own_cluster
from tests.sealed import prepare, writer_on

RESTARTS = int(os.environ.get("QUIESCE_CRASHES", "1"))


@contextmanager
def disk_full_beyond(size):
    """No file of this process grows beyond `size` bytes: what the kernel answers is an error, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)


async def test_on_a_full_disk_nothing_is_acknowledged_and_with_room_again_nothing_was_lost(
    tmp_path, sqlite_template, clock, monkeypatch
):
    monkeypatch.setattr(receive, "STORE_LONGEST_SECONDS", 0.01)
    path = tmp_path / "quiesce.sqlite3"
    path.write_bytes(sqlite_template)
    async with exchange(f"sqlite:///{path}", clock) as office:
        await office.ledger.take(lambda work: seat_owner(work, DOCTOR, "UTC"))
        await office.running.tidy()
        doctor = office.line("doctor", DOCTOR.user_id)
        await doctor.says("/hbi")
        with disk_full_beyond(Path(f"{path}-wal").stat().st_size):
            doctor.conversation.says("1")
            doctor.conversation.says("mild")
            await asyncio.sleep(0.3)
            waiting = len(office.telegram.updates)
        await doctor.settled()
        for answer in ("2", "none", "none", "confirm"):
            await doctor.says(answer)

    assert waiting == 2
    assert [message.text for message in doctor.messages].count(words.STORE_UNAVAILABLE) == 1
    assert doctor.last.text.startswith("REMISSION · HBI 4 (remission < 5)")


class Restarted(Crashing):
    """A bot that lives on while its PostgreSQL is killed; the line that the store is away may come between."""

    def _judge(self, screen, events, crashes):
        answers = [event for event in events if event.text != words.STORE_UNAVAILABLE]
        super()._judge(screen, answers, crashes)


@pytest.fixture
def server():
    """A PostgreSQL that keeps what it has committed when it is killed."""
    with own_cluster() as server:
        prepare(server.url.format(database="postgres"))
        yield server


@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_a_postgresql_killed_again_and_again_under_load_loses_and_doubles_nothing(server, unused_tcp_port, way):
    url, restarts = server.url.format(database="postgres"), []
    writer = writer_on(url)
    writer.take(lambda work: seat_owner(work, Person(user_id=USER, chat_id=USER), "UTC"))
    writer.close()

    def restart():
        for _ in range(RESTARTS):
            time.sleep(1)
            server.restart()
            restarts.append(time.monotonic())

    fate = threading.Thread(target=restart)
    with botapi() as api:
        bot = Restarted(api, url, "", webhook_port=unused_tcp_port if way == "webhook" else None, patience=60)
        fate.start()
        bot.run_while(fate.is_alive)
        fate.join()

    assert bot.violations == []
    assert bot.crashes == 0
    assert len(restarts) == RESTARTS
