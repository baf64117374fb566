"""Dates of birth: a date beside a word of birth, or a date so old that it is nobody's visit.

A year alone passes, for the bot itself asks for the year of birth.
"""

import re
from collections.abc import Iterator

# Whoever was born later is no adult before 2029, and no sample of a course with this drug is as old: our choice.
# There is no clock here, so both years are to be moved by hand, in 2028 at the latest.
LAST_BIRTH_YEAR = 2010
FIRST_BIRTH_YEAR = 1900
# Of two digits, as in 12/03/68; below stand the years of samples to come. Our choice, too.
FIRST_SHORT_YEAR = 40

# How the months begin in the languages of Europe; where one language's month is another's word, days stand around it.
_MONTHS = (
    "jan|jän|maart|feb|fév|fev|mar|mär|mrz|már|apr|avr|abr|ápr|may|mai|maj|máj|mei|mag|jun|juin|jún|jul|juil|júl|giu|lug|"
    "aug|ao[uû]|ago|avg|sep|sze|set|oct|okt|out|ott|nov|noi|dec|déc|des|dez|dic|ene|gen|ian|iun|iul|"
    "stycz|lut|kwie|czerw|lip|sierp|wrze|pa[zź]d|listop|grud|led|únor|březn|dub|květ|červ|srp|září|říj|prosin|"
    "tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|"
    "янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|"
    "ιαν|φεβ|μαρ|μάρ|απρ|μα[ΐϊι]|μάι|ιουν|ιούν|ιουλ|ιούλ|αυγ|αύγ|σεπ|οκτ|νοε|νοέ|δεκ"
)
_D = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = rf"(?:{_MONTHS})[^\W\d_]*\.?"
_ORDINAL = r"(?:st|nd|rd|th|er|e|º|ª|\.)?"
DATE = re.compile(
    rf"""(?=[0-9])(?<![0-9])(?<![0-9][.,/])(?:
        (?P<ordered>(?:19|20)[0-9]{{2}})(?P<by>[-./])\s?{_D}(?P=by)\s?{_D}(?!:)
      | {_D}(?P<sep>[-./])\s?{_D}(?P=sep)\s?(?P<year>(?:19|20)[0-9]{{2}}|[0-9]{{2}})
      | {_D}{_ORDINAL}[\s-]{{0,2}}(?:(?:of|de|den)\s)?{_MONTH},?[\s-]{{0,2}}(?:del?\s)?'?(?P<after>(?:19|20)[0-9]{{2}})
      | {_D}-{_MONTH}-(?P<short>[0-9]{{2}})
      | (?P<first>(?:19|20)[0-9]{{2}})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])
      | (?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?P<last>(?:19|20)[0-9]{{2}})
    )(?![0-9])(?![.,/][0-9])
    | (?<!\w)(?=[^\W\d_]){_MONTH}\s?{_D}{_ORDINAL},?\s(?P<american>(?:19|20)[0-9]{{2}})(?![0-9])""",
    re.VERBOSE,
)
# With a word of birth beside it less is enough.
_SOME_DATE = (
    rf"{_D}[-./ ]\s?{_D}[-./ ]\s?[0-9]{{2}}"
    rf"|(?:19|20)[0-9]{{2}}[-./]\s?{_D}[-./]\s?{_D}"
    rf"|{_D}{_ORDINAL}[\s-]{{0,2}}(?:(?:of|de|den)\s)?{_MONTH},?[\s-]{{0,2}}(?:del?\s)?'?[0-9]{{2}}"
    rf"|{_MONTH}\s?(?:{_D}{_ORDINAL},?\s)?'?[0-9]{{2}}|[0-9]{{8}}(?![0-9])|[0-9]{{6}}(?![0-9])"
)
_WORDS = (
    r"d\.?\s?o\.?\s?b|birth\s?da(?:te|y)|dates?\sof\sbirth|born|geb(?:oren|\.|\s?-?dat)?|geburts\w*|gebdat\w*"
    r"|née?|né\(e\)|naissance|ddn|nacid[oa]|nacimiento|f\.?\s?nac|fec\w*\.?\snac|nat[oa]|nascita|nascid[oa]"
    r"|nascimento|data\snasc|geboorte\w*|ur\.|urodz\w*|født|fødsel\w*|född|födelse\w*|syntyn\w*|syntymä\w*"
    r"|naroz\w*|nar\.|szület\w*|szül|doğum\w*|născut\w*|naște\w*"
    r"|д\.\s?р|рожд\w*|родил\w*|народи\w*|народж\w*|γ[έε]νν[ήη]σ\w*|γεννήθηκε|γεννηθ\w*|γεν\."
)
_LABELLED = re.compile(
    rf"(?<![^\W_])(?=[^\W\d_])(?:{_WORDS})(?:(?!\w)|(?=[0-9]))[^0-9\n]{{0,25}}?\n?(?<!\w)(?:{_SOME_DATE})"
)
# Without its year, beside a word that means nothing else.
_SURELY = (
    r"d\.?\s?o\.?\s?b|birth\s?da(?:te|y)|dates?\sof\sbirth|born|geb(?:oren|\.)|geburts\w*|naissance|nacid[oa]|nacimiento"
    r"|nascita|nascid[oa]|nascimento|geboorte\w*|urodz\w*|født|fødsel\w*|född|födelse\w*|syntyn\w*|syntymä\w*|naroz\w*"
    r"|szület\w*|doğum\w*|născut\w*|рожд\w*|родил\w*|народи\w*|γεννήθηκε|γεννηθ\w*"
)
_DAY_OF_YEAR = (
    rf"(?:{_D}(?:\.\s?(?:0?[1-9]|1[0-2])\.|/(?:0?[1-9]|1[0-2]))|{_D}{_ORDINAL}[\s-]{{0,2}}(?:(?:of|de|den)\s)?{_MONTH}"
    rf"|(?=[^\W\d_]){_MONTH}\s?{_D}{_ORDINAL})(?![\w/])"
)
_YEARLESS = re.compile(rf"(?<![^\W_])(?=[^\W\d_])(?:{_SURELY})(?!\w)[^0-9\n]{{0,15}}?(?<!\w)(?:{_DAY_OF_YEAR})")
_GLUED = re.compile(r"(?<!\w)dob[0-9]{6}")
_BORN_AFTER = re.compile(r"\s?(?:г\.\s?р|года?\sрожд|р\.\s?н|doğum)")

