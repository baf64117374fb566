"""What a card should show: text as HTML, and the buttons under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.taps import Keyboard, Labelled


@dataclass(frozen=True, slots=True)
class View:
    """What a card should show; `picture` is what is drawn above it, as `pictures.drawn` takes it.

    A file of due dates takes its place, as `calendars.written` takes it.
    """

    body: str
    keyboard: Keyboard | None = None
    picture: dict[str, Any] | None = None


def rows(buttons: Sequence[Labelled], length: int) -> list[Sequence[Labelled]]:
    return [buttons[start : start + length] for start in range(0, len(buttons), length)]
