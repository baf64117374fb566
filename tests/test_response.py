"""Response: now against a baseline, or "cannot be stated"; which score may be the baseline."""

from datetime import date, timedelta

import pytest

from flows.chart import Chart, Medication, Score
from flows.criteria import Verdict
from flows.instruments.hbi import HBI
from flows.instruments.mayo import MAYO
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.questionnaire import Disease
from flows.report import assess

STARTED = date(2026, 3, 2)
TODAY = date(2026, 6, 1)
MET, NOT_MET = Verdict.MET, Verdict.NOT_MET
OPEN, BEYOND = Verdict.NOT_EVALUABLE, Verdict.NOT_APPLICABLE


def pms(points, on=TODAY):
    """A partial Mayo of so many points; None is one of which nothing was assessed."""
    dealt = {"sf": None, "rb": None, "pga": None}
    if points is not None:
        dealt = {"sf": min(points, 3), "rb": min(max(points - 3, 0), 3), "pga": max(points - 6, 0)}
    return Score(questionnaire=PARTIAL_MAYO, on=on, answers=dealt)


def hbi(stools, on=TODAY):
    quiet = {"wellbeing": 0, "pain": 0, "mass": 0, "complications": ()}
    return Score(questionnaire=HBI, on=on, answers=quiet | {"liquid_stools": stools})


def before(days):
    return STARTED - timedelta(days=days)


def response(*scores, disease=Disease.ULCERATIVE_COLITIS, today=TODAY, **more):
    chart = Chart(disease=disease, scores=scores, started_on=STARTED, **more)
    return next(each for each in assess(chart, today).judgements if "response" in each.endpoint.id)


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (7, 6, NOT_MET),
        (7, 5, MET),
        (7, 4, MET),
        (2, 0, MET),
        (2, 1, NOT_MET),
        (1, 0, BEYOND),
        (0, 0, BEYOND),
        (0, 9, BEYOND),
        (7, None, OPEN),
        (None, 3, OPEN),
        (1, None, BEYOND),
    ],
    ids=[
        "just below", "at", "just above", "from the least that can drop so far", "and not far enough", "out of reach",
        "out of reach at 0", "out of reach and worse", "not assessed now", "not assessed then", "out of reach anyway",
    ],
)  # fmt: skip
def test_response_in_colitis_is_a_drop_of_two(then, now, expected):
    assert response(pms(then, before(1)), pms(now)).finding.verdict is expected


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [(9, 7, NOT_MET), (9, 6, MET), (9, 5, MET), (3, 0, MET), (2, 0, BEYOND)],
    ids=["just below", "at", "just above", "the least that can drop so far", "out of reach"],
)
def test_response_in_crohns_is_a_drop_of_three_by_published_use(then, now, expected):
    found = response(hbi(then, before(1)), hbi(now), disease=Disease.CROHNS).finding

    assert found.verdict is expected
    assert found.source.authority == "practice"


def test_a_drop_from_remission_counts_and_says_so():
    assert response(pms(2, before(1)), pms(0)).flags == ("baseline_in_remission",)
    assert response(pms(3, before(1)), pms(0)).flags == ()
    assert response(pms(2, before(1)), pms(1)).flags == ()


def test_a_baseline_known_only_in_part_decides_what_it_can():
    part = Score(questionnaire=PARTIAL_MAYO, on=before(1), answers={"sf": 3, "rb": 3})

    assert response(part, pms(4)).finding.verdict is MET
    assert response(part, pms(5)).finding.verdict is OPEN
    assert response(part, pms(5)).finding.missing == ("baseline pga",)
    assert response(part, pms(8)).finding.verdict is NOT_MET


def test_what_is_missing_is_named():
    assert response(pms(3)).finding.missing == ("baseline PMS",)
    assert response(pms(7, before(1))).finding.missing == ("PMS since the first dose",)
    assert response(pms(7, before(1)), pms(3)).finding.why == (
        "PMS was 7 at baseline (1 day before the first dose), PMS 3 (rule: PMS drop >= 2)"
    )


