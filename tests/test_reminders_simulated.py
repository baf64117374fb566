"""Two years of mornings nobody answers: each step once, to whom and when it is due, whatever dies meanwhile."""

import os
from random import Random

from tests.ticking import TICK_POINTS
from tests.years import DAYS, Years
from tests.years_judged import LATE_SECONDS, violations

PATIENTS = int(os.environ.get("QUIESCE_SIMULATED_PATIENTS", "3"))
SEED = 20260106


def test_every_step_is_told_once_and_on_its_day_through_crashes_outages_and_two_processes(url, record_property):
    years = Years(url, PATIENTS, Random(SEED))
    years.live(DAYS)
    found = list(violations(years))
    record_property("lived", f"with seed {SEED}, {years.p99:.0f} s late at the 99th percentile, {dict(years.counts)}")

    assert found == []
    assert years.counts["steps"] > 30 * PATIENTS
    assert all(years.counts[f"died {point}"] for point in TICK_POINTS)
    assert years.counts["outages"] > 0
    assert years.counts["looks"] > 0.9 * PATIENTS * DAYS
    assert years.p99 <= LATE_SECONDS
