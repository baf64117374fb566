"""What to show at this point of an interview, never how."""

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from flows.headline import verdict_in_words
from flows.interview import Interview, Stage
from flows.items import Item
from flows.questionnaire import Questionnaire
from flows.ranges import Range
from flows.report import Report, assess_answers, foresee


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item to answer; `certain` is the verdict that no later answer can change, or nothing."""

    questionnaire: Questionnaire
    item: Item
    number: int
    so_far: int
    ticked: tuple[str, ...]
    certain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the review."""

    item: Item
    answer: str


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
    report: Report


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
                lines=lines_of(interview),
                total=questionnaire.total(interview.answers),
                remarks=tuple(questionnaire.remarks(interview.answers)),
            )
        case Stage.COMPLETED:
            report = assess_answers(questionnaire, interview.answers, today)
            return Outcome(questionnaire=questionnaire, lines=lines_of(interview), report=report)
        case Stage.CANCELLED:
            return Discarded(questionnaire=questionnaire)
    assert_never(interview.stage)


def lines_of(interview: Interview) -> tuple[Line, ...]:
    return tuple(Line(item=item, answer=_answer(interview, item)) for item in interview.questionnaire.items)


def _question(interview: Interview) -> Question:
    item, questionnaire = interview.question, interview.questionnaire
    assert item is not None
    return Question(
        questionnaire=questionnaire,
        item=item,
        number=questionnaire.items.index(item) + 1,
        so_far=questionnaire.total(interview.answers).lowest,
        ticked=interview.ticked,
        certain=verdict_in_words(foresee(questionnaire, interview.answers)) if interview.is_certain() else "",
    )


def _answer(interview: Interview, item: Item) -> str:
    if item.code not in interview.answers:
        return "not asked"
    value = interview.answers[item.code]
    return "not assessed" if value is None else item.describe(value)
