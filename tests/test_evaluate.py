"""The evaluate contract: the same core from outside, and every odd line answered with its place."""

import json
import subprocess
import sys
from datetime import date

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts import KEYS as CHART_KEYS
from bot.contract import schema
from bot.evaluate import _answers, _lines, _object_in
from bot.examined import examine
from flows.choices import AnyOf, OneOf
from flows.counts import Diary
from flows.instruments import SHIPPED
from flows.measures import Quantity, Stature
from flows.segments import Segment

TODAY = date(2026, 6, 1)
HBI_5 = {"wellbeing": 1, "pain": 1, "liquid_stools": 3, "mass": 0, "complications": []}
SCORE = {"instrument": "hbi", "on": "2026-05-30", "answers": HBI_5}
CHART = {"id": "a", "disease": "CD", "today": "2026-06-01", "scores": [SCORE]}

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


def scored(**changes):
    return report(**one_score(**changes))


def answered(**changes):
    return report(**one_answer(**changes))


def test_a_good_chart():
    assert report() == {
        "id": "a",
        "protocol": "smolecule-2026-02",
        "version": report()["version"],
        "as_of": None,
        "headline": "NOT IN REMISSION · HBI 5 (remission < 5)",
        "status": [
            "1 point above the target.",
            "Symptoms: HBI 5 on 30 May 2026, no remission by protocol.",
            "Biomarkers: no CRP; no calprotectin.",
            "Endoscopy: no value.",
            "Steroids not known.",
            "Dose not known.",
        ],
        "scores": [
            {
                "instrument": "hbi", "on": "2026-05-30", "total": 5, "lowest": 5, "highest": 5, "complete": True,
                "band": "mild", "note": None,
                "parts": {"wellbeing": 1, "pain": 1, "liquid_stools": 3, "mass": 0, "complications": 0},
            }
        ],
        "labs": [],
        "findings": [
            {
                "id": "cd.clinical_remission.hbi", "verdict": "not_met", "why": "HBI 5 (rule: HBI < 5)",
                "authority": "protocol", "missing": [], "flags": [], "as_of": None, "differs": [],
                "source": "Upadacitinib in biologic-resistant patients protocol (Smolecule, February 2026), "
                          "efficacy endpoints, ref 1",
            },
            {
                "id": "cd.clinical_remission.cdai", "verdict": "not_evaluable", "why": "no CDAI (Crohn's)",
                "authority": "protocol", "missing": ["CDAI (Crohn's)"], "flags": [], "as_of": None, "differs": [],
                "source": "Upadacitinib in biologic-resistant patients protocol (Smolecule, February 2026), "
                          "efficacy data, ref 6",
            },
            *report()["findings"][2:],
        ],
        "safety": report()["safety"],
        "dose": {"phase": "screening", "day": None, "week": None, "says": report()["dose"]["says"]},
        "screening": report()["screening"],
        "due": report()["due"],
        "errors": [],
    }  # fmt: skip


def test_every_finding_of_crohns_disease_is_there_whether_or_not_it_can_be_judged():
    assert [each["id"] for each in report()["findings"]] == [
        "cd.clinical_remission.hbi",
        "cd.clinical_remission.cdai",
        "cd.endoscopic_remission",
        "cd.clinical_response.hbi",
        "cd.clinical_response.cdai",
        "cd.endoscopic_response",
        "cd.mucosal_healing",
        "biomarker.crp",
        "biomarker.fcp",
        "eligibility.us_label",
        "eligibility.eu_label",
        "eligibility.protocol",
        "start.blood_counts",
    ]


def test_the_good_chart_has_the_form_of_the_contract():
    A_CHART.validate(CHART)


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
    "medication_partial": False,
    "medication_asked": [],
}  # fmt: skip


def test_a_chart_with_every_key_is_evaluated_whole():
    A_CHART.validate(CHART | EVERYTHING)
    found = report(**EVERYTHING)

    assert set(CHART | EVERYTHING) == set(CHART_KEYS)
    assert found["errors"] == []
    assert found["dose"]["phase"] == "maintenance"
    assert (found["dose"]["day"], found["dose"]["week"]) == (147, 21)
    assert "label.lymphocytes_below_0_5" in [each["id"] for each in found["safety"]]
    assert "On prednisolone 20 mg/day: not steroid-free." in found["status"]
    assert {each["state"] for each in found["due"] if each["item"] == "endo_cd"} == {"not_possible"}


