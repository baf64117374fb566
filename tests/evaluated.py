"""A good chart for `evaluate`, what may be changed in it, and the report on it in the form of the contract."""

import json
from datetime import date

import jsonschema

from bot.contract.examined import examine
from bot.contract.schema import schema
from bot.evaluate import _object_in

TODAY = date(2026, 6, 1)
HBI_5 = {"wellbeing": 1, "pain": 1, "liquid_stools": 3, "mass": 0, "complications": []}
SCORE = {"instrument": "hbi", "on": "2026-05-30", "answers": HBI_5}
CHART = {"id": "a", "disease": "CD", "today": "2026-06-01", "scores": [SCORE]}
GOOD = json.dumps(CHART).encode()
SCREENED = {"on": "2025-12-20"}
EVERYTHING = {
    "region": "EU",
    "sex": "female",
    "birth_year": 1960,
    "started_on": "2026-01-05",
    "induction_weeks": 12,
    "stopped_on": None,
    "course": [{"on": "2026-03-30", "event": "dose", "mg": 15, "why": "age"}],
    "labs": [{"analyte": "alc", "on": "2026-05-20", "value": 0.4, "unit": "10*9/L"}],
    "screening": {"igra": SCREENED | {"result": "positive"}, "hbv": SCREENED | {"anti_hbc": "positive"}},
    "medication": [{"kind": "corticosteroid", "from": "2025-12-01", "prednisolone_mg": 20}],
    "history": {
        "tnf_failed": True, "tnf_inadvisable": None, "systemic_therapies": 1, "conventional_failed": True,
        "biologic_failed": True, "severity": "severe", "refractory": False, "extensive": True, "egfr": 85,
        "child_pugh": None, "childbearing_potential": False, "pregnant": False, "lactating": False, "ostomy": False,
        "colectomy": False, "pouch": False, "normal_stools": 1, "psc": False, "gilbert": False,
    },
    "risks": ["current_smoker", "previous_vte"],
    "events": [{"kind": "herpes_zoster", "on": "2026-05-20", "serious": False}],
    "stool_tests": [{"on": "2026-05-20", "result": "positive", "serious": False}],
    "done": [{"item": "endo_cd", "on": "2026-05-01", "state": "not_possible", "why": "declined"}],
    "accepted_baseline": ["hbi"],
    "enrolled": True,
    "dose_known": True,
    "medication_partial": False,
    "medication_asked": [],
}  # fmt: skip
CRP = {"analyte": "crp", "on": "2026-05-20", "value": 12, "unit": "mg/L", "upper_limit": 5, "lower_limit": None}
STEROID = {"kind": "corticosteroid", "from": "2026-01-01", "to": None, "prednisolone_mg": 20}
REPORT = jsonschema.Draft202012Validator({**schema(), "$ref": "#/$defs/report"})
A_CHART = jsonschema.Draft202012Validator({**schema(), "$ref": "#/$defs/chart"})


def report(**changes):
    """The report on the good chart with some keys changed; it always has the form of the contract."""
    chart = _object_in(json.dumps({**CHART, **changes}).encode())
    found = json.loads(json.dumps(examine(chart, TODAY).written()))
    REPORT.validate(found)
    return found


def errors(found):
    return {error["where"]: error["message"] for error in found["errors"]}


def one_score(**changes):
    return {"scores": [{**SCORE, **changes}]}


def one_answer(**changes):
    return one_score(answers={**HBI_5, **changes})
