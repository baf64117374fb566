"""What is asked of the disease itself: severity, where it lies, what else goes with it."""

from flows.choices import AnyOf, Choice, OneOf
from flows.form import AskedIf
from flows.items import Item
from flows.questionnaire import Disease

FEATURES = (
    Choice("refractory", "Refractory"),
    Choice("ostomy", "Stoma"),
    Choice("pouch", "Pouch"),
    Choice("colectomy", "Colectomy"),
    Choice("psc", "PSC"),
    Choice("gilbert", "Gilbert's syndrome"),
    Choice("tnf_inadvisable", "TNF blocker inadvisable"),
)
EXTENSIVE = "extensive"
UPPER_GI = "upper_gi"
# How far Crohn's disease reaches besides where it lies; whether that is extensive no place alone says.
REACH = (Choice(UPPER_GI, "Upper GI too"), Choice(EXTENSIVE, "Extensive"))

SEVERITY = OneOf(
    code="severity",
    name="Severity",
    prompt="Severity of the disease at the start",
    choices=(Choice("mild", "Mild"), Choice("moderate", "Moderate"), Choice("severe", "Severe")),
)
DISEASE_ITEMS: tuple[Item, ...] = (
    SEVERITY,
    OneOf(
        code="extent",
        name="Extent",
        prompt="Greatest extent of the colitis so far",
        choices=(
            Choice("proctitis", "Proctitis"),
            Choice("left_sided", "Left-sided"),
            Choice(EXTENSIVE, "Extensive"),
        ),
    ),
    OneOf(
        code="location",
        name="Location",
        prompt="Where does the Crohn's disease lie?",
        choices=(
            Choice("ileal", "Ileal"),
            Choice("colonic", "Colonic"),
            Choice("ileocolonic", "Ileocolonic"),
            Choice(UPPER_GI, "Upper GI only"),
        ),
    ),
    AnyOf(code="reach", name="Reach", prompt="And how far does it reach?", choices=REACH),
    AnyOf(code="features", name="Features", prompt="Which of these apply?", choices=FEATURES),
)
DISEASE_CONDITIONS = (
    AskedIf("extent", "disease", (Disease.ULCERATIVE_COLITIS.value,)),
    AskedIf("location", "disease", (Disease.CROHNS.value,)),
    AskedIf("reach", "disease", (Disease.CROHNS.value,)),
)
