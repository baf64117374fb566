"""The cards of one member: what is put on them, and which of them is below."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from bot.acts import Moment
from bot.clock import local_day
from bot.render import render, said
from bot.views import View
from flows.clinic_units import units_in_words
from flows.dated import Samples
from flows.days import day
from flows.filing import facts_of_check
from flows.interview import OPEN, Stage
from flows.screens import Question, Screen, screen_of
from store.cards import Card, Wish
from store.interviews import Sitting
from store.members import Member
from store.unit_of_work import UnitOfWork


class OnScreen:
    """Puts views and questionnaires on the cards of one member."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        # What is to be said of an interview whenever it is shown.
        self.beside: Callable[[Sitting], str] = lambda _: ""
        # What the record says of what is asked.
        self.known: Callable[[Sitting], str] = lambda _: ""

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
        is_answered = sitting.interview.stage is Stage.COMPLETED
        region = self._work.clinic.get().region if is_answered else None
        found = screen_of(sitting.interview, self.today, region)
        if isinstance(found, Question):
            units = units_in_words(self._work.clinic.get().units) if isinstance(found.item, Samples) else ""
            return replace(found, units=units, known=self.known(sitting))
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
        return self._moment.house.day(at)

    def day_of(self, sitting: Sitting) -> date:
        """The clinic's day on which it was last answered."""
        return self.clinic_day(sitting.touched_at)

    def _whose_day(self, sitting: Sitting) -> str:
        """What a form of a patient says to whoever is where it is another day."""
        is_asked = sitting.interview.stage in OPEN and bool(self.whose(sitting))
        return f"At the clinic it is {day(self.today)}." if is_asked and self.own_day != self.today else ""

    def sitting(self) -> Sitting | None:
        """The questionnaire in front, if there is one."""
        return self._work.interviews.front(self._member.id)

    def log(self, verb: str, subject: str, patient_id: int | None = None) -> None:
        """Who did what to which thing, for the audit, and whom it is about; never a value."""
        self._work.audit.add(self._member.id, verb, subject, self._moment.now, patient_id)

    def log_of(self, verb: str, sitting: Sitting) -> None:
        """Who did what to a questionnaire, and of whom it is."""
        self.log(verb, f"interview {sitting.id}", sitting.patient_id)

    def _read(self, sitting: Sitting) -> None:
        """The code of its patient is shown, if it has one (DECISIONS.md, record 89)."""
        if sitting.patient_id is not None:
            self.log("read", f"patient {sitting.patient_id}", sitting.patient_id)


def _digest(body: str) -> str:
    """Tells one text from another, as the text itself is erased once it is shown; it goes with the buttons."""
    return sha256(body.encode()).hexdigest()[:16]
