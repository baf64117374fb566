"""`/why` and the page behind Why: of which verdict, of whom, and how one comes back from it. PRODUCT.md section 1."""

from datetime import date

import pytest

from bot.contract.examined import examine
from bot.patients.pages import why_page
from flows.protocol.endpoint import FLAGS
from flows.protocol.endpoints import REMISSION, RESPONSE
from tests.conversation import labels
from tests.enrolled import CODE, visit
from tests.mornings import joins

TODAY = date(2026, 6, 1)

OF_PATIENT = f"{CODE} · Ulcerative colitis · week 12 · maintenance · 1 Jun 2026"


async def check(line):
    await line.says("/pms 3 2 2")


async def test_why_explains_the_verdict_of_the_patient_that_was_said_last(ward, office):
    await check(ward)
    await visit(ward)
    await ward.says("/why")

    assert ward.last.text.startswith(f"REMISSION · PMS 2 (remission <= 2)\n{OF_PATIENT} · verdict 1\n")
    assert "Clinical remission, PMS: met, PMS 2 (rule: PMS <= 2)" in ward.last.text
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


# What stands on that page


DIFFERING = {
    "disease": "UC",
    "today": "2026-06-01",
    "birth_year": 1980,
    "history": {"severity": "severe", "tnf_failed": False, "conventional_failed": True},
}


def why_lines(**chart):
    return why_page(CODE, examine(DIFFERING | chart, TODAY)).splitlines()[2:]


def test_each_authority_has_one_line_of_its_own_on_the_indication():
    (us, eu, protocol) = [line for line in why_lines() if line.startswith("Indication, ")]

    assert us.startswith("Indication, US label: not")
    assert eu.startswith("Indication, EU label: met, ")
    assert protocol.startswith("Indication, protocol: not")


@pytest.mark.parametrize("disease", ["UC", "CD"])
def test_every_finding_has_a_title_for_its_reader_and_no_id(disease):
    every = [each.id for each in (*REMISSION, *RESPONSE)]
    said = why_lines(
        disease=disease,
        started_on="2026-03-09",
        labs=[{"analyte": "fcp", "on": "2026-06-01", "value": "300", "unit": "µg/g"}],
    )

    assert any(line.startswith("Calprotectin: ") for line in said)
    assert any(line.startswith("Clinical remission, ") for line in said)
    assert not [each for each in (*every, "biomarker.", "eligibility.") if any(each in line for line in said)]


def test_every_flag_stands_beside_its_verdict_in_words():
    scores = [
        {"instrument": "partial_mayo", "on": on, "answers": {"sf": 0, "rb": rb, "pga": 0}}
        for on, rb in (("2026-03-02", 2), ("2026-05-30", 0))
    ]
    said = why_lines(started_on="2026-03-09", scores=scores)
    high = why_lines(scores=scores[:1])

    flagged = "Clinical response, PMS: met, in remission at baseline already, PMS was 2"
    assert any(line.startswith(flagged) for line in said)
    assert any(line.startswith("Clinical remission, PMS: met, a subscore above 1, PMS 2") for line in high)
    assert {name for each in (*REMISSION, *RESPONSE) for name, _ in each.flags} == FLAGS.keys()
