"""Opening the database: SQLite with enforced foreign keys and honest transactions, or PostgreSQL."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from store.errors import StoreUnavailable

# So long SQLite waits for another program to let go of its file; nothing else happens meanwhile.
LOCKED_SECONDS = 1.0


def open_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """An engine for `url`; StoreUnavailable says what is wrong with the address.

    Left alone, Python's SQLite driver starts no transaction before DDL, so a failed migration would
    leave half its tables behind. Migrations turn foreign keys off, as rebuilding a table with them on
    deletes the rows of its children.
    """
    try:
        wait = {"timeout": LOCKED_SECONDS} if url.startswith("sqlite") else {}
        engine = create_engine(url, hide_parameters=True, connect_args=wait)  # no error message may carry an answer
    except (SQLAlchemyError, ImportError, ValueError) as error:
        raise StoreUnavailable("the database address is not understood; see DATABASE_URL in the README") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure if foreign_keys else _configure_without_foreign_keys)
        engine.dialect.do_begin = _begin  # type: ignore[assignment]  # an event would slow down every statement
    elif engine.dialect.name != "postgresql":
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


def scratch_engine() -> Engine:
    """An empty database in memory with the tables of this version; it is gone with the engine."""
    engine = open_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    return engine
