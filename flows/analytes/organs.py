"""Liver, muscle and kidney."""

from dataclasses import replace
from decimal import Decimal

from flows.analyte import Analyte, Doubt, Jump, Loinc, Reference
from flows.citations import Authority
from flows.quantities import Scale
from flows.units import MG_DL, ML_MIN, U_L, UKAT_L, UMOL_L

_ENZYMES = (Scale(U_L), Scale(UKAT_L, times=Decimal(60)))
_HIGH_ENZYME = Doubt(why="above 1000 U/L is rare", low=Decimal(1000), includes_ends=False)
# Ours: CLINICAL.md's range begins at 0, and 0.4 µkat/L without its unit would be a perfect 0.4 U/L.
_LOW_ENZYME = Doubt(why="below 3 U/L: in µkat/L?", high=Decimal(3), includes_ends=False, authority=Authority.POLICY)

ALT = Analyte(
    code="alt",
    title="ALT",
    names=("ALAT", "GPT", "SGPT", "TGP", "Alanine aminotransferase"),
    scales=_ENZYMES,
    loinc=(Loinc("1742-6", True),),
    plausible=(Decimal(0), Decimal(10000)),
    doubts=(_HIGH_ENZYME, _LOW_ENZYME),
    usual=(Decimal(5), Decimal(150)),
    jumps=(Jump(Decimal(5)),),
    references=(Reference(lower=Decimal(10), upper=Decimal(40), state="to be confirmed"),),
)
AST = replace(
    ALT,
    code="ast",
    title="AST",
    names=("ASAT", "GOT", "SGOT", "TGO", "Aspartate aminotransferase"),
    loinc=(Loinc("1920-8", True),),
    usual=(Decimal(7), Decimal(150)),
    jumps=(Jump(Decimal(4)),),
    references=(Reference(lower=Decimal(10), upper=Decimal(40), state="ABIM, January 2026"),),
)
ALP = replace(
    ALT,
    code="alp",
    title="ALP",
    names=(
        "Alkaline phosphatase",
        "Alk phos",
        "ALKP",
        "Alkalische Phosphatase",
        "Phosphatases alcalines",
        "Fosfatasa alcalina",
        "Fosfatasi alcalina",
    ),
    loinc=(Loinc("6768-6", False),),
    plausible=(Decimal(0), Decimal(5000)),
    usual=(Decimal(25), Decimal(400)),
    jumps=(Jump(Decimal(3)),),
    references=(),
)
CPK = Analyte(
    code="cpk",
    title="Creatine kinase",
    names=("CK", "CK total", "Total CK", "Creatine phosphokinase", "Kreatinkinase", "Créatine kinase"),
    scales=(Scale(U_L),),
    loinc=(Loinc("2157-6", True),),
    plausible=(Decimal(0), Decimal(200000)),
    doubts=(_HIGH_ENZYME, replace(_LOW_ENZYME, why="below 3 U/L: in another unit?")),
    usual=(Decimal(15), Decimal(1000)),
    jumps=(Jump(Decimal(8)),),
    references=(
        Reference(sex="female", lower=Decimal(30), upper=Decimal(135), state="ABIM, January 2026"),
        Reference(sex="male", lower=Decimal(55), upper=Decimal(170), state="ABIM, January 2026"),
    ),
)
BILIRUBIN = Analyte(
    code="bilirubin",
    title="Total bilirubin",
    names=(
        "Bili",
        "Total bili",
        "T bili",
        "TBili",
        "Bilirubin total",
        "Bilirubin, total",
        "Bilirubin",
        "Bili total",
        "Bilirubin gesamt",
        "Bilirubine totale",
        "Bilirrubina total",
        "Bilirubina totale",
    ),
    scales=(Scale(MG_DL), Scale(UMOL_L, per=Decimal("17.1"))),
    loinc=(Loinc("1975-2", True),),
    plausible=(Decimal(0), Decimal(50)),
    doubts=(
        Doubt(why="above 5 mg/dL: in µmol/L?", low=Decimal(5), includes_ends=False),
        Doubt(why="above 2 mg/dL: in µmol/L?", low=Decimal(2), includes_ends=False, untyped=True),
        # Ours: CLINICAL.md's range begins at 0, and 0.6 mg/dL typed in a clinic of µmol/L reads as 0.035.
        Doubt(why="nearly none: in mg/dL?", high=Decimal("0.06"), includes_ends=False, authority=Authority.POLICY),
    ),
    usual=(Decimal("0.15"), Decimal(3)),
    jumps=(Jump(Decimal(4)),),
    references=(Reference(lower=Decimal("0.3"), upper=Decimal("1.0"), state="ABIM, January 2026"),),
)
CREATININE = Analyte(
    code="creatinine",
    title="Creatinine",
    names=("Creat", "Crea", "Krea", "Kreatinin", "Serum creatinine", "Créatinine", "Creatinina"),
    scales=(Scale(MG_DL), Scale(UMOL_L, per=Decimal("88.42"))),
    loinc=(Loinc("2160-0", True),),
    plausible=(Decimal("0.1"), Decimal(25)),
    doubts=(Doubt(why="above 15 mg/dL: in µmol/L?", low=Decimal(15), includes_ends=False),),
    usual=(Decimal("0.35"), Decimal(3)),
    jumps=(Jump(Decimal(4)),),
    references=(Reference(lower=Decimal("0.7"), upper=Decimal("1.3"), state="to be confirmed"),),
)
EGFR = Analyte(
    code="egfr",
    title="eGFR",
    names=("GFR", "GFR (CKD-EPI)", "eGFR (CKD-EPI)", "eGFR CKD-EPI"),
    scales=(Scale(ML_MIN),),
    loinc=(Loinc("98979-8", False, "CKD-EPI 2021"), Loinc("62238-1", False, "CKD-EPI 2009")),
    plausible=(Decimal(2), Decimal(200)),
    usual=(Decimal(25), Decimal(160)),
    jumps=(Jump(Decimal(4)),),
    references=(Reference(lower=Decimal(90), state="to be confirmed"),),
)
