"""The guard before every free text: what names or numbers a person is refused before anything is read or kept.

It sees forms, not people: a name without a salutation, a title or a label cannot be told from another word and
passes, and so do a year of birth, which the bot asks for, and the codes of patients. In letters that are neither Latin,
Greek nor Cyrillic it sees no form at all, and nothing that the bot asks for is written so: such text is refused.
"""

import re
import unicodedata
from enum import StrEnum

from flows.births import tells_birth, without_dates
from flows.names import tells_name
from flows.pasted import read_block
from flows.profiles import tells_profile
from flows.record_numbers import tells_record, tells_some_number, without_things
from flows.sampling import DAY, read_day
from flows.scripts import has_other_script
from flows.streets import tells_street
from flows.telephones import tells_telephone


class Personal(StrEnum):
    """What was found, as it stands in a sentence."""

    NAME = "a name"
    BIRTH = "a date of birth"
    RECORD = "a record number"
    TELEPHONE = "a telephone number"
    E_MAIL = "an e-mail address"
    ADDRESS = "a postal address"
    PROFILE = "a link to a person"
    SCRIPT = "writing in which no name can be told from other words"


# Typed otherwise, and meant so; wide forms of Asian keyboards; what is not seen at all.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4`"), "'")
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
_WIDE = {0xFF01 + at: 0x21 + at for at in range(94)}
# Nothing but the capital of Turkish grows longer when written small.
_PLAIN = _DASHES | _QUOTES | _SPACES | _UNSEEN | _WIDE | {ord("№"): "no", ord("İ"): "I"}

# The codes of patients, as Q7K-4M and CD-0042-X, are no names and no numbers.
_CODE = re.compile(
    r"(?<![\w-])(?![0-9]{3}-|[A-Z]{3}-(?:NR|ID|NO)(?!\w))"
    r"(?:[0-9A-Z]{3}-[0-9A-Z]{2}|(?=[a-z-]{0,5}[0-9])[0-9a-z]{3}-[0-9a-z]{2}|[A-Za-z]{2}-[0-9]{4}-[0-9A-Za-z])(?![\w-])"
)

_DOMAIN = r"(?:[^\W_](?:[\w-]{0,62})\.){1,8}[^\W\d_]{2,24}"
_E_MAIL = re.compile(
    rf"(?<![\w.+'-])[\w.+'-]{{1,64}}[ ]?@[ ]?{_DOMAIN}(?!\w)"
    # As it stands within a house, and as it is written for people only.
    rf"|[^\W\d_][._][^\W\d_]{{2,40}}@[^\W\d_]|\w@\[[0-9]"
    rf"|\w[ ]?[\[({{<][ ]?at[ ]?[\])}}>][ ]?\w[\w-]{{0,40}}[ ]?(?:\.|[\[(][ ]?dot[ ]?[\])])[ ]?\w"
    rf"|\w_at_[\w-]{{1,40}}\.\w"
    rf"|\w[ ]at[ ][\w-]{{1,40}}(?:[ ]dot[ ]\w|\.(?:org|com|net|info|example)(?!\w))",
)


# Behind a star stands a birth.
_LAST_DAY = re.compile(rf"(?<![*+†])(?<![*+†]\s)(?:{DAY.pattern})[\s).]*$", DAY.flags)
_LONGEST_LINE = 300
# No chart of today's clinics holds values from before: our choice.
_FIRST_SAMPLE_YEAR = 1990


def personal_data(text: str) -> Personal | None:
    """The first kind of personal data that is seen in `text`, the surest kind first."""
    plain = _without_days_of_samples(text)
    plain = _CODE.sub("|", unicodedata.normalize("NFC", plain).translate(_PLAIN))
    return _told_in_numbers(plain.lower()) or _told_in_words(plain)


def _told_in_numbers(small: str) -> Personal | None:
    """What has a form of its own, and what numbers a person."""
    if _E_MAIL.search(small):
        return Personal.E_MAIL
    if tells_profile(small):
        return Personal.PROFILE
    if tells_birth(small):
        return Personal.BIRTH
    undated = without_dates(without_things(small))
    if tells_record(undated):
        return Personal.RECORD
    if tells_telephone(undated):
        return Personal.TELEPHONE
    return Personal.RECORD if tells_some_number(undated) else None


def _told_in_words(plain: str) -> Personal | None:
    """A name, or where somebody lives; or letters in which neither is known, with or without a label."""
    if tells_name(plain):
        return Personal.NAME
    if tells_street(plain):
        return Personal.ADDRESS
    return Personal.SCRIPT if has_other_script(plain) else None


def _without_days_of_samples(text: str) -> str:
    """`text` with a bar for the day behind each line that is laboratory values and nothing else."""
    return "\n".join(f"{line[: found.start()]}|" if (found := _sampled(line)) else line for line in text.split("\n"))


def _sampled(line: str) -> re.Match[str] | None:
    found = _LAST_DAY.search(line) if len(line) <= _LONGEST_LINE else None
    on = read_day(found) if found else None
    if on is None or on.year < _FIRST_SAMPLE_YEAR:
        return None
    block = read_block(line)
    return found if block.entries and not block.unread else None
