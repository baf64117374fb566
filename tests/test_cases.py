"""The worked cases: published test suites, real patients, and definitions. Those of instruments that ship."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.evaluate import report_of

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))["cases"]
TODAY = date(2026, 6, 1)
DISEASE = {"hbi": "CD"}
PMS, MES = "uc.clinical_remission.pms", "uc.endoscopic_remission"
# What a worked endpoint asks for, and the instrument whose total answers it.
ENDPOINTS = {
    "cd_clinical_remission_hbi": ("cd.clinical_remission.hbi", "hbi"),
    "uc_clinical_remission_pms": (PMS, "partial_mayo"),
    "uc_endoscopic_remission_mes": (MES, "mes"),
}


def _chosen(group, *instruments):
    chosen = [case for case in CASES if case["group"] == group and case["instrument"] in instruments]
    assert chosen
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


def _report(instrument, **score):
    scores = [{"instrument": instrument, "on": "2026-06-01", **score}]
    return report_of({"disease": DISEASE.get(instrument, "UC"), "today": "2026-06-01", "scores": scores}, TODAY)


def _finding(report, name):
    return next(each for each in report["findings"] if each["id"] == name)


def _verdict_of(finding, authority):
    """What an authority says: its own verdict where it differs, else ours."""
    return next((each["verdict"] for each in finding["differs"] if each["authority"] == authority), finding["verdict"])


@_chosen("score", "hbi", "partial_mayo", "uceis")
def test_a_worked_score(case):
    expected = case["expected"]
    report = _report(case["instrument"], answers=case["input"])
    (score,) = report["scores"]
    verdict = expected.get("clinical_remission", expected.get("clinical_remission_seed"))

    assert report["errors"] == []
    assert score["total"] == expected["total"]
    assert score["band"] == expected.get("band", score["band"])
    assert verdict in (None, report["findings"][0]["verdict"])


@_chosen("score", "sccai")
def test_a_worked_sccai(case):
    """The cases give each feature outside the bowel as 0 or 1."""
    given = dict(case["input"])
    names = {"arthralgia": "arthritis", "eye": "eye", "erythema_nodosum": "erythema_nodosum"}
    names |= {"pyoderma": "pyoderma_gangrenosum"}
    present = [code for name, code in names.items() if given.pop(name)]
    (score,) = _report("sccai", answers=given | {"complications": present})["scores"]

    assert score["total"] == case["expected"]["total"]


@_chosen("score", "mayo")
def test_a_worked_mayo(case):
    expected, report = case["expected"], _report("mayo", answers=case["input"])
    (score,) = report["scores"]
    endoscopy = _finding(report, MES)

    assert score["total"] == expected["full_mayo"]
    assert score["parts"]["partial_mayo"] == expected["partial_mayo"]
    assert score["parts"]["adapted_mayo"] == expected["adapted_mayo"]
    assert endoscopy["verdict"] == expected["endoscopic_remission_seed_MES_le1"]
    assert _verdict_of(endoscopy, "guideline") == expected["endoscopic_remission_MES0"]


@_chosen("score", "partial_mayo")
def test_a_worked_pms_without_a_subscore_above_1(case):
    finding = _finding(_report("partial_mayo", answers=case["input"]), PMS)

    assert _verdict_of(finding, "practice") == case["expected"]["clinical_remission_no_subscore_gt1"]


@_chosen("endpoint", *ENDPOINTS)
def test_a_worked_endpoint(case):
    name, instrument = ENDPOINTS[case["instrument"]]
    (total,) = case["input"].values()
    finding = _finding(_report(instrument, total=total), name)
    expected = case["expected"] if isinstance(case["expected"], dict) else {"seed_le1": case["expected"]}

    assert finding["verdict"] == expected["seed_le1"]
    assert _verdict_of(finding, "guideline") == expected.get("strict_0", _verdict_of(finding, "guideline"))


def _labs(*labs, disease="CD", **more):
    return report_of({"disease": disease, "today": "2026-06-01", "labs": list(labs), **more}, TODAY)


def _lab(analyte, value, **more):
    return {"analyte": analyte, "on": "2026-05-30", "value": str(value), **more}


@_chosen("unit_conversion", "crp", "fcp", "hb", "alc", "ldl", "triglycerides", "creatinine", "bilirubin", "hct")
def test_a_worked_conversion(case):
    given, expected = case["input"], case["expected"]
    report = _labs(_lab(case["instrument"], given["value"], unit=given["from"]))

    assert report["errors"] == []
    assert report["labs"][0]["value"] == pytest.approx(expected["value"], rel=expected["tolerance_rel"])
    assert report["labs"][0]["unit"] == given["to"]


GRADED = {"ctcae5_lymphocytes": "alc", "ctcae5_alt_baseline_normal": "alt", "ctcae5_cpk": "cpk"}


@_chosen("lab_grade", *GRADED)
def test_a_worked_grade(case):
    given = case["input"]
    value = given.get("value", given.get("value_10e9_L"))
    limits = {name: str(given[key]) for name, key in (("upper_limit", "uln"), ("lower_limit", "lln")) if key in given}
    (lab,) = _labs(_lab(GRADED[case["instrument"]], value, **limits))["labs"]

    assert lab["grade"] == {"scale": "CTCAE v5", "grade": case["expected"]["grade"]}


@_chosen("lab_rule", "label_cytopenia_gate")
def test_a_worked_gate(case):
    names = {"anc_10e9_L": "anc", "alc_10e9_L": "alc", "hb_g_dL": "hb"}
    given = {names[key]: value for key, value in case["input"].items() if value is not None}
    finding = _finding(_labs(*(_lab(code, value) for code, value in given.items())), "start.blood_counts")

    assert finding["verdict"] == case["expected"]["verdict_start_blood_counts"]
    assert len(finding["missing"]) == len(case["expected"]["missing"])


@_chosen("endpoint", "biomarker_normalisation")
def test_a_worked_biomarker(case):
    given = case["input"]
    labs = [("2026-01-02", given["baseline"]), ("2026-05-30", given["current"])]
    values = [_lab("crp", value, upper_limit=given["uln"]) | {"on": on} for on, value in labs if value is not None]
    finding = _finding(_labs(*values, started_on="2026-01-05"), "biomarker.crp")
    state = finding["why"].partition(":")[0].replace(" ", "_")

    assert case["expected"] in (state, finding["verdict"])


@_chosen("validation", "crp", "hb", "alc")
def test_a_laboratory_value_that_is_not_taken_as_it_stands(case):
    (value,) = case["input"].values()
    report = _labs(_lab(case["instrument"], value))

    assert report["labs"] == []
    assert [error["where"] for error in report["errors"]] == ["labs[0].value"]


@_chosen("validation", "hbi", "partial_mayo")
def test_a_value_that_is_not_taken_as_it_stands(case):
    report = _report(case["instrument"], answers=case["input"])
    (code,) = case["input"]

    assert report["scores"] == []
    assert [error["where"] for error in report["errors"]] == [f"scores[0].answers.{code}"]
    assert report["findings"][0]["verdict"] == "not_evaluable"
