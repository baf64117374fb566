"""Clinical remission, CLINICAL.md section 2: E1 (HBI) and E3 (PMS), with the authorities that differ."""

import itertools
from datetime import date
from functools import partial

import pytest

from flows.chart import Chart, Score
from flows.criteria import Verdict
from flows.history import History
from flows.instruments.hbi import HBI
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.protocol.endpoints import REMISSION
from flows.questionnaire import Disease
from flows.report import assess
from flows.verdicts import assess_answers, foresee

TODAY = date(2026, 6, 1)
MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_EVALUABLE


def hbi(wellbeing=0, pain=0, liquid_stools=0, mass=0, complications=()):
    answers = {"wellbeing": wellbeing, "pain": pain, "liquid_stools": liquid_stools, "mass": mass}
    return assess_answers(HBI, answers | {"complications": complications}, TODAY)


def pms(sf, rb, pga):
    return assess_answers(PARTIAL_MAYO, {"sf": sf, "rb": rb, "pga": pga}, TODAY)


def verdict(report):
    return report.main.finding.verdict


def differing(report):
    return {each.source.name: each.verdict for each in report.main.differs}


@pytest.mark.parametrize(
    ("stools", "expected"), [(4, MET), (5, NOT_MET), (6, NOT_MET)], ids=["just below", "at", "just above"]
)
def test_an_hbi_below_5_is_remission(stools, expected):
    assert verdict(hbi(liquid_stools=stools)) is expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [((1, 0, 0), MET), ((1, 0, 1), MET), ((1, 1, 1), NOT_MET)],
    ids=["just below", "at", "just above"],
)
def test_a_pms_of_2_or_less_is_remission(answers, expected):
    assert verdict(pms(*answers)) is expected


@pytest.mark.parametrize(
    ("code", "lowest_total", "expected"),
    [
        ("wellbeing", 0, MET), ("wellbeing", 1, OPEN), ("wellbeing", 4, OPEN), ("wellbeing", 5, NOT_MET),
        ("pain", 1, MET), ("pain", 2, OPEN), ("pain", 5, NOT_MET),
        ("mass", 1, MET), ("mass", 2, OPEN), ("mass", 4, OPEN), ("mass", 5, NOT_MET),
        ("liquid_stools", 0, OPEN), ("liquid_stools", 4, OPEN), ("liquid_stools", 5, NOT_MET),
        ("complications", 0, OPEN), ("complications", 4, OPEN), ("complications", 5, NOT_MET),
    ],
)  # fmt: skip
def test_an_hbi_item_not_assessed_leaves_a_verdict_only_where_it_is_the_same_over_the_range(
    code, lowest_total, expected
):
    """A mass adds 0 to 3: with 1 known point it is remission, with 5 it is not (CLINICAL.md 1.1)."""
    known = {"liquid_stools": lowest_total} if code != "liquid_stools" else _spread(lowest_total)
    report = hbi(**{**known, code: None})
    finding = report.main.finding

    assert finding.verdict is expected
    assert finding.missing == ((code,) if expected is OPEN else ())


def _spread(points):
    return {"wellbeing": min(points, 4), "pain": points - min(points, 4)}


@pytest.mark.parametrize("code", ["sf", "rb", "pga"])
@pytest.mark.parametrize(
    ("one_other", "expected"), [(0, OPEN), (2, OPEN), (3, NOT_MET)], ids=["0 to 3", "2 to 5", "3 to 6"]
)
def test_a_pms_item_not_assessed_leaves_a_verdict_only_where_it_is_the_same_over_the_range(code, one_other, expected):
    others = [each for each in ("sf", "rb", "pga") if each != code]
    report = pms(**{code: None, others[0]: one_other, others[1]: 0})

    assert verdict(report) is expected
    assert report.main.finding.missing == ((code,) if expected is OPEN else ())


def test_nothing_assessed_is_never_a_zero():
    assert verdict(assess_answers(HBI, {}, TODAY)) is OPEN
    assert verdict(assess_answers(PARTIAL_MAYO, {}, TODAY)) is OPEN


# A second implementation, by brute force: every completion of an incomplete answer, every rule in plain words.


def _protocol(sf, rb, pga):
    return sf + rb + pga <= 2


def _stride_ii(sf, rb, pga):
    return (sf + rb + pga < 3 and max(sf, rb, pga) <= 1) or (sf == 0 and rb == 0)


def _nct05069259(sf, rb, pga):
    return sf + rb + pga <= 2 and max(sf, rb, pga) <= 1


