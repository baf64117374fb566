"""What is known of patients, as one member sees it; each look in the audit of the same turn."""

from collections.abc import Sequence
from datetime import date

from bot import words
from bot.acts import Moment
from bot.contract.examined import Examined, examined_from
from bot.patients.inputs import inputs_of
from flows.carried import carried_line
from flows.codes import is_spelling, read_code
from flows.errors import NotNow
from flows.record import HANDED_OVER, Observation, as_one, standing
from flows.refiling import can_be_wrong
from flows.righting import dose_unknown_by
from flows.unlikely import BIRTH_YEAR
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork
from store.verdicts import StoredVerdict

NORMAL_STOOLS = "history.normal_stools"


class Known:
    """Reads what is known of patients, for one member."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, today: date) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._today = today
        self._seen: set[int] = set()

    def require_approval(self) -> None:
        """NotNow until an owner has confirmed that patients may be stored (CLINICAL.md D17)."""
        if not self._work.clinic.get().stores_patients:
            raise NotNow(words.PATIENTS_OFF)

    def require_free(self, code: str) -> None:
        """NotNow if the code is taken, even by a patient with an empty record; this counts as reading that patient."""
        patient = self._work.patients.by_code(code)
        if patient is not None:
            stands = [each for each in standing(self.written(patient)) if can_be_wrong(each.fact)]
            raise NotNow(taken(code) if stands else words.NOTHING_STANDS.format(code=patient.code))

    def is_taken(self, code: str) -> bool:
        return self._work.patients.by_code(code) is not None

    def found(self, code: str) -> Patient:
        """The patient of a code; InvalidAnswer where it cannot be one, NotNow where nobody has it."""
        spelled = read_code(code)
        patient = self._work.patients.by_code(spelled)
        if patient is None or not is_spelling(spelled, patient.code):
            raise NotNow(f"Nobody is enrolled as {spelled}. Nothing was changed.")
        return patient

    def last_verdict(self, patient: Patient) -> StoredVerdict | None:
        """What was last said of a patient, if anything was."""
        return next(iter(self._work.verdicts.of(patient.id, 1)), None)

    def last_said(self, check_id: int | None) -> StoredVerdict | None:
        """The verdict that this member was told last, unless the last one is of a quick check."""
        number = self._work.audit.last_said(self._member.id, check_id)
        return self._work.verdicts.get(number) if number else None

    def carried_mass(self, patient: Patient) -> str:
        """Of which day the mass of the newest score is, where nobody examined it, or that it is missing."""
        return carried_line(self._work.observations.of(patient.id))

    def birth_year(self, patient_id: int | None) -> int | None:
        """Of a patient whom a form is about."""
        return self._last_word(patient_id, BIRTH_YEAR)

    def normal_stools(self, patient_id: int | None) -> int | None:
        return self._last_word(patient_id, NORMAL_STOOLS)

    def _last_word(self, patient_id: int | None, code: str) -> int | None:
        """None where nobody said it."""
        written = self._work.observations.of(patient_id) if patient_id else []
        told = [each.fact.value["is"] for each in standing(written) if each.fact.value and each.fact.code == code]
        return told[-1] if told else None

    def read(self, patient_id: int) -> None:
        """Write down that something of a patient is shown: once a turn, however often it is looked up for that."""
        if patient_id not in self._seen:
            self._seen.add(patient_id)
            self._log("read", patient_id)

    def written(self, patient: Patient) -> list[Observation]:
        self.read(patient.id)
        return self._work.observations.of(patient.id)

    def examine(self, patient: Patient, written: Sequence[Observation] | None = None) -> Examined:
        """What the core says of a patient today; `written` where it was read before."""
        return examined_from(self.inputs(patient, written), self._today)

    def inputs(self, patient: Patient, written: Sequence[Observation] | None = None) -> str:
        """The chart of a patient as of today, as `evaluate` reads it."""
        every = self.written(patient) if written is None else written
        return inputs_of(patient, self._work.clinic.get().region, every, self._today)

    def as_it_stands(self, patient_id: int) -> str:
        """The chart before something is written, against which the card shows what came of that."""
        return self.inputs(self._work.patients.get(patient_id), self._work.observations.of(patient_id))

    def as_one(self, patient: Patient, observation_id: int) -> list[Observation]:
        """A value that stands, with what is one with it; NotNow where it does not stand any more."""
        self._work.patients.hold(patient.id)
        stands = standing(self.written(patient))
        found = next((each for each in stands if each.id == observation_id), None)
        if found is None:
            raise NotNow("That value does not stand any more. Nothing was changed.")
        return as_one(found, stands)

    def dose_unknown_by(self, wrong: Sequence[Observation], written: Sequence[Observation]) -> date | None:
        """The day at the clinic on which a first dose was told without the dose that is taken by then."""
        return dose_unknown_by(wrong, written, self._moment.house.day)

    def times_handed_over(self, patient: Patient) -> int:
        return sum(each.fact.code == HANDED_OVER for each in self.written(patient))

    def replay(self, verdict_id: int) -> tuple[Patient, StoredVerdict]:
        """An old verdict, to be held against what its inputs amount to by this version."""
        verdict = self._work.verdicts.get(verdict_id)
        if verdict is None:
            raise NotNow(f"There is no verdict {verdict_id}.")
        patient = self._work.patients.get(verdict.patient_id)
        self._log(f"replay {verdict_id}", patient.id)
        return patient, verdict

    def _log(self, verb: str, patient_id: int) -> None:
        self._work.audit.add(self._member.id, verb, f"patient {patient_id}", self._moment.now, patient_id)


def taken(code: str) -> str:
    return f"{code} is taken already: /p {code} opens it."
