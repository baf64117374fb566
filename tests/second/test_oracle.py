"""The worked cases of clinical/cases.json that concern scores and endpoints."""

import json
from pathlib import Path
from random import Random

import pytest

from . import endpoints, random_chart, scores
from .amounts import Invalid
from .biomarkers import read as read_lab
from .timeline import day
from .worksheets import (
    BEFORE,
    FIRST_DOSE,
    NOW,
    OF_TRIALS,
    answers_of,
    bare_total,
    chart,
    exam_of,
    trial_chart,
    ulcerated_exam,
)

CASES = json.loads((Path(__file__).parents[1] / "cases.json").read_text(encoding="utf-8"))["cases"]
OTHERS = {"trial_gt50": "guideline", "strict_0": "guideline"}


def cases(group: str) -> list:
    return [pytest.param(one, id=one["id"]) for one in CASES if one["group"] == group]


@pytest.mark.parametrize("case", cases("score"))
def test_a_worked_score_adds_up(case):
    expected = case["expected"]
    instrument = {"pro2_cd_weighted": "pro2_cd"}.get(case["instrument"], case["instrument"])
    entry = {"instrument": instrument, "answers": answers_of(case)}
    sex = case["input"].get("sex", "female")
    asked = chart("UC" if "mayo" in instrument else "CD", None, entry, sex=sex)

    (score,) = scores(asked)
    found = endpoints(asked)

    total = expected.get("total", expected.get("full_mayo"))
    assert (score["total"], score["lowest"], score["highest"]) == (total, total, total)
    if "band" in expected:
        assert score["band"] == expected["band"]
    for name, points in (expected.get("parts", {}) | expected.get("by_variable", {})).items():
        assert score["parts"][name] == pytest.approx((points, points), abs=1e-4)
    for name in ("partial_mayo", "adapted_mayo"):
        if name in expected:
            assert score["parts"][name] == (expected[name], expected[name])
    for name in ("explored", "missing"):
        if name in expected:
            assert score["parts"][name] == expected[name]
    for wanted, verdict in verdicts_expected(expected, instrument, found):
        assert verdict == expected[wanted], wanted


def verdicts_expected(expected: dict, instrument: str, found: dict) -> list:
    pms = found.get("uc.clinical_remission.pms", {"verdict": None, "others": {}})
    mes = found.get("uc.endoscopic_remission", {"verdict": None, "others": {}})
    known = {
        "clinical_remission": found.get(f"cd.clinical_remission.{instrument}", {}).get("verdict"),
        "clinical_remission_seed": pms["verdict"],
        "clinical_remission_no_subscore_gt1": pms["others"].get("practice"),
        "endoscopic_remission_seed_MES_le1": mes["verdict"],
        "endoscopic_remission_MES0": mes["others"].get("guideline"),
    }
    return [(name, verdict) for name, verdict in known.items() if name in expected]


# Endpoint of the case -> disease, finding, instrument, the key of its one value where there is one.
FINDING = {
    "cd_clinical_remission_cdai": ("CD", "cd.clinical_remission.cdai", "cdai", "cdai"),
    "cd_clinical_response_cdai": ("CD", "cd.clinical_response.cdai", "cdai", None),
    "cd_clinical_remission_hbi": ("CD", "cd.clinical_remission.hbi", "hbi", "hbi"),
    "uc_endoscopic_remission_mes": ("UC", "uc.endoscopic_remission", "mes", "mes"),
    "uc_clinical_remission_pms": ("UC", "uc.clinical_remission.pms", "partial_mayo", "pms"),
    "uc_clinical_response_pms": ("UC", "uc.clinical_response.pms", "partial_mayo", None),
    "cd_endoscopic_response_sescd": ("CD", "cd.endoscopic_response", "ses_cd", None),
    "cd_endoscopic_remission_sescd": ("CD", "cd.endoscopic_remission", "ses_cd", None),
    "cd_mucosal_healing_ulcerated_surface": ("CD", "cd.mucosal_healing", "ses_cd", None),
}


@pytest.mark.parametrize("case", cases("endpoint"))
def test_a_worked_endpoint_has_its_verdict(case):
    if case["instrument"] == "biomarker_normalisation":
        assert biomarker_state(case["input"]) == case["expected"]
        return
    if case["instrument"] in OF_TRIALS:
        name, asked = trial_chart(case)
        assert endpoints(asked)[name]["verdict"] == case["expected"]
        return
    disease, name, instrument, single = FINDING[case["instrument"]]
    given = case["input"]
    base, now = (None, given[single]) if single else (given["baseline"], given["current"])
    maker = MAKERS.get(name, bare_total)
    asked = chart(
        disease,
        maker(instrument, base, None),
        maker(instrument, now, given.get("max_subscore")),
        started_on=FIRST_DOSE,
    )

    finding = endpoints(asked)[name]

    expected = case["expected"]
    wanted = expected if isinstance(expected, dict) else {"seed": expected}
    for rule, verdict in wanted.items():
        said = finding["others"][OTHERS[rule]] if rule in OTHERS else finding["verdict"]
        assert said == verdict, rule


def biomarker_state(given: dict) -> str:
    labs = [
        {"analyte": "crp", "on": on, "value": value, "unit": "mg/L", "upper_limit": given["uln"]}
        for on, value in ((BEFORE, given["baseline"]), (NOW, given["current"]))
        if value is not None
    ]
    asked = {"disease": "CD", "today": NOW, "started_on": FIRST_DOSE, "labs": labs}
    finding = endpoints(asked)["biomarker.crp"]
    return finding["state"] or finding["verdict"]


MAKERS = {"cd.endoscopic_remission": exam_of, "cd.mucosal_healing": ulcerated_exam}
OF_SCORES = ("hbi", "cdai", "partial_mayo", "ses_cd")


@pytest.mark.parametrize(
    "case",
    [one for one in cases("validation") if one.values[0]["instrument"] in (*OF_SCORES, "crp")],
)
def test_a_value_out_of_range_leaves_the_element_out_whole(case):
    if case["instrument"] == "crp":
        lab = {"analyte": "crp", "on": NOW, "value": case["input"]["value_mg_L"], "unit": "mg/L"}
        with pytest.raises(Invalid):
            read_lab(lab, day(NOW))
        return
    answers = case["input"] if case["instrument"] != "ses_cd" else {"ileum": case["input"]}

    assert scores(chart("CD", None, {"instrument": case["instrument"], "answers": answers})) == [None]


def test_every_random_chart_is_answered():
    rng = Random(20260205)

    for number in range(500):
        asked = random_chart(rng, ambiguous=number % 2 == 0)
        assert len(scores(asked)) == len(asked["scores"])
        assert endpoints(asked)


@pytest.mark.parametrize(
    "case",
    [one for one in cases("unit_conversion") if one.values[0]["instrument"] in ("crp", "fcp")],
)
def test_a_biomarker_in_another_unit_is_converted(case):
    given = case["input"]
    lab = {"analyte": case["instrument"], "on": NOW, "value": given["value"], "unit": given["from"]}

    assert float(read_lab(lab, day(NOW)).value) == case["expected"]["value"]
