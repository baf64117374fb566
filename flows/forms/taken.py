"""What is taken beside upadacitinib."""

from flows.choices import AnyOf, Choice
from flows.dated import Day
from flows.form import AskedIf
from flows.forms.often import prednisolone
from flows.items import Item
from flows.protocol.adjustments import INDUCER, INHIBITOR
from flows.protocol.steroids import BUDESONIDE, STEROID, STEROIDS

MEDICATION_CHOICES = (
    Choice(STEROID, "Prednisolone or equivalent"),
    Choice(BUDESONIDE, "Budesonide"),
    Choice("mesalazine", "Mesalazine"),
    Choice("azathioprine", "Azathioprine"),
    Choice("mercaptopurine", "Mercaptopurine"),
    Choice("methotrexate", "Methotrexate"),
    Choice("ciclosporin", "Ciclosporin"),
    Choice("tacrolimus", "Tacrolimus"),
    Choice("biologic", "A biologic"),
    Choice("jak_inhibitor", "Another JAK inhibitor"),
    Choice(INHIBITOR, "Strong CYP3A4 inhibitor"),
    Choice(INDUCER, "Strong CYP3A4 inducer"),
    Choice("statin", "Statin"),
    Choice("nsaid", "NSAID"),
)

_CYP3A4 = (INHIBITOR, INDUCER)
# The item that asks since when a drug is taken, where that matters.
SINCE = dict.fromkeys(STEROIDS, "steroids_since") | dict.fromkeys(_CYP3A4, "cyp3a4_since")

TAKEN_ITEMS: tuple[Item, ...] = (
    AnyOf(code="medication", name="Medication", prompt="What is taken today", choices=MEDICATION_CHOICES),
    prednisolone("Prednisolone or equivalent, milligrams a day"),
    Day(
        code="steroids_since",
        name="Steroids since",
        prompt="Since when are steroids taken, at this dose? Left open, that is not known.",
    ),
    Day(
        code="cyp3a4_since",
        name="CYP3A4 drug since",
        prompt="Since when is the CYP3A4 drug taken? Left open, that is not known.",
    ),
)
TAKEN_CONDITIONS = (
    AskedIf("prednisolone_mg", "medication", (STEROID,)),
    AskedIf("steroids_since", "medication", STEROIDS),
    AskedIf("cyp3a4_since", "medication", _CYP3A4),
)
