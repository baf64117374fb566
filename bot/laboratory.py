"""The answer to `/labs`: every value of a message in its canonical unit, what its limits say, and what is open."""

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import assert_never

from bot.render import View
from flows.chart import Chart
from flows.criteria import Verdict
from flows.days import day
from flows.entry import Entry
from flows.grades import Known, grade
from flows.laboratory import AskUnit, Confirm, Measured, Outcome, Refused, weigh
from flows.pasted import read_block
from flows.protocol import biomarkers, blood_counts
from flows.questionnaire import Disease
from flows.samples import Lab

FORM = (
    "Laboratory values in one message: names, numbers and units in any order, or a block as the laboratory writes it.\n"
    "/labs crp 12 fcp 850 hb 11.2 alc 480/µL\n"
    "Without a unit the usual one counts where no other can be meant; everything doubtful is asked about, not guessed."
)
# Every analyte twice; more would not fit into an answer.
MOST_VALUES = 40
_NOTHING_KEPT = "<i>A quick check: nothing of it is kept. Supports, does not replace, clinical judgement.</i>"


def answer(text: str, today: date) -> View:
    """A message of values, read whole: what can be taken, and what cannot and why."""
    if not text:
        return View(escape(FORM))
    block = read_block(text)
    if len(block.entries) > MOST_VALUES:
        return View(escape(f"At most {MOST_VALUES} values in one message. Nothing was taken."))
    weighed = [(entry, _outcome(entry, today)) for entry in block.entries]
    labs = tuple(_lab(entry, found, today) for entry, found in weighed if isinstance(found, Measured))
    doubts = [f"Not taken: {_doubt(entry, found)}" for entry, found in weighed if not isinstance(found, Measured)]
    doubts += [f"Not understood: {each}." for each in dict.fromkeys(piece.why for piece in block.unread)]
    lines = [
        f"<b>{_heading(len(labs), len(doubts))}</b>",
        *map(escape, _said(labs, today)),
        *map(escape, doubts),
        _NOTHING_KEPT,
    ]
    return View("\n".join(lines))


def _heading(taken: int, doubtful: int) -> str:
    values = f"{taken} value{'' if taken == 1 else 's'}"
    return f"LABORATORY · {values}, {doubtful} open" if doubtful else f"LABORATORY · {values}"


def _outcome(entry: Entry, today: date) -> Outcome:
    if entry.on is not None and entry.on > today:
        return Refused(f"{entry.analyte.title}: {day(entry.on)} lies after today.")
    return weigh(entry.analyte, entry.number, entry.unit)


def _lab(entry: Entry, measured: Measured, today: date) -> Lab:
    """Limits stand in the unit of the value."""
    lower, upper = (
        None if limit is None else entry.analyte.scale(measured.unit).to_canonical(limit)
        for limit in (entry.lower, entry.upper)
    )
    return Lab(
        analyte=entry.analyte,
        on=entry.on or today,
        number=measured.number,
        given=f"{measured.given} {measured.unit}",
        lower=lower,
        upper=upper,
    )


def _said(labs: tuple[Lab, ...], today: date) -> Iterable[str]:
    """The findings first, then each value as it is understood."""
    chart = Chart(disease=Disease.CROHNS, labs=labs)  # neither limits nor counts depend on the disease
    yield from (f"LIMIT: {found.why}." for found in blood_counts.safety(chart, today))
    for found in biomarkers.judge(chart, today):
        if found.finding.verdict in (Verdict.MET, Verdict.NOT_MET):
            every = (found.finding, *found.differs)
            yield "; ".join(f"{each.source.name}: {each.why}" for each in every) + "."
    yield from map(_line, labs)


def _line(lab: Lab) -> str:
    """One value in its canonical unit, with what it was given as, where that differs, its day and its grade."""
    shown = str(lab)
    parts = [f"{lab.analyte.title} {shown}"]
    if lab.given != shown:
        parts.append(f"given {lab.given}")
    parts.append(day(lab.on))
    found = grade(lab.analyte.code, lab.number, Known(lower=lab.lower, upper=lab.upper))
    if found and found.grade:
        parts.append(f"{found.scale} grade {found.grade}{f' {found.note}' if found.note else ''}")
    return " · ".join(parts)


def _doubt(entry: Entry, found: Outcome) -> str:
    match found:
        case Refused(why=why):
            return why
        case AskUnit(candidates=candidates, why=why) | Confirm(candidates=candidates, why=why):
            which = " or ".join(str(each) for each in candidates)
            meant = f"; with its unit it is taken: {which}" if candidates else ""
            return f"{entry.analyte.title} {entry.number} ({why}){meant}."
        case Measured():
            return ""
    assert_never(found)
