"""Codes of patients inside a longer text: what is meant as one, whoever's it is, and what is one if somebody has it.

Names of analytes, units, limits and days are none: CA 19-9, 10E9/L, ALT-40.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stdnum.iso7064 import mod_37_2

from flows.codes import LETTERS, PSEUDONYM, cut_after, plain_code
from flows.marked import BY_NAME
from flows.sampling import DAY

_RUN = re.compile(r"[0-9A-Za-z]+\*?|(?<=[-\u2010-\u2015\u2212])\*")
_JOIN = re.compile(r"[ \t\-\u2010-\u2015\u2212./]")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_AROUND = re.compile(r"^[)\]]?[ \t]*[:;,.]?")
# Part of something longer, as of the number of a sample.
_GOES_ON = re.compile(r"[\-\u2010-\u2015\u2212][0-9A-Za-z]")
_WENT_BEFORE = re.compile(r"[0-9A-Za-z][\-\u2010-\u2015\u2212]")
_MOST_RUNS = 5
_FULL = re.compile(r"[0-9A-Z]{3,20}[0-9A-Z*]")
_BODY = re.compile(r"(?=(?:[A-Z]*[0-9]){2})[0-9A-Z]{3,20}")
_DRAWN = re.compile(rf"[{LETTERS}]{{5}}")
_DRAWN_AT = frozenset({3})
# With fewer, CA19-9 and 25-OH-D would be of the pattern.
_DIGITS = 3
# With so many no result that is typed without a space, as GGT120, is taken for a code.
_DIGITS_UNCUT = 4


@dataclass(frozen=True, slots=True)
class Spelled:
    """What can be a code, in capitals as it was typed, and where it stands.

    `is_meant`: nothing else is written so. `codes` are what it would be, with its check character.
    """

    text: str
    span: tuple[int, int]
    codes: tuple[str, ...]
    is_meant: bool

    def is_all_of(self, text: str) -> bool:
        """Whether nothing else stands there."""
        return not (text[: self.span[0]] + text[self.span[1] :]).strip()


def spelled_in(text: str, pattern: re.Pattern[str] = PSEUDONYM) -> list[Spelled]:
    """Everything that can be a code; `pattern` is what the clinic's pseudonyms look like."""
    undated = DAY.sub(lambda found: "|" * len(found[0]), text)
    return list(_spelled(undated, [*_RUN.finditer(undated)], pattern))


def apart(found: Sequence[Spelled]) -> list[Spelled]:
    """In their order, without what overlaps a longer one."""
    taken: list[Spelled] = []
    for each in sorted(found, key=lambda it: it.span[0] - it.span[1]):
        if all(each.span[1] <= other.span[0] or other.span[1] <= each.span[0] for other in taken):
            taken.append(each)
    return sorted(taken, key=lambda it: it.span)


def without(found: Sequence[Spelled], text: str) -> str:
    """A text with a gap for each of these, and for the marks around it."""
    for each in reversed(found):
        before, after = text[: each.span[0]].rstrip("(["), _AROUND.sub("", text[each.span[1] :])
        text = f"{before} {after}"
    return text


def _spelled(text: str, runs: Sequence[re.Match[str]], pattern: re.Pattern[str]) -> Iterator[Spelled]:
    for first, run in enumerate(runs):
        start = run.start()
        is_first = not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t(")
        is_part = _WENT_BEFORE.fullmatch(text[max(0, start - 2) : start])
        for end in _ends(text, runs[first : first + _MOST_RUNS]):
            typed = text[start:end].translate(_DASHES).upper()
            is_whole = not is_part and not _GOES_ON.fullmatch(text[end : end + 2])
            is_meant = is_whole and _is_meant(typed, run[0], pattern)
            codes = _codes(typed) if is_meant or _is_apart(typed, run[0], is_first=is_first) else ()
            if is_meant or codes:
                yield Spelled(typed, (start, end), codes, is_meant)


def _ends(text: str, runs: Sequence[re.Match[str]]) -> Iterator[int]:
    """Where something can end that begins with the first run: single separators join it to the next ones."""
    yield runs[0].end()
    for one, other in pairwise(runs):
        if not _JOIN.fullmatch(text[one.end() : other.start()]):
            return
        yield other.end()


def _codes(typed: str) -> tuple[str, ...]:
    """As it stands, where its check character fits; and with one behind it."""
    plain = plain_code(typed)
    full = (plain,) if _FULL.fullmatch(plain) and mod_37_2.is_valid(plain) else ()
    body = (plain + mod_37_2.calc_check_digit(plain),) if _BODY.fullmatch(plain) else ()
    return (*full, *body)


def _is_apart(typed: str, run: str, *, is_first: bool) -> bool:
    """No value behind its name, and no number among values: such a one is a code with dashes, or before all else."""
    if _is_named(run):
        return "-" in typed
    return any(each.isalpha() for each in typed) or is_first or "-" in typed


def _is_meant(typed: str, run: str, pattern: re.Pattern[str]) -> bool:
    plain, at = plain_code(typed), cut_after(typed)
    if len(at) != typed.count("-") or _is_named(run) or not any(each.isalpha() for each in plain):
        return False
    is_valid = bool(_FULL.fullmatch(plain)) and mod_37_2.is_valid(plain)
    digits = sum(each.isdigit() for each in plain)
    if _DRAWN.fullmatch(plain) and at <= _DRAWN_AT and (digits or at) and (is_valid or (digits and at)):
        return True
    if not plain[0].isalpha():
        return False
    of_body = digits - plain[-1].isdigit()
    if pattern.fullmatch(plain[:-1]) and of_body >= _DIGITS and (is_valid or len(plain) - 1 in at):
        return True
    is_cut_pseudonym = bool(at and pattern.fullmatch(plain)) and digits >= _DIGITS_UNCUT
    return is_cut_pseudonym or bool(pattern.fullmatch(plain[:-1]) and of_body >= _DIGITS_UNCUT)


def _is_named(run: str) -> bool:
    """Whether it begins with the name of an analyte: ALT-40, crp12."""
    letters = re.match(r"[A-Za-z]*", run)
    return letters is not None and letters[0].casefold() in BY_NAME
