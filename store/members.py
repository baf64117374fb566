"""Who may use the bot."""

from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from store.tables import MemberRow, table

_MEMBERS = table(MemberRow)

# When reminders go out on a person's own clock, and from when to when nothing does, until they choose other hours.
DIGEST_AT = time(8)
QUIET_FROM, QUIET_UNTIL = time(21), time(7)
_HOURS = {"digest_at": DIGEST_AT, "quiet_from": QUIET_FROM, "quiet_until": QUIET_UNTIL}
USUAL_ZONE = "UTC"
_USUAL = _HOURS | {"zone": USUAL_ZONE}


class Role(StrEnum):
    """What a member may do, from the least to the most."""

    NURSE = "nurse"
    DOCTOR = "doctor"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        return tuple(Role).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """`settled_at` is when the person confirmed the hours and the zone of their reminders.

    `unreadable` are those of these that somebody has damaged, by their fields: of each the usual one counts.
    """

    id: int
    user_id: int
    chat_id: int
    role: Role
    zone: str
    joined_at: datetime | None
    unreachable_at: datetime | None
    digest_at: time
    quiet_from: time
    quiet_until: time
    settled_at: datetime | None
    round_at: datetime | None
    rounded_on: date | None
    unreadable: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """How others read of the person: no name is stored."""
        return f"member {self.id} ({self.role})"


_FIELDS = tuple(field.name for field in fields(Member) if field.name != "unreadable")

# Locked for the length of a turn: two processes never serve one person at once. Not against what only refers to the
# person, as an entry in the audit does: who writes that holds the seal, for which this turn may have to wait.
_ACTIVE = (
    select(_MEMBERS)
    .where(_MEMBERS.c.user_id == bindparam("user_id"), _MEMBERS.c.revoked_at.is_(None))
    .with_for_update(key_share=True)
)
_KNOWN = select(_MEMBERS.c.id).where(_MEMBERS.c.user_id == bindparam("user_id"))
_ADD = insert(_MEMBERS).returning(_MEMBERS)
_READMIT = (
    update(_MEMBERS)
    .where(_MEMBERS.c.id == bindparam("member"))
    .values(
        chat_id=bindparam("chat"),
        role=bindparam("new_role"),
        joined_at=bindparam("now"),
        revoked_at=None,
        unreachable_at=None,
    )
    .returning(_MEMBERS)
)
_PROMOTE = (
    update(_MEMBERS).where(_MEMBERS.c.id == bindparam("member")).values(role=bindparam("new_role")).returning(_MEMBERS)
)
_ALL_ACTIVE = select(_MEMBERS).where(_MEMBERS.c.revoked_at.is_(None)).order_by(_MEMBERS.c.id)
_BY_ID = select(_MEMBERS).where(_MEMBERS.c.id == bindparam("member"), _MEMBERS.c.revoked_at.is_(None))
_USER_IDS = select(_MEMBERS.c.user_id).where(_MEMBERS.c.revoked_at.is_(None))
# Whose reminders go out; an hour far ahead was written by a clock that was wrong.
_ROUNDS = (
    select(_MEMBERS.c.id)
    .where(
        _MEMBERS.c.revoked_at.is_(None),
        or_(
            _MEMBERS.c.round_at.is_(None),
            _MEMBERS.c.round_at <= bindparam("now"),
            _MEMBERS.c.round_at > bindparam("latest"),
        ),
    )
    .order_by(_MEMBERS.c.round_at, _MEMBERS.c.id)
)
_CLAIM = (
    select(_MEMBERS)
    .where(_MEMBERS.c.id == bindparam("member"), _MEMBERS.c.revoked_at.is_(None))
    .with_for_update(key_share=True, skip_locked=True)
)
_ROUNDED = (
    update(_MEMBERS)
    .where(_MEMBERS.c.id == bindparam("member"))
    .values(round_at=bindparam("next_round"), rounded_on=bindparam("day"))
)
_MORNING = (
    update(_MEMBERS)
    .where(_MEMBERS.c.id == bindparam("member"))
    .values(
        zone=bindparam("new_zone"),
        digest_at=bindparam("new_hour"),
        quiet_from=bindparam("new_from"),
        quiet_until=bindparam("new_until"),
        round_at=None,
    )
)
_ROUND_AGAIN = update(_MEMBERS).where(_MEMBERS.c.id == bindparam("member")).values(round_at=bindparam("planned"))
_SETTLE = update(_MEMBERS).where(_MEMBERS.c.id == bindparam("member")).values(settled_at=bindparam("now"))
_REVOKE = update(_MEMBERS).where(_MEMBERS.c.id == bindparam("member")).values(revoked_at=bindparam("now"))
_REACH = update(_MEMBERS).where(_MEMBERS.c.id == bindparam("member")).values(unreachable_at=bindparam("since"))
# Locked: of two owners who go at once, one waits or is tried again, and finds that the last one stays.
_OWNERS = (
    select(_MEMBERS.c.id)
    .where(_MEMBERS.c.role == Role.OWNER.value, _MEMBERS.c.revoked_at.is_(None))
    .order_by(_MEMBERS.c.id)
    .with_for_update(key_share=True)
)