def test_a_positive_test_of_the_screening_never_reads_as_done():
    found = {each["item"]: each for each in report(**EVERYTHING)["screening"]}

    assert (found["igra"]["state"], found["igra"]["result"]) == ("awaiting", "positive")
    assert found["hbv"]["state"] == "awaiting"
    assert "HBV DNA" in found["hbv"]["open"]


def test_a_screening_that_was_done_more_than_once_is_a_list_and_a_positive_result_stays():
    screening = {"igra": [SCREENED | {"result": "positive"}, {"on": "2026-05-20", "result": "negative"}]}
    A_CHART.validate(CHART | {"screening": screening})
    found = report(screening=screening)

    assert [each["state"] for each in found["screening"] if each["item"] == "igra"] == ["awaiting"]
    assert found["errors"] == []


@pytest.mark.parametrize("key", ["today", *EVERYTHING])
def test_null_is_not_given(key):
    assert report(**{key: None})["errors"] == []


CRP = {"analyte": "crp", "on": "2026-05-20", "value": 12, "unit": "mg/L", "upper_limit": 5, "lower_limit": None}


def test_a_laboratory_value_comes_back_in_its_canonical_unit_and_as_it_was_given():
    found = report(labs=[CRP | {"analyte": "alc", "value": "480", "unit": "cells/µL", "upper_limit": None}])

    assert found["errors"] == []
    assert found["labs"] == [
        {"analyte": "alc", "on": "2026-05-20", "value": 0.48, "unit": "10*9/L", "given": "480 /uL",
         "grade": {"scale": "CTCAE v5", "grade": 3}, "note": None}
    ]  # fmt: skip


def test_a_censored_value_keeps_its_sign_and_decides_only_what_its_whole_range_does():
    below, above = (
        report(labs=[CRP | {"analyte": "fcp", "value": value, "unit": "µg/g", "upper_limit": None}])
        for value in ("<300", ">1800")
    )
    verdicts = [
        next(each["verdict"] for each in found["findings"] if each["id"] == "biomarker.fcp") for found in (below, above)
    ]

    assert (below["labs"][0]["value"], above["labs"][0]["value"]) == ("<300", ">1800")
    assert verdicts == ["not_evaluable", "not_met"]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ("x", "labs"),
        (["x"], "labs[0]"),
        ([CRP | {"analyte": "esr"}], "labs[0].analyte"),
        ([CRP | {"analyte": ["crp"]}], "labs[0].analyte"),
        ([CRP | {"on": "2030-01-01"}], "labs[0].on"),
        ([CRP | {"value": None}], "labs[0].value"),
        ([CRP | {"value": True}], "labs[0].value"),
        ([CRP | {"value": -1}], "labs[0].value"),
        ([CRP | {"value": "a lot"}], "labs[0].value"),
        ([CRP | {"value": 601}], "labs[0].value"),
        ([CRP | {"value": 301, "unit": None}], "labs[0].value"),
        ([CRP | {"value": "1,234", "analyte": "fcp", "unit": "µg/g"}], "labs[0].value"),
        ([CRP | {"unit": "furlong"}], "labs[0].unit"),
        ([CRP | {"unit": 5}], "labs[0].unit"),
        ([CRP | {"upper_limit": 0}], "labs[0].upper_limit"),
        ([CRP | {"upper_limit": "<5"}], "labs[0].upper_limit"),
        ([CRP | {"colour": "red"}], "labs[0].colour"),
    ],
    ids=str,
)
def test_a_value_that_cannot_be_read_or_would_be_asked_about_is_named_and_the_rest_is_evaluated(given, where):
    found = report(labs=given)

    assert list(errors(found)) == [where]
    assert found["headline"] == report()["headline"]
    assert len(found["labs"]) == (where == "labs[0].colour")


STEROID = {"kind": "corticosteroid", "from": "2026-01-01", "to": None, "prednisolone_mg": 20}


