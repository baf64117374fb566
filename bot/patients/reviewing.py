"""What is said of a form besides its own lines, and what is asked once more where the record has moved on since."""

from collections.abc import Sequence
from datetime import date

from bot.fitting import A_MESSAGE
from bot.front import Front
from bot.grave import grave_lines
from bot.patients.already import stand_already, visited_already
from bot.patients.known import Known
from bot.patients.moving import Moving
from bot.patients.pages import dose_lines
from bot.patients.too_early import too_early
from bot.patients.unsettled import ask_of_doubts
from flows.awaited import awaited_line
from flows.carried import MASS_CHANGED, is_taken_over, offer_again, offered
from flows.chart import Chart
from flows.details import taken_out
from flows.filed_person import as_day
from flows.filing import facts_of, said_of_step
from flows.forms.enrolment import BY_DOCTOR, DETAILS, ENROLMENT
from flows.forms.moves import ANOTHER_DOSE, GIVING, START
from flows.forms.not_asked import not_asked
from flows.forms.visit import AS_THEN, ENDOSCOPY, SYMPTOMS
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.interview import OPEN, Interview, Stage
from flows.late_visit import of_its_day
from flows.protocol.dose_reasons import contradicted
from flows.protocol.dosing import dose
from flows.protocol.safety import safety, safety_before_first_dose
from flows.questionnaire import Disease
from flows.record import Kind, Observation, as_one, standing
from flows.righting import dose_by_then, in_place_of
from flows.sentences import as_many_as_fit, counted
from flows.unlikely import unlikely
from store.interviews import Sitting
from store.unit_of_work import UnitOfWork

WITHOUT_ITEMS = "Without its items: what needs them is not evaluable."
RECORDED_MEANWHILE = "Something of the same day was recorded since this was shown. Nothing was filed: confirm again."
CODE_GONE = (
    "{code} was given to another patient meanwhile: /p {code} opens that one. Nothing was filed, and the answers "
    "are kept. Which code instead?"
)
SCORES_LEFT_OUT = (
    "{code} has {disease} by now: {names} of this visit belong to the other disease and are left out. Nothing was "
    "filed yet: Confirm files all else of it, another visit takes the scores."
)
OTHERS_UNDER_COURSE = "{} more such lines stand under Course.".format
# What a message holds besides the question of the dose.
ROOM_ABOVE_DOSES = A_MESSAGE - 400
NORMAL_NOT_KNOWN = "What is normal for this patient is not recorded: Details takes it."
# An endoscopy is of the disease for which it is scored.
_OF_ENDOSCOPY = ("endoscopy", "endoscopy_on")


