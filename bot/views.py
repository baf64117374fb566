"""What a card should show: text as HTML, and the buttons under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, TypeVar

from bot.taps import Deed, Keyboard, Labelled

# What leads to the pages before and after, where the newest stands on the first.
NEWEST_FIRST = ("Newer", "Older")
_A_PAGE = 10
_T = TypeVar("_T")


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


def paged(entries: Sequence[_T], page: int, *deed: str) -> tuple[Sequence[_T], list[Labelled]]:
    """The entries of one page, the last one where there are fewer, and the buttons to the pages beside it by `deed`."""
    page = min(page, max(0, len(entries) - 1) // _A_PAGE)
    return entries[page * _A_PAGE : (page + 1) * _A_PAGE], turning(page, ceil(len(entries) / _A_PAGE), deed)


def turning(page: int, pages: int, deed: Deed, labels: tuple[str, str] = ("Earlier", "More")) -> list[Labelled]:
    """The buttons that lead from one of so many pages to those beside it, by `deed` with their numbers."""
    beside = zip(labels, (page - 1, page + 1), strict=True)
    return [(label, (*deed, str(other))) for label, other in beside if 0 <= other < pages]
