"""What is late in the evening of a clinic west of UTC comes that evening, and says that it is late."""

from datetime import UTC, datetime

import pytest

from bot.house import House
from tests import conversation
from tests.enrolled import CODE
from tests.mornings import tick, told
from tests.test_reminders_undelivered import away, hours_pass, telegram_answers


@pytest.fixture
def los_angeles(monkeypatch):
    monkeypatch.setattr(conversation, "House", lambda _: House("America/Los_Angeles"))


async def test_it_comes_in_the_evening_after_an_outage_though_utc_has_the_next_day(
    los_angeles, ward, office, monkeypatch
):
    await ward.says("/settings America/Los_Angeles")
    await tick(office, ward)
    office.clock.now = datetime(2026, 6, 2, 15, 1, tzinfo=UTC)  # 08:01 there
    with telegram_answers(monkeypatch, away()):
        await tick(office, ward)
    office.clock.now = datetime(2026, 6, 3, 0, 30, tzinfo=UTC)  # 17:30 of 2 June there
    await hours_pass(office, 2, ward)

    assert [text.splitlines()[0] for text in told(ward)] == [f"Reminder · {CODE} · delayed"]
