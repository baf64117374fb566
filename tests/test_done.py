"""Done says what it closes: what is sampled goes together, whatever else was done is ticked or done by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.conversation import labels
from tests.enrolled import CODE, UP_TO_DATE
from tests.mornings import SIX_UTC, morning, rows_of, tick, told


@pytest.fixture
def opening():
    return UP_TO_DATE


@pytest.fixture
async def reminded(ward, office):
    """Of the laboratory of week 12, a word of the clinician's own, and an endoscopy that is only coming."""
    await ward.says(f"/remind {CODE} 3 Jun 2026 call surgeon")
    await tick(office, ward)
    morning(office, 6, 2, minute=1)
    await tick(office, ward)
    return ward.last


async def test_it_says_before_it_counts_what_it_closes(ward, reminded):
    await ward.taps("Done")

    said = "Done closes: Week 12: blood count, Week 12: liver tests, Week 12: lipids, Week 12: CRP, calprotectin."
    assert said in ward.last.text
    assert {"Endoscopy, MES", "call surgeon", "All of these", "Today, 2 Jun 2026"} <= set(labels(ward.last))


async def test_only_what_is_sampled_is_closed_by_the_tap_that_follows(ward, office, reminded):
    await ward.taps("Done")
    await ward.taps("Today, 2 Jun 2026")

    assert [rows_of(office, item)[0] for item in ("wk12_cbc", "wk12_lft", "wk12_lipid", "wk12_bio")] == ["done"] * 4
    assert [rows_of(office, item)[0] for item in ("own", "endo_uc")] == ["sent", "sent"]
    for number in range(1, 130):
        office.clock.now = datetime(2026, 6, 2, SIX_UTC, 1, tzinfo=UTC) + timedelta(days=number)
        await tick(office, ward)
    assert "Endoscopy, MES, due 7 Jun 2026, window to 5 Oct 2026" in told(ward)[-1]


async def test_what_is_ticked_is_closed_with_it_and_what_is_unticked_is_not(ward, office, reminded):
    await ward.taps("Done")
    for label in ("Endoscopy, MES", "call surgeon", "✓ call surgeon"):
        await ward.taps(label)
    assert "Week 12: CRP, calprotectin, Endoscopy, MES." in ward.last.text
    await ward.taps("Today, 2 Jun 2026")

    assert (rows_of(office, "endo_uc")[0], rows_of(office, "own")[0]) == ("done", "sent")


async def test_of_one_alone_done_is_its_own(ward, office, reminded):
    for label in ("One by one", "call surgeon", "Done", "Today, 2 Jun 2026"):
        await ward.taps(label)

    assert rows_of(office, "own")[0] == "done"
    assert rows_of(office, "wk12_cbc")[0] == "sent"


async def test_where_nothing_is_sampled_a_day_is_asked_for_once_something_is_ticked(ward, office, reminded):
    await ward.taps("Done")
    await ward.taps("Today, 2 Jun 2026")
    await ward.says(f"/due {CODE}")
    await ward.taps("Done")
    assert not any(each.startswith("Today") for each in labels(ward.last))
    await ward.taps("call surgeon")
    await ward.taps("Today, 2 Jun 2026")

    assert (rows_of(office, "endo_uc")[0], rows_of(office, "own")[0]) == ("sent", "done")
