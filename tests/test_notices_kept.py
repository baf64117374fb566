"""That a message will never be shown is known to the owners, though the store was away just then."""

import pytest

from bot.api import deliver
from bot.practice.limits import Refusal
from store.errors import StoreUnavailable
from tests.mornings import COLLEAGUE, joins, tick
from tests.test_reminders_undelivered import away, telegram_answers

UNREACHABLE = "Member 2 cannot be reached: Telegram does not deliver to them."
GIVEN_UP = "Telegram has not taken a message to member 2 for a day: it is given up."


@pytest.fixture
def away_once(monkeypatch):
    """The store does not take the notice at first."""

    def patched(name):
        real, left = getattr(deliver, name), [StoreUnavailable("away")]

        def tells(*given):
            if left:
                raise left.pop()
            return real(*given)

        monkeypatch.setattr(deliver, name, tells)

    return patched


@pytest.mark.parametrize("is_away", [False, True], ids=["at once", "after the store was away"])
async def test_an_unreachable_member_is_known_to_the_owners(ward, office, monkeypatch, away_once, is_away):
    colleague = await joins(office, "colleague")
    if is_away:
        away_once("report_unreachable")
    with telegram_answers(monkeypatch, Refusal("Forbidden: bot was blocked by the user", 403), COLLEAGUE):
        await colleague.says("/privacy")
        await tick(office, ward)

    assert [each.text for each in ward.messages].count(UNREACHABLE) == 1
    assert office.rows("SELECT count(*) FROM members WHERE unreachable_at IS NOT NULL") == [(1,)]


async def tried_again(office, **later):
    office.clock.passes(**later)
    await office.running.deliverer.sweep()
    await office.running.settled()


@pytest.mark.parametrize("is_away", [False, True], ids=["at once", "after the store was away"])
async def test_a_message_that_is_given_up_is_known_to_the_owners(ward, office, monkeypatch, away_once, is_away):
    colleague = await joins(office, "colleague")
    if is_away:
        away_once("tell_owners")
    with telegram_answers(monkeypatch, away(), COLLEAGUE):
        await colleague.says("/privacy")
        for _ in range(deliver.GIVEN_UP_FAILURES - 2):
            await tried_again(office, minutes=5)
        assert GIVEN_UP not in [each.text for each in ward.messages]
        for _ in range(2):
            await tried_again(office, hours=24)

    assert [each.text for each in ward.messages].count(GIVEN_UP) == 1
