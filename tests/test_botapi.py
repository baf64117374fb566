"""The Bot API server of the crash tests keeps what Telegram promises, and breaks it only as it is told to."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, InvalidToken

from tests.botapi import botapi

ADA, BOB = 1, 2
NOBODY = "http://127.0.0.1:9/hook"


@pytest.fixture(scope="module")
def server():
    with botapi() as server:
        yield server


@pytest.fixture
def api(server):
    server.reset()
    return server


@pytest.fixture
async def bot(api):
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        yield bot


def keyboard(**buttons):
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data) for label, data in buttons.items()]])


async def numbers(bot, **terms):
    return [update.update_id for update in await bot.get_updates(**terms)]


async def comes_true(condition):
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("waited 5 s in vain")


def answers(url):
    try:
        return httpx.get(url).status_code == 401
    except httpx.TransportError:
        return False


# Polling


async def test_an_update_comes_again_until_a_later_offset_acknowledges_it(api, bot):
    first, second = api.says(ADA, "one"), api.says(BOB, "two")

    assert await numbers(bot) == [first, second]
    assert await numbers(bot) == [first, second]
    assert await numbers(bot, offset=second) == [second]
    assert await numbers(bot, offset=second, limit=1) == [second]
    assert await numbers(bot, offset=second + 1) == []
    assert await numbers(bot) == []


async def test_a_negative_offset_keeps_the_last_updates_and_forgets_the_others(api, bot):
    _, second, third = (api.says(ADA, text) for text in ("one", "two", "three"))

    assert await numbers(bot, offset=-2) == [second, third]
    assert await numbers(bot) == [second, third]


async def test_a_poll_waits_for_an_update_and_no_longer_than_it_is_told(api, bot):
    poll = asyncio.create_task(numbers(bot, timeout=10))
    await comes_true(lambda: api.counters()["polling"])
    said = api.says(ADA, "one")
    assert await poll == [said]

    begun = time.monotonic()
    assert await numbers(bot, offset=said + 1, timeout=1) == []
    assert 0.9 < time.monotonic() - begun < 5


async def test_of_two_pollers_the_first_is_told_of_the_conflict(api, bot):
    first = asyncio.create_task(numbers(bot, timeout=10))
    await comes_true(lambda: api.counters()["polling"])
    async with Bot(api.token, base_url=f"{api.url}/bot") as other:
        second = asyncio.create_task(numbers(other, timeout=10))

        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        said = api.says(ADA, "one")
        assert await second == [said]


async def test_a_poll_ends_with_its_connection(api, bot):
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{api.url}/bot{api.token}/getUpdates", data={"timeout": "50"}, timeout=0.2)

    await comes_true(lambda: not api.counters()["polling"])
    assert api.counters()["answers"].get("409") is None


async def test_a_bot_polls_or_has_a_webhook_and_not_both(api, bot):
    poll = asyncio.create_task(numbers(bot, timeout=10))
    await comes_true(lambda: api.counters()["polling"])
    await bot.set_webhook(NOBODY, allowed_updates=["message"])
    with pytest.raises(Conflict, match="terminated by setWebhook"):
        await poll
    with pytest.raises(Conflict, match="while webhook is active"):
        await bot.get_updates()
    assert (await bot.get_webhook_info()).allowed_updates == ("message",)

    api.says(ADA, "one")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await numbers(bot) == []
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook(NOBODY, secret_token="not a token")


async def test_a_wrong_token_is_unauthorized(api):
    with pytest.raises(InvalidToken):
        async with Bot("1:" + "B" * 35, base_url=f"{api.url}/bot"):
            pass
    assert httpx.get(f"{api.url}/nothing/here").status_code == 401


async def test_the_bot_gets_only_the_kinds_of_update_that_it_asks_for(api, bot):
    await numbers(bot, allowed_updates=["callback_query"])

    assert api.says(ADA, "one") == 0
    pressed = api.presses(ADA, "data", 1)
    pushed = api.push({"poll": "of no known shape"})
    raw = httpx.get(f"{api.url}/bot{api.token}/getUpdates").json()["result"]
    assert [update["update_id"] for update in raw] == [pressed, pushed]
    assert raw[1]["poll"] == "of no known shape"


# Calls


@pytest.mark.parametrize("form", ["form", "multipart", "JSON", "JSON of strings", "query"])
def test_a_call_is_understood_in_every_form(api, form):
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    strings = {"chat_id": "1", "text": "12 ≥ 3", "reply_markup": json.dumps(markup)}
    bodies = {
        "form": {"data": strings},
        "multipart": {"data": strings, "files": {"attached": ("report.csv", b"a,b\n")}},
        "JSON": {"json": strings | {"chat_id": 1, "reply_markup": markup}},
        "JSON of strings": {"json": strings},
        "query": {"params": strings},
    }
    answer = httpx.post(f"{api.url}/bot{api.token}/sendMessage", **bodies[form])

    assert answer.json()["result"]["text"] == "12 ≥ 3"
    (message,) = api.messages(ADA)
    assert (message.text, message.buttons) == ("12 ≥ 3", (("Yes", "y"),))


async def test_what_telegram_refuses_is_refused(api, bot):
    sent = await bot.send_message(ADA, "one")
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("one", ADA, sent.message_id)
    with pytest.raises(BadRequest, match="too long"):
        await bot.send_message(ADA, "a" * 4097)
    api.deletes(ADA, sent.message_id)
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_text("two", ADA, sent.message_id)
    assert httpx.post(f"{api.url}/bot{api.token}/sendMessage", json={"chat_id": 1}).status_code == 400
    assert httpx.post(f"{api.url}/bot{api.token}/sendSmoke").status_code == 404


async def test_a_file_arrives_with_its_name(api, bot):
    await bot.send_document(ADA, b"BEGIN:VCALENDAR", caption="Dates", filename="quiesce.ics")
    with pytest.raises(BadRequest, match="non-empty"):
        await bot.send_document(ADA, b"", caption="Dates", filename="quiesce.ics")
    no_file = httpx.post(f"{api.url}/bot{api.token}/sendDocument", json={"chat_id": ADA, "caption": "Dates"})

    assert no_file.json()["description"] == "Bad Request: there is no document in the request"
    assert [each.text for each in api.messages(ADA)] == ["(file quiesce.ics)\nDates"]


async def test_the_log_holds_what_each_person_saw_in_order(api, bot):
    first = await bot.send_message(ADA, "Pain?", reply_markup=keyboard(Never="t:0", Mild="t:1"))
    await bot.send_message(BOB, "Hello")
    api.taps(ADA, "Mild")
    (tap,) = await bot.get_updates()
    await tap.callback_query.answer("Noted")
    await bot.edit_message_text("Mass?", ADA, first.message_id, reply_markup=keyboard(Yes="t:2"))
    await bot.edit_message_reply_markup(ADA, first.message_id)

    log = api.log(ADA)
    assert tap.callback_query.data == "t:1"
    assert [(seen.what, seen.message_id, seen.text, seen.buttons) for seen in log] == [
        ("sent", first.message_id, "Pain?", (("Never", "t:0"), ("Mild", "t:1"))),
        ("toast", None, "Noted", ()),
        ("edited", first.message_id, "Mass?", (("Yes", "t:2"),)),
        ("buttons", first.message_id, "Mass?", ()),
    ]
    assert [seen.at for seen in log] == sorted(seen.at for seen in log)
    assert [seen.user_id for seen in api.log()] == [ADA, BOB, ADA, ADA, ADA]
    assert api.log(ADA, since=3) == log[3:]
    assert api.messages(ADA) == log[3:]


async def test_a_test_can_wait_for_what_a_person_sees_next(api, bot):
    waiting = asyncio.create_task(asyncio.to_thread(api.log, ADA, wait=10))
    await bot.send_message(ADA, "one")

    (seen,) = await waiting
    assert seen.text == "one"
    assert api.log(ADA, since=1, wait=0.05) == []


async def test_a_tap_lands_on_the_newest_message_that_shows_exactly_this_label(api, bot):
    old = await bot.send_message(ADA, "one", reply_markup=keyboard(Yes="old"))
    new = await bot.send_message(ADA, "two", reply_markup=keyboard(Yes="new"))
    await bot.send_message(ADA, "three", reply_markup=keyboard(No="no"))
    api.taps(ADA, "Yes")
    api.taps(ADA, "Yes", message_id=old.message_id)

    taps = [update.callback_query for update in await bot.get_updates()]
    assert [(tap.data, tap.message.message_id) for tap in taps] == [("new", new.message_id), ("old", old.message_id)]
    with pytest.raises(LookupError, match="no button 'yes'"):
        api.taps(ADA, "yes")


# The process


async def test_settled_waits_until_all_is_acknowledged_and_quiet(api, bot):
    said = api.says(ADA, "one")
    with pytest.raises(TimeoutError):
        api.settled(timeout=0.2)
    await numbers(bot, offset=said + 1)

    api.settled(timeout=5, quiet=0.2)


async def test_the_server_ends_though_its_test_is_killed():
    program = "from tests.botapi import botapi\nwith botapi() as api:\n    print(api.url, flush=True)\n    input()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=os.getcwd()
    ) as test:
        url = test.stdout.readline().strip()
        assert answers(url)
        test.send_signal(signal.SIGKILL)

    await comes_true(lambda: not answers(url))
