"""The units of the laboratory, and the ways in which people write them; what is not listed here is refused."""

import re
from functools import lru_cache

from flows.quantities import Unit

MG_L = Unit("mg/L", "mg/L")
MG_DL = Unit("mg/dL", "mg/dL")
UG_G = Unit("ug/g", "µg/g")
MG_KG = Unit("mg/kg", "mg/kg")
G_DL = Unit("g/dL", "g/dL")
G_L = Unit("g/L", "g/L")
MMOL_L = Unit("mmol/L", "mmol/L")
UMOL_L = Unit("umol/L", "µmol/L")
PERCENT = Unit("%", "%")
L_L = Unit("L/L", "L/L")
GIGA_L = Unit("10*9/L", "×10⁹/L")
KILO_UL = Unit("10*3/uL", "×10³/µL")
PER_UL = Unit("/uL", "/µL")
U_L = Unit("U/L", "U/L")
UKAT_L = Unit("ukat/L", "µkat/L")
ML_MIN = Unit("mL/min/{1.73_m2}", "mL/min/1.73 m²")

# No unit takes more characters, however it is written.
LONGEST = 40
# Letters whose case decides: giga is not gram, molar is not milli.
_AS_WRITTEN = {"G/L": GIGA_L, "G/l": GIGA_L, "mM": MMOL_L, "uM": UMOL_L}
# As `_folded` leaves them.
_FOLDED = {
    **dict.fromkeys(("mg/l",), MG_L),
    **dict.fromkeys(("mg/dl", "mg/100ml", "mg%"), MG_DL),
    **dict.fromkeys(("ug/g",), UG_G),
    **dict.fromkeys(("mg/kg",), MG_KG),
    **dict.fromkeys(("g/dl", "g%", "g/100ml"), G_DL),
    **dict.fromkeys(("g/l",), G_L),
    **dict.fromkeys(("mmol/l",), MMOL_L),
    **dict.fromkeys(("umol/l",), UMOL_L),
    **dict.fromkeys(("%", "vol%", "vol-%", "%v/v"), PERCENT),
    **dict.fromkeys(("l/l",), L_L),
    **dict.fromkeys(("10^9/l", "gpt/l", "giga/l", "/nl"), GIGA_L),
    **dict.fromkeys(("10^3/ul", "k/ul"), KILO_UL),
    **dict.fromkeys(("/ul", "1/ul", "#/ul", "n/ul"), PER_UL),
    **dict.fromkeys(("u/l",), U_L),
    **dict.fromkeys(("ukat/l",), UKAT_L),
    **dict.fromkeys(("ml/min/1.73m2", "ml/min/1.73", "ml/min·1.73m^-2"), ML_MIN),
}
_SAME_WORD = {
    "l": ("litre", "liter", "ltr"),
    "dl": ("decilitre", "deciliter"),
    "ul": ("microlitre", "microliter", "mcl"),
    "mg": ("mgs", "milligram", "milligrams"),
    "ug": ("mcg", "microgram", "micrograms"),
    "g": ("gm", "gms", "gr", "gram", "grams"),
    "kg": ("kilogram",),
    "mmol": ("mmoles", "millimol", "millimoles"),
    "umol": ("umoles", "mcmol", "micromol", "micromoles"),
    "u": ("iu", "ui", "ie", "e", "unit", "units"),
    "ukat": ("ukatal", "mckat", "microkat", "microkatal"),
    "k": ("thou", "thousand", "thousands", "tsd", "mila", "miles"),
    "mm": ("millimetre", "millimeter"),
    "cu": ("cubic",),
    "%": ("percent", "prozent", "pct"),
    "/": ("per",),
    "": ("cells", "zellen", "cellules", "células", "cellule", "cél", "el"),
}
_WORDS = {spelling: word for word, spellings in _SAME_WORD.items() for spelling in spellings}
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_REWRITINGS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda raised: "^" + raised[0].translate(_RAISED)),
        (r"\s+", " "),
        (r"per cent", "%"),
        (r"\b(?:i\.u|u\.i)\.", "u"),
        (r"(?<=[0-9]),(?=[0-9])", "."),
        (r"^(?:cells )?[x×*·]? ?(?:10(?:\*\*|[*^e ]|exp|(?=\())|1e)\(?([0-9]+)\)?(?= ?[^\W0-9]| ?/)", r"10^\1"),
        (r"[ .·]*\b(d?l|kg|min) ?\^?-1$", r"/\1"),
        (r"[ .·]*\bmin ?\^?-1", "/min"),
        (r"[^\W0-9_]+", lambda word: _WORDS.get(word[0], word[0])),
        (r"(?<![0-9])[.]|[.](?![0-9])|[{}_]", ""),
        (r"(?<![0-9]) | (?![0-9])", ""),
        (r"/(?:cu?mm|c?mm\^?3|mmc)$", "/ul"),
        (r"(?:sq|q)m$|m\^2$", "m2"),
        (r"^(ug/g|mg/kg)(?:stuhl|stool|f(?:a)?eces|selles|heces|feci)$", r"\1"),
    )
)


@lru_cache(maxsize=4096)
def read_unit(text: str, among: tuple[Unit, ...]) -> Unit | None:
    """The unit that `text` names, if it is one of those that an analyte has."""
    if len(text) > LONGEST:
        return None
    written = text.strip().replace("µ", "u").replace("μ", "u").replace("⁄", "/").replace("％", "%")
    for unit in (_AS_WRITTEN.get(written), _FOLDED.get(_folded(written))):
        if unit in among:
            return unit
    return None


def _folded(text: str) -> str:
    """One way of writing for many: small letters, no spaces, `/` for per, `^` for raised digits."""
    folded = text.casefold()
    for pattern, replacement in _REWRITINGS:
        folded = pattern.sub(replacement, folded)
    return folded
