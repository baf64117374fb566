"""What of a message gives way where there is no room for all of it, and in which order. PRODUCT.md section 3."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from flows.sentences import as_many_as_fit

# Telegram takes 4096.
A_MESSAGE = 3900
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some lines of a card; `shapes` are the lines whole, then ever shorter."""

    shapes: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, *lines: str) -> "Part":
        """What stands as it is."""
        return cls((lines,))

    @classmethod
    def dropped(cls, *lines: str) -> "Part":
        """What stands whole or not at all."""
        return cls((lines, ()))

    @property
    def last(self) -> int:
        return len(self.shapes) - 1


def fitted(parts: Sequence[Part], steps: Sequence[tuple[Part, int]], room: int) -> list[str]:
    """The lines of a card; in each step a part is shortened until all fits, at most to its shape of that number.

    Where a later step has made room, what gave way before it comes back as far as it fits, the last first.
    """
    at = dict.fromkeys(parts, 0)
    for part, last in steps:
        while at[part] < last and _length(_lines(at)) > room:
            at[part] += 1
    for part, _ in reversed(steps):
        while at[part] and _length(_lines(at | {part: at[part] - 1})) <= room:
            at[part] -= 1
    return _lines(at)


def fit(lines: Iterable[str]) -> str:
    """As many whole lines as a message holds; how many did not fit is said."""
    return "\n".join(as_many_as_fit(list(lines), A_MESSAGE, lambda hidden: f"{hidden} more lines are left out."))


def _lines(at: dict[Part, int]) -> list[str]:
    return [line for part, shape in at.items() for line in part.shapes[shape] if line]


def _length(lines: Sequence[str]) -> int:
    """As it is read: without tags, with what is escaped as one character."""
    return len(unescape(_TAG.sub("", "\n".join(lines))))
