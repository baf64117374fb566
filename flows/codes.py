"""Codes of patients: never a name, and with a check character (ISO/IEC 7064, MOD 37-2).

The pure system finds every substitution of one character and every swap of two neighbours.
"""

import hashlib
import re
import string
from itertools import count

from stdnum.iso7064 import mod_37_2

from flows.errors import InvalidAnswer

# Without what is mistaken for something else: 0 and O, 1 and I and L, and U that reads as V.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_DRAWN = 4
_GROUP = 3
_ITEM = "code"
# No other letters: as capitals some become others, or two, and a code with a wrong character could be another code.
_CAPITALS = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
_SEPARATORS = re.compile(r"[\s\-–—−./]+")
# A clinic's own pseudonym unless it has settled otherwise: few letters, so that few names fit, and few digits, so that
# no birth date of six or eight does.
PSEUDONYM = re.compile(r"[A-Z]{0,4}[0-9]{2,5}[A-Z]{0,2}")
# Within that, a name or initials and a year of birth: KURT-1968, AM 1968, ANNA68 (years as in flows/births.py).
_BORN = re.compile(r"[A-Z]+(?:19[0-9]{2}|200[0-9]|2010)[A-Z]*|[A-Z]{4}(?:0[0-9]|10|[4-9][0-9])[A-Z]*")
# What every pseudonym is, whatever a clinic has settled: no name alone, and short enough for a code.
_ANY_PSEUDONYM = re.compile(r"(?=(?:[A-Z]*[0-9]){2})[0-9A-Z]{3,20}")
# Separators stand alone, between characters.
_SPELLED = re.compile(r"[0-9A-Z*]+(?:[\s\-–—−./][0-9A-Z*]+)*")
_CODE = re.compile(r"[0-9A-Z]{3,20}[0-9A-Z*]")


def new_code(token: str) -> str:
    """A code such as `Q7K-4M`, drawn from a random token."""
    for attempt in count():
        number = int.from_bytes(hashlib.sha256(f"{token} {attempt}".encode()).digest())
        drawn = "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(_DRAWN))
        check = mod_37_2.calc_check_digit(drawn)
        if check in LETTERS and any(each.isalpha() for each in drawn):
            break
    return f"{drawn[:_GROUP]}-{drawn[_GROUP:]}{check}"


def own_code(pseudonym: str, pattern: re.Pattern[str] = PSEUDONYM) -> str:
    """The clinic's own pseudonym with a check character behind it; InvalidAnswer where it cannot be one.

    `pattern` is what the clinic's pseudonyms look like, in capitals and without separators.
    """
    plain, spelled = plain_code(pseudonym), _spelled(pseudonym)
    is_spelled = _SPELLED.fullmatch(spelled) and _ANY_PSEUDONYM.fullmatch(plain)
    if not is_spelled or not pattern.fullmatch(plain):
        raise InvalidAnswer(_ITEM, _form(pattern))
    if pattern == PSEUDONYM and _BORN.fullmatch(plain):
        raise InvalidAnswer(_ITEM, "That could be a name or initials with a year of birth. /new draws a code.")
    return f"{spelled}-{mod_37_2.calc_check_digit(plain)}"


def _form(pattern: re.Pattern[str]) -> str:
    if pattern == PSEUDONYM:
        return "A pseudonym has up to 4 letters, 2 to 5 digits, 3 characters at least, as CD-0042: nothing of a name."
    return f"A pseudonym of this clinic fits {pattern.pattern} without its separators: nothing of a name."


def read_code(text: str) -> str:
    """A code in capitals, as it was spelled; InvalidAnswer where its check character does not fit."""
    plain, spelled = plain_code(text), _spelled(text)
    if not _SPELLED.fullmatch(spelled) or not _CODE.fullmatch(plain) or not mod_37_2.is_valid(plain):
        raise InvalidAnswer(_ITEM, "That is no patient's code: a character is wrong or out of place.")
    return spelled


def plain_code(text: str) -> str:
    """What two spellings of one code have in common."""
    return _SEPARATORS.sub("", text.translate(_CAPITALS))


def _spelled(text: str) -> str:
    return text.strip().translate(_CAPITALS)


def is_spelling(text: str, code: str) -> bool:
    """Whether a text is a code with all, some or none of its separators, and no other ones."""
    return plain_code(text) == plain_code(code) and cut_after(text) <= cut_after(code)


def cut_after(text: str) -> set[int]:
    """After how many characters a separator stands."""
    cuts, count = set(), 0
    for each in text.strip():
        if _SEPARATORS.fullmatch(each):
            cuts.add(count)
        else:
            count += 1
    return cuts
