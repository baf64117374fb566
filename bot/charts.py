"""Reading a chart from JSON: what can be read is, and everything else gets an error with its place."""

from datetime import date
from functools import partial
from typing import Any

from bot import values
from bot.contract import HISTORY_NOT_YET, NOT_YET
from bot.courses import read_accepted, read_medication
from bot.labs import read_labs
from bot.reading import Json, Reading
from flows.chart import Score
from flows.items import Value
from flows.questionnaire import Questionnaire

_KEYS = (
    *("id", "disease", "today", "started_on", "scores", "labs", "history", "medication", "accepted_baseline"),
    *NOT_YET,
)


def read_chart(given: Json, today: date) -> Reading:
    """Read everything that can be read; `today` counts where the chart has none."""
    reading = Reading(today)
    for key in given:
        if key not in _KEYS:
            reading.note(key, "unknown key")
        elif key in NOT_YET and given[key] is not None:
            reading.note(key, values.NOT_YET_SENTENCE)
    reading.disease = reading.tried("disease", lambda: values.disease(given.get("disease")))
    reading.today = reading.decisive("today", given.get("today"), values.day) or today
    reading.started_on = reading.decisive("started_on", given.get("started_on"), values.day)
    _read_history(reading, given.get("history"))
    _read_scores(reading, given.get("scores"))
    read_labs(reading, given.get("labs"))
    read_medication(reading, given.get("medication"))
    read_accepted(reading, given.get("accepted_baseline"))
    return reading


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
            reading.note(f"history.{key}", values.NOT_YET_SENTENCE)
        elif key not in ("ostomy", "colectomy"):
            reading.note(f"history.{key}", "unknown key")
    reading.ostomy = reading.decisive("history.ostomy", history.get("ostomy"), values.flag)
    reading.colectomy = reading.decisive("history.colectomy", history.get("colectomy"), values.flag)


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
    questionnaire = reading.tried(f"{where}.instrument", lambda: values.instrument(given.get("instrument")))
    on = reading.tried(f"{where}.on", lambda: values.past_day(given.get("on"), reading.today))
    if questionnaire is None or on is None:
        return None
    if (given.get("answers") is None) == (given.get("total") is None):
        reading.note(where, "needs either answers or a total")
        return None
    if given.get("total") is not None:
        total = reading.tried(f"{where}.total", lambda: values.accepted(questionnaire.accept_total, given["total"]))
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
            read = reading.tried(f"{where}.{code}", partial(values.accepted, items[code].accept, value))
            bad = bad or read is None
            answers[code] = read
    return None if bad else answers
