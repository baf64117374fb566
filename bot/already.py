"""What is known of a patient already, beside what is about to be written."""

from collections.abc import Sequence
from datetime import date

from flows.analytes import ANALYTES
from flows.days import day
from flows.instruments import SHIPPED
from flows.quantities import Number
from flows.record import Fact, Observation, standing
from flows.samples import Lab, by_analyte

_TITLES = {each.code: each.title for each in ANALYTES} | {each.code: each.short for each in SHIPPED}


def numbers_by_analyte(labs: Sequence[Lab]) -> dict[str, list[Number]]:
    """Canonical, in the order of their days."""
    return {code: [lab.number for lab in every] for code, every in by_analyte(labs).items()}


def twins(new: Sequence[Lab], known: Sequence[Lab]) -> list[str]:
    """Values of a day of which there is one already: a second sample, or a slip?"""
    stands = {(lab.analyte.code, lab.on): lab for lab in known}
    return [
        _stands_already(f"{lab.analyte.title}: {stands[lab.analyte.code, lab.on]}", lab.on)
        for lab in new
        if (lab.analyte.code, lab.on) in stands
    ]


def stand_already(facts: Sequence[Fact], written: Sequence[Observation]) -> list[str]:
    """Scores and values of a day of which there is one already."""
    known = {(each.fact.kind, each.fact.code, each.fact.on) for each in standing(written)}
    return [
        _stands_already(_TITLES[each.code], each.on)
        for each in facts
        if each.on and (each.kind, each.code, each.on) in known
    ]


def _stands_already(what: str, on: date) -> str:
    return f"{what} of {day(on)} stands already; the later counts."
