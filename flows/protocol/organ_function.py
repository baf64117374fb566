"""Kidney and liver too weak for upadacitinib: eGFR below 15, Child-Pugh C. CLINICAL.md section 3."""

from collections.abc import Iterator

from flows.citations import Authority
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.kidney import FAILURE_BELOW, egfr
from flows.protocol.patient import Patient
from flows.protocol.sources import AU_DOSE, EU_DOSE, GB_DOSE, READ_IN_GB, US_BEFORE_TREATMENT, US_DOSE

CHILD_PUGH_C = Caution(
    id="label.child_pugh_c",
    level=Level.LIMIT,
    says=(
        *alike("not recommended in severe hepatic impairment (Child-Pugh C)", US_BEFORE_TREATMENT),
        *alike("contraindicated in severe hepatic impairment (Child-Pugh C)", *READ_IN_GB),
    ),
)
KIDNEY_FAILURE = Caution(
    id=f"label.egfr_below_{FAILURE_BELOW}",
    level=Level.LIMIT,
    says=(
        *alike(f"not recommended with an eGFR < {FAILURE_BELOW} mL/min/1.73 m²", US_DOSE),
        *alike("no data in end-stage renal disease", EU_DOSE, GB_DOSE, AU_DOSE),
    ),
)
STATED = stated((CHILD_PUGH_C, KIDNEY_FAILURE))


def organs(patient: Patient) -> Iterator[SafetyFinding]:
    """A limit; to be checked where an eGFR only may lie below, or where a label has no data and no limit."""
    if patient.chart.history.child_pugh == "C":
        known = "Child-Pugh C (from the history, day not known)"
        yield CHILD_PUGH_C.found(patient, known, brief=known)
    kidney = egfr(patient.chart, patient.today)
    if kidney is not None and kidney.may_be_failure:
        is_open = kidney.may_be_severe or kidney.may_be_neither
        missing = [f"not known: {', '.join(kidney.missing)}"] * bool(is_open and kidney.missing)
        open_to = [f"whether below {FAILURE_BELOW} is not decided"] * is_open
        is_limit = patient.hears(Authority.US_LABEL) and not is_open
        level = None if is_limit else Level.CHECK
        yield KIDNEY_FAILURE.found(patient, kidney.text, *open_to, *missing, brief=kidney.brief, level=level)
