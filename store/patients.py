"""Patients, each under a code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from flows.codes import plain_code
from flows.questionnaire import Disease
from store.tables import MemberRow, PatientRow, table

_PATIENTS = table(PatientRow)
_MEMBERS = table(MemberRow)
_THE_PATIENT = _PATIENTS.c.id == bindparam("patient")

# Of two who enrol under one code at once the second waits for the first, and finds it taken.
_ADD = {
    "sqlite": sqlite.insert(_PATIENTS).on_conflict_do_nothing().returning(_PATIENTS),
    "postgresql": postgresql.insert(_PATIENTS).on_conflict_do_nothing().returning(_PATIENTS),
}
_GET = select(_PATIENTS).where(_THE_PATIENT)
_CODE = select(_PATIENTS.c.code).where(_THE_PATIENT)
# Locked for the length of a turn: two people never write about one patient at once.
_LOCKED = _GET.with_for_update(key_share=True)
_BY_PLAIN = select(_PATIENTS).where(_PATIENTS.c.plain == bindparam("spelled"))
_BY_PLAINS = select(_PATIENTS).where(_PATIENTS.c.plain.in_(bindparam("spelled", expanding=True)))
_PAGE = select(_PATIENTS).order_by(_PATIENTS.c.id.desc()).limit(bindparam("most")).offset(bindparam("before"))
_AFTER = select(_PATIENTS).where(_PATIENTS.c.id > bindparam("last")).order_by(_PATIENTS.c.id).limit(bindparam("most"))
_COUNT = select(func.count()).select_from(_PATIENTS)
_WITH = _PATIENTS.c.disease.in_(bindparam("diseases", expanding=True))
_COUNT_WITH = _COUNT.where(_WITH)
_OWN_FIRST = (
    select(_PATIENTS)
    .where(_WITH)
    .order_by(case((_PATIENTS.c.responsible_id == bindparam("member"), 0), else_=1), _PATIENTS.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("before"))
)
_OF_RESPONSIBLE = (
    select(_PATIENTS).where(_PATIENTS.c.responsible_id == bindparam("member")).order_by(_PATIENTS.c.id.desc())
)
_WITH_NOBODY = (
    select(_MEMBERS.c.id, _MEMBERS.c.role, func.count())
    .join(_PATIENTS, _PATIENTS.c.responsible_id == _MEMBERS.c.id)
    .where(_MEMBERS.c.revoked_at.is_not(None))
    .group_by(_MEMBERS.c.id, _MEMBERS.c.role)
    .order_by(_MEMBERS.c.id)
)
_CORRECT_DISEASE = update(_PATIENTS).where(_THE_PATIENT).values(disease=bindparam("right")).returning(_PATIENTS)
_HAND_OVER = update(_PATIENTS).where(_THE_PATIENT).values(responsible_id=bindparam("member")).returning(_PATIENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    id: int
    code: str
    disease: Disease
    responsible_id: int
    enrolled_at: datetime


class Patients:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, code: str, disease: Disease, member_id: int, now: datetime) -> Row[Any] | None:
        """The row as the database holds it, for the audit; None where the code is somebody's."""
        row = {
            "code": code,
            "plain": plain_code(code),
            "disease": disease.value,
            "responsible_id": member_id,
            "enrolled_at": now,
        }
        return self._connection.execute(_ADD[self._connection.dialect.name], row).one_or_none()

    def get(self, patient_id: int) -> Patient:
        return _patient(self._connection.execute(_GET, {"patient": patient_id}).one())

    def code_of(self, patient_id: int) -> str:
        """Also of one whose row cannot be read otherwise."""
        code: str = self._connection.execute(_CODE, {"patient": patient_id}).scalar_one()
        return code

    def hold(self, patient_id: int) -> Row[Any]:
        """The patient's row as it is, for this turn alone."""
        return self._connection.execute(_LOCKED, {"patient": patient_id}).one()

    def by_code(self, code: str) -> Patient | None:
        """However the code is spelled."""
        row = self._connection.execute(_BY_PLAIN, {"spelled": plain_code(code)}).first()
        return _patient(row) if row else None

    def with_codes(self, codes: Iterable[str]) -> list[Patient]:
        """However the codes are spelled; those that nobody has are left out."""
        rows = self._connection.execute(_BY_PLAINS, {"spelled": [plain_code(each) for each in codes]})
        return [_patient(row) for row in rows]

    def newest(self, most: int, before: int = 0) -> list[Patient]:
        """A page of patients, the newest first."""
        rows = self._connection.execute(_PAGE, {"most": most, "before": before})
        return [_patient(row) for row in rows]

    def after(self, patient_id: int, most: int) -> list[Patient]:
        """The next patients by number."""
        rows = self._connection.execute(_AFTER, {"last": patient_id, "most": most})
        return [_patient(row) for row in rows]

    def count(self) -> int:
        return self._connection.execute(_COUNT).scalar_one()

    def count_with(self, diseases: Iterable[Disease]) -> int:
        """How many patients have one of these diseases."""
        return self._connection.execute(_COUNT_WITH, {"diseases": [*diseases]}).scalar_one()

    def own_first(self, member_id: int, diseases: Iterable[Disease], most: int, before: int) -> list[Patient]:
        """A page of the patients with one of these diseases: a member's own, then those of others, the newest first."""
        terms = {"member": member_id, "diseases": [*diseases], "most": most, "before": before}
        return [_patient(row) for row in self._connection.execute(_OWN_FIRST, terms)]

    def of_responsible(self, member_id: int) -> list[Patient]:
        """The patients of a member, the newest first."""
        return [_patient(row) for row in self._connection.execute(_OF_RESPONSIBLE, {"member": member_id})]

    def with_nobody(self) -> list[tuple[int, str, int]]:
        """Members without access who are still responsible for patients: who, in which role, and for how many."""
        return [(number, role, many) for number, role, many in self._connection.execute(_WITH_NOBODY)]

    def correct_disease(self, patient_id: int, disease: Disease) -> Row[Any]:
        return self._connection.execute(_CORRECT_DISEASE, {"patient": patient_id, "right": disease.value}).one()

    def hand_over(self, patient_id: int, member_id: int) -> Row[Any]:
        return self._connection.execute(_HAND_OVER, {"patient": patient_id, "member": member_id}).one()


def _patient(row: Row[Any]) -> Patient:
    return Patient(
        id=row.id,
        code=row.code,
        disease=Disease(row.disease),
        responsible_id=row.responsible_id,
        enrolled_at=row.enrolled_at,
    )
