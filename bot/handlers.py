"""Telegram in: take ids out of the update, take one turn, answer the tap. No card is sent from here."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot import words
from bot.acts import Act, Command, Edited, NotText, Person, Result, Stranger, Taken, Tap, Text

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
Take = Callable[[int, Person, Act], Awaitable[Result]]

_NEW = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
_EDITED = filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE


class Handlers:
    """Each kind of update becomes one act; `greets` says whether a stranger is answered this time."""

    def __init__(self, take: Take, greets: Callable[[int], bool]) -> None:
        self._take = take
        self._greets = greets

    def install(self, app: App) -> None:
        every: list[BaseHandler[Update, Any, Any]] = [
            MessageHandler(_NEW & filters.COMMAND, self._commanded),
            MessageHandler(_NEW & filters.TEXT, self._wrote),
            MessageHandler(_NEW, self._sent_something_else),
            MessageHandler(_EDITED, self._edited),
            CallbackQueryHandler(self._tapped),
        ]
        app.add_handlers(every)

    async def _commanded(self, update: Update, _: object) -> None:
        parts = (_message(update).text or "").split(maxsplit=1)
        name = parts[0].removeprefix("/").partition("@")[0].lower()
        await self._act(update, Command(name=name, rest=parts[1] if len(parts) > 1 else ""))

    async def _wrote(self, update: Update, _: object) -> None:
        message = _message(update)
        reply = message.reply_to_message
        await self._act(update, Text(words=message.text or "", reply_to=reply.message_id if reply else None))

    async def _sent_something_else(self, update: Update, _: object) -> None:
        await self._act(update, NotText())

    async def _edited(self, update: Update, _: object) -> None:
        await self._act(update, Edited())

    async def _act(self, update: Update, act: Act) -> None:
        message = _message(update)
        if message.from_user is None:
            return
        person = Person(user_id=message.from_user.id, chat_id=message.chat.id)
        result = await self._take(update.update_id, person, act)
        if isinstance(result, Stranger) and self._greets(person.user_id):
            await _best_effort(message.chat.send_message(words.STRANGER))

    async def _tapped(self, update: Update, _: object) -> None:
        query = update.callback_query
        assert query is not None
        person, tap = _person_and_tap(query)
        result = await self._take(update.update_id, person, tap)
        await _best_effort(query.answer(result.toast if isinstance(result, Taken) else None))


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None
    return message


def _person_and_tap(query: CallbackQuery) -> tuple[Person, Tap]:
    message = query.message
    chat_id, message_id = (message.chat.id, message.message_id) if message else (query.from_user.id, 0)
    return Person(user_id=query.from_user.id, chat_id=chat_id), Tap(message_id=message_id, data=query.data or "")


async def _best_effort(call: Awaitable[object]) -> None:
    """Two things go past the cards, unstored: the line to a stranger and the answer to a tap."""
    try:
        await call
    except TelegramError as error:
        log.info("not answered: %s", type(error).__name__)
