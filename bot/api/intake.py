"""The way of a raw update to its commit: parsed alone, in the lane of its chat, with its effect exactly once."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Update
from telegram.ext import ContextTypes

from bot.api.access import Buckets
from bot.api.calls import Json
from bot.api.handlers import App
from bot.api.lanes import Lanes
from bot.health import Health
from store.errors import StoreUnavailable

log = logging.getLogger(__name__)

_TOO_LARGE = 1 << 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Bystanders:
    """Who is told what the lane cannot do itself: our bug is written down, the others get one direct line."""

    failed: Callable[[int | None, int], Awaitable[None]]
    unavailable: Callable[[int], None]
    flooding: Callable[[int], None]


class Intake:
    """Takes updates in, from the long poll or from the webhook."""

    def __init__(self, app: App, buckets: Buckets, bystanders: Bystanders, health: Health) -> None:
        self._app = app
        self._buckets = buckets
        self._bystanders = bystanders
        self._health = health
        self._lanes = Lanes()
        self._errors: dict[int, Exception] = {}
        app.add_error_handler(self._hand_over)

    async def take_in(self, raw: Json) -> None:
        """Return once the update has had its effect, or is written down as one that cannot have one.

        StoreUnavailable leaves it to come again.
        """
        update_id = _number(raw.get("update_id"))
        if update_id is None:
            self._health.updates.labels("malformed").inc()
            return
        user_id, chat_id = _whose(raw)
        if user_id is not None and not self._buckets.lets(user_id):
            self._health.updates.labels("flooding").inc()
            self._bystanders.flooding(user_id)
            return
        try:
            await self._lanes.run(chat_id, update_id, lambda: self._step(raw, update_id, user_id))
        except StoreUnavailable as error:
            log.warning("an update waits: %s", error)
            self._health.updates.labels("unavailable").inc()
            if user_id is not None:
                self._buckets.give_back(user_id)
                self._bystanders.unavailable(user_id)
            raise

    async def _step(self, raw: Json, update_id: int, user_id: int | None) -> None:
        bug = await self._process(raw, update_id)
        if bug is not None:
            log.error("an update failed", exc_info=bug)
            await self._bystanders.failed(user_id, update_id)
        self._health.updates.labels("failed" if bug else "taken").inc()

    async def _process(self, raw: Json, update_id: int) -> Exception | None:
        """Our bug, if the update met one; StoreUnavailable where it may come again."""
        try:
            update = Update.de_json(_without_what_was_tapped(raw), self._app.bot)
            await self._app.process_update(update)
        except Exception as malformed:  # python-telegram-bot itself may fail on an id of another kind
            self._errors.pop(update_id, None)
            return malformed
        error = self._errors.pop(update_id, None)
        if isinstance(error, StoreUnavailable):
            raise error
        return error

    async def _hand_over(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """`process_update` returns normally when a handler fails: what failed is handed to the lane."""
        if isinstance(update, Update) and context.error is not None:
            self._errors[update.update_id] = context.error


def _without_what_was_tapped(raw: Json) -> Json:
    """A tap comes with our whole message under it. Of that only the ids count, as of one that nobody can read any more;
    to parse the rest costs as much as to write the turn down.
    """
    tap = raw.get("callback_query")
    message = tap.get("message") if isinstance(tap, dict) else None
    if not isinstance(tap, dict) or not isinstance(message, dict):
        return raw
    ids = {key: message[key] for key in ("message_id", "chat") if key in message}
    return raw | {"callback_query": tap | {"message": ids | {"date": 0}}}


def _whose(raw: Json) -> tuple[int | None, int]:
    """Who sent an update, and the chat whose lane it takes; as far as that can be told without parsing it."""
    for kind, content in raw.items():
        if kind != "update_id" and isinstance(content, dict):
            user_id = _id_of(content.get("from"))
            message = content.get("message")
            chat_id = _id_of(content.get("chat")) or _id_of(message.get("chat") if isinstance(message, dict) else None)
            return user_id, chat_id or user_id or 0
    return None, 0


def _id_of(who: object) -> int | None:
    return _number(who.get("id")) if isinstance(who, dict) else None


def _number(found: object) -> int | None:
    """A number that Telegram could give: its ids have at most 52 bits."""
    return found if type(found) is int and abs(found) < _TOO_LARGE else None
