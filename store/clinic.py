"""What the clinic has settled once: the region of its label, its units, and that patients may be stored."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Text, bindparam, cast, select, update
from sqlalchemy.dialects import postgresql, sqlite

from flows.clinic_units import readable
from flows.history import Region
from flows.wall_clock import WallClock
from store.tables import ClinicRow, table

_CLINIC = table(ClinicRow)
_THE_ONE = 1

# As text, for one that somebody has damaged is no JSON.
_TEXTS = ("units", "clock")
_GET = select(*(cast(each, Text).label(each.name) if each.name in _TEXTS else each for each in _CLINIC.c)).where(
    _CLINIC.c.id == _THE_ONE
)
# Two processes may begin side by side on an empty database.
_ADD = {
    "sqlite": sqlite.insert(_CLINIC).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_CLINIC).on_conflict_do_nothing(),
}
_REGION = update(_CLINIC).where(_CLINIC.c.id == _THE_ONE).values(region=bindparam("new_region"))
_APPROVE = (
    update(_CLINIC)
    .where(_CLINIC.c.id == _THE_ONE)
    .values(patients_approved_at=bindparam("now"), patients_approved_by=bindparam("member"))
)
_COVER = update(_CLINIC).where(_CLINIC.c.id == _THE_ONE).values(cover_id=bindparam("member"))
_LEAD = update(_CLINIC).where(_CLINIC.c.id == _THE_ONE).values(lead_id=bindparam("member"))
_HOLD = _GET.with_for_update()
_UNITS = update(_CLINIC).where(_CLINIC.c.id == _THE_ONE).values(units=bindparam("new_units"))
_CLOCK = update(_CLINIC).where(_CLINIC.c.id == _THE_ONE).values(clock=bindparam("new_clock"))
_MEND = (
    update(_CLINIC)
    .where(_CLINIC.c.id == _THE_ONE)
    .values(region=bindparam("new_region"), units=bindparam("new_units"), clock=bindparam("new_clock"))
)
_REST = (
    update(_CLINIC)
    .where(_CLINIC.c.id == _THE_ONE)
    .values(copied_at=bindparam("copied"), restored_at=bindparam("restored"))
)


@dataclass(frozen=True, slots=True)
class Rest:
    """The database was restored from a copy: what happened from the one time to the other is not in it."""

    copied_at: datetime
    restored_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """`approved_at` None: nobody has confirmed that patients may be stored (CLINICAL.md D17).

    Reminders that nobody has answered go on to the cover, then to the lead. None goes out while the clinic rests.
    `units` are those of its laboratory, by the code of the analyte: the code of its unit. `clock` is None before the
    first tick. `unreadable` are those of these that somebody has damaged: what cannot be read counts as not set.
    """

    region: Region | None = None
    approved_at: datetime | None = None
    approved_by: int | None = None
    cover_id: int | None = None
    lead_id: int | None = None
    rest: Rest | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    clock: WallClock | None = None
    unreadable: tuple[str, ...] = ()

    @property
    def stores_patients(self) -> bool:
        return self.approved_at is not None


class Clinics:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self) -> Clinic:
        row = self._connection.execute(_GET).first()
        return Clinic() if row is None else _clinic(row)

    def hold(self) -> Clinic:
        """As another turn has left it, which waits for this one from here on."""
        return _clinic(self._held())

    def mend(self) -> tuple[str, ...]:
        """What cannot be read is not set any more; which that was."""
        clinic = _clinic(self._held())
        kept = {"new_region": clinic.region, "new_units": clinic.units or None}
        self._connection.execute(_MEND, kept | {"new_clock": clinic.clock.to_json() if clinic.clock else None})
        return clinic.unreadable

    def choose_region(self, region: Region) -> None:
        self._settle(_REGION, {"new_region": region.value})

    def approve_patients(self, member_id: int, now: datetime) -> None:
        self._settle(_APPROVE, {"member": member_id, "now": now})

    def name_cover(self, member_id: int | None) -> None:
        self._settle(_COVER, {"member": member_id})

    def name_lead(self, member_id: int | None) -> None:
        self._settle(_LEAD, {"member": member_id})

    def choose_units(self, units: Mapping[str, str]) -> None:
        """Those of each analyte that is named; of the others nothing changes."""
        self._settle(_UNITS, {"new_units": {**_clinic(self._held()).units, **units}})

    def rest(self, copied_at: datetime, restored_at: datetime) -> None:
        self._settle(_REST, {"copied": copied_at, "restored": restored_at})

    def resume(self) -> None:
        """Reminders go out again."""
        self._settle(_REST, {"copied": None, "restored": None})

    def set_clock(self, clock: WallClock) -> None:
        """What is known of the clock by which reminders are told."""
        self._settle(_CLOCK, {"new_clock": clock.to_json()})

    def _settle(self, statement: Any, terms: dict[str, Any]) -> None:
        self._held()
        self._connection.execute(statement, terms)

    def _held(self) -> Any:
        """The one row, which another turn waits for."""
        if (row := self._connection.execute(_HOLD).first()) is not None:
            return row
        self._connection.execute(_ADD[self._connection.dialect.name], {"id": _THE_ONE})
        return self._connection.execute(_HOLD).one()


def _clinic(row: Row[Any]) -> Clinic:
    """What somebody has damaged stops nobody."""
    kept_units, kept_clock = _json(row.units), _json(row.clock)
    region, units, clock = _region(row.region), readable(kept_units), WallClock.from_json(kept_clock)
    is_lost = {
        "region": bool(row.region) and region is None,
        "units": kept_units is not None and units != kept_units,
        "clock": kept_clock is not None and clock is None,
    }
    return Clinic(
        region=region,
        approved_at=row.patients_approved_at,
        approved_by=row.patients_approved_by,
        cover_id=row.cover_id,
        lead_id=row.lead_id,
        rest=Rest(row.copied_at, row.restored_at) if row.restored_at else None,
        units=units,
        clock=clock,
        unreadable=tuple(what for what, is_so in is_lost.items() if is_so),
    )


def _region(kept: str | None) -> Region | None:
    with suppress(ValueError):
        return Region(kept) if kept else None
    return None


def _json(kept: str | None) -> object:
    """As it stands where it is none."""
    with suppress(ValueError):
        return None if kept is None else json.loads(kept)
    return kept
