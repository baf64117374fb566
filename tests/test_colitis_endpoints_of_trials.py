"""The adapted and the full Mayo score and the SCCAI against the endpoints of trials. CLINICAL.md 1.4, 1.7 and 2."""

from datetime import date
from fractions import Fraction

import pytest

from flows.chart import Chart, Score
from flows.criteria import Verdict
from flows.instruments.mayo import MAYO
from flows.instruments.sccai import SCCAI
from flows.questionnaire import Disease
from flows.report import assess

STARTED, BEFORE, NOW = date(2026, 1, 5), date(2025, 12, 20), date(2026, 3, 30)


def verdict(name, *scores):
    return finding(name, *scores).verdict


def finding(name, *scores):
    chart = Chart(
        disease=Disease.ULCERATIVE_COLITIS,
        scores=scores,
        started_on=STARTED,
        accepted_baseline=frozenset({"sccai"}),
    )
    return next(each for each in assess(chart, NOW).judgements if each.endpoint.id == name).finding


def mayo(on, answers):
    """Stool frequency, bleeding, global assessment, endoscopy; x is not assessed."""
    pairs = zip(MAYO.codes, answers, strict=True)
    return Score(questionnaire=MAYO, on=on, answers={code: None if each == "x" else int(each) for code, each in pairs})


def judged(endpoint, then, now):
    return verdict(f"uc.{endpoint}", mayo(BEFORE, then), mayo(NOW, now))


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ("3223", "1001", Verdict.MET),
        ("3223", "2001", Verdict.NOT_MET),
        ("3223", "1101", Verdict.NOT_MET),
        ("3223", "1002", Verdict.NOT_MET),
        ("0223", "1001", Verdict.NOT_MET),
        ("1223", "1001", Verdict.MET),
        ("x223", "1001", Verdict.NOT_EVALUABLE),
        ("3223", "100x", Verdict.NOT_EVALUABLE),
        ("3223", "1x01", Verdict.NOT_EVALUABLE),
        ("3223", "x001", Verdict.NOT_EVALUABLE),
        ("3223", "x101", Verdict.NOT_MET),
        ("32x3", "10x1", Verdict.MET),
    ],
)
def test_adapted_mayo_remission(then, now, expected):
    assert judged("clinical_remission.adapted_mayo", then, now) is expected


@pytest.mark.parametrize("endpoint", ["clinical_remission", "clinical_response"])
def test_that_the_programme_calls_any_friability_mes_2_is_said_where_the_form_has_mild_friability_in_1(endpoint):
    found = finding(f"uc.{endpoint}.adapted_mayo", mayo(BEFORE, "2222"), mayo(NOW, "1001"))

    assert found.verdict is Verdict.MET
    assert "any friability is MES 2 there, to be confirmed" in found.why


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ("2203", "1202", Verdict.NOT_MET),
        ("2203", "1102", Verdict.MET),
        ("2103", "1102", Verdict.MET),
        ("2203", "2103", Verdict.NOT_MET),
        ("2100", "2000", Verdict.NOT_MET),  # by a third, and by 1 alone
        ("3303", "2302", Verdict.NOT_MET),
        ("3303", "2202", Verdict.MET),
        ("3203", "2202", Verdict.NOT_MET),
        ("1000", "0000", Verdict.NOT_APPLICABLE),
        ("2000", "0000", Verdict.MET),
        ("x203", "1102", Verdict.NOT_EVALUABLE),
    ],
)
def test_adapted_mayo_response_is_a_drop_of_2_and_of_30_per_cent_with_less_bleeding(then, now, expected):
    assert judged("clinical_response.adapted_mayo", then, now) is expected


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ("3223", "2122", Verdict.MET),
        ("3223", "2222", Verdict.NOT_MET),
        ("3333", "3222", Verdict.NOT_MET),
        ("3333", "2222", Verdict.MET),
        ("3322", "1311", Verdict.NOT_MET),
        ("3210", "2110", Verdict.NOT_MET),  # by a third, and by 2 alone
        ("3122", "1111", Verdict.MET),
        ("2000", "0000", Verdict.NOT_APPLICABLE),
        ("3000", "0000", Verdict.MET),
        ("3223", "212x", Verdict.NOT_EVALUABLE),
    ],
)
def test_full_mayo_response_is_a_drop_of_3_and_of_30_per_cent_with_less_bleeding(then, now, expected):
    assert judged("clinical_response.mayo", then, now) is expected


def sccai(on, total):
    return Score(questionnaire=SCCAI, on=on, recorded_total=total)


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (6, 5, Verdict.NOT_MET),
        (6, 4, Verdict.MET),
        (2, 0, Verdict.MET),
        (1, 0, Verdict.NOT_APPLICABLE),
        (Fraction(7, 2), 2, Verdict.NOT_MET),
        (Fraction(3, 2), 0, Verdict.NOT_APPLICABLE),
    ],
)
def test_sccai_response_is_a_drop_of_more_than_1_and_a_half(then, now, expected):
    assert verdict("uc.clinical_response.sccai", sccai(BEFORE, then), sccai(NOW, now)) is expected


def test_without_a_baseline_no_response_is_stated():
    assert verdict("uc.clinical_response.sccai", sccai(NOW, 1)) is Verdict.NOT_EVALUABLE
    assert verdict("uc.clinical_response.mayo", mayo(NOW, "1001")) is Verdict.NOT_EVALUABLE
