"""`/labs`: a message of laboratory values answered, and kept for as long as a button can do something with it.

One that names a patient is no quick check: its values are for that patient, to be confirmed.
"""

from bot import lab_cards, laboratory
from bot.acts import Moment
from bot.front import Front
from bot.patients.ward import Ward
from bot.patients.whose import named_in
from flows import clinic_units
from flows.errors import NotNow
from flows.forms.visit import LABS
from flows.interview import Interview, Stage
from store.cards import Card
from store.patients import Patient
from store.unit_of_work import UnitOfWork


class LabDesk:
    """Answers messages of laboratory values."""

    def __init__(self, work: UnitOfWork, moment: Moment, front: Front, ward: Ward) -> None:
        self._work = work
        self._moment = moment
        self._front = front
        self._ward = ward

    def command(self, text: str) -> None:
        """Whatever follows `/labs`."""
        patient, is_all = self._whose(text)
        if patient is not None and is_all:
            self._ward.charting.open(patient, LABS.code)
        elif patient is not None:
            self._ward.charting.take_values(patient, text)
        else:
            self._check(self._front.new_card(), text)
            self._front.question_below()

    def answer(self, card: Card, text: str) -> None:
        """Words that follow `/labs` alone."""
        patient, _ = self._whose(text)
        if patient is not None:
            self._ward.charting.take_values(patient, text, card)
        else:
            self._check(card, text)

    def _whose(self, text: str) -> tuple[Patient | None, bool]:
        """The patient whom a text names, and whether it names nothing else; NotNow where nobody has that code."""
        named = named_in(self._work, text, self._moment.house.pseudonym)
        if not named:
            return None, False
        self._ward.records.require_approval()
        if (patient := named[0].patient) is None:
            raise NotNow(f"Nobody is enrolled as {named[0].code}. Nothing was changed.")
        return patient, named[0].typed.is_all_of(text)

    def _check(self, card: Card, text: str) -> None:
        """Show what a message holds; it is kept where a button can do something with it.

        It can be saved, a unit is to be chosen, or the labels of other regions are to be read.
        """
        clinic = self._work.clinic.get()
        if not text:
            self._front.put(card, lab_cards.offer(clinic_units.units_in_words(clinic.units)))
            return
        message = laboratory.read(text, self._front.today, clinic=clinic_units.known(clinic.units))
        can_be_saved = message.labs and clinic.stores_patients
        is_open = any(each.readings for each in message.doubts)
        if can_be_saved or is_open or (clinic.region and lab_cards.limits(message.labs, self._front.today)):
            self._front.open(_ended(laboratory.samples(message)), card=card)
        else:
            self._front.put(card, lab_cards.answer(message, self._front.today))


def _ended(values: tuple[str, ...]) -> Interview:
    """A check that was answered in one message."""
    return Interview(LABS, answers={"labs": values}, stage=Stage.COMPLETED)
