"""What Telegram refuses, though the chat can be reached: the owners know, and it goes on when its window is over."""

import pytest

from bot.practice.limits import Refusal
from tests.enrolled import UP_TO_DATE
from tests.mornings import COLLEAGUE, hand_over, joins, morning, rows_of, tick, told
from tests.test_reminders_undelivered import telegram_answers

COUNT = "Week 12: blood count"
NOTICE = (
    "Telegram has refused a reminder for member 2. It comes again in the morning, and after its window it goes on to "
    "others. /due shows what is due."
)


@pytest.fixture
def opening() -> str:
    return UP_TO_DATE


async def days_pass(office, *lines):
    for day in range(2, 29):
        morning(office, 6, day)
        await tick(office, *lines)


async def test_it_goes_to_the_cover_after_its_window_and_the_owners_know(ward, office, monkeypatch):
    colleague, cover = await hand_over(ward, office), await joins(office, "cover", 22)
    await office.ledger.take(lambda work: work.clinic.name_cover(3))
    await tick(office, ward, colleague, cover)
    with telegram_answers(monkeypatch, Refusal("Bad Request: BUTTON_DATA_INVALID", 400), COLLEAGUE):
        await days_pass(office, ward, colleague, cover)

    assert told(colleague) == []
    assert any(COUNT in text for text in told(cover))
    notices = [each.text for each in ward.messages if each.text.startswith("Telegram has refused")]
    assert set(notices) == {NOTICE}


async def test_where_nobody_else_is_named_it_is_tried_each_morning(ward, office, monkeypatch):
    colleague = await hand_over(ward, office)
    await tick(office, ward, colleague)
    with telegram_answers(monkeypatch, Refusal("Bad Request: BUTTON_DATA_INVALID", 400), COLLEAGUE):
        await days_pass(office, ward, colleague)
    assert told(colleague) == []
    morning(office, 6, 29)
    await tick(office, ward, colleague)

    assert COUNT in told(colleague)[0]
    assert told(colleague)[0].splitlines()[0].endswith("delayed")
    assert rows_of(office, "wk12_cbc")[1] == "end"


async def test_a_notice_that_is_refused_brings_no_other(ward, office, monkeypatch):
    """Of two owners whom nothing reaches, each would hear of the other for ever."""
    colleague = await hand_over(ward, office)
    office.rows("UPDATE members SET role = 'owner' WHERE id = 2")
    await tick(office, ward, colleague)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, Refusal("Bad Request: BUTTON_DATA_INVALID", 400)):
        for _ in range(5):
            await tick(office, ward, colleague)

    assert office.rows("SELECT count(*) FROM cards WHERE dead_why = 'refused'")[0][0] <= 3
