"""What buttons do."""

from bot import words
from bot.acts import Tap
from bot.front import Front
from bot.pages import opened
from bot.render import render
from bot.roles import require
from bot.taps import Deed, Keyboard, token_and_index
from bot.team import Team
from flows.errors import NotNow
from flows.instruments import by_command
from flows.interview import Interview
from store.cards import Card
from store.interviews import Sitting
from store.members import Member
from store.unit_of_work import UnitOfWork


class Deeds:
    """The deeds of one member's cards, for the length of one turn."""

    def __init__(self, work: UnitOfWork, member: Member, front: Front, team: Team) -> None:
        self._work = work
        self._member = member
        self._front = front
        self._team = team

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
        return words.BEHIND_US if ours and token_and_index(tap.data) else words.NOT_YOURS

    def do(self, card: Card, deed: Deed) -> str:
        """Perform what a button names, on its card; the returned words answer the tap."""
        require(self._member.role, deed[0])
        match deed:
            case ("team", page):
                self._team.show(card, int(page))
                return ""
            case ("resumable", page):
                self._front.offer_resuming(card, int(page))
                return ""
            case ("page", command, code, *way):
                self._front.put(card, opened(command, code, *way))
                return ""
            case ("ask_revoke" | "revoke" as step, member_id):
                (self._team.ask if step == "ask_revoke" else self._team.revoke)(card, int(member_id))
                self._front.log(step, f"member {member_id}")
                return ""
            case ("resume" | "keep" | "discard", number, *then):
                sitting = self._front.own(int(number))
                self._leave_or_resume(card, deed[0], sitting)
                self._begin_next(*then)
                answer = ""
            case _:
                sitting = self._interview_of(card)
                answer = self._do_in_interview(card, deed, sitting)
        self._front.log(deed[0], f"interview {sitting.id}")
        return answer

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
        questionnaire = by_command(then)
        if questionnaire is not None and self._front.sitting() is None:
            self._front.open(Interview(questionnaire))

    def _interview_of(self, card: Card) -> Sitting:
        assert card.interview_id is not None
        return self._work.interviews.get(card.interview_id)

    def _do_in_interview(self, card: Card, deed: Deed, sitting: Sitting) -> str:
        match deed:
            case ("leave",):
                self._front.ask_to_leave(card, sitting)
            case ("why", way):
                view = render(self._front.screen(sitting), unfolded=way == "on")
                self._front.put(card, view, sitting.id)
            case ("end",):
                self._front.erase(sitting)
                return words.DISCARDED
            case _:
                _apply(sitting.interview, deed)
                self._front.save(sitting)
                self._front.show(card, sitting)
        return ""


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
        case ("finish",):
            interview.finish()
        case ("confirm",):
            interview.confirm()
        case _:
            raise NotNow(words.NOT_YOURS)
