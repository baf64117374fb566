"""Databases for the soak: migrated, empty, and gone after use."""

import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from bot.acts import Person
from bot.turns import seat_owner
from store.engine import open_engine
from tests.conftest import fresh_database
from tests.sealed import prepare, writer_on

# What is committed outlives a process that is killed, wherever it is; only a machine that stops needs a disk.
_IN_MEMORY = Path("/dev/shm")


@contextmanager
def database(server: str | None) -> Iterator[str]:
    """The URL of a database: on a cluster, or an SQLite file where there is none."""
    if server is not None:
        with fresh_database(server, "template0") as url:
            prepare(url)
            yield url
        return
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.exists() else None) as folder:
        url = f"sqlite:///{Path(folder) / 'quiesce.sqlite3'}"
        prepare(url)
        yield url


def seat(url: str, people: list[int]) -> None:
    """Make each of them a member."""
    writer = writer_on(url)
    for user_id in people:
        person = Person(user_id=user_id, chat_id=user_id)
        writer.take(lambda work, person=person: seat_owner(work, person, "UTC"))
    writer.close()


def rows(url: str, statement: str) -> list[Row[Any]]:
    """What the database holds, read from outside."""
    engine = open_engine(url)
    with engine.connect() as connection:
        found = list(connection.exec_driver_sql(statement))
    engine.dispose()
    return found


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
