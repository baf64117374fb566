"""An open visit passed to a colleague, who goes on with it."""

from bot.front import Front
from bot.render import said
from bot.roles import may_confirm
from bot.taps import Keyboard
from bot.views import rows
from flows.errors import NotNow
from store.cards import Card
from store.interviews import Sitting
from store.members import Member
from store.unit_of_work import UnitOfWork


class Passing:
    """Passes an open visit to a colleague."""

    def __init__(self, work: UnitOfWork, member: Member, front: Front) -> None:
        self._work = work
        self._member = member
        self._front = front

    def offer(self, card: Card, sitting: Sitting) -> None:
        """Let a colleague be chosen."""
        others = self._who_could_go_on(sitting)
        if sitting.patient_id is None or not others:
            raise NotNow("There is nobody to pass it to. Nothing was changed.")
        buttons = [(each.called.capitalize(), ("hand", str(sitting.id), str(each.id))) for each in others]
        back = ("Back", ("leave",))
        view = said(f"Who goes on with {self._front.place(sitting)}?", Keyboard.of(*rows(buttons, 2), [back]))
        self._front.put(card, view, sitting.id, sitting.patient_id)

    def hand(self, card: Card, sitting: Sitting, member_id: int) -> None:
        """Give it with its answers to a colleague, whom /resume brings it; each answer keeps who gave it."""
        other = next((each for each in self._who_could_go_on(sitting) if each.id == member_id), None)
        if other is None or sitting.patient_id is None:
            raise NotNow("That person cannot go on with it any more. Nothing was changed.")
        place = self._front.place(sitting)
        self._front.log_of("hand", sitting)
        self._front.pass_on(sitting, other)
        self._front.put(card, said(f"{place} was passed to member {other.id}."), None, sitting.patient_id)
        self._front.tell(other, f"{place} was passed to you by member {self._member.id}: /resume goes on with it.")

    def _who_could_go_on(self, sitting: Sitting) -> list[Member]:
        """Colleagues who may also confirm it."""
        others = [each for each in self._work.members.all_active() if each.id != self._member.id]
        return [each for each in others if may_confirm(each.role, sitting.interview.form)]
