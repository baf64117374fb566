"""What is taken beside upadacitinib."""

from flows.choices import AnyOf, Choice
from flows.form import AskedIf
from flows.forms.often import prednisolone
from flows.items import Item

MEDICATION_CHOICES = (
    Choice("corticosteroid", "Prednisolone or equivalent"),
    Choice("budesonide", "Budesonide"),
    Choice("mesalazine", "Mesalazine"),
    Choice("azathioprine", "Azathioprine"),
    Choice("mercaptopurine", "Mercaptopurine"),
    Choice("methotrexate", "Methotrexate"),
    Choice("ciclosporin", "Ciclosporin"),
    Choice("tacrolimus", "Tacrolimus"),
    Choice("biologic", "A biologic"),
    Choice("jak_inhibitor", "Another JAK inhibitor"),
    Choice("strong_cyp3a4_inhibitor", "Strong CYP3A4 inhibitor"),
    Choice("strong_cyp3a4_inducer", "Strong CYP3A4 inducer"),
    Choice("statin", "Statin"),
    Choice("nsaid", "NSAID"),
)

TAKEN_ITEMS: tuple[Item, ...] = (
    AnyOf(code="medication", name="Medication", prompt="What is taken today", choices=MEDICATION_CHOICES),
    prednisolone("Prednisolone or equivalent, milligrams a day"),
)
TAKEN_CONDITIONS = (AskedIf("prednisolone_mg", "medication", ("corticosteroid",)),)