@pytest.mark.parametrize(
    ("days", "accepted", "expected"),
    [(0, False, MET), (35, False, MET), (36, False, OPEN), (36, True, MET), (365, True, MET), (366, True, OPEN),
     (-1, True, OPEN)],
    ids=["day 0", "at the window", "just older", "older and accepted", "a year", "over a year", "after the first dose"],
)  # fmt: skip
def test_a_baseline_has_a_window_and_an_older_one_needs_acceptance(days, accepted, expected):
    names = frozenset({"partial_mayo"}) if accepted else frozenset()
    found = response(pms(7, before(days)), pms(3), accepted_baseline=names).finding

    assert found.verdict is expected
    assert ("accepted" in found.why) is (accepted and expected is MET)


@pytest.mark.parametrize(
    ("kind", "days", "expected"),
    [("biologic", 50, OPEN), ("corticosteroid", 50, OPEN), ("budesonide", 99, OPEN), ("biologic", 100, MET),
     ("biologic", 0, MET), ("azathioprine", 50, MET)],
    ids=["a biologic", "a steroid", "the day after", "the same day", "with the first dose", "another drug"],
)  # fmt: skip
def test_an_old_baseline_does_not_count_where_another_therapy_began_since(kind, days, expected):
    began = (Medication(kind=kind, begun=before(days)),)
    names = frozenset({"partial_mayo"})
    found = response(pms(7, before(100)), pms(3), accepted_baseline=names, medication=began)

    assert found.finding.verdict is expected


def test_a_baseline_in_its_window_counts_whatever_began_since():
    began = (Medication(kind="biologic", begun=before(5)),)

    assert response(pms(7, before(10)), pms(3), medication=began).finding.verdict is MET


@pytest.mark.parametrize(("accepted", "expected"), [(False, OPEN), (True, MET)])
def test_a_total_without_items_is_a_baseline_once_it_is_accepted(accepted, expected):
    bare = Score(questionnaire=PARTIAL_MAYO, on=before(3), recorded_total=7)
    names = frozenset({"partial_mayo"}) if accepted else frozenset()

    assert response(bare, pms(3), accepted_baseline=names).finding.verdict is expected


@pytest.mark.parametrize(("name", "expected"), [("mayo", MET), ("partial_mayo", MET), ("hbi", OPEN)])
def test_a_full_mayo_is_accepted_by_its_own_name_or_by_that_of_the_partial_one(name, expected):
    whole = Score(questionnaire=MAYO, on=before(60), answers={"sf": 3, "rb": 2, "pga": 2, "mes": 3})

    assert response(whole, pms(3), accepted_baseline=frozenset({name})).finding.verdict is expected


def test_accepting_a_full_mayo_accepts_no_partial_one():
    found = response(pms(7, before(60)), pms(3), accepted_baseline=frozenset({"mayo"}))

    assert found.finding.verdict is OPEN


def test_the_last_usable_baseline_counts():
    found = response(pms(9, before(30)), pms(4, before(2)), pms(3))

    assert found.finding.verdict is NOT_MET
    assert "was 4 at baseline" in found.finding.why


def test_before_treatment_there_is_no_response():
    assert response(pms(7, before(1)), today=before(0) - timedelta(days=1)).finding.verdict is BEYOND


def test_an_old_score_is_a_response_of_its_day():
    found = response(pms(7, before(1)), pms(3, TODAY - timedelta(days=15))).finding

    assert (found.verdict, found.as_of) == (MET, TODAY - timedelta(days=15))


def test_a_total_that_nobody_accepted_is_no_baseline_and_what_is_missing_is_that():
    total = Score(questionnaire=PARTIAL_MAYO, on=before(7), recorded_total=6)
    found = response(total, pms(4)).finding

    assert found.why == "no baseline PMS: that of 23 Feb 2026, a total without its items, awaits acceptance"
    assert found.missing == ("acceptance of the baseline PMS of 23 Feb 2026, a total without its items",)
