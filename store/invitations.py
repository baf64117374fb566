"""One-time codes that make a person a member; only their hashes are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, insert, update

from store.members import Role
from store.tables import InvitationRow, table

LIFETIME = timedelta(hours=24)

_INVITATIONS = table(InvitationRow)
_ADD = insert(_INVITATIONS)
_WITHDRAW = delete(_INVITATIONS).where(_INVITATIONS.c.invited_by.is_(None), _INVITATIONS.c.used_at.is_(None))
_CLAIM = (
    update(_INVITATIONS)
    .where(
        _INVITATIONS.c.code_hash == bindparam("hash"),
        _INVITATIONS.c.used_at.is_(None),
        _INVITATIONS.c.expires_at > bindparam("now"),
        _INVITATIONS.c.role.in_(bindparam("roles", expanding=True)),
    )
    .values(used_at=bindparam("now"))
    .returning(_INVITATIONS.c.role, _INVITATIONS.c.invited_by)
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a code was good for, and which member had offered it."""

    role: Role
    invited_by: int | None


class Invitations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def renew_owner_code(self, code: str, now: datetime) -> None:
        """Offer a new owner code; the unused ones of earlier starts are withdrawn."""
        self._connection.execute(_WITHDRAW)
        self.offer(code, Role.OWNER, now, None)

    def offer(self, code: str, role: Role, now: datetime, invited_by: int | None) -> None:
        """Keep the hash of a code that makes one person a member."""
        row = {"code_hash": _hash(code), "role": role.value, "expires_at": now + LIFETIME, "invited_by": invited_by}
        self._connection.execute(_ADD, row)

    def claim(self, code: str, now: datetime, above: Role | None = None) -> Claimed | None:
        """Use a code up; None if it is unknown, used or expired, or if its role is not `above` another."""
        roles = [role.value for role in Role if above is None or role.rank > above.rank]
        row = self._connection.execute(_CLAIM, {"hash": _hash(code), "now": now, "roles": roles}).first()
        return Claimed(Role(row.role), row.invited_by) if row else None


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
