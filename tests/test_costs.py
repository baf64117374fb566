"""What a chart costs `evaluate`: nothing is left for the collector, and what a rule finds stays as it was found."""

import gc
import json
from datetime import date

import pytest

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


def test_ranges_are_equal_and_hashable_by_their_fields():
    assert Range(0, 3) == Range(0, 3) != Range(0, 4)
    assert len({Range(0, 3), Range(0, 3), Range(0, 4)}) == 2


def test_what_a_rule_has_found_cannot_be_written_to():
    with pytest.raises(AttributeError):
        Range(0, 3).lowest = 1
