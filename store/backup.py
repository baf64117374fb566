"""A copy of the whole database, taken beside whoever writes, sealed, and read back before it counts.

It is made of plain rows, so a copy of SQLite is restored to PostgreSQL as well, and the other way round.
"""

import json
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from store.engine import name_of, open_engine, open_reader
from store.errors import StoreUnavailable, reason
from store.keys import Key, keep_name, needed_key
from store.migrations import require_current
from store.raw import raw_pages
from store.restore import refill
from store.sealed_file import read_sealed, write_sealed
from store.verify import Verification, verify

_COMPACT = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Backup:
    """`found` is what verifying the copy itself found, and not what it was made from."""

    path: Path
    rows: int
    found: Verification


def back_up(url: str, key_file: Path, folder: Path, now: datetime) -> Backup:
    """Write a copy into a folder, under the time as its name; StoreUnavailable where there is none afterwards."""
    key = needed_key(key_file, "copied")
    path = folder / f"quiesce-{now:%Y%m%dT%H%M%SZ}.backup"
    unproven = path.with_suffix(f".{secrets.token_hex(8)}.unproven")
    try:
        _write(url, unproven, key, now)
        backup = _read_back(unproven, key)
        if path.exists():
            raise StoreUnavailable(f"{path} is there already: two copies were made in one second")
        unproven.rename(path)
        keep_name(path)
    finally:
        unproven.unlink(missing_ok=True)
    return Backup(path, *backup)


def _write(url: str, path: Path, key: Key, now: datetime) -> None:
    engine = open_reader(url)
    try:
        with engine.connect() as connection, connection.begin():
            revision = require_current(connection)
            write_sealed(path, key, _lines(connection, {"revision": revision, "copied_at": now.isoformat()}))
    except SQLAlchemyError as error:
        raise StoreUnavailable(f"the database {name_of(engine)} cannot be read: {reason(error)}") from error
    finally:
        engine.dispose()


def _lines(connection: Connection, beginning: dict[str, str]) -> Iterator[str]:
    """What the copy is of; then pages of each table, the first one empty, with the last number that it gave."""
    yield _COMPACT(beginning)
    for rows in SQLModel.metadata.sorted_tables:
        page_of: dict[str, Any] = {"table": rows.name, "last": _last_number(connection, rows), "columns": rows.c.keys()}
        yield _COMPACT(page_of | {"rows": []})
        for page in raw_pages(connection, rows):
            yield _COMPACT(page_of | {"rows": [[row.get(name) for name in page_of["columns"]] for row in page]})


def _last_number(connection: Connection, rows: Table) -> int:
    """A number that was given once is never given again, also after its row is gone."""
    if "id" not in rows.c:
        return 0
    if connection.dialect.name == "postgresql":
        sequence = connection.exec_driver_sql(f"SELECT pg_get_serial_sequence('{rows.name}', 'id')").scalar()
        given = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"  # noqa: S608  names of our own
    else:
        given = f"SELECT seq FROM sqlite_sequence WHERE name = '{rows.name}'"  # noqa: S608  names of our own
    last: int = connection.exec_driver_sql(given).scalar() or 0
    return max(last, connection.execute(select(func.max(rows.c.id))).scalar() or 0)


def _read_back(path: Path, key: Key) -> tuple[int, Verification]:
    """Restore the copy into a file that is gone afterwards, and verify that."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/proof.sqlite3", foreign_keys=False)
        try:
            with engine.begin() as connection:
                copy = refill(connection, read_sealed(path, key))
                return copy.rows, verify(connection, key)
        finally:
            engine.dispose()
