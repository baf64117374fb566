"""Messages that came by themselves and were overtaken: what they ask for was settled elsewhere."""

from collections.abc import Sequence, Set
from datetime import date

from bot.acts import Moment
from bot.front import Front
from bot.reminder_cards import REPLIED, reminder_view
from bot.taps import Keyboard
from store.cards import Card
from store.patients import Patient
from store.reminders import Note
from store.unit_of_work import UnitOfWork


def show_settled(
    work: UnitOfWork, patient: Patient, notes: Sequence[Note], settled: Set[int], today: date, moment: Moment
) -> None:
    """Show on every reminder of a patient that is on screen what became of it, to whomever it came."""
    members = {each.id: each for each in work.members.all_active()}
    for card in work.cards.live_of(patient.id):
        shown = _reminded_of(card)
        if card.member_id in members and not settled.isdisjoint(shown):
            view = reminder_view(patient, [each for each in notes if each.id in shown], today)
            Front(work, members[card.member_id], moment).put(card, view, None, patient.id)


def _reminded_of(card: Card) -> set[int]:
    """The reminders that a card takes answers to; none where it shows something else."""
    assert card.actions is not None
    deeds = Keyboard.from_json(card.actions).deeds
    return {int(number) for deed in deeds if deed[:2] == ("patient", REPLIED) for number in deed[3].split(",")}
