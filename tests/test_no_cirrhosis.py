"""A cirrhosis that was ruled out is known: no rule asks for its class any more, and none changes a dose by it."""

from datetime import date

import pytest

from bot.contract.examined import examine
from tests.correcting import say, wrong
from tests.enrolled import CODE
from tests.test_filing import UC, chart, examined

TODAY = date(2026, 6, 1)
BEGUN = {"begun": "yes", "started_on": "2026-03-09"}
REGIONS = ("US", "EU", "GB", "AU")

pytestmark = pytest.mark.usefixtures("unhurried")


def said_of(child_pugh, region="EU"):
    history = {} if child_pugh == "left out" else {"child_pugh": child_pugh}
    given = {"disease": "UC", "today": "2026-06-01", "started_on": "2026-03-09", "region": region, "history": history}
    found = examine(given, TODAY).written()
    assert found["errors"] == []
    return " ".join(each["text"] for each in found["dose"]["says"])


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize(("child_pugh", "is_asked"), [("none", False), ("A", False), (None, True), ("left out", True)])
def test_its_class_is_not_known_only_where_nobody_said(child_pugh, is_asked, region):
    assert ("not known: eGFR, Child-Pugh class" in said_of(child_pugh, region)) is is_asked


@pytest.mark.parametrize("region", REGIONS)
def test_none_changes_no_dose(region):
    assert said_of("none", region) == said_of(None, region).replace("eGFR, Child-Pugh class", "eGFR")


def test_what_is_answered_so_at_enrolment_stands_so_in_the_chart():
    enrolled = examined(chart(UC, ("enrolment", BEGUN | {"child_pugh": "none"})))

    assert enrolled.reading.chart().history.child_pugh == "none"
    assert examined(chart(UC, ("enrolment", BEGUN))).reading.chart().history.child_pugh is None


async def test_the_page_of_the_dose_follows_what_was_told(ward):
    await say(ward, f"/p {CODE}", "Course")
    assert "not known: eGFR, Child-Pugh class" in ward.last.text
    await say(ward, "Menu", "Details", *["Unchanged"] * 9)
    while "Cirrhosis" not in ward.last.text:
        await ward.taps("Unchanged")
    await say(ward, "None")
    while "Confirm" not in str(ward.last.keyboard):
        await ward.taps("Unchanged")
    await say(ward, "Confirm", f"/p {CODE}", "Course")
    assert "Child-Pugh" not in ward.last.text
    await wrong(ward, "Liver", "Typing error", "Only take it out")
    await say(ward, f"/p {CODE}", "Course")

    assert "not known: eGFR, Child-Pugh class" in ward.last.text
