"""Where a person lives: a street with the number of a house, in the languages of Europe.

Words that only name streets are seen in any writing. Words that mean something else as well, as `via` and `c/`, need
a name with a capital that is no word of medicine, and a number that ends what is said: `via orale 15 mg` passes.
"""

import re

from flows.medical_words import is_medical
from flows.names import is_no_name

_UNIT = r"(?:[cdkmµu]?(?:g|l|m|mol)|mm|iu|ie|ui|x|hz?|stk|tage?|days?|weeks?|stools?)"
_NUMBER = r"[0-9]{1,4}(?:/[0-9]{1,4}){0,2}"
_HOUSE = rf"{_NUMBER}(?:[ ]?[a-d])?(?!\w)(?![.,:]?[0-9])(?![ ]?{_UNIT}(?!\w))(?![ ]?[%°×/])"
# Behind it nothing more is said of the number.
_LAST = rf"{_NUMBER}(?:[ ]?[A-Da-d])?(?!\w)(?![.,:/%-]?[0-9])(?=[ \t]*(?:$|[,;.)\n])|[ ][A-Z0-9])"
_WORD = r"[^\W\d_][\w'-]{1,20}"
_FURTHER = rf"(?:[ ]{_WORD}){{0,2}},?[ ]"
_NAME = r"[A-ZÀ-ÖØ-ÞŁŚŻŹĆČŠŽŘĐȘȚĂÎ][\w'’-]{2,20}"
_OF = (
    r"(?:(?:de|du|des|del|dei|degli|delle|della|di|da|das|do|dos|l[aeo]s?|el|sant?[ao]?|[A-Z]\.)[ ]?|[dl]'|dell'){0,2}"
)
_NUMBERED = r"(?<![\w.,/-])[0-9]{1,5}(?:[ ]?(?:bis|ter|[a-dA-D]))?,?[ ]"
_NO = r"(?:n[º°or]?[.:]{0,2}[ ]?)?"
# 12 main street, and not 3 stools on the street.
_STOPS = (
    r"(?!(?:on|off|the|in|of|to|from|at|by|and|or|for|an?|across|along|down|up|mg|ml|x|per|with|into|via|is|was"
    r"|(?:week|day|month|year|hour|minute|time|stool|dose|patient|people|drug|mile|km)s?)[ ])"
)
# Not 12 May Dr. ...
_NO_DAY = r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[ ])"
# Words that end so and are none.
_NO_STREET = (
    r"(?!menstr|gastr|registr|illustr|minist|administ|demonst|magist|elast|rekonst|konst|decad|dekad|brig"
    r"|gallen|atem|harn|luft|zugangs|infektions|übertragungs|arbeits|studien|schlaf)"
)
# Sought in what is written small.
_SMALL = (
    # Hauptstraße 12, Kerkstraat 5, Storgatan 3
    rf"(?<![\w-]){_NO_STREET}[^\W\d_]{{3,30}}-?(?:stra(?:ß|ss)e|str\.?|gasse|allee|chaussee|straat|gracht|laan|gatan?"
    rf"|vägen|veien|katu)[ ]{{0,2}}{_HOUSE}",
    # Berliner Straße 12, Kossuth utca 3
    rf"(?<!\w)(?P<name>[^\W\d_]{{3,30}})[ -](?:stra(?:ß|ss)e|str\.|allee|chaussee|utca|út|tér)[ ]{_HOUSE}",
    rf"(?<![\w.,/-])[0-9]{{1,5}}[a-d]?,?[ ](?:{_STOPS}[^\W\d_][\w'.]{{1,20}}[ ]){{1,2}}"
    r"(?:street|avenue|boulevard|blvd)(?!\w)",
    r"(?<!\w)(?:p\.?[ ]?o\.?[ ]?box|postfach)[ ][0-9]{2}",
    # 12 rue de la Paix, rue de la Paix 3
    rf"{_NUMBERED}(?:rue|impasse|quai)[ ](?=[^\W\d_])",
    rf"(?<!\w)(?:rue|boulevard|impasse|quai|allée|chemin)[ ]{_OF}{_WORD}{_FURTHER}{_HOUSE}",
    # calle Mayor 4, Rua das Flores 12
    rf"(?<!\w)(?:calle|avenida|carrer|rua|viale|piazza(?:le)?|vicolo)[ ]{_OF}{_WORD}{_FURTHER}{_NO}{_HOUSE}",
    # ул. Ленина, д. 5
    r"(?<!\w)(?:ул\.|улиц[аеы]|проспект|просп\.|переулок|бульвар|шоссе|вулиц[яі]|вул\.)[ ]?"
    rf"{_WORD}{_FURTHER}(?:(?:д|дом|буд)\.?[ ]?)?{_HOUSE}",
    # Atatürk Caddesi No: 5
    rf"(?<!\w)[^\W\d_]{{3,20}}[ ](?:caddesi|cad\.|sokak|sokağı|mahallesi|bulvarı),?[ ]{_NO}{_HOUSE}",
    r"(?<!\w)(?:address|adresse|anschrift|adres|adresa|direcci[óo]n|domicilio|indirizzo|endereço|morada|адрес)[ ]?[:=]"
    r"(?P<said>[^\n]{0,60}[0-9])",
)
# Sought as it was typed.
_TYPED = (
    # 12 Mill Road, 3 Oak Dr
    rf"{_NUMBERED}{_NO_DAY}(?:[A-Z][a-z'.]{{1,20}}[ ]){{0,2}}(?P<name>[A-Z][a-z']{{2,20}})[ ]"
    r"(?:Road|Rd|St|Ave|Lane|Ln|Drive|Dr|Close|Crescent|Terrace|Gardens|Way|Place|Square|Grove|Mews|Parkway|Highway)"
    r"(?!\w)",
    rf"(?<!\w)(?P<name>{_NAME})[ ](?:Street|Road|Avenue|Lane)[ ]{_LAST}",
    # Lindenweg 5, Marktplatz 3
    rf"(?<![\w-])(?i:{_NO_STREET})(?P<name>{_NAME})(?:(?<=weg)|(?<=\wplatz)|(?<=-Platz)|(?<=damm)|(?<=ufer)|(?<=markt)"
    rf"|(?<=stadtring)|(?<=parkring)|(?<=burgring)|(?<=-Ring)|(?<=-Weg))[ ]{_LAST}",
    rf"{_NUMBERED}(?:[Pp]lace|[Cc]hemin|[Aa]llée|[Aa]venue|[Bb]oulevard)[ ]{_OF}(?P<name>{_NAME})",
    # via Roma 5, C/ Mayor 4, ul. Długa 12
    r"(?<!\w)(?:[Vv]ia|(?<!in[ ])[Cc]orso|[Cc]/|[Aa]vda\.?|[Aa]v\.|[Pp]aseo|[Pp]laza|[Pp]za\.|[Tt]ravessa|[Uu]l\."
    rf"|[Uu]lica|[Ss]trada|[Ss]tr\.)[ ]?{_OF}(?P<name>{_NAME})(?:[ ]{_NAME}){{0,2}},?[ ]{_NO}{_LAST}",
    rf"(?<!\w)[Οο]δ(?:ός|ού|ό)[ ](?P<name>[Α-ΩΆ-Ώ]\w{{2,20}})(?:[ ]\w{{2,20}})?,?[ ]{_LAST}",
)
_IN_SMALL = tuple(map(re.compile, _SMALL))
_AS_TYPED = tuple(re.compile(each, re.MULTILINE) for each in _TYPED)
# What a drug is given by is no street; and some streets are called as what a patient is, or has.
_BY = "orale oral endovenosa venosa sottocutanea rettale rectal sondino sonda port peg pen gastroskopie koloskopie"
_ROUTES = frozenset(_BY.split())
_STREETS = frozenset({"mayor", "nueva", "real", "mill", "hill", "church", "station"})


def tells_street(plain: str) -> bool:
    """Whether a street with its number stands there."""
    small = plain.lower()
    if any(_is_said_of_place(found.groupdict()) for form in _IN_SMALL for found in form.finditer(small)):
        return True
    return any(_is_of_place(found["name"].lower()) for form in _AS_TYPED for found in form.finditer(plain))


def _is_said_of_place(groups: dict[str, str | None]) -> bool:
    """Not `Stricture Str. 2`; and not behind a label where every word is known, as in `address: CRP 4`."""
    if (name := groups.get("name")) and is_medical(name):
        return False
    words = re.findall(r"[^\W\d_]+", groups.get("said") or "")
    return not words or not all(map(_is_known, words))


def _is_known(word: str) -> bool:
    return word not in _STREETS and (is_no_name(word) or is_medical(word))


def _is_of_place(name: str) -> bool:
    return name not in _ROUTES and not _is_known(name)
