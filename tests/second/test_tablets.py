"""The end of 45 mg and its CHECK over random courses, against a count of tablets."""

import json
import os
from datetime import date, timedelta
from random import Random

import pytest

from bot.contract.examined import examine

from .tablets import state

COURSES = int(os.environ.get("QUIESCE_CHARTS", "2000")) // 4
SEED = int(os.environ.get("QUIESCE_SEED", "20261129"))
FIRST = date(2026, 1, 5)
PAUSES = (1, 7, 27, 28, 29, 30, 60)
WAITS = (1, 20, 30, 55, 56, 57, 83, 84, 85, 120)


def random_course(rng: Random) -> dict:
    """A first dose, then interruptions with their restarts and changes of dose, in the order of their days."""
    disease = rng.choice(("CD", "UC"))
    at, mg = FIRST, rng.choice((45, 45, 30))
    others = (15, 30) if mg == 45 else (15,)  # a reduced induction is not gone back to
    steps = [{"on": FIRST.isoformat(), "event": "dose", "mg": mg}]
    for _ in range(rng.choice((1, 1, 2, 3))):
        at += timedelta(days=rng.choice(WAITS))
        if rng.random() < 0.35:
            mg = rng.choice([each for each in (*others, 45) if each != mg])
            steps.append({"on": at.isoformat(), "event": "dose", "mg": mg})
            continue
        steps.append({"on": at.isoformat(), "event": "interrupted"})
        if rng.random() < 0.15:
            break
        at += timedelta(days=rng.choice(PAUSES))
        steps.append({"on": at.isoformat(), "event": "restarted"} | restart(rng, others))
        mg = steps[-1].get("mg", mg)
    chart = {"disease": disease, "started_on": FIRST.isoformat(), "course": steps}
    if disease == "CD" and rng.random() < 0.8:
        chart["induction_weeks"] = rng.choice((8, 12))
    return chart | {"today": (at + timedelta(days=rng.choice((0, *WAITS)))).isoformat()}


def restart(rng: Random, others: tuple[int, ...]) -> dict:
    kind = rng.random()
    if kind < 0.1:
        return {}
    if kind < 0.3:
        return {"mg": rng.choice(others)}
    if kind < 0.45:
        return {"mg": 45}
    if kind < 0.65:
        return {"mg": 45, "induction": "rest"}
    return {"mg": 45, "induction": "anew"} | ({"induction_weeks": rng.choice((8, 12))} if rng.random() < 0.7 else {})


@pytest.mark.parametrize("part", range(4))
def test_both_say_when_45_mg_ends_and_that_no_dose_is_recorded(part):
    print(f"QUIESCE_SEED={SEED}")
    rng = Random(f"{SEED} {part}")
    for _ in range(COURSES // 4):
        chart = random_course(rng)
        report = examine(json.loads(json.dumps(chart)), FIRST).written()
        expected = state(chart)
        checks = [said["text"] for said in report["dose"]["says"] if said["text"].startswith("CHECK")]
        ended = {end.strftime("%-d %b %Y") for end in (expected["ends"] or {}).values()}

        assert report["errors"] == [], chart
        assert report["dose"]["phase"] == expected["phase"], chart
        assert bool(checks) == expected["check"], chart
        for text in checks:
            assert ("is to be asked" in text) == (expected["ends"] is None), chart
            assert all(end in text for end in ended), chart
