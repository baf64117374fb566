"""What a member's taps, words and commands do."""

from collections.abc import Callable
from functools import partial
from html import escape
from typing import assert_never

from bot import words
from bot.acts import Act, Command, Edited, Moment, NotText, Taken, Tap, Text
from bot.clinic_desk import ClinicDesk
from bot.deeds import Deeds, Rooms
from bot.front import Front
from bot.guard import deletion, personal_in
from bot.lab_desk import LabDesk
from bot.pages import BOOKS, opened
from bot.questions import of_patient
from bot.reminder_cards import lists_patients
from bot.render import said
from bot.roles import NotAllowed, require
from bot.scenes import scene
from bot.taps import REPLIED, Deed, Keyboard, leaves_its_card
from bot.team import Team
from bot.verdicts import why_text
from bot.views import View
from bot.ward import COMMANDS as OF_PATIENTS
from bot.ward import Ward
from flows.counts import DASHES
from flows.dated import Code, Day, Samples
from flows.errors import FlowError, NotNow
from flows.instruments import by_command
from flows.interview import Interview
from flows.lines import parse_line, parse_total, read
from flows.marked import mark
from flows.questionnaire import Questionnaire
from flows.sampling import DAY
from flows.screens import Outcome
from store.cards import Card
from store.interviews import Sitting
from store.members import Member
from store.unit_of_work import UnitOfWork

_PAGES: dict[str, Callable[[], View]] = {
    "help": lambda: said(words.help_text()),
    "privacy": lambda: said(words.privacy_text()),
    **{command: partial(opened, command) for command in BOOKS},
}


