"""What to show at this point of an interview, never how."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from flows.headline import verdict_in_words
from flows.interview import Interview, Stage
from flows.items import Item
from flows.questionnaire import Questionnaire
from flows.ranges import Points, Range
from flows.verdicts import Verdicts, assess_answers, foresee


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item to answer; `certain` is the verdict that no later answer can change, or nothing."""

    questionnaire: Questionnaire
    item: Item
    number: int
    so_far: Points
    ticked: tuple[str, ...]
    certain: str


class Gap(StrEnum):
    """Why an item has no answer."""

    NOT_ASSESSED = "not assessed"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item with its answer in words, or with its gap."""

    item: Item
    answer: str
    gap: Gap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything that was answered, before it counts."""

    questionnaire: Questionnaire
    lines: tuple[Line, ...]
    total: Range
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The verdict, with the answers that it rests on."""

    questionnaire: Questionnaire
    lines: tuple[Line, ...]
    verdicts: Verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class Discarded:
    """Nothing was kept."""

    questionnaire: Questionnaire


Screen = Question | Review | Outcome | Discarded


def screen_of(interview: Interview, today: date) -> Screen:
    questionnaire = interview.questionnaire
    match interview.stage:
        case Stage.ASKING:
            return _question(interview)
        case Stage.REVIEWING:
            return Review(
                questionnaire=questionnaire,
                lines=_lines(interview),
                total=questionnaire.total(interview.answers),
                remarks=tuple(questionnaire.remarks(interview.answers)),
            )
        case Stage.COMPLETED:
            found = assess_answers(questionnaire, interview.answers, today)
            return Outcome(questionnaire=questionnaire, lines=_lines(interview), verdicts=found)
        case Stage.CANCELLED:
            return Discarded(questionnaire=questionnaire)
    assert_never(interview.stage)


def _question(interview: Interview) -> Question:
    item, questionnaire = interview.question, interview.questionnaire
    assert item is not None
    foreseen = foresee(questionnaire, interview.settled)[0]
    return Question(
        questionnaire=questionnaire,
        item=item,
        number=questionnaire.items.index(item) + 1,
        so_far=questionnaire.so_far(interview.settled),
        ticked=interview.ticked,
        certain=verdict_in_words(foreseen) if interview.is_certain() else "",
    )


def _lines(interview: Interview) -> tuple[Line, ...]:
    return tuple(_line(interview, item) for item in interview.questionnaire.items)


def _line(interview: Interview, item: Item) -> Line:
    value = interview.answers.get(item.code)
    if value is not None:
        return Line(item=item, answer=item.describe(value))
    gap = Gap.NOT_ASSESSED if item.code in interview.answers else Gap.NOT_ASKED
    return Line(item=item, answer=gap.value, gap=gap)
