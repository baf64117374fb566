"""Numbers under which a person is filed: by a hospital, an insurer or a state."""

import re

from stdnum.at import vnr
from stdnum.cz import rc
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs

# Behind a number of patients there may be its year.
_NO_YEAR = r"(?!\W{0,4}(?:19|20)[0-9]{2}(?![0-9/-]))"
# What stands before such a number and nowhere else, by the fewest digits that make it one.
_PLAIN = (
    r"mrn|m\.r\.n|med(?:ical)?\.?\srec(?:ord)?|rec(?:ord)?\.?\s?(?:no|number|nr|#|id)|health\scard|member\sid|passport"
    r"|hosp(?:ital)?\.?\s?(?:no|number|nr|id|#)|medicare|medicaid|aadhaa?r|nric|hkid|mykad|cpf|cui[lt]|emirates\sid|iqama|ssn|social\ssecurity|nhs|ppsn|h[&+]c|chi\snumber"
    r"|fall-?\s?(?:nr|nummer)|pat(?:ient(?:en)?)?\.?-?\s?(?:nr|nummer)|patientenkennung|aufnahme-?\s?(?:nr|nummer)|kvnr"
    r"|kv-nr|\w{0,30}versich\w{0,30}-?(?:nummer|nr)|vers\.?-?nr|svnr|sv-?nr|ahv(?:-nr)?|aktenzeichen|\w{0,30}akten-?(?:nr|nummer)"
    r"|(?:kis|sap|pid|orbis|behandlungs|besuchs|geschäfts|kranken|krankenhaus|spitals?|klinik|archiv|aufenthalts)-?\s?(?:fall-?)?(?:nr|nummer|zahl|id)"
    rf"|aufnahme-?\s?(?:zahl{_NO_YEAR}|id|kennung|kennzahl)|(?:stationsaufnahme|aufn\.?-?|ambulanz|identifikations)zahl{_NO_YEAR}"
    r"|(?:kg|iz|az|is-?h|ident|dossier|amb|ambulanz|krankenblatt|krankengeschichts|aufn|pflege)\.?-?\s?(?:nr|nummer)"
    r"|pat(?:ienten)?\.?-?\s?(?:id|identifikation|kennzahl)|(?:fall|behandlungs)-?\s?(?:id|kennung|kennzahl)|krankengeschichte"
    r"|reisepass|s[ée]cu(?:rit[ée]\ssociale)?|n(?:[°ºo]|um[ée]ro)\.?\s(?:(?:de\s)?(?:patient|paciente)|h\.?c\.?)"
    r"|seguridad\ssocial|tarjeta\ssanitaria|c[ée]dula|nuhsa|codice\sfiscale|c\.\s?f|cod\.\s?fisc|tessera\ssanitaria"
    r"|nosologico|bsn|burgerservicenummer|patiënt(?:nummer|nr)|zorgnummer|rijksregister\w*|pesel|histori[ai]\schoroby"
    r"|kartotek\w*|nr\skarty|cpr-(?:nr|nummer)|person(?:nummer|nr)|fødselsnummer|journal(?:nummer|nr)|henkilötunnus|hetu"
    r"|rodn[ée]\sč[íi]slo|r\.\s?č|kimlik(?:\sno)?|protokol(?:\sno)?|dosya(?:\sno)?|cnp|oib|егн|снилс|полис(?:\sомс)?"
    r"|истори[ия]\sболезни|номер\sистории|и/б|(?:мед\.?\s?)?карт[аы]|паспорт|αμκα|amka|φακέλου|μητρώου"
)
# Words, and letters that mean something else as well: the number must be longer than a count or a dose.
_DOUBTFUL = (
    r"(?:patient|pt|ptn|case|chart|unit|encounter)\.?\s?(?:no|number|nr|id|ref|record|#)|pat(?:ient(?:en)?)?-?id|chart|codice\spaziente|behandlungsfall"
    r"|encounter|urn?|hcn|fmrn|empi|csn|account|insurance|policy|historia(?:\scl[íi]nica)?|cartella(?:\sclinica)?|utente"
    r"|processo(?:\scl[íi]nico)?|dossier|pid|chi|pps|ihi|nir|ins|ipp|nda|dni|nie|nif|n\.?\s?h\.?\s?c|h\.?c|cip|nss|curp"
    r"|rut|cf|sns|niss|cpr|fnr|pnr|rč|taj|t\.?c|инн|иб"
)
# What may number anything; then in one piece.
_VAGUE = (
    r"(?:\w{1,20}[-. ]{1,2})?(?:id|nr|no|number|nummer|numéro|número|ref)(?:[ ][^\W\d_]{4,12})?|identifier|hosp|fall"
    r"|fallzahl|patientenzahl|kis|is-h|(?:az|iz|gz)(?=[\s.:=#-]{0,4}[0-9/-]{7})|case|admission|episode"
)
_NUMBER_WORD = r"(?:[\s.:-]{0,3}(?:no|nr|nummer|num(?:ber|mer|ero)?|n[°º]|n|id|kod|code|szám|#)(?!\w))?(?:[ ]is)?"


def _labelled(labels: str, ends: str = r"(?!\w)") -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?=[^\W_])(?:{labels}){ends}{_NUMBER_WORD}[\s.:=#°º-]{{0,4}}(?=(?P<rest>[0-9a-z][^\n]{{0,39}}))",
    )


