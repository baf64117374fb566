"""The answer to `/labs`: every value of a message in its canonical unit, what its limits say, and what is open."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import assert_never

from bot.views import View
from bot.words import SUPPORTS
from flows.chart import Chart
from flows.criteria import Verdict
from flows.days import day
from flows.entry import Entry
from flows.grades import Known, grade
from flows.laboratory import AskUnit, Confirm, Measured, Outcome, Refused, as_typed, share, weigh
from flows.pasted import Block, read_block
from flows.protocol import biomarkers
from flows.protocol.safety import safety
from flows.quantities import Number
from flows.questionnaire import Disease
from flows.samples import Lab

FORM = (
    "Laboratory values in one message: names, numbers and units in any order, or a block as the laboratory writes it.\n"
    "/labs crp 12 fcp 850 hb 11.2 alc 480/µL\n"
    "Without a unit the usual one counts where no other can be meant; everything doubtful is asked about, not guessed."
)
# Every analyte twice; more would not fit into an answer.
MOST_VALUES = 40
# Telegram takes 4096; the last line takes the rest.
MOST_CHARACTERS = 3900
_NOTHING_KEPT = f"<i>A quick check: nothing of it is kept. {SUPPORTS}</i>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a message of values holds: those that are taken, what is unusual about them, and what is open."""

    taken: tuple[tuple[Entry, Measured], ...] = ()
    labs: tuple[Lab, ...] = ()
    unusual: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def read(
    text: str, today: date, earlier: Mapping[str, Sequence[Number]] | None = None, on: date | None = None
) -> Message:
    """A message read whole; values without a day of their own are of the day `on`, or of today.

    `earlier` are a patient's values by analyte, canonical, the last one last: then a review follows, in which a value
    that is unusual in its one reading stands with a question.
    """
    block = read_block(text)
    if len(block.entries) > MOST_VALUES:
        return Message(doubts=(f"At most {MOST_VALUES} values in one message. Nothing was taken.",))
    before = {} if earlier is None else earlier
    weighed = [(entry, _outcome(entry, today, before.get(entry.analyte.code, ()))) for entry in block.entries]
    asked = [_as_asked(entry, outcome, is_reviewed=earlier is not None) for entry, outcome in weighed]
    settled = [(entry, each or outcome) for (entry, outcome), each in zip(weighed, asked, strict=True)]
    taken = tuple((entry, found) for entry, found in settled if isinstance(found, Measured))
    labs = tuple(_lab(entry, found, on or today) for entry, found in taken)
    return Message(
        taken=taken,
        labs=labs,
        unusual=tuple(_unusual(found, outcome) for (_, outcome), found in zip(weighed, asked, strict=True) if found),
        doubts=tuple(_doubts(settled, labs, block)),
    )


def _as_asked(entry: Entry, outcome: Outcome, *, is_reviewed: bool) -> Measured | None:
    """What is asked about, taken as it was typed; before a review also where it has but one reading."""
    if is_reviewed and isinstance(outcome, Confirm) and len(outcome.candidates) == 1:
        return outcome.candidates[0]
    return as_typed(outcome, entry.unit)


def samples(message: Message) -> tuple[str, ...]:
    """The message as a form keeps it: values as they were typed, with their units; then what is to be looked at."""
    values = (
        {
            "analyte": lab.analyte.code,
            "on": lab.on.isoformat(),
            "value": str(measured.given),
            "unit": measured.unit.code,
            "lower_limit": None if entry.lower is None else str(entry.lower),
            "upper_limit": None if entry.upper is None else str(entry.upper),
            "given": lab.given,
            "shown": f"{lab.analyte.title} {lab}",
        }
        for (entry, measured), lab in zip(message.taken, message.labs, strict=True)
    )
    remarks = ({"remark": each} for each in (*message.unusual, *message.doubts))
    return tuple(json.dumps(each, ensure_ascii=False) for each in (*values, *remarks))


