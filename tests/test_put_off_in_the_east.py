"""A snooze at the end of a window, of a reader whose morning comes before the clinic looks at the patient."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.enrolled import UP_TO_DATE
from tests.mornings import joins, rows_of, tick, told


@pytest.fixture
def opening() -> str:
    return UP_TO_DATE


@pytest.mark.parametrize("zone", ["Europe/Vienna", "Pacific/Auckland"])
async def test_whoever_snoozes_for_a_day_at_the_end_is_told_again_on_that_day_also_far_in_the_east(ward, office, zone):
    """In Auckland it is eight when it is ten in the evening of the day before at the clinic."""
    hour = 6 if zone == "Europe/Vienna" else 20
    cover = await joins(office, "cover")
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    await ward.says(f"/settings {zone}")

    def his(day):
        return datetime(2026, 6, day, hour, 5, tzinfo=UTC) - timedelta(days=hour > 12)

    await tick(office, ward, cover)
    for day in range(2, 16):
        office.clock.now = his(day)
        await tick(office, ward, cover)
    assert rows_of(office, "wk12_cbc")[1] == "end"
    office.clock.now = datetime(2026, 6, 15, 6, 30, tzinfo=UTC)  # half past six in the evening there
    await tick(office, ward, cover)
    last = [each for each in ward.messages if each.text.startswith("Reminder")][-1]
    await ward.taps("Snooze", message=last)
    await ward.taps("1 day", message=last)
    assert str(rows_of(office, "wk12_cbc")[2]) == "2026-06-16"
    before = len(told(ward))
    for minutes in (0, 10, 60):
        office.clock.now = his(16) + timedelta(minutes=minutes)
        await tick(office, ward, cover)

    assert len(told(ward)) == before + 1
