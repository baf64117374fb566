"""`evaluate`: charts in, reports out, a JSON object a line, by the same clinical core as the chat."""

import json
import os
import stat
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from bot.contract.examined import as_json, examine
from bot.contract.reading import Json
from bot.contract.schema import schema
from bot.contract.values import Twice, json_decimal
from bot.cores import Numbered, cores, on_every_core


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
    for reports, readable in answers:
        sys.stdout.buffer.write(reports)
        sys.stdout.buffer.flush()
        all_readable, count = all_readable and readable, count + 1
    if count == 0:
        print(f"quiesce: {name} is empty: a chart is one JSON object a line.", file=sys.stderr)
    return 0 if all_readable and count else 1


def _answers(lines: Numbered, today: date) -> tuple[bytes, bool]:
    """A line for each, and whether every one could be read."""
    reports, all_readable = [], True
    for number, line in lines:
        chart = _object_in(line)
        reports.append(as_json(_answer(number, chart, today)))
        all_readable = all_readable and not isinstance(chart, str)
    return b"\n".join((*reports, b"")), all_readable


def _answer(number: int, chart: Json | str, today: date) -> Json:
    if isinstance(chart, str):
        return {"errors": [{"where": f"line {number}", "message": chart}]}
    return examine(chart, today).written()


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
        found = _READER.decode(line.removeprefix(BOM_UTF8).decode())
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


# Kept, as `json.loads` makes one for each line.
_READER = json.JSONDecoder(parse_float=json_decimal, parse_constant=_refuse, object_pairs_hook=_pairs)
