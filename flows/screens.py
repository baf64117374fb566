"""What to show at this point of an interview, never how."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from flows.chart import Chart
from flows.dated import AWAITING, Day, Samples
from flows.form import STANDS, Form
from flows.headline import verdict_in_words
from flows.history import Region
from flows.interview import Interview, Stage
from flows.items import Item
from flows.protocol.cautions import SafetyFinding
from flows.protocol.safety import safety
from flows.questionnaire import Questionnaire
from flows.ranges import Points, Range
from flows.verdicts import Verdicts, assess_answers, foresee

# The button of a form whose items stand as they are while nothing is told.
_UNCHANGED = "Unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item to answer; `certain` is the verdict that no later answer can change, or nothing.

    `so_far` is None where nothing is scored; `offered` is a day of the record that may be the answer. `units` are those
    in which values are read that have none. `known` is what the record says of what is asked.
    """

    form: Form
    item: Item
    number: int
    of: int
    today: date
    so_far: Points | None
    ticked: tuple[str, ...]
    certain: str
    offered: str | None = None
    units: str = ""
    known: str = ""


class NoAnswer(StrEnum):
    """Why an item has no answer."""

    NOT_ASSESSED = "not assessed"
    NOT_ASKED = "not asked"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One item with its answer in words, or with its gap."""

    item: Item
    answer: str
    gap: NoAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything that was answered, before it counts; `total` is None where nothing is scored.

    `values` are those of the laboratory, as the form keeps them.
    """

    form: Form
    lines: tuple[AnswerLine, ...]
    total: Range | None
    remarks: tuple[str, ...]
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The verdict, with the answers that it rests on, and what of them is a matter of safety."""

    questionnaire: Questionnaire
    lines: tuple[AnswerLine, ...]
    verdicts: Verdicts
    safety: tuple[SafetyFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discarded:
    """Nothing was kept."""

    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The answers of a form have gone where they belong."""

    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """Laboratory values that were checked, as a form keeps them, in a clinic of that region."""

    values: tuple[str, ...]
    today: date
    region: Region | None = None


Screen = Question | Review | Outcome | Discarded | Filed | Sampled


def screen_of(interview: Interview, today: date, region: Region | None = None) -> Screen:
    """`region` is whose label speaks of what was answered; all of them where none is set."""
    form = interview.form
    match interview.stage:
        case Stage.ASKING:
            return _question(interview, today)
        case Stage.REVIEWING:
            answers = interview.answers
            return Review(
                form=form,
                lines=_lines(interview),
                total=form.total(answers) if isinstance(form, Questionnaire) else None,
                remarks=tuple(form.remarks(answers)),
                values=_values(interview),
            )
        case Stage.COMPLETED if isinstance(form, Questionnaire):
            found = assess_answers(form, interview.answers, today)
            chart = Chart(disease=form.disease, region=region, scores=found.scores)
            return Outcome(questionnaire=form, lines=_lines(interview), verdicts=found, safety=safety(chart, today))
        case Stage.COMPLETED if all(isinstance(item, Samples) for item in interview.asked):
            return Sampled(values=_values(interview), today=today, region=region)
        case Stage.COMPLETED:
            return Filed(form=form)
        case Stage.CANCELLED:
            return Discarded(form=form)
    assert_never(interview.stage)


def _question(interview: Interview, today: date) -> Question:
    item, form = interview.question, interview.form
    assert item is not None
    scored = form if isinstance(form, Questionnaire) else None
    return Question(
        form=form,
        item=item,
        number=interview.asked.index(item) + 1,
        of=len(interview.asked),
        today=today,
        so_far=scored.so_far(interview.settled) if scored else None,
        ticked=interview.ticked,
        certain=verdict_in_words(foresee(scored, interview.settled)[0]) if scored and interview.is_certain() else "",
        offered=_offered(item, interview),
    )


def _offered(item: Item, interview: Interview) -> str | None:
    if not isinstance(item, Day) or item.offers is None:
        return None
    given = interview.answers.get(item.offers[1])
    return None if given is None else str(given)


def _values(interview: Interview) -> tuple[str, ...]:
    """What the laboratory measured, unless it is awaited."""
    given = [interview.answers.get(item.code) for item in interview.asked if isinstance(item, Samples)]
    return next((each for each in given if isinstance(each, tuple) and each != (AWAITING,)), ())


def _lines(interview: Interview) -> tuple[AnswerLine, ...]:
    return tuple(_line(interview, item) for item in interview.asked)


def _line(interview: Interview, item: Item) -> AnswerLine:
    value = interview.answers.get(item.code)
    stood = interview.answers.get(f"{STANDS}{item.code}")
    if interview.form.unknown == _UNCHANGED and (value is None or value == stood != ()):
        return AnswerLine(item=item, answer=NoAnswer.UNCHANGED.value, gap=NoAnswer.UNCHANGED)
    if value is not None:
        return AnswerLine(item=item, answer=item.describe(value))
    gap = NoAnswer.NOT_ASSESSED if item.code in interview.answers else NoAnswer.NOT_ASKED
    return AnswerLine(item=item, answer=gap.value, gap=gap)
