"""What became of reminders that are settled: by whose word, or by what was recorded, and on which day.

What was found is not said: a reminder may be read on a locked screen.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.acts import Moment
from bot.contract.examined import due_from
from bot.house import House
from bot.patients.inputs import inputs_of
from flows.days import day
from flows.own_reminders import ANSWERED, OWN
from flows.record import Kind, Observation, standing
from flows.reminder import LIVE, State
from store.patients import Patient
from store.reminders import Note
from store.unit_of_work import UnitOfWork

_OVER = "Nothing of this is open any more."
_UNCHANGED = "Nothing was changed; values in reply to that message are taken."
# By whose word, where there is one.
_BY_A_WORD = {State.DONE: "done", State.NOT_POSSIBLE: "not_possible"}


def became(work: UnitOfWork, patient: Patient, told: Iterable[int], moment: Moment) -> str:
    """Of these reminders, none of which is open; nothing where one is, or where there is none."""
    wanted = set(told)
    notes = [each for each in work.reminders.of(patient.id) if each.id in wanted]
    if not notes or any(each.reminder.state in LIVE for each in notes):
        return ""
    written, today = standing(work.observations.of(patient.id)), moment.today
    schedule = due_from(inputs_of(patient, work.clinic.get().region, written, today), today)
    done_on = {(each.item, each.slot): each.done_on for each in schedule}
    groups: dict[str, list[str]] = {}
    for each in notes:
        how = _how(each, written, done_on.get((each.item, each.slot)), moment.house)
        groups.setdefault(how, []).append(each.title)
    return " ".join([_OVER, *(f"{how}: {', '.join(titles)}." for how, titles in groups.items()), _UNCHANGED])


def _how(note: Note, written: Sequence[Observation], done_on: date | None, house: House) -> str:
    state = note.reminder.state
    words = [each for each in written if _is_word(each, note)]
    said = [each for each in words if state in _BY_A_WORD and (each.fact.value or {})["state"] == _BY_A_WORD[state]]
    if said:
        return f"{state.capitalize()}, said {_by(said[-1], house)}"
    found = [each for each in written if done_on and each.fact.on == done_on and each.fact.kind is not Kind.HANDLED]
    if state is State.CLEARED and done_on and found:
        return f"Cleared by what was found on {day(done_on)}, recorded {_by(found[-1], house)}"
    return "Not asked for now" if state is State.MUTED else state.capitalize()


def _is_word(each: Observation, note: Note) -> bool:
    if note.item == OWN:
        return each.fact.code == ANSWERED and str((each.fact.value or {}).get("of")) == note.slot
    return each.fact.kind is Kind.HANDLED and each.fact.code == note.item


def _by(each: Observation, house: House) -> str:
    return f"by member {each.by} on {day(house.day(each.at))}"
