"""E1 to E9 and 1.3, 1.4 for a chart, by the finding ids of the contract (DESIGN.md 5, CLINICAL.md)."""

from . import clinical, endoscopy, readings, timeline, trials
from .verdicts import MET, NOT_APPLICABLE, NOT_EVALUABLE, NOT_MET

# Finding id -> (endpoint of CLINICAL.md 2, the measure it looks at, how it is judged).
FINDINGS = {
    "cd.clinical_remission.hbi": ("E1", "hbi", clinical.hbi_remission),
    "cd.clinical_remission.cdai": ("E1b", "cdai", clinical.cdai_remission),
    "cd.clinical_response.cdai": ("E2", "cdai", clinical.cdai_response),
    "cd.clinical_response.hbi": ("1.1", "hbi", clinical.hbi_response),
    "cd.endoscopic_response": ("E5", "ses_cd", endoscopy.response),
    "cd.endoscopic_remission": ("E6", "ses_cd", endoscopy.remission),
    "cd.mucosal_healing": ("E8", "ses_cd", endoscopy.mucosal_healing),
    "uc.clinical_remission.pms": ("E3", "partial_mayo", clinical.pms_remission),
    "uc.clinical_response.pms": ("E4", "partial_mayo", clinical.pms_response),
    "uc.endoscopic_remission": ("E7", "mes", clinical.mes_remission),
    "biomarker.crp": ("E9", "crp", clinical.biomarker),
    "biomarker.fcp": ("E9", "fcp", clinical.biomarker),
}
# Of trials and of STRIDE-II: without a score now, a report does not list them.
OPTIONAL = {
    "cd.clinical_remission.pro2": ("1.3", "pro2_cd", trials.pro2_remission),
    "cd.clinical_remission.sf_ap": ("1.3", "pro2_cd", trials.sf_ap_remission),
    "cd.clinical_response.pro2": ("1.3", "pro2_cd", trials.pro2_response),
    "cd.clinical_response.sf_ap": ("1.3", "pro2_cd", trials.sf_ap_response),
    "uc.clinical_remission.pro2": ("1.4", "uc_pro2", trials.uc_pro2_remission),
    "uc.clinical_remission.adapted_mayo": ("1.4", "adapted_mayo", trials.adapted_remission),
    "uc.clinical_response.adapted_mayo": ("1.4", "adapted_mayo", trials.adapted_response),
}
# Sections 1.1, 1.5: with a stoma, a pouch or after colectomy these are invalid.
NEEDS_STOOLS = ("hbi", "cdai", "partial_mayo", "pro2_cd", "uc_pro2", "adapted_mayo")
NO_STOOLS = ("ostomy", "colectomy", "pouch")
NOTHING_JUDGED = {"verdict": NOT_APPLICABLE}


def endpoints(chart: dict) -> dict[str, dict]:
    """Every finding of the chart's disease, never of the other."""
    course = timeline.course_of(chart)
    found = timeline.candidates(chart, course)
    other_disease = {"CD": "uc.", "UC": "cd."}[chart["disease"]]
    return {
        name: finding(name, chart, course, found) for name in FINDINGS | OPTIONAL if not name.startswith(other_disease)
    }


def finding(name: str, chart: dict, course: timeline.Course, found: list) -> dict:
    code, measure, judged = (FINDINGS | OPTIONAL)[name]
    now = timeline.now(found, measure, course)
    base = timeline.baseline(found, measure, course)
    judgeable = not course.before_treatment and is_valid(measure, chart.get("history") or {})
    result = judged(base and base.of, now and now.of) if judgeable else NOTHING_JUDGED
    others = result.get("others", {})
    return {
        "code": code,
        "optional": name in OPTIONAL,
        "verdict": result["verdict"],
        "as_of": timeline.as_of(now, course) if judgeable else None,
        "now_on": now and now.on.isoformat(),
        "is_listed": name not in OPTIONAL or is_told(now, result["verdict"]),
        "baseline_on": base and base.known_of_day,
        "flags": result.get("flags", []),
        "others": others,
        "differs": differing(result["verdict"], others),
        "state": result.get("state"),
    }


def is_told(now: timeline.Candidate | None, verdict: str) -> bool:
    """Of an optional finding: where there is a score now, but for what its total without items leaves open."""
    return now is not None and not (now.is_part_of_total and verdict == NOT_EVALUABLE)


def is_valid(measure: str, history: dict) -> bool:
    if not any(history.get(key) is True for key in NO_STOOLS):
        return True
    if measure == "mes":
        return not readings.MES_NOT_APPLICABLE_WITHOUT_COLON
    return measure not in NEEDS_STOOLS


def differing(verdict: str, others: dict[str, str]) -> dict[str, str]:
    """D1: the authorities whose verdict for this patient is another."""
    said = (MET, NOT_MET, NOT_EVALUABLE) if readings.UNDECIDED_AUTHORITY_DIFFERS else (MET, NOT_MET)
    return {name: one for name, one in others.items() if one in said and one != verdict}