def test_a_course_of_medication_and_an_accepted_baseline_are_read():
    found = report(medication=[STEROID, STEROID | {"prednisolone_mg": "12.5"}], accepted_baseline=["hbi"])

    assert found["errors"] == []


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ("x", "medication"),
        (["x"], "medication[0]"),
        ([STEROID | {"kind": "aspirin"}], "medication[0].kind"),
        ([STEROID | {"kind": None}], "medication[0].kind"),
        ([STEROID | {"kind": ["biologic"]}], "medication[0].kind"),
        ([STEROID | {"from": "soon"}], "medication[0].from"),
        ([STEROID | {"from": None}], "medication[0].from"),
        ([STEROID | {"from": "2030-01-01"}], "medication[0].from"),
        ([STEROID | {"to": "2026-02-30"}], "medication[0].to"),
        ([STEROID | {"to": "2025-12-31"}], "medication[0].to"),
        ([STEROID | {"none_on": "2026-02-01"}], "medication[0].none_on"),
        ([STEROID | {"to": "2026-02-01", "none_on": "2026-02-01"}], "medication[0].none_on"),
        ([STEROID | {"prednisolone_mg": -1}], "medication[0].prednisolone_mg"),
        ([STEROID | {"prednisolone_mg": "much"}], "medication[0].prednisolone_mg"),
        ([STEROID | {"prednisolone_mg": True}], "medication[0].prednisolone_mg"),
        ([STEROID | {"route": "oral"}], "medication[0].route"),
    ],
    ids=str,
)
def test_a_course_that_cannot_be_read_is_named_and_the_rest_is_evaluated(given, where):
    found = report(medication=given)

    assert list(errors(found)) == [where]
    assert found["headline"] == report()["headline"]


@pytest.mark.parametrize(
    ("given", "where"),
    [("hbi", ""), ([1], "[0]"), ({"hbi": True}, ""), (["hbi", "nonsense"], "[1]"), (["alc"], "[0]")],
)
def test_an_accepted_baseline_that_cannot_be_read_accepts_nothing(given, where):
    assert list(errors(report(accepted_baseline=given))) == [f"accepted_baseline{where}"]


GOOD_COUNTS = [
    {"analyte": code, "on": "2026-05-10", "value": value, "unit": unit}
    for code, value, unit in (("anc", "2", "10*9/L"), ("alc", "1", "10*9/L"), ("hb", "12", "g/dL"))
]


def verdict_of(found, name):
    return next((each["verdict"], each["as_of"]) for each in found["findings"] if each["id"] == name)


@pytest.mark.parametrize(
    ("on", "verdict"), [("2026-05-09", "met"), ("2026-05-10", "not_evaluable"), ("?", "not_evaluable")]
)
def test_a_count_that_could_not_be_read_is_not_replaced_by_an_older_one(on, verdict):
    found = report(labs=[*GOOD_COUNTS, {"analyte": "anc", "on": on, "value": "abc"}])

    assert verdict_of(found, "start.blood_counts")[0] == verdict
    assert "policy.unreadable" in [each["id"] for each in found["safety"]]


def test_a_score_that_could_not_be_read_leaves_an_older_one_in_the_past():
    better = SCORE | {"on": "2026-05-25", "answers": HBI_5 | {"liquid_stools": 0}}
    found = report(scores=[better, SCORE | {"answers": HBI_5 | {"pain": 9}}])

    assert found["headline"] == "WAS IN REMISSION ON 25 May 2026 · HBI 2 (remission < 5)"
    assert verdict_of(found, "cd.clinical_remission.hbi") == ("met", "2026-05-25")


def test_a_marker_that_could_not_be_read_leaves_an_older_one_in_the_past():
    found = report(labs=[CRP | {"value": 3, "on": "2026-05-10"}, CRP | {"value": "abc", "on": "2026-05-20"}])

    assert verdict_of(found, "biomarker.crp") == ("met", "2026-05-10")


@pytest.mark.parametrize(
    ("analyte", "value", "unit"),
    [
        ("alt", 1500, "U/L"),
        ("cpk", 12000, "U/L"),
        ("anc", "0.04", "10*9/L"),
        ("crp", 350, "mg/L"),
        ("bilirubin", 8, "mg/dL"),
    ],
)
def test_a_grave_value_with_its_unit_is_taken_and_without_one_is_asked_about(analyte, value, unit):
    lab = {"analyte": analyte, "on": "2026-05-20", "value": value}

    assert [each["given"] for each in report(labs=[lab | {"unit": unit}])["labs"]] == [f"{value} {unit}"]
    assert list(errors(report(labs=[lab]))) == ["labs[0].value"]


def test_two_values_of_one_day_say_which_counts():
    found = report(labs=[CRP | {"value": 3}, CRP | {"value": 30}])

    assert [each["note"] for each in found["labs"]] == [
        "2 values of one day: a later one in the list is used",
        "2 values of one day: this one is used",
    ]


COURSE = {"started_on": "2026-01-05"}


