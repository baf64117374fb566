"""Forms about patients: opened, read with what is known of the patient, and filed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import laboratory
from bot.acts import Moment
from bot.corrections import form_of
from bot.front import Front
from bot.moving import Moving
from bot.records import Records
from bot.roles import require
from flows.analytes import BY_CODE
from flows.answers import Value
from flows.carried import MASS_KNOWN, last_mass, offered
from flows.codes import new_code, own_code
from flows.dated import AWAITING
from flows.days import day
from flows.errors import InvalidAnswer, NotNow
from flows.filed_person import told_again
from flows.filing import facts_of
from flows.forms import form
from flows.forms.enrolment import DETAILS, ENROLMENT, INDUCTION
from flows.forms.moves import MOVES, RESTART
from flows.forms.visit import LABS
from flows.interview import Interview
from flows.protocol.due import State as DueState
from flows.protocol.satisfied import PARTS
from flows.quantities import Number
from flows.questionnaire import Disease
from flows.record import Fact, Kind, Observation
from flows.samples import Lab
from store.interviews import About, Sitting
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork

# What only a doctor records: the course, and how long induction is meant to be (CLINICAL.md D2, D3).
DOCTORS_FORMS = frozenset({*MOVES, INDUCTION.code})


def _earlier(labs: Sequence[Lab]) -> dict[str, list[Number]]:
    """Values by analyte, in the order of their days."""
    found: dict[str, list[Number]] = {}
    for lab in sorted(labs, key=lambda each: each.on):
        found.setdefault(lab.analyte.code, []).append(lab.number)
    return found


def _twins(new: Sequence[Lab], known: Sequence[Lab]) -> list[str]:
    """Values of a day of which there is one already: a second sample, or a slip?"""
    stands = {(lab.analyte.code, lab.on): lab for lab in known}
    return [
        f"{lab.analyte.title}: {stands[lab.analyte.code, lab.on]} of {day(lab.on)} stands already; the later counts."
        for lab in new
        if (lab.analyte.code, lab.on) in stands
    ]


def _given_by(sitting: Sitting, member: Member) -> list[Fact]:
    """Who gave which answer, where that was not always who confirms."""
    others = {code: who for code, who in sitting.given_by.items() if who != member.id}
    return [Fact(kind=Kind.NOTE, code="given_by", value=dict(others))] if others else []


class Charting:
    """For the length of one turn."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._front = front
        self._records = Records(work, member, moment, front.today)
        self.moving = Moving(work, member, front, self._records)

    def enrol(self, rest: str) -> None:
        """Begin under a new code, or under the clinic's own pseudonym with a check character."""
        code = own_code(rest) if rest else self._new_code()
        self._records.require_free(code)
        front = self._front.sitting()
        if front is None:
            self._front.open(Interview(ENROLMENT, answers={"code": code}))
        else:
            self._front.ask_to_leave(self._front.below_question(front), front)

    def _new_code(self) -> str:
        """One that nobody has yet."""
        while self._work.patients.by_code(code := new_code(self._moment.new_token())) is not None:
            pass
        return code

    def open(self, patient: Patient, code: str) -> None:
        """Open a form about a patient, if nothing else is in front; otherwise ask first what becomes of that."""
        if code in DOCTORS_FORMS:
            require(self._member.role, "course")
        front = self._front.sitting()
        if front is not None:
            self._front.ask_to_leave(self._front.below_question(front), front, f"{code} {patient.id}")
            return
        self._front.open(Interview(form(code), answers=self._known(patient, code)), About(patient_id=patient.id))

    def correct(self, patient: Patient, old: Observation, why: str) -> None:
        """Open the form of a value whose right one takes its place; its day is the same until it is changed."""
        code, front = form_of(old), self._front.sitting()
        if front is not None:
            raise NotNow(f"{self._front.place(front)} is open: finish it, keep it or discard it first.")
        asked = form(code)
        answers: dict[str, Value | None] = {"on": str(old.fact.on)} if "on" in asked.codes else {}
        self._front.open(Interview(asked, answers), About(patient_id=patient.id, corrects=old.id, why=why))

    def resume(self, then: str) -> None:
        """Open the form that waited for what became of another: `visit_uc 12`."""
        code, _, number = then.partition(" ")
        self.open(self._work.patients.get(int(number)), code)

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
        return self._samples(patient, text, self._day_of(sitting, patient), corrects=bool(sitting.about.corrects))

    def reply(self, patient: Patient, text: str) -> None:
        """Values in reply to a reminder: the laboratory form, answered, to be confirmed; what was open is kept."""
        values = self._samples(patient, text, self._front.today, corrects=False)
        if (open_one := self._front.sitting()) is not None:
            self._front.keep(open_one, self._work.cards.of_interview(open_one.id))
        interview = Interview(form(LABS.code))
        interview.take("labs", values)
        self._front.open(interview, About(patient_id=patient.id))

    def _samples(self, patient: Patient, text: str, on: date, *, corrects: bool) -> tuple[str, ...]:
        """The values of a message, each of its day or of the day given."""
        labs = self._records.examine(patient).reading.labs
        message = laboratory.read(text, self._front.today, _earlier(labs), on)
        if not message.taken:
            raise InvalidAnswer("labs", "\n".join(message.doubts) or "No value was found in that.")
        twins = [] if corrects else _twins(message.labs, labs)
        return laboratory.samples(replace(message, doubts=(*message.doubts, *twins)))

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
        if asked.code in DOCTORS_FORMS:
            require(self._member.role, "course")
        if asked.code in MOVES:
            self.moving.moved(sitting)
        if sitting.patient_id is None:
            patient = self._records.enrol(str(answers["code"]), Disease(str(answers["disease"])))
        else:
            patient = self._work.patients.get(sitting.patient_id)
        if answers.get("labs") == (AWAITING,):
            facts += self._awaited(patient)
        if asked.code == DETAILS.code:
            facts = told_again(facts, answers.get("medication"), self.moving.chart(patient), self._front.today)
        if sitting.about.corrects is not None:
            self._records.replace(patient, sitting.about.corrects, facts, sitting.about.why or "")
        else:
            self._records.file(patient, [*facts, *_given_by(sitting, self._member)])
        self._front.erase(sitting)
        return patient

    def beside(self, sitting: Sitting) -> str:
        """What is to be said of a form whenever it is shown."""
        return self.moving.before_and_after(sitting) or offered(sitting.interview)

    def _awaited(self, patient: Patient) -> list[Fact]:
        """The laboratory items that are due are awaited from today on."""
        report = self._records.examine(patient).report
        assert report is not None
        return [
            Fact(kind=Kind.HANDLED, code=each.item, on=self._front.today, value={"state": "awaiting"})
            for each in report.due
            if each.state in (DueState.DUE, DueState.OVERDUE) and set(PARTS[each.item]) <= BY_CODE.keys()
        ]
