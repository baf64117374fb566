"""What waited to be shown while somebody else was told, or was to be: nobody reads it late as if it were of today."""

from datetime import UTC, datetime

import pytest

from bot.acts import Moment
from bot.clock import new_token
from bot.house import House
from bot.patients.records import Records
from tests.enrolled import CODE
from tests.mornings import joins, morning, rows_of, tick, told
from tests.test_reminders_come import enrol_many
from tests.test_reminders_undelivered import away, telegram_answers
from tests.test_told_anew import COUNT, mornings, naming

DOCTOR = 11


async def goes_on(office, *lines):
    """Telegram is there again, and a tick is faster than the sweep; then everything comes that is to come."""
    await office.running.tick()
    for _ in range(2):
        office.rows("UPDATE cards SET not_before = NULL")
        await office.running.deliverer.sweep()
        await tick(office, *lines)


async def handed_over(office, patient=1):
    def turn(work):
        members = {each.id: each for each in work.members.all_active()}
        moment = Moment(now=office.clock.now, new_token=new_token, bot_id=1, update_id=0, house=House("Europe/Vienna"))
        records = Records(work, members[1], moment, office.clock.now.date())
        records.hand_over(work.patients.get(patient), members[2], "leave or absence")

    await office.ledger.take(turn)


async def test_what_the_new_person_was_told_is_not_shown_late_to_the_former_one(ward, office, monkeypatch):
    colleague = await joins(office, "colleague")
    await tick(office, ward, colleague)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away(), DOCTOR):
        await tick(office, ward)
        assert rows_of(office, "wk12_cbc")[:2] == ("sent", "on")
        await handed_over(office)
        morning(office, 6, 3)
    await goes_on(office, ward, colleague)

    assert told(ward) == []
    assert len(naming(colleague)) == 1


async def test_whoever_was_not_shown_the_last_step_hears_it_late_before_the_cover_does(ward, office, monkeypatch):
    cover = await joins(office, "cover")
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    await tick(office, ward)
    await mornings(office, 13, ward, cover)
    before = len(told(ward))
    office.clock.now = datetime(2026, 6, 15, 6, 1, tzinfo=UTC)
    with telegram_answers(monkeypatch, away(), DOCTOR):
        await tick(office, ward)
        assert rows_of(office, "wk12_cbc")[:2] == ("sent", "end")
        morning(office, 6, 19, minute=1)
    await goes_on(office, ward, cover)

    assert naming(cover) == []
    (late,) = told(ward)[before:]
    assert late.startswith(f"Reminder · {CODE} · delayed")
    assert f"OVERDUE: {COUNT}" in late
    await mornings(office, 4, ward, cover)
    assert [f"OVERDUE, told the cover: {COUNT}" in text for text in naming(cover)] == [True]


@pytest.mark.parametrize("minutes", [20, 200], ids=["within the hour", "late"])
async def test_of_a_digest_that_waited_the_rest_is_told_anew(ward, office, monkeypatch, minutes):
    colleague = await joins(office, "colleague")
    await enrol_many(office, range(43, 46))
    await tick(office, ward)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away(), DOCTOR):
        await office.running.tick()
        await ward.settled()
        await handed_over(office)
        office.rows("UPDATE members SET round_at = NULL, rounded_on = NULL, digest_at = '08:10' WHERE id = 2")
        for _ in range(2):
            await tick(office, colleague)
            office.clock.passes(minutes=minutes / 2)
    await goes_on(office, ward, colleague)

    assert len(naming(colleague)) == 1
    assert all(CODE not in text for text in told(ward))
    assert len(told(ward)) in (1, 3)
    assert all(("delayed" in text.splitlines()[0]) is (minutes > 60) for text in told(ward))