@pytest.mark.parametrize(
    ("given", "where", "message"),
    [
        ({"course": [{"on": "2026-01-04", "event": "dose", "mg": 15}]}, "course[0].on", "before the first dose"),
        ({"stopped_on": "2026-01-04"}, "stopped_on", "before the first dose"),
        ({"stopped_on": "2026-02-04", "course": [{"on": "2026-03-01", "event": "restarted"}]}, "stopped_on", "goes on"),
    ],
)
def test_a_course_that_contradicts_itself_is_named_and_its_phase_is_not_known(given, where, message):
    found = report(**COURSE, **given)

    assert list(errors(found)) == [where]
    assert message in errors(found)[where]
    assert found["dose"]["phase"] is None


def test_an_item_that_is_none_is_refused():
    done = {"item": "nonsense", "on": "2026-05-01", "state": "done"}

    assert list(errors(report(done=[done]))) == ["done[0].item"]


def test_a_response_against_a_baseline():
    scores = [
        {"instrument": "partial_mayo", "on": "2026-01-02", "answers": {"sf": 3, "rb": 2, "pga": 2}},
        {"instrument": "partial_mayo", "on": "2026-05-30", "answers": {"sf": 1, "rb": 0, "pga": 1}},
    ]
    found = report(disease="UC", started_on="2026-01-05", scores=scores)
    response = next(each for each in found["findings"] if each["id"] == "uc.clinical_response.pms")

    assert response["verdict"] == "met"
    assert response["why"] == "PMS was 7 at baseline (3 days before the first dose), PMS 2 (rule: PMS drop >= 2)"


def test_a_partly_answered_score_has_a_range_and_neither_total_nor_band():
    (score,) = answered(mass=None)["scores"]

    assert (score["total"], score["lowest"], score["highest"], score["complete"], score["band"]) == (
        None,
        5,
        8,
        False,
        None,
    )
    assert score["parts"]["mass"] is None


def test_no_upper_bound_is_null():
    (score,) = answered(liquid_stools=None)["scores"]

    assert (score["lowest"], score["highest"]) == (2, None)


def test_an_answer_left_out_is_not_assessed():
    found = scored(answers={"liquid_stools": 5})

    assert found["scores"][0]["highest"] == 23
    assert found["findings"][0]["verdict"] == "not_met"


def test_sources_differ():
    pms = {"instrument": "partial_mayo", "on": "2026-05-30", "answers": {"sf": 0, "rb": 2, "pga": 0}}
    found = report(disease="UC", scores=[pms])
    finding = found["findings"][0]

    assert found["headline"] == "REMISSION BY PROTOCOL, NOT BY STRIDE-II · PMS 2 (bleeding 2)"
    assert finding["flags"] == ["subscore_gt1"]
    assert [(other["authority"], other["verdict"]) for other in finding["differs"]] == [
        ("guideline", "not_met"), ("practice", "not_met")]  # fmt: skip
    assert found["scores"][0]["band"] is None


def test_a_recorded_total_without_items():
    (score,) = report(scores=[{"instrument": "hbi", "on": "2026-05-30", "total": 4}])["scores"]

    assert (score["total"], score["complete"], score["band"], score["parts"]) == (4, True, "remission", {})


@pytest.mark.parametrize("written", [3, 3.0, "3", "3.0"])
def test_a_number_may_be_written_in_any_way(written):
    assert answered(liquid_stools=written)["scores"][0]["total"] == 5


def test_an_older_score_is_worded_in_the_past():
    found = report(started_on="2026-01-05", scores=[{**SCORE, "on": "2026-05-01"}])

    assert found["as_of"] == found["findings"][0]["as_of"] == "2026-05-01"
    assert found["headline"] == "WAS NOT IN REMISSION ON 1 May 2026 · HBI 5 (remission < 5)"


def test_a_score_of_the_other_disease_is_scored_and_left_out_of_the_findings():
    found = report(disease="UC")

    assert found["scores"][0]["total"] == 5
    assert [finding["id"] for finding in found["findings"]] == [
        "uc.clinical_remission.pms",
        "uc.endoscopic_remission",
        "uc.clinical_response.pms",
        "biomarker.crp",
        "biomarker.fcp",
        "eligibility.us_label",
        "eligibility.eu_label",
        "eligibility.protocol",
        "start.blood_counts",
    ]
    assert found["headline"] == "UNDECIDED · no PMS"


