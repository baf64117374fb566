"""Who may use the bot."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from store.tables import MemberRow, table

_MEMBERS = table(MemberRow)


class Role(StrEnum):
    OWNER = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    id: int
    user_id: int
    chat_id: int
    role: Role
    zone: str


# Locked for the length of a turn: two processes never serve one person at once.
_ACTIVE = (
    select(_MEMBERS)
    .where(_MEMBERS.c.user_id == bindparam("user_id"), _MEMBERS.c.revoked_at.is_(None))
    .with_for_update()
)
_KNOWN = select(_MEMBERS.c.id).where(_MEMBERS.c.user_id == bindparam("user_id"))
_ADD = insert(_MEMBERS).returning(_MEMBERS)
_READMIT = (
    update(_MEMBERS)
    .where(_MEMBERS.c.id == bindparam("member"))
    .values(chat_id=bindparam("chat"), role=bindparam("new_role"), revoked_at=None)
    .returning(_MEMBERS)
)
_OWNERS = (
    select(func.count())
    .select_from(_MEMBERS)
    .where(_MEMBERS.c.role == Role.OWNER.value, _MEMBERS.c.revoked_at.is_(None))
)


class Members:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def active(self, user_id: int) -> Member | None:
        row = self._connection.execute(_ACTIVE, {"user_id": user_id}).first()
        return _member(row) if row else None

    def admit(self, user_id: int, chat_id: int, role: Role, zone: str) -> Member:
        """Make a person a member; one who was revoked comes back under the new role."""
        known = self._connection.execute(_KNOWN, {"user_id": user_id}).scalar()
        if known is not None:
            terms = {"member": known, "chat": chat_id, "new_role": role.value}
            return _member(self._connection.execute(_READMIT, terms).one())
        row = {"user_id": user_id, "chat_id": chat_id, "role": role.value, "zone": zone}
        return _member(self._connection.execute(_ADD, row).one())

    def has_owner(self) -> bool:
        return bool(self._connection.execute(_OWNERS).scalar())


def _member(row: Row[Any]) -> Member:
    return Member(id=row.id, user_id=row.user_id, chat_id=row.chat_id, role=Role(row.role), zone=row.zone)
