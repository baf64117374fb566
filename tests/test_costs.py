"""What a chart costs `evaluate`: nothing is left for the collector, and what a rule finds is guarded by the types."""

import gc
import json
from datetime import date
from pathlib import Path

import pytest
from mypy import api

from bot.evaluate import _answers
from flows.ranges import Range
from tests.bench.charts import chart

TODAY = date(2026, 6, 1)


@pytest.fixture
def without_collector():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_no_chart_is_kept_alive_by_a_circle(without_collector):
    lines = [(number, json.dumps(chart(number)).encode()) for number in range(20)]
    _answers(lines, TODAY)  # what is remembered of definitions is made once
    gc.collect()
    _answers(lines, TODAY)

    assert gc.collect() == 0


def test_records_are_equal_and_hashable_by_their_fields():
    assert Range(0, 3) == Range(0, 3) != Range(0, 4)
    assert len({Range(0, 3), Range(0, 3), Range(0, 4)}) == 2


def test_no_line_that_writes_to_a_record_passes_the_type_checker(tmp_path):
    file = tmp_path / "writes.py"
    file.write_text("from flows.ranges import Range\n\nRange(0, 3).lowest = 1\n", encoding="utf-8")
    said, _, code = api.run(["--config-file", str(Path(__file__).parents[1] / "pyproject.toml"), str(file)])

    assert (code, "read-only" in said) == (1, True)
