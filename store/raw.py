"""A table as it lies in the database, page by page: nothing that a driver or a type would smooth over is lost."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import JSON, Connection, Select, Table, Text, bindparam, cast, select, tuple_, type_coerce
from sqlalchemy.types import NullType

from store.chain import plain

PAGE = 1000


def raw_pages(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """Every row in its plain form, in the order of the primary key; memory holds one page."""
    statement, names = _statement(table, connection.dialect.name), table.c.keys()
    keys = tuple_(*table.primary_key)
    found = connection.execute(statement, {"page": PAGE}).all()
    while found:
        yield [plain(dict(zip(names, row, strict=True))) for row in found]
        if len(found) < PAGE:
            return
        last = [getattr(found[-1], key.name) for key in table.primary_key]
        found = connection.execute(statement.where(keys > last), {"page": PAGE}).all()


@cache
def _statement(table: Table, dialect: str) -> Select[Any]:
    """Without the types that would read a value; the driver of PostgreSQL reads JSON, unless it is text."""
    columns: list[Any] = [
        cast(each, Text).label(each.name)
        if dialect == "postgresql" and isinstance(each.type, JSON)
        else type_coerce(each, NullType()).label(each.name)
        for each in table.c
    ]
    return select(*columns).order_by(*table.primary_key).limit(bindparam("page"))
