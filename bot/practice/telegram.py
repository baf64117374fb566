"""An in-process double of the Bot API that refuses what Telegram refuses.

It replaces HTTP, not python-telegram-bot: the real Application, Bot, filters and parsing run on top of it (`wire.py`).
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.practice.limits import MAX_CAPTION, Refusal, Upload, check_text, checked_document, checked_keyboard

BOT_ID = 1
BOT = {"id": BOT_ID, "is_bot": True, "first_name": "Quiesce", "username": "quiesce_practice_bot"}

Json = dict[str, Any]
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(slots=True)
class Message:
    """A message of the bot as a person sees it: plain text, and rows of buttons as Telegram describes them.

    `raw` is what was sent, text and markup: an edit has to change one of them. `document` is the file that it brought.
    """

    chat_id: int
    message_id: int
    text: str
    keyboard: list[list[Json]]
    raw: tuple[str, str]
    document: Upload | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that a person saw happen: a new message, an edit, buttons taken away, or a toast."""

    kind: Literal["new", "edit", "buttons", "toast"]
    chat_id: int
    message: Message | None = None
    toast: str = ""


@dataclass(slots=True)
class Conversation:
    """What one person sees, and how they act."""

    telegram: "PracticeTelegram"
    user_id: int
    language: str = "en"

    def says(self, text: str, *, reply_to: int | None = None) -> int:
        """Send a text; returns the update id."""
        message = self._message(text=text, entities=_entities(text))
        if reply_to is not None:
            message["reply_to_message"] = self._message(message_id=reply_to) | {"from": BOT}
        return self.telegram.push({"message": message})

    def edits(self, text: str) -> int:
        return self.telegram.push({"edited_message": self._message(text=text, edit_date=1)})

    def sends(self, **content: Any) -> int:
        """Send a sticker, a photo, ...: any content of a message but text."""
        return self.telegram.push({"message": self._message(**content)})

    def taps(self, data: str, message_id: int) -> int:
        """Press a button; the tap's query is answered at most once."""
        query_id = self.telegram.new_query(self.user_id)
        message = self._message(message_id=message_id) | {"from": BOT}
        query = {"id": query_id, "from": self._user, "chat_instance": "1", "data": data, "message": message}
        return self.telegram.push({"callback_query": query})

    @property
    def _user(self) -> Json:
        return {"id": self.user_id, "is_bot": False, "first_name": "Person", "language_code": self.language}

    def _message(self, *, message_id: int | None = None, **content: Any) -> Json:
        number = self.telegram.new_message_id() if message_id is None else message_id
        chat = {"id": self.user_id, "type": "private", "first_name": "Person"}
        return {"message_id": number, "date": 1, "chat": chat, "from": self._user, **content}


