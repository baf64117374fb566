"""Trouble comes as it is planned, and a webhook gets each update until it takes it."""

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter

from tests.botapi import botapi

ADA = 1


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


# Trouble


async def test_a_lost_reply_has_its_effect_and_a_dropped_call_has_none(api, bot):
    api.answers("sendMessage", "lost", "dropped", "ok")
    for text in ("lost", "dropped"):
        with pytest.raises(NetworkError):
            await bot.send_message(ADA, text)
    await bot.send_message(ADA, "ok")

    assert [message.text for message in api.messages(ADA)] == ["lost", "ok"]
    assert [(method, chat, outcome) for _, method, chat, outcome in api.calls()[1:]] == [
        ("sendMessage", ADA, "lost"),
        ("sendMessage", ADA, "dropped"),
        ("sendMessage", ADA, "200"),
    ]


async def test_a_429_says_when_to_come_back_and_has_no_effect(api, bot):
    api.trouble(too_many=1.0, retry_after=5)
    api.answers("sendMessage", {"status": 429, "retry_after": 7}, 429)
    with pytest.raises(RetryAfter):
        await bot.send_message(ADA, "one")
    answers = [httpx.post(f"{api.url}/bot{api.token}/sendMessage").json() for _ in range(2)]

    assert [answer["parameters"] for answer in answers] == [{"retry_after": 5}, {"retry_after": 5}]
    assert answers[0]["description"] == "Too Many Requests: retry after 5"
    assert api.messages(ADA) == []
    assert api.counters()["answers"] == {"200": 1, "429": 3}


async def test_errors_of_the_server_come_as_json_and_those_of_its_proxy_do_not(api, bot):
    api.answers("sendMessage", 500, 502, {"status": 403, "description": "Forbidden: bot was blocked by the user"})
    answers = [httpx.post(f"{api.url}/bot{api.token}/sendMessage", data={"chat_id": 1, "text": "a"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [500, 502, 403]
    assert answers[0].json() == {"ok": False, "error_code": 500, "description": "Internal Server Error"}
    assert answers[1].text.startswith("<html>")
    assert "blocked" in answers[2].json()["description"]


def test_chance_follows_the_seed(api):
    def outcomes(seed):
        api.reset()
        api.set_seed(seed)
        api.trouble(too_many=0.3, failing=0.2, lost=0.1, dropped=0.1, only=["sendMessage"])
        with httpx.Client() as client:
            for _ in range(60):
                with suppress(httpx.RemoteProtocolError):
                    client.post(f"{api.url}/bot{api.token}/sendMessage", data={"chat_id": 1, "text": "a"})
            assert client.get(f"{api.url}/bot{api.token}/getMe").status_code == 200
        return [outcome for *_, outcome in api.calls()]

    assert outcomes(1) == outcomes(1) != outcomes(2)
    assert {"200", "429", "lost", "dropped"} < set(outcomes(1))


def test_trouble_that_cannot_be_is_refused(api):
    for chances in ({"lost": 0.6, "dropped": 0.6}, {"bad_luck": 1}):
        with pytest.raises(LookupError):
            api.trouble(**chances)
    with pytest.raises(LookupError, match="no such answer"):
        api.answers("sendMessage", "mislaid")


async def test_latency_delays_the_answer_and_the_effect_comes_half_way(api, bot):
    api.trouble(latency=[400, 500], only=["sendMessage"])
    begun = time.monotonic()
    await bot.send_message(ADA, "one")
    ended = time.monotonic()

    (seen,) = api.log(ADA)
    assert ended - begun >= 0.4
    assert begun + 0.2 <= seen.at <= ended - 0.2


async def test_a_call_that_was_heard_has_its_effect_though_the_bot_is_gone(api):
    api.trouble(latency=400)
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{api.url}/bot{api.token}/sendMessage", data={"chat_id": 1, "text": "a"}, timeout=0.1)

    api.settled()
    assert len(api.messages(ADA)) == 1


# Webhooks


class Hook(ThreadingHTTPServer):
    """A bot's webhook that answers as it is told, and then 200."""

    daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), _Receiver)
        self.url = f"http://127.0.0.1:{self.server_port}/hook"
        self.answers, self.got, self.secrets = [], [], []
        self.pause, self.at_once, self.most = 0.0, 0, 0
        self.lock = threading.Lock()

    def handle_error(self, *_):
        """A cut connection is part of the game."""


class _Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        update, hook = json.loads(self.rfile.read(int(self.headers["content-length"]))), self.server
        with hook.lock:
            hook.got.append(update["update_id"])
            hook.secrets.append(self.headers["X-Telegram-Bot-Api-Secret-Token"])
            hook.at_once += 1
            hook.most = max(hook.most, hook.at_once)
            status = hook.answers.pop(0) if hook.answers else 200
        time.sleep(hook.pause)
        with hook.lock:
            hook.at_once -= 1
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Nothing."""


@contextmanager
def listening(port=0):
    with Hook(port) as hook:
        thread = threading.Thread(target=hook.serve_forever, args=(0.01,))
        thread.start()
        yield hook
        hook.shutdown()
        thread.join()


@pytest.fixture
def hook():
    with listening() as hook:
        yield hook


async def test_a_webhook_gets_each_update_with_its_secret(api, bot, hook):
    before = api.says(ADA, "one")
    await bot.set_webhook(hook.url, secret_token="s3cret_-")
    after = api.says(ADA, "two")
    api.settled()

    assert sorted(hook.got) == [before, after]
    assert set(hook.secrets) == {"s3cret_-"}
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections) == (hook.url, 0, 40)


async def test_an_update_comes_to_the_webhook_again_until_it_is_taken(api, bot, hook):
    hook.answers = [503, 500, 404, 503]
    await bot.set_webhook(hook.url)
    said = api.says(ADA, "one")
    api.settled()

    assert hook.got == [said] * 5
    assert api.counters()["deliveries"] == {"503": 2, "500": 1, "404": 1, "200": 1}
    assert "Wrong response from the webhook: 503" in (await bot.get_webhook_info()).last_error_message


async def test_a_webhook_that_is_down_gets_its_updates_when_it_is_up(api, bot):
    with listening() as gone:
        port = gone.server_port
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook")
    said = [api.says(ADA, text) for text in ("one", "two")]
    with pytest.raises(TimeoutError, match="'pending': 2"):
        api.settled(timeout=0.3)

    with listening(port) as hook:
        api.settled()
    assert sorted(hook.got) == said


async def test_deliveries_run_side_by_side_up_to_what_was_asked(api, bot, hook):
    hook.pause = 0.1
    await bot.set_webhook(hook.url, max_connections=3)
    said = [api.says(ADA, str(number)) for number in range(8)]
    api.settled()

    assert sorted(hook.got) == said
    assert hook.most == 3


async def test_a_delivery_is_doubled_as_planned(api, bot, hook):
    api.answers("webhook", "doubled", "ok")
    await bot.set_webhook(hook.url)
    first, second = api.says(ADA, "one"), api.says(ADA, "two")
    api.settled()
    assert sorted(hook.got) == [first, first, second]

    api.trouble(doubled=1.0)
    third = api.says(ADA, "three")
    api.settled()
    assert sorted(hook.got)[3:] == [third, third]
