"""Whoever is enrolled and not on the drug is not in remission: there is nothing to judge before the first dose."""

import json
from datetime import date

import pytest

from bot.contract.examined import examine, examined_from
from tests.conversation import Line
from tests.enrolled import ENROLLED

CODE = "CD-0042-I"
HEADLINE = "NOT APPLICABLE · before treatment: no first dose is recorded"
TODAY = date(2026, 6, 1)
PMS = {"instrument": "partial_mayo", "on": "2026-06-01", "answers": {"sf": 1, "rb": 0, "pga": 1}}
CRP = {"analyte": "crp", "on": "2026-06-01", "value": 2, "unit": "mg/L"}
CHART = {"disease": "UC", "today": "2026-06-01", "scores": [PMS], "labs": [CRP]}
EFFICACY = ("uc.", "biomarker.")


def efficacy(**more):
    found = examine(CHART | more, TODAY).written()["findings"]
    return {each["verdict"] for each in found if each["id"].startswith(EFFICACY)}


@pytest.fixture
async def waiting(chat) -> Line:
    """The doctor, with a patient whose enrolment says that the drug has not been started."""
    begun = ENROLLED.replace("doctor: [Yes]\ndoctor: 9.3.2026\ndoctor: [Later]", "doctor: [No]")
    await chat.replay(begun)
    return chat


async def scored(line):
    await line.taps("PMS")
    for label in ("Today", "1", "0", "Mild", "Confirm"):
        await line.taps(label)


@pytest.mark.parametrize("started", [{}, {"started_on": None}, {"started_on": "2026-08-09"}])
def test_of_an_enrolled_patient_no_efficacy_is_judged_before_the_first_dose(started):
    assert efficacy(enrolled=True, **started) == {"not_applicable"}


def test_a_chart_alone_is_a_quick_check_as_ever():
    assert "met" in efficacy()
    assert "met" in efficacy(enrolled=False)


def test_from_the_first_dose_on_being_enrolled_changes_nothing():
    started = {"started_on": "2026-03-09"}

    assert examine(CHART | started, TODAY).written() == examine(CHART | started | {"enrolled": True}, TODAY).written()


def test_a_course_without_its_first_dose_is_no_screening():
    """It contradicts itself, and a CHECK says so; it was treated."""
    course = [{"on": "2026-04-01", "event": "dose", "mg": 30}]

    assert "not_applicable" not in efficacy(enrolled=True, course=course)


def test_a_verdict_that_was_said_before_still_says_what_it_said():
    """What it rested on names nobody as enrolled."""
    assert (
        examined_from(json.dumps(CHART | {"id": CODE}), TODAY).report.headline == "REMISSION · PMS 2 (remission <= 2)"
    )


async def test_the_card_and_the_status_say_before_treatment(waiting):
    await scored(waiting)
    assert waiting.last.text.startswith(HEADLINE)
    await waiting.says(f"/status {CODE}")
    assert waiting.last.text.startswith(HEADLINE)
    assert "emission, " not in waiting.last.text
    await waiting.says("/replay 1")
    assert "identical, word for word" in waiting.last.text


async def test_the_panel_counts_them_among_those_not_seen_on_treatment(waiting):
    await scored(waiting)
    await waiting.says("/panel")

    assert {"In remission: 0", "Not seen on treatment: 1", "No baseline score: 0"} <= set(
        waiting.last.text.splitlines()
    )


async def test_the_score_stays_the_baseline_once_the_first_dose_is_recorded(waiting):
    await scored(waiting)
    await waiting.says(f"/p {CODE}")
    for label in ("First dose", "Today", "45 mg", "Indication confirmed as decided", "Confirm"):
        await waiting.taps(label)
    await waiting.says(f"/p {CODE}")
    await waiting.taps("Checklist")

    done = next(line for line in waiting.last.text.splitlines() if line.startswith("Done:"))
    assert "PMS" in done
