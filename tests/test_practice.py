"""The double of the Bot API refuses what Telegram refuses."""

import pytest
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter

from bot.practice.limits import MAX_DOCUMENT, Refusal, Upload, check_text, checked_keyboard, utf16_length
from bot.practice.telegram import Conversation, PracticeTelegram
from bot.practice.wire import practice_wire


@pytest.fixture
async def telegram():
    return PracticeTelegram()


@pytest.fixture
async def bot(telegram):
    app = practice_wire(telegram).app
    async with app:
        yield app.bot


def markup(**button):
    return InlineKeyboardMarkup([[InlineKeyboardButton("x", **button)]])


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("a" * 4096, True),
        ("a" * 4097, False),
        ("💊" * 2048, True),
        ("💊" * 2048 + "a", False),
        ("", False),
        (" \n", False),
    ],
    ids=["4096", "4097", "4096 in UTF-16", "4097 in UTF-16", "empty", "blank"],
)
async def test_a_text_has_1_to_4096_utf16_units(bot, text, taken):
    if taken:
        assert (await bot.send_message(1, text)).text == text
    else:
        with pytest.raises(BadRequest):
            await bot.send_message(1, text)


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<b>a</b> &lt; &amp; &gt; &quot;", 'a < & > "'),
        ("<blockquote expandable>why</blockquote>", "why"),
        ("&#8804; &#x2264;", "≤ ≤"),
        ("a < b", None),
        ("<b>a", None),
        ("<b><i>a</b></i>", None),
        ("</b>", None),
        ("<h1>a</h1>", None),
        ("<br>", None),
        ("<b></b>", None),
    ],
)
async def test_html_is_small_and_whole(bot, html, seen):
    if seen is None:
        with pytest.raises(BadRequest):
            await bot.send_message(1, html, parse_mode=ParseMode.HTML)
    else:
        assert (await bot.send_message(1, html, parse_mode=ParseMode.HTML)).text == seen


def test_the_limit_counts_what_is_seen_and_not_the_tags():
    assert check_text("<b>" + "a" * 4096 + "</b>", "HTML") == "a" * 4096


@pytest.mark.parametrize(
    ("button", "taken"),
    [
        ({"callback_data": "a" * 64}, True),
        ({"callback_data": "a" * 65}, False),
        ({"callback_data": "é" * 32}, True),
        ({"callback_data": "é" * 32 + "a"}, False),
        ({"copy_text": CopyTextButton("a" * 256)}, True),
        ({"copy_text": CopyTextButton("a" * 257)}, False),
        ({"copy_text": CopyTextButton("💊" * 129)}, False),
        ({"url": "https://example.org"}, True),
        ({"url": "https://example.org", "callback_data": "a"}, False),
        ({}, False),
    ],
)
async def test_a_button_has_one_action_within_its_limits(bot, button, taken):
    if taken:
        await bot.send_message(1, "text", reply_markup=markup(**button))
    else:
        with pytest.raises(BadRequest):
            await bot.send_message(1, "text", reply_markup=markup(**button))


@pytest.mark.parametrize(
    ("length", "refused"),
    [(1, None), (MAX_DOCUMENT, None), (MAX_DOCUMENT + 1, (NetworkError, "Too Large")), (0, (BadRequest, "non-empty"))],
    ids=["a byte", "50 MB", "a byte more", "nothing"],
)
async def test_a_file_has_1_byte_to_50_mb(bot, telegram, length, refused):
    if refused is None:
        sent = await bot.send_document(1, bytes(length), caption="Dates", filename="quiesce.ics")

        assert telegram.messages[1, sent.message_id].document == Upload("quiesce.ics", bytes(length))
        assert telegram.messages[1, sent.message_id].text == "(file quiesce.ics)\nDates"
    else:
        error, why = refused
        with pytest.raises(error, match=why):
            await bot.send_document(1, bytes(length), caption="Dates", filename="quiesce.ics")


@pytest.mark.parametrize("caption", ["a" * 1025, "<b>a"], ids=["1025 characters", "bad HTML"])
async def test_words_under_a_file_that_telegram_would_not_take_are_refused(bot, telegram, caption):
    with pytest.raises(BadRequest):
        await bot.send_document(1, b"file", caption=caption, parse_mode=ParseMode.HTML)

    assert telegram.messages == {}


def test_a_button_needs_a_label_and_a_keyboard_has_100_buttons_at_most():
    button = {"text": "x", "callback_data": "x"}

    assert checked_keyboard({"inline_keyboard": [[button] * 100]})
    with pytest.raises(Refusal):
        checked_keyboard({"inline_keyboard": [[button] * 101]})
    with pytest.raises(Refusal):
        checked_keyboard({"inline_keyboard": [[{"text": "", "callback_data": "x"}]]})


async def test_an_edit_must_change_something_and_have_a_target(bot, telegram):
    sent = await bot.send_message(1, "one", reply_markup=markup(callback_data="a"))
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("one", 1, sent.message_id, reply_markup=markup(callback_data="a"))
    await bot.edit_message_text("one", 1, sent.message_id, reply_markup=markup(callback_data="b"))
    await bot.edit_message_reply_markup(1, sent.message_id)
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(1, sent.message_id)
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_text("two", 2, sent.message_id)
    telegram.deletes(1, sent.message_id)
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_text("two", 1, sent.message_id)


async def test_a_query_is_answered_once_and_only_if_it_was_asked(bot, telegram):
    Conversation(telegram, 1).taps("data", 1)
    (update,) = await bot.get_updates()
    with pytest.raises(BadRequest, match="too_long"):
        await bot.answer_callback_query(update.callback_query.id, text="a" * 201)
    await bot.answer_callback_query(update.callback_query.id, text="a" * 200)
    for unknown in (update.callback_query.id, "999"):
        with pytest.raises(BadRequest, match="too old"):
            await bot.answer_callback_query(unknown)


async def test_an_update_comes_again_until_a_later_offset_is_asked_for(bot, telegram):
    person = Conversation(telegram, 1)
    first, second = person.says("one"), person.says("two")

    assert [update.update_id for update in await bot.get_updates()] == [first, second]
    assert [update.update_id for update in await bot.get_updates()] == [first, second]
    assert [update.update_id for update in await bot.get_updates(offset=second)] == [second]
    assert await bot.get_updates(offset=second + 1, timeout=0) == ()


async def test_what_a_person_sends_is_parsed_as_telegram_sends_it(bot, telegram):
    person = Conversation(telegram, 7)
    message = person.says("/hbi 1")
    person.says("hello", reply_to=3)
    person.edits("changed")
    command, reply, edit = await bot.get_updates()

    assert command.update_id == message
    assert command.message.from_user.id == command.message.chat.id == 7
    assert command.message.entities[0].type == "bot_command"
    assert command.message.entities[0].length == 4
    assert reply.message.reply_to_message.message_id == 3
    assert edit.edited_message.text == "changed"


async def test_trouble_comes_when_it_is_asked_for(bot, telegram):
    telegram.trouble["sendMessage"] = [Refusal("Too Many Requests: retry after 3", 429, retry_after=3)]
    with pytest.raises(RetryAfter):
        await bot.send_message(1, "text")
    await bot.send_message(1, "text")


async def test_a_method_that_it_does_not_know_is_not_found(bot):
    with pytest.raises(InvalidToken):
        await bot.log_out()


def test_lengths_are_those_of_utf16():
    assert [utf16_length(text) for text in ("a", "é", "💊", "\ud800")] == [1, 1, 2, 1]
