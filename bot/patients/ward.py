"""A member's patients: what the buttons of their cards do, and what was confirmed."""

from collections.abc import Callable, Sequence

from bot import words
from bot.acts import Moment
from bot.front import Front
from bot.laboratory import leaves_stool_test
from bot.patients.bedside import Bedside, stool_test
from bot.patients.charting import Charting
from bot.patients.corrections import Corrections
from bot.patients.deeds import to
from bot.patients.filing import Filing
from bot.patients.handing import HandingOver
from bot.patients.misdiagnosed import Misdiagnosed
from bot.patients.records import Records
from bot.patients.reviewing import Reviewing
from bot.patients.saving import Saving
from bot.patients.taking_over import TakingOver
from bot.reminders.calendar_desk import CalendarDesk
from bot.reminders.cards import REPLIED
from bot.reminders.desk import ReminderDesk
from bot.reminders.list_behind import SCHEDULE, list_behind, with_way_back
from bot.taps import CALENDAR, MENU_BELOW, SAVED_TO, TREND, Labelled
from bot.views import View
from flows.baselines import closed_elsewhere
from flows.errors import NotNow
from flows.forms.enrolment import ENROLMENT
from flows.forms.visit import LABS
from store.cards import Card
from store.interviews import Sitting
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork

# The families of forms whose values may come after a verdict.
_LATE = ("scored_", "totalled_", "screened_", "tested_")