class Reviewing:
    """Says what belongs beside a form's own lines, and asks again where the record has moved on."""

    def __init__(self, work: UnitOfWork, front: Front, records: Known, moving: Moving) -> None:
        self._work = work
        self._front = front
        self._records = records
        self._moving = moving

    def beside(self, sitting: Sitting) -> str:
        """What is to be said whenever it is shown: what stands against a step, what a restart moves, what is left open,
        what stands already.
        """
        interview = sitting.interview
        lines = [
            offered(interview),
            *of_its_day(interview, self._front.today),
            *self._against(sitting),
            *self._unlikely(sitting),
        ]
        if (wrong := sitting.about.corrects) is not None:
            lines += in_place_of(wrong, interview.form, self._written(sitting))
        if interview.stage is Stage.REVIEWING and interview.form.code == ENROLMENT.code:
            lines.append(_left_to_a_doctor(sitting))
        elif interview.stage is Stage.REVIEWING and sitting.patient_id is not None:
            lines += self._of_patient(sitting, sitting.patient_id)
        return "\n".join(filter(None, lines))

    def known(self, sitting: Sitting) -> str:
        """What the stool frequency of a patient is held against, where that is scored (CLINICAL.md 1.4)."""
        if sitting.patient_id is None or sitting.interview.question != PARTIAL_MAYO.item("sf"):
            return ""
        normal = self._records.normal_stools(sitting.patient_id)
        return NORMAL_NOT_KNOWN if normal is None else f"Normal for this patient: {counted(normal, 'stool')} a day."

    def _of_patient(self, sitting: Sitting, patient_id: int) -> list[str]:
        answers, notes = sitting.interview.answers, self._work.reminders.of(patient_id)
        return [
            *taken_out(sitting.interview.form, answers),
            not_asked(sitting.interview.form, answers),
            self._moving.before_and_after(sitting),
            self._dose_by_then(sitting),
            WITHOUT_ITEMS if sitting.interview.form.code.startswith("totalled_") else "",
            *(f"CHECK: {each}" for each in self._stands(sitting, self._written(sitting))),
            awaited_line(answers.get("labs")),
            *too_early(answers.get("labs"), notes, self._front.today),
        ]

    def _dose_by_then(self, sitting: Sitting) -> str:
        """What another day of the first dose means for a dose that nobody knew by then, while nothing else tells it."""
        interview, wrong = sitting.interview, sitting.about.corrects
        if interview.form.code != START.code or wrong is None:
            return ""
        written = self._written(sitting)
        stands = standing(written)
        old = [one for each in stands if each.id == wrong for one in as_one(each, stands)]
        if any(each.fact.kind is Kind.COURSE and each not in old for each in stands):
            return ""
        return dose_by_then(self._records.dose_unknown_by(old, written), as_day(interview.answers["on"]))

    def _against(self, sitting: Sitting) -> list[str]:
        """What is LIMIT or CHECK while a dose is about to be taken: on the first page today, in the review on its day;
        where the dose is chosen, what each authority says of it on that day.

        It is said and blocks nothing: that a clinician confirms it is the decision (CLINICAL.md D16 and section 3).
        """
        interview, today = sitting.interview, self._front.today
        code, question = interview.form.code, interview.question
        if code not in GIVING or sitting.patient_id is None or interview.stage not in OPEN:
            return []
        first, mg = (interview.form.item(each) for each in ("on", "mg"))
        if question not in (None, first, mg):
            return []
        on = today if question is first else as_day(interview.answers["on"])
        chart = self._moving.chart(self._work.patients.get(sitting.patient_id))
        if question is mg:
            return as_many_as_fit(dose_lines(dose(chart, on).says), ROOM_ABOVE_DOSES, OTHERS_UNDER_COURSE)
        lines = grave_lines(safety_before_first_dose(chart, on) if code == START.code else safety(chart, on))
        return [*lines, *_of_reason(interview, chart, on)]

    def _unlikely(self, sitting: Sitting) -> list[str]:
        interview, today = sitting.interview, self._front.today
        if interview.stage is not Stage.REVIEWING:
            return []
        born = self._records.birth_year(sitting.patient_id)
        return [f"CHECK: {each}" for each in unlikely(interview.form, interview.answers, born, today)]

    def ask_again(self, sitting: Sitting) -> str:
        """Ask once more what is open, or what the record says otherwise by now, and say why."""
        interview = sitting.interview
        if interview.form.code == ENROLMENT.code:
            return self._another_code(sitting)
        if sitting.patient_id is None:
            return ""
        return "\n".join(filter(None, (ask_of_doubts(interview), self._said_otherwise(sitting))))

    def _said_otherwise(self, sitting: Sitting) -> str:
        interview = sitting.interview
        if said := self._of_other_disease(sitting):
            return said
        written = self._written(sitting)
        if is_taken_over(interview) and offer_again(interview, written):
            return MASS_CHANGED
        since = [each for each in written if each.at > sitting.touched_at]
        return RECORDED_MEANWHILE if self._stands(sitting, since) else ""

    def _of_other_disease(self, sitting: Sitting) -> str:
        """Leave the scores out of a visit whose patient has another disease by now: all else belongs to either."""
        interview, patient = sitting.interview, self._work.patients.get(sitting.patient_id or 0)
        if (visit := interview.form.code) not in SYMPTOMS:
            return ""
        scores = [each for each in (SYMPTOMS[visit], ENDOSCOPY[visit]) if each.disease is not patient.disease]
        codes = [*(item.code for each in scores for item in each.items), AS_THEN, *_OF_ENDOSCOPY]
        left = [code for code in codes if scores and interview.answers.get(code) is not None]
        if not left:
            return ""
        interview.answers |= dict.fromkeys(left)
        names = " and ".join(each.short for each in scores)
        return SCORES_LEFT_OUT.format(code=patient.code, disease=patient.disease.label, names=names)

    def _another_code(self, sitting: Sitting) -> str:
        code = str(sitting.interview.answers.get("code", ""))
        if not self._records.is_taken(code):
            return ""
        sitting.interview.forget("code")
        return CODE_GONE.format(code=code)

    def _stands(self, sitting: Sitting, written: Sequence[Observation]) -> list[str]:
        """What of the same day stands already, beside what a correction takes the place of."""
        form, answers, corrected = sitting.interview.form, sitting.interview.answers, sitting.about.corrects
        if form.code == DETAILS.code:  # what stands of its lists is ticked
            return []
        visits = visited_already(as_day(answers["on"]), written) if form.code in SYMPTOMS else []
        facts = facts_of(form, answers, self._front.today)
        return [*visits, *stand_already(facts, written, self._front.clinic_day, corrected)]

    def _written(self, sitting: Sitting) -> list[Observation]:
        assert sitting.patient_id is not None
        return self._records.written(self._work.patients.get(sitting.patient_id))


def _of_reason(interview: Interview, chart: Chart, on: date) -> list[str]:
    """That the reason which was chosen for a dose contradicts it, in its review."""
    if interview.form.code != ANOTHER_DOSE.code or interview.stage is not Stage.REVIEWING:
        return []
    mg = said_of_step(interview.form, interview.answers)["mg"]
    found = "" if mg is None else contradicted(str(interview.answers.get("why")), mg, chart, on)
    return [f"CHECK: {found}."] if found else []


def _left_to_a_doctor(sitting: Sitting) -> str:
    """What an enrolment by somebody else does not ask."""
    answers = sitting.interview.answers
    if answers.get(BY_DOCTOR, "yes") == "yes":
        return ""
    length = "induction length, " if answers.get("disease") == Disease.CROHNS else ""
    return f"Left to a doctor: {length}first dose. The patient's menu opens them."
