"""What a member's taps and words do; commands have a room of their own."""

from collections.abc import Set
from datetime import timedelta
from html import escape
from typing import assert_never

from bot import words
from bot.acts import Act, Command, Edited, Moment, NotText, Taken, Tap, Text
from bot.clinic_desk import ClinicDesk
from bot.commands import Commands
from bot.deeds import Deeds
from bot.desks import Desks
from bot.front import Front
from bot.guard import DELETE, deletion, personal_in
from bot.lab_desk import LabDesk
from bot.patients.commands import PatientCommands
from bot.patients.ward import Ward
from bot.questions import TODAY, YESTERDAY, of_patient
from bot.reminders.cards import TOLD, lists_patients, told_in
from bot.reminders.settled import became
from bot.render import said
from bot.taps import REPLIED, Deed, Keyboard, leaves_its_card
from bot.team import TeamDesk
from bot.views import View
from flows.counts import DASHES
from flows.dated import Code, Day, Samples
from flows.errors import FlowError, NotNow
from flows.lines import read
from flows.marked import mark
from flows.sampling import DAY
from store.cards import Card, is_newer
from store.members import Member
from store.unit_of_work import UnitOfWork

# How much longer than the card that words are for another may have stood there, and still be meant.
_AS_OLD = timedelta(days=1)


