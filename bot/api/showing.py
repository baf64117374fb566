"""One card to one Bot API call: send, edit, or take the buttons away."""

import asyncio
import logging
import re
from html import unescape
from typing import Any

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.api.calls import Json, call
from bot.health import Health
from bot.pictures import drawn
from bot.reminders.calendars import file_name, written
from bot.taps import Button, Keyboard, callback_data
from store.cards import Card

log = logging.getLogger(__name__)

_NO_PREVIEW = {"is_disabled": True}
_TAG = re.compile(r"</?[a-z][^>]*>")


class Showing:
    """Telegram as the deliverer sees it; whatever Telegram answers but yes is raised."""

    def __init__(self, bot: Bot, health: Health) -> None:
        self._bot = bot
        self._health = health

    async def show(self, card: Card) -> int | None:
        """The message id where something was sent, None where it was edited, or where there was nothing to do."""
        if card.body is None:
            if card.message_id is not None:
                await self._call("editMessageReplyMarkup", card)
            return None
        if card.picture is not None:
            send = self._send_calendar if "calendar" in card.picture else self._send_picture
            return await send(card, card.picture, card.body)
        try:
            return await self._send_or_edit(card, card.body, ParseMode.HTML)
        except BadRequest as error:
            if "can't parse entities" not in str(error).lower():
                raise
            log.error("card %s: Telegram does not take our HTML", card.id)  # noqa: TRY400  the cause is known
            self._health.parse_errors.inc()
            return await self._send_or_edit(card, unescape(_TAG.sub("", card.body)), None)

    async def _send_picture(self, card: Card, picture: dict[str, Any], caption: str) -> int:
        """Drawn beside the event loop, as it takes a third of a second."""
        png = await asyncio.to_thread(drawn, picture)
        markup = _markup(card)
        buttons = InlineKeyboardMarkup.de_json(markup, self._bot) if markup else None
        message = await self._bot.send_photo(
            card.chat_id, png, caption=caption, parse_mode=ParseMode.HTML, reply_markup=buttons
        )
        return message.message_id

    async def _send_calendar(self, card: Card, wish: dict[str, Any], caption: str) -> int:
        """Written beside the event loop, as that of a whole clinic takes a second or more."""
        ics = await asyncio.to_thread(written, wish)
        message = await self._bot.send_document(
            card.chat_id, ics, caption=caption, parse_mode=ParseMode.HTML, filename=file_name(wish)
        )
        return message.message_id

    async def _send_or_edit(self, card: Card, text: str, mode: ParseMode | None) -> int | None:
        terms = {"text": text, "parse_mode": mode, "link_preview_options": _NO_PREVIEW}
        if card.message_id is not None:
            await self._call("editMessageText", card, **terms)
            return None
        message = await self._call("sendMessage", card, **terms)
        return int(message["message_id"])

    async def _call(self, method: str, card: Card, **terms: Any) -> Any:
        return await call(
            self._bot,
            method,
            chat_id=card.chat_id,
            message_id=card.message_id,
            reply_markup=_markup(card),
            **terms,
        )


def _markup(card: Card) -> Json | None:
    if card.actions is None or card.token is None:
        return None
    token = card.token
    rows = Keyboard.from_json(card.actions).rows
    return {"inline_keyboard": [[_button(token, each) for each in row] for row in rows]}


def _button(token: str, button: Button) -> Json:
    if button.copies:
        return {"text": button.label, "copy_text": {"text": button.copies}}
    return {"text": button.label, "callback_data": callback_data(token, button)}
