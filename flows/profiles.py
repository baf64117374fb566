"""Where a person is found online: links to profiles, and the names behind `@`; those of bots are none."""

import re

from flows.medical_words import is_medical, is_place
from flows.names import is_no_name

_SITES = (
    r"facebook|fb|instagram|twitter|x|linkedin|tiktok|threads|snapchat|xing|vk|vkontakte|ok|odnoklassniki|youtube"
    r"|pinterest|reddit|telegram|signal|bsky|researchgate|orcid|viadeo"
)
_LINK = re.compile(
    rf"(?<![\w.@-])(?:https?://)?(?:[a-z]{{1,3}}\.|mobile\.)?"
    rf"(?:(?:{_SITES})\.(?:com|me|net|org|app|ru|social|de)|t\.me|wa\.me|m\.me|fb\.me|youtu\.be|tg://resolve)"
    r"[/?](?P<who>[^\s,;)\"'>]{2,100})"
)
# What of such a site is nobody's.
_NOBODYS = re.compile(r"(?:[^/]*?bot|botfather|watch|hashtag|search|help|policies|legal|about)(?![a-z0-9_])")
_HANDLE = re.compile(r"(?<![\w.@/])@(?P<who>[a-z](?:[a-z0-9_]|\.(?=[a-z0-9_])){4,31})(?![\w@-])")
# When something was measured.
_MOMENT = re.compile(
    r"(?:baseline|week|wk|day|month|year|visit|entry|admission|discharge|screening|induction|maintenance|end|start|onset"
    r"|enrol(?:l?ment)?|follow(?:_?up)?|bed(?:side|time)?|home|night|noon|morning|evening|breakfast|lunch|dinner|trough"
    r"|peak|rest|remission|flare)s?_?[0-9]{0,3}"
)


def tells_profile(text: str) -> bool:
    """Whether a link to somebody, or their name behind the sign, stands in `text`, written small."""
    if any(not _NOBODYS.match(found["who"]) for found in _LINK.finditer(text)):
        return True
    return any(_is_somebody(found["who"]) for found in _HANDLE.finditer(text))


def _is_somebody(name: str) -> bool:
    is_nobodys = name.endswith("bot") or _NOBODYS.match(name) or _MOMENT.fullmatch(name)
    return not (is_nobodys or is_place(name) or is_medical(name) or is_no_name(name))
