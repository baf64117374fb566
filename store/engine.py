"""Opening the database: SQLite with enforced foreign keys and honest transactions, or PostgreSQL."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from store.errors import StoreUnavailable

# So long SQLite waits for another program to let go of its file; nothing else happens meanwhile.
LOCKED_SECONDS = 1.0
# What SQLite has as text and is none is read all the same by who looks for changes.
ANY_TEXT = partial(str, encoding="utf-8", errors="surrogateescape")


def open_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """An engine for `url`; StoreUnavailable says what is wrong with the address.

    Left alone, Python's SQLite driver starts no transaction before DDL, so a failed migration would
    leave half its tables behind. Migrations turn foreign keys off, as rebuilding a table with them on
    deletes the rows of its children.
    """
    engine = _engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure if foreign_keys else _configure_without_foreign_keys)
        engine.dialect.do_begin = _begin  # type: ignore[assignment]  # an event would slow down every statement
    return engine


def open_reader(url: str) -> Engine:
    """An engine whose transactions each see one state of the database, change nothing, and let others write."""
    engine = _engine(url)
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    file = f"file:{quote(engine.url.database or '')}?mode=ro"
    reader = create_engine(url, hide_parameters=True, creator=lambda: sqlite3.connect(file, uri=True))
    event.listen(reader, "connect", _configure_reader)
    reader.dialect.do_begin = _begin_reading  # type: ignore[assignment]
    return reader


def name_of(engine: Engine) -> str:
    """Which database it is, for an operator: neither who opens it nor with which password."""
    url = engine.url
    if url.drivername.startswith("sqlite"):
        return url.database or "in memory"
    return str(URL.create("postgresql", host=url.host, port=url.port, database=url.database))


def _engine(url: str) -> Engine:
    try:
        wait = {"timeout": LOCKED_SECONDS} if url.startswith("sqlite") else {}
        engine = create_engine(url, hide_parameters=True, connect_args=wait)  # no error message may carry an answer
    except (SQLAlchemyError, ImportError, ValueError) as error:
        raise StoreUnavailable("the database address is not understood; see DATABASE_URL in the README") from error
    if engine.dialect.name not in ("sqlite", "postgresql"):
        raise StoreUnavailable("only SQLite and PostgreSQL are supported; see DATABASE_URL in the README")
    return engine


def _configure(connection: Any, record: object) -> None:
    _configure_without_foreign_keys(connection, record)
    connection.execute("PRAGMA foreign_keys = ON")


def _configure_without_foreign_keys(connection: Any, _: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Any) -> None:
    connection.execute("BEGIN IMMEDIATE")


def _configure_reader(connection: Any, _: object) -> None:
    connection.isolation_level = None
    connection.text_factory = ANY_TEXT


def _begin_reading(connection: Any) -> None:
    connection.execute("BEGIN")


@contextmanager
def held(url: str) -> Iterator[None]:
    """Refuse a second program on the same SQLite file.

    PostgreSQL needs no lock of a file: its row locks let several programs work side by side.
    """
    if not url.startswith("sqlite"):
        yield
        return
    path = open_engine(url).url.database
    if not path or path == ":memory:":
        raise StoreUnavailable("SQLite needs a file, as sqlite:///quiesce.sqlite3 names one")
    try:
        lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be opened: {error.strerror}") from error
    try:
        _lock(lock, path)
        yield
    finally:
        os.close(lock)


def _lock(descriptor: int, path: str) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StoreUnavailable(f"another Quiesce already runs on {path}") from error
