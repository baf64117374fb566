"""What stands before the name of an analyte, or of what is screened for: whether it says of what, or of when, it is."""

import re

from flows.marked import DAY_MARK
from flows.neighbours import is_of_others, other_in

_BULLET = re.compile(r"^\s*(?:[0-9]{1,2}[.)]\s|[-•*]\s)|\b(?:labs?|results?)\b", re.IGNORECASE)
# Other samples and other times: albumin under `Urine:` is no serum albumin.
_OTHER = r"urine?|urinary|csf|liquor|ascites|ascitic|pleural|fluid|drain|saliva|donor|previous|prev|prior|old|earlier"
_MONTH = (
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+"
    r"|(?<![0-9.,/-])(?:0?[1-9]|1[0-2])[./])20[0-9]{2}"
)
_OTHER_SAMPLE = re.compile(rf"\b(?:{_OTHER})\b", re.IGNORECASE)
_OTHER_TIME = rf"{_OTHER}|last\s+(?:year|month|week|visit|time)|{_MONTH}"
_OTHER_NUMBER = re.compile(rf"\b(?:{_OTHER_TIME}|target|goal|limits?|reference|normal)\b", re.IGNORECASE)
_OTHER_HEADING = re.compile(rf"\b(?:{_OTHER_TIME})\b[^:]*:", re.IGNORECASE)
_OF_BLOOD = re.compile(r"\b(?:blood|serum|plasma)\b[^:]*:", re.IGNORECASE)
_FLAG = re.compile(r"(?:^|\s)(?:HH?|LL?|!|\+{1,3}|\*{1,3})(?=\s|$)")
# What leads to it, and says nothing of the values behind it.
_OF_SCREENING = re.compile(
    r"\b(?:(?:infections?|viral|virus|hepatitis(?:[ ][bc])?|tb)[ ])?"
    r"(?:screen(?:ing)?|serolog(?:y|ies|ie)|virolog(?:y|ie))\b"
    r"|\b(?:hepatitis(?:[ ][bc])?|h[bc]v|bloods?|serum|today)\b",
    re.IGNORECASE,
)


def is_harmless(before: str) -> bool:
    """Nothing before a name but bullets, flags, days and a heading, so that the name is what it seems."""
    bare = _bare(before)
    return not bare or (bare.endswith(":") and not _OTHER_NUMBER.search(bare))


def leads_to_screening(before: str) -> bool:
    """Whether nothing is said that may hold for the values behind it: not even a heading, but one of screening."""
    return not _bare(_OF_SCREENING.sub(" ", before)).strip(" ,:")


def is_of_other_analytes(before: str) -> bool:
    """Whether values of analytes that are not listed stand before a name, and nothing that may be said of it."""
    at = other_in(before)
    return at is not None and is_harmless(before[:at]) and is_of_others(before[at:])


def is_other_sample(line: str) -> bool:
    """Whether a line without a name heads what is of another sample, or time."""
    return bool(_OTHER_SAMPLE.search(line))


def is_elsewhere(before: str, *, already: bool) -> bool:
    """Whether a sample, or a time, before a colon says so of the rest of its line."""
    headed = [found.end() for found in _OTHER_HEADING.finditer(before)]
    of_blood = [found.end() for found in _OF_BLOOD.finditer(before)]
    return max(headed, default=0) > max(of_blood, default=0) or (already and not of_blood)


def _bare(before: str) -> str:
    return _FLAG.sub(" ", _BULLET.sub(" ", DAY_MARK.sub(" ", before))).strip()
