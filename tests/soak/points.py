"""Every named crash point, so many times, on both databases, by polling and by webhook (tests/test_crashes.py)."""

from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic

from tests.botapi import BotApi, botapi
from tests.crashing import USER, Crashing
from tests.postgres import cluster
from tests.soak.databases import database, free_port, seat
from tests.soak.report import Report, wanted
from tests.test_crashes import CASES
from tests.ticking import TICK_POINTS, Mornings


def run(seed: int, end: float) -> Iterator[Report]:
    """One report for each database; a point for which no time is left is not counted."""
    crashes = wanted("CRASHES", 100)
    with ExitStack() as stack:
        api, server = stack.enter_context(botapi()), stack.enter_context(cluster())
        for number, engine in enumerate(("sqlite", "postgresql")):
            report, now = Report(f"points, {engine}", seed), monotonic()
            stop = now + (end - now) / (2 - number)
            for point, way in (*CASES, *((point, "tick") for point in TICK_POINTS)):
                if monotonic() > stop:
                    break
                api.reset()
                with database(server if engine == "postgresql" else None) as url, database(None) as twin:
                    _crash(_dying(api, url, twin, point, way), crashes, report, f"{point}, {way}")
            yield report


def _dying(api: BotApi, url: str, twin: str, point: str, way: str) -> Crashing | Mornings:
    if way == "tick":
        return Mornings(api, url, twin, point)
    seat(url, [USER])
    return Crashing(api, url, point, webhook_port=free_port() if way == "webhook" else None)


def _crash(crashing: Crashing | Mornings, crashes: int, report: Report, where: str) -> None:
    try:
        crashing.run(crashes, seconds=60 + 2 * crashes)
    except AssertionError as error:
        report.violations.append(f"{where}: {error}")
    report.violations += [f"{where}: {each}" for each in crashing.violations]
    report.counts["points"] += 1
    report.counts["crashes"] += crashing.crashes
