"""What was observed of patients: rows are added, and never changed but where words are erased."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from flows.record import Fact, Kind, Observation
from store.tables import ObservationRow, table

_OBSERVATIONS = table(ObservationRow)
_OF_PATIENT = _OBSERVATIONS.c.patient_id == bindparam("patient")

_ADD = insert(_OBSERVATIONS).returning(_OBSERVATIONS)
_ALL = select(_OBSERVATIONS).where(_OF_PATIENT).order_by(_OBSERVATIONS.c.id)
_OF_PATIENTS = (
    select(_OBSERVATIONS)
    .where(_OBSERVATIONS.c.patient_id.in_(bindparam("patients", expanding=True)))
    .order_by(_OBSERVATIONS.c.id)
)
_THE_ROW = _OBSERVATIONS.c.id == bindparam("row")
_LOCKED = select(_OBSERVATIONS).where(_THE_ROW).with_for_update(key_share=True)
_INSTEAD = update(_OBSERVATIONS).where(_THE_ROW).values(value=bindparam("instead")).returning(_OBSERVATIONS)
_PATIENT_OF = select(_OBSERVATIONS.c.patient_id).where(_THE_ROW)
_LAST_ENTRY = select(func.coalesce(func.max(_OBSERVATIONS.c.entry), 0)).where(_OF_PATIENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who writes, and when."""

    member_id: int
    now: datetime


class Observations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, patient_id: int) -> list[Observation]:
        """Everything ever written of a patient, in its order."""
        return [_observation(row) for row in self._connection.execute(_ALL, {"patient": patient_id})]

    def of_each(self, patient_ids: Iterable[int]) -> dict[int, list[Observation]]:
        """Everything ever written of some patients, by patient."""
        by_patient: dict[int, list[Observation]] = {each: [] for each in patient_ids}
        for row in self._connection.execute(_OF_PATIENTS, {"patients": [*by_patient]}):
            by_patient[row.patient_id].append(_observation(row))
        return by_patient

    def next_entry(self, patient_id: int) -> int:
        return int(self._connection.execute(_LAST_ENTRY, {"patient": patient_id}).scalar_one()) + 1

    def file(self, patient_id: int, entry: int, facts: Iterable[Fact], hand: Hand) -> list[Row[Any]]:
        """Write facts down as one entry; the rows as the database holds them."""
        return [self._add(patient_id, entry, fact, hand) for fact in facts]

    def replace(self, old: Observation, entry: int, fact: Fact, hand: Hand, why: str) -> Row[Any]:
        """Put a fact, or a void, in the place of another."""
        patient_id = self._connection.execute(_PATIENT_OF, {"row": old.id}).scalar_one()
        return self._add(patient_id, entry, fact, hand, {"replaces_id": old.id, "why": why})

    def put_instead(self, observation_id: int, value: dict[str, Any]) -> tuple[Row[Any], Row[Any]]:
        """Another value in the place of one that is to be erased: the row before and after."""
        before = self._connection.execute(_LOCKED, {"row": observation_id}).one()
        return before, self._connection.execute(_INSTEAD, {"row": observation_id, "instead": value}).one()

    def _add(self, patient_id: int, entry: int, fact: Fact, hand: Hand, more: dict[str, Any] | None = None) -> Row[Any]:
        row = {
            "patient_id": patient_id,
            "kind": fact.kind.value,
            "code": fact.code,
            "version": fact.version,
            "on": fact.on,
            "value": fact.value,
            "as_given": fact.as_given,
            "by": hand.member_id,
            "at": hand.now,
            "entry": entry,
        }
        return self._connection.execute(_ADD, row | (more or {})).one()


# What was written before it had a kind of its own; rows never change.
_WRITTEN_AS = {("note", "stool_infection"): Kind.TEST}


def _observation(row: Row[Any]) -> Observation:
    fact = Fact(
        kind=_WRITTEN_AS.get((row.kind, row.code)) or Kind(row.kind),
        code=row.code,
        value=row.value,
        on=row.on,
        version=row.version,
        as_given=row.as_given,
    )
    return Observation(
        id=row.id, fact=fact, by=row.by, at=row.at, entry=row.entry, replaces=row.replaces_id, why=row.why
    )
