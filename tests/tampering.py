"""Whoever can write to the database and lacks the key: one change at random, made behind the back of Quiesce."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import JSON, Column, Connection, Date, Integer, Table

from store.chain import CLINICAL
from store.tables import AuditRow, SealRow, table

AUDIT, SEAL = table(AuditRow), table(SealRow)
A_DAY = timedelta(days=1)
TABLES = (AUDIT, AUDIT, AUDIT, SEAL, *CLINICAL.values())

Values = dict[str, Any]
Rows = list[Values]


class Tampering:
    """On a connection that enforces no foreign key; whoever makes a change rolls it back before the next."""

    def __init__(self, connection: Connection, chance: Random) -> None:
        self._connection = connection
        self._chance = chance
        self._lite = connection.dialect.name == "sqlite"
        self._rows = {of: self._read(of) for of in TABLES}
        self._untouched = self._state()
        self._kinds = (self._change, self._delete, self._copy, self._invent, self._swap, self._cut, self._cut_and_seal)

    def once(self) -> str:
        """One change, and what it was; DBAPIError where the database itself refuses it."""
        kind = self._chance.choice(self._kinds)
        return f"{kind.__name__.strip('_')}: {kind()}"

    @property
    def changed(self) -> bool:
        """Whether anything is otherwise than it was at the beginning: two equal rows can be swapped."""
        return self._state() != self._untouched

    # The kinds

    def _change(self) -> str:
        """One to three columns of a row."""
        of, row = self._any()
        columns = self._chance.sample(list(of.c), self._chance.choice((1, 1, 1, 2, 3)))
        change = {each.name: self._other(each, row[each.name]) for each in columns}
        self._update(of, row["id"], change)
        return f"{of.name} {row['id']} {sorted(change)}"

    def _delete(self) -> str:
        of, _ = self._any()
        ids = [row["id"] for row in self._rows[of]]
        gone = self._chance.sample(ids, self._chance.randint(1, min(3, len(ids))))
        self._remove(of, *gone)
        return f"{of.name} {gone}"

    def _copy(self) -> str:
        of, row = self._any()
        new = row | {"id": self._new_id(of)}
        self._insert(of, new)
        return f"{of.name} {row['id']} as {new['id']}"

    def _invent(self) -> str:
        of, row = self._any()
        new = {each.name: self._other(each, row[each.name]) for each in of.c} | {"id": self._new_id(of)}
        self._insert(of, new)
        return f"{of.name} {new['id']}"

    def _swap(self) -> str:
        """Two rows change their ids; in the audit, signatures go with them or stay."""
        of, one = self._any()
        other = self._chance.choice(self._rows[of])
        stay = ("id", "chain") if self._chance.random() < 0.5 else ("id",)
        self._remove(of, one["id"], other["id"])
        for place, row in {one["id"]: (one, other), other["id"]: (other, one)}.items():
            kept = {name: row[0][name] for name in stay if name in row[0]}
            self._insert(of, row[1] | kept | {"id": place})
        return f"{of.name} {one['id']} {other['id']}"

    def _cut(self) -> list[int]:
        """The last rows of the audit, with or without the clinical rows of which they tell."""
        rows = self._rows[AUDIT]
        cut = rows[-self._chance.randint(1, len(rows)) :]
        self._remove(AUDIT, *(row["id"] for row in cut))
        if self._chance.random() < 0.5:
            for row in cut:
                thing, _, number = row["subject"].partition(" ")
                if row["after"] is not None and thing in CLINICAL:
                    self._remove(CLINICAL[thing], int(number))
        return [row["id"] for row in cut]

    def _cut_and_seal(self) -> list[int]:
        """And the seal says so, as far as anybody can make it who lacks the key."""
        cut = self._cut()
        rows, seal = self._rows[AUDIT][: -len(cut)], self._rows[SEAL][0]
        head = rows[-1]["chain"] if rows else seal["genesis"]
        change = {"count": max(seal["count"] - len(cut), 0), "head": head or seal["genesis"]}
        self._update(SEAL, seal["id"], change | ({"mac": self._hex()} if self._chance.random() < 0.5 else {}))
        return cut

    # What they are made of

    def _any(self) -> tuple[Table, Values]:
        of = self._chance.choice(TABLES)
        return of, self._chance.choice(self._rows[of])

    def _new_id(self, of: Table) -> int:
        ids = [row["id"] for row in self._rows[of]]
        return self._chance.choice((max(ids) + 1, max(ids) + 1, max(ids) + self._chance.randint(2, 9), 0, -1, 3))

    def _other(self, column: Column[Any], value: Any) -> Any:
        """Another value for a column, such as the database may take."""
        if value is not None and column.nullable and self._chance.random() < 0.2:
            return None
        if value is None:
            return self._first(column)
        if isinstance(value, str):
            return self._chance.choice(self._other_texts(value))
        if isinstance(value, int):
            return self._chance.choice((value + 1, value - 1, self._chance.randint(0, 10**6), f"{value}x"))
        shift = timedelta(microseconds=10 ** self._chance.randint(0, 12)) if isinstance(value, datetime) else A_DAY
        return value + self._chance.choice((1, -1)) * shift

    def _first(self, column: Column[Any]) -> Any:
        if isinstance(column.type, JSON):
            return self._chance.choice(("{}", '{"x": 1}', "null"))
        if isinstance(column.type, Date):
            return "2026-06-02"
        return self._chance.randint(1, 9) if isinstance(column.type, Integer) else self._hex()

    def _other_texts(self, text: str) -> list[Any]:
        at = self._chance.randrange(len(text) or 1)
        other = text[:at] + self._chance.choice("0123456789abcdefß \n") + text[at + 1 :]
        ways = [other, text + " ", text[:-1], text.swapcase(), text.replace(":", ": ", 1), self._hex()]
        # SQLite takes bytes in the place of text.
        return [*ways, *([text.encode(), other.encode() + b"\xff"] if self._lite else [])]

    def _hex(self) -> str:
        return f"{self._chance.getrandbits(256):064x}"

    # The database, in the words of its driver: nothing stands between

    def _run(self, statement: str, *values: Any) -> None:
        self._connection.exec_driver_sql(statement.replace("?", "?" if self._lite else "%s"), values)

    def _read(self, of: Table) -> Rows:
        """JSON is text."""
        json = '"{}"' if self._lite else '"{}"::text'
        columns = ", ".join((json if isinstance(each.type, JSON) else '"{}"').format(each.name) for each in of.c)
        found = self._connection.exec_driver_sql(f"SELECT {columns} FROM {of.name} ORDER BY id")
        return [dict(zip(of.c.keys(), row, strict=True)) for row in found]

    def _update(self, of: Table, number: int, change: Values) -> None:
        columns = ", ".join(f'"{name}" = ?' for name in change)
        self._run(f"UPDATE {of.name} SET {columns} WHERE id = ?", *change.values(), number)

    def _insert(self, of: Table, row: Values) -> None:
        columns, places = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        self._run(f"INSERT INTO {of.name} ({columns}) VALUES ({places})", *row.values())

    def _remove(self, of: Table, *ids: int) -> None:
        for number in ids:
            self._run(f"DELETE FROM {of.name} WHERE id = ?", number)

    def _state(self) -> str:
        row = "t.*" if self._lite else "t::text"
        statements = (f"SELECT {row} FROM {of.name} t ORDER BY id" for of in TABLES[2:])
        return repr([tuple(each) for sql in statements for each in self._connection.exec_driver_sql(sql)])
