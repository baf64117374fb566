"""A member's questionnaires, and the cards that show them: one in front, any number kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from bot.acts import Moment
from bot.mornings import local_day
from bot.notices import notify
from bot.render import leaving, render, resuming, said
from bot.views import View
from flows.clinic_units import units_in_words
from flows.dated import Samples
from flows.days import day
from flows.errors import NotNow
from flows.filing import facts_of_check
from flows.forms import form
from flows.interview import OPEN, Interview, Stage
from flows.screens import Question, Screen, screen_of
from store.cards import Card, Wish
from store.interviews import NOBODY, About, Sitting
from store.members import Member
from store.unit_of_work import UnitOfWork

# The command that enrols, as it waits for what becomes of an open questionnaire, with a pseudonym behind it.
NEW = "new"


class Front:
    """Puts questionnaires and cards before one member."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        # What is to be said of an interview whenever it is shown.
        self.beside: Callable[[Sitting], str] = lambda _: ""

    # Showing

    def new_card(self) -> Card:
        return self._work.cards.add(self._member.chat_id, self._member.id)

    def put(self, card: Card, view: View, interview_id: int | None = None, patient_id: int | None = None) -> None:
        """Make a card show a view, unless it does; its token lives as long as what its buttons do stays the same."""
        actions = view.keyboard.to_json() | {"under": _digest(view.body)} if view.keyboard else None
        if actions and actions == card.actions:
            return
        same = actions and card.actions and actions["deeds"] == card.actions["deeds"]
        token = card.token if same else self._moment.new_token() if actions else None
        self._work.cards.want(
            card,
            self._wish(
                interview_id,
                patient_id=patient_id,
                body=view.body,
                picture=view.picture,
                actions=actions,
                token=token,
            ),
        )

    def put_beside(self, view: View, interview_id: int | None = None, patient_id: int | None = None) -> None:
        """A view on a card of its own; an open question moves below it."""
        self.put(self.new_card(), view, interview_id, patient_id)
        self.question_below()

    def refuse(self, why: str, card: Card | None = None) -> None:
        """Say why words did nothing, above the question if one is open."""
        sitting = self.sitting()
        if sitting is None:
            self.put(card or self.new_card(), said(why))
        elif card is None:
            self.show_below(sitting, why)
        else:
            self._read(sitting)
            self.show(card, sitting, why)

    def show(self, card: Card, sitting: Sitting, note: str = "", *, unfolded: bool = False) -> None:
        """Make a card show where an interview stands; another that showed it loses its buttons."""
        other = card if card.interview_id == sitting.id and card.actions else self._work.cards.of_interview(sitting.id)
        if other is not None and other.id != card.id:
            self._work.cards.want(other, self._wish(sitting.id))
        said_of_it = "\n".join(filter(None, (note, self._whose_day(sitting), self.beside(sitting))))
        view = render(
            self.screen(sitting),
            note=said_of_it,
            unfolded=unfolded,
            whose=self.whose(sitting),
            is_savable=self._is_savable(sitting),
        )
        self.put(card, view, sitting.id, sitting.patient_id)

    def _is_savable(self, sitting: Sitting) -> bool:
        """Whether it is a quick check with something to save, where patients are stored (CLINICAL.md D17)."""
        interview = sitting.interview
        if interview.stage is not Stage.COMPLETED or not self._work.clinic.get().stores_patients:
            return False
        return bool(facts_of_check(interview.form, interview.answers, self.day_of(sitting)))

    def whose(self, sitting: Sitting) -> str:
        """The code of the patient whom an interview is about, or enrols; nothing where it is about nobody."""
        if sitting.patient_id:
            return self._work.patients.get(sitting.patient_id).code
        return str(sitting.interview.answers.get("code", "")) if "code" in sitting.interview.form.codes else ""

    def named_on(self, card: Card) -> str:
        """The code of the patient of a card, who is read with that; or the one that its form enrols under."""
        if card.patient_id is not None:
            self.log("read", f"patient {card.patient_id}", card.patient_id)
            return self._work.patients.get(card.patient_id).code
        return self.whose(self._work.interviews.get(card.interview_id)) if card.interview_id else ""

    def screen(self, sitting: Sitting) -> Screen:
        found = screen_of(sitting.interview, self.today)
        if isinstance(found, Question) and isinstance(found.item, Samples):
            return replace(found, units=units_in_words(self._work.clinic.get().units))
        return found

    def below(self, card: Card) -> Card:
        """A new card under all others in the place of another, which loses its buttons."""
        self._work.cards.want(card, self._wish(card.interview_id))
        return replace(self.new_card(), interview_id=card.interview_id)

    def below_question(self, sitting: Sitting) -> Card:
        """A new card under all others in the place of the one that shows an interview, if one does."""
        card = self._work.cards.of_interview(sitting.id)
        return self.below(card) if card else self.new_card()

    def show_below(self, sitting: Sitting, note: str = "") -> None:
        """An interview moves under what was said since, with a note above it: that is a read of its patient."""
        self._read(sitting)
        self.show(self.below_question(sitting), sitting, note)

    def question_below(self) -> None:
        """An open question moves under what was said since."""
        sitting = self.sitting()
        if sitting is not None:
            self.show_below(sitting)

    def _wish(self, interview_id: int | None, **shown: Any) -> Wish:
        return Wish(at=self._moment.now, interview_id=interview_id, **shown)

    @property
    def today(self) -> date:
        """The clinic's day, whoever asks: by another what somebody has just recorded would lie after today."""
        return self.clinic_day(self._moment.now)

    @property
    def own_day(self) -> date:
        """The day where the member is, by which reminders come."""
        return local_day(self._moment.now, self._member.zone)

    def clinic_day(self, at: datetime) -> date:
        return local_day(at, self._moment.house.zone)

    def day_of(self, sitting: Sitting) -> date:
        """The clinic's day on which it was last answered."""
        return self.clinic_day(sitting.touched_at)

    def _whose_day(self, sitting: Sitting) -> str:
        """What a form of a patient says to whoever is where it is another day."""
        is_asked = sitting.interview.stage in OPEN and bool(self.whose(sitting))
        return f"At the clinic it is {day(self.today)}." if is_asked and self.own_day != self.today else ""

    # What becomes of a questionnaire

    def sitting(self) -> Sitting | None:
        """The questionnaire in front, if there is one."""
        return self._work.interviews.front(self._member.id)

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

    def log(self, verb: str, subject: str, patient_id: int | None = None) -> None:
        """Who did what to which thing, for the audit, and whom it is about; never a value."""
        self._work.audit.add(self._member.id, verb, subject, self._moment.now, patient_id)

    def _read(self, sitting: Sitting) -> None:
        """The code of its patient is shown, if it has one (DECISIONS.md, record 89)."""
        if sitting.patient_id is not None:
            self.log("read", f"patient {sitting.patient_id}", sitting.patient_id)

    def log_of(self, verb: str, sitting: Sitting) -> None:
        """Who did what to a questionnaire, and of whom it is."""
        self.log(verb, f"interview {sitting.id}", sitting.patient_id)

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
        self.put(card, resuming([(each.id, self.place(each)) for each in found], page))

    def place(self, sitting: Sitting) -> str:
        """`HBI 3/5`, or `HBI review`; of a patient with the code."""
        interview = sitting.interview
        whose = f"{self.whose(sitting)} ".lstrip()
        if interview.question is None:
            return f"{whose}{interview.form.short} review"
        return f"{whose}{interview.form.short} {interview.asked.index(interview.question) + 1}/{len(interview.asked)}"


def _digest(body: str) -> str:
    """Tells one text from another, as the text itself is erased once it is shown; it goes with the buttons."""
    return sha256(body.encode()).hexdigest()[:16]
