"""Names of people: after a salutation, a title or a label.

A name without any of these cannot be told from another word, and passes.
"""

import re
from collections.abc import Callable, Iterator

from flows.no_names import DISEASES, NO_NAME_ENDINGS, NO_NAMES

_HERE = r"(?<![\w.'@-])(?=[^\W\d_])"
# Not 430 ms, 24 hr, 12 Fr.
_NO_UNIT = r"(?<![0-9][ ])"
# A word with a digit in it, or behind a hyphen, is a code.
_WORD = r"(?>[^\W\d_](?:['.]?[^\W\d_])*(?:-[^\W\d_]+)*)(?!-?[0-9])"
_NEXT = re.compile(rf"[ \t]*(?P<comma>,?)[ \t]*(?P<word>{_WORD})\.?(?![\w@])")
_OF = "v van von den der de del des du da di do dos das zu zum zur la le las los ten ter te el al bin ben dr prof dott"
_PARTICLES = frozenset(_OF.split())

# Nothing else is written so: a small letter may follow.
_ALWAYS = (
    rf"(?:mrs|mr|{_NO_UNIT}ms|mme)\.?|mister|miss[iu]s|madame|monsieur|frau|herrn?|señor(?:a|es|ita)?|г-н[ау]?|г-ж[аеу]"
)
_CAPITAL_FOLLOWS = (
    r"miss|mx|fräulein|fru|mevrouw|meneer|madam|lady|sir|mademoiselle|doña|dona|senhora?|professor"
    r"|signor[aei]?|signorina|pan(?:i|a|ią|em)?|paní|rouva|herra|domnul|doamna|sayın|bayan|gospo[đd](?:a|in)|господин"
    r"|госпожа|гражданин|гражданка|гр-ка|пані?|κύριος|κυρία|(?:sr(?:a|ta|es)?|dña|dra?|prof|sig(?:\.?ra|\.?na)?"
    r"|dott(?:\.?ssa)?|mw|dhr|mevr|mlle|dna|sn|гр|κα|κος|κ)\.?(?:[ ]?med\.)?"
)
# With a capital of its own: M. Dupont, Fr. Lehmann; but small in Danish, and HR is the pulse.
_SPELT = rf"{_NO_UNIT}(?:m\.|fr\.|fam\.)|don|bay"
_HR = rf"{_NO_UNIT}hr\.?"
_TITLED = re.compile(
    rf"{_HERE}(?:(?P<always>{_ALWAYS})|(?P<capital>{_CAPITAL_FOLLOWS})|(?P<spelt>{_SPELT})|(?P<hr>{_HR}))"
    r"(?=[ \t]|(?<=\.)\w)"
)
# Not even with a capital.
_NOBODY = frozenset({"patient", "patienten", "patientin", "kollege", "kollegin", "doktor", "president"})
_DON = re.compile(r"(?:^|(?<=[:;,(]))[ \t]*d\.(?=[ ])", re.MULTILINE)
_BEHIND = re.compile(rf"{_HERE}(?P<name>{_WORD})[ ](?P<after>hanım|bey|úr|úrnak|asszony)(?!\w)")

_LABELS = (
    r"(?:patient'?s?|pt|full|last|first|middle|family|given|maiden|birth)\s(?:full\s)?names?|surname|forename"
    r"|(?:nach|vor|familien|patienten|pat\.-?)name|prénom|apellidos?|cognome|apelido|achternaam|voornaam|nazwisko|imię"
    r"|efternavn|fornavn|etternavn|efternamn|förnamn|sukunimi|etunimi|příjmení|jméno|prenume|soyad[ıi]"
    r"|фамилия|имя|отчество|фио|ф\.и\.о|піб|прізвище|ім'я|επώνυμο|ονοματεπώνυμο"
)
# With a colon only; in `Trade name:` they name a thing.
_COLON_FOLLOWS = (
    r"name|nom(?:\s(?:de\s(?:naissance|famille)|usuel|du\spatient))?|nombre|nome(?:\scompleto)?|naam|navn|namn|nimi|név|nume|ime"
    r"|ad[ıi]|όνομα"
)
_LABELLED = re.compile(
    rf"{_HERE}(?:(?:{_LABELS})\.?[ \t]{{0,20}}[:=-]|(?:{_COLON_FOLLOWS})[ \t]{{0,20}}[:=]"
    rf"|(?P<bare>(?:{_LABELS})\.?(?:[ ]is)?(?=[ ])))",
)
_OF_A_THING = re.compile(r"(?:trade|brand|generic|drug|test|study|trial|product|no|file|group|item|site|lab)[ ]$")
_CALLED = re.compile(
    rf"{_HERE}(?:s'appelle|heißt|se[ ]llama|si[ ]chiama|chama-se|heet|nazywa[ ]się|hedder|heter|зовут"
    r"|(?:patient|lady|woman|man|gentleman|girl|boy)(?:[ ]is)?[ ](?:called|named)|name[ ]is|named)(?=[ ])",
)
_PATIENT = re.compile(
    rf"{_HERE}(?:patient(?:e|en|[/*]?in)?|(?:pt|pat)\.?|paciente|paziente|doente|utente|patiënte?|pacjent(?:k[ai])?"
    r"|pacient(?:ka)?|potilas|hasta|versicherte[rn]?|assurée?|assistit[oa]|identité|пациент(?:ка|ки|а)?|пац\.|больно[йг]о?|больная"
    r"|пацієнт(?:ка)?|ασθενής)(?P<colon>[ ]?:)?(?=[ ])",
)
# Hans-Peter M., 56 J.; H. Schmidt (56 y); Schmidt, Hans, 56 Jahre: it is the age that makes names of the words.
_YEARS = (
    r"(?:j|jahre?|y|yo|yrs?|years?|ans|años|anos|anni|jaar|lat|let|år|vuotta|yaş\w*|ani|éves?|лет|год\w*|р|років|ετών)"
)
_PARTICLE = _OF.replace(" ", "|")
_AGED = re.compile(
    rf"{_HERE}(?P<one>{_WORD})\.?,?[ ](?:(?:{_PARTICLE})[ ]){{0,3}}(?P<two>{_WORD})\.?,?[ ]"
    rf"\(?(?:aged?[ ]|[mfw],[ ]?)?[0-9]{{1,3}}[ ]?{_YEARS}(?!\w)"
)


