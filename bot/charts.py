"""Reading a chart from JSON: what can be read is, and everything else gets an error with its place."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from bot.contract import HISTORY_NOT_YET, INSTRUMENTS_NOT_YET, NOT_YET
from flows.chart import Chart, Score
from flows.errors import InvalidAnswer
from flows.instruments import SHIPPED, current
from flows.items import Value
from flows.questionnaire import Disease, Questionnaire

T = TypeVar("T")
Json = dict[str, Any]

NOT_YET_SENTENCE = "not evaluated in this version"

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Far above anything that can be counted here, and small enough to be worked with.
_DIGITS = 12
_NUMBER = re.compile(rf"[+-]?[0-9]{{1,{_DIGITS}}}(\.[0-9]{{1,{_DIGITS}}})?")
_KEYS = ("id", "disease", "today", "started_on", "scores", "history", *NOT_YET)


class Twice:
    """Stands for a value whose key was given more than once."""


class Unusable(Exception):
    """A value that cannot be used; its text is the sentence for the errors."""


@dataclass(slots=True)
class Reading:
    """A chart as far as it can be read; `disease` None where that is not known."""

    today: date
    disease: Disease | None = None
    scores: list[Score] = field(default_factory=list)
    started_on: date | None = None
    ostomy: bool | None = None
    colectomy: bool | None = None
    unreadable: list[str] = field(default_factory=list)
    errors: list[dict[str, str]] = field(default_factory=list)

    def chart(self) -> Chart | None:
        """What the core assesses; nothing without a disease."""
        if self.disease is None:
            return None
        return Chart(
            disease=self.disease,
            scores=tuple(self.scores),
            started_on=self.started_on,
            ostomy=self.ostomy,
            colectomy=self.colectomy,
            unreadable=tuple(self.unreadable),
        )

    def note(self, where: str, message: str) -> None:
        self.errors.append({"where": where, "message": message})


def read_chart(given: Json, today: date) -> Reading:
    """Read everything that can be read; `today` counts where the chart has none."""
    reading = Reading(today)
    for key in given:
        if key not in _KEYS:
            reading.note(key, "unknown key")
        elif key in NOT_YET and given[key] is not None:
            reading.note(key, NOT_YET_SENTENCE)
    reading.disease = _tried(reading, "disease", lambda: _disease(given.get("disease")))
    reading.today = _decisive(reading, given, "today", _day) or today
    reading.started_on = _decisive(reading, given, "started_on", _day)
    _read_history(reading, given.get("history"))
    _read_scores(reading, given.get("scores"))
    return reading


def _decisive(reading: Reading, given: Json, key: str, read: Callable[[Any], T], place: str = "") -> T | None:
    """A fact on which verdicts rest; one that was given and cannot be read leaves them open."""
    if given.get(key) is None:
        return None
    where = f"{place}{key}"
    value = _tried(reading, where, lambda: read(given[key]))
    if value is None:
        reading.unreadable.append(where)
    return value


def _tried(reading: Reading, where: str, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Unusable as error:
        reading.note(where, str(error))
        return None


def _read_history(reading: Reading, history: Any) -> None:
    if history is None:
        return
    if not isinstance(history, dict):
        reading.note("history", "must be an object")
        reading.unreadable.append("history")
        return
    for key in history:
        if key in HISTORY_NOT_YET and history[key] is None:
            continue
        if key in HISTORY_NOT_YET:
            reading.note(f"history.{key}", NOT_YET_SENTENCE)
        elif key not in ("ostomy", "colectomy"):
            reading.note(f"history.{key}", "unknown key")
    reading.ostomy = _decisive(reading, history, "ostomy", _flag, "history.")
    reading.colectomy = _decisive(reading, history, "colectomy", _flag, "history.")


def _read_scores(reading: Reading, scores: Any) -> None:
    if scores is None:
        return
    if not isinstance(scores, list):
        reading.note("scores", "must be a list")
        return
    for position, given in enumerate(scores):
        score = _score(reading, f"scores[{position}]", given)
        if score is not None:
            reading.scores.append(score)


def _score(reading: Reading, where: str, given: Any) -> Score | None:
    """One score, or nothing if any value of it is bad; unknown keys are only noted."""
    if not isinstance(given, dict):
        reading.note(where, "must be an object")
        return None
    for key in given:
        if key not in ("instrument", "on", "answers", "total"):
            reading.note(f"{where}.{key}", "unknown key")
    questionnaire = _tried(reading, f"{where}.instrument", lambda: _instrument(given.get("instrument")))
    on = _tried(reading, f"{where}.on", lambda: _past_day(given.get("on"), reading.today))
    if questionnaire is None or on is None:
        return None
    if (given.get("answers") is None) == (given.get("total") is None):
        reading.note(where, "needs either answers or a total")
        return None
    if given.get("total") is not None:
        total = _tried(reading, f"{where}.total", lambda: _accepted(questionnaire.accept_total, given["total"]))
        return None if total is None else Score(questionnaire=questionnaire, on=on, recorded_total=total)
    answers = _answers(reading, f"{where}.answers", questionnaire, given["answers"])
    return None if answers is None else Score(questionnaire=questionnaire, on=on, answers=answers)


def _answers(reading: Reading, where: str, questionnaire: Questionnaire, given: Any) -> dict[str, Value | None] | None:
    """Every answer, or nothing if one of them is bad: pain 9 is not pain unknown."""
    if not isinstance(given, dict):
        reading.note(where, "must be an object")
        return None
    items = {item.code: item for item in questionnaire.items}
    answers: dict[str, Value | None] = {}
    bad = False
    for code, value in given.items():
        if code not in items:
            reading.note(f"{where}.{code}", "unknown key")
        elif value is not None:
            read = _tried(reading, f"{where}.{code}", partial(_accepted, items[code].accept, value))
            bad = bad or read is None
            answers[code] = read
    return None if bad else answers


# Single values


def _accepted(accept: Callable[[object], T], value: Any) -> T:
    try:
        return accept(_plain(value))
    except InvalidAnswer as error:
        raise Unusable(str(error)) from error


def _plain(value: Any) -> object:
    """A whole number however it is written, `3`, `3.0` or `"3"`; anything else as it is."""
    _refuse_twice(value)
    if isinstance(value, list):
        for each in value:
            _refuse_twice(each)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = Decimal(value)
    if isinstance(value, Decimal) and abs(value.adjusted()) < _DIGITS and value == value.to_integral_value():
        return int(value)
    return value


def _refuse_twice(value: object) -> None:
    if isinstance(value, Twice):
        raise Unusable("given more than once")


def _disease(value: Any) -> Disease:
    _refuse_twice(value)
    if value not in tuple(Disease):
        raise Unusable('must be "CD" or "UC"')
    return Disease(value)


def _day(value: Any) -> date:
    _refuse_twice(value)
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise Unusable("must be a day as 2026-06-01")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Unusable("is no day of the calendar") from error


def _past_day(value: Any, today: date) -> date:
    day = _day(value)
    if day > today:
        raise Unusable(f"lies after today, {today}")
    return day


def _flag(value: Any) -> bool:
    _refuse_twice(value)
    if not isinstance(value, bool):
        raise Unusable("must be true or false")
    return value


def _instrument(value: Any) -> Questionnaire:
    _refuse_twice(value)
    if value in INSTRUMENTS_NOT_YET:
        raise Unusable(NOT_YET_SENTENCE)
    questionnaire = current(value) if isinstance(value, str) else None
    if questionnaire is None:
        raise Unusable(f"must be one of {', '.join(each.code for each in SHIPPED)}")
    return questionnaire
