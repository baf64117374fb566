"""Scores and endpoints against a second implementation, written from the specification alone, over random charts."""

import json
import os
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from bot.contract.examined import examine
from tests.second import endpoints, random_chart, scores

CHARTS = int(os.environ.get("QUIESCE_CHARTS", "2000"))
SEED = int(os.environ.get("QUIESCE_SEED", "20261122"))
PARTS = 8
DECIDED = ("met", "not_met")


def charts(part):
    """Random charts."""
    chance = Random(f"{SEED} {part}")
    for _ in range(CHARTS // PARTS):
        yield random_chart(chance)


def ours(chart):
    """Our report, from the numbers as JSON gives them."""
    return examine(json.loads(json.dumps(chart), parse_float=Decimal), date(2026, 6, 1)).written()


@pytest.mark.parametrize("part", range(PARTS))
def test_the_findings_of_both_are_equal(part):
    print(f"QUIESCE_SEED={SEED}")
    for chart in charts(part):
        report = ours(chart)
        by_id = {found["id"]: found for found in report["findings"]}
        for name, expected in endpoints(chart).items():
            if expected["optional"]:  # listed where there is a score now that tells of it, and nowhere else
                assert (name, name in by_id) == (name, expected["is_listed"]), chart
                if name not in by_id:
                    continue
            found = by_id[name]
            differs = {each["authority"]: each["verdict"] for each in found["differs"] if each["verdict"] in DECIDED}
            is_dated = expected["verdict"] in DECIDED and not report["errors"]  # a score left out makes others old
            as_of = expected["as_of"] if is_dated else found["as_of"]

            assert (name, found["verdict"]) == (name, expected["verdict"]), chart
            assert (name, found["as_of"]) == (name, as_of), chart
            assert (name, list(found["flags"])) == (name, expected["flags"]), chart
            assert (name, differs) == (name, expected["differs"]), chart
            if expected["state"]:
                state, _, _ = found["why"].partition(":")
                assert state.replace(",", "").replace(" ", "_") == expected["state"]


@pytest.mark.parametrize("part", range(PARTS))
def test_the_scores_of_both_are_equal(part):
    for chart in charts(part):
        expected = [score for score in scores(chart) if score is not None]
        found_scores = ours(chart)["scores"]
        keys = ("instrument", "on", "total", "lowest", "highest", "complete", "band")

        assert [[score[key] for key in keys] for score in found_scores] == [
            [score[key] for key in keys] for score in expected
        ]
        for found, their in zip(found_scores, expected, strict=True):
            for name, points in their["parts"].items():
                if name in found["parts"] and found["instrument"] != "pro2_cd":
                    assert (name, found["parts"][name]) == (name, shown(points))


def shown(points):
    """Theirs has both ends of what is open, where a report has null."""
    if not isinstance(points, tuple):
        return points
    lowest, highest = points
    return pytest.approx(lowest, abs=1e-4) if lowest == highest else None
