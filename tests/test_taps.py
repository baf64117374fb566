"""Stale, double, forged and foreign taps change nothing, and say so kindly."""

import pytest

from bot import words
from bot.turns import seat_owner
from tests.conftest import NURSE
from tests.conversation import button, exchange, labels

SIX_TAPS = ("1", "Mild", "2", "0", "None", "Confirm")
EIGHT_TAPS = ("1", "Mild", "2", "0", "Arthralgia", "Anal fissure", "Done", "Confirm")


def toasts(line):
    return [each.strip()[6:-1] for each in line.transcript if each.startswith("   bot: (")]


def stored(office):
    """Everything that a tap could change."""
    tables = [office.rows(f"SELECT * FROM {table} ORDER BY id") for table in ("interviews", "members", "audit")]
    return [*tables, office.rows("SELECT id, token, revision, body FROM cards ORDER BY id")]


@pytest.mark.parametrize(("taps", "most"), [(SIX_TAPS, 7), (EIGHT_TAPS, 8)], ids=["no complication", "two"])
async def test_hbi_takes_few_taps_on_one_message(chat, taps, most):
    await chat.says("/hbi")
    for label in taps:
        await chat.taps(label)

    assert len(taps) <= most
    assert len(chat.messages) == 1
    assert "REMISSION · HBI" in chat.last.text


async def test_a_button_of_an_earlier_question_changes_nothing(chat, office):
    await chat.says("/hbi")
    old = button(chat.last, "4")
    await chat.taps("1")
    before = stored(office)
    await chat.presses(old, chat.last.message_id)

    assert toasts(chat) == [words.BEHIND_US]
    assert stored(office) == before


async def test_a_double_tap_counts_once(chat):
    await chat.says("/hbi")
    data, message = button(chat.last, "1"), chat.last.message_id
    chat.conversation.taps(data, message)
    await chat.presses(data, message)

    assert "HBI 2/5 · so far 1" in chat.last.text
    assert toasts(chat) == [words.BEHIND_US]


async def test_the_second_half_of_a_double_tap_does_not_untick(chat):
    await chat.says("/hbi")
    for label in ("1", "Mild", "2", "0"):
        await chat.taps(label)
    data, message = button(chat.last, "Abscess"), chat.last.message_id
    chat.conversation.taps(data, message)
    await chat.presses(data, message)

    assert "✓ Abscess" in labels(chat.last)
    assert toasts(chat) == []


async def test_none_tapped_before_the_tick_was_shown_does_not_record_the_tick_or_lose_it(chat):
    await chat.says("/hbi")
    for label in ("1", "Mild", "2", "0"):
        await chat.taps(label)
    message = chat.last.message_id
    chat.conversation.taps(button(chat.last, "Abscess"), message)
    await chat.presses(button(chat.last, "None"), message)

    assert "✓ Abscess" in labels(chat.last)
    assert toasts(chat) == ["Complications: abscess is ticked. Press Done, or untick it."]


@pytest.mark.parametrize(
    "data",
    ["", "x", "A" * 22 + ":0", "A" * 22 + ":999", "A" * 22, ":0", "A" * 22 + ":-1", "é" * 11 + ":0", "A:0:0", "🙂:1",
     "x" * 64, "../../etc:1", "' OR 1=1 --:0"],
)  # fmt: skip
async def test_a_forged_button_is_not_known(chat, office, data):
    await chat.says("/hbi")
    before = stored(office)
    await chat.presses(data, chat.last.message_id)
    await chat.presses(data, 999_999)

    assert set(toasts(chat)) <= {words.NOT_YOURS, words.BEHIND_US}
    assert len(toasts(chat)) == 2
    assert stored(office) == before


async def test_an_index_that_the_card_does_not_have_is_not_known(chat, office):
    await chat.says("/hbi")
    token = button(chat.last, "1").partition(":")[0]
    before = stored(office)
    await chat.presses(f"{token}:99", chat.last.message_id)

    assert toasts(chat) == [words.NOT_YOURS]
    assert stored(office) == before


async def test_a_button_of_somebody_else_is_not_known(chat, office):
    await office.ledger.take(lambda work: seat_owner(work, NURSE, "UTC"))
    nurse = office.line("nurse", NURSE.user_id)
    await chat.says("/hbi")
    before = stored(office)
    await nurse.presses(button(chat.last, "4"), chat.last.message_id)

    assert toasts(nurse) == [words.NOT_YOURS]
    assert stored(office) == before
    assert "HBI 1/5" in chat.last.text


async def test_a_tap_on_a_duplicate_of_a_card_counts_and_the_card_becomes_the_duplicate(chat, office):
    """A crash between a send and its mark leaves two messages with the same buttons."""
    await chat.says("/hbi")
    first = chat.last
    office.rows("UPDATE cards SET message_id = NULL, shown = 0, body = 'HBI'")
    await office.running.deliverer.sweep()
    await office.running.settled()
    assert len(chat.messages) == 2
    await chat.taps("1", message=first)

    assert "HBI 2/5" in first.text


async def test_a_refused_tap_leaves_the_question_with_its_buttons(chat):
    await chat.says("/hbi")
    before = labels(chat.last)
    await chat.taps("Back")

    assert toasts(chat) == ["This is the first question."]
    assert labels(chat.last) == before


async def test_every_conversation_survives_a_restart(url, clock):
    async with exchange(url, clock) as office:
        await office.ledger.take(lambda work: seat_owner(work, NURSE, "UTC"))
        nurse = office.line("nurse", NURSE.user_id)
        await nurse.says("/hbi")
        await nurse.taps("1")
    async with exchange(url, clock, office.telegram) as office:
        nurse = office.line("nurse", NURSE.user_id)
        await nurse.taps("Mild")

        assert "HBI 3/5 · so far 2" in nurse.last.text
        assert len(nurse.messages) == 1


async def test_a_button_under_a_message_that_is_another_card_s_changes_neither(chat, office):
    await chat.says("/hbi 1 1 3 0 0")
    verdict = chat.last
    data = button(verdict, "Why")
    await chat.says("/help")
    before = stored(office)
    await chat.presses(data, chat.last.message_id)

    assert stored(office) == before
    assert toasts(chat) == [words.NOT_YOURS]


async def test_a_button_in_another_chat_changes_nothing(chat, office):
    await chat.says("/hbi 1 1 3 0 0")
    data = button(chat.last, "Why")
    before = stored(office)
    person = {"id": 11, "is_bot": False, "first_name": "Person"}
    message = {"message_id": 777, "date": 1, "chat": {"id": -100, "type": "group", "title": "Ward"}}
    tap = {"id": "5", "from": person, "chat_instance": "1", "message": message, "data": data}
    office.telegram.push({"callback_query": tap})
    await chat.settled()

    assert stored(office) == before
