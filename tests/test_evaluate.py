"""The evaluate contract: the same core from outside."""

import json
import subprocess
import sys

import jsonschema
import pytest

from bot.contract.charts import KEYS as CHART_KEYS
from bot.contract.examined import examine
from flows.choices import AnyOf, OneOf
from flows.counts import Diary
from flows.instruments import SHIPPED
from flows.measures import Quantity, Stature
from flows.segments import Segment
from tests.evaluated import (
    A_CHART,
    CHART,
    CRP,
    EVERYTHING,
    GOOD,
    SCORE,
    SCREENED,
    STEROID,
    TODAY,
    errors,
    one_answer,
    one_score,
    report,
)


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


def test_a_course_of_medication_and_an_accepted_baseline_are_read():
    found = report(medication=[STEROID, STEROID | {"prednisolone_mg": "12.5"}], accepted_baseline=["hbi"])

    assert found["errors"] == []


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


def test_a_stoma_makes_the_stool_item_invalid():
    found = report(history={"ostomy": True})

    assert found["errors"] == []
    assert found["findings"][0]["verdict"] == "not_applicable"
    assert found["headline"] == "NOT APPLICABLE · the stool item of HBI is not valid with a stoma"


@pytest.mark.parametrize("surgery", ["ostomy", "pouch", "colectomy"])
@pytest.mark.parametrize(
    ("disease", "score", "band", "short"),
    [
        ("CD", {"instrument": "hbi", "total": 4}, "remission", "HBI"),
        ("CD", {"instrument": "cdai", "total": 151}, "mild", "CDAI (Crohn's)"),
        ("UC", {"instrument": "mayo", "total": 0}, "remission", "Mayo"),
        ("CD", {"instrument": "ses_cd", "total": 7}, "moderate", None),
        ("UC", {"instrument": "uceis", "total": 1}, "remission", None),
    ],
)
def test_a_score_whose_stool_item_is_not_valid_is_added_up_without_a_band(surgery, disease, score, band, short):
    chart = {"disease": disease, "today": "2026-06-01", "scores": [score | {"on": "2026-06-01"}]}
    (as_usual,) = examine(chart, TODAY).written()["scores"]
    (without,) = examine(chart | {"history": {surgery: True}}, TODAY).written()["scores"]
    is_valid = short is None
    said = {"ostomy": "with a stoma", "pouch": "with a pouch", "colectomy": "after a colectomy"}[surgery]

    assert (as_usual["band"], as_usual["note"]) == (band, None)
    assert without["total"] == score["total"]
    assert without["band"] == (band if is_valid else None)
    assert without["note"] == (None if is_valid else f"The stool item of {short} is not valid {said}.")


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


@pytest.mark.parametrize(
    ("analyte", "value", "limit", "read", "given"),
    [
        ("alc", 0.1 + 0.2, None, 0.3, "0.3 10*9/L"),
        ("anc", 0.7 * 3, None, 2.1, "2.1 10*9/L"),
        ("alc", 0.4999999999999999, None, 0.5, "0.5 10*9/L"),
        ("alc", 0.499999999999999, None, 0.499999999999999, "0.499999999999999 10*9/L"),
        ("alc", 0.3, 0.7 * 3, 0.3, "0.3 10*9/L"),
    ],
)
def test_a_number_has_the_digits_that_a_binary_float_carries(analyte, value, limit, read, given):
    found = report(labs=[CRP | {"analyte": analyte, "value": value, "unit": "10*9/L", "upper_limit": limit}])

    assert errors(found) == {}
    assert [(each["value"], each["given"]) for each in found["labs"]] == [(read, given)]


def test_the_digits_of_a_float_decide_nothing_in_a_score_in_the_history_or_in_a_dose():
    pro2 = {"instrument": "pro2_cd", "on": "2026-05-30", "answers": {"sf_avg": 2.8000000000000003, "ap_avg": 0.1 * 3}}
    found = report(
        scores=[pro2, one_answer(liquid_stools=3.0000000000000004)["scores"][0]],
        history={"egfr": 14.999999999999998},
        medication=[STEROID | {"prednisolone_mg": 0.1 * 3}],
    )

    assert errors(found) == {}
    assert [each["total"] for each in found["scores"]] == [7.1, 5]
    assert found["status"][-2] == "On prednisolone 0.3 mg/day: not steroid-free."
    assert "eGFR 15 " in found["dose"]["says"][0]["text"]


def test_what_a_censored_value_leaves_open_is_missing_by_its_name():
    alc = {"analyte": "alc", "on": "2026-05-20", "value": "<0.6", "unit": "10*9/L"}
    found = report(labs=[CRP | {"value": "<6"}, CRP | {"analyte": "fcp", "value": "<300", "unit": "ug/g"}, alc])
    missing = {each["id"]: each["missing"] for each in found["findings"] if each["verdict"] == "not_evaluable"}

    assert missing["biomarker.crp"] == ["exact CRP"]
    assert missing["biomarker.fcp"] == ["exact calprotectin"]
    assert missing["start.blood_counts"] == ["Neutrophils", "exact lymphocytes", "Haemoglobin"]


def test_a_number_in_quotation_marks_has_the_digits_that_a_laboratory_writes():
    found = report(labs=[CRP | {"value": "0.30000000000000004"}])

    assert list(errors(found)) == ["labs[0].value"]
