"""Bad input gets a clear sentence and changes nothing."""

import pytest

from bot import words
from tests.test_taps import stored

ODD = ["🙂", "a" * 4096, "<b>bold</b>", "</b>&amp;<script>", "'; DROP TABLE cards; --", "-1", "1,5", "99", "\u202e4",
       "0\u0000", "💊" * 2048, "１"]  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
async def test_odd_words_repeat_the_choices(chat, text):
    await chat.says("/hbi")
    await chat.says(text)

    assert chat.last.text.startswith("Well-being: choose one of 0 = Very well, 1 = Slightly below par, 2 = Poor")
    assert "HBI 1/5 · so far 0" in chat.last.text
    assert text not in chat.last.text


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
async def test_odd_words_without_a_question_are_answered(chat, text):
    await chat.says(text)

    assert chat.last.text == words.NOTHING_OPEN


@pytest.mark.parametrize(
    "line", ["/hbi " + each for each in ODD] + ["/pms 1 0", "/pms 1 0 1 1", "/pms 4 0 0", "/pms 1,0 0 1"]
)
async def test_an_odd_line_is_refused_and_nothing_is_stored(chat, office, line):
    await chat.says(line)

    assert stored(office)[0] == []
    assert len(chat.messages) == 1


async def test_an_edited_message_has_no_effect_but_a_line(chat, office):
    await chat.says("/hbi")
    before = stored(office)[0]
    chat.conversation.edits("4")
    await chat.settled()

    assert [message.text for message in chat.messages][-2] == words.EDITED
    assert "HBI 1/5" in chat.last.text
    assert stored(office)[0] == before


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1,
                     "is_animated": False, "is_video": False}},
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "HBI 3"},
        {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
        {"document": {"file_id": "f", "file_unique_id": "u"}},
        {"location": {"latitude": 1.0, "longitude": 1.0}},
        {"contact": {"phone_number": "1", "first_name": "X"}},
    ],
    ids=["sticker", "photo", "voice", "document", "location", "contact"],
)  # fmt: skip
async def test_what_is_no_text_is_not_read(chat, content):
    await chat.says("/hbi")
    chat.conversation.sends(**content)
    await chat.settled()

    assert [message.text for message in chat.messages][-2] == words.NOT_TEXT
    assert "HBI 1/5" in chat.last.text


async def test_what_was_typed_is_never_stored(chat, office):
    await chat.says("Maria Canary, born 1970-01-01")
    await chat.says("/hbi Canary")
    await chat.says("/hbi")
    await chat.says("Canary")

    await chat.says("/Maria_Canary")
    tables = ("cards", "interviews", "arrivals", "audit", "members")
    stored_text = "".join(str(office.rows(f"SELECT * FROM {table}")) for table in tables)

    assert "canary" not in stored_text.casefold()
    assert "unknown command" in stored_text


async def test_words_that_reply_to_an_earlier_question_are_refused(chat):
    await chat.says("/hbi")
    first = chat.last
    await chat.says("1")
    await chat.says("3", reply_to=first)

    assert chat.last.text.startswith(words.BEHIND_US)
    assert "HBI 2/5 · so far 1" in chat.last.text


async def test_words_that_reply_to_the_question_on_screen_answer_it(chat):
    await chat.says("/hbi")
    await chat.says("1", reply_to=chat.last)

    assert "HBI 2/5 · so far 1" in chat.last.text