ODD = [
    (one_answer(pain=9), "scores[0].answers.pain", "Abdominal pain: choose one of 0 = None"),
    (one_answer(pain=-1), "scores[0].answers.pain", "Abdominal pain"),
    (one_answer(pain=1.5), "scores[0].answers.pain", "Abdominal pain"),
    (one_answer(pain=True), "scores[0].answers.pain", "Abdominal pain"),
    (one_answer(pain="mild"), "scores[0].answers.pain", "Abdominal pain"),
    (one_answer(pain=[1]), "scores[0].answers.pain", "Abdominal pain"),
    (one_answer(pain={}), "scores[0].answers.pain", "Abdominal pain"),
    (one_answer(liquid_stools=41), "scores[0].answers.liquid_stools", "Liquid stools: a whole number from 0 to 40."),
    (one_answer(liquid_stools=999), "scores[0].answers.liquid_stools", "Liquid stools"),
    (one_answer(liquid_stools=1e300), "scores[0].answers.liquid_stools", "Liquid stools"),
    (one_answer(liquid_stools="1,5"), "scores[0].answers.liquid_stools", "Liquid stools"),
    (one_answer(liquid_stools="1_0"), "scores[0].answers.liquid_stools", "Liquid stools"),
    (one_answer(liquid_stools="NaN"), "scores[0].answers.liquid_stools", "Liquid stools"),
    (one_answer(liquid_stools=" 3"), "scores[0].answers.liquid_stools", "Liquid stools"),
    (one_answer(complications=["headache"]), "scores[0].answers.complications", "Complications"),
    (one_answer(complications=["abscess", "abscess"]), "scores[0].answers.complications", "Complications: the same"),
    (one_answer(complications=[1]), "scores[0].answers.complications", "Complications"),
    (one_answer(complications=[["abscess"]]), "scores[0].answers.complications", "Complications"),
    (one_answer(complications="abscess"), "scores[0].answers.complications", "Complications"),
    (one_answer(complications=0), "scores[0].answers.complications", "Complications"),
    (one_score(answers=[]), "scores[0].answers", "must be an object"),
    (one_score(answers="x"), "scores[0].answers", "must be an object"),
    (one_score(answers=None), "scores[0]", "needs either answers or a total"),
    (one_score(total=5), "scores[0]", "needs either answers or a total"),
    (one_score(answers=None, total=59), "scores[0].total", "HBI: a whole number from 0 to 58."),
    (one_score(answers=None, total=True), "scores[0].total", "HBI"),
    (one_score(answers=None, total="x"), "scores[0].total", "HBI"),
    (one_score(instrument="cdai", answers={"pain7": 22}), "scores[0].answers.pain7", "Abdominal pain: the sum"),
    (one_score(instrument="cdai", answers={"height_m": 3}), "scores[0].answers.height_m", "Height: a height as 1.70"),
    (one_score(instrument="cdai", answers={"hct_pct": "0.41"}), "scores[0].answers.hct_pct", "Haematocrit 0.41: a"),
    (one_score(instrument="pro2_cd", answers={"ap_avg": 3.1}), "scores[0].answers.ap_avg", "Abdominal pain: a number"),
    (one_score(instrument="ses_cd", answers={"ileum": {"narrowing": 3}, "rectum": {"narrowing": 3}}),
     "scores[0].answers.rectum", "Narrowing that cannot be passed occurs once"),
    (one_score(instrument="abc"), "scores[0].instrument", "must be one of hbi, cdai, pro2_cd, ses_cd, partial_mayo"),
    (one_score(instrument=None), "scores[0].instrument", "must be one of"),
    (one_score(instrument=["hbi"]), "scores[0].instrument", "must be one of"),
    (one_score(on="2026-06-02"), "scores[0].on", "lies after today, 2026-06-01"),
    (one_score(on="2026-02-29"), "scores[0].on", "is no day of the calendar"),
    (one_score(on="1 May 2026"), "scores[0].on", "must be a day as 2026-06-01"),
    (one_score(on="20260501"), "scores[0].on", "must be a day"),
    (one_score(on="2026-05-01T00:00"), "scores[0].on", "must be a day"),
    (one_score(on=20260501), "scores[0].on", "must be a day"),
    (one_score(on=None), "scores[0].on", "must be a day"),
    ({"scores": ["x"]}, "scores[0]", "must be an object"),
    ({"scores": [None]}, "scores[0]", "must be an object"),
    ({"scores": {}}, "scores", "must be a list"),
    ({"scores": "hbi"}, "scores", "must be a list"),
    ({"disease": "cd"}, "disease", 'must be "CD" or "UC"'),
    ({"disease": None}, "disease", 'must be "CD" or "UC"'),
    ({"disease": ["CD"]}, "disease", 'must be "CD" or "UC"'),
    ({"history": []}, "history", "must be an object"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "where", "message"), ODD, ids=[f"{where}-{n}" for n, (_, where, _) in enumerate(ODD)]
)
def test_a_bad_value_has_its_place_and_its_sentence_and_is_left_out_whole(changes, where, message):
    found = report(**changes)

    assert list(errors(found)) == [where]
    assert errors(found)[where].startswith(message)
    if where.startswith("scores"):
        assert found["scores"] == []
        assert found["findings"][0]["verdict"] == "not_evaluable"
    assert all(finding["verdict"] not in ("met", "not_met") for finding in found["findings"])


