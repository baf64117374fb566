"""Reminders that a clinician sets for a patient: a day and a few words, kept in the record like everything else."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flows.days import day
from flows.errors import InvalidAnswer
from flows.following import Ask
from flows.protocol.due import DueState, Window
from flows.record import Fact, Kind, Observation, standing
from flows.reminder import BEFORE_DUE
from flows.sampling import DAY, read_day

# The item of such a reminder, and the codes of what is written: that it was set, and what became of it.
OWN = "own"
SET, ANSWERED = "remind", "reminded"
# The cover reads it as well.
SOURCE = "set by hand"
# What stands in the place of its words, once it was taken back.
WORDS_REMOVED = "words removed"
MOST_WORDS = 60
# Ours: how long it is looked for, and how far ahead one can be set.
_OPEN_FOR = timedelta(days=7)
_FURTHEST = timedelta(days=5 * 366)


def own_reminder(typed: str, today: date) -> Fact:
    """`24 May 2027 referral to the surgeon`; InvalidAnswer where it has no day ahead, or too many words."""
    found = DAY.match(typed.strip())
    on = read_day(found) if found else None
    if found is not None and on is None and found["slashed"] is None:  # that may be two days
        raise InvalidAnswer(SET, "There is no such day. It is written as in /remind CODE 24 May 2027 referral.")
    if found is None or on is None:
        raise InvalidAnswer(SET, "A reminder needs its day first, and no names: /remind CODE 24 May 2027 referral.")
    words = " ".join(typed.strip()[found.end() :].split()).rstrip(" .,;:")
    if not today <= on <= today + _FURTHEST:
        raise InvalidAnswer(SET, f"{day(on)} does not lie ahead, or lies more than five years ahead.")
    if len(words) > MOST_WORDS:
        raise InvalidAnswer(SET, f"At most {MOST_WORDS} characters of words; these are {len(words)}.")
    return Fact(kind=Kind.NOTE, code=SET, on=on, value={"what": words or "as arranged"})


def answered(slot: str, on: date, value: dict[str, str]) -> Fact:
    """What became of one: done or not possible."""
    return Fact(kind=Kind.NOTE, code=ANSWERED, on=on, value={"of": int(slot), **value})


def wordless() -> dict[str, str]:
    """What is kept of one that was taken back: they are the only words in the record that somebody has chosen."""
    return {"what": WORDS_REMOVED}


def own_asks(written: Iterable[Observation], today: date) -> list[Ask]:
    """Those that stand, with what became of them; told apart by the number of what set them."""
    notes = [each for each in standing(written) if each.fact.kind is Kind.NOTE]
    became = {(each.fact.value or {})["of"]: each.fact.value for each in notes if each.fact.code == ANSWERED}
    return [_ask(each, became.get(each.id), today) for each in notes if each.fact.code == SET]


def own_reasons(written: Iterable[Observation]) -> dict[str, str]:
    """Why one was not possible, by its slot."""
    said = [each.fact.value or {} for each in standing(written) if each.fact.code == ANSWERED]
    return {str(each["of"]): str(each["why"]) for each in said if "why" in each}


def _ask(note: Observation, answer: dict[str, Any] | None, today: date) -> Ask:
    due = note.fact.on
    assert due is not None
    window = Window(due - BEFORE_DUE, due, due + _OPEN_FOR)
    return Ask(
        item=OWN,
        slot=str(note.id),
        title=str((note.fact.value or {})["what"]),
        source=SOURCE,
        window=window,
        state=DueState(answer["state"]) if answer else window.state(today),
    )