class Desk:
    """Performs the acts of one member.

    A desk lives for one turn, and so do all those that it makes: each turn has a unit of work of its own.
    """

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._front = front = Front(work, member, moment)
        self._clinic, ward = ClinicDesk(work, member, moment, front), Ward(work, member, moment, front)
        team, labs = TeamDesk(work, member, moment, front), LabDesk(work, moment, front, ward)
        patients = PatientCommands(work, moment, front, ward)
        desks = Desks(team=team, ward=ward, patients=patients, clinic=self._clinic, labs=labs)
        self._deeds = Deeds(work, member, front, desks)
        self._commands = Commands(work, member, front, desks)

    def perform(self, act: Act) -> Taken:
        if not isinstance(act, Tap | NotText) and not self._answers_day(act) and (found := personal_in(act)):
            return self._guarded(words.PERSONAL.format(found=found), act)
        match act:
            case Tap():
                return self._tapped(act)
            case Text():
                return self._wrote(act)
            case Command():
                return self._commands.perform(act)
            case Edited():
                return self.say(words.EDITED)
            case NotText():
                return self._guarded(words.NOT_TEXT, act)
        assert_never(act)

    def _guarded(self, why: str, act: Text | Command | Edited | NotText) -> Taken:
        """Say why something was not taken, and offer to delete it; nothing of it is stored."""
        self._front.put_beside(said(why, Keyboard.of([deletion(act.message_id)])))
        return Taken(refused=True)

    def say(self, text: str) -> Taken:
        """A card of its own; an open question moves below it."""
        self._front.put_beside(said(text))
        return Taken()

    def welcome(self) -> Taken:
        """The first words to somebody new, with their settings, to be confirmed."""
        self._front.put_beside(self._clinic.settings(words.GREETING))
        return Taken()

    # Taps

    def _tapped(self, tap: Tap) -> Taken:
        try:
            card, deed = self._deeds.named_by(tap)
            if deed[0] == DELETE:
                self._front.put(card, said(words.DELETED))
                return Taken(deletes=int(deed[1]))
            toast = self._do(card, deed)
            return Taken(toast=toast)
        except FlowError as refusal:
            return Taken(toast=str(refusal), refused=True)

    # Words

    def _wrote(self, text: Text) -> Taken:
        addressed = below = None
        try:
            addressed = self._addressed(text)
            self._require_one_patient(addressed, text)
            deed = self._meant(addressed, text)
            if deed is None:
                return self._offer_again(addressed)
            # A message that came by itself stays where it is: what was replied to it may be refused.
            below = None if addressed.unasked or leaves_its_card(deed) else self._front.below(addressed)
            answer = self._do(below or addressed, deed)
        except FlowError as refusal:
            self._refuse(str(refusal), addressed, below)
            return Taken(refused=True)
        if answer:
            self._front.put(below or addressed, said(answer))
        return Taken()

    def _refuse(self, why: str, addressed: Card | None, below: Card | None) -> None:
        """Say why words did nothing; a card of no interview that made place `below` goes on with its buttons there."""
        if addressed is None or below is None or addressed.interview_id is not None:
            self._front.refuse(why, below)
            return
        self._show_again(addressed, below, why)
        self._front.question_below()

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
        if sitting is not None:
            return isinstance(sitting.interview.question, Day)
        return card.actions is not None and _keyboard(card).asks_for(act.words)

    def _addressed(self, text: Text) -> Card:
        """The card that words are for: the one they reply to, else the question in front, else the newest."""
        card = self._work.cards.by_message(self._member.chat_id, text.reply_to) if text.reply_to else None
        if text.reply_to and card is None:  # it may be about another patient than what is in front
            raise NotNow(words.NOT_KNOWN)
        if card is None:
            sitting = self._front.sitting()
            card = self._work.cards.of_interview(sitting.id) if sitting else None
            card = card or self._newest()
        if card is None:
            raise NotNow(words.NOTHING_OPEN)
        if card.actions is None:
            raise NotNow(words.TAKES_NO_ANSWER if mark(text.words).names else words.BEHIND_US)
        return card

    def _newest(self) -> Card | None:
        """The newest card with buttons: a refusal of personal data takes no words, and so never those of another."""
        card = self._work.cards.newest(self._member.id)
        while card is not None and {deed[0] for deed in _keyboard(card).deeds} == {DELETE}:
            card = self._work.cards.newest(self._member.id, before=card)
        return card

    def _require_one_patient(self, card: Card, text: Text) -> None:
        """NotNow for words that reply to nothing, belong to no form, and may as well be for another patient's card."""
        is_said_to_it = text.reply_to is not None or self._front.sitting() is not None
        if is_said_to_it or card.patient_id is None or not _keyboard(card).hears(text.words):
            return
        others = self._work.cards.of_others(card, _AS_OLD)
        if any(_competes(each, card, text.words) for each in others):
            raise NotNow(words.WHOSE)

    def _meant(self, card: Card, text: Text) -> Deed | None:
        """What typed words do on a card: what the button of that label does, or an answer to its question.

        Values that reply to whatever else is shown of a patient are for the laboratory form. None if it shows a choice
        of another kind, which they do not make.
        """
        keyboard, typed = _keyboard(card), text.words
        deed = keyboard.named(typed)
        if deed is not None and deed[0] != "tick":
            return self._by_now(deed, typed)
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

    def _by_now(self, deed: Deed, typed: str) -> Deed:
        """The word for a day is of the day on which it comes; its button is of the day that its question names."""
        ago = {TODAY.casefold(): 0, YESTERDAY.casefold(): 1}.get(typed.strip().casefold())
        if deed[0] != "answer" or ago is None:
            return deed
        return (*deed[:2], (self._front.today - timedelta(days=ago)).isoformat())

    def _beside_the_buttons(self, card: Card, text: Text) -> Deed | None:
        """What words that reply to a card do that asks for nothing: values are its patient's."""
        holds_values = bool(mark(text.words).names)
        if lists_patients(_keyboard(card)) and (text.reply_to or holds_values):
            raise NotNow(words.OF_SEVERAL)
        if card.patient_id is None:
            return None
        if text.reply_to is not None and holds_values:
            return ("patient", REPLIED, str(card.patient_id), text.words)
        if told := told_in(_keyboard(card), TOLD):
            self._require_open(card.patient_id, told)
        return None

    def _require_open(self, patient_id: int, told: Set[int]) -> None:
        """NotNow, with what became of them, where none of the reminders that a card tells of is open any more."""
        patient = self._work.patients.get(patient_id)
        if over := became(self._work, patient, told, self._moment):
            self._front.log("read", f"patient {patient_id}", patient_id)
            raise NotNow(f"{patient.code} · {over}")

    def _offer_again(self, card: Card) -> Taken:
        """Words that no button of a card carries: its buttons again, below."""
        self._show_again(card, self._front.below(card), words.CHOOSE)
        return Taken(refused=True)

    def _show_again(self, card: Card, below: Card, why: str) -> None:
        """The buttons of a card under why its words did nothing, with whose they are, or what they list."""
        keyboard = _keyboard(card)
        of = of_patient(self._front.named_on(card)) or (keyboard.listed and f"{escape(keyboard.listed)} · ")
        view = View(f"{of}{escape(why)}", keyboard)
        self._front.put(below, view, card.interview_id, card.patient_id)


def _keyboard(card: Card) -> Keyboard:
    assert card.actions is not None
    return Keyboard.from_json(card.actions)


def _competes(other: Card, card: Card, typed: str) -> bool:
    """Whether words for a card may be meant for another: it came or changed since, or asks for them still."""
    keyboard = _keyboard(other)
    if _keyboard(card).named(typed) is not None:
        return keyboard.named(typed) is not None and is_newer(other, card)
    return keyboard.asks_for(typed) or (keyboard.takes(typed) and is_newer(other, card))
