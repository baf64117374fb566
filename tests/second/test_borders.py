"""What the worked cases do not reach: windows, days since a score, and completions against a naive count."""

from datetime import date, timedelta
from itertools import product

import pytest

from . import endpoints, scores, ses_cd

TODAY = date(2026, 6, 1)
DAY0 = date(2026, 3, 1)
FULL = dict.fromkeys(ses_cd.VARIABLES, 0)


def hbi(on: date, stools: int) -> dict:
    answers = {"wellbeing": 0, "pain": 0, "liquid_stools": stools, "mass": 0, "complications": []}
    return {"instrument": "hbi", "on": on.isoformat(), "answers": answers}


def asked(*found: dict, **more) -> dict:
    common = {"disease": "CD", "today": TODAY.isoformat(), "started_on": DAY0.isoformat()}
    return endpoints({**common, "scores": list(found), **more})


@pytest.mark.parametrize(("days", "usable"), [(0, True), (35, True), (36, False)])
def test_an_hbi_counts_as_baseline_for_35_days(days, usable):
    found = asked(hbi(DAY0 - timedelta(days=days), 9), hbi(TODAY, 3))

    assert found["cd.clinical_response.hbi"]["verdict"] == ("met" if usable else "not_evaluable")


@pytest.mark.parametrize(
    ("begun", "usable"),
    [(70, True), (61, True), (30, False)],
    ids=["before", "the day before", "between"],
)
def test_an_accepted_old_baseline_counts_unless_steroids_began_in_between(begun, usable):
    course = [{"kind": "corticosteroid", "from": (DAY0 - timedelta(days=begun)).isoformat()}]
    old = hbi(DAY0 - timedelta(days=60), 9)

    found = asked(old, hbi(TODAY, 3), accepted_baseline=["hbi"], medication=course)

    assert found["cd.clinical_response.hbi"]["verdict"] == ("met" if usable else "not_evaluable")


@pytest.mark.parametrize(
    ("month", "usable"),
    [("2026-03", False), ("2026-02", True), ("2025-04", True), ("2025-03", True), ("2025-02", False)],
    ids=["holds a day after day 0", "all before it", "within a year", "its first day 365 days before", "older"],
)
def test_an_accepted_month_counts_where_every_day_of_it_would(month, usable):
    old = hbi(DAY0, 9) | {"on": month}

    found = asked(old, hbi(TODAY, 3), accepted_baseline=["hbi"])["cd.clinical_response.hbi"]

    assert (found["verdict"], found["baseline_on"]) == (("met", month) if usable else ("not_evaluable", None))
    assert asked(old, hbi(TODAY, 3))["cd.clinical_response.hbi"]["verdict"] == "not_evaluable"


@pytest.mark.parametrize(("days", "old"), [(14, False), (15, True)])
def test_a_score_is_now_for_14_days(days, old):
    on = TODAY - timedelta(days=days)

    found = asked(hbi(on, 3))["cd.clinical_remission.hbi"]

    assert (found["verdict"], found["as_of"]) == ("met", on.isoformat() if old else None)


def test_a_score_on_the_day_of_the_first_dose_is_the_baseline_and_not_now():
    found = asked(hbi(DAY0, 3))["cd.clinical_remission.hbi"]

    assert found["verdict"] == "not_evaluable"


@pytest.mark.parametrize(("known", "verdict"), [(1, "met"), (2, "not_evaluable"), (5, "not_met")])
def test_an_unknown_mass_adds_up_to_three_points(known, verdict):
    score = hbi(TODAY, known)
    score["answers"]["mass"] = None

    assert asked(score)["cd.clinical_remission.hbi"]["verdict"] == verdict


def test_a_segment_not_reached_holds_0_to_12_points_and_one_impassable_narrowing():
    answers = dict.fromkeys(ses_cd.SEGMENTS)
    exam = {"instrument": "ses_cd", "on": TODAY.isoformat(), "answers": answers}

    (score,) = scores({"disease": "CD", "today": TODAY.isoformat(), "scores": [exam]})

    assert (score["lowest"], score["highest"], score["total"]) == (0, 56, None)
    assert score["parts"]["narrowing"] == (0, 11)


def test_completions_of_an_exam_are_those_of_a_naive_count():
    known = {"ulcer_size": 1, "ulcerated_surface": None, "affected_surface": 1, "narrowing": None}
    answers = dict.fromkeys(ses_cd.SEGMENTS, FULL) | {"ileum": known, "rectum": known}

    naive = {(4 + sum(fill), max(fill) > 1) for fill in product(range(4), repeat=4) if (fill[1], fill[3]) != (3, 3)}

    assert ses_cd.outcomes(ses_cd.read(answers)) == naive


def test_a_segment_absent_now_is_left_out_of_the_baseline_too():
    rich = dict.fromkeys(ses_cd.VARIABLES[:3], 2) | {"narrowing": 0}
    then = dict.fromkeys(ses_cd.SEGMENTS, FULL) | {"rectum": rich, "ileum": rich}
    now = then | {"rectum": "absent"}
    exams = [
        {"instrument": "ses_cd", "on": on.isoformat(), "answers": answers}
        for on, answers in ((DAY0, then), (TODAY, now))
    ]

    assert asked(*exams)["cd.endoscopic_response"]["verdict"] == "not_met"  # 6 -> 6, not 12 -> 6
