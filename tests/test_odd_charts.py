"""What `evaluate` cannot read has its place and a sentence, and the rest is evaluated."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contract.examined import examine
from bot.evaluate import _answers, _lines, _object_in
from tests.evaluated import (
    CHART,
    CRP,
    EVERYTHING,
    GOOD,
    HBI_5,
    REPORT,
    SCORE,
    STEROID,
    TODAY,
    errors,
    one_answer,
    one_score,
    report,
)


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


def test_of_a_segment_with_an_unknown_key_only_the_key_is_left_out():
    segment = dict.fromkeys(("ulcer_size", "ulcerated_surface", "affected_surface", "narrowing"), 1)
    colon = dict.fromkeys(("right_colon", "transverse", "left_colon", "rectum"), segment)
    score = one_score(instrument="ses_cd", answers={"ileum": segment | {"x": 1, "y": [2], "narrowing": "1"}, **colon})
    found = report(**score)

    assert errors(found) == dict.fromkeys(("scores[0].answers.ileum.x", "scores[0].answers.ileum.y"), "unknown key")
    assert [each["total"] for each in found["scores"]] == [20]


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


TREATED = {"region": "EU", "started_on": "2026-01-05", "induction_weeks": 12, "birth_year": 1990}
IGRA = {"on": "2026-01-01"}


def unreadable(found):
    return [each["why"].partition("could not be read: ")[2] for each in found["safety"] if "unreadable" in each["id"]]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"events": [{"kind": "vte", "on": "2026-13-01"}]}, "events[0]"),
        ({"events": [{"kind": "vte", "on": "2026-05-01", "serious": "yes"}]}, "events[0]"),
        ({"events": ["vte"]}, "events[0]"),
        ({"events": "vte"}, "events"),
        ({"stool_tests": [{"on": "2026-05-01", "result": "pos"}]}, "stool_tests[0]"),
        ({"screening": {"igra": IGRA | {"result": "pos"}}}, "screening.igra"),
        ({"screening": {"hbv": [IGRA, IGRA | {"hbsag": "pos"}]}}, "screening.hbv[1]"),
        ({"screening": []}, "screening"),
        ({"history": {"pregnant": "yes"}}, "history.pregnant"),
        ({"risks": ["smoker"]}, "risks[0]"),
        ({"risks": [None]}, "risks[0]"),
        ({"risks": "smoker"}, "risks"),
    ],
    ids=str,
)
def test_a_fact_that_cannot_be_read_is_not_taken_for_absent(given, where):
    found = report(**TREATED, **given)

    assert unreadable(found) == [where]
    assert verdict_of(found, "cd.clinical_remission.hbi")[0] == "not_met"


def test_what_is_left_out_of_a_screening_is_no_fact_that_cannot_be_read():
    assert unreadable(report(**TREATED, screening={"igra": None, "hbv": [None]})) == []


def of_protocol(found):
    (said,) = [each for each in found["dose"]["says"] if each["authority"] == "protocol" and each["mg"] != [45]]
    return said


def without_alternative(found):
    return [each["level"] for each in found["safety"] if each["id"] == "label.only_without_alternative"]


MAINTAINED = TREATED | {"course": [{"on": "2026-03-30", "event": "dose", "mg": 15}]}


def test_a_risk_that_cannot_be_read_leaves_the_others_open():
    found = report(**MAINTAINED, risks=["smoker"])

    assert of_protocol(found)["mg"] == [15, 30]
    assert "risk factors could not be read" in of_protocol(found)["text"]
    assert without_alternative(found) == without_alternative(report(**MAINTAINED)) == ["info"]
    assert any("not known: risk factors" in each["why"] for each in found["safety"])


def test_beside_a_risk_that_cannot_be_read_the_others_count():
    found = report(**MAINTAINED, risks=["smoker", "diabetes"])

    assert of_protocol(found)["mg"] == [15]
    assert "risk factors recorded: diabetes, others could not be read" in of_protocol(found)["text"]
    assert without_alternative(found) == ["check"]
    assert any("not known: other risk factors" in each["why"] for each in found["safety"])


def test_no_risk_at_all_is_one_that_was_asked():
    found = report(**MAINTAINED, risks=[])

    assert of_protocol(found)["mg"] == [30]
    assert without_alternative(found) == []
