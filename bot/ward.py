"""A member's patients: what their commands and the buttons of their cards do."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from bot import laboratory, patient_card, words
from bot.acts import Moment
from bot.front import Front
from bot.records import Records
from bot.render import paged, said
from bot.roles import require
from bot.taps import COPY, Deed, Keyboard, Labelled
from bot.views import View, rows
from flows.answers import Value
from flows.codes import new_code, own_code
from flows.errors import NotNow
from flows.filing import facts_of
from flows.forms import form
from flows.forms.enrolment import ENROLMENT
from flows.forms.moves import MOVE_FORMS
from flows.forms.screened import SCREENED_FORMS
from flows.interview import Interview
from flows.protocol.baseline_items import State
from flows.quantities import Number
from flows.questionnaire import Disease
from flows.record import Fact, Kind, Observation, standing
from store.cards import Card
from store.interviews import About, Sitting
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork

# What a deed about a patient begins with: `("patient", verb, id, ...)`.
PATIENT = "patient"
_A_ROW = 2
# Efficacy baselines cannot be had after the first dose; what is screened for safety stays due.
_GONE_ELSEWHERE = ("base_score", "base_bio", "base_endo", "base_lipid", "base_cpk")
_REASONS = {
    "typing": "typing error",
    "patient": "wrong patient",
    "day": "wrong day",
    "unit": "wrong unit or laboratory",
}
_CORRECTABLE = 8
_MOVES = tuple(each.code for each in MOVE_FORMS)


class Ward:
    """For the length of one turn."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._front = front
        self._records = Records(work, member, moment, front.today)

    # Commands

    def begin(self, rest: str) -> Interview:
        """An enrolment under a new code, or under the clinic's own pseudonym with a check character."""
        self._require_approval()
        code = own_code(rest) if rest else self._new_code()
        if self._work.patients.by_code(code) is not None:
            raise NotNow(f"{code} is taken already: /p {code} opens it.")
        return Interview(ENROLMENT, answers={"code": code})

    def _new_code(self) -> str:
        """One that nobody has yet."""
        while self._work.patients.by_code(code := new_code(self._moment.new_token())) is not None:
            pass
        return code

    def named(self, rest: str) -> Patient:
        self._require_approval()
        return self._records.found(rest)

    def listed(self, page: int = 0) -> View:
        """The patients, the newest first, ten a page."""
        self._require_approval()
        every = range(self._work.patients.count())
        shown, beside = paged(every, page, "patients")
        found = self._work.patients.newest(len(shown), shown[0]) if shown else []
        buttons: list[Labelled] = [(each.code, self._to("menu", each)) for each in found]
        text = f"{len(every)} patient{'' if len(every) == 1 else 's'}. /new enrols one."
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), beside) if found else None)

    def menu(self, patient: Patient) -> View:
        """Who it is, where the treatment stands, and what can be done."""
        examined = self._records.examine(patient)
        report = examined.report
        assert report is not None
        text = "\n".join([patient_card.who_line(patient.code, examined), *map(escape, report.status[-2:])])
        opens = (("Visit", f"visit_{patient.disease.lower()}"), ("Laboratory", "labs"), ("Details", ENROLMENT.code))
        buttons: list[Labelled] = [(label, self._to("open", patient, code)) for label, code in opens]
        pages = ("Status", "Checklist", "Due", "Dose", "Safety", "Course", "History", "Correct")
        buttons += [(label, self._to(label.lower(), patient)) for label in pages]
        return View(text, Keyboard.of(*rows(buttons, 3)))

    def status(self, patient: Patient, *, updated: bool = False) -> View:
        """The verdict card, kept for the replay."""
        number, examined = self._records.issue(patient)
        text = patient_card.card_text(patient.code, examined, updated=updated)
        line = patient_card.copied(patient.code, examined)
        buttons: list[Labelled] = [
            ("Copy note", (COPY, line)),
            ("Long note", self._to("note", patient)),
            ("Why", self._to("why", patient)),
            ("Safety", self._to("safety", patient)),
            ("Add labs", self._to("open", patient, "labs")),
            ("Correct", self._to("correct", patient)),
            ("Due", self._to("due", patient)),
            ("Menu", self._to("menu", patient)),
        ]
        return View(f"{text}\n<i>Verdict {number}: /replay {number}</i>", Keyboard.of(*rows(buttons, 4)))

    def history(self, patient: Patient, page: int = 0) -> View:
        pages = patient_card.history_pages(patient.code, patient.disease, self._records.written(patient))
        page = max(0, min(page, len(pages) - 1))
        beside = [("Newer", page - 1), ("Older", page + 1)]
        turn: list[Labelled] = [
            (label, self._to("history", patient, str(other))) for label, other in beside if 0 <= other < len(pages)
        ]
        return View(pages[page], Keyboard.of(turn, [self._back(patient)]))

    def replayed(self, rest: str) -> View:
        self._require_approval()
        if not rest.isdecimal() or len(rest) > 9:
            raise NotNow("Say which verdict: /replay and its number, as it stands on the card.")
        patient, replay = self._records.replay(int(rest))
        lines = [f"{patient.code} · verdict {rest}", f"Then: {replay.headline}"]
        same = ["Now, from the same inputs: identical, word for word."]
        other = [f"Now: {replay.now}", f"Different: {', '.join(replay.differs)}."]
        return said("\n".join([*lines, *(other if replay.differs else same)]))

    def undoing(self, patient: Patient) -> View:
        """What would be taken back, and a tap that confirms it."""
        last = self._records.last_entry(patient)
        if not last:
            raise NotNow(f"{patient.code}: nothing is recorded that could be taken back.")
        told = [patient_card.told(each) for each in last]
        text = "\n".join([f"{patient.code}: take back the last entry?", *told])
        yes: Labelled = ("Take back", self._to("undo", patient, str(last[0].entry)))
        return said(text, Keyboard.of([yes, self._back(patient)]))

    # Deeds

    def do(self, card: Card, verb: str, number: str, *rest: str) -> None:
        """What a button of a patient's card does; it acts on the patient of its card, or on nobody."""
        patient = self._work.patients.get(int(number))
        if card.patient_id not in (None, patient.id):
            raise NotNow(words.NOT_YOURS)
        if verb == "open":
            self.open(patient, *rest)
        else:
            self._front.put(card, self._view(verb, patient, rest), None, patient.id)

    def _view(self, verb: str, patient: Patient, rest: Sequence[str]) -> View:
        pages: Mapping[str, Callable[[], View]] = {
            "menu": lambda: self.menu(patient),
            "status": lambda: self.status(patient),
            "history": lambda: self.history(patient, *map(int, rest)),
            "correct": lambda: self._correctable(patient),
            "why_wrong": lambda: self._asked_why(patient, *rest),
            "replace": lambda: self._corrected(patient, *rest),
            "undo": lambda: self._undone(patient, *map(int, rest)),
            "elsewhere": lambda: self._elsewhere(patient),
            "course": lambda: self._course(patient),
            "checklist": lambda: self._checklist(patient),
        }
        return pages[verb]() if verb in pages else self._page(verb, patient)

    def _page(self, verb: str, patient: Patient) -> View:
        examined = self._records.examine(patient)
        report = examined.report
        assert report is not None
        texts = {
            "why": lambda: patient_card.why_page(report),
            "safety": lambda: patient_card.safety_page(patient.code, report),
            "due": lambda: patient_card.due_page(patient.code, report),
            "dose": lambda: patient_card.dose_page(patient.code, report),
            "note": lambda: patient_card.long_note(patient.code, examined),
        }
        if verb not in texts:
            raise NotNow(words.NOT_YOURS)
        return View(texts[verb](), Keyboard.of([self._back(patient)]))

    def _checklist(self, patient: Patient) -> View:
        """What is there and what is not, with a button for each item that can be entered."""
        report = self._records.examine(patient).report
        assert report is not None
        text = patient_card.checklist_page(patient.code, report)
        closed = {each.item for each in report.screening if each.state is State.DONE}
        buttons: list[Labelled] = [
            (each.title, self._to("open", patient, each.code))
            for each in SCREENED_FORMS
            if each.code.removeprefix("screened_") not in closed
        ]
        scores = ("hbi", "ses_cd") if patient.disease is Disease.CROHNS else ("partial_mayo", "mes")
        buttons += [(form(f"scored_{each}").short, self._to("open", patient, f"scored_{each}")) for each in scores]
        buttons += [("Laboratory", self._to("open", patient, "labs"))]
        elsewhere: list[Labelled] = [("Started elsewhere", self._to("elsewhere", patient))]
        return View(text, Keyboard.of(*rows(buttons, 3), elsewhere, [self._back(patient)]))

    def _course(self, patient: Patient) -> View:
        text = "\n".join([f"{patient.code} · course", "Each move has its day and its reason; a doctor records it."])
        buttons: list[Labelled] = [(form(each).title, self._to("open", patient, each)) for each in _MOVES]
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), [self._back(patient)]))

    def _elsewhere(self, patient: Patient) -> View:
        """Close what cannot be had any more; the screening for safety stays open."""
        today, value = self._front.today, {"state": "not_possible", "why": "started elsewhere"}
        self._records.file(
            patient, [Fact(kind=Kind.HANDLED, code=each, on=today, value=value) for each in _GONE_ELSEWHERE]
        )
        return self._checklist(patient)

    # Corrections

    def _correctable(self, patient: Patient) -> View:
        newest = standing(self._records.written(patient))[::-1][:_CORRECTABLE]
        lines = [f"{patient.code}: which value is wrong?", *(patient_card.told(each) for each in newest)]
        buttons: list[Labelled] = [(f"#{each.id}", self._to("why_wrong", patient, str(each.id))) for each in newest]
        return said("\n".join(lines), Keyboard.of(*rows(buttons, 4), [self._back(patient)]))

    def _asked_why(self, patient: Patient, number: str) -> View:
        old = self._one(patient, number)
        text = f"{patient.code}: what is wrong with it?\n{patient_card.told(old)}"
        buttons: list[Labelled] = [
            (reason.capitalize(), self._to("replace", patient, number, key)) for key, reason in _REASONS.items()
        ]
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), [self._back(patient)]))

    def _corrected(self, patient: Patient, number: str, reason: str) -> View:
        """Take a value out with its reason; the right one is entered as a new one."""
        old = self._one(patient, number)
        self._records.replace(patient, old.id, [], _REASONS[reason])
        return self.status(patient, updated=True)

    def _one(self, patient: Patient, number: str) -> Observation:
        found = [each for each in standing(self._records.written(patient)) if str(each.id) == number]
        if not found:
            raise NotNow("That value does not stand any more. Nothing was changed.")
        return found[0]

    def _undone(self, patient: Patient, entry: int) -> View:
        self._records.undo(patient, entry)
        return self.status(patient, updated=True)

    # Forms

    def open(self, patient: Patient, code: str) -> None:
        """Open a form about a patient, if nothing else is in front; otherwise ask first what becomes of that."""
        if code in _MOVES:
            require(self._member.role, "course")
        front = self._front.sitting()
        if front is not None:
            self._front.ask_to_leave(self._front.below_question(front), front, f"{code} {patient.id}")
            return
        self._front.open(Interview(form(code), answers=self._known(patient, code)), About(patient_id=patient.id))

    def resume(self, then: str) -> None:
        """Open the form that waited for what became of another: `visit_uc 12`."""
        code, _, number = then.partition(" ")
        self.open(self._work.patients.get(int(number)), code)

    def _known(self, patient: Patient, code: str) -> dict[str, Value | None]:
        """What a form need not ask."""
        if code == ENROLMENT.code:
            return {"code": patient.code, "disease": patient.disease.value}
        if code.startswith("visit_"):
            return {"on": self._front.today.isoformat()}
        return {}

    def earlier(self, patient_id: int) -> dict[str, list[Number]]:
        """A patient's laboratory values by analyte, in the order of their days."""
        labs = self._records.examine(self._work.patients.get(patient_id)).reading.labs
        found: dict[str, list[Number]] = {}
        for lab in sorted(labs, key=lambda each: each.on):
            found.setdefault(lab.analyte.code, []).append(lab.number)
        return found

    def read_values(self, sitting: Sitting, text: str) -> tuple[tuple[str, ...], str]:
        """The values of a message as a form keeps them, and what is to be said of them."""
        assert sitting.patient_id is not None
        message = laboratory.read(text, self._front.today, self.earlier(sitting.patient_id))
        return laboratory.samples(message), "\n".join([*message.unusual, *message.doubts])

    def file(self, card: Card, sitting: Sitting) -> None:
        """What was confirmed goes to the patient, and the card shows what it amounts to."""
        answers, asked = sitting.interview.answers, sitting.interview.form
        facts = facts_of(asked, answers, self._front.today)
        if sitting.patient_id is None:
            disease = answers.get("disease")
            if disease is None:
                raise NotNow("Without the disease nobody can be enrolled: tap its line.")
            patient = self._records.enrol(str(answers["code"]), Disease(str(disease)))
        else:
            patient = self._work.patients.get(sitting.patient_id)
        self._records.file(patient, facts)
        self._front.erase(sitting)
        view = self._checklist(patient) if asked is ENROLMENT else self.status(patient)
        self._front.put(card, view, None, patient.id)

    def _require_approval(self) -> None:
        if self._work.clinic.get().approved_at is None:
            raise NotNow(words.PATIENTS_OFF)

    def _to(self, verb: str, patient: Patient, *rest: str) -> Deed:
        return (PATIENT, verb, str(patient.id), *rest)

    def _back(self, patient: Patient) -> Labelled:
        return ("Menu", self._to("menu", patient))
