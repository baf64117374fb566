"""One value of a report: what stands behind the name of an analyte, understood whole or not at all."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from flows.analyte import Analyte
from flows.limits import FLAG, NUMBER, PrintedLimits, limits_at
from flows.numerals import read_number
from flows.quantities import Either, Number, Unit
from flows.units import LONGEST, PERCENT, read_unit

_LEAD = re.compile(rf"[\s:=]*(?:(?:[*!]|\++|↑+|↓+|HH?|LL?)(?=[\s0-9↑↓])\s*)?(?P<sign>[<>]=?|[≤≥])?\s*(?={NUMBER})")
_GROUPED = re.compile(NUMBER)
_SINGLE = re.compile(r"[0-9]*(?:[.,][0-9]+)+|[0-9]+")
_GLUED_FLAG = re.compile(r"(HH|LL|H|L|\*{1,3}|\+{1,3}|↑+|↓+)(?=$|[\s,;(\[])")
_WITH_SOME_UNIT = re.compile(rf"(?:{NUMBER})\s*(?![0-9])[^\s,;]*/[^\s,;]+")
_NOISE = re.compile(r"\s*\(\s*(?:calc\.?|calculated)?\s*\)|\s+abs\.?(?=\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A value as a message gives it; limits are in its unit, `unit` None means that none was written."""

    analyte: Analyte
    written: str
    number: Number | Either
    unit: Unit | None = None
    flag: str = ""
    lower: Decimal | None = None
    upper: Decimal | None = None
    on: date | None = None

    @property
    def is_share(self) -> bool:
        """A per cent of the leukocytes."""
        return self.unit == PERCENT and self.analyte.is_leukocyte_share


def read_entry(analyte: Analyte, written: str, text: str) -> Entry | None:
    """The one reading of `text` that leaves nothing over; `written` is the name with it."""
    lead = _LEAD.match(text)
    if lead is None:
        return None
    digits = {match[0] for pattern in (_GROUPED, _SINGLE) if (match := pattern.match(text, lead.end()))}
    entries = []
    for each in digits:
        number = read_number((lead["sign"] or "") + each)
        entry = number and _rest(Entry(analyte=analyte, written=written, number=number), text, lead.end() + len(each))
        # A space that parts thousands may part two numbers: a unit behind them decides.
        if entry and (entry.unit or " " not in each):
            entries.append(entry)
    return entries[0] if len(entries) == 1 else None


def has_some_unit(text: str) -> bool:
    """Whether `text` is a number with something like a unit, and no more: where it cannot be read, one not listed."""
    lead = _LEAD.match(text)
    return bool(lead and _WITH_SOME_UNIT.fullmatch(text, lead.end()))


def _rest(entry: Entry, text: str, at: int) -> Entry | None:
    """The entry with its unit, limits and flags, if they are all that stands behind its number."""
    limits = None
    if glued := _GLUED_FLAG.match(text, at):
        entry, at = replace(entry, flag=glued[1]), glued.end()
    while text[at:].strip():
        if flag := FLAG.match(text, at):
            entry, at = replace(entry, flag=entry.flag or flag[2]), flag.end()
        elif noise := _NOISE.match(text, at):
            at = noise.end()
        elif entry.unit is None and (end := _unit_end(entry.analyte, text, at)):
            entry, at = replace(entry, unit=read_unit(text[at:end], entry.analyte.readable)), end
        elif limits is None and (limits := limits_at(text, at, entry.analyte.readable)):
            at = limits.end
        elif limits and entry.unit and limits.unit is None and (end := _unit_end(entry.analyte, text, at)):
            limits, at = replace(limits, unit=read_unit(text[at:end], entry.analyte.readable)), end
        else:
            return None
    return _with_limits(entry, limits) if limits else entry


def _unit_end(analyte: Analyte, text: str, at: int) -> int:
    """Where the longest unit that begins at `at` ends, or 0."""
    ends = [match.start() for match in re.finditer(r"(?<=\S)(?=[\s,;()\[\]]|$)", text[: at + LONGEST])]
    return next((end for end in reversed(ends) if end > at and read_unit(text[at:end], analyte.readable)), 0)


def _with_limits(entry: Entry, limits: PrintedLimits) -> Entry:
    """Limits in the unit of the value; a unit behind the limits alone is that of the value too."""
    unit = entry.unit or limits.unit
    lower, upper = limits.lower, limits.upper
    if unit and limits.unit and limits.unit != unit:
        if not {unit, limits.unit} <= set(entry.analyte.units):
            return replace(entry, unit=unit)
        lower, upper = (
            None if limit is None else entry.analyte.convert(limit, limits.unit, unit) for limit in (lower, upper)
        )
    return replace(entry, unit=unit, lower=lower, upper=upper)
