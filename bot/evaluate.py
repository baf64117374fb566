"""`evaluate`: charts in, reports out, a JSON object a line, by the same clinical core as the chat."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import Any

from bot.charts import read_chart
from bot.contract import schema
from bot.judged import NOTHING_JUDGED, iso, judged
from bot.labs import written
from bot.reading import Reading
from bot.values import Twice
from bot.words import VERSION
from flows.chart import Score
from flows.protocol import PROTOCOL_VERSION
from flows.ranges import Points, Range
from flows.report import Report, assess
from flows.scoring import Part

Json = dict[str, Any]


def print_schema() -> int:
    print(json.dumps(schema(), indent=2))
    return 0


def evaluate_file(path: Path | None) -> int:
    """Write a report for each chart; 0 if every line could be read, 1 otherwise."""
    if path is None or str(path) == "-":
        return _evaluate(sys.stdin.buffer if sys.stdin else (), "standard input")
    try:
        with path.open("rb") as file:
            return _evaluate(file, str(path))
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"quiesce: {path} cannot be read: {error.strerror}.", file=sys.stderr)
        return 1


def _evaluate(lines: Iterable[bytes], name: str) -> int:
    today = datetime.now(UTC).astimezone().date()
    readable, count = True, 0
    for count, chart in enumerate(_charts(lines), start=1):
        if isinstance(chart, str):
            readable = False
            _write({"errors": [{"where": f"line {count}", "message": chart}]})
        else:
            _write(report_of(chart, today))
    if count == 0:
        print(f"quiesce: {name} is empty: a chart is one JSON object a line.", file=sys.stderr)
    return 0 if readable and count else 1


def _write(answer: Json) -> None:
    print(json.dumps(answer, default=_echoed), flush=True)


_BLANK = "the line is blank"


def _charts(lines: Iterable[bytes]) -> Iterator[Json | str]:
    """An object for each line that is one, else what is wrong; one object over many lines is one chart."""
    stream = iter(lines)
    first = next(stream, b"")
    if isinstance(_object_in(first), str):
        rest = list(stream)
        whole = _object_in(b"".join([first, *rest]))
        if rest and not isinstance(whole, str):
            yield whole
            return
        stream = iter(rest)
    held = 0
    for line in chain([first], stream):
        if not line.strip():
            held += 1  # blank lines at the end are no charts
            continue
        yield from (_BLANK for _ in range(held))
        held = 0
        yield _object_in(line)


def _object_in(line: bytes) -> Json | str:
    try:
        found = json.loads(
            line.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_pairs
        )
    except UnicodeDecodeError:
        return "the line is not UTF-8"
    except RecursionError:
        return "the line is nested too deeply"
    except (ValueError, ArithmeticError):
        return "the line is no JSON object"
    return found if isinstance(found, dict) else "the line is no JSON object"


def _refuse(name: str) -> None:
    raise ValueError(name)


def _pairs(pairs: list[tuple[str, Any]]) -> Json:
    """An object in which a key that was given twice has no value that could be taken for one."""
    found: Json = {}
    for key, value in pairs:
        found[key] = Twice() if key in found else value
    return found


def report_of(given: Json, today: date) -> Json:
    """The report on one chart, as the contract describes it."""
    reading = read_chart(given, today)
    chart = reading.chart()
    report = assess(chart, reading.today) if chart else None
    return {
        "id": given.get("id"),
        "protocol": PROTOCOL_VERSION,
        "version": VERSION,
        "as_of": iso(report.as_of) if report else None,
        "headline": report.headline if report else "UNDECIDED · the disease is not known",
        "status": report.status if report else (),
        "scores": _scores(reading, report),
        "labs": [written(lab, reading.labs, reading.facts["started_on"]) for lab in reading.labs],
        **(judged(report) if report else NOTHING_JUDGED),
        "errors": reading.errors,
    }


def _scores(reading: Reading, report: Report | None) -> list[Json]:
    notes = report.notes if report else [""] * len(reading.scores)
    return [_scored(score, note) for score, note in zip(reading.scores, notes, strict=True)]


def _scored(score: Score, note: str) -> Json:
    total, questionnaire = score.total, score.questionnaire
    parts = {} if score.recorded_total is not None else dict(questionnaire.parts(score.answers))
    if parts:
        parts |= {name: score.sum_of(*codes) for name, codes in questionnaire.subtotals}
    return {
        "instrument": questionnaire.code,
        "on": score.on.isoformat(),
        "total": _number(total.lowest) if total.is_exact else None,
        "lowest": _number(total.lowest),
        "highest": None if total.highest is None else _number(total.highest),
        "complete": total.is_exact,
        "band": questionnaire.band(total.lowest) if total.is_exact else None,
        "parts": {name: _part(part) for name, part in parts.items()},
        "note": note or None,
    }


def _part(part: Part) -> Any:
    """A number that is open is null."""
    if isinstance(part, Range):
        return _number(part.lowest) if part.is_exact else None
    return list(part) if isinstance(part, tuple) else part


def _number(number: Points) -> int | float:
    return int(number) if number == int(number) else round(float(number), 4)


def _echoed(value: object) -> float | str | None:
    """What JSON read in a way of its own goes back as plain JSON."""
    if isinstance(value, Decimal):
        number = float(value)
        return number if isfinite(number) else str(value)
    return None
