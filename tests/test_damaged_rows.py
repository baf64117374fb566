"""A row that somebody has damaged by hand ends the reminders of nobody else, and the owners know."""

import pytest

from flows.codes import own_code
from tests.enrolled import CODE
from tests.history import by_hand
from tests.mornings import joins, morning, tick, told
from tests.test_reminders_come import enrol

OTHER = own_code("CD-0043")


async def test_a_patient_who_cannot_be_read_at_all_holds_nobody_else_up(ward, office):
    await office.ledger.take(lambda work: enrol(work, OTHER, office.clock.now))
    await tick(office, ward)
    by_hand(office.url, "UPDATE patients SET disease = 'XX' WHERE id = 1")
    for day in (2, 3):
        morning(office, 6, day)
        await tick(office, ward)

    assert [text.split(" · ")[1].split("\n")[0] for text in told(ward)] == [OTHER]
    broken = [each.text for each in ward.messages if "cannot be worked out" in each.text]
    assert len(broken) == 2
    assert all(each.startswith(f"{CODE}: ") for each in broken)


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("zone = 'Nowhere/Land'", "zone"),
        ("digest_at = '99:00'", "hour of reminders"),
        ("quiet_from = 'night'", "beginning of quiet hours"),
    ],
)
async def test_a_member_whose_hours_cannot_be_read_has_the_usual_ones_and_the_owners_know(ward, office, damage, what):
    colleague = await joins(office, "colleague")
    await office.ledger.take(lambda work: enrol(work, OTHER, office.clock.now, number=2))
    await tick(office, ward)
    by_hand(office.url, f"UPDATE members SET {damage}, round_at = NULL WHERE id = 2")
    await tick(office, ward)
    for day in (2, 3):
        morning(office, 6, day, 9)
        await tick(office, ward, colleague)

    assert OTHER in told(colleague)[0]
    assert CODE in told(ward)[0]
    (notice, _) = [each.text for each in ward.messages if "cannot be read" in each.text]
    assert notice == (
        f"Member 2: the {what} cannot be read. Until they choose anew in /settings, the usual one counts: reminders at "
        "08:00, quiet from 21:00 to 07:00, the zone UTC."
    )
    zone = "UTC" if what == "zone" else "Europe/Vienna"
    await colleague.says("/settings")
    assert f"Your reminders: at 08:00 in {zone}, never between 21:00 and 07:00" in colleague.last.text


@pytest.mark.parametrize("is_shown", [True, False], ids=["was shown", "never shown"])
async def test_a_reminder_whose_step_cannot_be_read_stands_in_every_list_and_holds_nobody_else_up(
    ward, office, is_shown
):
    await office.ledger.take(lambda work: enrol(work, OTHER, office.clock.now))
    for day in (1, 2):
        morning(office, 6, day, 9)
        await tick(office, ward)
    before = len(told(ward))
    if not is_shown:
        by_hand(office.url, "UPDATE cards SET dead_why = 'refused', message_id = NULL WHERE unasked AND patient_id = 1")
    by_hand(office.url, "UPDATE reminders SET step = 'xx' WHERE patient_id = 1 AND item = 'wk12_cbc'")
    await ward.says("/due")
    assert CODE in ward.last.text
    assert OTHER in ward.last.text
    await ward.taps("The clinic's")
    assert CODE in ward.last.text
    morning(office, 6, 4, 9)
    await tick(office, ward)

    assert [text.split(" · ")[1].split("\n")[0] for text in told(ward)[before:]] == [OTHER]
    assert [each.text for each in ward.messages if each.text.startswith(f"{CODE}: what is due cannot be worked out")]
