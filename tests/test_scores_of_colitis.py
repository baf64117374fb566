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


def bare(total, on=TODAY):
    return Score(questionnaire=MAYO, on=on, recorded_total=total)


@pytest.mark.parametrize(
    ("total", "pms", "mes", "symptoms", "endoscopy"),
    [
        (0, "0", "0", MET, MET),
        (1, "0 to 1", "0 to 1", MET, MET),
        (2, "0 to 2", "0 to 2", MET, OPEN),
        (3, "0 to 3", "0 to 3", OPEN, OPEN),
        (5, "2 to 5", "0 to 3", OPEN, OPEN),
        (6, "3 to 6", "0 to 3", NOT_MET, OPEN),
        (10, "7 to 9", "1 to 3", NOT_MET, OPEN),
        (11, "8 to 9", "2 to 3", NOT_MET, NOT_MET),
        (12, "9", "3", NOT_MET, NOT_MET),
    ],
)
def test_a_recorded_full_mayo_speaks_of_the_scores_in_it_by_what_it_leaves_possible(
    total, pms, mes, symptoms, endoscopy
):
    """Also where an older score, whose items are known, says the opposite."""
    older = 0 if total > 5 else 3
    before = Score(
        questionnaire=MAYO, on=date(2024, 1, 1), answers={"sf": older, "rb": older, "pga": older, "mes": older}
    )
    for scores in ((bare(total),), (before, bare(total))):
        report = assess(Chart(disease=Disease.ULCERATIVE_COLITIS, scores=scores), TODAY)
        numbers = {each.endpoint.id: str(each.number) for each in report.judgements}

        assert (numbers["uc.clinical_remission.pms"], numbers["uc.endoscopic_remission"]) == (pms, mes)
        assert verdict(report, "uc.clinical_remission.pms") is symptoms
        assert verdict(report, "uc.endoscopic_remission") is endoscopy


STARTED = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("older", "total", "started", "headline"),
    [
        ((PARTIAL_MAYO, date(2026, 5, 22), "000"), 11, STARTED, "NOT IN REMISSION · PMS 8 to 9 (remission <= 2)"),
        ((MAYO, date(2024, 1, 1), "0000"), 11, None, "NOT IN REMISSION · PMS 8 to 9 (remission <= 2)"),
        ((MES, date(2024, 1, 1), "0"), 12, None, "NOT IN REMISSION · PMS 9 (remission <= 2)"),
        ((MAYO, date(2024, 1, 1), "3333"), 0, None, "REMISSION · PMS 0 (remission <= 2)"),
        (None, 11, None, "NOT IN REMISSION · PMS 8 to 9 (remission <= 2)"),
        ((PARTIAL_MAYO, date(2026, 5, 22), "000"), 4, STARTED, "UNDECIDED · PMS 1 to 4 (remission <= 2)"),
        (
            (PARTIAL_MAYO, date(2026, 5, 22), "333"),
            2,
            STARTED,
            "REMISSION BY PROTOCOL, NOT EVALUABLE BY STRIDE-II · PMS 0 to 2 (subscores not known)",
        ),
    ],
)
def test_no_older_score_is_said_as_now_beside_a_newer_full_mayo_without_its_items(older, total, started, headline):
    scores = [bare(total)]
    if older:
        form, on, points = older
        answers = dict(zip(form.codes, map(int, points), strict=True))
        scores.append(Score(questionnaire=form, on=on, answers=answers))
    chart = Chart(disease=Disease.ULCERATIVE_COLITIS, scores=tuple(scores), started_on=started)
    report = assess(chart, TODAY)

    assert (report.headline, report.as_of) == (headline, None)


def test_a_full_mayo_without_its_items_is_no_baseline_of_the_scores_in_it_and_hides_none():
    """Accepted as a full Mayo it is one of that alone."""
    before = Score(questionnaire=PARTIAL_MAYO, on=date(2026, 2, 20), answers={"sf": 3, "rb": 3, "pga": 3})
    now = Score(questionnaire=MAYO, on=TODAY, answers={"sf": 0, "rb": 0, "pga": 0, "mes": 0})

    def baselines(*scores):
        chart = Chart(
            disease=Disease.ULCERATIVE_COLITIS,
            scores=(*scores, now),
            started_on=STARTED,
            accepted_baseline=frozenset({"mayo", "partial_mayo", "mes"}),
        )
        return {each.endpoint.id: each.baseline for each in assess(chart, TODAY).judgements}

    alone, beside = baselines(bare(12, STARTED)), baselines(before, bare(2, STARTED))
    assert str(alone["uc.clinical_response.mayo"]) == "12"
    assert {alone[each] for each in alone if each != "uc.clinical_response.mayo"} == {None}
    assert str(beside["uc.clinical_response.pms"]) == "9"


def test_an_adapted_mayo_of_a_superseded_score_is_told_with_its_day_and_not_in_the_headline():
    """What a full Mayo alone decides is told of it; what it leaves open is no gap."""
    name = "uc.clinical_remission.adapted_mayo"
    older = Score(questionnaire=MAYO, on=date(2024, 1, 1), answers={"sf": 2, "rb": 2, "pga": 2, "mes": 2})
    newer = Score(questionnaire=PARTIAL_MAYO, on=TODAY, answers={"sf": 0, "rb": 0, "pga": 0})
    report = assess(Chart(disease=Disease.ULCERATIVE_COLITIS, scores=(older, newer)), TODAY)

    assert report.headline == "REMISSION · PMS 0 (remission <= 2)"
    assert any("adapted Mayo 6 on 1 Jan 2024, no remission" in each for each in report.status)
    for total, found in ((12, [NOT_MET]), (10, [NOT_MET]), (5, [])):
        report = assess(Chart(disease=Disease.ULCERATIVE_COLITIS, scores=(older, bare(total))), TODAY)

        assert [each.finding.verdict for each in report.judgements if each.endpoint.id == name] == found


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
