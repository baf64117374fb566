"""Whoever is to act hears of what is open: after a hand-over, and after what was settled is open again."""

from datetime import UTC, datetime, timedelta

import pytest

from store.members import Role
from tests.enrolled import CODE, UP_TO_DATE
from tests.mornings import SIX_UTC, hand_over, joins, rows_of, tick, told

COUNT = "Week 12: blood count"


@pytest.fixture
def opening():
    return UP_TO_DATE


async def mornings(office, days, *lines):
    """So many, from the second of June on or where they were."""
    begun = max(office.clock.now, datetime(2026, 6, 1, SIX_UTC, 1, tzinfo=UTC))
    for number in range(1, days + 1):
        office.clock.now = begun.replace(hour=SIX_UTC, minute=1) + timedelta(days=number)
        await tick(office, *lines)


def naming(line, words=COUNT):
    return [text for text in told(line) if words in text]


async def test_the_new_person_is_told_what_is_overdue_already_once_and_it_goes_on(ward, office):
    cover = await joins(office, "cover", 31)
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    await tick(office, ward)
    await mornings(office, 14, ward, cover)
    assert rows_of(office, "wk12_cbc")[:2] == ("sent", "end")
    colleague = await joins(office, "colleague")
    await ward.says(f"/p {CODE}")
    for label in ("Course", "Hand over", "Member 3 (doctor)", "Leave or absence", "Confirm"):
        await ward.taps(label)

    await mornings(office, 2, ward, cover, colleague)
    assert len(naming(colleague)) == 1
    assert f"OVERDUE: {COUNT}" in naming(colleague)[0]
    await mornings(office, 60, ward, cover, colleague)
    assert len(naming(colleague)) == 1
    assert [f"OVERDUE, told the cover: {COUNT}" in text for text in naming(cover)] == [True]


async def test_a_cover_who_was_told_and_becomes_responsible_is_told_as_such(ward, office):
    colleague = await joins(office, "cover")
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    await tick(office, ward)
    await mornings(office, 20, ward, colleague)
    assert rows_of(office, "wk12_cbc")[:2] == ("escalated", "cover")
    before = len(naming(colleague))
    await ward.says(f"/p {CODE}")
    for label in ("Course", "Hand over", "Member 2 (doctor)", "Leave or absence", "Confirm"):
        await ward.taps(label)
    await mornings(office, 60, ward, colleague)

    assert len(naming(colleague)) == before + 1
    assert naming(colleague)[-1].splitlines()[0] == f"Reminder · {CODE}"


async def test_what_the_former_person_put_off_is_told_the_next_morning(ward, office):
    await tick(office, ward)
    await mornings(office, 1, ward)
    for label in ("Snooze", "1 week"):
        await ward.taps(label)
    colleague = await hand_over(ward, office)
    await tick(office, colleague)
    await mornings(office, 1, ward, colleague)

    assert len(naming(colleague)) == 1


async def test_a_value_that_is_taken_out_after_the_lead_was_told_is_asked_for_again_and_goes_on(ward, office):
    cover, lead = await joins(office, "cover", 31), await joins(office, "lead", 32, Role.OWNER)
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    await office.ledger.take(lambda work: work.clinic.name_lead(3))
    await tick(office, ward)
    await mornings(office, 23, ward, cover, lead)
    assert rows_of(office, "wk12_cbc")[:2] == ("escalated", "lead")
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("10.6.2026 hb 13 g/dL anc 3 alc 1.2")
    await ward.taps("Confirm")
    assert rows_of(office, "wk12_cbc")[0] == "cleared"
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")
    before = [len(naming(line)) for line in (ward, cover, lead)]
    await mornings(office, 30, ward, cover, lead)

    assert [len(naming(line)) for line in (ward, cover, lead)] == [number + 1 for number in before]
    assert rows_of(office, "wk12_cbc")[:2] == ("escalated", "lead")
