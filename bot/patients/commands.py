"""What the commands about a member's patients show, and the list of these."""

from functools import partial

from bot.acts import Moment
from bot.front import Front
from bot.patients.deeds import to
from bot.patients.panel import go_on, panel_view
from bot.patients.replaying import replayed
from bot.patients.ward import Ward
from bot.render import said
from bot.taps import PATIENTS_PAGE, Deed, Keyboard, Labelled
from bot.views import View, paged, rows
from flows.answers import Answers
from flows.clinic import Survey
from flows.errors import NotNow
from flows.forms.visit import VISITS
from flows.questionnaire import Questionnaire
from flows.sentences import counted
from store.patients import Patient
from store.unit_of_work import UnitOfWork

_A_ROW = 2
# The verb of a patient's buttons that shows what a command does, where it has another name.
SHOWN_BY = {"p": "menu", "undo": "last", "remind": "remind_of"}
# The commands that are answered here.
COMMANDS = frozenset({"new", "replay", "panel", "visit", "p", "status", "trend", "history", "undo", "due", "remind"})


class PatientCommands:
    """Performs the commands that are about a member's patients."""

    def __init__(self, work: UnitOfWork, moment: Moment, front: Front, ward: Ward) -> None:
        self._work = work
        self._moment = moment
        self._front = front
        self._ward = ward

    def perform(self, name: str, rest: str) -> tuple[View, int | None] | None:
        """What a command about patients shows, and of whom; nothing where it has opened a form.

        Without a code it shows the list of all, on which a tap is the command with that code.
        """
        self._ward.records.require_approval()
        if name == "new":
            self._ward.charting.enrol(rest)
            return None
        if name in ("replay", "panel") or not rest:
            views = {"replay": lambda: self._replayed(rest), "panel": self._panel, "due": self._ward.reminders.due}
            return views.get(name, partial(self.listed, name=name))(), None
        code, _, typed = rest.partition(" ") if name == "remind" else (rest, "", "")
        patient = self._ward.records.found(code)
        view = self._visit(patient) if name == "visit" else self._of_one(name, patient, typed)
        return None if view is None else (view, patient.id)

    def _visit(self, patient: Patient) -> View | None:
        """Open the form of a visit; where somebody has one open already, what can be done with that."""
        code = VISITS[patient.disease].code
        open_already = self._ward.taking.found(patient, code)
        if open_already is None:
            self._ward.charting.open(patient, code)
        return open_already

    def _of_one(self, name: str, patient: Patient, typed: str) -> View:
        if name == "remind":
            return self._ward.reminders.set(patient, typed) if typed else self._ward.reminders.asked(patient)
        shows = {
            "p": self._ward.bedside.menu,
            "status": self._ward.bedside.status,
            "trend": self._ward.bedside.trend,
            "history": self._ward.bedside.history,
            "undo": self._ward.corrections.last,
            "due": self._ward.reminders.opened,
        }
        return shows[name](patient)

    def total(self, questionnaire: Questionnaire, code: str, total: str, on: str) -> None:
        """Open the total of an old record, to be confirmed."""
        self._ward.records.require_approval()
        self._ward.charting.total(self._ward.records.found(code), questionnaire, total, on)

    def scored(self, questionnaire: Questionnaire, code: str, answers: Answers) -> None:
        """Open a score that was answered in one line; its day is asked."""
        self._ward.records.require_approval()
        self._ward.charting.scored(self._ward.records.found(code), questionnaire, answers)

    def listed(self, page: int = 0, name: str = "p") -> View:
        """The patients, the newest first, ten a page; for a command that needs one, a tap is the command."""
        self._ward.records.require_approval()
        every = range(self._work.patients.count())
        shown, beside = paged(every, page, PATIENTS_PAGE, name)
        found = self._work.patients.newest(len(shown), shown[0]) if shown else []
        for each in found:
            self._ward.records.read(each.id)
        buttons: list[Labelled] = [(each.code, _opening(name, each)) for each in found]
        asked = f" /{name}: tap whom it is about." if found and name != "p" else ""
        text = f"{counted(len(every), 'patient')}. /new enrols one.{asked}"
        this: Deed = (PATIENTS_PAGE, name, str(page))
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), beside, unseen=[this]) if found else None)

    def _panel(self) -> View:
        """The clinic as it was looked at before this turn, with those who were enrolled since."""
        self._ward.records.require_approval()
        survey = self._moment.survey or Survey(self._front.today)
        while go_on(self._work, survey):
            pass
        for number in survey.stands:
            self._ward.records.read(number)
        return panel_view(survey, self._work.reminders.with_overdue(survey.today))

    def _replayed(self, rest: str) -> View:
        self._ward.records.require_approval()
        if not rest.isdecimal() or len(rest) > 9:
            raise NotNow("Say which verdict: /replay and its number, as it stands on the card.")
        patient, verdict = self._ward.records.replay(int(rest))
        return said(replayed(patient.code, verdict, self._front.clinic_day(verdict.at), self._front.today))


def _opening(name: str, patient: Patient) -> Deed:
    """What a tap on a patient does in the list that a command without a code has shown."""
    if name == "visit":
        return to("open", patient, VISITS[patient.disease].code)
    return to(SHOWN_BY.get(name, name), patient)
