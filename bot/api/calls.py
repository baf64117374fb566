"""Calls to the Bot API as they go over the wire.

python-telegram-bot's own methods make objects of what is sent and of the message that comes back. Nobody looks at
these, and they cost a third of a turn; its request object, with its errors, is what is used of it here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from telegram import Bot
from telegram.request import RequestData

Json = dict[str, Any]


class Terms(NamedTuple):
    """What our transports read of a `RequestData`, of which python-telegram-bot alone makes real ones."""

    parameters: Json
    contains_files: bool = False
    multipart_data: Mapping[str, Any] = MappingProxyType({})


async def call(bot: Bot, method: str, **terms: Any) -> Any:
    """What Telegram answers, as JSON; without the terms that are None.

    Raises what a method of `Bot` raises.
    """
    given = Terms({name: value for name, value in terms.items() if value is not None})
    return await bot.request.post(f"{bot.base_url}/{method}", cast(RequestData, given))
