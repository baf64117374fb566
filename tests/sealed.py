"""Databases of tests: their audit is sealed with a key that everybody knows."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from store.engine import open_engine, open_reader
from store.keys import Key
from store.migrations import migrate
from store.unit_of_work import Writer
from store.unlock import begin
from store.verify import Verification, verify

KEY = Key(b"the key of the tests: no secret.")


def prepare(url: str) -> None:
    """Migrate a database, and begin its chain."""
    migrate(url)
    engine = open_engine(url)
    with engine.begin() as connection:
        begin(connection, KEY)
    engine.dispose()


def copy_in_memory(template: Path) -> Engine:
    """What a file of SQLite holds, for one test alone."""
    engine = open_engine("sqlite://")
    with closing(sqlite3.connect(template)) as source, engine.connect() as connection:
        source.backup(connection.connection.driver_connection)
    return engine


def writer_on(url: str) -> Writer:
    return Writer(open_engine(url), KEY)


def checked(url: str, key: Key = KEY) -> Verification:
    """What `verify` finds in a database."""
    engine = open_reader(url)
    with engine.connect() as connection, connection.begin():
        found = verify(connection, key)
    engine.dispose()
    return found
