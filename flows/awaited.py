"""What of a message of values is said to be awaited, and which items of the schedule wait for nothing else."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from flows.analytes import BY_CODE
from flows.answers import Value
from flows.dated import AWAITING
from flows.forms import name_within
from flows.protocol.due import Due, DueState
from flows.protocol.satisfied import PARTS, SAME_PART, is_of_laboratory, names
from flows.questionnaire import Disease
from flows.record import Fact, Kind
from flows.sampled import awaited_in

_RECORDED = "What is due and waits for nothing else is recorded so. Else nothing is recorded of it."


def values_awaited(labs: Value | None) -> list[str]:
    """The analytes, by code, of which a message said so; none where all of it is awaited."""
    return awaited_in(labs) if isinstance(labs, tuple) and labs != (AWAITING,) else []


def is_any_awaited(labs: Value | None) -> bool:
    return labs == (AWAITING,) or bool(values_awaited(labs))


def awaited_line(labs: Value | None) -> str:
    """Before it counts; nothing where nothing is awaited."""
    said = awaited_said(values_awaited(labs))
    return f"{said} {_RECORDED}" if said else ""


def awaited_said(codes: Sequence[str]) -> str:
    """`Awaited: calprotectin, CRP.`"""
    titles = [name_within(BY_CODE[code].title) for code in codes]
    return f"Awaited: {', '.join(titles)}." if titles else ""


def awaited_from(
    on: date, labs: Value | None, told: Sequence[Fact], due: Iterable[Due], disease: Disease
) -> list[Fact]:
    """The laboratory items that are due, and had opened by a day, are awaited from that day on.

    Where single values are awaited, those that lack nothing else beside what is told.
    """
    values = values_awaited(labs)
    if not is_any_awaited(labs):
        return []
    return [
        Fact(kind=Kind.HANDLED, code=each.item, on=on, value={"state": "awaiting"})
        for each in due
        if each.state in (DueState.DUE, DueState.OVERDUE)
        and is_of_laboratory(each.item)
        and (each.opens is None or each.opens <= on)
        and (not values or _waits_only_for(each, disease, values, told))
    ]


def _waits_only_for(due: Due, disease: Disease, values: Collection[str], told: Sequence[Fact]) -> bool:
    """Whether all that an item lacks, beside what is told with it, is among some values that are awaited."""
    known = {SAME_PART.get(each.code, each.code) for each in told if each.kind is Kind.LAB}
    named = zip(PARTS[due.item], names(PARTS[due.item], disease), strict=True)
    lacks = {part for part, name in named if name in due.missing and part not in known}
    return bool(lacks) and lacks <= {SAME_PART.get(each, each) for each in values}
