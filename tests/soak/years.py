"""Two simulated years of a large clinic's mornings on each database (tests/years.py)."""

from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic

from tests.postgres import cluster
from tests.soak.databases import database
from tests.soak.report import Report, wanted
from tests.years import DAYS, Years
from tests.years_judged import LATE_SECONDS, violations


def run(seed: int, end: float) -> Iterator[Report]:
    """One report for each database, of the days for which there was time."""
    with ExitStack() as stack:
        server = stack.enter_context(cluster())
        for number, engine in enumerate(("sqlite", "postgresql")):
            now = monotonic()
            with database(server if engine == "postgresql" else None) as url:
                yield _lived(url, Report(f"years, {engine}", seed), now + (end - now) / (2 - number))


def _lived(url: str, report: Report, end: float) -> Report:
    report.counts["patients"] = wanted("SOAK_PATIENTS", 2_000)
    years = Years(url, report.counts["patients"], report.dice())
    years.live(DAYS, end)
    report.violations += violations(years)
    report.counts += years.counts
    report.counts["s late at the 99th percentile"] = round(years.p99)
    if years.p99 > LATE_SECONDS:
        report.violations.append(f"{years.p99:.0f} s late at the 99th percentile")
    return report
