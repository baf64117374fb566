"""The reminders of a patient, brought up to date with the schedule inside the turn that changed it, or by the tick."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from bot.acts import Moment
from bot.overtaken import show_settled
from flows.following import Ask, asks, follow
from flows.own_reminders import own_asks
from flows.protocol.due import Due
from flows.reminder import ESCALATION, LIVE, Reminder, Step
from store.members import Member, Role
from store.patients import Patient
from store.reminders import Note
from store.unit_of_work import UnitOfWork


def refresh(
    work: UnitOfWork,
    patient: Patient,
    due: Iterable[Due],
    moment: Moment,
    today: date,
    said: Mapping[str, str] = MappingProxyType({}),
) -> list[Note]:
    """Bring the rows of a patient to what the schedule says today; `said` are states that a person has just given.

    What is settled by it is shown where it was asked for.
    """
    stored = {(each.item, each.slot): each for each in work.reminders.of(patient.id)}
    live = {each.id for each in stored.values() if each.reminder.state in LIVE}
    _follow(work, patient, [*asks(due), *own_asks(work.observations.of(patient.id), today)], stored, today, said)
    notes = list(stored.values())
    if settled := {each.id for each in notes if each.id in live and each.reminder.state not in LIVE}:
        show_settled(work, patient, notes, settled, today, moment)
    return notes


def _follow(
    work: UnitOfWork,
    patient: Patient,
    asked: Sequence[Ask],
    stored: dict[tuple[str, str], Note],
    today: date,
    said: Mapping[str, str],
) -> None:
    """Bring what is stored to what is asked, and add to it what is new."""
    known = {key: each.reminder for key, each in stored.items()}
    before = {key: _as_it_is(each) for key, each in stored.items()}
    addressees = Addressees(work, patient, today)
    told = {ask.key: ask for ask in asked}
    for key, reminder in follow(asked, known, today, said=said, others=addressees.others).items():
        if key not in stored:
            ask = told[key]
            stored[key] = Note(id=0, patient_id=patient.id, item=key[0], slot=key[1], title=ask.title,
                               source=ask.source, for_id=addressees.of(reminder), reminder=reminder)  # fmt: skip
            work.reminders.add(stored[key])
            continue
        note = stored[key]
        note.for_id = addressees.of(reminder)
        if key in told:  # whose rule it is may have changed with the region
            note.title, note.source = told[key].title, told[key].source
        if _as_it_is(note) != before[key]:
            work.reminders.save(note)


def _as_it_is(note: Note) -> tuple[object, ...]:
    """What following the schedule can change."""
    each = note.reminder
    return each.window, each.state, each.step, each.sent_on, each.wake_on, note.for_id, note.title, note.source


class Addressees:
    """Whom a reminder of a patient is for: whoever is named for its next step, or the next who can be reached."""

    def __init__(self, work: UnitOfWork, patient: Patient, today: date) -> None:
        self._today = today
        clinic = work.clinic.get()
        self._members = {each.id: each for each in work.members.all_active()}
        self._named = {Step.COVER: clinic.cover_id, Step.LEAD: clinic.lead_id}
        self._responsible = patient.responsible_id

    @property
    def others(self) -> tuple[Step, ...]:
        """The steps beyond the responsible person that somebody else is named for, who can be reached."""
        told = {self._responsible}
        found = []
        for step in ESCALATION:
            number = self._named[step]
            if number is not None and number not in told and _is_reachable(self._members.get(number)):
                found.append(step)
                told.add(number)
        return tuple(found)

    def of(self, reminder: Reminder) -> int:
        """The member who is told next, today or later, or who was told last where nothing more is to be told."""
        step = reminder.fires(max(reminder.wake_on, self._today)) if reminder.wake_on else reminder.step
        first = self._named.get(step, self._responsible) if step else self._responsible
        candidates = (first, self._responsible, self._named[Step.COVER], self._named[Step.LEAD], *self._owners())
        reachable = (each for each in candidates if each is not None and _is_reachable(self._members.get(each)))
        return next(reachable, self._responsible)

    def _owners(self) -> list[int]:
        return [each.id for each in self._members.values() if each.role is Role.OWNER]


def _is_reachable(member: Member | None) -> bool:
    return member is not None and member.unreachable_at is None
