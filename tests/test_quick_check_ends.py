"""A quick check is erased an hour after its verdict, or when it is discarded."""

import pytest

from bot import words
from bot.practice.limits import Refusal
from tests.conversation import button


def stored_interviews(office):
    return office.rows("SELECT answers FROM interviews")


def cards(office):
    return [tuple(row) for row in office.rows("SELECT body, actions FROM cards")]


@pytest.mark.parametrize(
    ("minutes", "left"), [(59, 1), (60, 0), (61, 0)], ids=["just before the hour", "at the hour", "just after"]
)
async def test_its_answers_are_erased_an_hour_after_the_verdict(chat, office, minutes, left):
    await chat.says("/hbi 1 1 3 0 0")
    office.clock.passes(minutes=minutes)
    await office.running.tidy()

    assert len(stored_interviews(office)) == left


async def test_the_message_stays_and_a_tap_on_it_says_that_the_check_has_ended(chat, office):
    await chat.says("/hbi 1 1 3 0 0")
    verdict = chat.last.text
    office.clock.passes(hours=1)
    await office.running.tidy()
    await chat.taps("Why")

    assert chat.last.text == verdict
    assert chat.transcript[-1].strip() == f"bot: ({words.ENDED})"
    assert cards(office) == [(None, None)]
    await chat.says("/why")
    assert chat.last.text == words.NOTHING_TO_SAY_WHY


async def test_discard_ends_it_at_once(chat, office):
    await chat.says("/hbi 1 1 3 0 0")
    await chat.taps("Discard")
    await chat.taps("Why")

    assert chat.transcript[-1].strip() == f"bot: ({words.ENDED})"
    assert stored_interviews(office) == []
    assert cards(office) == [(None, None)]


async def test_an_audit_row_without_values_remains(chat, office):
    await chat.says("/hbi 1 1 3 0 abscess")
    office.clock.passes(hours=1)
    await office.running.tidy()
    audit = office.rows("SELECT verb, subject FROM audit ORDER BY id")

    assert [tuple(row) for row in audit] == [("hbi", "member 1"), ("open", "interview 1"), ("end", "interview 1")]


async def test_an_open_or_kept_questionnaire_does_not_end(chat, office):
    await chat.says("/hbi")
    await chat.taps("1")
    office.clock.passes(days=30)
    await office.running.tidy()
    await chat.taps("Mild")

    assert "HBI 3/5 · so far 2" in chat.last.text


async def test_a_verdict_that_was_not_shown_yet_is_not_erased(chat, office):
    """Telegram was away for longer than the hour: the clinician still gets the verdict."""
    await chat.says("/hbi 1 1 3 0 0")
    office.rows("UPDATE cards SET shown = 0, message_id = NULL")
    office.clock.passes(hours=2)
    await office.running.tidy()

    assert len(stored_interviews(office)) == 1


async def test_why_counts_from_the_last_verdict(chat, office):
    await chat.says("/hbi 1 1 3 0 0")
    office.clock.passes(minutes=10)
    await chat.says("/pms 1 0 1")
    await chat.says("/why")

    assert chat.last.text.startswith("REMISSION · PMS 2")


async def test_discarding_a_question_leaves_no_answer_and_its_old_buttons_are_dead(chat, office):
    await chat.says("/hbi")
    await chat.taps("4")
    old = button(chat.last, "Mild")
    await chat.taps("Cancel")
    await chat.taps("Discard")
    await chat.presses(old, chat.last.message_id)

    assert stored_interviews(office) == []
    assert chat.last.text == "HBI: discarded, nothing of it is kept."


async def test_what_waits_to_be_shown_of_a_check_is_erased_with_it(chat, office):
    await chat.says("/hbi 1 1 3 0 0")
    office.telegram.trouble["sendMessage"] = [Refusal("Too Many Requests: retry after 3600", 429, retry_after=3600)]
    await chat.says("/why")
    await chat.taps("Discard")

    assert [row.body for row in office.rows("SELECT body FROM cards") if "REMISSION" in (row.body or "")] == []
