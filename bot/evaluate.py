"""`evaluate`: charts in, reports out, a JSON object a line, by the same clinical core as the chat."""

import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO

from bot.charts import read_chart
from bot.contract import schema
from bot.cores import Numbered, cores, on_every_core
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
            return _evaluate(file, str(path), is_long=_is_long(file))
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"quiesce: {path} cannot be read: {error.strerror}.", file=sys.stderr)
        return 1


# Other processes are worth starting from here on: some ninety full charts.
_LONG_BYTES = 1 << 18


def _is_long(file: BinaryIO) -> bool:
    """A file on disk that is; what comes through a pipe is answered line by line as it comes."""
    state = os.fstat(file.fileno())
    return stat.S_ISREG(state.st_mode) and state.st_size >= _LONG_BYTES and cores() > 1


def _evaluate(lines: Iterable[bytes], name: str, *, is_long: bool = False) -> int:
    answer = partial(_answers, today=datetime.now(UTC).astimezone().date())
    numbered = enumerate(_lines(lines), start=1)
    answers = on_every_core(answer, numbered) if is_long else (answer([each]) for each in numbered)
    all_readable, count = True, 0
    for text, readable in answers:
        print(text, end="", flush=True)
        all_readable, count = all_readable and readable, count + 1
    if count == 0:
        print(f"quiesce: {name} is empty: a chart is one JSON object a line.", file=sys.stderr)
    return 0 if all_readable and count else 1


def _answers(lines: Numbered, today: date) -> tuple[str, bool]:
    """A line for each, and whether every one could be read."""
    charts = [(number, _object_in(line)) for number, line in lines]
    texts = [f"{_text(_answer(number, chart, today))}\n" for number, chart in charts]
    return "".join(texts), not any(isinstance(chart, str) for _, chart in charts)


def _answer(number: int, chart: Json | str, today: date) -> Json:
    if isinstance(chart, str):
        return {"errors": [{"where": f"line {number}", "message": chart}]}
    return report_of(chart, today)


_BLANK = "the line is blank"


def _lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Each line that stands for a chart; one object over many lines is one chart."""
    stream = iter(lines)
    first = next(stream, b"")
    if isinstance(_object_in(first), str):
        rest = list(stream)
        whole = b"".join([first, *rest])
        if rest and not isinstance(_object_in(whole), str):
            yield whole
            return
        stream = iter(rest)
    held: list[bytes] = []
    for line in chain([first], stream):
        if not line.strip():
            held.append(line)  # blank lines at the end are no charts
            continue
        yield from held
        held.clear()
        yield line


def _object_in(line: bytes) -> Json | str:
    if not line.strip():
        return _BLANK
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
    found: Json = dict(pairs)
    if len(found) == len(pairs):
        return found
    found = {}
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
_text = json.JSONEncoder(default=_echoed, check_circular=False).encode
