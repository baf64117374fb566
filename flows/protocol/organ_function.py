"""Kidney and liver too weak for upadacitinib, or for the dose that is taken. CLINICAL.md section 3, D5a."""

from collections.abc import Iterator

from flows.citations import Authority, Stated
from flows.protocol.adjustments import OF_A_WEAK_KIDNEY, REDUCED_INDUCTION_MG, REDUCED_MAINTENANCE_MG
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.kidney import FAILURE_BELOW, SEVERE_BELOW, Egfr, egfr
from flows.protocol.patient import Patient
from flows.protocol.sources import AU_DOSE, EU_DOSE, GB_DOSE, READ_IN_GB, THIS_PROJECT, US_BEFORE_TREATMENT, US_DOSE
from flows.protocol.standing import lost_dates
from flows.protocol.taken_dose import taken
from flows.treatment import TAKEN, Phase

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
WEAK_KIDNEY = Caution(id="label.dose_by_egfr", level=Level.CHECK, says=OF_A_WEAK_KIDNEY, called="another dose by eGFR")
_WHILE_MORE = Stated(
    f"the labels' dose with an eGFR from {FAILURE_BELOW} to below {SEVERE_BELOW} is said while a higher one is taken",
    THIS_PROJECT,
)
STATED = stated((CHILD_PUGH_C, KIDNEY_FAILURE), _WHILE_MORE)


def organs(patient: Patient) -> Iterator[SafetyFinding]:
    """A limit; to be checked where an eGFR only may lie below, or where a label has no data and no limit."""
    if patient.chart.history.child_pugh == "C":
        known = "Child-Pugh C (from the history, day not known)"
        yield CHILD_PUGH_C.found(patient, known, brief=known)
    kidney = egfr(patient.chart, patient.today)
    if kidney is None:
        return
    yield from _failing(patient, kidney)
    yield from _at_another_dose(patient, kidney)


def _failing(patient: Patient, kidney: Egfr) -> Iterator[SafetyFinding]:
    if kidney.may_be_failure:
        is_open = kidney.may_be_severe or kidney.may_be_neither
        missing = [f"not known: {', '.join(kidney.missing)}"] * bool(is_open and kidney.missing)
        open_to = [f"whether below {FAILURE_BELOW} is not decided"] * is_open
        is_limit = patient.hears(Authority.US_LABEL) and not is_open
        level = None if is_limit else Level.CHECK
        yield KIDNEY_FAILURE.found(patient, kidney.text, *open_to, *missing, brief=kidney.brief, level=level)


def _at_another_dose(patient: Patient, kidney: Egfr) -> Iterator[SafetyFinding]:
    """While more is taken than the labels give with such a kidney; both outcomes where its class is open."""
    today = patient.today
    phase = patient.chart.treatment.phase(today)
    is_taken = phase in TAKEN and not lost_dates(patient.chart)
    if not is_taken or not kidney.may_be_severe:
        return
    found = taken(patient.chart, today)
    most = REDUCED_INDUCTION_MG if phase is Phase.INDUCTION else REDUCED_MAINTENANCE_MG
    if found is not None and found.mg <= most:
        return
    is_open = kidney.may_be_failure or kidney.may_be_neither
    open_to = [f"whether from {FAILURE_BELOW} to below {SEVERE_BELOW} is not decided"] * is_open
    missing = [f"not known: {', '.join(kidney.missing)}"] * bool(is_open and kidney.missing)
    dose = "dose not known" if found is None else found.said
    yield WEAK_KIDNEY.found(patient, kidney.text, dose, *open_to, *missing, brief=f"{kidney.brief}, {dose}")
