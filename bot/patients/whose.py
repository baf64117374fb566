"""Whose the values of a message are: a patient's code among them is that patient's, or the message is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flows.coded import Spelled, apart, spelled_in, without
from flows.codes import is_spelling, plain_code
from flows.errors import InvalidAnswer
from store.patients import Patient
from store.unit_of_work import UnitOfWork

ANOTHER = "This message names {named}{nobody}, and the values are for {code}: nothing of it was taken."
NOBODY = ", who is no patient"


@dataclass(frozen=True, slots=True)
class Named:
    """A code in a text as it was typed, and who has it; nobody where it is wrong, or of another clinic."""

    typed: Spelled
    patient: Patient | None

    @property
    def code(self) -> str:
        return self.patient.code if self.patient else self.typed.text


def named_in(work: UnitOfWork, text: str, pattern: re.Pattern[str]) -> list[Named]:
    """Every code in a text, in its order: those of patients, and what is meant as one."""
    found = spelled_in(text, pattern)
    patients = {
        plain_code(each.code): each for each in work.patients.with_codes({it for each in found for it in each.codes})
    }
    every = [Named(each, _patient(patients, each)) for each in found]
    chosen = apart([each.typed for each in every if each.patient or each.typed.is_meant])
    return [each for each in every if each.typed in chosen]


def of_patient_alone(work: UnitOfWork, patient: Patient, text: str, pattern: re.Pattern[str]) -> str:
    """A text of values without the patient's own code; InvalidAnswer where it names anybody else."""
    named = named_in(work, text, pattern)
    for each in named:
        if each.patient is None or each.patient.id != patient.id:
            nobody = "" if each.patient else NOBODY
            raise InvalidAnswer("labs", ANOTHER.format(named=each.code, nobody=nobody, code=patient.code))
    return without([each.typed for each in named], text)


def _patient(patients: Mapping[str, Patient], typed: Spelled) -> Patient | None:
    """Whose code it is, spelled with all, some or none of its separators, with or without its check character."""
    found = [patients[code] for code in typed.codes if code in patients]
    return next((each for each in found if is_spelling(typed.text, each.code) or _is_pseudonym(typed.text, each)), None)


def _is_pseudonym(text: str, patient: Patient) -> bool:
    return is_spelling(text, patient.code.rpartition("-")[0])
