"""Telephone numbers: after a word for one, or in a form that no laboratory prints."""

import re
from collections.abc import Iterator

_SEP = r"[ \t]?[-./()]{0,2}[ \t]?"
_WORDS = (
    r"tel(?:e(?:ph|f)\w*|éf\w*|em|ef)?|tele(?:móvel|fon\w*)|tfno|tlf|tlm|tél(?:éphone)?|ph|phone|mob(?:il\w*)?|móvil|gsm"
    r"|cell(?:phone|ular\w*)?|cel|cep|fax|handy(?:n\w*)?|natel|whatsapp|sms|portable|kom|puh(?:elin)?|contact|ext"
    r"|тел(?:ефон)?|моб|τηλ(?:έφωνο)?|κιν(?:ητό)?"
    # What one does with it.
    r"|(?:home|work|his|her|their)\snumber|call|ring|text|dial|reach|unreachable|rückruf|anrufen|erreichbar|bellen"
    r"|ll[aá]m\w*|chiamar\w|joindre|appeler|ligar|zadzwoń|dzwonić|звонить|позвонить"
)
_FILLER = r"[\s.-]?(?:no|nr|tel|number|num|phone|is|under|unter|auf|at|on|me|him|her|them|au|al|op|il|на|по)\.?(?!\w)"
_LABELLED = re.compile(
    rf"(?<!\w)(?=[^\W\d_])(?:{_WORDS})(?!\w)(?:{_FILLER}){{0,3}}(?:[\s.]{{1,2}}[^\W\d_]{{1,12}}:)?"
    rf"[\s.:#()-]{{0,4}}\+?[0-9](?:{_SEP}[0-9]){{5,14}}"
)
_FORMS = tuple(
    re.compile(rf"(?<![\w.,/+-])(?=[+(0-9])(?:{form})(?![0-9])")
    for form in (
        # +44 7700 900123, 0049 30 23125
        rf"\+[ ]?[1-9](?:{_SEP}[0-9]){{7,14}}",
        rf"00[1-9](?:{_SEP}[0-9]){{8,12}}",
        # (212) 555-0147, 212.555.0147, 1-415-555-0132
        r"(?:1[-. ])?(?:\([2-9][0-9]{2}\)[ ]?[0-9]{3}[-. ]|[2-9][0-9]{2}[-./][0-9]{3}[-.])[0-9]{4}",
        # 8 (495) 555-01-23
        r"8[ -]?\(?[3-9][0-9]{2}\)?[ -]?[0-9]{3}[ -][0-9]{2}[ -][0-9]{2}",
        # (11) 95555-0123
        r"\([0-9]{2,4}\)[ ]?[0-9]{4,5}-[0-9]{4}",
    )
)
# With the zero that is dialled within a country: 07700 900123, 030/23125-123, 01 99 00 12 34.
_NATIONAL = re.compile(
    r"(?<![\w.,/+-])(?:\(0[ ]?[1-9][0-9]{0,4}\)|0[1-9][0-9]{0,4})(?:[ ]?[-./ ]?[ ]?[0-9]{2,}){0,5}(?![0-9])"
)
_FROM_TO = range(9, 13)


def tells_telephone(text: str) -> bool:
    """Whether a telephone number stands in `text`, written small and without its dates."""
    return any(form.search(text) for form in (_LABELLED, *_FORMS)) or any(_national(text))


def _national(text: str) -> Iterator[bool]:
    for found in _NATIONAL.finditer(text):
        yield sum(map(str.isdigit, found[0])) in _FROM_TO