@dataclass(slots=True)
class PracticeTelegram:
    """The server's side: messages by chat, updates that wait, queries that want an answer.

    `trouble` holds, by method, what its next calls are answered with instead.
    """

    next_update: int = 1
    next_message: int = 1
    on_shown: Callable[[Shown], None] = lambda _: None
    messages: dict[tuple[int, int], Message] = field(default_factory=dict)
    updates: list[Json] = field(default_factory=list)
    trouble: dict[str, list[Exception]] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)
    _queries: dict[str, int] = field(default_factory=dict)
    _query_count: int = 0
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _all_taken: asyncio.Event = field(default_factory=asyncio.Event)

    # The person's side

    def push(self, content: Json) -> int:
        self.next_update += 1
        return self.again({"update_id": self.next_update - 1, **content})

    def again(self, update: Json) -> int:
        """Deliver an update, which may be one that was delivered before."""
        self.updates.append(update)
        self._arrived.set()
        self._all_taken.clear()
        return int(update["update_id"])

    async def all_taken(self) -> None:
        """Return when the bot has acknowledged every update."""
        await self._all_taken.wait()

    def new_message_id(self) -> int:
        self.next_message += 1
        return self.next_message - 1

    def new_query(self, chat_id: int) -> str:
        self._query_count += 1
        self._queries[str(self._query_count)] = chat_id
        return str(self._query_count)

    def deletes(self, chat_id: int, message_id: int) -> None:
        """A person deletes a message of the bot."""
        del self.messages[chat_id, message_id]

    # The bot's side: one method a Bot API method, by its name

    async def call(self, method: str, terms: Json) -> Any:
        """Answer a Bot API call; Refusal where Telegram refuses, and whatever trouble waits for the method."""
        if waiting := self.trouble.get(method):
            raise waiting.pop(0)
        known = getattr(self, f"_on_{method}", None)
        if known is None:
            raise Refusal("Not Found", 404)
        return await known(terms)

    async def _on_getMe(self, _: Json) -> Json:
        return BOT | {"can_join_groups": False, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def _on_setMyCommands(self, _: Json) -> bool:
        return True

    async def _on_deleteWebhook(self, _: Json) -> bool:
        return True

    async def _on_leaveChat(self, terms: Json) -> bool:
        self.left.append(terms["chat_id"])
        return True

    async def _on_getUpdates(self, terms: Json) -> list[Json]:
        """Drop what the offset acknowledges, then wait for something new as long as the bot wants to."""
        offset = terms.get("offset", 0)
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates:
            self._all_taken.set()
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), terms.get("timeout", 0))
            except TimeoutError:
                return []
        return list(self.updates[: terms.get("limit", 100)])

    async def _on_sendMessage(self, terms: Json) -> Json:
        text = check_text(terms["text"], terms.get("parse_mode"))
        keyboard = checked_keyboard(terms.get("reply_markup"))
        return self._sent(Message(terms["chat_id"], self.new_message_id(), text, keyboard, _raw(terms)))

    async def _on_sendPhoto(self, terms: Json) -> Json:
        """The picture itself is not kept; what a person reads under it is."""
        caption = check_text(terms["caption"], terms.get("parse_mode"), MAX_CAPTION)
        if not isinstance(terms["photo"], Upload) or not terms["photo"].content.startswith(PNG):
            raise Refusal("Bad Request: IMAGE_PROCESS_FAILED")
        keyboard = checked_keyboard(terms.get("reply_markup"))
        self.pictures.append(terms["photo"].content)
        seen, raw = f"(picture)\n{caption}", (caption, f"photo {json.dumps(terms.get('reply_markup'))}")
        return self._sent(Message(terms["chat_id"], self.new_message_id(), seen, keyboard, raw))

    async def _on_sendDocument(self, terms: Json) -> Json:
        caption = check_text(terms["caption"], terms.get("parse_mode"), MAX_CAPTION)
        document = checked_document(terms.get("document"))
        seen = f"(file {document.name})\n{caption}"
        return self._sent(Message(terms["chat_id"], self.new_message_id(), seen, [], (caption, "document"), document))

    async def _on_deleteMessage(self, terms: Json) -> bool:
        self.deleted.append(terms["message_id"])
        return True

    async def _on_editMessageText(self, terms: Json) -> Json:
        message = self._target(terms)
        text = check_text(terms["text"], terms.get("parse_mode"))
        keyboard = checked_keyboard(terms.get("reply_markup"))
        if _raw(terms) == message.raw:
            raise Refusal("Bad Request: message is not modified")
        message.text, message.keyboard, message.raw = text, keyboard, _raw(terms)
        self.on_shown(Shown("edit", message.chat_id, message))
        return _as_sent(message)

    async def _on_editMessageReplyMarkup(self, terms: Json) -> Json:
        message = self._target(terms)
        keyboard = checked_keyboard(terms.get("reply_markup"))
        if keyboard == message.keyboard:
            raise Refusal("Bad Request: message is not modified")
        message.keyboard, message.raw = keyboard, (message.raw[0], json.dumps(terms.get("reply_markup")))
        self.on_shown(Shown("buttons", message.chat_id, message))
        return _as_sent(message)

    async def _on_answerCallbackQuery(self, terms: Json) -> bool:
        query = terms["callback_query_id"]
        if query not in self._queries:
            raise Refusal("Bad Request: query is too old and response timeout expired or query ID is invalid")
        if len(terms.get("text") or "") > 200:
            raise Refusal("Bad Request: MESSAGE_TOO_LONG")
        self.on_shown(Shown("toast", self._queries.pop(query), toast=terms.get("text") or ""))
        return True

    def _sent(self, message: Message) -> Json:
        """A new message is on screen."""
        self.messages[message.chat_id, message.message_id] = message
        self.on_shown(Shown("new", message.chat_id, message))
        return _as_sent(message)

    def _target(self, terms: Json) -> Message:
        message = self.messages.get((terms["chat_id"], terms["message_id"]))
        if message is None:
            raise Refusal("Bad Request: message to edit not found")
        return message


def _raw(terms: Json) -> tuple[str, str]:
    """What makes an edit a change: the text as sent, and the markup."""
    return terms["text"], json.dumps(terms.get("reply_markup"))


def _as_sent(message: Message) -> Json:
    chat = {"id": message.chat_id, "type": "private", "first_name": "Person"}
    return {"message_id": message.message_id, "date": 1, "chat": chat, "from": BOT, "text": message.text}


def _entities(text: str) -> list[Json]:
    if not text.startswith("/"):
        return []
    return [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
