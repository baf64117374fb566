"""The bench works: a tiny round has every figure of every contestant."""

import sys
from math import isfinite

import pytest

from tests.bench.__main__ import measure
from tests.bench.bots import QUIESCE, SHIPPED, TRANSPORT
from tests.bench.goals import GOALS
from tests.bench.rounds import QUICK

OF_ALL = {"start_s", "cpu_ms", "updates", "p99_ms", "peak_mb"}
WITH_LATENCY = {"slow_updates", "slow_p99_ms"}


@pytest.mark.skipif(sys.platform != "linux", reason="CPU and memory are read from /proc")
def test_a_tiny_round_has_every_figure(tmp_path):
    (found,), table = measure(tmp_path, QUICK, 1)

    assert set(found[SHIPPED]) == OF_ALL
    assert set(found[TRANSPORT]) == OF_ALL | WITH_LATENCY
    assert set(found[QUIESCE]) == OF_ALL | WITH_LATENCY | {"growth_mb", "charts", "due_sqlite_ms", "due_postgresql_ms"}
    assert isfinite(found[QUIESCE].pop("growth_mb"))
    assert all(figure > 0 for figures in found.values() for figure in figures.values())
    assert [line.split(" | ")[0] for line in table.splitlines()[2 : 2 + len(GOALS)]] == [f"| {g.name}" for g in GOALS]
