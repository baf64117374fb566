"""A chart examined: what of it could be read, what the core says of it, and the report as the contract describes it."""

import json
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any

import orjson
from msgspec import Struct

from bot.contract.charts import read_chart
from bot.contract.judged import NOTHING_JUDGED, iso, judged
from bot.contract.labs import OF_A_MONTH, written, written_of_month
from bot.contract.reading import Json, Reading
from bot.contract.values import json_decimal
from bot.words import VERSION
from flows.chart import Chart, Score
from flows.protocol import PROTOCOL_VERSION
from flows.protocol.due import Due
from flows.protocol.facts import WITH_STOOLS
from flows.protocol.schedule import schedule
from flows.ranges import Points, Range
from flows.report import Report, assess
from flows.scoring import Part


class Unjudged(Struct, frozen=True):
    """A chart without a disease, of which the core says nothing."""

    given: Json
    reading: Reading

    def written(self) -> Json:
        return _by_contract(self.given, self.reading, None)


class Examined(Struct, frozen=True):
    """A chart with a disease, and what the core says of it."""

    given: Json
    reading: Reading
    chart: Chart
    report: Report

    def written(self) -> Json:
        return _by_contract(self.given, self.reading, self.report)


def examine(given: Json, today: date) -> Examined | Unjudged:
    """`today` counts where the chart has none."""
    reading = read_chart(given, today)
    chart = reading.chart()
    return Examined(given, reading, chart, assess(chart, reading.today)) if chart else Unjudged(given, reading)


def examined_from(inputs: str, today: date) -> Examined:
    """A stored chart of a patient, whose disease is known, read as `evaluate` reads a line."""
    examined = examine(_given_in(inputs), today)
    assert isinstance(examined, Examined)
    return examined


def due_from(inputs: str, today: date) -> tuple[Due, ...]:
    """What is due by a stored chart, without the rest of the report on it."""
    return schedule(chart_from(inputs, today), today)


def chart_from(inputs: str, today: date) -> Chart:
    """A stored chart of a patient, whose disease is known."""
    chart = read_chart(_given_in(inputs), today).chart()
    assert chart is not None
    return chart


def _given_in(inputs: str) -> Json:
    """Its numbers as `evaluate` reads those of a line."""
    given: Json = json.loads(inputs, parse_float=json_decimal)
    return given


def _by_contract(given: Json, reading: Reading, report: Report | None) -> Json:
    """The report on a chart, as the contract describes it."""
    return {
        "id": given.get("id"),
        "protocol": PROTOCOL_VERSION,
        "version": VERSION,
        "as_of": iso(report.as_of) if report else None,
        "headline": report.headline if report else "UNDECIDED · the disease is not known",
        "status": report.status if report else (),
        "scores": _scores(reading, report),
        "labs": _labs(reading),
        **(judged(report) if report else NOTHING_JUDGED),
        "errors": reading.errors,
    }


def _scores(reading: Reading, report: Report | None) -> list[Json]:
    notes = report.notes if report else [""] * len(reading.scores)
    without = WITH_STOOLS if reading.facts["history"].without_stools else ()
    found = [
        _scored(score, iso(score.on), note, has_band=score.questionnaire.code not in without)
        for score, note in zip(reading.scores, notes, strict=True)
    ]
    return found + [
        _scored(score, score.month.isoformat(), OF_A_MONTH, has_band=score.questionnaire.code not in without)
        for score in reading.month_scores
    ]


def _labs(reading: Reading) -> list[Json]:
    first_dose, sex = reading.facts["started_on"], reading.facts["sex"]
    found = [written(lab, reading.labs, first_dose, sex) for lab in reading.labs]
    return found + [written_of_month(lab) for lab in reading.month_labs]


def _scored(score: Score, on: str | None, note: str, *, has_band: bool) -> Json:
    total, questionnaire = score.total, score.questionnaire
    lowest, is_exact = _number(total.lowest), total.is_exact
    parts = {} if score.recorded_total is not None else dict(questionnaire.parts(score.answers, score.points))
    if parts and questionnaire.subtotals:
        parts |= {name: score.sum_of(*codes) for name, codes in questionnaire.subtotals}
    return {
        "instrument": questionnaire.code,
        "on": on,
        "total": lowest if is_exact else None,
        "lowest": lowest,
        "highest": None if total.highest is None else _number(total.highest),
        "complete": is_exact,
        "band": questionnaire.band(total.lowest) if is_exact and has_band else None,
        "parts": {name: _part(part) for name, part in parts.items()},
        "note": note or None,
    }


def _part(part: Part) -> Any:
    """A number that is open is null."""
    if isinstance(part, Range):
        return _number(part.lowest) if part.lowest == part.highest else None
    return list(part) if isinstance(part, tuple) else part


def _number(number: Points) -> int | float:
    if type(number) is int:
        return number
    return int(number) if number == int(number) else round(float(number), 4)


def _echoed(value: object) -> float | str | None:
    """What JSON read in a way of its own goes back as plain JSON."""
    if isinstance(value, Decimal):
        number = float(value)
        return number if isfinite(number) else str(value)
    return None


# Kept, as `json.dumps` makes one for each line; nothing in a report contains itself.
_whatever_json_holds = json.JSONEncoder(default=_echoed, check_circular=False).encode


def as_json(report: Json) -> bytes:
    """On one line. An `id`, or a key that nobody knows, may be what only Python's own module writes: a number beyond
    64 bits, half a surrogate pair, lists within lists by the hundred.
    """
    try:
        return orjson.dumps(report, _echoed)
    except orjson.JSONEncodeError:
        return _whatever_json_holds(report).encode()
