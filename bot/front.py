"""A member's questionnaires: one in front, any number kept, each on a card."""

from bot.notices import notify
from bot.on_screen import OnScreen
from bot.render import leaving, render, resuming, said
from flows.errors import NotNow
from flows.forms import form
from flows.interview import Interview, Stage
from store.cards import Card
from store.interviews import NOBODY, About, Sitting
from store.members import Member

# The command that enrols, as it waits for what becomes of an open questionnaire, with a pseudonym behind it.
NEW = "new"


class Front(OnScreen):
    """Opens a member's questionnaires, keeps them for later, passes them on and throws them away."""

    def require_nothing_open(self) -> None:
        """NotNow where a questionnaire is in front."""
        if (front := self.sitting()) is not None:
            self._read(front)
            raise NotNow(f"{self.place(front)} is open: finish it, keep it or discard it first.")

    def open_ones(self) -> list[Sitting]:
        """Every open questionnaire: the one in front first, then those kept."""
        front = self.sitting()
        return [*([front] if front else []), *self._work.interviews.kept(self._member.id)]

    def own(self, interview_id: int) -> Sitting:
        """An open questionnaire of this member; NotNow if it is not that any more."""
        sitting = next((each for each in self.open_ones() if each.id == interview_id), None)
        if sitting is None:
            raise NotNow("That questionnaire is not open any more.")
        return sitting

    def open(self, interview: Interview, about: About = NOBODY, *, card: Card | None = None) -> None:
        """Show a new interview, on a new card unless on one: its first question, or its verdict if it is completed."""
        sitting = self._work.interviews.add(self._member.id, interview, self._moment.now, about)
        if sitting.patient_id is not None or interview.stage is Stage.COMPLETED:
            self.log_of("open", sitting)
        self.show(card or self.new_card(), sitting)

    def save(self, sitting: Sitting) -> None:
        self._work.interviews.save(sitting, self._moment.now)

    def bring_forward(self, sitting: Sitting) -> None:
        """Make it the one in front; another that was there is kept for later."""
        front = self.sitting()
        if front is not None and front.id != sitting.id:
            self.put_aside(front)
        sitting.kept_at = None
        self.save(sitting)

    def put_aside(self, sitting: Sitting) -> None:
        """Keep it for what comes now; its card says so, with its patient."""
        self._read(sitting)
        self.keep(sitting, self._work.cards.of_interview(sitting.id))

    def keep(self, sitting: Sitting, card: Card | None) -> None:
        """Put it aside, and say so on the card that shows it."""
        sitting.kept_at = self._moment.now
        self.save(sitting)
        if card is not None:
            self.put(card, said(f"{self.place(sitting)} is kept for later: /resume brings it back."), sitting.id)

    def discard(self, sitting: Sitting, card: Card) -> None:
        """Throw it away with its answers, and say so on the card that showed it."""
        sitting.interview.cancel()
        self.erase(sitting)
        self.put(card, render(self.screen(sitting)))

    def erase(self, sitting: Sitting) -> None:
        self._work.cards.let_go(sitting.id)
        self._work.interviews.erase(sitting.id)

    def ask_to_leave_below(self, sitting: Sitting, then: str = "") -> None:
        """The same under what was said since: that is a read of its patient."""
        self._read(sitting)
        self.ask_to_leave(self.below_question(sitting), sitting, then)

    def ask_to_leave(self, card: Card, sitting: Sitting, then: str = "") -> None:
        """Offer Resume, Keep for later, Discard, before `then` or for itself."""
        passes = sitting.patient_id is not None
        view = leaving(self.place(sitting), sitting.id, then, self._waiting(then), passes=passes)
        self.put(card, view, sitting.id, sitting.patient_id)

    def _waiting(self, then: str) -> str:
        """`/hbi`, `/new CD-0042`, or `Visit of Q7K-4M`."""
        code, _, of = then.partition(" ")
        if not of or code == NEW:
            return f"/{then}"
        self.log("read", f"patient {of}", int(of))
        return f"{form(code).short} of {self._work.patients.get(int(of)).code}"

    def pass_on(self, sitting: Sitting, other: Member) -> None:
        """It is another's from now on, kept for later."""
        sitting.member_id, sitting.kept_at = other.id, self._moment.now
        self.save(sitting)

    def tell(self, other: Member, text: str) -> None:
        """A message to a colleague."""
        notify(self._work, other, text, self._moment.now)

    def offer_resuming(self, card: Card, page: int) -> None:
        """Let one of the open questionnaires be chosen."""
        found = self.open_ones()
        for number in dict.fromkeys(each.patient_id for each in found if each.patient_id is not None):
            self.log("read", f"patient {number}", number)
        self.put(card, resuming([(each.id, self.place(each), self.day_of(each)) for each in found], page))

    def place(self, sitting: Sitting) -> str:
        """`HBI 3/5`, or `HBI review`; of a patient with the code."""
        interview = sitting.interview
        whose = f"{self.whose(sitting)} ".lstrip()
        if interview.question is None:
            return f"{whose}{interview.form.short} review"
        return f"{whose}{interview.form.short} {interview.asked.index(interview.question) + 1}/{len(interview.asked)}"
