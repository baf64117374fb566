"""The adapted and the full Mayo score, PRO2 and the SCCAI against the endpoints of trials. CLINICAL.md 1.4, 1.7, 2."""

from datetime import date
from fractions import Fraction

import pytest

from flows.chart import Chart, Score
from flows.citations import Authority
from flows.criteria import Verdict
from flows.history import History
from flows.instruments.mayo import MAYO
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.instruments.sccai import SCCAI
from flows.questionnaire import Disease
from flows.report import assess

STARTED, BEFORE, NOW = date(2026, 1, 5), date(2025, 12, 20), date(2026, 3, 30)


def verdict(name, *scores):
    return finding(name, *scores).verdict


def finding(name, *scores):
    return next(each for each in assessed(*scores).judgements if each.endpoint.id == name).finding


def assessed(*scores, **more):
    chart = Chart(
        disease=Disease.ULCERATIVE_COLITIS,
        scores=scores,
        started_on=STARTED,
        accepted_baseline=frozenset({"sccai"}),
        **more,
    )
    return assess(chart, NOW)


def mayo(on, answers):
    """Stool frequency, bleeding, global assessment, endoscopy; x is not assessed."""
    return scored(MAYO, on, answers)


def pms(on, answers):
    return scored(PARTIAL_MAYO, on, answers)


def scored(questionnaire, on, answers):
    pairs = zip(questionnaire.codes, answers, strict=True)
    known = {code: None if each == "x" else int(each) for code, each in pairs}
    return Score(questionnaire=questionnaire, on=on, answers=known)


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


PRO2 = "uc.clinical_remission.pro2"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("00x", Verdict.MET),
        ("100", Verdict.MET),
        ("103", Verdict.MET),
        ("200", Verdict.NOT_MET),
        ("010", Verdict.NOT_MET),
        ("110", Verdict.NOT_MET),
        ("x00", Verdict.NOT_EVALUABLE),
        ("1x0", Verdict.NOT_EVALUABLE),
        ("2x0", Verdict.NOT_MET),
        ("x10", Verdict.NOT_MET),
    ],
    ids=["none", "stools at the limit", "whatever the assessment", "stools just above", "bleeding just above",
         "bleeding alone decides", "stools not assessed", "bleeding not assessed", "decided by stools",
         "decided by bleeding"],
)  # fmt: skip
def test_pro2_remission_is_no_bleeding_and_stools_of_at_most_1_whichever_mayo_they_stand_in(answers, expected):
    assert verdict(PRO2, pms(NOW, answers)) is expected
    assert verdict(PRO2, mayo(NOW, f"{answers}x")) is expected


def test_pro2_is_a_guideline_s_and_names_both_items():
    found = finding(PRO2, pms(NOW, "1x0"))

    assert (found.source.authority, found.source.read_in) == (Authority.GUIDELINE, "PMC8658443, table 1")
    assert found.missing == ("rb",)
    assert [each.why for each in finding(PRO2, pms(NOW, "100")).parts] == [
        "stool frequency 1 (rule: stool frequency <= 1)",
        "bleeding 0 (rule: bleeding 0)",
    ]


def test_pro2_is_of_the_newest_score_in_which_stools_or_bleeding_were_assessed():
    assert verdict(PRO2, mayo(NOW, "2011"), pms(BEFORE, "000")) is Verdict.NOT_MET
    assert verdict(PRO2, pms(date(2026, 3, 29), "000"), mayo(NOW, "2011")) is Verdict.NOT_MET
    assert verdict(PRO2, mayo(date(2026, 3, 29), "2011"), pms(NOW, "000")) is Verdict.MET
    assert verdict(PRO2, pms(date(2026, 3, 29), "000"), mayo(NOW, "xx31")) is Verdict.MET
    assert verdict(PRO2, pms(date(2026, 3, 29), "000"), total_of_pms(NOW, 9)) is Verdict.NOT_MET


def total_of_pms(on, points):
    return Score(questionnaire=PARTIAL_MAYO, on=on, recorded_total=points)


def test_pro2_is_no_gap_where_nobody_assessed_its_items():
    for scores in ((), (total_of_pms(NOW, 1),), (pms(NOW, "xx1"),), (pms(BEFORE, "000"),)):
        assert PRO2 not in [each.endpoint.id for each in assessed(*scores).judgements]


