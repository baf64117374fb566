"""Markers of inflammation, and albumin.

The ratio from which a jump is asked about is policy, in all of these files: DECISIONS.md, record 23, "Jumps".
"""

from decimal import Decimal

from flows.analyte import Analyte, Doubt, Jump, Loinc, Reference
from flows.quantities import Scale
from flows.units import G_DL, G_L, MG_DL, MG_KG, MG_L, UG_G

# These two fall and rise tenfold when treatment works or fails, so only what looks like a slipped mark is asked about:
# within a quarter of ×10 or of ×1000.
_SLIPPED_MARK = (Jump(Decimal(8), Decimal("12.5")), Jump(Decimal(800), Decimal(1250)))

CRP = Analyte(
    code="crp",
    title="CRP",
    names=(
        "C-reactive protein",
        "C reactive protein",
        "hs-CRP",
        "hsCRP",
        "hs CRP",
        "CRP hs",
        "CRP (hs)",
        "CRP high sensitivity",
        "CRP (high sensitivity)",
        "CRP (high-sensitivity)",
        "CRP, high sensitivity",
        "High sensitivity CRP",
        "High-sensitivity CRP",
        "High sensitivity C-reactive protein",
        "High-sensitivity C-reactive protein",
        "Serum CRP",
        "Proteina C reattiva",
        "Protéine C réactive",
    ),
    scales=(Scale(MG_L), Scale(MG_DL, times=Decimal(10))),
    loinc=(Loinc("1988-5", True), Loinc("30522-7", True, "high sensitivity")),
    plausible=(Decimal(0), Decimal(600)),
    doubts=(Doubt(why="above 300 mg/L is rare", low=Decimal(300), includes_ends=False),),
    jumps=_SLIPPED_MARK,
    references=(
        Reference(upper=Decimal(8), state="ABIM, January 2026"),
        Reference(upper=Decimal(5), state="limit of the trials; ours where the laboratory states none (D9)"),
    ),
)
FCP = Analyte(
    code="fcp",
    title="Calprotectin",
    names=(
        *(
            "Faecal calprotectin",
            "Fecal calprotectin",
            "Stool calprotectin",
            "Calprotectin, fecal",
            "Calpro",
            "F-Calprotectin",
            "FCAL",
        ),
        *(
            f"Calprotectin{way.format(sample)}"
            for way in (" {}", " in {}", " ({})", ", {}")
            for sample in ("stool", "faeces", "feces")
        ),
        "Calprotectin i. Stuhl",
        "Calprotectin im Stuhl",
        "Calprotectine",
        "Calprotectine fécale",
        "Calprotectina",
        "Calprotectina fecal",
        "Calprotectina fecale",
    ),
    scales=(Scale(UG_G), Scale(MG_KG)),
    loinc=(Loinc("38445-3", True),),
    plausible=(Decimal(0), Decimal(30000)),
    doubts=(Doubt(why="above 10000 µg/g is rare", low=Decimal(10000), includes_ends=False),),
    jumps=_SLIPPED_MARK,
    references=(
        Reference(upper=Decimal(50), state="to be confirmed: usual limit of a kit"),
        Reference(upper=Decimal(250), state="target of STRIDE-II; never in place of the laboratory's limit (D9)"),
    ),
)
ALBUMIN = Analyte(
    code="albumin",
    title="Albumin",
    names=("Alb", "Serum albumin", "S-Albumin", "Albumine", "Albúmina"),
    scales=(Scale(G_DL), Scale(G_L, per=Decimal(10))),
    loinc=(Loinc("1751-7", True),),
    plausible=(Decimal("0.5"), Decimal(7)),
    doubts=(Doubt(why="above 10 g/dL: in g/L?", low=Decimal(10), includes_ends=False),),
    usual=(Decimal("1.5"), Decimal(6)),
    jumps=(Jump(Decimal(2)),),
    references=(Reference(lower=Decimal("3.5"), upper=Decimal("5.5"), state="ABIM, January 2026"),),
)
