"""What is known of a patient already, beside what is about to be written."""

from collections.abc import Sequence

from flows.analytes import ANALYTES
from flows.days import day
from flows.instruments import SHIPPED
from flows.quantities import Number
from flows.record import Fact, Observation, standing
from flows.samples import Lab

_TITLES = {each.code: each.title for each in ANALYTES} | {each.code: each.short for each in SHIPPED}


def by_analyte(labs: Sequence[Lab]) -> dict[str, list[Number]]:
    """Values by analyte, in the order of their days."""
    found: dict[str, list[Number]] = {}
    for lab in sorted(labs, key=lambda each: each.on):
        found.setdefault(lab.analyte.code, []).append(lab.number)
    return found


def twins(new: Sequence[Lab], known: Sequence[Lab]) -> list[str]:
    """Values of a day of which there is one already: a second sample, or a slip?"""
    stands = {(lab.analyte.code, lab.on): lab for lab in known}
    return [
        f"{lab.analyte.title}: {stands[lab.analyte.code, lab.on]} of {day(lab.on)} stands already; the later counts."
        for lab in new
        if (lab.analyte.code, lab.on) in stands
    ]


def stand_already(facts: Sequence[Fact], written: Sequence[Observation]) -> list[str]:
    """Scores and values of a day of which there is one already."""
    known = {(each.fact.kind, each.fact.code, each.fact.on) for each in standing(written)}
    return [
        f"{_TITLES[each.code]} of {day(each.on)} stands already; the later counts."
        for each in facts
        if each.on and (each.kind, each.code, each.on) in known
    ]
