"""Scores and endpoints against a second implementation, written from the specification alone, over random charts."""

import json
import os
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from bot.evaluate import report_of
from flows.instruments import SHIPPED
from tests.second import endpoints, random_chart, scores

CHARTS = int(os.environ.get("QUIESCE_CHARTS", "4000"))
SEED = int(os.environ.get("QUIESCE_SEED", "20261122"))
PARTS = 8
INSTRUMENTS = {each.code for each in SHIPPED}
# What the second implementation says and the first does not yet.
NOT_YET = ("cdai", "cd.endoscopic", "cd.mucosal")
DECIDED = ("met", "not_met")


def charts(part):
    """Random charts of the instruments that ship."""
    chance = Random(f"{SEED} {part}")
    for _ in range(CHARTS // PARTS):
        chart = random_chart(chance)
        chart["scores"] = [score for score in chart["scores"] if score["instrument"] in INSTRUMENTS]
        yield chart


def ours(chart):
    """Our report, from the numbers as JSON gives them."""
    return report_of(json.loads(json.dumps(chart), parse_float=Decimal), date(2026, 6, 1))


def theirs(chart):
    """Every finding of theirs that the first implementation has, too."""
    return {name: found for name, found in endpoints(chart).items() if not any(each in name for each in NOT_YET)}


@pytest.mark.parametrize("part", range(PARTS))
def test_the_findings_of_both_are_equal(part):
    print(f"QUIESCE_SEED={SEED}")
    for chart in charts(part):
        by_id = {found["id"]: found for found in ours(chart)["findings"]}
        for name, expected in theirs(chart).items():
            found = by_id[name]
            differs = {each["authority"]: each["verdict"] for each in found["differs"] if each["verdict"] in DECIDED}
            as_of = expected["as_of"] if expected["verdict"] in DECIDED else found["as_of"]

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
            for name in ("partial_mayo", "adapted_mayo"):
                if name in found["parts"]:
                    lowest, highest = their["parts"][name]
                    assert found["parts"][name] == (lowest if lowest == highest else None)
