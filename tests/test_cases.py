"""The worked cases: published test suites, real patients, and definitions. Those of instruments that ship."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.evaluate import report_of

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))["cases"]
TODAY = date(2026, 6, 1)
DISEASE = {"hbi": "CD", "partial_mayo": "UC"}


def _chosen(group, *instruments):
    chosen = [case for case in CASES if case["group"] == group and case["instrument"] in instruments]
    assert chosen
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


def _report(instrument, **score):
    scores = [{"instrument": instrument, "on": "2026-06-01", **score}]
    return report_of({"disease": DISEASE[instrument], "today": "2026-06-01", "scores": scores}, TODAY)


@_chosen("score", "hbi", "partial_mayo")
def test_a_worked_score(case):
    expected = case["expected"]
    report = _report(case["instrument"], answers=case["input"])
    (score,), (finding,) = report["scores"], report["findings"]

    assert report["errors"] == []
    assert score["total"] == expected["total"]
    assert score["band"] == expected.get("band")
    assert finding["verdict"] == expected.get("clinical_remission", expected.get("clinical_remission_seed"))


@_chosen("score", "partial_mayo")
def test_a_worked_pms_without_a_subscore_above_1(case):
    (finding,) = _report("partial_mayo", answers=case["input"])["findings"]
    practice = [other["verdict"] for other in finding["differs"] if other["authority"] == "practice"]

    assert [*practice, finding["verdict"]][0] == case["expected"]["clinical_remission_no_subscore_gt1"]


@_chosen("endpoint", "cd_clinical_remission_hbi", "uc_clinical_remission_pms")
def test_a_worked_endpoint(case):
    instrument = "hbi" if "hbi" in case["input"] else "partial_mayo"
    (total,) = case["input"].values()
    (finding,) = _report(instrument, total=total)["findings"]

    assert finding["verdict"] == case["expected"]


@_chosen("validation", "hbi", "partial_mayo")
def test_a_value_that_is_not_taken_as_it_stands(case):
    report = _report(case["instrument"], answers=case["input"])
    (code,) = case["input"]

    assert report["scores"] == []
    assert [error["where"] for error in report["errors"]] == [f"scores[0].answers.{code}"]
    assert report["findings"][0]["verdict"] == "not_evaluable"
