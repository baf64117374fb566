"""A long file is evaluated on every core, and nobody can tell by what comes out."""

import json
import os
import signal
import subprocess
import sys
from multiprocessing import get_context

import pytest

from bot.cores import on_every_core
from tests.bench.charts import chart

EVALUATE = [sys.executable, "-m", "bot", "evaluate"]
LINES = [json.dumps(chart(number)).encode() for number in range(120)]


def write(path, lines):
    path.write_bytes(b"\n".join(lines))
    return path


def run(*arguments, stdin=b""):
    return subprocess.run([*EVALUATE, *map(str, arguments)], input=stdin, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (LINES, 0),
        ([*LINES, b"", b"  ", b""], 0),
        ([*LINES[:50], b"nonsense", b"", *LINES[50:], b"\xff"], 1),
        ([b"nonsense", *LINES], 1),
    ],
    ids=["charts alone", "blank lines at the end", "bad lines in the middle and at the end", "a bad first line"],
)
def test_a_long_file_gives_what_standard_input_gives(tmp_path, lines, code):
    spread, alone = run(write(tmp_path / "charts.jsonl", lines)), run(stdin=b"\n".join(lines))

    assert (spread.stdout, spread.stderr, spread.returncode) == (alone.stdout, b"", code)


def test_one_long_chart_over_many_lines_is_one_chart(tmp_path):
    (report,) = run(write(tmp_path / "chart.json", [json.dumps(chart(0), indent=200).encode()])).stdout.splitlines()

    assert json.loads(report)["errors"] == []


def numbers(lines):
    return [number for number, _ in lines]


def endless():
    number = 0
    while True:
        yield number, b"a line"
        number += 1


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_answers_come_in_the_order_of_the_lines_however_processes_start(method):
    lines = [(number, b"a line") for number in range(300)]
    found = [number for chunk in on_every_core(numbers, lines, get_context(method)) for number in chunk]

    assert found == list(range(300))


def test_of_an_endless_file_only_so_much_is_read_as_is_under_way():
    answers = on_every_core(numbers, endless())

    assert next(answers)[0] == 0
    answers.close()


def test_who_has_seen_enough_ends_it_without_a_traceback(tmp_path):
    file = write(tmp_path / "charts.jsonl", LINES * 5)
    with subprocess.Popen([*EVALUATE, str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (1, b"")


@pytest.fixture
def terminal():
    """What a shell starts in the background ignores Ctrl-C, and so do its children; these tests may run there."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_every_process_without_a_traceback(tmp_path, terminal):
    file = write(tmp_path / "charts.jsonl", LINES * 20)
    with subprocess.Popen(
        [*EVALUATE, str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)

    assert process.returncode not in (0, None)
    assert b"Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