def tells_name(text: str) -> bool:
    """Whether the name of a person stands there."""
    small = text.lower()
    return any(judge(text, found) for form, judge in _FORMS for found in form.finditer(small))


def is_no_name(word: str) -> bool:
    """Whether it is a word that stands where a name could stand, and is none."""
    small = word.casefold().removesuffix("'s")
    return not NO_NAMES.isdisjoint((small, *small.split("-"))) or (len(small) > 7 and small.endswith(NO_NAME_ENDINGS))


def _titled(text: str, found: re.Match[str]) -> bool:
    title = text[found.start() : found.end()]
    words = [*_words(text, found.end()), ""]
    if found["always"]:
        return _salutes(title, words)
    if found["spelt"] and (title.islower() or words[0].lower() in DISEASES):
        return False
    return not (found["hr"] and title.isupper()) and _follows(text, found)


def _salutes(title: str, words: list[str]) -> bool:
    """MR and MS are findings as well, and a text in capitals hides what is a name."""
    if title.isupper():
        first = next(filter(_is_no_initial, words[:-1]), words[0])
        return first.isupper() and not is_no_name(first) and title != "MS."
    return words[0].lower() not in _NOBODY if words[0][:1].isupper() else _is_small_name(words[0])


def _follows(text: str, found: re.Match[str]) -> bool:
    """A name with a capital, after initials and particles."""
    return _is_name(next(filter(_is_no_initial, _words(text, found.end())), ""))


def _don(text: str, found: re.Match[str]) -> bool:
    return text[found.end() - 2].isupper() and _follows(text, found)


def _behind(text: str, found: re.Match[str]) -> bool:
    title_is_name = text[found.end("name") + 1].isupper() or found["after"].startswith(("úr", "ass"))
    return title_is_name and _is_name(text[found.start() : found.end("name")])


def _labelled(text: str, found: re.Match[str]) -> bool:
    if _OF_A_THING.search(text[max(0, found.start() - 12) : found.start()].lower()):
        return False
    if found["bare"]:
        return _follows(text, found)
    return _is_small_name(next(_words(text, found.end()), ""))


def _aged(text: str, found: re.Match[str]) -> bool:
    """Two names, or a name and an initial, before an age."""
    one, two = text[found.start("one") : found.end("one")], text[found.start("two") : found.end("two")]
    names = [each for each in (one, two) if len(each) > 1]
    return one[:1].isupper() and two[:1].isupper() and bool(names) and all(map(_is_name, names))


def _patient(text: str, found: re.Match[str]) -> bool:
    """After a colon a whole name, or one word that stands alone; else a word with a capital where none is due."""
    words = list(_words(text, found.end()))
    first, second, *_ = [*(words[1:] if words and not _is_no_initial(words[0]) else words), "", ""]
    is_abbreviation = first.isupper() and len(first) <= 4 and not second.isupper()
    if is_abbreviation or not _is_name(first):
        return False
    is_alone = not second or text[text.index(first, found.end()) + len(first) :].lstrip().startswith(",")
    return not found["colon"] or is_alone or _is_name(second)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], bool]], ...] = (
    (_TITLED, _titled),
    (_DON, _don),
    (_BEHIND, _behind),
    (_LABELLED, _labelled),
    (_CALLED, _follows),
    (_PATIENT, _patient),
    (_AGED, _aged),
)


def _words(text: str, at: int) -> Iterator[str]:
    """The words that follow on the line, up to four, without particles."""
    for _ in range(5):
        found = _NEXT.match(text, at)
        if found is None:
            return
        if found["word"].casefold() not in _PARTICLES:
            yield found["word"]
        at = found.end()


def _is_no_initial(word: str) -> bool:
    return len(word) > 1 or word.islower()


def _is_name(word: str) -> bool:
    return word[:1].isupper() and not is_no_name(word)


def _is_small_name(word: str) -> bool:
    return bool(word) and not is_no_name(word)
