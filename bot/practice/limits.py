"""What Telegram refuses: lengths, bad HTML, wrong buttons."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_DATA = 64
MAX_COPY_TEXT = 256
MAX_BUTTONS = 100
MAX_DOCUMENT = 50 * 1024**2

_TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote", "tg-spoiler", "a"}
_ENTITIES = {"lt", "gt", "amp", "quot"}
_ACTIONS = {"url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text", "pay", "callback_game"}


class Refusal(Exception):
    """Telegram says no; its text is the description that it gives, `retry_after` the seconds that it asks for."""

    def __init__(self, description: str, status: int = 400, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that comes with a call."""

    name: str
    content: bytes


def checked_document(given: object) -> Upload:
    """A file as Telegram takes it from a bot; Refusal if it is none, empty or too large."""
    if not isinstance(given, Upload):
        raise Refusal("Bad Request: there is no document in the request")
    if not given.content:
        raise Refusal("Bad Request: file must be non-empty")
    if len(given.content) > MAX_DOCUMENT:
        raise Refusal("Request Entity Too Large", 413)
    return given


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_text(text: str, parse_mode: str | None, longest: int = MAX_TEXT) -> str:
    """The text as a person sees it; Refusal if it is empty, too long or bad HTML."""
    seen = visible_text(text, parse_mode)
    if not seen.strip():
        raise Refusal("Bad Request: message text is empty")
    if utf16_length(seen) > longest:
        raise Refusal("Bad Request: message is too long")
    return seen


def visible_text(text: str, parse_mode: str | None) -> str:
    if parse_mode is None:
        return text
    reader = _Html()
    reader.feed(text)
    reader.close()
    if reader.open:
        raise Refusal(
            f"Bad Request: can't parse entities: Can't find end tag corresponding to start tag {reader.open[-1]}"
        )
    return "".join(reader.text)


class _Html(HTMLParser):
    """Telegram's own small HTML: few tags, all closed in order, four named entities."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag not in _TAGS:
            raise Refusal(f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refusal(f'Bad Request: can\'t parse entities: Unexpected end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise Refusal("Bad Request: can't parse entities: Unexpected start of a tag")
        self.text.append(data)

    def handle_entityref(self, name: str) -> None:
        self.text.append({"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name] if name in _ENTITIES else f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.text.append(chr(int(name[1:], 16) if name[0] in "xX" else int(name)))


def checked_keyboard(markup: dict[str, Any] | None) -> list[list[dict[str, Any]]]:
    """The rows of an inline keyboard; Refusal for a button that Telegram would not take."""
    rows: list[list[dict[str, Any]]] = (markup or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise Refusal("Bad Request: reply markup is too long")
    for button in buttons:
        _check_button(button)
    return rows


def _check_button(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise Refusal('Bad Request: field "text" of InlineKeyboardButton must be of type String')
    actions = _ACTIONS & button.keys()
    if not actions:
        raise Refusal(
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise Refusal("Bad Request: can't parse inline keyboard button: more than one action")
    if not 1 <= len(button.get("callback_data", "-").encode()) <= MAX_CALLBACK_DATA:
        raise Refusal("Bad Request: BUTTON_DATA_INVALID")
    if not 1 <= utf16_length(button.get("copy_text", {}).get("text", "-")) <= MAX_COPY_TEXT:
        raise Refusal("Bad Request: BUTTON_COPY_TEXT_INVALID")
