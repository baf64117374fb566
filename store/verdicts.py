"""What was said of a patient, and all that it rested on, for the replay."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from store.tables import VerdictRow, table

_VERDICTS = table(VerdictRow)

_ADD = insert(_VERDICTS).returning(_VERDICTS)
_GET = select(_VERDICTS).where(_VERDICTS.c.id == bindparam("verdict"))
_OF_PATIENT = (
    select(_VERDICTS)
    .where(_VERDICTS.c.patient_id == bindparam("patient"))
    .order_by(_VERDICTS.c.id.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVerdict:
    """`inputs` and `report` are JSON as `evaluate` reads and writes it, kept word for word."""

    id: int
    patient_id: int
    at: datetime
    core_version: str
    inputs: str
    report: str


class Verdicts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, patient_id: int, now: datetime, core_version: str, inputs: str, report: str) -> Row[Any]:
        row = {"patient_id": patient_id, "at": now, "core_version": core_version, "inputs": inputs, "report": report}
        return self._connection.execute(_ADD, row).one()

    def get(self, verdict_id: int) -> StoredVerdict | None:
        row = self._connection.execute(_GET, {"verdict": verdict_id}).first()
        return _verdict(row) if row else None

    def of(self, patient_id: int, most: int) -> list[StoredVerdict]:
        """The newest first."""
        return [_verdict(row) for row in self._connection.execute(_OF_PATIENT, {"patient": patient_id, "most": most})]


def _verdict(row: Row[Any]) -> StoredVerdict:
    return StoredVerdict(
        id=row.id,
        patient_id=row.patient_id,
        at=row.at,
        core_version=row.core_version,
        inputs=row.inputs,
        report=row.report,
    )
