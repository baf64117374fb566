"""What was sampled at a visit is awaited from the day of the visit on, whenever somebody confirms it."""

from datetime import UTC, datetime

from tests.conversation import labels
from tests.enrolled import CODE
from tests.mornings import rows_of, tick


async def seen(line, *more):
    await line.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0", "Mild", "No", "Unchanged", "None", "Awaiting result", *more):
        await line.taps(label)


def awaited(office):
    found = office.rows("SELECT code, \"on\", value FROM observations WHERE kind = 'handled'")
    return {code: str(on) for code, on, value in found if "awaiting" in str(value)}


async def test_it_is_awaited_since_the_visit_and_only_what_had_opened_by_then(ward, office):
    await seen(ward, "Day")
    await ward.says("16.5.2026")
    if "Awaiting result" in labels(ward.last):
        await ward.taps("Awaiting result")
    await ward.taps("Confirm")

    found = awaited(office)
    assert set(found.values()) == {"2026-05-16"}
    assert not {"wk12_cbc", "wk12_lft", "wk12_lipid", "wk12_bio"} & set(found)


async def test_a_visit_of_the_last_day_of_a_window_that_is_confirmed_after_it(ward, office):
    office.clock.now = datetime(2026, 6, 15, 9, tzinfo=UTC)
    await tick(office, ward)
    await seen(ward)
    office.clock.now = datetime(2026, 6, 17, 9, tzinfo=UTC)
    await ward.taps("Confirm")

    assert awaited(office)["wk12_cbc"] == "2026-06-15"
    assert rows_of(office, "wk12_cbc")[0] == "awaiting result"


async def test_at_a_visit_after_its_window_it_is_awaited_too(ward, office):
    office.clock.now = datetime(2026, 6, 20, 9, tzinfo=UTC)
    await tick(office, ward)
    await seen(ward, "Confirm")

    assert awaited(office)["wk12_cbc"] == "2026-06-20"
