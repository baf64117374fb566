"""Who did what, in the same transaction as the deed, each entry chained to the one before it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select

from store.chain import CLINICAL, digest, link, plain
from store.errors import SealBroken
from store.keys import Key
from store.seal import Seal, move, seals, sound
from store.tables import AuditRow, table

# What is written down of whoever is told a verdict.
SAY = "say"
_COLUMNS = ("id", "at", "member_id", "verb", "subject", "patient_id", "before", "after", "chain")
_INTO = "INSERT INTO audit (id, at, member_id, verb, subject, patient_id, before, after, chain) VALUES "
# In the drivers' own words, which takes a third of the time: every turn pays for it.
_ADD = {
    "sqlite": _INTO + "(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    "postgresql": _INTO + "(%s, %s::timestamp AT TIME ZONE 'UTC', %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
}

# There is no index by member: so many entries back a last verdict is looked for.
_LOOKED_THROUGH = 50_000
_AUDIT = table(AuditRow)
_NEWEST = select(func.max(_AUDIT.c.id))
_LAST_SAID = (
    select(_AUDIT.c.subject)
    .where(
        _AUDIT.c.id > bindparam("since"),
        _AUDIT.c.member_id == bindparam("member"),
        or_(_AUDIT.c.verb == SAY, _AUDIT.c.subject == bindparam("check")),
    )
    .order_by(_AUDIT.c.id.desc())
    .limit(1)
)


class Audit:
    """Entries wait for the end of their turn: so whoever locks the seal waits for nobody, and commits at once."""

    def __init__(self, connection: Connection, key: Key) -> None:
        self._connection = connection
        self._key = key
        self._entries: list[dict[str, Any]] = []
        # How this process left the seal: right, unless another process was there since, or a commit failed.
        self._left: Seal | None = None

    def last_said(self, member_id: int, check_id: int | None) -> int | None:
        """The number of the verdict of a patient that a member was told, unless a quick check came after it."""
        newest = self._connection.execute(_NEWEST).scalar_one() or 0
        row = {"member": member_id, "check": f"interview {check_id}", "since": newest - _LOOKED_THROUGH}
        said = self._connection.execute(_LAST_SAID, row).scalar_one_or_none() or ""
        thing, _, number = said.partition(" ")
        return int(number) if thing == "verdict" else None

    def add(self, member_id: int | None, verb: str, subject: str, now: datetime, patient_id: int | None = None) -> None:
        """`subject` names a thing (`interview 7`), never a value; `patient_id` says whom it is about."""
        who = {"at": now, "member_id": member_id, "verb": verb}
        self._entries.append(plain(who | {"subject": subject, "patient_id": patient_id}))

    def wrote(
        self, member_id: int | None, verb: str, thing: str, row: Row[Any], now: datetime, before: Row[Any] | None = None
    ) -> None:
        """A `thing` of CLINICAL was written: `row` is all that its INSERT or UPDATE returned.

        An UPDATE also hands over the row `before` it, read under a lock: what somebody had changed by hand would
        else be signed along with it.
        """
        patient_id = row.id if thing == "patient" else row.patient_id
        self.add(member_id, verb, f"{thing} {row.id}", now, patient_id)
        if before is not None:
            self._entries[-1]["before"] = self._digest(thing, before)
        self._entries[-1]["after"] = self._digest(thing, row)

    def _digest(self, thing: str, row: Row[Any]) -> str:
        return digest(self._key, thing, plain({each.name: getattr(row, each.name) for each in CLINICAL[thing].c}))

    def settle(self) -> None:
        """Chain the turn's entries, as the last thing before its commit; SealBroken where somebody has changed it."""
        if not self._entries:
            return
        if self._left is None or not self._chain_on(self._left):
            found = sound(seals(self._connection), self._key)
            if not self._chain_on(found):
                raise SealBroken("the seal of the audit was changed")
        self.forget()

    def forget(self) -> None:
        """What was not settled did not happen."""
        self._entries = []

    def _chain_on(self, seal: Seal) -> bool:
        """False if that is not the seal any more, and nothing is done."""
        head, rows = seal.head, []
        for number, entry in enumerate(self._entries, seal.next_id):
            entry["id"] = number
            entry["chain"] = head = link(self._key, head, entry)
            rows.append(tuple(map(entry.get, _COLUMNS)))
        self._left = seal.extended(self._key, len(rows), head)
        if not move(self._connection, seal, self._left):
            return False
        if self._connection.exec_driver_sql(_ADD[self._connection.dialect.name], rows).rowcount != len(rows):
            raise SealBroken("there is an entry in the audit that Quiesce has not made")
        return True
