"""What a member has open, and of whom they are responsible: nothing of it is lost with their access."""

from bot.acts import Moment
from bot.front import Front
from bot.patients.deeds import to
from bot.render import said
from bot.taps import Keyboard, Labelled
from bot.views import View, paged, rows
from flows.questionnaire import Questionnaire
from flows.sentences import counted
from store.interviews import Sitting
from store.members import Member, Role
from store.patients import Patient
from store.unit_of_work import UnitOfWork

_A_ROW = 2
_MOST_NAMED = 10


class LeftBehind:
    """Passes on what a member leaves behind whose access an owner revokes."""

    def __init__(self, work: UnitOfWork, owner: Member, moment: Moment, front: Front) -> None:
        self._work = work
        self._owner = owner
        self._moment = moment
        self._front = front

    def told(self, who: Member) -> list[str]:
        """What passes to whom, and whose patients are to be handed over; nothing where there is neither."""
        heir = self._heir(who)
        if heir is None:  # the last owner, who stays
            return []
        return self._lines(who, "you" if heir.id == self._owner.id else heir.called)

    def pass_on(self, who: Member) -> list[str]:
        """Their open forms go to an owner, and what of that is told; a quick check, which is of nobody, is erased."""
        heir, lines, opened = self._heir(who), self.told(who), self._open_of(who)
        assert heir is not None
        if heir.id != self._owner.id:
            gone = f"{who.called.capitalize()} has no access any more."
            self._front.tell(heir, "\n".join([gone, *self._lines(who, "you")]))
        for sitting in opened:
            if isinstance(sitting.interview.form, Questionnaire):
                self._front.erase(sitting)
            else:
                self._work.cards.let_go(sitting.id)
                self._front.log_of("hand", sitting)
                self._front.pass_on(sitting, heir)
        return lines

    def _heir(self, who: Member) -> Member | None:
        """Whoever revokes them; of one who goes by themselves another owner, if there is one."""
        if who.id != self._owner.id:
            return self._owner
        return next((each for each in self._work.members.owners() if each.id != who.id), None)

    def _open_of(self, who: Member) -> list[Sitting]:
        return Front(self._work, who, self._moment).open_ones()

    def _lines(self, who: Member, heir: str) -> list[str]:
        theirs = self._work.patients.of_responsible(who.id)
        forms = [each for each in self._open_of(who) if not isinstance(each.interview.form, Questionnaire)]
        named_ones = [*(each.id for each in theirs[:_MOST_NAMED]), *(each.patient_id for each in forms)]
        for number in dict.fromkeys(each for each in named_ones if each is not None):
            self._front.log("read", f"patient {number}", number)
        return [*self._open(forms, heir), *_responsible(theirs), *self._unreached(who)]

    def _unreached(self, who: Member) -> list[str]:
        """Those who cannot be reached, of whom owners are told once: whoever was may be the one who goes."""
        members = self._work.members.all_active() if who.role is Role.OWNER else []
        away = [each.called for each in members if each.unreachable_at is not None and each.id != who.id]
        return [f"Telegram does not deliver to {', '.join(away)}."] if away else []

    def _open(self, forms: list[Sitting], heir: str) -> list[str]:
        if not forms:
            return []
        it, passes, them = ("It", "passes", "it") if len(forms) == 1 else ("They", "pass", "them")
        places = ", ".join(map(self._front.place, forms))
        goes_on = f"/resume goes on with {them}, and each answer keeps who gave it"
        return [f"Open: {places}. {it} {passes} to {heir}: {goes_on}."]

    # Patients whose responsible person has gone

    def gone(self) -> tuple[list[str], list[Labelled]]:
        """A line and a button for each person without access who is still responsible for somebody."""
        found = self._work.patients.with_nobody()
        lines = [
            f"Member {number} ({role}) has no access and is responsible for {counted(many, 'patient')}."
            for number, role, many in found
        ]
        return lines, [(f"Patients of member {number}", ("left", str(number), "0")) for number, *_ in found]

    def patients(self, number: int, page: int) -> View:
        """Of whom a person is responsible: a code opens the hand-over."""
        every = self._work.patients.of_responsible(number)
        shown, beside = paged(every, page, "left", str(number))
        for each in shown:
            self._front.log("read", f"patient {each.id}", each.id)
        buttons: list[Labelled] = [(each.code, to("hand_over", each)) for each in shown]
        text = f"Member {number} is responsible for {counted(len(every), 'patient')}. A code opens the hand-over."
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), beside, [("Back", ("team", "0"))]))


def _responsible(theirs: list[Patient]) -> list[str]:
    if not theirs:
        return []
    names = ", ".join(each.code for each in theirs[:_MOST_NAMED])
    more = f" and {len(theirs) - _MOST_NAMED} more" if len(theirs) > _MOST_NAMED else ""
    return [
        f"Responsible for {counted(len(theirs), 'patient')}: {names}{more}. Reminders of theirs go to the cover, the "
        "lead or an owner until each is handed over."
    ]
