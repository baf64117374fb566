"""Done takes every day that counts for an item, and leaves open what no sample settles."""

from datetime import date

import pytest

from flows.codes import own_code
from tests.conversation import labels
from tests.enrolled import CODE
from tests.mornings import rows_of
from tests.test_reminders_come import enrol


@pytest.mark.parametrize(
    ("typed", "state"), [("26.4.2026", "planned"), ("27.4.2026", "done")], ids=["day 48", "day 49"]
)
async def test_the_day_of_an_endoscopy_counts_from_day_49_in_colitis(ward, office, typed, state):
    await ward.says(f"/due {CODE}")
    for label in ("One by one", "Endoscopy, MES", "Done"):
        await ward.taps(label)
    await ward.says(typed)

    assert rows_of(office, "endo_uc")[0] == state


async def test_a_review_for_tuberculosis_is_not_done_with_the_blood_and_its_igra_can_be_awaited(ward, office):
    code = own_code("CD-0043")
    await office.ledger.take(lambda work: enrol(work, code, office.clock.now, date(2025, 7, 20)))
    await ward.says(f"/due {code}")
    await ward.taps("Done")
    closes = ward.last.text.split("Tick what else")[0]

    assert "Week 12: blood count" in closes
    assert "Tuberculosis" not in closes
    assert "Tuberculosis: symptoms, IGRA at risk" in labels(ward.last)
    for label in ("Back", "One by one", "Tuberculosis: symptoms, IGRA at risk"):
        await ward.taps(label)
    assert "Awaiting result" in labels(ward.last)
