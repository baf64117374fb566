"""What buttons do."""

from collections.abc import Callable
from dataclasses import replace

from bot import words
from bot.acts import Tap
from bot.desks import Desks
from bot.front import Front
from bot.pages import drawing, opened
from bot.patients.panel import those_counted
from bot.patients.passing import Passing
from bot.roles import require
from bot.scenes import scene
from bot.taps import CALENDAR, COUNTED, COUNTED_PAGE, DRAWING, PATIENTS_PAGE, Deed, Keyboard, token_and_index
from flows.dated import AWAITING, Code, Day, Samples
from flows.errors import NotNow
from flows.instruments import by_command
from flows.interview import Interview
from flows.questionnaire import Questionnaire
from store.cards import Card
from store.interviews import Sitting
from store.members import Member
from store.unit_of_work import UnitOfWork


class Deeds:
    """Does what the buttons of one member's cards ask for."""

    def __init__(self, work: UnitOfWork, member: Member, front: Front, desks: Desks) -> None:
        team, ward, patients, clinic = desks.team, desks.ward, desks.patients, desks.clinic
        passing = Passing(work, member, front)
        self._work = work
        self._member = member
        self._front = front
        self._team = team
        self._ward = ward
        self._charting = ward.charting
        # What replaces the view on a card, outside of any interview.
        self._shown: dict[str, Callable[..., None]] = {
            "team": lambda card, page: team.show(card, int(page)),
            "ask_revoke": self._ask_revoke,
            "revoke": self._revoke,
            "left": lambda card, number, page: team.show_left(card, int(number), int(page)),
            "pass": lambda card, number: passing.offer(card, front.own(int(number))),
            "hand": lambda card, number, other: passing.hand(card, front.own(int(number)), int(other)),
            "resumable": lambda card, page: front.offer_resuming(card, int(page)),
            "page": lambda card, *way: front.put(card, opened(*way, region=work.clinic.get().region)),
            DRAWING: lambda _, *which: front.put_beside(drawing(*which)),
            "demo": lambda card, number: front.put(card, scene(int(number))),
            PATIENTS_PAGE: lambda card, *which: front.put(card, patients.listed(int(which[-1]), *which[:-1])),
            COUNTED: lambda _, *which: front.put_beside(those_counted(work, ward.records, *which)),
            COUNTED_PAGE: lambda card, *which: front.put(card, those_counted(work, ward.records, *which)),
            "due": lambda card, whose, page: front.put(card, ward.reminders.due(whose, int(page))),
            CALENDAR: lambda _, whose: ward.calendars.of(whose),
            "morning": lambda card, *chosen: front.put(card, clinic.morning(*chosen)),
            "clinic": lambda card, *choice: front.put(card, clinic.settle(*choice)),
            "labs": desks.labs.answer,
            "patient": ward.do,
        }

    def named_by(self, tap: Tap) -> tuple[Card, Deed]:
        """The card and the deed of a button, or the reason why there is none."""
        carried = token_and_index(tap.data)
        card = self._work.cards.by_token(carried[0]) if carried else None
        if carried is None or card is None:
            raise NotNow(self._gone(tap))
        if (card.member_id, card.chat_id) != (self._member.id, tap.chat_id):
            raise NotNow(words.NOT_YOURS)
        if card.actions is None:
            raise NotNow(words.ENDED)
        deed = Keyboard.from_json(card.actions).deed(carried[1])
        if deed is None:
            raise NotNow(words.NOT_YOURS)
        if card.message_id != tap.message_id:
            self._adopt(card, tap.message_id)
        return card, deed

    def _adopt(self, card: Card, message_id: int) -> None:
        """A duplicate of a card counts as the card; a message that is another card's is none."""
        if self._work.cards.by_message(card.chat_id, message_id):
            raise NotNow(words.NOT_YOURS)
        self._work.cards.adopt(card, message_id)

    def _gone(self, tap: Tap) -> str:
        """Why a token is not known: its question has passed, or it was never ours."""
        ours = self._work.cards.by_message(self._member.chat_id, tap.message_id)
        if ours and ours.patient_id and ours.actions is None:
            return words.NEWER_CARD.format(code=self._work.patients.get(ours.patient_id).code)
        return words.BEHIND_US if ours and token_and_index(tap.data) else words.NOT_YOURS

    def do(self, card: Card, deed: Deed) -> str:
        """Perform what a button names, on its card; the returned words answer the tap."""
        verb, *rest = deed
        require(self._member.role, verb)
        if verb in self._shown:
            self._shown[verb](card, *rest)
            return ""
        match deed:
            case ("resume" | "keep" | "discard", number, *then):
                sitting = self._front.own(int(number))
                self._leave_or_resume(card, verb, sitting)
                self._begin_next(*then)
                answer = ""
            case _:
                sitting = self._interview_of(card)
                answer = self._do_in_interview(card, deed, sitting)
        self._front.log_of(verb, sitting)
        return answer

    def _ask_revoke(self, card: Card, member_id: str) -> None:
        self._team.ask(card, int(member_id))
        self._front.log("ask_revoke", f"member {member_id}")

    def _revoke(self, card: Card, member_id: str) -> None:
        self._team.revoke(card, int(member_id))
        self._front.log("revoke", f"member {member_id}")

    def _leave_or_resume(self, card: Card, way: str, sitting: Sitting) -> None:
        match way:
            case "resume":
                self._front.bring_forward(sitting)
                self._front.show(card, sitting)
            case "keep":
                self._front.keep(sitting, card)
            case _:
                self._front.discard(sitting, card)

    def _begin_next(self, then: str = "") -> None:
        """Open the questionnaire that waited for an answer, unless another is in front by now."""
        if not then or self._front.sitting() is not None:
            return
        if (questionnaire := by_command(then)) is not None:
            self._front.open(Interview(questionnaire))
        else:
            self._charting.resume(then)

    def _interview_of(self, card: Card) -> Sitting:
        assert card.interview_id is not None
        return self._work.interviews.get(card.interview_id)

    def _do_in_interview(self, card: Card, deed: Deed, sitting: Sitting) -> str:
        match deed:
            case ("leave",):
                self._front.ask_to_leave(card, sitting)
            case ("why", way):
                self._front.show(card, sitting, unfolded=way == "on")
            case ("save", *step):
                self._ward.save(card, sitting, *step)
            case ("end",):
                self._front.erase(sitting)
                return words.DISCARDED
            case ("confirm",) if not isinstance(sitting.interview.form, Questionnaire):
                if why := self._ward.reviewing.ask_again(sitting):
                    self._front.save(sitting)
                    # Its buttons get another token: the second half of a double tap is no second look.
                    self._front.show(replace(card, actions=None), sitting, why)
                    return ""
                sitting.interview.confirm()
                self._ward.file(card, sitting)
            case _:
                self._answer(sitting, deed)
                self._front.save(sitting)
                self._front.show(card, sitting)
        return ""

    def _answer(self, sitting: Sitting, deed: Deed) -> None:
        """Do to the interview what a deed says, and keep who said it."""
        interview, before = sitting.interview, dict(sitting.interview.answers)
        item = interview.question
        match deed:
            case ("answer", code, raw) if isinstance(item, Day):
                item.refuse_after(item.parse(raw), self._front.today)
                interview.answer(code, raw)
                if code == "on":
                    self._charting.date_values(sitting)
            case ("answer", code, raw) if isinstance(item, Samples) and raw not in (AWAITING, "none"):
                interview.take(code, self._charting.read_values(sitting, raw))
            case ("answer", code, raw) if isinstance(item, Code):
                interview.take(code, self._charting.free_code(raw))
            case _:
                _apply(interview, deed)
        if not isinstance(interview.form, Questionnaire):
            changed = [code for code, value in interview.answers.items() if before.get(code, "") != value]
            sitting.given_by |= dict.fromkeys(changed, self._member.id)


def _apply(interview: Interview, deed: Deed) -> None:
    """What a button does to the interview itself."""
    match deed:
        case ("answer", code, raw):
            interview.answer(code, raw)
        case ("tick", code, choice, way):
            interview.tick(code, choice, way == "on")
        case ("done" | "skip" | "back" | "reopen" as step, code):
            steps = {"done": interview.done, "skip": interview.skip, "back": interview.back}
            steps.get(step, interview.reopen)(code)
        case ("reading", place, choice):
            interview.settle("labs", int(place), choice)
        case ("finish",):
            interview.finish()
        case ("confirm",):
            interview.confirm()
        case _:
            raise NotNow(words.NOT_YOURS)