RESTART = {"on": "2026-05-01", "event": "restarted", "mg": 45, "induction": "anew", "induction_weeks": 12}
BAD_FACTS = [
    ({"region": "CH"}, "region", "must be one of US, EU, GB, AU"),
    ({"sex": "m"}, "sex", "must be one of female, male"),
    ({"birth_year": 1899}, "birth_year", "must be a whole number from 1900 to 2026"),
    ({"birth_year": 2027}, "birth_year", "must be a whole number from 1900 to 2026"),
    ({"induction_weeks": 10}, "induction_weeks", "must be 8 or 12"),
    ({"stopped_on": "2026-06-02"}, "stopped_on", "lies after today"),
    ({"course": [{"on": "2026-05-01", "event": "dose"}]}, "course[0].mg", "a dose needs its milligrams"),
    ({"course": [{"on": "2026-05-01", "event": "dose", "mg": 20}]}, "course[0].mg", "must be one of 15, 30, 45"),
    ({"course": [{"on": "2026-05-01", "event": "paused"}]}, "course[0].event", "must be one of dose, interrupted"),
    ({"course": [RESTART | {"induction": "half"}]}, "course[0].induction", "must be one of rest, anew"),
    ({"course": [RESTART | {"event": "dose"}]}, "course[0].induction", "belongs to a restart"),
    ({"course": [RESTART | {"mg": None}]}, "course[0].mg", "an induction that begins anew needs its milligrams"),
    ({"course": [RESTART | {"induction_weeks": 10}]}, "course[0].induction_weeks", "must be 8 or 12"),
    (
        {"course": [RESTART | {"induction": "rest"}]},
        "course[0].induction_weeks",
        "belongs to an induction that begins anew",
    ),
    ({"screening": {"ct": {"on": "2026-05-01"}}}, "screening.ct", "must be one of igra, chest"),
    ({"screening": {"igra": {"on": "2026-05-01", "result": "yes"}}}, "screening.igra.result", "must be one of"),
    ({"screening": {"igra": {"result": "negative"}}}, "screening.igra.on", "must be a day"),
    ({"screening": {"igra": "negative"}}, "screening.igra", "must be an object"),
    ({"screening": {"igra": [{"on": "2026-05-01"}, "negative"]}}, "screening.igra[1]", "must be an object"),
    ({"screening": {"igra": [{"result": "negative"}]}}, "screening.igra[0].on", "must be a day"),
    ({"screening": []}, "screening", "must be an object"),
    ({"risks": ["smoker"]}, "risks[0]", "must be one of current_smoker"),
    ({"risks": "smoker"}, "risks", "must be a list"),
    ({"events": [{"kind": "flu", "on": "2026-05-01"}]}, "events[0].kind", "must be one of serious_infection"),
    ({"done": [{"item": "wk12_cbc", "on": "2026-05-01", "state": "late"}]}, "done[0].state", "must be one of done"),
    ({"history": {"egfr": 1}}, "history.egfr", "must be a number of mL/min/1.73 m² from 2 to 200"),
    ({"history": {"severity": "bad"}}, "history.severity", "must be one of mild"),
    ({"history": {"tnf_failed": "yes"}}, "history.tnf_failed", "must be true or false"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "where", "message"), BAD_FACTS, ids=[where for _, where, _ in BAD_FACTS])
def test_a_bad_fact_has_its_place_and_the_rest_is_evaluated(changes, where, message):
    found = report(**changes)

    assert list(errors(found)) == [where]
    assert message in errors(found)[where]
    assert found["headline"] == report()["headline"]


