"""Courses of reminders, of any people, calendar and machine (tests/reminded.py), twenty to a seed."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from tests.judged_ward import open_ward
from tests.reminded import live
from tests.soak.report import Report, wanted

COURSES, STEPS = 20, 40


def run(seed: int, end: float) -> Iterator[Report]:
    report, courses = Report("reminders", seed), wanted("SOAK_COURSES", 10_000)
    with tempfile.TemporaryDirectory() as folder:
        open_ward(template := Path(folder) / "ward.sqlite3")
        for number in range(seed, seed + courses // COURSES):
            if monotonic() > end:
                break
            try:
                report.counts += live(template, number, COURSES, STEPS)
            except AssertionError as error:
                report.violations.append(f"hypothesis seed {number}: {error} {getattr(error, '__notes__', '')}")
            report.counts["courses"] += COURSES
    yield report
