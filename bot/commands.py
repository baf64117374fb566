"""What a member's commands do."""

from collections.abc import Callable, Mapping
from functools import partial

from bot import words
from bot.acts import Command, Taken
from bot.desks import Desks
from bot.front import Front
from bot.pages import BOOKS, opened
from bot.patients.commands import COMMANDS as OF_PATIENTS
from bot.render import said
from bot.roles import require
from bot.scenes import scene
from bot.verdicts import why_text
from bot.views import View
from flows.errors import FlowError, NotNow
from flows.instruments import by_command
from flows.interview import Interview
from flows.lines import parse_line, parse_of_patient, parse_total
from flows.questionnaire import Questionnaire
from flows.screens import Outcome
from store.members import Member
from store.unit_of_work import UnitOfWork

_PAGES: Mapping[str, Callable[[], View]] = {
    "help": lambda: said(words.help_text()),
    "privacy": lambda: said(words.privacy_text()),
    "demo": lambda: scene(0),
}


class Commands:
    """Performs a member's commands."""

    def __init__(self, work: UnitOfWork, member: Member, front: Front, desks: Desks) -> None:
        self._work = work
        self._member = member
        self._front = front
        self._desks = desks

    def perform(self, command: Command) -> Taken:
        """What a command does, or why it does nothing."""
        known = command.name if command.name in words.COMMANDS else "unknown command"
        try:
            require(self._member.role, known)
            self._front.log(known, f"member {self._member.id}")
            self._do(command.name, command.rest.strip())
        except FlowError as refusal:
            self._front.refuse(str(refusal))
            return Taken(refused=True)
        return Taken()

    def _do(self, name: str, rest: str) -> None:
        steps: dict[str, Callable[[], None]] = {
            "labs": lambda: self._desks.labs.command(rest),
            "why": self._why,
            "cancel": self._cancel,
            "resume": self._resume,
        }
        pages = self._pages(rest)
        if (questionnaire := by_command(name)) is not None:
            self._questionnaire(questionnaire, rest)
        elif name in OF_PATIENTS:
            self._of_patients(name, rest)
        elif name in pages:
            self._front.put_beside(pages[name]())
        elif name in steps:
            steps[name]()
        else:
            raise NotNow(words.UNKNOWN_COMMAND)

    def _pages(self, rest: str) -> Mapping[str, Callable[[], View]]:
        """What is answered by a card alone."""
        team, clinic = self._desks.team, self._desks.clinic
        return {
            **_PAGES,
            **{command: partial(self._opened, command) for command in BOOKS},
            "start": lambda: self._start(rest),
            "about": lambda: said(words.about_text(clinic.approval())),
            "settings": lambda: clinic.in_zone(rest) if rest else clinic.settings(),
            "invite": lambda: team.invite(rest.lower()),
            "team": team.listed,
        }

    def _opened(self, command: str) -> View:
        return opened(command, region=self._work.clinic.get().region)

    def _start(self, code: str) -> View:
        if code:
            return said(words.MEMBER_ALREADY)
        return said(words.GREETING) if self._member.settled_at else self._desks.clinic.settings(words.GREETING)

    def _questionnaire(self, questionnaire: Questionnaire, line: str) -> None:
        """A complete line is answered at once; without one the questionnaire opens, if nothing is in front."""
        front = self._front.sitting()
        if line:
            self._line(questionnaire, line)
        elif front is None:
            self._front.open(Interview(questionnaire))
        else:
            self._front.ask_to_leave_below(front, questionnaire.command)

    def _line(self, questionnaire: Questionnaire, line: str) -> None:
        """Answers to all items, of a patient where a code stands before them; or the total of an old record."""
        if (old := parse_total(questionnaire, line)) is not None:
            self._desks.patients.total(questionnaire, *old)
            return
        if (of_patient := parse_of_patient(questionnaire, line)) is not None:
            code, answers = of_patient
            self._desks.patients.scored(questionnaire, code, parse_line(questionnaire, answers))
            return
        self._front.open(Interview.of_answers(questionnaire, parse_line(questionnaire, line)))
        self._front.question_below()

    def _of_patients(self, name: str, rest: str) -> None:
        shown = self._desks.patients.perform(name, rest)
        if shown is not None:
            view, patient_id = shown
            self._front.put_beside(view, patient_id=patient_id)

    def _why(self) -> None:
        """Of what this person was told last; a check on a card that is erased with it."""
        sitting = self._work.interviews.last_verdict(self._member.id)
        said_last = self._desks.ward.records.last_said(sitting.id if sitting else None)
        screen = self._front.screen(sitting) if sitting else None
        if said_last is not None:
            self._front.put_beside(self._desks.ward.bedside.explained(said_last), patient_id=said_last.patient_id)
        elif sitting is None or not isinstance(screen, Outcome):
            self._front.put_beside(said(words.NOTHING_TO_SAY_WHY))
        else:
            self._front.put_beside(View(why_text(screen)), sitting.id)

    def _cancel(self) -> None:
        sitting = self._front.sitting()
        if sitting is None:
            raise NotNow(words.NOTHING_OPEN)
        self._front.ask_to_leave_below(sitting)

    def _resume(self) -> None:
        """The only open questionnaire comes back at once; of several one is chosen."""
        open_ones = self._front.open_ones()
        if not open_ones:
            raise NotNow(words.NOTHING_KEPT)
        if len(open_ones) == 1:
            self._front.bring_forward(open_ones[0])
            self._front.show(self._front.below_question(open_ones[0]), open_ones[0])
            self._front.log_of("resume", open_ones[0])
        else:
            card = self._front.below_question(open_ones[0])
            self._front.offer_resuming(card, 0)
