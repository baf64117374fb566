"""A database made anew from a copy: whole or not at all, and at rest until somebody has confirmed it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, inspect
from sqlalchemy.exc import SQLAlchemyError

from store.engine import open_engine
from store.errors import StoreUnavailable, reason
from store.keys import needed_key
from store.migrations import apply
from store.sealed_file import read_sealed
from store.unit_of_work import UnitOfWork
from store.verify import Verification, verify


@dataclass(frozen=True, slots=True)
class Copy:
    copied_at: datetime
    rows: int


def restore(url: str, key_file: Path, path: Path, now: datetime, then: Callable[[UnitOfWork], None]) -> Verification:
    """Fill an empty database from a copy, and do what else belongs to it in the same transaction.

    No reminder leaves until the clinic resumes. What was not shown yet when the copy was made is set aside: it may
    have been shown since, and what came after it is not known any more.
    """
    key = needed_key(key_file, "restored")
    engine = open_engine(url, foreign_keys=False)
    try:
        with engine.begin() as connection:
            if inspect(connection).get_table_names():
                raise StoreUnavailable("the database is not empty: a copy is restored into a new one")
            copy = refill(connection, read_sealed(path, key))
            _put_to_rest(UnitOfWork(connection, key), copy, now, then)
            return verify(connection, key)
    except SQLAlchemyError as error:
        raise StoreUnavailable(f"the copy cannot be restored: {reason(error)}") from error
    finally:
        engine.dispose()


def _put_to_rest(work: UnitOfWork, copy: Copy, now: datetime, then: Callable[[UnitOfWork], None]) -> None:
    work.clinic.rest(copy.copied_at, now)
    work.cards.set_aside("restored")
    work.audit.add(None, "restore", "database", now)
    then(work)
    work.audit.settle()


def refill(connection: Connection, lines: Iterator[str]) -> Copy:
    """Write what a copy holds into an empty database, under the schema of that day, and bring it up to date."""
    beginning = json.loads(next(lines))
    apply(connection, beginning["revision"])
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")  # times lie in a copy without a zone
    count = 0
    for page in map(json.loads, lines):
        _fill(connection, page)
        count += len(page["rows"])
    apply(connection)
    return Copy(datetime.fromisoformat(beginning["copied_at"]), count)


def _fill(connection: Connection, page: dict[str, Any]) -> None:
    """A page of a table, in the drivers' own words: every value is in the plain form that both databases read."""
    name, columns, dialect = page["table"], page["columns"], connection.dialect
    if page["rows"]:
        is_bool = {each["name"] for each in inspect(connection).get_columns(name) if isinstance(each["type"], Boolean)}
        places = ", ".join(["?" if dialect.name == "sqlite" else "%s"] * len(columns))
        quoted = ", ".join(map(dialect.identifier_preparer.quote, columns))
        rows = [
            tuple(bool(value) if column in is_bool else value for column, value in zip(columns, row, strict=True))
            for row in page["rows"]
        ]
        connection.exec_driver_sql(f"INSERT INTO {name} ({quoted}) VALUES ({places})", rows)  # noqa: S608  names of our own
    elif page["last"]:
        _go_on_after(connection, name, page["last"])


def _go_on_after(connection: Connection, name: str, last: int) -> None:
    """The next row gets the next number."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last})")
        return
    connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last))
