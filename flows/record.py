"""What was written down about one patient: facts, each with who, when and why; which of them stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

# The day of the first dose, among the steps of the course; the dose that is filed with it is that of this day.
STARTED = "started"
# On which day the patient was seen or spoken to, and how, among the notes.
VISIT = "visit"
# That a patient went to a colleague, and that the disease was put right, among the notes.
HANDED_OVER = "handed_over"
DISEASE_CORRECTED = "disease_corrected"


class Kind(StrEnum):
    """What a fact is of."""

    PERSON = "person"
    SCORE = "score"
    LAB = "lab"
    SCREENING = "screening"
    MEDICATION = "medication"
    COURSE = "course"
    EVENT = "event"
    TEST = "test"
    HANDLED = "handled"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`code` names what it is of its kind: an analyte, an instrument, a drug; `value` None voids what it replaces.

    A value holds what the contract of `evaluate` holds for it; `as_given` is how it was typed.
    """

    kind: Kind
    code: str
    value: dict[str, Any] | None
    on: date | None = None
    version: int | None = None
    as_given: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A fact as it was written: once, and never changed; `entry` counts what was filed together."""

    id: int
    fact: Fact
    by: int
    at: datetime
    entry: int
    replaces: int | None = None
    why: str | None = None


def standing(observations: Iterable[Observation]) -> list[Observation]:
    """Those that no other has replaced and that are no voids.

    Each stands in the place of the first that it replaces: the later word on something stays the later one when the
    earlier is corrected, or taken out and brought back.
    """
    every = list(observations)
    replaced = {each.replaces for each in every}
    place: dict[int, int] = {}
    for each in every:
        place[each.id] = each.id if each.replaces is None else place.get(each.replaces, each.id)
    stands = [each for each in every if each.id not in replaced and each.fact.value is not None]
    return sorted(stands, key=lambda each: place[each.id])


def void(fact: Fact) -> Fact:
    """What takes the place of a fact that is taken out."""
    return replace(fact, value=None, as_given=None)


def instead(written: Sequence[Observation], pairs: Iterable[tuple[Observation, Fact]]) -> list[Observation]:
    """The record as it would be with other facts in the place of some."""
    last = max((each.id for each in written), default=0)
    return [
        *written,
        *(replace(old, id=last + at, fact=fact, replaces=old.id) for at, (old, fact) in enumerate(pairs, start=1)),
    ]


def as_one(each: Observation, stands: Sequence[Observation]) -> list[Observation]:
    """What is corrected, and taken out, as one thing: the first dose is its day and the dose of it, filed together."""
    of_day = (each.entry, Kind.COURSE, each.fact.on)
    together = [one for one in stands if (one.entry, one.fact.kind, one.fact.on) == of_day]
    return together if each in together and any(one.fact.code == STARTED for one in together) else [each]


def by_day(every: Iterable[Observation]) -> list[Observation]:
    """In the order of their days; of one day the later written comes last."""
    return sorted(every, key=lambda each: each.fact.on or date.min)


def steps_of(stands: Iterable[Observation], today: date) -> list[Observation]:
    """The steps of a course by a day, in their order; the day of the first dose is none."""
    course = [each for each in by_day(stands) if each.fact.kind is Kind.COURSE and each.fact.code != STARTED]
    return [each for each in course if each.fact.on is not None and each.fact.on <= today]
