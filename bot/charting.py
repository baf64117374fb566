"""Forms about patients: opened, read with what is known of the patient, and filed."""

from datetime import date

from bot import laboratory, words
from bot.acts import Moment
from bot.front import NEW, Front
from bot.moving import Moving
from bot.records import Records
from bot.roles import may, require_confirm
from bot.whose import of_patient_alone
from flows.answers import Value
from flows.carried import bound, is_taken_over, last_mass
from flows.codes import new_code, own_code, plain_code
from flows.dated import AWAITING, Day
from flows.days import day
from flows.errors import InvalidAnswer, NotNow
from flows.filed_person import told_again
from flows.filing import GIVEN_BY, awaited_stool_test, facts_of, last_visit
from flows.forms import TOTALLED, form
from flows.forms.enrolment import BY_DOCTOR, DETAILS, ENROLMENT, INDUCTION
from flows.forms.moves import MOVES, RESTART
from flows.forms.stool import STOOL_TEST
from flows.forms.visit import LABS, MASS_KNOWN, UNDATED, VISITED
from flows.interview import Interview
from flows.protocol.due import State as DueState
from flows.protocol.satisfied import is_of_laboratory
from flows.questionnaire import Disease, Questionnaire
from flows.record import Fact, Kind, instead, void
from flows.sampled import has_undated, twice
from flows.unlikely import impossible
from store.cards import Card
from store.interviews import About, Sitting
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork

ARRIVED = "the result arrived"


def _given_by(sitting: Sitting, member: Member) -> list[Fact]:
    """Who gave which answer, where that was not always who confirms."""
    others = {code: who for code, who in sitting.given_by.items() if who != member.id}
    return [Fact(kind=Kind.NOTE, code=GIVEN_BY, value=dict(others))] if others else []


class Charting:
    """For the length of one turn."""

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
            self._front.open(Interview(ENROLMENT, answers={"code": code, BY_DOCTOR: by_doctor}))
        else:
            self._front.ask_to_leave(self._front.below_question(front), front, f"{NEW} {rest}".strip())

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
        self._require_untold(patient, code)
        front = self._front.sitting()
        if front is not None:
            self._front.ask_to_leave(self._front.below_question(front), front, f"{code} {patient.id}")
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
        if code.startswith("visit_"):
            known: dict[str, Value | None] = {"on": self._front.today.isoformat()}
            return known | (last_mass(self._records.written(patient)) if MASS_KNOWN in form(code).given else {})
        if code == RESTART.code:
            return self.moving.given(patient)
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
        if has_undated(values):
            seen = last_visit(self._records.written(patient))
            interview.answers |= {UNDATED: "yes", VISITED: seen.isoformat() if seen else None}
        interview.take("labs", values)
        self._confirm(patient, interview, card)

    def date_values(self, sitting: Sitting, before: Value | None) -> None:
        """Its day was told, or is told otherwise: values without one are of that day, or are asked for anew."""
        interview = sitting.interview
        on = interview.answers["on"]
        if interview.form.code == LABS.code:
            interview.redate("labs", date.fromisoformat(str(on)))
            self._refuse_twins(interview)
        elif on != before:
            interview.forget("labs")  # they were read with the day as it was

    def _refuse_twins(self, interview: Interview) -> None:
        """InvalidAnswer where the day that was told makes two values of one analyte of a day."""
        values = interview.answers.get("labs")
        if isinstance(values, tuple) and (title := twice(values)):
            raise InvalidAnswer("on", f"{title}: two values would be of that day. Send them anew, each with its day.")

    def total(self, patient: Patient, questionnaire: Questionnaire, total: str, on: str) -> None:
        """The total of an old record in one line: its form, answered, to be confirmed; what was open is kept."""
        if questionnaire.disease is not patient.disease:
            raise NotNow(f"{patient.code}: {patient.disease.label}, and {questionnaire.short} is of the other disease.")
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
            self._front.keep(open_one, self._work.cards.of_interview(open_one.id))
        self._front.open(interview, About(patient_id=patient.id), card=card)

    def _samples(self, patient: Patient, text: str, on: date, corrected: int | None = None) -> tuple[str, ...]:
        """The values of a message that names nobody else, each of its day or of the day given.

        A `corrected` one says nothing of them.
        """
        text = of_patient_alone(self._work, patient, text, self._moment.house.pseudonym)
        written = self._records.written(patient)
        others = instead(written, [(each, void(each.fact)) for each in written if each.id == corrected])
        known = self._records.examine(patient, others).reading.labs
        message = laboratory.read(text, self._front.today, known, on)
        # A correction without a value would take the old one out.
        if not message.labs and (corrected or not any(each.readings for each in message.doubts)):
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

    def file(self, sitting: Sitting) -> Patient:
        """What was confirmed goes to the patient; whose it is."""
        answers, asked = sitting.interview.answers, sitting.interview.form
        facts = facts_of(asked, answers, self._front.today)
        self._records.require_role(facts)
        if flaw := impossible(asked, answers, self._records.birth_year(sitting.patient_id)):
            raise NotNow(f"{flaw} Nothing was filed.")
        if asked.code in MOVES:
            self.moving.moved(sitting)  # refuses what the course does not allow
        patient = self._patient_of(sitting)
        if answers.get("labs") == (AWAITING,):
            facts += self._awaited(patient)
        if asked.code == DETAILS.code:
            facts = told_again(facts, answers.get("medication"), self.moving.chart(patient), self._front.today)
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
            self._require_untold(patient, sitting.interview.form.code)
        return patient

    def _require_untold(self, patient: Patient, code: str) -> None:
        """NotNow where what is told once was told already, as on a card since: nothing overwrites it unseen."""
        if code not in (INDUCTION.code, "start"):
            return
        chart, known = self.moving.chart(patient), ""
        if code == INDUCTION.code and chart.induction_weeks is not None:
            known = f"induction of {chart.induction_weeks} weeks"
        elif code == "start" and chart.started_on is not None:
            known = f"a first dose on {day(chart.started_on)}"
        if known:
            raise NotNow(f"{patient.code}: {known} is recorded already. What is wrong is mended under Correct.")

    def _bound(self, sitting: Sitting, patient: Patient, facts: list[Fact]) -> list[Fact]:
        if not is_taken_over(sitting.interview):
            return facts
        return bound(facts, self._records.written(patient))

    def _awaited(self, patient: Patient) -> list[Fact]:
        """The laboratory items that are due are awaited from today on."""
        report = self._records.examine(patient).report
        assert report is not None
        return [
            Fact(kind=Kind.HANDLED, code=each.item, on=self._front.today, value={"state": "awaiting"})
            for each in report.due
            if each.state in (DueState.DUE, DueState.OVERDUE) and is_of_laboratory(each.item)
        ]
