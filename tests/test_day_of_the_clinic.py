"""Whose day a fact is of: the clinic's, whoever records or reads it. CLINICAL.md section 4."""

from datetime import UTC, datetime

import pytest

from bot.house import House
from tests import conversation
from tests.correcting import say
from tests.enrolled import CODE, UP_TO_DATE
from tests.mornings import joins, morning

AHEAD, BEHIND = "Pacific/Auckland", "America/New_York"
LATE = 13  # in the afternoon of 1 June in Vienna; in Auckland it is 2 June


async def colleague_in(office, zone):
    other = await joins(office, "other")
    await other.says(f"/settings {zone}")
    return other


async def asked_for_an_interruption(office):
    """A colleague in Auckland, of whom the form asks since when."""
    morning(office, 6, 1, LATE)
    other = await colleague_in(office, AHEAD)
    await other.says(f"/p {CODE}")
    await other.taps("Course")
    await other.taps("Interruption")
    return other


async def seen(line, labs):
    await line.says(f"/visit {CODE}")
    for label in ("Seen", "3", "0", "Mild", "No", "Unchanged", "None"):
        await line.taps(label)
    await line.says(labs)
    await line.taps("Confirm")


async def cards(line, *commands):
    found = []
    for command in commands:
        await line.says("/panel" if command == "panel" else f"/{command} {CODE}")
        found.append(line.last.text)
    return found


@pytest.mark.parametrize("zone", [AHEAD, BEHIND])
async def test_what_a_colleague_elsewhere_records_counts_for_everybody_at_once(ward, office, zone):
    morning(office, 6, 1, LATE if zone == AHEAD else 23)
    other = await colleague_in(office, zone)
    await seen(other, "CRP 40 FCP 900 ANC 0.8")
    theirs = await cards(other, "status", "trend", "panel")
    ours = await cards(ward, "status", "trend", "panel")

    assert "last value 0.8 ×10⁹/L" in ours[0]
    assert "no values yet" not in ours[1]
    assert "Not in remission: 1" in ours[2]
    assert [each.replace("Verdict 2: /replay 2", "Verdict 3: /replay 3") for each in theirs] == ours


async def test_a_form_says_the_day_of_the_clinic_where_it_is_another(ward, office):
    other = await asked_for_an_interruption(office)
    asked = other.last.text
    await other.says("2.6.2026")
    refused = other.last.text
    await ward.says(f"/visit {CODE}")

    assert asked.startswith("At the clinic it is 1 Jun 2026.\n")
    assert "Day: 2 Jun 2026 lies after today.\nAt the clinic it is 1 Jun 2026." in refused
    assert "At the clinic" not in ward.last.text


async def test_a_step_that_a_colleague_records_stands_before_the_next_one(ward, office):
    """An interruption that nobody saw was followed by a dose from the day before it."""
    other = await asked_for_an_interruption(office)
    for label in ("Today", "Infection", "Confirm"):
        await other.taps(label)
    await ward.says(f"/status {CODE}")

    assert "Interrupted since 1 Jun 2026" in ward.last.text


async def test_a_verdict_is_replayed_with_the_day_of_its_card(ward, office):
    morning(office, 6, 1, LATE)
    other = await colleague_in(office, AHEAD)
    await other.says(f"/status {CODE}")
    await other.says("/replay 1")

    assert "verdict 1 · 1 Jun 2026, said and replayed" in other.last.text


@pytest.mark.parametrize("opening", [UP_TO_DATE])
async def test_a_reminder_is_snoozed_from_the_day_of_whoever_is_told(ward, office):
    """It comes again on the next of their mornings, not on the same one."""
    morning(office, 6, 1, LATE)
    other = await colleague_in(office, AHEAD)
    await other.says(f"/due {CODE}")
    await other.taps("Snooze")
    await other.taps("1 day")

    assert {str(row[0]) for row in office.rows("SELECT wake_on FROM reminders WHERE state = 'snoozed'")} == {
        "2026-06-03"
    }


@pytest.fixture
def clinic_in(request, monkeypatch):
    monkeypatch.setattr(conversation, "House", lambda _: House(request.param))


@pytest.mark.parametrize(
    ("clinic_in", "day"),
    [("America/Los_Angeles", "1 Jun 2026"), ("UTC", "2 Jun 2026"), (AHEAD, "2 Jun 2026")],
    indirect=["clinic_in"],
)
async def test_the_history_and_the_corrections_say_on_which_day_of_the_clinic_something_was_recorded(
    clinic_in, ward, office, day
):
    office.clock.now = datetime(2026, 6, 2, 3, 0, tzinfo=UTC)
    await say(ward, f"/p {CODE}", "Stool test", "30.5.2026", "Negative", "Confirm", f"/history {CODE}")
    assert f"Stool test of 30 May 2026: negative · member 1, {day}" in ward.last.text
    for steps in ([f"/undo {CODE}"], [f"/p {CODE}", "Correct"]):
        await say(ward, *steps)
        assert f"negative · member 1, {day}" in ward.last.text