class Members:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def active(self, user_id: int) -> Member | None:
        row = self._connection.execute(_ACTIVE, {"user_id": user_id}).first()
        return _member(row) if row else None

    def admit(self, user_id: int, chat_id: int, role: Role, zone: str, now: datetime | None = None) -> Member:
        """Make a person a member; one who was revoked comes back under the new role."""
        known = self._connection.execute(_KNOWN, {"user_id": user_id}).scalar()
        if known is not None:
            terms = {"member": known, "chat": chat_id, "new_role": role.value, "now": now}
            return _member(self._connection.execute(_READMIT, terms).one())
        row = {"user_id": user_id, "chat_id": chat_id, "role": role.value, "zone": zone, "joined_at": now}
        return _member(self._connection.execute(_ADD, row).one())

    def promote(self, member_id: int, role: Role) -> Member:
        return _member(self._connection.execute(_PROMOTE, {"member": member_id, "new_role": role.value}).one())

    def all_active(self) -> list[Member]:
        return [_member(row) for row in self._connection.execute(_ALL_ACTIVE)]

    def by_id(self, member_id: int | None) -> Member | None:
        """Of those who have access."""
        row = self._connection.execute(_BY_ID, {"member": member_id}).first()
        return _member(row) if row else None

    def user_ids(self) -> set[int]:
        """What Telegram calls those who have access."""
        return set(self._connection.execute(_USER_IDS).scalars())

    def rounds_due(self, now: datetime, latest: datetime) -> list[int]:
        """Members whose reminders go out now, or who have no hour for it yet, or one later than any that is planned."""
        return list(self._connection.execute(_ROUNDS, {"now": now, "latest": latest}).scalars())

    def claim(self, member_id: int) -> Member | None:
        """A member for this turn alone; None where another turn has them, or where they have no access any more."""
        row = self._connection.execute(_CLAIM, {"member": member_id}).first()
        return _member(row) if row else None

    def rounded(self, member_id: int, day: date | None, next_round: datetime) -> None:
        """Write down the day on which reminders went out last, and when they go out next."""
        self._connection.execute(_ROUNDED, {"member": member_id, "day": day, "next_round": next_round})

    def round_again(self, member_id: int, planned: datetime) -> None:
        """Reminders that were planned for a time reached nobody: they go out as soon as they may."""
        self._connection.execute(_ROUND_AGAIN, {"member": member_id, "planned": planned})

    def set_mornings(self, member: Member) -> None:
        """Keep a member's zone and hours; when reminders go out next is found at the next tick."""
        terms = {"new_hour": member.digest_at, "new_from": member.quiet_from, "new_until": member.quiet_until}
        kept = {name: hour.isoformat("minutes") for name, hour in terms.items()}
        self._connection.execute(_MORNING, {"member": member.id, "new_zone": member.zone} | kept)

    def settle(self, member_id: int, now: datetime) -> None:
        """They have seen when reminders come, and confirmed it."""
        self._connection.execute(_SETTLE, {"member": member_id, "now": now})

    def revoke(self, member_id: int, now: datetime) -> None:
        """Take access away: the next act of this person is a stranger's."""
        self._connection.execute(_REVOKE, {"member": member_id, "now": now})

    def owners(self) -> list[Member]:
        """As they are read: whoever counts on one to stay asks `count_owners`."""
        return [each for each in self.all_active() if each.role is Role.OWNER]

    def count_owners(self) -> int:
        """How many owners are active; they stay it until the turn ends."""
        return len(self._connection.execute(_OWNERS).all())

    def set_unreachable(self, member_id: int, unreachable_since: datetime | None) -> None:
        """Write down since when a person cannot be reached, or that they can."""
        self._connection.execute(_REACH, {"member": member_id, "since": unreachable_since})


def _member(row: Row[Any]) -> Member:
    """One row that somebody has damaged stops nobody else."""
    kept = {name: getattr(row, name) for name in _FIELDS}
    read = {name: _hour(kept[name], usual) for name, usual in _HOURS.items()} | {"zone": _zone(kept["zone"])}
    unreadable = tuple(name for name, each in read.items() if each is None)
    chosen = {name: _USUAL[name] if each is None else each for name, each in read.items()}
    return Member(**kept | chosen | {"role": Role(row.role)}, unreadable=unreadable)


def _hour(kept: str | None, usual: time) -> time | None:
    """None where it cannot be read."""
    with suppress(ValueError):
        return time.fromisoformat(kept) if kept else usual
    return None


@cache
def _zone(kept: str) -> str | None:
    """None where there is no such zone."""
    with suppress(ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(kept).key
    return None
