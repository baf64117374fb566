"""`/labs`: a message of laboratory values answered, and kept for as long as a button can do something with it."""

from bot import lab_cards, laboratory
from bot.front import Front
from flows.forms.visit import LABS
from flows.interview import Interview, Stage
from store.cards import Card
from store.unit_of_work import UnitOfWork


class LabDesk:
    """For the length of one turn."""

    def __init__(self, work: UnitOfWork, front: Front) -> None:
        self._work = work
        self._front = front

    def answer(self, card: Card, text: str) -> None:
        """Show what a message holds; it is kept where it can be saved, or where a unit is to be chosen."""
        if not text:
            self._front.put(card, lab_cards.offer())
            return
        message = laboratory.read(text, self._front.today)
        can_be_saved = message.labs and self._work.clinic.get().stores_patients
        if can_be_saved or any(each.readings for each in message.doubts):
            self._front.open(_ended(laboratory.samples(message)), card=card)
        else:
            self._front.put(card, lab_cards.answer(message, self._front.today))


def _ended(values: tuple[str, ...]) -> Interview:
    """A check that was answered in one message."""
    return Interview(LABS, answers={"labs": values}, stage=Stage.COMPLETED)
