"""The seal: where the audit's chain begins and ends, signed, so that no entry can be taken from either end."""

from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, insert, select

from store.chain import plain
from store.errors import OtherKey, SealBroken
from store.keys import Key
from store.tables import SealRow, table

_SEAL = table(SealRow)
_LOCK = select(_SEAL).with_for_update()
_ADD = insert(_SEAL)
# In the drivers' own words, which takes a third of the time: every turn pays for it.
_MOVE = {
    "sqlite": "UPDATE seal SET count = ?, head = ?, mac = ? WHERE mac = ?",
    "postgresql": "UPDATE seal SET count = %s, head = %s, mac = %s WHERE mac = %s",
}


@dataclass(frozen=True, slots=True)
class Seal:
    """The chain has `count` entries from `first_id` on, the last signed as `head`; `genesis` signs what is older."""

    first_id: int
    genesis: str
    count: int
    head: str
    fingerprint: str
    mac: str = ""
    id: int = 1

    @property
    def next_id(self) -> int:
        return self.first_id + self.count

    def extended(self, key: Key, count: int, head: str) -> "Seal":
        """The seal after so many more entries."""
        return Seal(self.first_id, self.genesis, self.count + count, head, self.fingerprint).signed(key)

    def signed(self, key: Key) -> "Seal":
        own = (self.first_id, self.genesis, self.count, self.head, self.fingerprint)
        return Seal(*own, key.sign("seal", self.id, *own), self.id)

    def is_signed(self, key: Key) -> bool:
        """It was signed with this key, and not changed since."""
        return self.mac == self.signed(key).mac


def seals(connection: Connection) -> list[Seal]:
    """The seal, locked until the transaction ends; none before the first start, or more where somebody meddled."""
    return [Seal(**plain(row._asdict())) for row in connection.execute(_LOCK)]


def sound(found: list[Seal], key: Key) -> Seal:
    """The one seal, as this key has signed it; else SealBroken, or OtherKey."""
    if len(found) != 1:
        raise SealBroken("the audit has more than one seal" if found else "the seal of the audit is gone")
    (seal,) = found
    if seal.is_signed(key):
        return seal
    if seal.fingerprint != key.fingerprint and not replace(seal, fingerprint=key.fingerprint).is_signed(key):
        raise OtherKey("the audit of this database was written with another key than QUIESCE_AUDIT_KEY_FILE holds")
    raise SealBroken("the seal of the audit was changed")


def add(connection: Connection, seal: Seal) -> None:
    connection.execute(_ADD, asdict(seal))


def move(connection: Connection, old: Seal, new: Seal) -> bool:
    """Put a new seal in the place of an old one; False if that is not there any more."""
    statement = _MOVE[connection.dialect.name]
    return connection.exec_driver_sql(statement, (new.count, new.head, new.mac, old.mac)).rowcount == 1
