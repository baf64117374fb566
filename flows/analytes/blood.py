"""The blood count."""

from decimal import Decimal

from flows.analyte import Analyte, Doubt, Jump, Loinc, Reference
from flows.citations import Authority
from flows.quantities import Scale
from flows.units import G_DL, G_L, GIGA_L, KILO_UL, L_L, MMOL_L, PER_UL, PERCENT

_THOUSANDS = (Scale(GIGA_L), Scale(KILO_UL))
_COUNTS = (*_THOUSANDS, Scale(PER_UL, per=Decimal(1000)))
# Ours: CLINICAL.md's range begins at 0, and 1.2 ×10⁹/L typed in a clinic of /µL reads as 0.0012, below a label's limit.
_NEARLY_NONE = Doubt(
    why="nearly none: in ×10⁹/L?", high=Decimal("0.05"), includes_ends=False, authority=Authority.POLICY
)
# What a laboratory prints with the name of a count; short names it prints with the sign alone.
_ABSOLUTE = (
    "{} abs",
    "{} abs.",
    "{}. abs.",
    "{} (abs)",
    "{} (abs.)",
    "{} absolute",
    "abs {}",
    "abs. {}",
    "Absolute {}",
)
_SIGNS = ("{}#", "{} #", "{}%", "{} %", "{} (%)")


def _counted(*names: str, short: tuple[str, ...]) -> tuple[str, ...]:
    """The names, and with what says whether the count is meant or its share."""
    marked = [way.format(name) for name in names for way in (*_ABSOLUTE, *_SIGNS)]
    return tuple(dict.fromkeys([*names, *marked, *(way.format(name) for name in short for way in _SIGNS)]))


HB = Analyte(
    code="hb",
    title="Haemoglobin",
    names=("Hgb", "Hemoglobin", "Hämoglobin", "Hémoglobine", "Hemoglobina", "Emoglobina"),
    scales=(Scale(G_DL), Scale(G_L, per=Decimal(10)), Scale(MMOL_L, times=Decimal("1.611"))),
    loinc=(Loinc("718-7", True),),
    plausible=(Decimal(2), Decimal(25)),
    doubts=(
        Doubt(why="above 20 g/dL: in g/L?", low=Decimal(20), includes_ends=False),
        Doubt(why="g/dL or mmol/L?", low=Decimal("4.5"), high=Decimal(11), untyped=True, known=MMOL_L),
    ),
    usual=(Decimal(6), Decimal(20)),
    jumps=(Jump(Decimal("1.34")),),
    references=(
        Reference(sex="female", lower=Decimal(12), upper=Decimal(16), state="to be confirmed"),
        Reference(sex="male", lower=Decimal("13.5"), upper=Decimal("17.5"), state="to be confirmed"),
    ),
)
HCT = Analyte(
    code="hct",
    title="Haematocrit",
    names=("Hematocrit", "Hkt", "Hämatokrit", "Hématocrite", "Hematocrito", "Ematocrito"),
    scales=(Scale(PERCENT), Scale(L_L, times=Decimal(100))),
    loinc=(Loinc("4544-3", True),),
    plausible=(Decimal(10), Decimal(65)),
    doubts=(Doubt(why="below 1 %: a fraction?", high=Decimal(1), includes_ends=False),),
    usual=(Decimal(20), Decimal(60)),
    jumps=(Jump(Decimal(2)),),
    references=(
        Reference(sex="female", lower=Decimal(37), upper=Decimal(47), state="ABIM, January 2026"),
        Reference(sex="male", lower=Decimal(42), upper=Decimal(50), state="ABIM, January 2026"),
    ),
)
ANC = Analyte(
    code="anc",
    title="Neutrophils",
    names=(
        *_counted(
            "Neutrophils", "Neutrophil", "Neut", "Neuts", "Neutro", "Neutros", "Neutrophile", short=("NE", "NEU")
        ),
        "Absolute neutrophil count",
        "Neutrophil count",
        "Polynucléaires neutrophiles",
        "Neutrófilos",
        "Neutrofili",
    ),
    scales=_COUNTS,
    loinc=(Loinc("751-8", True),),
    plausible=(Decimal(0), Decimal(60)),
    doubts=(Doubt(why="25 ×10⁹/L or more: per cent, or in /µL?", low=Decimal(25)), _NEARLY_NONE),
    usual=(Decimal("0.9"), Decimal(20)),
    jumps=(Jump(Decimal(4)),),
    references=(Reference(lower=Decimal("2.0"), upper=Decimal("8.25"), state="ABIM, January 2026"),),
    is_leukocyte_share=True,
)
ALC = Analyte(
    code="alc",
    title="Lymphocytes",
    names=(
        *_counted("Lymphocytes", "Lymphocyte", "Lymph", "Lymphs", "Lympho", "Lymphozyten", short=("LY", "LYM")),
        "Absolute lymphocyte count",
        "Lymphocyte count",
        "Linfocitos",
        "Linfos",
        "Linfociti",
    ),
    scales=_COUNTS,
    loinc=(Loinc("731-0", True),),
    plausible=(Decimal(0), Decimal(50)),
    doubts=(Doubt(why="8 ×10⁹/L or more: per cent, or in /µL?", low=Decimal(8)), _NEARLY_NONE),
    usual=(Decimal("0.3"), Decimal(5)),
    jumps=(Jump(Decimal("3.5")),),
    references=(Reference(lower=Decimal("1.2"), upper=Decimal("4.95"), state="ABIM, January 2026"),),
    is_leukocyte_share=True,
)
WBC = Analyte(
    code="wbc",
    title="Leukocytes",
    names=(
        "WCC",
        "Leucocytes",
        "White cells",
        "White blood cells",
        "White cell count",
        "White blood cell count",
        "White count",
        "Leukos",
        "Leucos",
        "Leukozyten",
        "Leucocitos",
        "Leucociti",
    ),
    scales=_THOUSANDS,
    loinc=(Loinc("6690-2", True),),
    plausible=(Decimal("0.1"), Decimal(100)),
    usual=(Decimal(2), Decimal(25)),
    jumps=(Jump(Decimal(4)),),
    references=(Reference(lower=Decimal(4), upper=Decimal(11), state="to be confirmed"),),
)
PLATELETS = Analyte(
    code="platelets",
    title="Platelets",
    names=(
        "Plt",
        "Plts",
        "Platelet",
        "Platelet count",
        "Thrombocytes",
        "Thrombozyten",
        "Thrombos",
        "Plaquettes",
        "Plaquetas",
        "Piastrine",
    ),
    scales=_COUNTS,
    loinc=(Loinc("777-3", True),),
    plausible=(Decimal(5), Decimal(2000)),
    doubts=(Doubt(why="above 1000 ×10⁹/L is rare", low=Decimal(1000), includes_ends=False),),
    usual=(Decimal(80), Decimal(900)),
    jumps=(Jump(Decimal(3)),),
    references=(Reference(lower=Decimal(150), upper=Decimal(450), state="to be confirmed"),),
)
