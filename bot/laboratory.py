"""A message of laboratory values, read whole: every value in its canonical unit, and what is open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from flows import pasted
from flows.answers import Value
from flows.dated import AWAITING
from flows.days import day
from flows.entry import Entry
from flows.laboratory import (
    AskUnit,
    ClinicUnits,
    Confirm,
    Earlier,
    Measured,
    Outcome,
    Refused,
    as_typed,
    doubt_in,
    share,
    weigh,
)
from flows.quantities import Number
from flows.sampled import Json, Limits, as_kept, doubt, kept, lab_of, sample, waiting
from flows.samples import Lab, known_by
from flows.sentences import ended

STOOL_TEST = (
    "Not taken: a test for an infection of the stool is recorded apart from these values, with its own day: "
    "/p and the patient's code, then Stool test."
)
SEROLOGY = (
    "Not taken: {named}: the Checklist takes what is screened for, with its day: /p and the patient's code, then "
    "Checklist."
)
# Every analyte twice; more would not fit into an answer.
MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class OpenDoubt:
    """What was not taken as it stood, and why, or what else is to be looked at; `readings` are what it may be."""

    said: str
    of: str = ""
    readings: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LabMessage:
    """What a message of values holds: those that are taken, as `samples` keeps them, and what is open.

    `awaited` are the analytes, by code, of which it says that the result is.
    """

    labs: tuple[Lab, ...] = ()
    taken: tuple[Json, ...] = ()
    doubts: tuple[OpenDoubt, ...] = ()
    awaited: tuple[str, ...] = ()


def read(
    text: str,
    today: date,
    known: Sequence[Lab] | None = None,
    on: date | None = None,
    clinic: ClinicUnits | None = None,
) -> LabMessage:
    """A message read whole; values without a day of their own are of the day `on`, or of today.

    Those without a unit are in that of the `clinic`.

    With what is `known` of a patient a review follows, in which a value that is unusual in its one reading stands with
    a question.
    """
    block = pasted.read_block(text)
    if len(block.entries) > MOST_VALUES:
        return LabMessage(doubts=(OpenDoubt(said=f"At most {MOST_VALUES} values in one message. Nothing was taken."),))
    on = on or today
    earlier = [
        None if known is None else known_by(known, entry.analyte.code, entry.on or on) for entry in block.entries
    ]
    every = zip(block.entries, earlier, strict=True)
    weighed = [(entry, _outcome(entry, today, before, clinic)) for entry, before in every]
    asked = [_as_asked(entry, outcome, is_reviewed=known is not None) for entry, outcome in weighed]
    taken: list[tuple[Lab, Json]] = []
    open_ones: list[tuple[Entry, Outcome, Earlier]] = []
    for (entry, outcome), typed, before in zip(weighed, asked, earlier, strict=True):
        if isinstance(found := typed or outcome, Measured):
            its = (found, entry.on or on, _limits(entry))
            remark = _unusual(found, outcome) if typed else None
            taken.append((lab_of(*its), sample(*its, remark, is_dated=entry.on is not None)))
        else:
            open_ones.append((entry, outcome, before))
    labs = tuple(lab for lab, _ in taken)
    white = next((each.number for each in labs if each.analyte.code == "wbc" and len(each.number.ends) == 1), None)
    doubts = [_doubt(entry, outcome, white, on, before) for entry, outcome, before in open_ones]
    unread = [each for each in block.unread if not pasted.awaited_in(each)]
    doubts += [OpenDoubt(said=_unread(why, unread)) for why in dict.fromkeys(piece.why for piece in unread)]
    awaited = dict.fromkeys(analyte.code for each in block.unread for analyte in pasted.awaited_in(each))
    return LabMessage(labs=labs, taken=tuple(each for _, each in taken), doubts=tuple(doubts), awaited=tuple(awaited))


def samples(message: LabMessage) -> tuple[str, ...]:
    """The message as a form keeps it: values as they were typed, with their units; then what is to be looked at."""
    doubts = [doubt(each.said, each.of, each.readings) for each in message.doubts]
    return as_kept([*message.taken, *doubts, *([waiting(message.awaited)] if message.awaited else [])])


def leaves_stool_test(values: Value | None) -> bool:
    """Whether a test of the stool stood among values that a form keeps."""
    return (
        isinstance(values, tuple) and values != (AWAITING,) and any(each.remark == STOOL_TEST for each in kept(values))
    )


def _unread(why: str, unread: Sequence[pasted.Unread]) -> str:
    """Why pieces of the message were not understood, and which analytes they name: of those nothing was taken."""
    if why == pasted.STOOL_TEST:
        return STOOL_TEST
    pieces = [each.text for each in unread if each.why == why]
    if why == pasted.SEROLOGY:
        return SEROLOGY.format(named=", ".join(pieces))
    titles = dict.fromkeys(analyte.title for each in pieces for analyte in pasted.named_in(each))
    lost = f" Not taken: {', '.join(titles)}." if titles and why != pasted.SHARE else ""
    return f"Not understood: {why}.{lost}"


def _limits(entry: Entry) -> Limits:
    return Limits(lower=entry.lower, upper=entry.upper)


def _as_asked(entry: Entry, outcome: Outcome, *, is_reviewed: bool) -> Measured | None:
    """What is asked about, taken as it was typed; before a review also where it has but one reading."""
    if is_reviewed and isinstance(outcome, Confirm) and len(outcome.candidates) == 1:
        return outcome.candidates[0]
    return as_typed(outcome, entry.unit)


def _unusual(found: Measured, outcome: Outcome) -> str:
    why = doubt_in(outcome).rstrip("?")
    return f"{found}, taken as typed: {why}."


def _outcome(entry: Entry, today: date, earlier: Earlier, clinic: ClinicUnits | None) -> Outcome:
    if entry.on is not None and entry.on > today:
        return Refused(f"{entry.analyte.title}: {day(entry.on)} lies after today.")
    return weigh(entry.analyte, entry.number, entry.unit, earlier, clinic)


def _unusual_as_chosen(found: Measured, earlier: Sequence[Number]) -> str:
    """What is unusual about a reading beside the patient's own values, once it is chosen."""
    outcome = weigh(found.analyte, found.given, found.unit, earlier)
    return ended(f"{found}, as chosen: {why}") if (why := doubt_in(outcome)) else ""


