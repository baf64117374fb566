"""One item of the baseline checklist that is no laboratory value: its result and its day."""

from flows.choices import Choice, OneOf
from flows.dated import Day
from flows.form import AskedIf, Form
from flows.forms.often import YES_NO
from flows.history import Result
from flows.items import Item

_DAY = Day(code="on", name="Day", prompt="Which day is the result of?")
_TESTED = (Choice("negative", "Negative"), Choice("positive", "Positive"))
_WITH_DOUBT = (*_TESTED, Choice("indeterminate", "Indeterminate"))


def _result(code: str, name: str, prompt: str, choices: tuple[Choice, ...] = _TESTED) -> OneOf:
    return OneOf(code=code, name=name, prompt=prompt, choices=choices)


def _form(item: str, title: str, *items: Item, conditions: tuple[AskedIf, ...] = ()) -> Form:
    return Form(
        code=f"screened_{item}",
        version=1,
        title=title,
        short=title,
        items=(_DAY, *items),
        conditions=conditions,
        unknown="Not known",
        needed=("on",),
    )


_TREATED_FROM = Day(code="treated_from", name="Treatment since", prompt="Since when is latent tuberculosis treated?")

SCREENED_FORMS = (
    _form(
        "igra",
        "IGRA",
        _result("result", "IGRA", "What did the IGRA show?", (*_WITH_DOUBT, Choice(Result.TREATED.value, "Treated"))),
        _TREATED_FROM,
        conditions=(AskedIf("treated_from", "result", (Result.TREATED.value,)),),
    ),
    _form("chest", "Chest imaging", _result("result", "Chest imaging", "Signs of tuberculosis or infection?")),
    _form(
        "hbv",
        "Hepatitis B",
        _result("hbsag", "HBsAg", "HBsAg"),
        _result("anti_hbc", "Anti-HBc", "Anti-HBc"),
        _result("dna", "HBV DNA", "HBV DNA"),
        conditions=(AskedIf("dna", "anti_hbc", ("positive",)),),
    ),
    _form(
        "hcv",
        "Hepatitis C",
        _result("result", "Anti-HCV", "Anti-HCV"),
        _result("rna", "HCV RNA", "HCV RNA"),
        conditions=(AskedIf("rna", "result", ("positive",)),),
    ),
    _form(
        "zoster",
        "Zoster",
        OneOf(
            code="vaccinated",
            name="Zoster vaccination",
            prompt="Vaccinated against zoster?",
            choices=YES_NO,
        ),
    ),
    _form("cv", "Risks reviewed"),
    _form("preg", "Pregnancy test", _result("result", "Pregnancy test", "What did the test show?")),
    _form("meds", "Medication reviewed"),
)
