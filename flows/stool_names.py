"""How a test for an infection of the stool stands among laboratory values: its name, and what it showed behind it."""

_STOOL = r"(?:stool|faeces|feces|fa?ecal|stuhl)"
# What may stand before the name: `no C. difficile`, `Stool sample: negative for`.
_BEFORE = rf"(?:(?:no|neg(?:ative)?|pos(?:itive)?|for|sent|samples?|test(?:s|ed)?|{_STOOL})\s*:?\s+){{0,5}}"
_DIFFICILE = r"(?:c(?:l(?:ostr)?)?\s*[.-]?\s*diff(?:icile)?|clostridi(?:um|oides)(?:\s+diff(?:icile)?)?)"
_GERM = (
    r"(?:salmonell\w+|shigell\w+|campylobacter|yersini\w+|norovirus(?:es)?|noro|rotavirus(?:es)?|giardia"
    r"|cryptosporidi\w+|entamoeba)"
)
_SAMPLE = (
    rf"(?:{_STOOL}|gi|gastrointestinal|enteric)\s+"
    r"(?:cultures?|pathogens?|pcr|panel|microbiology|microscopy|mc\s*&\s*s|infections?|toxins?|parasites?)"
)
_IN_OTHER_WORDS = r"(?:stuhlkultur(?:en)?|coprocultur[ae]|coproculture|coprocoltur[ae]|coprocultivo)"
_SHOWED = (
    r"(?:not\s+(?:detected|found|seen|isolated|grown|tested|done)|detected|isolated|no\s+growth|neg(?:ativ\w*|\.)?"
    r"|n[ée]gati\w+|pos(?:itiv\w*|\.)?|await(?:ed|ing)|pending|outstanding)"
)
_SIGN = r"(?:[+-]ve|\+{1,3}|[-\u2212])"
_BETWEEN = r"[\s:;|,=()]*"
# Calprotectin is sampled from it, too: without the name of a test what it showed must follow.
_ALONE = rf"(?:{_STOOL}(?:\s+tests?)?(?={_BETWEEN}{_SHOWED}(?!\w)))"
_MORE = (
    r"(?:[\s/,:()+&-]*(?:toxins?(?:\s*a\s*(?:/|&|\+|,|and)\s*b(?!\w))?|genes?|gdh|antigens?|ag|pcr|naat|eia|elisa"
    r"|cultures?|tests?|screen(?:ing)?|assay|results?|pathogens?|in\s+stool|species|spp?\.?|is|was)(?!\w)){0,6}"
)
STOOL_TEST = (
    rf"{_BEFORE}(?:{_DIFFICILE}|{_GERM}|{_SAMPLE}|{_IN_OTHER_WORDS}|{_ALONE})\.?{_MORE}"
    rf"(?:{_BETWEEN}(?:{_SHOWED}|{_SIGN}))?"
)