class Ward:
    """Performs the buttons that are about a member's patients, and files what was confirmed of them."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front) -> None:
        self._work = work
        self._front = front
        self.records = Records(work, member, moment, front.today)
        self.bedside = Bedside(work, moment, front, self.records)
        self.charting = Charting(work, member, moment, front, self.records)
        self._filing = Filing(work, member, front, self.records, self.charting.moving)
        self.corrections = Corrections(member, front, self.records, self.charting.moving)
        self.reminders = ReminderDesk(work, member, moment, front, self.records)
        self.calendars = CalendarDesk(work, member, moment, front, self.records)
        self._saving = Saving(work, member, front, self.records)
        self.taking = TakingOver(work, member, moment, front, self.records)
        self._handing = HandingOver(work, member, front, self.records)
        self._misdiagnosed = Misdiagnosed(work, front, self.records, self.charting.moving)
        self.reviewing = Reviewing(work, front, self.records, self.charting.moving)
        front.beside = self.reviewing.beside
        front.known = self.reviewing.known

    def file(self, card: Card, sitting: Sitting) -> None:
        """What was confirmed goes to the patient, and the card shows what it amounts to."""
        before = self.records.as_it_stands(sitting.patient_id) if sitting.patient_id is not None else ""
        patient = self._filing.file(sitting)
        self._front.put(card, self._after(patient, sitting, before), None, patient.id)

    def _after(self, patient: Patient, sitting: Sitting, before: str) -> View:
        """The verdict; while nothing was said of a patient yet, what is screened leads on in the checklist."""
        code = sitting.interview.form.code
        is_screened = code.startswith("screened_")
        if code == ENROLMENT.code or (is_screened and self.records.last_verdict(patient) is None):
            return self.bedside.checklist(patient)
        is_late = sitting.about.corrects is not None or code == LABS.code or code.startswith(_LATE)
        beside: list[Labelled] = [("Checklist", to("checklist", patient))] if is_screened else []
        beside += _still_to_be_told(patient, sitting)
        return self.bedside.status(patient, before=before if is_late else "", beside=beside)

    def save(self, card: Card, sitting: Sitting, step: str, about: str = "") -> None:
        """A step on the way of a quick check to a patient; after the last one the card is the patient's."""
        if step != SAVED_TO[-1]:
            self._saving.do(card, sitting, step, about)
            return
        if self._saving.is_unsettled(card, sitting, int(about)):
            return
        before = self.records.as_it_stands(int(about))
        patient = self._saving.file(sitting, int(about))
        view = self.bedside.status(patient, before=before, beside=_still_to_be_told(patient, sitting))
        self._front.put(card, view, None, patient.id)

    # Deeds

    def do(self, card: Card, verb: str, number: str, *rest: str) -> None:
        """What a button of a patient's card does; it acts on the patient of its card, or on nobody."""
        patient = self._work.patients.get(int(number))
        if card.patient_id not in (None, patient.id):
            raise NotNow(words.NOT_YOURS)
        if verb == "open" and (open_already := self.taking.found(patient, *rest)) is not None:
            self._front.put(card, open_already, None, patient.id)
            return
        steps: dict[str, Callable[[], None]] = {
            "open": lambda: self.charting.open(patient, *rest),
            "another": lambda: self.charting.open(patient, *rest),
            "take_over": lambda: self.taking.take(card, patient, *rest),
            "right": lambda: self.corrections.enter(patient, *rest),
            CALENDAR: lambda: self.calendars.of_patient(patient),
            "resumed": lambda: self.charting.moving.ask_how_it_goes_on(patient),
            REPLIED: lambda: self.charting.take_values(patient, rest[-1]),
            TREND: lambda: self._front.put_beside(self.bedside.trend(patient), patient_id=patient.id),
            MENU_BELOW: lambda: self._front.put_beside(self.bedside.menu(patient), patient_id=patient.id),
        }
        if verb in steps:
            steps[verb]()
        else:
            self._front.put(card, self._page(card, verb, patient, rest), None, patient.id)

    def _page(self, card: Card, verb: str, patient: Patient, rest: Sequence[str]) -> View:
        """What a button shows; of what is due with the way back to the list that it was opened out of."""
        is_of_due = verb == SCHEDULE or verb in self.reminders.pages(patient, rest)
        return with_way_back(self._view(verb, patient, rest), list_behind(card, verb, rest) if is_of_due else None)

    def _view(self, verb: str, patient: Patient, rest: Sequence[str]) -> View:
        pages: dict[str, Callable[[], View]] = {
            "menu": lambda: self.bedside.menu(patient),
            "status": lambda: self.bedside.status(patient),
            "history": lambda: self.bedside.history(patient, *map(int, rest)),
            "correct": lambda: self.corrections.offered(patient, *map(int, rest)),
            "why_wrong": lambda: self.corrections.asked_why(patient, *rest),
            "mend": lambda: self.corrections.asked_how(patient, *rest),
            "accept": lambda: self._accepted(patient, *rest),
            "out": lambda: self.corrections.asked_whether(patient, *rest),
            "replace": lambda: self._corrected(patient, *rest),
            "last": lambda: self.corrections.last(patient),
            "undo": lambda: self._undone(patient, *map(int, rest)),
            "elsewhere": lambda: self._elsewhere(patient),
            "totals": lambda: self.bedside.totals(patient),
            "course": lambda: self.bedside.course(patient),
            "labels": lambda: self.bedside.labels(patient),
            "checklist": lambda: self.bedside.checklist(patient),
        }
        pages |= self._misdiagnosed.pages(patient, rest, lambda it, before: self.bedside.status(it, before=before))
        pages = {**pages, **self.reminders.pages(patient, rest), **self._handing.pages(patient, rest)}
        return pages[verb]() if verb in pages else self.bedside.page(verb, patient)

    def _accepted(self, patient: Patient, measure: str, number: str) -> View:
        self.records.accept(patient, measure, int(number))
        return self.bedside.checklist(patient)

    def _elsewhere(self, patient: Patient) -> View:
        self.records.file(patient, closed_elsewhere(self._front.today))
        return self.bedside.checklist(patient)

    def _corrected(self, patient: Patient, number: str, reason: str, *shown: str) -> View:
        before = self.records.as_it_stands(patient.id)
        self.corrections.take_out(patient, number, reason, *shown)
        return self.bedside.status(patient, before=before)

    def _undone(self, patient: Patient, entry: int) -> View:
        before = self.records.as_it_stands(patient.id)
        self.corrections.take_back(patient, entry)
        return self.bedside.status(patient, before=before)


def _still_to_be_told(patient: Patient, sitting: Sitting) -> list[Labelled]:
    """What stood among laboratory values and has a form of its own."""
    return [stool_test(patient)] if leaves_stool_test(sitting.interview.answers.get("labs")) else []
