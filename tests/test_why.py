"""`/why` and the page behind Why: of which verdict, of whom, and how one comes back from it. PRODUCT.md section 1."""

import pytest

from bot.examined import Examined
from bot.patient_pages import why_page
from bot.reading import Reading
from flows.report import assess
from tests.conversation import labels
from tests.enrolled import CODE, visit
from tests.fullcharts import TODAY, full_charts
from tests.mornings import joins

OF_PATIENT = f"{CODE} · Ulcerative colitis · week 12 · maintenance · 1 Jun 2026"


async def check(line):
    await line.says("/pms 3 2 2")


async def test_why_explains_the_verdict_of_the_patient_that_was_said_last(ward, office):
    await check(ward)
    await visit(ward)
    await ward.says("/why")

    assert ward.last.text.startswith(f"REMISSION · PMS 2 (remission <= 2)\n{OF_PATIENT} · verdict 1\n")
    assert "\nClinical remission: met, PMS 2 (rule: PMS <= 2)" in ward.last.text
    assert not any(code in ward.last.text for code in ("uc.", "biomarker.", "eligibility."))
    assert tuple(office.rows("SELECT verb, patient_id FROM audit ORDER BY id DESC LIMIT 1")[0]) == ("read", 1)


async def test_why_explains_the_quick_check_that_came_after_it(ward):
    await visit(ward)
    await check(ward)
    await ward.says("/why")

    assert ward.last.text.startswith("NOT IN REMISSION · PMS 7 (remission <= 2)\nUlcerative colitis · quick check\n")


async def test_why_explains_a_quick_check_that_was_tapped_after_it(ward):
    await visit(ward)
    await ward.says("/pms")
    for label in ("3", "2", "Severe", "Confirm"):
        await ward.taps(label)
    await ward.says("/why")

    assert ward.last.text.startswith("NOT IN REMISSION · PMS 8 (remission <= 2)\nUlcerative colitis · quick check\n")


async def test_why_after_a_verdict_explains_it_with_no_quick_check_before(ward):
    await ward.says(f"/status {CODE}")
    await ward.says("/why")

    assert ward.last.text.startswith(f"UNDECIDED · no PMS since the first dose\n{OF_PATIENT} · verdict 1\n")


async def test_why_explains_what_was_said_and_not_what_somebody_has_recorded_since(ward, office):
    other = await joins(office, "other")
    await ward.says(f"/status {CODE}")
    await visit(other)
    await ward.says("/why")

    assert ward.last.text.startswith("UNDECIDED · no PMS since the first dose\n")
    assert "verdict 1\n" in ward.last.text


async def test_the_page_behind_why_says_of_whom_and_when_and_has_a_way_back(ward):
    await visit(ward)
    await ward.taps("Why")

    assert ward.last.text.startswith(f"REMISSION · PMS 2 (remission <= 2)\n{OF_PATIENT}\n")
    for page in ("Why", "Safety", "Long note"):
        await ward.taps("Status")
        await ward.taps(page)
        assert labels(ward.last) == ["Copy note", "Status", "Menu"]
    await ward.taps("Status")
    assert ward.last.text.startswith(f"REMISSION · PMS 2 (remission <= 2)\n{OF_PATIENT}\n")


@pytest.mark.parametrize("chart", list(full_charts(60)))
def test_each_authority_has_one_line_on_the_indication(chart):
    report = assess(chart, TODAY)
    page = why_page(CODE, Examined({}, Reading(TODAY, disease=chart.disease), report))

    assert page.count("\nIndication: ") <= len(report.eligibility)
