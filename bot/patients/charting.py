"""Forms about patients: opened, with what is known of the patient, and the values that are sent for them."""

from datetime import date

from bot import laboratory, words
from bot.acts import Moment
from bot.front import NEW, Front
from bot.patients.moving import Moving
from bot.patients.records import Records
from bot.patients.whose import of_patient_alone
from bot.roles import may, require_confirm
from flows import clinic_units
from flows.answers import Answers, Value
from flows.carried import last_mass
from flows.codes import new_code, own_code, plain_code
from flows.dated import AWAITING, Day
from flows.details import stands_of
from flows.errors import InvalidAnswer, NotNow
from flows.filing import awaited_stool_test, last_visit
from flows.forms import TOTALLED, form
from flows.forms.enrolment import BY_DOCTOR, DETAILS, ENROLLED_ON, ENROLMENT
from flows.forms.moves import RESTART
from flows.forms.stool import STOOL_TEST
from flows.forms.visit import LABS, MASS_KNOWN, ON_BUDESONIDE, SYMPTOMS, UNDATED, VISITED, WITHOUT_STOOLS
from flows.interview import Interview
from flows.protocol.steroids import BUDESONIDE
from flows.questionnaire import Questionnaire
from flows.record import instead, void
from flows.sampled import twice, undated
from store.cards import Card
from store.interviews import About, Sitting
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork

ARRIVED = "the result arrived"


