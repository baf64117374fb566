"""Analytes that are not of our list, as they stand beside those that are: known by name, so that none takes its
neighbour along.

A word that is no such name may say that the value before it is another's, as `corrected 30` does.
"""

import re

from flows.limits import NUMBER

_NAMES = """
ESR|BSG|BKS|BSR|VSG|VES|sed rate|MCV|MCH|MCHC|RDW|RDW-CV|RDW-SD|MPV|PDW|RBC|red cells|red cell count|erythrocytes
|Erythrozyten|Erys|reticulocytes|Retikulozyten|eosinophils|Eosinophile|eos|basophils|Basophile|basos?|monocytes
|Monozyten|monos?|GGT|gamma-?GT|γ-?GT|LDH|CK-MB|lipase|amylase|urea|BUN|Harnstoff|uric acid|urate|Harnsäure|sodium
|Natrium|Na|potassium|Kalium|chloride|Cl|calcium|phosphate|magnesium|ferritin|transferrin|transferrin saturation
|TSAT|iron|Eisen|TIBC|B12|vit(?:amin|\\.)? B12|folate|folic acid|vit(?:amin|\\.)? D|25-OH-?vit(?:amin|\\.)? D
|glucose|Glukose|HbA1c|VLDL|non-HDL|INR|Quick|aPTT|PTT|fibrinogen|D-dimers?|procalcitonin|troponin|NT-proBNP|BNP|TSH
|fT4|fT3|lactate|lactoferrin|total protein|globulins?|prealbumin|cystatin C|IgG|IgA|IgM|CEA|AFP
"""
# One letter is more often a flag, or thousands: its unit says that it is none.
_SYMBOLS = r"(?:K|Ca|Mg|P|PO4|Fe|Zn)\+*(?=[\s:=]*[0-9.,]+\s*(?:[mµu]mol|meq|mval)/l)"
_OTHER = rf"(?<![\w/-])(?:(?:{_NAMES.replace(chr(10), '').replace(' ', r'[ ]')})\s?[#%]?|{_SYMBOLS})(?![\w/-])"
_BEFORE_VALUE = r"[\s:=]*(?:(?:HH?|LL?|[*!])\s+)?(?:[<>]=?|[≤≥])?\s*"
_STARTS = re.compile(rf"{_OTHER}(?={_BEFORE_VALUE}[0-9])", re.IGNORECASE)
_VALUE = re.compile(
    rf"{_OTHER}{_BEFORE_VALUE}(?:{NUMBER})"
    r"(?:\s*(?:[^\s,;()\[\]]*[/%][^\s,;()\[\]]*|fl|pg|mm|sec|s)(?=[\s,;()\[\]]|$))?"
    r"(?:\s*[(\[][^()\[\]]*[)\]])?(?:\s*(?:HH?|LL?|\*{1,3}|!)(?=[\s,;]|$))?[\s,;.]*",
    re.IGNORECASE,
)


def other_in(text: str) -> int | None:
    """Where the first analyte that is not of our list begins, with a value behind it."""
    found = _STARTS.search(text)
    return found.start() if found else None


def is_of_others(text: str) -> bool:
    """Whether it is values of such analytes, and nothing else."""
    at = 0
    while found := _VALUE.match(text, at):
        at = found.end()
    return bool(at) and at == len(text)
