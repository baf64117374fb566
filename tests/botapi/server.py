"""The process of the double: the Bot API over HTTP on loopback, and beside it the control channel of the test."""

import asyncio
import json
import signal
import sys
from collections import Counter, deque
from random import Random
from time import monotonic
from types import SimpleNamespace
from typing import Any

from aiohttp import web

from bot.practice.limits import Upload
from bot.practice.telegram import Conversation
from bot.practice.wire import PracticeRequest
from tests.botapi import TOKEN
from tests.botapi.telegram import BotApiTelegram
from tests.botapi.trouble import Chances, Silence

Json = dict[str, Any]

CALLS_KEPT = 200_000
MAX_BODY = 64 * 1024**2  # more than the largest file: whether that is too large is said by the double

# A form brings every value as text, and JSON may; these are not text.
_NOT_TEXT = {"chat_id", "message_id", "offset", "limit", "timeout", "reply_markup"}
_NOT_TEXT |= {"allowed_updates", "max_connections", "drop_pending_updates"}

_UNAUTHORIZED = b'{"ok": false, "error_code": 401, "description": "Unauthorized"}'
_BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Control:
    """What a test can ask for; one public method an endpoint, by its name."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.telegram = BotApiTelegram()
        self.tally: dict[str, Counter[str]] = {"calls": Counter(), "answers": Counter()}
        self.kept: deque[tuple[float, str, int | None, str]] = deque(maxlen=CALLS_KEPT)
        self.under_way = 0

    async def resets(self) -> None:
        await self.telegram.close()
        self._begin()

    async def says(self, user: int, text: str, reply_to: int | None) -> int:
        return Conversation(self.telegram, user).says(text, reply_to=reply_to)

    async def taps(self, user: int, label: str, message: int | None) -> int:
        for number, (*_, buttons) in reversed(self.telegram.screens[user].items()):
            data = dict(buttons).get(label)
            if data is not None and message in {None, number}:
                return await self.presses(user, data, number)
        raise LookupError(f"no button {label!r} on screen")

    async def presses(self, user: int, data: str, message: int) -> int:
        return Conversation(self.telegram, user).taps(data, message)

    async def pushes(self, update: Json) -> int:
        return self.telegram.push_raw(update)

    async def deletes(self, user: int, message: int) -> None:
        self.telegram.deletes(user, message)

    async def log(self, user: int | None, since: int, wait: float) -> list[Any]:
        return await self.telegram.seen(user, since, wait)

    async def messages(self, user: int) -> list[Any]:
        return list(self.telegram.screens[user].values())

    async def trouble(self, chances: Json) -> None:
        self.telegram.plan.chances = Chances(**chances)

    async def answers(self, method: str, answers: list[Any]) -> None:
        self.telegram.plan.answers(method, *answers)

    async def seed(self, seed: int) -> None:
        self.telegram.plan.dice = Random(seed)

    async def calls(self) -> list[Any]:
        return list(self.kept)

    async def counters(self) -> Json:
        telegram = self.telegram
        now = {"pending": len(telegram.updates), "under_way": self.under_way, "polling": telegram.polling}
        return {**self.tally, "deliveries": telegram.deliveries, **now}

    async def settled(self, timeout: float, quiet: float) -> bool:
        end = monotonic() + timeout
        while self.telegram.updates or self.under_way or monotonic() - self.telegram.stirred < quiet:
            if monotonic() > end:
                return False
            await asyncio.sleep(0.005)
        return True


class Http:
    """The face: a token and a method in the path, terms in the query, a form, a multipart form or JSON."""

    def __init__(self, control: Control) -> None:
        self._control = control

    async def answer(self, request: web.Request) -> web.Response:
        """A poll ends with its connection; any other call that was read has its effect, whoever hangs up."""
        first, _, name = request.path.removeprefix("/").partition("/")
        if first == "control":
            return await self._controlled(name, await request.json())
        if first != f"bot{TOKEN}":
            return _answer(401, _UNAUTHORIZED)
        terms = await _terms(request)
        call = self._call(name, terms)
        status, body = await (call if name == "getUpdates" else asyncio.shield(call))
        if status == 0 and request.transport is not None:
            request.transport.abort()
        if status == 502:  # the proxy before Telegram speaks no JSON
            return _answer(status, _BAD_GATEWAY, "text/html")
        return _answer(status or 500, body)

    async def _call(self, method: str, terms: Json) -> tuple[int, bytes]:
        """Status and answer; status 0 is silence."""
        control, telegram, started = self._control, self._control.telegram, monotonic()
        counts = method != "getUpdates"
        if counts:
            control.under_way += 1
            telegram.stirred = started
        try:
            parameters: Any = SimpleNamespace(parameters=terms, multipart_data={})
            status, body = await PracticeRequest(telegram).do_request(method, "POST", parameters)
            outcome = str(status)
        except Silence as silence:
            status, body, outcome = 0, b"", str(silence)
        finally:
            if counts and telegram is control.telegram:
                control.under_way -= 1
                telegram.stirred = monotonic()
        control.tally["calls"][method] += 1
        control.tally["answers"][outcome] += 1
        if counts:
            control.kept.append((started, method, terms.get("chat_id"), outcome))
        return status, body

    async def _controlled(self, name: str, terms: Json) -> web.Response:
        try:
            status, result = 200, await getattr(self._control, name)(**terms)
        except (LookupError, TypeError, ValueError) as error:
            status, result = 400, f"{type(error).__name__}: {error}"
        return _answer(status, json.dumps(result).encode())


def _answer(status: int, body: bytes, kind: str = "application/json") -> web.Response:
    return web.Response(body=body, status=status, content_type=kind)


async def _terms(request: web.Request) -> Json:
    terms: Json = dict(request.query) if request.query_string else {}
    if request.content_type == "application/json":
        terms |= await request.json()
    elif request.can_read_body:
        terms |= await request.post()
    return {name: _understood(name, value) for name, value in terms.items()}


def _understood(name: str, value: Any) -> Any:
    if isinstance(value, web.FileField):
        return Upload(value.filename, value.file.read())
    if name in _NOT_TEXT and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


async def serve() -> None:
    """Print the port; serve until standard input ends, as it does when the test is over, however it ended."""
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_route("*", "/{path:.*}", Http(Control()).answer)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print(runner.addresses[0][1], flush=True)
    loop.add_reader(sys.stdin.fileno(), over.set)
    await over.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the test, which then ends us
    asyncio.run(serve())
