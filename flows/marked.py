"""A line of a report in which one character stands for each name of an analyte, or of a test of the stool, and for
each day.

So a separator inside `Bilirubin, total` or `9.3.2026` cannot cut it. The characters are of private use.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from flows.analyte import Analyte
from flows.analytes import ANALYTES
from flows.sampling import DAY, read_day
from flows.stool_names import STOOL_TEST

PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
NAME_MARK = re.compile("[\ue000-\uefff]")
DAY_MARK = re.compile("\\(?\\s*([\uf000-\uf7ff])\\s*\\)?")
# What is screened for stood there.
SCREENED_MARK = "\uf8ff"
# In the name of a count of leukocytes.
SHARE_SIGN = "%"
_FIRST_NAME, _FIRST_DAY = 0xE000, 0xF000

BY_NAME = {name: analyte for analyte in ANALYTES for name in analyte.spellings}
_LONGEST_FIRST = sorted(BY_NAME, key=lambda name: (name[0], -len(name), name))
# By their first character, so that a place of the text is compared with few of them.
_NAMES = "|".join(
    first + "(?:" + "|".join(re.escape(name[1:]).replace(r"\ ", r"\s+") for name in names) + ")"
    for first, names in groupby(_LONGEST_FIRST, key=itemgetter(0))
)
# Not a part of a longer name, as in non-HDL, CK-MB, HbA1c; and not the unit Gpt/l.
_NAME = re.compile(rf"(?<![\w-])(?:{STOOL_TEST}|{_NAMES})(?!\w|-\w|\s*/\s*l\b)", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile("[\ue000-\uefff](?:\\s*[/(,]\\s*[\ue000-\uefff])+(?:\\s*\\))?")


@dataclass(frozen=True, slots=True)
class Marked:
    """`text` with its marks, and the names and days that they stand for; a day is None where it can be two."""

    text: str
    names: tuple[str, ...]
    days: tuple[date | None, ...]

    @property
    def holds_stool_test(self) -> bool:
        return any(_analyte(each) is None for each in self.names)

    def analyte(self, piece: str) -> Analyte | None:
        """Of the name with which a piece begins; None where that is a test of the stool."""
        return _analyte(self.name(piece))

    def name(self, piece: str) -> str:
        """The name with which a piece begins, as it is written."""
        return self.names[ord(piece[0]) - _FIRST_NAME]

    def days_in(self, piece: str) -> set[date | None]:
        return {self.days[ord(mark) - _FIRST_DAY] for mark in DAY_MARK.findall(piece)}

    def written(self, piece: str) -> str:
        """A piece with the names back in their places."""
        whole = NAME_MARK.sub(lambda mark: self.names[ord(mark[0]) - _FIRST_NAME], DAY_MARK.sub(" ", piece))
        whole = whole.replace(SCREENED_MARK, " ")
        return " ".join(whole.split()).rstrip(" ,;.")


def mark(line: str) -> Marked:
    days: list[date | None] = []
    names: list[str] = []

    def keep_day(found: re.Match[str]) -> str:
        days.append(read_day(found))
        return chr(_FIRST_DAY + len(days) - 1)

    def keep_name(found: re.Match[str]) -> str:
        names.append(found[0])
        return chr(_FIRST_NAME + len(names) - 1)

    text = _NAME.sub(keep_name, DAY.sub(keep_day, line))
    return Marked(_SIDE_BY_SIDE.sub(_joining(names), text), tuple(names), tuple(days))


def _joining(names: list[str]) -> Callable[[re.Match[str]], str]:
    """Two names of one analyte, as in `ALT (GPT)` or `GOT/AST`, are one; but none of a share is that of a count."""

    def join(found: re.Match[str]) -> str:
        marks = NAME_MARK.findall(found[0])
        every = [names[ord(each) - _FIRST_NAME] for each in marks]
        return marks[0] if len({(_analyte(each), SHARE_SIGN in each) for each in every}) == 1 else found[0]

    return join


def _analyte(name: str) -> Analyte | None:
    return BY_NAME.get(" ".join(name.casefold().split()))
