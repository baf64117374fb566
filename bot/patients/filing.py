"""What was confirmed in a form about a patient goes to the record."""

from collections.abc import Sequence

from bot.front import Front
from bot.patients.moving import Moving
from bot.patients.records import Records
from flows.answers import Answers
from flows.awaited import awaited_from, is_any_awaited
from flows.carried import bound, is_taken_over
from flows.details import told_again
from flows.errors import NotNow
from flows.filed_person import as_day
from flows.filing import GIVEN_BY, facts_of
from flows.forms.enrolment import DETAILS
from flows.forms.moves import MOVES
from flows.questionnaire import Disease
from flows.record import Fact, Kind
from flows.unlikely import impossible
from store.interviews import Sitting
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork


class Filing:
    """Files a confirmed form about a patient to the record."""

    def __init__(self, work: UnitOfWork, member: Member, front: Front, records: Records, moving: Moving) -> None:
        self._work = work
        self._member = member
        self._front = front
        self._records = records
        self._moving = moving

    def file(self, sitting: Sitting) -> Patient:
        """What was confirmed goes to the patient; whose it is."""
        answers, asked = sitting.interview.answers, sitting.interview.form
        facts = facts_of(asked, answers, self._front.today)
        self._records.require_role(facts)
        if flaw := impossible(asked, answers, self._records.birth_year(sitting.patient_id)):
            raise NotNow(f"{flaw} Nothing was filed.")
        if asked.code in MOVES:
            self._moving.moved(sitting)  # refuses what the course does not allow
        patient = self._patient_of(sitting)
        facts += self._awaited(patient, answers, facts)
        if asked.code == DETAILS.code:
            written = self._records.written(patient)
            facts = told_again(facts, answers, written, self._moving.chart(patient, written), self._front.today)
        facts = self._bound(sitting, patient, facts)
        if sitting.about.corrects is not None:
            if not facts:
                raise NotNow("A correction is a value; to have none, choose Only take it out. Nothing was changed.")
            self._records.replace(patient, sitting.about.corrects, facts, sitting.about.why or "")
        else:
            self._records.file(patient, [*facts, *_given_by(sitting, self._member)])
        self._front.erase(sitting)
        return patient

    def _patient_of(self, sitting: Sitting) -> Patient:
        """Whom the form is about, or who is enrolled by it."""
        answers = sitting.interview.answers
        if sitting.patient_id is None:
            return self._records.enrol(str(answers["code"]), Disease(str(answers["disease"])))
        patient = self._work.patients.get(sitting.patient_id)
        if answers.get("disease", patient.disease) != patient.disease:
            raise NotNow("The disease was corrected since this was opened: discard it, and open it again.")
        if sitting.about.corrects is None:
            self._moving.require_untold(patient, sitting.interview.form.code)
        return patient

    def _bound(self, sitting: Sitting, patient: Patient, facts: list[Fact]) -> list[Fact]:
        if not is_taken_over(sitting.interview):
            return facts
        return bound(facts, self._records.written(patient))

    def _awaited(self, patient: Patient, answers: Answers, told: Sequence[Fact]) -> list[Fact]:
        """What is awaited from the day of the visit on."""
        labs = answers.get("labs")
        if not is_any_awaited(labs):
            return []
        on = as_day(answers["on"]) if answers.get("on") else self._front.today
        return awaited_from(on, labs, told, self._records.examine(patient).report.due, patient.disease)


def _given_by(sitting: Sitting, member: Member) -> list[Fact]:
    """Who gave which answer, where that was not always who confirms."""
    others = {code: who for code, who in sitting.given_by.items() if who != member.id}
    return [Fact(kind=Kind.NOTE, code=GIVEN_BY, value=dict(others))] if others else []
