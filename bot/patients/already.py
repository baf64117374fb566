"""What is known of a patient already, beside what is about to be written."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from flows.analytes import ANALYTES
from flows.days import day
from flows.filing import AE_REVIEW
from flows.history_in_words import said_of, title_of
from flows.instruments import SHIPPED
from flows.record import VISIT, Fact, Kind, Observation, as_one, standing

_OF_A_VISIT = (VISIT, AE_REVIEW)
DayOf = Callable[[datetime], date]
# What can stand already, as it is called.
TITLES = {each.code: each.title for each in ANALYTES} | {each.code: each.short for each in SHIPPED}


def stand_already(
    facts: Sequence[Fact], written: Sequence[Observation], day_of: DayOf, corrected: int | None = None
) -> list[str]:
    """Scores, values, steps and drugs of a day of which there is one already: a second one, or a slip?

    `day_of` tells on which day at the clinic something was recorded. `corrected` is the id of the observation that the
    first fact replaces: it does not count as recorded already, and of two values of a day the one with the later id
    counts.
    """
    every = standing(written)
    old = [each for one in every if one.id == corrected for each in as_one(one, every)]
    stands = [each for each in every if each not in old]
    known = {(each.fact.kind, each.fact.code, each.fact.on): each for each in stands}
    both = [(each, known.get((each.kind, each.code, each.on))) for each in facts if each.code in TITLES]
    said = [_stands_already(before, corrected) for _, before in both if before is not None]
    return [*said, *(_stands_already(each, corrected) for each in _of_treatment(facts, stands, day_of))]


def _of_treatment(facts: Sequence[Fact], stands: Sequence[Observation], day_of: DayOf) -> list[Observation]:
    """Steps of the course of the same day as one of these, and drugs told otherwise of that day, or on it."""
    steps = {each.on for each in facts if each.kind is Kind.COURSE}
    drugs = {each.code: each for each in facts if each.kind is Kind.MEDICATION}
    return [
        each
        for each in stands
        if (each.fact.kind is Kind.COURSE and each.fact.on in steps)
        or (each.fact.kind is Kind.MEDICATION and _is_otherwise(each, drugs.get(each.fact.code), day_of))
    ]


def _is_otherwise(old: Observation, drug: Fact | None, day_of: DayOf) -> bool:
    if drug is None or drug.on not in (old.fact.on, day_of(old.at)):
        return False
    return drug.value != old.fact.value


def visited_already(on: date, written: Sequence[Observation]) -> list[str]:
    """That a day has a visit already, by how it was or by the events that it asked for."""
    found = [each for each in standing(written) if each.fact.on == on and each.fact.code in _OF_A_VISIT]
    return [f"a visit of {day(on)} is recorded already, #{found[0].id}."] if found else []


def _stands_already(old: Observation, corrected: int | None) -> str:
    """`CRP: 4 mg/L of 1 Jun 2026 stands already; the later counts.`"""
    fact, counts = old.fact, "the later counts"
    if corrected is not None:
        counts = "that one counts, not this" if old.id > corrected else "this one counts"
    assert fact.on is not None
    value = f": {given}" if (given := _given(old)) else ""
    return f"{TITLES.get(fact.code) or title_of(fact)}{value} of {day(fact.on)} stands already; {counts}."


def _given(old: Observation) -> str | None:
    if old.fact.kind not in (Kind.COURSE, Kind.MEDICATION):
        return old.fact.as_given
    return "stopped" if (old.fact.value or {}).get("stopped") else said_of(old)
