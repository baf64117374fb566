"""Reading scores: every answer as its item takes it, or nothing of the score."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from msgspec import structs

from bot.contract import values
from bot.contract.reading import Json, Reading
from flows.answers import Answers, Value
from flows.chart import MonthScore, Score
from flows.days import Month
from flows.errors import InvalidAnswer
from flows.items import Item
from flows.measures import STATURE, Stature
from flows.questionnaire import Questionnaire
from flows.segments import Segment

_KEYS = frozenset({"instrument", "on", "answers", "total"})
# An item that the contract takes from the chart.
FROM_CHART = "sex"


def read_score(reading: Reading, where: str, given: Json) -> Score | None:
    """One score, or nothing if any value of it is bad; unknown keys are only noted. One of a month is kept apart."""
    reading.only(where, given, _KEYS)
    questionnaire = reading.needed(where, given, "instrument", values.instrument)
    if questionnaire is None:
        return None
    when = reading.needed(where, given, "on", reading.day_or_month)
    month, on = (when, when.first) if isinstance(when, Month) else (None, when)
    score = _score(reading, where, questionnaire, given, on)
    if score is None:
        reading.lose(questionnaire.code, given.get("on"))
    elif month is not None:
        reading.month_scores.append(MonthScore(**structs.asdict(score), month=month))
        return None
    return score


def _score(reading: Reading, where: str, questionnaire: Questionnaire, given: Json, on: date | None) -> Score | None:
    if on is None:
        return None
    if (given.get("answers") is None) == (given.get("total") is None):
        reading.note(where, "needs either answers or a total")
        return None
    if given.get("total") is not None:
        total = reading.needed(where, given, "total", partial(values.accepted, questionnaire.accept_total))
        return None if total is None else Score(questionnaire=questionnaire, on=on, recorded_total=total)
    answers = _answers(reading, f"{where}.answers", questionnaire, given["answers"])
    return None if answers is None else Score(questionnaire=questionnaire, on=on, answers=answers)


def _answers(reading: Reading, where: str, questionnaire: Questionnaire, given: Any) -> Answers | None:
    """Every answer, or nothing if one of them is bad: pain 9 is not pain unknown."""
    if not isinstance(given, dict):
        reading.note(where, "must be an object")
        return None
    items, stature = questionnaire.by_code, questionnaire.stature
    answers: dict[str, Value | None] = {}
    errors = 0
    for code, value in given.items():
        item = items.get(code)
        if item is not None and value is not None and item is not stature:
            try:
                answers[code] = item.accept(value if type(value) is int else _plain(reading, where, item, value))
            except (InvalidAnswer, values.Unusable) as error:
                reading.note(f"{where}.{code}", str(error))
                errors += 1
        elif item is None and not (code in STATURE and stature):
            reading.note(f"{where}.{code}", "unknown key")
    if stature and (measured := _read_stature(reading, where, stature, given)):
        answers[stature.code] = measured[0]
        errors += None in measured
    if FROM_CHART in items and reading.facts.get(FROM_CHART):
        answers.setdefault(FROM_CHART, reading.facts[FROM_CHART].value)
    return None if errors or _contradict(reading, where, questionnaire, answers) else answers


def _plain(reading: Reading, where: str, item: Item, given: Any) -> object:
    """Of a segment its grades; a key that is none of its variables is noted alone."""
    if not isinstance(item, Segment) or not isinstance(given, dict):
        return values.plain(given)
    reading.only(f"{where}.{item.code}", given, item.places.keys())
    return {key: values.plain(value) for key, value in given.items() if key in item.places}


def _read_stature(reading: Reading, where: str, item: Stature, given: Json) -> list[Value | None]:
    """The standard weight, then the height: those that were given, None for one that is bad."""
    return [
        reading.needed(where, given, key, partial(_measured, item, unit))
        for key, unit in STATURE.items()
        if given.get(key) is not None
    ]


def _measured(item: Stature, unit: str, value: Any) -> Value:
    found = values.number(0, 1000)(value)
    return values.accepted(lambda number: item.accept((number, unit)), Decimal(found))


def _contradict(reading: Reading, where: str, questionnaire: Questionnaire, answers: Answers) -> bool:
    try:
        questionnaire.check(answers)
    except InvalidAnswer as error:
        reading.note(f"{where}.{error.item}", str(error))
        return True
    return False