@pytest.mark.parametrize(("total", "expected"), [(0, Verdict.MET), (7, Verdict.NOT_MET), (9, Verdict.NOT_MET)])
def test_pro2_of_a_total_is_what_it_leaves_of_its_items(total, expected):
    assert verdict(PRO2, pms(date(2026, 3, 29), "000"), total_of_pms(NOW, total)) is expected


@pytest.mark.parametrize("total", [1, 4, 6])
def test_a_total_that_leaves_pro2_open_is_no_gap_and_brings_no_older_one_back(total):
    found = assessed(pms(date(2026, 3, 29), "000"), total_of_pms(NOW, total))

    assert PRO2 not in [each.endpoint.id for each in found.judgements]
    assert "COLITIS REVIEW" not in found.headline


def quick_check(*scores):
    return assess(Chart(disease=Disease.ULCERATIVE_COLITIS, scores=scores), NOW).headline


def test_pro2_of_a_superseded_score_is_not_said_as_now():
    older = pms(date(2024, 1, 1), "000")

    assert quick_check(older, total_of_pms(NOW, 8)) == "NOT IN REMISSION · PMS 8 (remission <= 2)"
    assert quick_check(older, pms(NOW, "xx3")) == "NOT IN REMISSION · PMS 3 to 9 (remission <= 2)"
    assert quick_check(older, pms(NOW, "102")).startswith("NOT IN REMISSION BY PROTOCOL, REMISSION BY COLITIS REVIEW")


def test_of_two_verdicts_of_one_past_day_the_day_is_said_once():
    then = pms(date(2026, 2, 27), "011")
    found = assessed(then)

    assert found.headline == (
        "WAS IN REMISSION BY PROTOCOL, NOT BY COLITIS REVIEW (UC PRO2) ON 27 Feb 2026 · PMS 2 (remission <= 2)"
    )


def test_pro2_without_stools_to_count_is_not_applicable_as_the_other_scores_are():
    found = assessed(pms(NOW, "100"), history=History(ostomy=True)).judgements

    assert {each.finding.verdict for each in found if each.score} == {Verdict.NOT_APPLICABLE}
    assert PRO2 in [each.endpoint.id for each in found]


@pytest.mark.parametrize(
    ("answers", "headline"),
    [
        ("101", "REMISSION · PMS 2 (remission <= 2)"),
        ("011", "REMISSION BY PROTOCOL, NOT BY COLITIS REVIEW (UC PRO2) · PMS 2 (remission <= 2)"),
        ("102", "NOT IN REMISSION BY PROTOCOL, REMISSION BY COLITIS REVIEW (UC PRO2) · PMS 3 "
                "(remission <= 2)"),
        ("111", "NOT IN REMISSION · PMS 3 (remission <= 2)"),
        ("020", "REMISSION BY PROTOCOL, NOT BY STRIDE-II · PMS 2 (bleeding 2)"),
    ],
    ids=["both", "the protocol alone", "PRO2 alone", "neither", "STRIDE-II goes first"],
)  # fmt: skip
def test_where_pro2_says_otherwise_the_headline_names_both(answers, headline):
    assert assessed(pms(NOW, answers)).headline == headline


THEIRS = "; UC PRO2 1 on 30 Mar 2026, no remission by colitis review"


@pytest.mark.parametrize(
    ("answers", "theirs"),
    [("011", THEIRS), ("101", ""), ("00x", "; UC PRO2 0 on 30 Mar 2026, remission by colitis review")],
    ids=["otherwise", "the same", "decided where the partial Mayo is not"],
)  # fmt: skip
def test_pro2_stands_among_the_symptoms_where_it_says_more_than_the_partial_mayo(answers, theirs):
    said = assessed(pms(NOW, answers)).status
    (symptoms,) = (line for line in said if line.startswith("Symptoms: "))

    assert symptoms.partition(";")[2] == theirs.removeprefix(";") + ("." if theirs else "")


def test_of_an_older_score_than_the_partial_mayo_pro2_is_told_beside_it():
    found = assessed(pms(date(2026, 3, 29), "300"), pms(NOW, "xx3")).remissions

    assert [(each.endpoint.source.short, each.score.on.day) for each in found] == [("PMS", 30), ("UC PRO2", 29)]


def test_the_change_of_pro2_is_that_of_the_partial_mayo():
    said = assessed(pms(BEFORE, "332"), pms(NOW, "011")).status

    assert [line for line in said if "change from baseline" in line] == [
        "PMS change from baseline: -6, clinical response by protocol."
    ]


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
