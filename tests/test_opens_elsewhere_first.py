"""What has opened where its reader is, and not yet at the clinic: it takes no answer, and says from when on it does."""

from datetime import date

import pytest

from flows.codes import own_code
from tests.mornings import joins, morning
from tests.test_reminders_come import enrol

OTHER, COUNT = own_code("CD-0043"), "Week 12: blood count"
STILL_CLOSED = f"{COUNT} takes no answer before 2 Jun 2026; at the clinic it is 1 Jun 2026 still. Nothing was changed."


@pytest.fixture
async def colleague(ward, office):
    """In Auckland it is the second of June, on which the items of week 12 open; at the clinic the first."""
    morning(office, 6, 1, 13)
    await office.ledger.take(lambda work: enrol(work, OTHER, office.clock.now, date(2026, 3, 24)))
    other = await joins(office, "other")
    await other.says("/settings Pacific/Auckland")
    await other.says(f"/due {OTHER}")
    return other


def toasts(line):
    return [each.split("(", 1)[1].removesuffix(")") for each in line.transcript if each.strip().startswith("bot: (")]


def filed(office):
    return office.rows("SELECT code, \"on\" FROM observations WHERE patient_id = 2 AND kind = 'handled' ORDER BY id")


@pytest.mark.parametrize("way", ["Done", "Awaiting result", "Not possible"])
async def test_of_one_alone_every_answer_says_from_when_on_it_takes_one(colleague, office, way):
    for label in ("One by one", COUNT, way):
        await colleague.taps(label)

    assert toasts(colleague)[-1] == STILL_CLOSED
    assert filed(office) == []


async def test_of_several_it_is_left_out_with_a_sentence_and_the_rest_is_answered(colleague, office):
    await colleague.taps("Awaiting result")

    assert "wk12_cbc" not in [code for code, _ in filed(office)]
    assert "early_lab" in [code for code, _ in filed(office)]
    assert f"\n{COUNT}, Week 12: liver tests, " in colleague.last.text
    assert " take no answer before 2 Jun 2026; at the clinic it is 1 Jun 2026 still.\n" in colleague.last.text


async def test_it_can_be_snoozed_and_takes_an_answer_once_the_clinic_has_that_day(colleague, office):
    for label in ("One by one", COUNT, "Snooze", "1 day"):
        await colleague.taps(label)
    snoozed = "SELECT item FROM reminders WHERE patient_id = 2 AND state = 'snoozed'"
    assert office.rows(snoozed) == [("wk12_cbc",)]
    morning(office, 6, 1, 22, 30)
    await colleague.says(f"/due {OTHER}")
    for label in ("One by one", COUNT, "Done", "Today, 2 Jun 2026"):
        await colleague.taps(label)

    assert "wk12_cbc" in [code for code, _ in filed(office)]
    assert office.rows(snoozed) == []
