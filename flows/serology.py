"""What a laboratory reports of screening among its values: no value of ours, never dropped, and named.

It takes nothing along of what stands beside it, and parts no value from the words before both. With a day behind it,
it is left among values where it is: whose day that is, is not certain.
"""

import re

from flows.marked import SCREENED_MARK
from flows.sampling import DAY

_NAME = (
    r"(?:hbs[ ]?-?ag|hbe?[ ]?-?ag|anti[ -]?hbs|anti[ -]?hbc(?:[ -]?ig[gm])?|anti[ -]?hbe|hbv[ -]?(?:dna|pcr)"
    r"|anti[ -]?hcv|hcv[ -]?(?:ab|rna|pcr)|anti[ -]?hiv|hiv(?:[ -]?1/2)?(?:[ -]?(?:ab|ag/ab|test))?"
    r"|quantiferon(?:[ -]?tb)?(?:[ -]?(?:gold|plus))*|qft(?:[ -]?(?:gold|plus))?|t[ -]?spot(?:\.?tb)?|igra|mantoux"
    r"|(?:beta|ß|β|b)[ -]?hcg|hcg|pregnancy[ ]test|(?:vzv|varicella)[ -]?ig[gm])"
)
_SHOWED = (
    r"(?:not[ ]+detect(?:ed|able)|non[ -]?reacti(?:ve|v)|nicht[ ]nachweisbar|neg(?:ativ\w*|\.)?|pos(?:itiv\w*|\.)?"
    r"|reacti(?:ve|v)|indeterminate|immune|detected|await(?:ed|ing)|pending|ausstehend|[+]{1,3}(?!\w))"
)
_NUMBER = (
    r"(?:[<>]=?|[≤≥])?[ ]*[0-9]+(?:[.,][0-9]+)?(?:[ ]*(?:m?i?u/m?l|s/co|index|copies/ml|log\w*|mm))?(?!\w|[.,/-][0-9])"
    r"(?![ ]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
_SEROLOGY = re.compile(rf"(?<![\w-]){_NAME}(?![\w-])(?:[ \t:=,(]*(?:{_SHOWED}(?!\w)|{_NUMBER})[ )]*)?", re.IGNORECASE)
_DAY_BEHIND = re.compile(rf"[\s(,;:]*(?:{DAY.pattern})[ \t)]*", DAY.flags)


def apart(line: str, *, has_values: bool) -> tuple[str, list[str]]:
    """A line with a mark for each piece of it, and the pieces as written; where there is no value, without its day."""
    rest, pieces, at = "", list[str](), 0
    for found in _SEROLOGY.finditer(line):
        its_day = _DAY_BEHIND.match(line, found.end())
        if its_day is None or not has_values:
            rest, at = f"{rest}{line[at : found.start()]}{SCREENED_MARK}", (its_day or found).end()
            pieces.append(found[0].strip(" :=,(").rstrip("."))
    return rest + line[at:], pieces
