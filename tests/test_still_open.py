"""What an answer does not close says why it stays open, and what would close it."""

from datetime import date

import pytest

from flows.codes import own_code
from flows.reminder import LIVE, State
from tests.enrolled import CODE
from tests.mornings import morning, rows_of, tick
from tests.test_reminders_come import enrol

SERIES = "Blood count, liver tests"


async def say(line, *labels):
    for label in labels:
        await line.taps(label)


async def opens(line, title, code=CODE):
    await line.says(f"/due {code}")
    await say(line, "One by one", title)


async def test_a_value_that_is_wanted_of_this_patient_as_well_is_named(ward, office):
    """With a low eGFR creatinine goes with the blood count: the card does not name it."""
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("hb 13 g/dL anc 3.2 alc 1.2 alt 20 U/L egfr 40")
    await ward.taps("Confirm")
    morning(office, 8, 31, 9)
    await tick(office, ward)
    await opens(ward, SERIES)
    await say(ward, "Done", "Today, 31 Aug 2026")

    assert rows_of(office, "rep_lab")[0] in LIVE
    assert (
        f"{SERIES} stays open, as a value is missing: Creatinine or eGFR. That closes it.\n"
        in ward.last.text.partition("OVERDUE")[0]
    )


@pytest.mark.parametrize("answer", [("Done", "Today, 1 Jun 2026"), ("Not possible", "Refused by the patient")])
async def test_what_a_finding_has_left_open_is_not_named_on_a_locked_screen_and_the_way_to_it_is(ward, office, answer):
    await ward.says(f"/p {CODE}")
    await say(ward, "Checklist", "Hepatitis B", "Today", "Negative", "Positive", "Not known", "Confirm")
    await opens(ward, "Hepatitis B")
    await say(ward, *answer)

    assert rows_of(office, "base_hbv")[0] in LIVE
    assert (
        "\nHepatitis B stays open by what was found: the Checklist, under Menu, says what closes it.\n"
        in ward.last.text
    )
    assert "anti-HBc" not in ward.last.text
    await say(ward, "Menu", "Checklist")
    assert "HBV DNA" in ward.last.text


async def test_what_is_awaited_since_a_later_day_is_closed_by_its_result(ward, office):
    await opens(ward, "IGRA")
    await ward.taps("Awaiting result")
    await opens(ward, "IGRA")
    await ward.taps("Done")
    await ward.says("20.5.2026")

    assert rows_of(office, "base_igra")[0] == State.AWAITING
    assert "IGRA stays open: its result is awaited since 1 Jun 2026. That closes it." in ward.last.text


async def test_a_baseline_of_which_no_later_day_counts_says_which_days_do(ward, office):
    code = own_code("CD-0043")
    await office.ledger.take(lambda work: enrol(work, code, office.clock.now, started=date(2026, 5, 30)))
    await tick(office, ward)
    await opens(ward, "Complete blood count", code)
    await say(ward, "Done", "Today, 1 Jun 2026")

    assert (
        "Complete blood count stays open: 1 Jun 2026 is outside its window, 30 Apr 2026 to 30 May 2026. A day in that "
        "closes it, or Not possible." in ward.last.text
    )
    await ward.taps("Done")
    await ward.says("15.5.2026")
    assert "Complete blood count stays open" not in ward.last.text


async def test_what_is_closed_says_nothing_of_it(ward):
    for title, *answer in (("IGRA", "Done", "Today, 1 Jun 2026"), ("Chest imaging", "Not possible", "Not indicated")):
        await opens(ward, title)
        await say(ward, *answer)

        assert "stays open" not in ward.last.text


async def test_of_one_alone_a_day_before_its_window_is_refused_with_the_first_that_counts(ward, office):
    await opens(ward, "Week 12: lipids")
    await ward.taps("Done")
    await ward.says("1.5.2026")

    assert ward.last.text.endswith(
        " · 1 May 2026 is too early: what was done from 18 May 2026 on counts. Nothing was changed."
    )
    assert rows_of(office, "wk12_lipid")[0] == State.PLANNED