class Desk:
    """One member, for the length of one turn."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment) -> None:
        self._work = work
        self._member = member
        self._front = Front(work, member, moment)
        self._team = Team(work, member, moment, self._front)
        self._ward = Ward(work, member, moment, self._front)
        self._clinic = ClinicDesk(work, member, moment, self._front)
        self._labs = LabDesk(work, moment, self._front, self._ward)
        rooms = Rooms(team=self._team, ward=self._ward, clinic=self._clinic, labs=self._labs)
        self._deeds = Deeds(work, member, self._front, rooms)

    def perform(self, act: Act) -> Taken:
        if not isinstance(act, Tap | NotText) and not self._answers_day(act) and (found := personal_in(act)):
            return self._guarded(words.PERSONAL.format(found=found), act)
        match act:
            case Tap():
                return self._tapped(act)
            case Text():
                return self._wrote(act)
            case Command():
                return self._commanded(act)
            case Edited():
                return self.say(words.EDITED)
            case NotText():
                return self._guarded(words.NOT_TEXT, act)
        assert_never(act)

    def _guarded(self, why: str, act: Text | Command | Edited | NotText) -> Taken:
        """Say why something was not taken, and offer to delete it; nothing of it is stored."""
        self._front.put(self._front.new_card(), said(why, Keyboard.of([deletion(act.message_id)])))
        self._front.question_below()
        return Taken(refused=True)

    def say(self, text: str) -> Taken:
        """A card of its own; an open question moves below it."""
        return self._tell(said(text))

    def _tell(self, view: View, of: Sitting | None = None) -> Taken:
        """A card with a view, which is erased with the questionnaire that it is of."""
        self._front.put(self._front.new_card(), view, of.id if of else None)
        self._front.question_below()
        return Taken()

    # Taps

    def _tapped(self, tap: Tap) -> Taken:
        try:
            card, deed = self._deeds.named_by(tap)
            if deed[0] == "delete":
                self._front.put(card, said(words.DELETED))
                return Taken(deletes=int(deed[1]))
            toast = self._do(card, deed)
            return Taken(toast=toast)
        except FlowError as refusal:
            return Taken(toast=str(refusal), refused=True)

    # Words

    def _wrote(self, text: Text) -> Taken:
        below = None
        try:
            addressed = self._addressed(text)
            deed = self._meant(addressed, text)
            if deed is None:
                return self._offer_again(addressed)
            # A message that came by itself stays where it is: what was replied to it may be refused.
            below = None if addressed.unasked or leaves_its_card(deed) else self._front.below(addressed)
            answer = self._do(below or addressed, deed)
        except FlowError as refusal:
            return self._refuse(str(refusal), below)
        if answer:
            self._front.put(below or addressed, said(answer))
        return Taken()

    def _do(self, card: Card, deed: Deed) -> str:
        """Perform it; who has acted on a message that came by itself has asked for what is on it now."""
        answer = self._deeds.do(card, deed)
        if card.unasked:
            self._work.cards.take_up(card)
        return answer

    def _answers_day(self, act: Text | Command | Edited) -> bool:
        """Whether it is nothing but a day, where a day is asked for: however old it is, it is nobody's birth."""
        if not isinstance(act, Text) or not DAY.fullmatch(act.words.strip()):
            return False
        try:
            card = self._addressed(act)
        except NotNow:
            return False
        sitting = self._work.interviews.get(card.interview_id) if card.interview_id else None
        return sitting is not None and isinstance(sitting.interview.question, Day)

    def _addressed(self, text: Text) -> Card:
        """The card that words are for: the one they reply to, else the question in front, else the newest."""
        card = self._work.cards.by_message(self._member.chat_id, text.reply_to) if text.reply_to else None
        if text.reply_to and card is None:  # it may be about another patient than what is in front
            raise NotNow(words.NOT_KNOWN)
        if card is None:
            sitting = self._front.sitting()
            card = self._work.cards.of_interview(sitting.id) if sitting else None
            card = card or self._work.cards.newest(self._member.id)
        if card is None:
            raise NotNow(words.NOTHING_OPEN)
        if card.actions is None:
            raise NotNow(words.BEHIND_US if not text.reply_to else words.TAKES_NO_ANSWER)
        return card

    def _meant(self, card: Card, text: Text) -> Deed | None:
        """What typed words do on a card: what the button of that label does, or an answer to its question.

        Values that reply to whatever else is shown of a patient are for the laboratory form. None if it shows a choice
        of another kind, which they do not make.
        """
        keyboard, typed = _keyboard(card), text.words
        deed = keyboard.named(typed)
        if deed is not None and deed[0] != "tick":
            return deed
        if (heard := keyboard.heard(typed)) is not None:
            return heard
        if keyboard.shows_verdict:
            raise NotNow(words.NOTHING_OPEN)
        sitting = self._work.interviews.get(card.interview_id) if card.interview_id else None
        item = sitting.interview.question if sitting and keyboard.shows_question else None
        if item is None:
            return self._beside_the_buttons(card, text) if sitting is None else None
        is_skipped = typed.strip() in DASHES if isinstance(item, Samples | Code) else read(item, typed) is None
        return ("skip", item.code) if is_skipped else ("answer", item.code, typed)

    def _beside_the_buttons(self, card: Card, text: Text) -> Deed | None:
        """What words that reply to a card do that asks for nothing: values are its patient's."""
        holds_values = bool(mark(text.words).names)
        if lists_patients(_keyboard(card)) and (text.reply_to or holds_values):
            raise NotNow(words.OF_SEVERAL)
        is_answer = text.reply_to is not None and card.patient_id is not None and holds_values
        return ("patient", REPLIED, str(card.patient_id), text.words) if is_answer else None

    def _offer_again(self, card: Card) -> Taken:
        """Words that no button of a card carries: its buttons again, below, with whose they are."""
        view = View(f"{of_patient(self._front.named_on(card))}{escape(words.CHOOSE)}", _keyboard(card))
        self._front.put(self._front.below(card), view, card.interview_id, card.patient_id)
        return Taken(refused=True)

    def _refuse(self, why: str, card: Card | None = None) -> Taken:
        """Say why words did nothing, above the question if one is open."""
        sitting = self._front.sitting()
        if sitting is None:
            self._front.put(card or self._front.new_card(), said(why))
        elif card is None:
            self._front.show_below(sitting, why)
        else:
            self._front.show(card, sitting, why)
        return Taken(refused=True)

    # Commands

    def _commanded(self, command: Command) -> Taken:
        known = command.name if command.name in words.COMMANDS else "unknown command"
        try:
            require(self._member.role, known)
        except NotAllowed as refusal:
            return self._refuse(str(refusal))
        self._front.log(known, f"member {self._member.id}")
        rest, questionnaire = command.rest.strip(), by_command(command.name)
        if questionnaire is not None:
            return self._questionnaire(questionnaire, rest)
        if command.name in _PAGES:
            return self._tell(_PAGES[command.name]())
        if command.name in OF_PATIENTS:
            return self._of_patients(command.name, rest)
        steps: dict[str, Callable[[], Taken]] = {
            "start": lambda: self._start(rest),
            "labs": lambda: self._checked(rest),
            "why": self._why,
            "cancel": self._cancel,
            "resume": self._resume,
            "invite": lambda: self._invite(rest.lower()),
            "team": self._list_team,
            "demo": lambda: self._tell(scene(0)),
            "about": lambda: self._tell(said(words.about_text(self._clinic.approval()))),
            "settings": lambda: self._settings(rest),
        }
        return steps.get(command.name, lambda: self._refuse(words.UNKNOWN_COMMAND))()

    def _questionnaire(self, questionnaire: Questionnaire, line: str) -> Taken:
        """A complete line is answered at once; without one the questionnaire opens, if nothing is in front."""
        front = self._front.sitting()
        if line:
            try:
                self._line(questionnaire, line)
            except FlowError as refusal:
                return self._refuse(str(refusal))
        elif front is None:
            self._front.open(Interview(questionnaire))
        else:
            self._front.ask_to_leave(self._front.below_question(front), front, questionnaire.command)
        return Taken()

    def _line(self, questionnaire: Questionnaire, line: str) -> None:
        """Answers to all items, or the total of a patient's old record."""
        if (old := parse_total(questionnaire, line)) is not None:
            self._ward.total(questionnaire, *old)
            return
        self._front.open(Interview.of_answers(questionnaire, parse_line(questionnaire, line)))
        self._front.question_below()

    def _of_patients(self, name: str, rest: str) -> Taken:
        try:
            shown = self._ward.command(name, rest)
        except FlowError as refusal:
            return self._refuse(str(refusal))
        if shown is not None:
            view, patient_id = shown
            self._front.put(self._front.new_card(), view, None, patient_id)
            self._front.question_below()
        return Taken()

    def welcome(self) -> Taken:
        """The first words to somebody new, with their settings, to be confirmed."""
        return self._tell(self._clinic.settings(words.GREETING))

    def _start(self, code: str) -> Taken:
        if code:
            return self.say(words.MEMBER_ALREADY)
        return self.say(words.GREETING) if self._member.settled_at else self.welcome()

    def _settings(self, zone: str) -> Taken:
        try:
            return self._tell(self._clinic.in_zone(zone) if zone else self._clinic.settings())
        except FlowError as refusal:
            return self._refuse(str(refusal))

    def _checked(self, values: str) -> Taken:
        try:
            self._labs.command(values)
        except FlowError as refusal:
            return self._refuse(str(refusal))
        return Taken()

    def _invite(self, role_name: str) -> Taken:
        try:
            return self._tell(self._team.invite(role_name))
        except FlowError as refusal:
            return self._refuse(str(refusal))

    def _list_team(self) -> Taken:
        return self._tell(self._team.listed())

    def _why(self) -> Taken:
        sitting = self._work.interviews.last_verdict(self._member.id)
        screen = self._front.screen(sitting) if sitting else None
        if sitting is None or not isinstance(screen, Outcome):
            return self.say(words.NOTHING_TO_SAY_WHY)
        return self._tell(View(why_text(screen)), sitting)

    def _cancel(self) -> Taken:
        sitting = self._front.sitting()
        if sitting is None:
            return self._refuse(words.NOTHING_OPEN)
        self._front.ask_to_leave(self._front.below_question(sitting), sitting)
        return Taken()

    def _resume(self) -> Taken:
        """The only open questionnaire comes back at once; of several one is chosen."""
        open_ones = self._front.open_ones()
        if not open_ones:
            return self._refuse(words.NOTHING_KEPT)
        if len(open_ones) == 1:
            self._front.bring_forward(open_ones[0])
            self._front.show_below(open_ones[0])
            self._front.log_of("resume", open_ones[0])
        else:
            card = self._front.below_question(open_ones[0])
            self._front.offer_resuming(card, 0)
        return Taken()


def _keyboard(card: Card) -> Keyboard:
    assert card.actions is not None
    return Keyboard.from_json(card.actions)
