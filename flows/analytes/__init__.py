"""The twenty analytes of the protocol's follow-up (CLINICAL.md section 5)."""

from flows.analyte import Analyte, known_once
from flows.analytes.blood import ALC, ANC, HB, HCT, PLATELETS, WBC
from flows.analytes.inflammation import ALBUMIN, CRP, FCP
from flows.analytes.lipids import CHOLESTEROL, HDL, LDL, TRIGLYCERIDES
from flows.analytes.organs import ALP, ALT, AST, BILIRUBIN, CPK, CREATININE, EGFR

ANALYTES: tuple[Analyte, ...] = known_once(
    (
        CRP,
        FCP,
        HB,
        HCT,
        ANC,
        ALC,
        WBC,
        PLATELETS,
        ALT,
        AST,
        ALP,
        BILIRUBIN,
        CPK,
        CHOLESTEROL,
        LDL,
        HDL,
        TRIGLYCERIDES,
        CREATININE,
        EGFR,
        ALBUMIN,
    )
)
BY_CODE = {analyte.code: analyte for analyte in ANALYTES}