class Charting:
    """Opens forms about patients, and takes the values that are sent for them."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front, records: Records) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._front = front
        self._records = records
        self.moving = Moving(work, member, front, self._records)

    def enrol(self, rest: str) -> None:
        """Begin under a new code, or under the clinic's own pseudonym with a check character.

        If something else is in front, ask first what becomes of that; the pseudonym waits with the answer.
        """
        code = self.free_code(rest) if rest else self._new_code()
        front = self._front.sitting()
        if front is None:
            by_doctor = "yes" if may(self._member.role, "course") else "no"
            given = {"code": code, BY_DOCTOR: by_doctor, ENROLLED_ON: self._front.today.isoformat()}
            self._front.open(Interview(ENROLMENT, answers={**given}))
        else:
            self._front.ask_to_leave_below(front, f"{NEW} {rest}".strip())

    def free_code(self, pseudonym: str) -> str:
        """The clinic's own pseudonym with a check character; NotNow where it is somebody's, or the rehearsal's."""
        house = self._moment.house
        code = own_code(pseudonym, house.pseudonym)
        if plain_code(pseudonym) in map(plain_code, house.reserved):
            raise NotNow(words.REHEARSED.format(code=code))
        for each in (pseudonym.strip().upper(), code):  # a code that is typed for a pseudonym is a patient's
            self._records.require_free(each)
        return code

    def _new_code(self) -> str:
        """One that nobody has yet."""
        while self._work.patients.by_code(code := new_code(self._moment.new_token())) is not None:
            pass
        return code

    def open(self, patient: Patient, code: str) -> None:
        """Open a form about a patient, if nothing else is in front; otherwise ask first what becomes of that."""
        require_confirm(self._member.role, form(code))
        self.moving.require_untold(patient, code)
        front = self._front.sitting()
        if front is not None:
            self._front.ask_to_leave_below(front, f"{code} {patient.id}")
            return
        if code == STOOL_TEST.code and (awaited := awaited_stool_test(self._records.written(patient))) is not None:
            about = About(patient_id=patient.id, corrects=awaited.id, why=ARRIVED)
            self._front.open(Interview(STOOL_TEST, answers={"on": str(awaited.fact.on)}), about)
            return
        self._front.open(Interview(form(code), answers=self._known(patient, code)), About(patient_id=patient.id))

    def resume(self, then: str) -> None:
        """Open the form that waited for what became of another: `visit_uc 12`; or enrol: `new CD-0042`, `new`."""
        code, _, of = then.partition(" ")
        if code == NEW:
            self.enrol(of)
        else:
            self.open(self._work.patients.get(int(of)), code)

    def _known(self, patient: Patient, code: str) -> dict[str, Value | None]:
        """What a form need not ask."""
        if code in SYMPTOMS:
            written = self._records.written(patient)
            chart, today = self.moving.chart(patient, written), self._front.today
            is_on_budesonide = any(each.kind == BUDESONIDE and each.goes_on(today) for each in chart.medication or ())
            known: dict[str, Value | None] = {
                "on": today.isoformat(),
                WITHOUT_STOOLS: chart.history.without_stools or None,
                ON_BUDESONIDE: "yes" if is_on_budesonide else None,
            }
            return known | (last_mass(written) if MASS_KNOWN in form(code).given else {})
        if code == RESTART.code:
            return self.moving.given(patient)
        if code == DETAILS.code:
            written = self._records.written(patient)
            return {"disease": patient.disease.value} | stands_of(written, self.moving.chart(patient, written))
        return {"disease": patient.disease.value} if "disease" in form(code).given else {}

    def read_values(self, sitting: Sitting, text: str) -> tuple[str, ...]:
        """The values of a message as a form keeps them; InvalidAnswer where there is none."""
        assert sitting.patient_id is not None
        patient = self._work.patients.get(sitting.patient_id)
        return self._samples(patient, text, self._day_of(sitting, patient), sitting.about.corrects)

    def take_values(self, patient: Patient, text: str, card: Card | None = None) -> None:
        """Values that are sent for a patient: the laboratory form, answered, to be confirmed; what was open is kept.

        They may come late: the day of sampling is asked where the values have none.
        """
        interview = Interview(form(LABS.code))
        values = self._samples(patient, text, self._front.today)
        if undated(values):
            seen = last_visit(self._records.written(patient))
            interview.answers |= {UNDATED: "yes", VISITED: seen.isoformat() if seen else None}
        interview.take("labs", values)
        self._confirm(patient, interview, card)

    def date_values(self, sitting: Sitting) -> None:
        """Its day was told, or is told otherwise: values without one of their own are of that day."""
        interview = sitting.interview
        if interview.answers.get("labs") == (AWAITING,):
            return
        interview.redate("labs", date.fromisoformat(str(interview.answers["on"])))
        self._refuse_twins(interview)

    def _refuse_twins(self, interview: Interview) -> None:
        """InvalidAnswer where the day that was told makes two values of one analyte of a day."""
        values = interview.answers.get("labs")
        if isinstance(values, tuple) and (title := twice(values)):
            raise InvalidAnswer("on", f"{title}: two values would be of that day. Send them anew, each with its day.")

    def scored(self, patient: Patient, questionnaire: Questionnaire, answers: Answers) -> None:
        """A score in one line: its form, answered but for its day, to be confirmed; what was open is kept."""
        _require_of_disease(patient, questionnaire)
        interview = Interview(form(f"scored_{questionnaire.code}"), answers={**answers})
        interview.form.check(answers)
        self._confirm(patient, interview)

    def total(self, patient: Patient, questionnaire: Questionnaire, total: str, on: str) -> None:
        """The total of an old record in one line: its form, answered, to be confirmed; what was open is kept."""
        _require_of_disease(patient, questionnaire)
        if questionnaire not in TOTALLED:
            raise NotNow(f"{questionnaire.short} is one item: the checklist of {patient.code} takes it with its day.")
        interview = Interview(form(f"totalled_{questionnaire.code}"))
        day_of = interview.form.item("on")
        assert isinstance(day_of, Day)
        day_of.refuse_after(day_of.parse(on), self._front.today)
        interview.answer("on", on)
        interview.answer("total", total)
        self._confirm(patient, interview)

    def _confirm(self, patient: Patient, interview: Interview, card: Card | None = None) -> None:
        if (open_one := self._front.sitting()) is not None:
            self._front.put_aside(open_one)
        self._front.open(interview, About(patient_id=patient.id), card=card)

    def _samples(self, patient: Patient, text: str, on: date, corrected: int | None = None) -> tuple[str, ...]:
        """The values of a message that names nobody else, each of its day or of the day given.

        A `corrected` one says nothing of them.
        """
        text = of_patient_alone(self._work, patient, text, self._moment.house.pseudonym)
        written = self._records.written(patient)
        others = instead(written, [(each, void(each.fact)) for each in written if each.id == corrected])
        known = self._records.examine(patient, others).reading.labs
        message = laboratory.read(text, self._front.today, known, on, clinic_units.known(self._work.clinic.get().units))
        # A correction without a value would take the old one out.
        says_nothing = not message.awaited and not any(each.readings for each in message.doubts)
        if not message.labs and (corrected or says_nothing):
            raise InvalidAnswer(
                "labs", "\n".join(each.said for each in message.doubts) or "No value was found in that."
            )
        return laboratory.samples(message)

    def _day_of(self, sitting: Sitting, patient: Patient) -> date:
        """The day of sampling where a message names none: that of the visit, or of the value that is corrected."""
        if sitting.about.corrects is not None:
            old = next(each for each in self._records.written(patient) if each.id == sitting.about.corrects)
            return old.fact.on or self._front.today
        on = sitting.interview.answers.get("on")
        return date.fromisoformat(str(on)) if on else self._front.today


def _require_of_disease(patient: Patient, questionnaire: Questionnaire) -> None:
    if questionnaire.disease is not patient.disease:
        raise NotNow(f"{patient.code}: {patient.disease.label}, and {questionnaire.short} is of the other disease.")
