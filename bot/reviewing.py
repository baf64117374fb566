"""What is said of a form besides its own lines, and what is asked once more where the record has moved on since."""

from collections.abc import Sequence

from bot.already import stand_already, visited_already
from bot.front import Front
from bot.moving import Moving
from bot.records import Records
from flows.carried import MASS_CHANGED, is_taken_over, offer_again, offered
from flows.filed_person import as_day
from flows.filing import facts_of
from flows.forms.enrolment import BY_DOCTOR, ENROLMENT
from flows.forms.visit import SYMPTOMS
from flows.interview import Stage
from flows.questionnaire import Disease
from flows.record import Observation
from flows.righting import in_place_of
from store.interviews import Sitting
from store.unit_of_work import UnitOfWork

WITHOUT_ITEMS = "Without its items: what needs them is not evaluable."
RECORDED_MEANWHILE = "Something of the same day was recorded since this was shown. Nothing was filed: confirm again."
CODE_GONE = (
    "{code} was given to another patient meanwhile: /p {code} opens that one. Nothing was filed, and the answers "
    "are kept. Which code instead?"
)


class Reviewing:
    """For the length of one turn."""

    def __init__(self, work: UnitOfWork, front: Front, records: Records, moving: Moving) -> None:
        self._work = work
        self._front = front
        self._records = records
        self._moving = moving

    def beside(self, sitting: Sitting) -> str:
        """What is to be said whenever it is shown: what a restart moves, what is left open, what stands already."""
        interview = sitting.interview
        lines = [offered(interview)]
        if (wrong := sitting.about.corrects) is not None:
            lines += in_place_of(wrong, interview.form, self._written(sitting))
        if interview.stage is Stage.REVIEWING and interview.form.code == ENROLMENT.code:
            lines.append(_left_to_a_doctor(sitting))
        elif interview.stage is Stage.REVIEWING and sitting.patient_id is not None:
            lines += self._of_patient(sitting)
        return "\n".join(filter(None, lines))

    def _of_patient(self, sitting: Sitting) -> list[str]:
        written = self._written(sitting)
        return [
            self._moving.before_and_after(sitting),
            WITHOUT_ITEMS if sitting.interview.form.code.startswith("totalled_") else "",
            *(f"CHECK: {each}" for each in self._stands(sitting, written)),
        ]

    def ask_again(self, sitting: Sitting) -> str:
        """Ask once more what the record says otherwise by now, and say why; nothing where it does not."""
        interview = sitting.interview
        if interview.form.code == ENROLMENT.code:
            return self._another_code(sitting)
        if sitting.patient_id is None:
            return ""
        written = self._written(sitting)
        if is_taken_over(interview) and offer_again(interview, written):
            return MASS_CHANGED
        since = [each for each in written if each.at > sitting.touched_at]
        return RECORDED_MEANWHILE if self._stands(sitting, since) else ""

    def _another_code(self, sitting: Sitting) -> str:
        code = str(sitting.interview.answers.get("code", ""))
        if not self._records.is_taken(code):
            return ""
        sitting.interview.forget("code")
        return CODE_GONE.format(code=code)

    def _stands(self, sitting: Sitting, written: Sequence[Observation]) -> list[str]:
        """What of the same day stands already, beside what a correction takes the place of."""
        form, answers, corrected = sitting.interview.form, sitting.interview.answers, sitting.about.corrects
        visits = visited_already(as_day(answers["on"]), written) if form.code in SYMPTOMS else []
        return [*visits, *stand_already(facts_of(form, answers, self._front.today), written, corrected)]

    def _written(self, sitting: Sitting) -> list[Observation]:
        assert sitting.patient_id is not None
        return self._records.written(self._work.patients.get(sitting.patient_id))


def _left_to_a_doctor(sitting: Sitting) -> str:
    """What an enrolment by somebody else does not ask."""
    answers = sitting.interview.answers
    if answers.get(BY_DOCTOR, "yes") == "yes":
        return ""
    length = "induction length, " if answers.get("disease") == Disease.CROHNS else ""
    return f"Left to a doctor: {length}first dose. The patient's menu opens them."
