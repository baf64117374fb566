"""The lipids, fasting or not."""

from decimal import Decimal

from flows.analyte import Analyte, Doubt, Jump, Loinc, Reference
from flows.citations import Authority
from flows.quantities import Scale
from flows.units import MG_DL, MMOL_L

_CHOLESTEROL = (Scale(MG_DL), Scale(MMOL_L, times=Decimal("38.67")))

CHOLESTEROL = Analyte(
    code="cholesterol",
    title="Total cholesterol",
    names=(
        "TC",
        "Chol",
        "Total chol",
        "Cholesterol total",
        "Cholesterol, total",
        "Cholesterin",
        "Gesamtcholesterin",
        "Cholestérol total",
        "Colesterol total",
        "Colesterolo totale",
    ),
    scales=_CHOLESTEROL,
    loinc=(Loinc("2093-3", True),),
    plausible=(Decimal(40), Decimal(1000)),
    doubts=(Doubt(why="below 15 mg/dL: in mmol/L?", high=Decimal(15), includes_ends=False),),
    usual=(Decimal(70), Decimal(400)),
    jumps=(Jump(Decimal("2.5")),),
    references=(Reference(upper=Decimal(200), state="to be confirmed"),),
)
LDL = Analyte(
    code="ldl",
    title="LDL cholesterol",
    names=("LDL-Cholesterol", "LDL-C", "Cholesterol LDL", "LDL-Cholesterin", "LDL chol", "Colesterolo LDL"),
    scales=_CHOLESTEROL,
    loinc=(Loinc("13457-7", False, "calculated"), Loinc("18262-6", False, "direct"), Loinc("2089-1", False)),
    plausible=(Decimal(5), Decimal(800)),
    doubts=(Doubt(why="below 15 mg/dL: in mmol/L?", high=Decimal(15), includes_ends=False),),
    usual=(Decimal(25), Decimal(280)),
    jumps=(Jump(Decimal("2.5")),),
)
HDL = Analyte(
    code="hdl",
    title="HDL cholesterol",
    names=("HDL-Cholesterol", "HDL-C", "Cholesterol HDL", "HDL-Cholesterin", "HDL chol", "Colesterolo HDL"),
    scales=_CHOLESTEROL,
    loinc=(Loinc("2085-9", True),),
    plausible=(Decimal(5), Decimal(200)),
    doubts=(Doubt(why="below 5 mg/dL: in mmol/L?", high=Decimal(5), includes_ends=False),),
    usual=(Decimal(18), Decimal(130)),
    jumps=(Jump(Decimal("2.5")),),
    references=(
        Reference(sex="male", lower=Decimal(40), state="to be confirmed"),
        Reference(sex="female", lower=Decimal(50), state="to be confirmed"),
    ),
)
TRIGLYCERIDES = Analyte(
    code="triglycerides",
    title="Triglycerides",
    names=("TG", "Trigs", "Triglyceride", "Trig", "Trigliceridi", "Triglicéridos", "Triglyzeride"),
    scales=(Scale(MG_DL), Scale(MMOL_L, times=Decimal("88.57"))),
    loinc=(Loinc("2571-8", False),),
    plausible=(Decimal(10), Decimal(10000)),
    doubts=(
        Doubt(why="below 10 mg/dL: in mmol/L?", high=Decimal(10), includes_ends=False),
        # Ours: a grave 11.3 mmol/L without its unit would be a low 11.3 mg/dL.
        Doubt(
            why="below 30: in mmol/L?", high=Decimal(30), includes_ends=False, untyped=True, authority=Authority.POLICY
        ),
    ),
    usual=(Decimal(30), Decimal(700)),
    jumps=(Jump(Decimal(4)),),
    references=(Reference(upper=Decimal(150), state="to be confirmed"),),
)