def _over(rule, completions):
    outcomes = {rule(*each) for each in completions}
    return OPEN if len(outcomes) > 1 else MET if outcomes == {True} else NOT_MET


def _expected(completions):
    ours = _over(_protocol, completions)
    others = {"STRIDE-II": _over(_stride_ii, completions), "NCT05069259": _over(_nct05069259, completions)}
    return ours, {name: each for name, each in others.items() if each is not ours}


@pytest.mark.parametrize("answers", list(itertools.product((0, 1, 2, 3, None), repeat=3)))
def test_every_pms_is_judged_as_all_its_completions_are(answers):
    completions = list(itertools.product(*(range(4) if each is None else [each] for each in answers)))
    report = pms(*answers)

    assert (verdict(report), differing(report)) == _expected(completions)


@pytest.mark.parametrize("total", range(10))
def test_a_pms_known_only_by_its_total_is_judged_as_all_its_completions_are(total):
    completions = [each for each in itertools.product(range(4), repeat=3) if sum(each) == total]
    score = Score(questionnaire=PARTIAL_MAYO, on=TODAY, recorded_total=total)
    report = assess(Chart(disease=Disease.ULCERATIVE_COLITIS, scores=(score,)), TODAY)

    assert (verdict(report), differing(report)) == _expected(completions)


def test_every_hbi_is_judged_as_all_its_completions_are():
    """40 stools stand for any number of them: with 5 the verdict no longer changes."""
    options = {"wellbeing": range(5), "pain": range(4), "liquid_stools": (0, 1, 4, 5, 40), "mass": range(4)}
    complications = [item.code for item in HBI.item("complications").choices]
    points = [*options.values(), range(9)]
    for given in itertools.product(*([*each, None] for each in points)):
        names = None if given[4] is None else tuple(complications[: given[4]])
        lowest = sum(0 if each is None else each for each in given)
        highest = sum(max(each) if value is None else value for value, each in zip(given, points, strict=True))
        expected = MET if highest < 5 else NOT_MET if lowest >= 5 else OPEN

        assert (
            foresee(HBI, dict(zip(options, given[:4], strict=True)) | {"complications": names})[0].finding.verdict
            is expected
        )


# What the headline says


@pytest.mark.parametrize(
    ("judged", "headline"),
    [
        (partial(hbi, liquid_stools=4), "REMISSION · HBI 4 (remission < 5)"),
        (partial(hbi, 1, 1, 3), "NOT IN REMISSION · HBI 5 (remission < 5)"),
        (partial(hbi, 1, 1, 1, None), "UNDECIDED · HBI 3 to 6 (remission < 5)"),
        (partial(pms, 1, 0, 1), "REMISSION · PMS 2 (remission <= 2)"),
        (partial(pms, 0, 2, 0), "REMISSION BY PROTOCOL, NOT BY STRIDE-II · PMS 2 (bleeding 2)"),
        (partial(pms, 2, 0, 0), "REMISSION BY PROTOCOL, NOT BY STRIDE-II · PMS 2 (stool frequency 2)"),
        (partial(pms, 0, 0, 2), "REMISSION BY PROTOCOL, NOT BY NCT05069259 · PMS 2 (global assessment 2)"),
        (partial(pms, 0, 0, 3), "NOT IN REMISSION BY PROTOCOL, REMISSION BY STRIDE-II · PMS 3 (remission <= 2)"),
        (partial(pms, 3, 3, 3), "NOT IN REMISSION · PMS 9 (remission <= 2)"),
        (partial(pms, 0, 0, None), "UNDECIDED · PMS 0 to 3 (remission <= 2)"),
    ],
)
def test_the_headline(judged, headline):
    assert judged().headline == headline


@pytest.mark.parametrize("answers", list(itertools.product((0, 1, 2, 3, None), repeat=3)))
def test_remission_is_never_said_without_its_authority_where_authorities_disagree(answers):
    report = pms(*answers)
    pro2 = {each.finding.verdict for each in report.judgements if each.endpoint.id == "uc.clinical_remission.pro2"}

    assert report.headline.startswith("REMISSION ·") == (
        verdict(report) is MET and not differing(report) and pro2 == {MET}
    )
    assert len(report.headline) <= 140


def test_a_subscore_above_1_in_remission_is_flagged_and_elsewhere_is_not():
    assert pms(0, 2, 0).main.flags == ("subscore_gt1",)
    assert pms(1, 0, 1).main.flags == ()
    assert pms(3, 3, 3).main.flags == ()