# What happened on an old day, if it was no birth; it stands beside the day, with no other number between.
_EVENT = (
    r"diagn|διάγν|διαγν|діагн|диагн|rozpozn|tanı|onset|symptom|r[eé]se[ckz]|rezek|резекц|surg|oper|опера|ectom|ektom|эктом"
    r"|εκτομ|plast|fistul|pouch|stoma|seton|stent|bypass|chole|hyster|transplant|replac|remov|excis|verlag|interven"
    r"|c[ie]rurg|chirurg|zabieg|leikk|ameliyat|műtét|s[ck]op|kolo|biops|fra[ck]tur|trauma|unfall|accident|infar[ck]t"
    r"|menopaus|vac[ck]in|impf|[mn]ab\b|azathiop|biologic|infusion|dose|treated|start|began|debut|début|first|erste"
    r"|relapse|flare|schub|remission|smok|dexa|densit|quantif|igra|chapter|kapitel|section|version|lancet"
    r"|\b(?:dx|dg|ed|op|out|aza|mtx|ifx|ada|ust|vdz|vedo|6-mp|mri?|mrt|irm|ct|since|seit|depuis|desde|dal|sinds|sedan"
    r"|siden|od|ab|из|от|с|з|από|óta|din)\b"
)
_EVENT_BEFORE = re.compile(rf"(?:{_EVENT})(?:[^0-9\n;,.]{{0,30}}|\w*[,.:]?[ ])$")
_EVENT_AFTER = re.compile(rf"[ :(-]{{0,3}}\w{{0,12}}(?:{_EVENT})")


def tells_birth(text: str) -> bool:
    """Whether a day of birth stands in `text`, written small."""
    if any(form.search(text) for form in (_LABELLED, _GLUED, _YEARLESS)):
        return True
    return any(_is_birth(text, found) for found in DATE.finditer(text))


def without_dates(text: str) -> str:
    """`text` with a bar for each date but eight digits in a row: digits of a date are no other number's."""
    return DATE.sub(lambda found: found[0] if found["first"] or found["last"] else "|", text)


def _is_birth(text: str, found: re.Match[str]) -> bool:
    if _BORN_AFTER.match(text, found.end()):
        return True
    return any(map(_is_old, _years(found))) and not _is_event(text, found)


def _years(found: re.Match[str]) -> Iterator[str]:
    for name in ("ordered", "year", "after", "short", "first", "last", "american"):
        if (year := found[name]) and not (len(year) == 2 and found["sep"] == "-"):
            yield year


def _is_old(year: str) -> bool:
    if len(year) == 2:
        return int(year) >= FIRST_SHORT_YEAR
    return FIRST_BIRTH_YEAR <= int(year) <= LAST_BIRTH_YEAR


def _is_event(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 60) : found.start()]
    return bool(_EVENT_BEFORE.search(before) or _EVENT_AFTER.match(text, found.end()))