def answer(text: str, today: date) -> View:
    """A message of values: what can be taken, and what cannot and why."""
    if not text:
        return View(escape(FORM))
    found = read(text, today)
    before = [
        f"<b>{_heading(len(found.labs), len(found.doubts))}</b>",
        *map(escape, [*(f"CHECK: {each}" for each in found.unusual), *_found(found.labs, today)]),
    ]
    after = [*map(escape, found.doubts), _NOTHING_KEPT]
    room = MOST_CHARACTERS - sum(len(line) + 1 for line in (*before, *after))
    return View("\n".join([*before, *_that_fit([escape(_line(lab)) for lab in found.labs], room), *after]))


def _doubts(settled: list[tuple[Entry, Outcome]], labs: tuple[Lab, ...], block: Block) -> list[str]:
    white = next((lab.number for lab in labs if lab.analyte.code == "wbc" and len(lab.number.ends) == 1), None)
    open_ones = [(entry, found) for entry, found in settled if not isinstance(found, Measured)]
    doubts = [f"Not taken: {_doubt(entry, found, white)}" for entry, found in open_ones]
    return doubts + [f"Not understood: {each}." for each in dict.fromkeys(piece.why for piece in block.unread)]


def _unusual(found: Measured, outcome: Outcome) -> str:
    why = outcome.why.rstrip("?") if isinstance(outcome, AskUnit | Confirm) else ""
    return f"{found}, taken as typed: {why}."


def _that_fit(values: list[str], room: int) -> list[str]:
    """The values for which there is room beside what was found, and how many there are besides."""
    for number in range(len(values), 0, -1):
        hidden = len(values) - number
        shown = values[:number] + [f"{hidden} more taken; in a shorter message each is repeated."] * bool(hidden)
        if sum(len(line) + 1 for line in shown) <= room:
            return shown
    return [f"{len(values)} taken; in a shorter message each is repeated."] * bool(values)


def _heading(taken: int, doubtful: int) -> str:
    values = f"{taken} value{'' if taken == 1 else 's'}"
    return f"LABORATORY · {values}, {doubtful} open" if doubtful else f"LABORATORY · {values}"


def _outcome(entry: Entry, today: date, earlier: Sequence[Number]) -> Outcome:
    if entry.on is not None and entry.on > today:
        return Refused(f"{entry.analyte.title}: {day(entry.on)} lies after today.")
    return weigh(entry.analyte, entry.number, entry.unit, earlier)


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


def _found(labs: tuple[Lab, ...], today: date) -> Iterable[str]:
    """What the limits say of the values, the gravest first."""
    chart = Chart(disease=Disease.CROHNS, labs=labs)  # neither limits nor counts depend on the disease
    yield from (f"{found.level.upper()}: {found.why}." for found in safety(chart, today))
    for found in biomarkers.judge(chart, today):
        if found.finding.verdict in (Verdict.MET, Verdict.NOT_MET):
            every = (found.finding, *found.differs)
            yield "; ".join(f"{each.source.name}: {each.why}" for each in every) + "."


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


def _doubt(entry: Entry, found: Outcome, leukocytes: Number | None) -> str:
    match found:
        case Refused(why=why):
            return why
        case AskUnit(percent=Number() as percent, why=why) if leukocytes and len(percent.ends) == 1:
            count = Lab(analyte=entry.analyte, on=date.min, number=share(percent, leukocytes), given="")
            return (
                f"{entry.analyte.title} {entry.number} ({why}); with the leukocytes of this message it is {count}: "
                "sent so, it is taken."
            )
        case AskUnit(candidates=candidates, why=why) | Confirm(candidates=candidates, why=why):
            which = " or ".join(str(each) for each in candidates)
            meant = f"; with its unit it is taken: {which}" if candidates else ""
            return f"{entry.analyte.title} {entry.number} ({why}){meant}."
        case Measured():
            return ""
    assert_never(found)
