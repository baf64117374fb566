"""One-time codes that make a person a member; only their hashes are kept."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, insert, update

from store.members import Role
from store.tables import InvitationRow, table

LIFETIME = timedelta(hours=24)

_INVITATIONS = table(InvitationRow)
_ADD = insert(_INVITATIONS)
_WITHDRAW = delete(_INVITATIONS).where(_INVITATIONS.c.role == bindparam("which"), _INVITATIONS.c.used_at.is_(None))
_CLAIM = (
    update(_INVITATIONS)
    .where(
        _INVITATIONS.c.code_hash == bindparam("hash"),
        _INVITATIONS.c.used_at.is_(None),
        _INVITATIONS.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"))
    .returning(_INVITATIONS.c.role)
)


class Invitations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def renew(self, code: str, role: Role, now: datetime) -> None:
        """Offer a new code for a role; unused ones of that role are withdrawn."""
        self._connection.execute(_WITHDRAW, {"which": role.value})
        self._connection.execute(_ADD, {"code_hash": _hash(code), "role": role.value, "expires_at": now + LIFETIME})

    def claim(self, code: str, now: datetime) -> Role | None:
        """Use a code up; None if it is unknown, used or expired."""
        role = self._connection.execute(_CLAIM, {"hash": _hash(code), "now": now}).scalar()
        return Role(role) if role else None


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
