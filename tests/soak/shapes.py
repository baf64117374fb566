"""Updates of any shape: valid ones, valid ones with something changed, and kinds that nobody has asked for."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

Json = dict[str, Any]

WORDS = ("1", "mild", "none", "fissure", "2 3", "-", "back", "done", "confirm", "resume", "keep for later", "discard",
         "banana", "0", "16", "finish here", "why", "🙂", "<b>&amp;", "'; DROP TABLE cards; --", "\u202e4", "0\x00",
         "１", "\ud800", "💊" * 2048, "9" * 5000, "", " ", "\n")  # fmt: skip
COMMANDS = ("/hbi", "/pms", "/cancel", "/resume", "/help", "/why", "/about", "/privacy", "/team", "/invite", "/start",
            "/hbi 1 1 3 0 0", "/pms 0 - 0", "/invite nurse", "/invite owner", "/hbi@quiesce_practice_bot", "/", "/ü",
            "/HBI", "/hbi\u00a01 1 3 0 0", "/hbi\n1", "/unheard_of")  # fmt: skip
ODD: tuple[Any, ...] = (None, True, False, 0, 1, -1, 2**31, 2**53, 2**63, -(2**63) - 1, 2**64, 10**40, 0.5, -1e308,
                        "", "0", "1", "\ud800", "\x00", "\u202e", "a" * 5000, "private", "group", [], {}, [[]], [None],
                        {"id": 1}, [{"id": "1"}], {"": ""}, {"update_id": 1})  # fmt: skip
MEDIA: tuple[Json, ...] = (
    {"sticker": {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1,
                 "is_animated": False, "is_video": False}},
    {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "HBI 3"},
    {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
    {"document": {"file_id": "f", "file_unique_id": "u"}},
    {"location": {"latitude": 1.0, "longitude": 1.0}},
    {"contact": {"phone_number": "1", "first_name": "X"}},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"new_chat_members": [{"id": 5, "is_bot": False, "first_name": "X"}]},
    {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 5}},
    {},
)  # fmt: skip
BOT = {"id": 1, "is_bot": True, "first_name": "Quiesce"}
NAMES = ("Person", "<b>", "&", "", "\u202eesrun", "n" * 64, "🙂" * 32, "\ud800", "\n", "{name}", "%s")
STRANGERS = range(10**6, 10**6 + 50_000)
DEEPEST = 300

# A button of a person: what it carries, and its message.
Buttons = Callable[[int], tuple[str, int] | None]


class Shapes:
    """Draws one update after another; `codes` are invitations that nobody has used yet."""

    def __init__(self, dice: Random, members: Sequence[int], buttons: Buttons, codes: list[str]) -> None:
        self._dice = dice
        self._members = members
        self._buttons = buttons
        self._codes = codes
        self._number = 0

    def draw(self, *, odd: bool) -> Json:
        """The next update; an odd one is changed in a few places."""
        dice = self._dice
        self._number += 1
        kinds = (self._text, self._tap, self._media, self._edited, self._elsewhere, self._unheard_of)
        (kind,) = dice.choices(kinds, (45, 25, 8, 6, 10, 6))
        update = {"update_id": self._update_id(), **kind(self._somebody())}
        if odd:
            update = deepcopy(update)
            for _ in range(dice.choice((1, 1, 1, 2, 5))):
                self._change(update)
        return update

    def _somebody(self) -> int:
        return self._dice.choice(self._members if self._dice.random() < 0.4 else STRANGERS)

    def _update_id(self) -> Any:
        """Its own; sometimes one that was there before."""
        return self._number if self._dice.random() < 0.97 else self._dice.randint(0, self._number)

    # Valid updates

    def _text(self, user_id: int) -> Json:
        dice = self._dice
        words = dice.choice(WORDS) if dice.random() < 0.5 else dice.choice(COMMANDS)
        if self._codes and dice.random() < 0.05:
            words = f"/start {self._codes.pop()}"
        elif dice.random() < 0.1:
            words += " " + dice.choice(WORDS)
        message = _message(user_id, dice.choice(NAMES), text=words)
        if words.startswith("/"):
            length = len(words.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if dice.random() < 0.1:
            message["reply_to_message"] = _message(1, "Quiesce") | {"message_id": dice.randint(0, 100)}
        return {"message": message}

    def _tap(self, user_id: int) -> Json:
        data, message_id = self._buttons(user_id) or (None, 7)
        if data is None or self._dice.random() < 0.1:
            data = self._dice.choice(
                ("", ":", "a" * 64, "\x00", f"{'0' * 20}-0:0", "x" * 22 + ":999", "\ud800", *WORDS)
            )
        message = _message(user_id, "Quiesce") | {"message_id": message_id}
        query = {"id": str(self._number), "from": _user(user_id, "Person"), "chat_instance": "1", "data": data}
        shape = self._dice.random()
        if shape < 0.05:
            return {"callback_query": query | {"inline_message_id": "i"}}
        if shape < 0.1:  # Telegram forgets what an old message held
            message = {"chat": message["chat"], "message_id": message_id, "date": 0}
        return {"callback_query": query | {"message": message}}

    def _media(self, user_id: int) -> Json:
        return {"message": _message(user_id, "Person", **self._dice.choice(MEDIA))}

    def _edited(self, user_id: int) -> Json:
        return {"edited_message": _message(user_id, "Person", text=self._dice.choice(WORDS), edit_date=1)}

    def _elsewhere(self, user_id: int) -> Json:
        """A group, a channel, or what becomes of our membership."""
        chat = {"id": -user_id, "type": self._dice.choice(("group", "supergroup", "channel")), "title": "Ward"}
        message = _message(user_id, "Person", text=self._dice.choice((*WORDS, *COMMANDS))) | {"chat": chat}
        if chat["type"] == "channel":
            del message["from"]
            return {self._dice.choice(("channel_post", "edited_channel_post")): message}
        status = self._dice.choice(("member", "left", "kicked"))
        changed = {"chat": chat, "from": _user(user_id, "Person"), "date": 1,
                   "old_chat_member": {"user": BOT, "status": "left"},
                   "new_chat_member": {"user": BOT, "status": status, "until_date": 0}}  # fmt: skip
        return self._dice.choice(({"message": message}, {"edited_message": message}, {"my_chat_member": changed}))

    def _unheard_of(self, user_id: int) -> Json:
        sender = _user(user_id, "Person")
        return self._dice.choice((
            {},
            {"inline_query": {"id": "1", "from": sender, "query": "hbi", "offset": ""}},
            {"poll_answer": {"poll_id": "1", "user": sender, "option_ids": []}},
            {"never_heard_of": {"from": sender, "chat": {"id": user_id}}},
            {"message_reaction": {"chat": {"id": user_id, "type": "private"}, "message_id": 1, "date": 1,
                                  "old_reaction": [], "new_reaction": []}},
            {"chat_join_request": {"chat": {"id": -5, "type": "group"}, "from": sender, "user_chat_id": 5, "date": 1}},
        ))  # fmt: skip

    # Changes

    def _change(self, update: Json) -> None:
        """Something, somewhere, is another value, is gone, is there twice, or is deep."""
        dice, places = self._dice, _places(update)
        if not places:
            return
        holder, key = dice.choice(places)
        match dice.randint(0, 5):
            case 0 if isinstance(holder, dict):
                holder[dice.choice(("text", "from", "chat", "id", "entities", "date", "x"))] = holder.pop(key)
            case 1:
                del holder[key]
            case 2:
                holder[key] = self._deep(holder[key], dice.choice((1, 2, 10, DEEPEST)))
            case _:
                holder[key] = deepcopy(dice.choice(ODD))

    def _deep(self, value: Any, levels: int) -> Any:
        name = self._dice.choice(("reply_to_message", "message", "chat", ""))
        for _ in range(levels):
            value = {name: value} if name else [value]
        return value


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in an update, as its holder and its key; deep nests are not searched to the ground."""
    found: list[tuple[Any, Any]] = []
    left = [value]
    while left and len(found) < 200:
        holder = left.pop()
        pairs = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, held in pairs:
            found.append((holder, key))
            if isinstance(held, dict | list):
                left.append(held)
    return found


def _user(user_id: int, name: str) -> Json:
    return {"id": user_id, "is_bot": False, "first_name": name, "language_code": "en"}


def _message(user_id: int, name: str, **content: Any) -> Json:
    chat = {"id": user_id, "type": "private", "first_name": name}
    return {"message_id": 7, "date": 1, "chat": chat, "from": _user(user_id, name), **content}