@pytest.mark.parametrize(
    ("key", "value"),
    [("today", "x"), ("started_on", "2026-13-01"), ("started_on", 5), ("today", "0001-01-01"), ("today", "9999-11-30"),
     ("started_on", "0001-01-01"), ("started_on", "1899-12-31"), ("started_on", "2200-01-01"),
     ("started_on", "9999-12-31")],
)  # fmt: skip
def test_a_day_that_cannot_be_read_leaves_the_verdict_open_and_the_scores_scored(key, value):
    found = report(**{key: value})

    assert list(errors(found)) == [key]
    assert found["findings"][0]["verdict"] == "not_evaluable"
    assert found["scores"][0]["total"] == 5


@pytest.mark.parametrize("started", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_that_a_chart_may_have_are_evaluated(started):
    for today in ("1900-01-01", "2199-12-31"):
        assert report(**{**EVERYTHING, "started_on": started, "today": today})["headline"]


@pytest.mark.parametrize("value", ["yes", 1, []])
def test_a_stoma_that_cannot_be_read_leaves_the_verdict_open(value):
    found = report(history={"ostomy": value})

    assert list(errors(found)) == ["history.ostomy"]
    assert found["findings"][0]["verdict"] == "not_evaluable"


def test_a_stoma_makes_the_stool_item_invalid():
    found = report(history={"ostomy": True})

    assert found["errors"] == []
    assert found["findings"][0]["verdict"] == "not_applicable"
    assert found["headline"] == "NOT APPLICABLE · the stool item of HBI is not valid with a stoma"


def test_an_unknown_key_is_named_and_the_rest_counts():
    found = report(
        surprise=1, history={"shoe_size": 44}, scores=[{**SCORE, "by": "x", "answers": {**HBI_5, "fever": 1}}]
    )

    assert errors(found) == dict.fromkeys(
        ["surprise", "history.shoe_size", "scores[0].by", "scores[0].answers.fever"], "unknown key"
    )
    assert found["findings"][0]["verdict"] == "not_met"


def test_a_bad_score_among_good_ones_leaves_the_good_ones():
    found = report(scores=[SCORE, {**SCORE, "on": "x"}, {**SCORE, "on": "2026-05-31", "answers": {"liquid_stools": 9}}])

    assert [score["on"] for score in found["scores"]] == ["2026-05-30", "2026-05-31"]
    assert list(errors(found)) == ["scores[1].on"]


# Lines


def lines(text):
    lines = text if isinstance(text, list) else [line + b"\n" for line in text.split(b"\n")]
    return [_object_in(each) for each in _lines(lines)]


GOOD = json.dumps(CHART).encode()


@pytest.mark.parametrize(
    ("odd", "message"),
    [
        (b"nonsense", "no JSON object"),
        (b"[]", "no JSON object"),
        (b"1", "no JSON object"),
        (b'"CD"', "no JSON object"),
        (b"null", "no JSON object"),
        (b"{", "no JSON object"),
        (b'{"a": NaN}', "no JSON object"),
        (b'{"a": Infinity}', "no JSON object"),
        (b"{'a': 1}", "no JSON object"),
        (GOOD + GOOD, "no JSON object"),
        (b'{"id": ' + b"9" * 5000 + b"}", "no JSON object"),
        (b'{"id": 1e99999999999999999999}', "no JSON object"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"\x00", "no JSON object"),
        (b"   ", "blank"),
    ],
)
def test_an_odd_line_is_answered_and_the_good_ones_around_it_are_evaluated(odd, message):
    before, wrong, after = lines([GOOD, odd, GOOD])

    assert message in wrong
    assert before == after == CHART


def test_a_first_line_that_is_odd_does_not_spoil_the_second():
    assert lines([b"nonsense\n", GOOD]) == ["the line is no JSON object", CHART]


def test_one_object_over_many_lines_is_one_chart():
    assert lines(json.dumps(CHART, indent=2).encode()) == [CHART]


def test_blank_lines_at_the_end_are_no_charts_and_a_byte_order_mark_is_none_either():
    assert lines([b"\xef\xbb\xbf" + GOOD, b"\n", b"  \n"]) == [CHART]


def test_a_key_given_twice_has_no_value():
    (chart,) = lines([b'{"disease": "CD", "disease": "UC", "scores": [{"instrument": "hbi", "on": "2026-05-30", "on": '
                      b'"2026-05-31", "total": 3}], "id": {"a": 1, "a": 2}}'])  # fmt: skip
    found = json.loads(json.dumps(examine(chart, TODAY).written(), default=lambda _: None))

    assert errors(found) == {"disease": "given more than once", "scores[0].on": "given more than once"}


@pytest.mark.parametrize(
    "odd",
    [None, 1.5, 1e300, 2**64, "é 😀 \u2028", "\ud800", {"a": [None, True]}, json.loads("[" * 600 + "]" * 600)],
    ids=["none", "a fraction", "far", "over 64 bits", "not ASCII", "half a surrogate pair", "an object", "deep"],
)
def test_an_id_comes_back_as_it_was_given(odd):
    written, _ = _answers([(1, json.dumps({**CHART, "id": odd}).encode())], TODAY)

    assert json.loads(written)["id"] == odd


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["CD", "hbi", "2026-05-01"])
)
KEYS = st.sampled_from(
    ["disease", "scores", "instrument", "on", "answers", "total", "pain", "history", "ostomy", "today", "id"]
)


