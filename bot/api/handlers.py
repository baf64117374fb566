"""Telegram in: take ids out of the update, take one turn, answer the tap. No card is sent from here.

Two calls go past the cards, as errands that nobody waits for: the line to a stranger and the answer to a tap.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import Application, BaseHandler, CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from bot import words
from bot.acts import Act, Command, Edited, NotText, Person, Result, Stranger, Taken, Tap, Text
from bot.api.calls import call
from bot.api.errands import Errands

App = Application[Any, Any, Any, Any, Any, Any]
Take = Callable[[int, Person, Act], Awaitable[Result]]

_NEW = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
_ELSEWHERE = ~filters.ChatType.PRIVATE
_EDITED = filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE


class Handlers:
    """Each kind of update becomes one act; `greets` says whether a stranger is answered this time."""

    def __init__(self, take: Take, greets: Callable[[int], bool], errands: Errands) -> None:
        self._take = take
        self._greets = greets
        self._errands = errands

    def install(self, app: App) -> None:
        every: list[BaseHandler[Update, Any, Any]] = [
            CallbackQueryHandler(self._tapped),
            MessageHandler(_NEW & filters.COMMAND, self._commanded),
            MessageHandler(_NEW & filters.TEXT, self._wrote),
            MessageHandler(_NEW, self._sent_something_else),
            MessageHandler(_EDITED, self._edited),
            MessageHandler(_ELSEWHERE, self._leave),
            ChatMemberHandler(self._leave, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
        app.add_handlers(every)

    async def _commanded(self, update: Update, _: object) -> None:
        parts = (_message(update).text or "").split(maxsplit=1)
        name = parts[0].removeprefix("/").partition("@")[0].lower()
        await self._act(update, Command(name=name, rest="".join(parts[1:]), message_id=_message(update).message_id))

    async def _wrote(self, update: Update, _: object) -> None:
        message = _message(update)
        reply = message.reply_to_message
        is_ours = reply is not None and reply.from_user is not None and reply.from_user.is_bot
        reply_to = reply.message_id if reply is not None and is_ours else None
        await self._act(update, Text(words=message.text or "", reply_to=reply_to, message_id=message.message_id))

    async def _sent_something_else(self, update: Update, _: object) -> None:
        await self._act(update, NotText(message_id=_message(update).message_id))

    async def _edited(self, update: Update, _: object) -> None:
        message = _message(update)
        await self._act(update, Edited(words=message.text or "", message_id=message.message_id))

    async def _act(self, update: Update, act: Act) -> None:
        message = _message(update)
        if message.from_user is None:
            return
        sender = message.from_user
        person = Person(user_id=sender.id, chat_id=message.chat.id, name=sender.full_name)
        result = await self._take(update.update_id, person, act)
        if isinstance(result, Stranger) and self._greets(person.user_id):
            self._errands.run(message.chat.send_message(words.STRANGER))

    async def _tapped(self, update: Update, _: object) -> None:
        query = update.callback_query
        assert query is not None
        person, tap = _person_and_tap(query)
        result = await self._take(update.update_id, person, tap)
        toast = result.toast if isinstance(result, Taken) else None
        answer = call(query.get_bot(), "answerCallbackQuery", callback_query_id=query.id, text=toast)
        self._errands.run(answer)
        if isinstance(result, Taken) and result.deletes is not None:
            self._errands.run(query.get_bot().delete_message(person.chat_id, result.deletes))

    async def _leave(self, update: Update, _: object) -> None:
        """Private chats only: groups and channels are left, and nothing of theirs is read."""
        chat = update.effective_chat
        member = update.my_chat_member
        gone = member is not None and member.new_chat_member.status in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
        if chat is not None and chat.type != ChatType.PRIVATE and not gone:
            self._errands.run(chat.leave())


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None
    return message


def _person_and_tap(query: CallbackQuery) -> tuple[Person, Tap]:
    message = query.message
    chat_id, message_id = (message.chat.id, message.message_id) if message else (query.from_user.id, 0)
    tap = Tap(chat_id=chat_id, message_id=message_id, data=query.data or "")
    return Person(user_id=query.from_user.id, chat_id=chat_id), tap