def _plausible(found: Measured) -> tuple[Measured, ...]:
    return (found,) if found.analyte.is_plausible(found.number.value) else ()


def _doubt(entry: Entry, found: Outcome, leukocytes: Number | None, on: date, earlier: Earlier) -> OpenDoubt:
    """Why a value was not taken as it stands, and each value that it may be."""
    of = f"{entry.analyte.title} {entry.number}{f' {entry.unit}' if entry.unit else ''}"
    match found:
        case Refused(why=why):
            return OpenDoubt(said=f"Not taken: {why}", of=of)
        case AskUnit(percent=Number() as percent, why=why) if leukocytes and len(percent.ends) == 1:
            count = share(percent, leukocytes)
            counted = Measured(entry.analyte, count, count, entry.analyte.unit)
            lab = Lab(analyte=entry.analyte, on=date.min, number=count, given="")
            said = f"{of} ({why}); with the leukocytes of this message it is {lab}: sent so, it is taken."
            # Limits that stand beside a share are those of the share.
            entry, candidates = replace(entry, lower=None, upper=None), (*found.candidates, *_plausible(counted))
        case AskUnit(candidates=candidates, why=why) | Confirm(candidates=candidates, why=why):
            which = " or ".join(str(each) for each in candidates)
            said = f"{of} ({why}){f'; with its unit it is taken: {which}' if candidates else ''}."
        case Measured():
            raise AssertionError(of)
        case _:
            assert_never(found)
    readings = tuple(_reading(each, entry, on, earlier) for each in candidates)
    return OpenDoubt(said=f"Not taken: {said}", of=of, readings=readings)


def _reading(candidate: Measured, entry: Entry, on: date, earlier: Earlier) -> Json:
    """One value that an entry may be, with what is unusual about it beside the patient's own."""
    remark = None if earlier is None else _unusual_as_chosen(candidate, earlier)
    return sample(candidate, entry.on or on, _limits(entry), remark, is_dated=entry.on is not None)