@given(
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
        max_leaves=25,
    )
)
@settings(max_examples=300)
def test_whatever_is_given_an_answer_in_the_form_of_the_contract_comes_back(chart):
    line = json.dumps(chart).encode()
    for each in lines([line]):
        if isinstance(each, dict):
            REPORT.validate(json.loads(json.dumps(examine(each, TODAY).written(), default=str)))


def acceptable(item):
    """Answers of a chart that the item takes."""
    match item:
        case AnyOf():
            return [[choice.code] for choice in item.choices]
        case OneOf():
            return [choice.code for choice in item.choices]
        case Diary():
            return [0, "7", [1, None, 0, 1, 1, 1, 1]]
        case Quantity():
            return [int(item.highest), str(float(item.highest))]
        case Segment():
            return ["absent", {"ulcer_size": 1, "narrowing": None}, {}]
        case _:
            return [0]


def test_what_the_schema_calls_a_chart_has_no_errors():
    for questionnaire in SHIPPED:
        for item in questionnaire.items:
            for value in acceptable(item):
                given = {"height_m": "1.7"} if isinstance(item, Stature) else {item.code: value}
                score = {"instrument": questionnaire.code, "on": "2026-05-30", "answers": given}
                chart = {**CHART, "scores": [score]}
                A_CHART.validate(chart)

                assert examine(chart, TODAY).written()["errors"] == []


@pytest.mark.parametrize("answers", [{"pain": 9}, {"pain": "mild"}, {"complications": ["x"]}, {"sf": 1}])
def test_the_schema_refuses_what_the_program_refuses(answers):
    assert not A_CHART.is_valid({**CHART, "scores": [{**SCORE, "answers": answers}]})


# The program


def run(*arguments, stdin=b""):
    return subprocess.run(
        [sys.executable, "-m", "bot", "evaluate", *arguments], input=stdin, capture_output=True, check=False
    )


def test_the_program_reads_a_file_or_standard_input_and_keeps_the_order(tmp_path):
    charts = b"\n".join(json.dumps({**CHART, "id": number}).encode() for number in range(3)) + b"\n"
    (tmp_path / "charts.jsonl").write_bytes(charts)
    from_file, from_input, from_dash = run(tmp_path / "charts.jsonl"), run(stdin=charts), run("-", stdin=charts)

    assert from_file.stdout == from_input.stdout == from_dash.stdout
    assert [json.loads(line)["id"] for line in from_file.stdout.splitlines()] == [0, 1, 2]
    assert (from_file.returncode, from_file.stderr) == (0, b"")


def test_the_exit_code_tells_whether_every_line_could_be_read():
    bad = run(stdin=GOOD + b"\nnonsense\n")

    assert bad.returncode == 1
    assert json.loads(bad.stdout.splitlines()[1]) == {
        "errors": [{"where": "line 2", "message": "the line is no JSON object"}]
    }
    assert run(stdin=b'{"disease": "XX"}').returncode == 0


@pytest.mark.parametrize(("content", "said"), [(b"", "is empty"), (b"\n \n", "is empty"), (None, "cannot be read")])
def test_nothing_to_evaluate_is_one_sentence(tmp_path, content, said):
    file = tmp_path / "charts.jsonl"
    if content is not None:
        file.write_bytes(content)
    result = run(file)

    assert result.returncode == 1
    assert result.stdout == b""
    assert said in result.stderr.decode()
    assert len(result.stderr.splitlines()) == 1


def test_the_schema_is_printed_and_is_one():
    printed = json.loads(run("--schema").stdout)

    jsonschema.Draft202012Validator.check_schema(printed)
    assert set(printed["$defs"]) == {"chart", "report", "unreadable"}