_BY_LABEL = ((_labelled(_PLAIN, r"(?![^\W\d_])"), 4), (_labelled(_DOUBTFUL), 5))
_BY_VAGUE_LABEL = _labelled(_VAGUE)
_FEWEST_IF_VAGUE = 6
_PIECE = re.compile(r"[0-9a-z./-]*[0-9][0-9a-z./-]*|[a-z]")

# Numbers whose form, or whose check character, says what they are.
_SHAPED = re.compile(
    r"""(?<![\w.,/+-])(?=[0-9a-z])(?:
        [0-9]{3}-[0-9]{2}-[0-9]{4}                                    # social security, US
      | 756[. ]?[0-9]{4}[. ]?[0-9]{4}[. ]?[0-9]{2}                    # AHV
      | [a-z]{6}[0-9]{2}[a-ehlmprst][0-9]{2}[a-z][0-9]{3}[a-z]        # codice fiscale
      | [0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}\.[0-9]{2}               # rijksregisternummer
      | [a-z][0-9]{9}                                                 # Krankenversichertennummer
      | pid\|.*                                                       # a patient's segment of HL7
      | [0-9]{3}-[0-9]{3}-[0-9]{3}[ ][0-9]{2}                         # SNILS
    )(?![\w-])""",
    re.VERBOSE,
)
# Not within a row of numbers, as of a course, where one in eleven would have the right check digit.
_ALONE = r"(?<![\w.,/+-])(?<![0-9][ \t|;])"
_ENDS = r"(?![\w-])(?![ \t|;]+[0-9])"
_CHECKED = tuple(
    (re.compile(_ALONE + form + _ENDS), is_valid)
    for form, is_valid in (
        (r"[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}", nhs.is_valid),
        (r"[0-9]{4}[ ][0-9]{6}", vnr.is_valid),
        (r"[12](?:[ ]?[0-9]{2}){3}(?:[ ]?[0-9]{3}){2}[ ]?[0-9]{2}", nir.is_valid),
        (r"[0-9]{8}-?[a-z]", dni.is_valid),
        (r"[xyz]-?[0-9]{7}-?[a-z]", nie.is_valid),
        (r"[0-9]{6}[-+a][0-9]{3}[0-9a-y]", hetu.is_valid),
        (r"[0-9]{6}/[0-9]{3,4}", rc.is_valid),
    )
)
# 620528-9926, 040573-5655, 110778 09599: a day of birth, then what makes it one person's.
_DAY = r"(?:0[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DATED = re.compile(
    rf"(?<![\w.,/+-])(?:{_DAY}{_MONTH}[0-9]{{2}}|(?:19|20)?[0-9]{{2}}{_MONTH}{_DAY})(?:[-+][0-9]{{4}}|[ ][0-9]{{5}})"
    r"(?![\w-])"
)
# No value of a report has nine digits and no unit; a time of sampling may have fourteen.
_LONG = re.compile(
    r"(?<![\w.,/+-])(?!20[0-9]{2}[01][0-9][0-3][0-9][0-2][0-9])[0-9]{9,20}(?![\w-])"
    r"(?!\s?(?:[a-zµ]+/|/|copies|cop\b|[iu]{1,2}\b|[ui]\.?[ui]\.?|geq))",
)
# Numbers of things and of studies, and months with their years.
_THINGS = (
    r"ndc|doi|lot|batch|charge|pzn|ean|gtin|udi|isbn|issn|pmid|loinc|snomed|nct|isrctn|eudract|eu\sct|kit|serial|study|trial"
    r"|screening|subject|participant|randomi[sz]ation|proben?|sample|specimen|échantillon|muestra|campione|monster|próbk[ai]"
)
_OF_THINGS = re.compile(
    rf"(?<!\w)(?=[^\W\d_])(?:{_THINGS})\.?(?:[\s-]?(?:no|nr|number|nummer|id))?[\s.:#]{{0,3}}[0-9][0-9a-z./()-]*"
    r"|(?<![0-9])(?:(?:0?[1-9]|1[0-2])[/.](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2]))(?![0-9-])",
)


def without_things(text: str) -> str:
    """`text` with a bar for each number that is known to name a thing."""
    return _OF_THINGS.sub("|", text)


def tells_record(text: str) -> bool:
    """Whether a number with the label or the form of a record stands in `text`, written small and without its dates."""
    if any(_digits(found["rest"]) >= fewest for label, fewest in _BY_LABEL for found in label.finditer(text)):
        return True
    if _SHAPED.search(text) or _DATED.search(text):
        return True
    return any(is_valid(found[0]) for form, is_valid in _CHECKED for found in form.finditer(text))


def tells_some_number(text: str) -> bool:
    """Whether a number stands there that is too long for a value, whatever it numbers."""
    pieces = (found["rest"].split()[0] for found in _BY_VAGUE_LABEL.finditer(text))
    return any(_digits(piece) >= _FEWEST_IF_VAGUE for piece in pieces) or bool(_LONG.search(text))


def _digits(rest: str) -> int:
    """How many digits follow at once, in one or several pieces."""
    count = 0
    for piece in rest.split():
        if not _PIECE.fullmatch(piece.rstrip(".,;:)")):
            break
        count += sum(map(str.isdigit, piece))
        if piece[-1] in ",;:)":
            break
    return count
