"""A reminder that is on its way to Telegram when it becomes late is not told again."""

import asyncio
from datetime import UTC, datetime

from bot.practice.telegram import PracticeTelegram
from tests.mornings import COLLEAGUE, hand_over, morning, tick, told
from tests.test_reminders_undelivered import away, telegram_answers


async def test_a_message_that_telegram_has_taken_while_it_became_late_comes_once(ward, office, monkeypatch):
    """The call begins five seconds before the hour is over, and ends after the tick that looks for what is late."""
    colleague = await hand_over(ward, office)
    await tick(office, ward, colleague)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away(), COLLEAGUE):
        await tick(office, ward)
        await office.running.settled()
    office.rows("UPDATE cards SET not_before = NULL")
    office.rows("UPDATE reminders SET wake_on = '2026-06-03' WHERE card_id IS NOT NULL")  # told again by tomorrow
    office.clock.now = datetime(2026, 6, 2, 6, 59, 55, tzinfo=UTC)
    real, is_there, goes_on = PracticeTelegram.call, asyncio.Event(), asyncio.Event()

    async def slowly(self, method, terms):
        if method == "sendMessage" and terms["chat_id"] == COLLEAGUE and not is_there.is_set():
            is_there.set()
            await goes_on.wait()
        return await real(self, method, terms)

    monkeypatch.setattr(PracticeTelegram, "call", slowly)
    await office.running.deliverer.sweep()
    await asyncio.wait_for(is_there.wait(), 5)
    office.clock.passes(seconds=10)
    await office.running.tick()
    goes_on.set()
    await office.running.settled()
    for _ in range(3):
        office.clock.passes(minutes=1)
        await tick(office, ward, colleague)

    assert len(told(colleague)) == 1
