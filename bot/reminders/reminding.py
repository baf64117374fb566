"""The reminders of a patient, brought up to date with the schedule inside the turn that changed it, or by the tick."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from bot.acts import Moment
from bot.contract.examined import due_from
from bot.patients.inputs import inputs_of
from bot.patients.overtaken import show_changed
from bot.reminders.addressees import Addressees, Team
from bot.reminders.wall_clock import day_of_reminders
from flows.days import ONE_DAY
from flows.following import Ask, asks, follow
from flows.own_reminders import SET, own_asks
from flows.record import Observation, standing
from flows.reminder import SETTLED, State
from store.patients import Patient
from store.reminders import Note
from store.unit_of_work import UnitOfWork


def refresh(
    work: UnitOfWork,
    patient: Patient,
    team: Team,
    moment: Moment,
    today: date,
    said: Mapping[str, str] = MappingProxyType({}),
) -> list[Note]:
    """Bring the rows of a patient to what the schedule says today; `said` are states that a person has just given.

    What is settled by it, or was and is open again, is shown wherever it stands. By a clock that was set back the
    reminders stay on the day that it had shown.
    """
    today = day_of_reminders(team.clinic.clock, moment.now, today)
    written = work.observations.of(patient.id)
    looked_on = _day_of_look(written, today)
    due = due_from(inputs_of(patient, team.clinic.region, written, looked_on), looked_on)
    stored = {(each.item, each.slot): each for each in work.reminders.of(patient.id)}
    before = {each.id: each.reminder.state for each in stored.values()}
    addressees = Addressees(team, patient.responsible_id, today)
    _follow(work, patient.id, [*asks(due), *own_asks(written, today)], stored, addressees, said)
    notes = list(stored.values())
    if changed := {each.id for each in notes if _is_overtaken(before.get(each.id), each.reminder.state)}:
        show_changed(work, patient, notes, changed, today, moment)
    return notes


def _day_of_look(written: Sequence[Observation], today: date) -> date:
    """Tomorrow, where a fact is of it: whoever wrote it has that day already, in a zone further east.

    A reminder that somebody has set for tomorrow is none of it.
    """
    ahead = today + ONE_DAY
    return ahead if any(each.fact.on == ahead and each.fact.code != SET for each in standing(written)) else today


def _is_overtaken(before: State | None, now: State) -> bool:
    """Whether what was settled is not, or otherwise; or is now. As long as it is open its day may move."""
    return before is not None and before is not now and (before in SETTLED or now in SETTLED)


def _follow(
    work: UnitOfWork,
    patient_id: int,
    asked: Sequence[Ask],
    stored: dict[tuple[str, str], Note],
    addressees: Addressees,
    said: Mapping[str, str],
) -> None:
    """Bring what is stored to what is asked, and add to it what is new."""
    known = {key: each.reminder for key, each in stored.items()}
    before = {key: _as_it_is(each) for key, each in stored.items()}
    told = {ask.key: ask for ask in asked}
    for key, reminder in follow(asked, known, addressees.today, said=said, others=addressees.others).items():
        if key not in stored:
            ask = told[key]
            stored[key] = Note(id=0, patient_id=patient_id, item=key[0], slot=key[1], title=ask.title,
                               source=ask.source, for_id=addressees.of(reminder), reminder=reminder,
                               awaited_since=ask.awaited_since)  # fmt: skip
            work.reminders.add(stored[key])
            continue
        note = stored[key]
        note.for_id, note.awaited_since = addressees.of(reminder), None
        if key in told:  # whose rule it is may have changed with the region
            ask = told[key]
            note.title, note.source, note.awaited_since = ask.title, ask.source, ask.awaited_since
        if _as_it_is(note) != before[key]:
            work.reminders.save(note)


def _as_it_is(note: Note) -> tuple[object, ...]:
    """What following the schedule can change."""
    each = note.reminder
    moves = (each.window, each.state, each.step, each.sent_on, each.wake_on, each.missed_on)
    return (*moves, note.for_id, note.title, note.source, note.awaited_since)
