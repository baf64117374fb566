"""Cards about a patient that were overtaken: what a reminder tells of was settled elsewhere, a verdict said anew."""

from collections.abc import Sequence, Set
from datetime import date, datetime

from bot.acts import Moment
from bot.front import Front
from bot.patients.deeds import shows_verdict
from bot.reminders.cards import REPLIED, TOLD, Told, digest_again, listed_in, reminder_view, told_in
from bot.reminders.list_behind import list_behind, with_way_back
from bot.taps import Deed, Keyboard
from store.cards import Card, Wish
from store.patients import Patient
from store.reminders import Note
from store.unit_of_work import UnitOfWork


def show_changed(
    work: UnitOfWork, patient: Patient, notes: Sequence[Note], changed: Set[int], today: date, moment: Moment
) -> None:
    """Show on every reminder of a patient that is on screen what became of it, to whomever it came.

    Of digests, on the last one that told of any of the patient's reminders.
    """
    members = {each.id: each for each in work.members.all_active()}
    for card in work.cards.live_of(patient.id):
        shown = _told_of(card)
        if card.member_id in members and not changed.isdisjoint(shown):
            view = reminder_view(patient, [each for each in notes if each.id in shown], today, card.member_id)
            Front(work, members[card.member_id], moment).put(
                card, with_way_back(view, list_behind(card)), None, patient.id
            )
    for card in work.cards.digests_of(patient.id):
        keyboard = _keyboard(card)
        listed = listed_in(keyboard)
        if card.member_id in members and not changed.isdisjoint(listed.get(patient.id, ())):
            told = [_as_it_is(work, number, listed[number], moment.now) for number in listed]
            view = digest_again(keyboard, told, today, card.member_id)
            Front(work, members[card.member_id], moment).put(card, view)


def _as_it_is(work: UnitOfWork, patient_id: int, numbers: Set[int], now: datetime) -> Told:
    """A patient with these reminders; the text of a digest is not kept, so that each of its lines is read again."""
    work.audit.add(None, "look", f"patient {patient_id}", now, patient_id)
    return work.patients.get(patient_id), [each for each in work.reminders.of(patient_id) if each.id in numbers]


def _told_of(card: Card) -> set[int]:
    """The reminders that a card tells of, or takes answers to; none where it shows something else."""
    return told_in(_keyboard(card), TOLD, REPLIED)


def retire_verdicts(work: UnitOfWork, patient: Patient, now: datetime) -> None:
    """Cards that show a verdict of a patient lose their buttons and keep their words."""
    for card in work.cards.live_of(patient.id):
        if shows_verdict(_deeds(card)):
            work.cards.want(card, Wish(at=now, patient_id=patient.id, body=card.body, picture=card.picture))


def _deeds(card: Card) -> Sequence[Deed]:
    return _keyboard(card).deeds


def _keyboard(card: Card) -> Keyboard:
    """Of a card that has buttons."""
    assert card.actions is not None
    return Keyboard.from_json(card.actions)
