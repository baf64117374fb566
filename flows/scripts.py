"""Writing in which this bot tells no name from another word: letters that are neither Latin, Greek nor Cyrillic."""

import re

# From Armenian to Mongolian, from the radicals of Han to Yi, from there to Hangul and the letters of compatibility, and
# what lies beyond 16 bits. What lies between is Latin, Greek, or no letter: superscripts, units, signs.
_OTHER = re.compile(
    r"(?=[^\W\d_])[\u0530-\u1c7f\u1cc0-\u1cff\u2e80-\ua63f\ua6a0-\ua71f\ua800-\uab2f\uab70-\ufaff"
    r"\ufb13-\ufdff\ufe70-\ufeff\uff66-\uffdc\U00010000-\U0001d3ff\U0001d800-\U0003ffff]"
)


def has_other_script(text: str) -> bool:
    return bool(_OTHER.search(text))
