"""What is known of a patient already, beside what is about to be written."""

from collections.abc import Sequence
from datetime import date

from flows.analytes import ANALYTES
from flows.days import day
from flows.filing import AE_REVIEW
from flows.instruments import SHIPPED
from flows.record import VISIT, Fact, Observation, standing

_OF_A_VISIT = (VISIT, AE_REVIEW)
# What can stand already, as it is called.
TITLES = {each.code: each.title for each in ANALYTES} | {each.code: each.short for each in SHIPPED}


def stand_already(facts: Sequence[Fact], written: Sequence[Observation], corrected: int | None = None) -> list[str]:
    """Scores and values of a day of which there is one already: a second one, or a slip?

    `corrected` is the id of the observation that the first fact replaces: it does not count as recorded already, and
    of two values of a day the one with the later id counts.
    """
    stands = [each for each in standing(written) if each.id != corrected]
    known = {(each.fact.kind, each.fact.code, each.fact.on): each for each in stands}
    both = [(each, known.get((each.kind, each.code, each.on))) for each in facts if each.code in TITLES]
    return [_stands_already(old, corrected) for _, old in both if old is not None]


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
    value = f": {fact.as_given}" if fact.as_given else ""
    return f"{TITLES[fact.code]}{value} of {day(fact.on)} stands already; {counts}."
