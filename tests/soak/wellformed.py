"""Whether an update could come from Telegram: the fields that the Bot API promises, with the types that it promises."""

import json
from typing import Any

from jsonschema import Draft202012Validator

from tests.soak.shapes import BOT, MEDIA

_ID = {"type": "integer", "minimum": -(2**52), "maximum": 2**52}
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 2**31}
_TEXT = {"type": "string", "maxLength": 4096, "pattern": r"\S"}
_USER = {
    "type": "object",
    "required": ["id", "is_bot", "first_name"],
    "properties": {"id": _ID, "is_bot": {"type": "boolean"}, "first_name": {"type": "string", "maxLength": 64}},
}
_CHAT = {
    "type": "object",
    "required": ["id", "type"],
    "properties": {
        "id": _ID,
        "type": {"enum": ["private", "group", "supergroup", "channel"]},
        "first_name": {"type": "string"},
        "title": {"type": "string"},
    },
}
_ENTITY = {
    "type": "object",
    "required": ["type", "offset", "length"],
    "properties": {"type": {"type": "string"}, "offset": _NUMBER, "length": _NUMBER},
}
_MESSAGE = {
    "type": "object",
    "required": ["message_id", "date", "chat"],
    "dependentRequired": {"entities": ["text"]},
    "additionalProperties": False,
    "properties": {
        "message_id": _NUMBER,
        "date": _NUMBER,
        "edit_date": _NUMBER,
        "chat": _CHAT,
        "from": _USER,
        "text": _TEXT,
        "entities": {"type": "array", "items": _ENTITY},
        "reply_to_message": {"type": "object", "required": ["message_id", "date", "chat"],
            "additionalProperties": False, "properties": {
                "message_id": _NUMBER, "date": _NUMBER, "chat": _CHAT, "from": _USER}},
        **{name: {"enum": [each[name] for each in MEDIA if name in each]} for each in MEDIA for name in each},
    },
}  # fmt: skip
_QUERY = {
    "type": "object",
    "required": ["id", "from", "chat_instance"],
    "properties": {
        "id": {"type": "string"},
        "from": _USER,
        "data": {"type": "string", "maxLength": 64},
        "message": _MESSAGE,
    },
}
_MEMBER = {
    "type": "object",
    "required": ["user", "status", "until_date"],
    "properties": {"user": _USER, "status": {"enum": ["member", "left", "kicked"]}, "until_date": _NUMBER},
}
_MEMBERSHIP = {
    "type": "object",
    "required": ["chat", "from", "date", "old_chat_member", "new_chat_member"],
    "properties": {
        "chat": _CHAT,
        "from": _USER,
        "date": _NUMBER,
        "old_chat_member": {"const": {"user": BOT, "status": "left"}},
        "new_chat_member": _MEMBER,
    },
}
_KINDS = {"message": _MESSAGE, "edited_message": _MESSAGE, "channel_post": _MESSAGE, "edited_channel_post": _MESSAGE}
_UPDATE = Draft202012Validator({
    "type": "object",
    "required": ["update_id"],
    "properties": {"update_id": _NUMBER, "callback_query": _QUERY, "my_chat_member": _MEMBERSHIP, **_KINDS},
})  # fmt: skip


def well_formed(update: dict[str, Any]) -> bool:
    """No lone surrogates, nothing missing, nothing of another type; a kind of update that we never ask for is not."""
    known = update.keys() <= {"update_id", "callback_query", "my_chat_member", *_KINDS}
    return known and _in_unicode(update) and _UPDATE.is_valid(update)


def _in_unicode(update: dict[str, Any]) -> bool:
    try:
        json.dumps(update, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True
