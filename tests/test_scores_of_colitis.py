"""Mayo, MES, UCEIS and SCCAI: each limit, each gap, and what one score tells of another's endpoint."""

from datetime import date, timedelta

import pytest

from flows.chart import Chart, Score
from flows.criteria import Verdict
from flows.history import History
from flows.instruments.mayo import MAYO
from flows.instruments.mes import MES
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.instruments.sccai import SCCAI
from flows.instruments.uceis import UCEIS
from flows.questionnaire import Disease
from flows.report import assess
from flows.verdicts import assess_answers, foresee

TODAY = date(2026, 6, 1)
MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_EVALUABLE


def mayo(sf=0, rb=0, pga=0, mes=0):
    return assess_answers(MAYO, {"sf": sf, "rb": rb, "pga": pga, "mes": mes}, TODAY)


def judgement(report, name):
    return next(each for each in report.judgements if each.endpoint.id == name)


def verdict(report, name):
    return judgement(report, name).finding.verdict


@pytest.mark.parametrize(
    ("mes", "protocol", "acg"),
    [(0, MET, MET), (1, MET, NOT_MET), (2, NOT_MET, NOT_MET), (3, NOT_MET, NOT_MET), (None, OPEN, OPEN)],
    ids=["normal", "at the protocol's limit", "just above", "worst", "not assessed"],
)
def test_endoscopic_remission_of_colitis_by_the_protocol_and_by_acg(mes, protocol, acg):
    report = assess_answers(MES, {"mes": mes}, TODAY)
    found = report.main
    theirs = {each.source.name: each.verdict for each in found.differs}

    assert (found.endpoint.id, found.finding.verdict) == ("uc.endoscopic_remission", protocol)
    assert theirs.get("ACG 2025", found.finding.verdict) == acg
    assert found.finding.missing == (("mes",) if mes is None else ())


def test_the_headline_of_mes_1_names_who_says_no():
    report = assess_answers(MES, {"mes": 1}, TODAY)

    assert report.headline == "ENDOSCOPIC REMISSION BY PROTOCOL, NOT BY ACG 2025 · MES 1 (remission <= 1)"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [((0, 1, 0), MET), ((1, 1, 0), NOT_MET), ((0, 0, 3), NOT_MET), ((0, None, 0), OPEN), ((2, None, None), NOT_MET)],
    ids=["at", "just above", "ulcers", "not assessed", "decided all the same"],
)
def test_remission_by_uceis(answers, expected):
    report = assess_answers(UCEIS, dict(zip(("vascular", "bleeding", "erosions"), answers, strict=True)), TODAY)

    assert report.main.endpoint.id == "uc.endoscopic_remission.uceis"
    assert report.main.finding.verdict is expected


@pytest.mark.parametrize(
    ("urgency", "complications", "expected"),
    [(1, (), MET), (1, ("eye",), NOT_MET), (2, (), NOT_MET), (0, None, OPEN), (3, None, NOT_MET)],
    ids=["just below", "at", "just at", "not assessed", "decided all the same"],
)
def test_remission_by_sccai(urgency, complications, expected):
    quiet = dict.fromkeys(("day", "night", "blood", "wellbeing"), 0)
    report = assess_answers(SCCAI, quiet | {"urgency": urgency, "complications": complications}, TODAY)

    assert report.main.endpoint.id == "uc.clinical_remission.sccai"
    assert report.main.finding.verdict is expected


@pytest.mark.parametrize("rb", [0, 1, 2, 3, None])
@pytest.mark.parametrize("pga", [0, 2, 3, None])
@pytest.mark.parametrize("mes", [0, 1, 2, None])
def test_a_full_mayo_is_judged_as_the_scores_in_it_are(rb, pga, mes):
    whole = mayo(rb=rb, pga=pga, mes=mes)
    partial = assess_answers(PARTIAL_MAYO, {"sf": 0, "rb": rb, "pga": pga}, TODAY)
    alone = assess_answers(MES, {"mes": mes}, TODAY)

    assert verdict(whole, "uc.clinical_remission.pms") is partial.main.finding.verdict
    assert verdict(whole, "uc.endoscopic_remission") is alone.main.finding.verdict
    assert {each.source.name for each in judgement(whole, "uc.clinical_remission.pms").differs} == {
        each.source.name for each in partial.main.differs
    }


def test_the_endoscopy_of_a_mayo_is_no_subscore_of_its_partial_score():
    report = mayo(sf=1, mes=3)

    assert report.headline == (
        "REMISSION BY PROTOCOL, NOT BY UPADACITINIB TRIALS (adapted Mayo) · PMS 1 (remission <= 2)"
    )
    assert verdict(report, "uc.endoscopic_remission") is NOT_MET


def test_a_mayo_without_its_endoscopy_is_no_endoscopy():
    """An older MES stays, as nobody has looked since."""
    scores = (
        Score(questionnaire=MES, on=TODAY - timedelta(days=3), answers={"mes": 0}),
        Score(questionnaire=MAYO, on=TODAY, answers={"sf": 0, "rb": 0, "pga": 0, "mes": None}),
    )
    report = assess(Chart(disease=Disease.ULCERATIVE_COLITIS, scores=scores), TODAY)

    assert verdict(report, "uc.endoscopic_remission") is MET
    assert verdict(report, "uc.clinical_remission.pms") is MET


def test_the_later_of_a_partial_and_a_full_mayo_counts():
    scores = (
        Score(questionnaire=MAYO, on=TODAY, answers={"sf": 3, "rb": 3, "pga": 3, "mes": 3}),
        Score(questionnaire=PARTIAL_MAYO, on=TODAY - timedelta(days=1), answers={"sf": 0, "rb": 0, "pga": 0}),
    )
    report = assess(Chart(disease=Disease.ULCERATIVE_COLITIS, scores=scores), TODAY)

    assert verdict(report, "uc.clinical_remission.pms") is NOT_MET


def test_a_recorded_full_mayo_says_nothing_of_the_scores_in_it():
    scores = (Score(questionnaire=MAYO, on=TODAY, recorded_total=1),)
    report = assess(Chart(disease=Disease.ULCERATIVE_COLITIS, scores=scores), TODAY)

    assert {each.finding.verdict for each in report.judgements} == {OPEN}


def test_symptoms_need_stools_and_an_endoscopy_does_not():
    uceis = Score(questionnaire=UCEIS, on=TODAY, recorded_total=1)
    scores = (Score(questionnaire=MAYO, on=TODAY, answers={"sf": 0, "rb": 0, "pga": 0, "mes": 0}), uceis)
    report = assess(Chart(disease=Disease.ULCERATIVE_COLITIS, scores=scores, history=History(ostomy=True)), TODAY)

    assert verdict(report, "uc.clinical_remission.pms") is Verdict.NOT_APPLICABLE
    assert verdict(report, "uc.endoscopic_remission") is MET
    assert verdict(report, "uc.endoscopic_remission.uceis") is MET


def test_a_full_mayo_is_certain_only_when_symptoms_and_endoscopy_are():
    assert not all(each.is_certain for each in foresee(MAYO, {"sf": 3, "rb": 3}))
    assert all(each.is_certain for each in foresee(MAYO, {"sf": 3, "rb": 3, "mes": 2}))


def test_optional_instruments_leave_no_gap_where_they_were_not_done():
    report = assess(Chart(disease=Disease.ULCERATIVE_COLITIS), TODAY)

    names = [each.endpoint.id for each in report.judgements]
    assert names == ["uc.clinical_remission.pms", "uc.endoscopic_remission", "uc.clinical_response.pms"]