def test_every_finding_has_a_reason_a_source_and_an_authority():
    for report in (hbi(1, None), pms(0, 2, 0), pms(None, None, None)):
        for judgement in report.judgements:
            for finding in (judgement.finding, *judgement.differs):
                assert finding.why
                assert finding.source.title
                assert finding.source.authority


# Now, then, and not applicable (DESIGN.md section 5)


def course(disease, *scores, started_on=None, **more):
    return assess(Chart(disease=disease, scores=scores, started_on=started_on, **more), TODAY)


def hbi_on(on, stools):
    zeros = {"wellbeing": 0, "pain": 0, "mass": 0, "complications": ()}
    return Score(questionnaire=HBI, on=on, answers=zeros | {"liquid_stools": stools})


@pytest.mark.parametrize(
    ("on", "as_of"),
    [(date(2026, 5, 19), None), (date(2026, 5, 18), None), (date(2026, 5, 17), date(2026, 5, 17))],
    ids=["13 days", "14 days", "15 days"],
)
def test_a_score_is_now_for_14_days(on, as_of):
    report = course(Disease.CROHNS, hbi_on(on, 3), started_on=date(2026, 1, 5))

    assert report.as_of == as_of
    assert report.headline.startswith("WAS IN REMISSION ON 17 May 2026 ·" if as_of else "REMISSION ·")


def test_without_a_first_dose_the_latest_score_counts_however_old():
    report = course(Disease.CROHNS, hbi_on(date(2025, 1, 2), 9), hbi_on(date(2025, 1, 1), 3))

    assert report.headline == "NOT IN REMISSION · HBI 9 (remission < 5)"
    assert report.as_of is None


def test_of_two_scores_of_one_day_the_later_in_the_list_counts_and_a_note_says_so():
    report = course(Disease.CROHNS, hbi_on(TODAY, 9), hbi_on(TODAY, 3))

    assert report.headline == "REMISSION · HBI 3 (remission < 5)"
    assert report.notes == ("2 HBI of one day: a later one in the list is used.", "2 HBI of one day: this one is used.")


@pytest.mark.parametrize(
    ("started_on", "expected"),
    [(date(2026, 6, 2), Verdict.NOT_APPLICABLE), (date(2026, 6, 1), OPEN), (date(2026, 5, 31), MET)],
    ids=["starts tomorrow", "starts today", "started yesterday"],
)
def test_a_score_of_the_day_of_the_first_dose_or_before_is_not_about_the_treatment(started_on, expected):
    report = course(Disease.CROHNS, hbi_on(TODAY, 3), started_on=started_on)

    assert verdict(report) is expected
    assert ("before treatment" in report.headline) == (expected is Verdict.NOT_APPLICABLE)


def test_without_a_score_since_the_first_dose_nothing_is_concluded():
    report = course(Disease.CROHNS, hbi_on(date(2026, 1, 2), 3), started_on=date(2026, 1, 5))

    assert report.headline == "UNDECIDED · no HBI since the first dose"
    assert report.main.finding.missing == ("HBI since the first dose",)


@pytest.mark.parametrize("surgery", ["ostomy", "colectomy", "pouch"])
def test_stools_cannot_be_counted_after_surgery(surgery):
    for disease, score in (
        (Disease.CROHNS, hbi_on(TODAY, 3)),
        (Disease.ULCERATIVE_COLITIS, Score(questionnaire=PARTIAL_MAYO, on=TODAY, recorded_total=0)),
    ):
        found = [verdict(course(disease, score, history=History(**{surgery: each}))) for each in (True, False, None)]

        assert found == [Verdict.NOT_APPLICABLE, MET, MET]


def test_a_fact_that_was_given_and_cannot_be_read_leaves_the_verdict_open():
    assert verdict(course(Disease.CROHNS, hbi_on(TODAY, 3), unreadable=("started_on",))) is OPEN


def test_the_highest_number_of_remission_is_the_last_that_its_printed_limit_lets_in():
    """HBI < 5, CDAI < 150, SES-CD <= 4, PMS <= 2, MES <= 1, UCEIS <= 1, SCCAI < 2."""
    assert {each.id: each.highest_met for each in REMISSION if each.highest_met is not None} == {
        "cd.clinical_remission.hbi": 4,
        "cd.clinical_remission.cdai": 149,
        "cd.endoscopic_remission": 4,
        "uc.clinical_remission.pms": 2,
        "uc.endoscopic_remission": 1,
        "uc.endoscopic_remission.uceis": 1,
        "uc.clinical_remission.sccai": 1,
    }
