"""python-telegram-bot over the double: its request object, and the wire that the running bot is given."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from telegram.request import BaseRequest, RequestData

from bot.practice.limits import Refusal, Upload
from bot.practice.telegram import Json, PracticeTelegram
from bot.running import Wire, wire


class PracticeRequest(BaseRequest):
    """python-telegram-bot's way to the double, in place of HTTP."""

    def __init__(self, telegram: PracticeTelegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        """Answer as the Bot API server does, refusals with their status included."""
        address = urlsplit(url)
        terms = {name: _json_or_text(value) for name, value in parse_qsl(address.query)}
        if request_data is not None:
            terms |= request_data.parameters
            files = request_data.multipart_data.items()
            terms |= {name: Upload(file, content) for name, (file, content, _) in files if isinstance(content, bytes)}
        try:
            result = await self._telegram.call(address.path.rsplit("/", 1)[-1], terms)
        except Refusal as refusal:
            answer: Json = {"ok": False, "error_code": refusal.status, "description": str(refusal)}
            if refusal.retry_after is not None:
                answer["parameters"] = {"retry_after": refusal.retry_after}
            return refusal.status, json.dumps(answer).encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()


def practice_wire(telegram: PracticeTelegram) -> Wire:
    """python-telegram-bot over the double."""
    request = PracticeRequest(telegram)
    return wire("1:practice", "practice:", request, request)


def _json_or_text(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
