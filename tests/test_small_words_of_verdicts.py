"""Words around a verdict that have to be read rightly: the unit that was typed, what decides, whose limit it is."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from msgspec import structs

from bot.contract.examined import examine
from bot.laboratory import read
from bot.patients.pages import safety_page, why_page
from bot.verdicts import verdict_text
from flows.analytes import BY_CODE
from flows.chart import Chart, Score
from flows.criteria import Verdict
from flows.headline import headline
from flows.history import Sex
from flows.instruments import by_command
from flows.instruments.ses_cd import SES_CD
from flows.interview import Interview
from flows.lines import parse_line
from flows.protocol.endpoints import CD_REMISSION_BY_CDAI, REMISSION, RESPONSE
from flows.quantities import Number
from flows.questionnaire import Disease
from flows.report import assess
from flows.samples import Lab
from flows.screens import screen_of

TODAY = date(2026, 6, 1)


def card(command, line):
    form = by_command(command)
    return verdict_text(screen_of(Interview.of_answers(form, parse_line(form, line)), TODAY))


def test_a_value_in_doubt_keeps_the_unit_that_was_typed():
    (doubt,) = read("crp 70 mg/dL", TODAY).doubts

    assert doubt.said.startswith("Not taken: CRP 70 mg/dL (above 300 mg/L is rare)")


def test_calprotectin_at_the_limit_is_within_that_of_the_programme_and_not_of_stride_ii():
    def by(value):
        lab = Lab(analyte=BY_CODE["fcp"], on=TODAY, number=Number(Decimal(value)), given=f"{value} ug/g")
        found = next(each for each in assess(Chart(disease=Disease.CROHNS, labs=(lab,)), TODAY).biomarkers
                     if each.code == "fcp")  # fmt: skip
        return found.finding.verdict, found.finding.source.name, found.finding.source.authority

    assert by("250") == ("met", "trial programme (STRIDE-II: < 250)", "guideline")
    assert by("249") == ("met", "STRIDE-II", "guideline")
    assert by("251") == ("not_met", "STRIDE-II", "guideline")


def test_what_decides_against_a_total_that_would_be_low_enough_is_said():
    said = "Decided by: highest subscore 2 (rule: no subscore above 1 in any segment)"

    assert said in card("sescd", "2110 0 0 0 0")


@pytest.mark.parametrize(
    ("command", "line"),
    [("sescd", "2110 0 0 0 0"), ("sescd", "2110 - - 0 0"), ("cdai", "female - - - 0 no none - - -")],
)
def test_no_line_of_a_card_begins_with_a_blank(command, line):
    assert [each for each in card(command, line).splitlines() if each != each.strip()] == []


def test_a_headline_that_is_too_long_leaves_out_who_accepted_and_keeps_why():
    before = Score(questionnaire=SES_CD, on=date(2025, 9, 1), recorded_total=0)
    chart = Chart(
        disease=Disease.CROHNS,
        started_on=date(2026, 1, 5),
        accepted_baseline=frozenset({"ses_cd"}),
        scores=(before, Score(questionnaire=SES_CD, on=TODAY, recorded_total=0)),
    )

    assert assess(chart, TODAY).headline.endswith("no activity at baseline")


def test_a_scale_is_not_named_twice_and_names_stand_in_capitals():
    scores = [("uceis", {"vascular": 1, "bleeding": 1, "erosions": 1}), ("mes", {"mes": 0})]
    chart = Chart(
        disease=Disease.ULCERATIVE_COLITIS,
        scores=tuple(Score(questionnaire=by_command(code), on=TODAY, answers=answers) for code, answers in scores),
    )

    assert assess(chart, TODAY).headline.startswith("ENDOSCOPIC REMISSION BY PROTOCOL, NOT BY UCEIS · MES 0")


def test_names_in_a_headline_stand_in_capitals():
    answers = {"sf": 1, "rb": 0, "pga": 0, "mes": 0}
    before = Score(questionnaire=by_command("mayo"), on=date(2025, 12, 20), answers={**answers, "sf": 0, "pga": 3})
    now = Score(questionnaire=by_command("mayo"), on=TODAY, answers=answers)
    chart = Chart(disease=Disease.ULCERATIVE_COLITIS, started_on=date(2026, 1, 5), scores=(before, now))

    assert "NOT BY UPADACITINIB TRIALS (adapted Mayo)" in assess(chart, TODAY).headline


def test_a_source_at_the_end_of_a_line_of_safety_begins_with_a_capital():
    chart = Chart(disease=Disease.CROHNS, started_on=date(2026, 1, 5), sex=Sex.FEMALE)
    page = safety_page("CD-0042-I", assess(chart, TODAY))

    assert ". this project." not in page
    assert ". This project." in page


CROHNS = {
    "disease": "CD",
    "today": "2026-06-01",
    "started_on": "2026-01-05",
    "scores": [
        {"instrument": "cdai", "on": "2025-12-20", "total": 320},
        {"instrument": "cdai", "on": "2026-06-01", "total": 120},
    ],
}


def test_the_crohns_disease_activity_index_is_named_so_in_every_rule_and_reason():
    examined = examine(CROHNS, TODAY)
    report = examined.report
    said = [each.why for one in report.judgements for each in (one.finding, *one.differs)]
    printed = [report.headline, *report.status, *said, unescape(why_page("CD-0042-I", examined))]
    rules = [each.says for endpoint in (*REMISSION, *RESPONSE) for each in (endpoint.rule, *endpoint.others)]

    assert [text for text in (*printed, *rules) if text.count("CDAI") != text.count("CDAI (Crohn's)")] == []
    assert any("CDAI (Crohn's) < 150" in each for each in rules)


def test_no_shortened_headline_takes_it_for_another_index():
    long = "CDAI (Crohn's) was 90 at baseline (" + "95 days before the first dose, accepted by somebody" * 3 + "): no"
    main = next(each for each in examine(CROHNS, TODAY).report.judgements if each.endpoint is CD_REMISSION_BY_CDAI)
    finding = structs.replace(main.finding, verdict=Verdict.NOT_APPLICABLE, why=long)

    assert headline(structs.replace(main, finding=finding)) == "NOT APPLICABLE · CDAI (Crohn's) was 90 at baseline: no"
