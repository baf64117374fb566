"""Which maintenance dose each authority names for a patient, in one line of the card. CLINICAL.md D1 and D3."""

from datetime import date, timedelta

import pytest

from bot.contract.examined import examine
from flows.days import day as in_words
from flows.protocol.dosing import dose

TODAY = date(2026, 6, 1)
FIT = {"birth_year": 1990, "risks": []}
MODERATE = {"severity": "moderate", "refractory": False, "extensive": False}
OF_45 = {"disease": "UC"}  # all give 8 weeks
SAID = "Sources differ: maintenance dose: 15 mg by US label, 30 mg by protocol."


def ago(days):
    return (TODAY - timedelta(days=days)).isoformat()


def differ(day, *course, **chart):
    """The lines on a day after the first dose."""
    given = {"today": TODAY.isoformat(), "region": "US", "started_on": ago(day), "history": MODERATE, **OF_45, **FIT}
    found = examine({**given, **chart, "course": list(course)}, TODAY)
    assert found.reading.errors == []
    return [line for line in found.report.status if line.startswith("Sources differ: ")]


def egfr(value):
    return {"analyte": "egfr", "on": ago(5), "value": value}


def step(mg, days_ago=0, event="dose", **more):
    return {"on": ago(days_ago), "event": event, **({"mg": mg} if mg else {}), **more}


@pytest.mark.parametrize(
    ("day", "expected"),
    [(0, []), (41, []), (42, [SAID]), (43, [SAID]), (56, [SAID]), (300, [SAID]), (-1, [])],
    ids=["the first day", "15 days before the end", "14 days before", "13 days before", "the end", "long after",
         "before the first dose"],
)  # fmt: skip
def test_it_is_said_from_14_days_before_the_end_of_45_mg_until_a_dose_is_recorded(day, expected):
    assert differ(day) == expected


@pytest.mark.parametrize(
    ("weeks", "day", "count"),
    [
        (12, 69, 0),
        (12, 70, 1),
        (8, 41, 0),
        (8, 42, 1),
        (None, 41, 0),
        (None, 42, 1),
    ],
)
def test_in_crohns_disease_by_the_length_that_was_chosen_or_the_shorter_one_where_none_was(weeks, day, count):
    (line,) = differ(day, disease="CD", induction_weeks=weeks)

    assert line.count("; maintenance dose: 15 mg by US label, 30 mg by protocol") == count


def test_the_longer_induction_in_colitis_puts_it_off():
    longer = differ(97, step(45, 41), region="EU"), differ(98, step(45, 42), region="EU")

    assert ["maintenance" in line for (line,) in longer] == [False, True]


@pytest.mark.parametrize(
    ("chart", "says"),
    [
        ({"region": "US"}, "15 mg by US label, 30 mg by protocol"),
        ({"region": "US", "history": {"severity": "severe"}},
         "15 mg (30 mg may be considered) by US label, 30 mg by protocol"),
        ({"region": "US", "history": {}}, "15 mg (30 mg may be considered) by US label, 30 mg by protocol"),
        ({"region": "US", "birth_year": 1960}, ""),
        ({"region": "US", "risks": ["previous_vte"]}, ""),
        ({"region": "US", "risks": ["previous_vte"], "history": {"severity": "severe"}},
         "15 mg (30 mg may be considered) by US label, 15 mg by protocol"),
        ({"region": "US", "birth_year": None, "history": {}}, ""),
        ({"region": "US", "risks": None, "history": {}}, ""),
        ({"region": "EU"}, "15 mg or 30 mg by EU label, 30 mg by protocol"),
        ({"region": "EU", "birth_year": 1964}, "15 mg or 30 mg by EU label, 15 mg by protocol"),
        ({"region": "EU", "birth_year": 1950}, ""),
        ({"region": "AU", "birth_year": 1950}, ""),
        ({"region": "AU"}, "15 mg by AU label, 30 mg by protocol"),
        ({"region": "AU", "birth_year": 1964}, ""),
        ({"region": "AU", "risks": ["previous_vte"]}, ""),
        ({"region": None},
         "15 mg by US and AU labels, 15 mg or 30 mg by EU and GB labels, 30 mg by protocol"),
        ({"region": "US", "history": {"egfr": 25}}, "15 mg by US label, 30 mg by protocol"),
        ({"region": "US", "labs": [egfr("<30")], "history": {}}, "15 mg or no dose by US label, 30 mg by protocol"),
        ({"region": "US", "labs": [egfr("<=15")], "history": {}}, "15 mg or no dose by US label, 30 mg by protocol"),
        ({"region": "US", "birth_year": 1960, "labs": [egfr("<30")], "history": {}},
         "15 mg or no dose by US label, 15 mg by protocol"),
        ({"region": "US", "labs": [egfr("<15")], "history": {}}, "no dose by US label, 30 mg by protocol"),
        ({"region": "US", "history": {"child_pugh": "C"}}, "no dose by US label, 30 mg by protocol"),
    ],
)  # fmt: skip
def test_each_authority_is_named_with_what_it_leaves_for_this_patient_the_label_first(chart, says):
    found = [line.partition("maintenance dose: ")[2] for line in differ(60, **chart) if "maintenance" in line]

    assert found == ([f"{says}."] if says else [])


@pytest.mark.parametrize(
    ("mg", "chart", "says"),
    [
        (15, {}, "maintenance dose (15 mg recorded): 15 mg by US label, 30 mg by protocol"),
        (30, {}, "maintenance dose (30 mg recorded): 15 mg by US label, 30 mg by protocol"),
        (30, {"history": {"severity": "severe"}}, ""),
        (15, {"history": {"severity": "severe"}},
         "maintenance dose (15 mg recorded): 15 mg (30 mg may be considered) by US label, 30 mg by protocol"),
        (30, {"region": "EU"}, ""),
        (30, {"birth_year": 1960}, ""),
    ],
    ids=["not the protocol's", "not the label's", "both name it", "one alone", "the EU label names both", "all agree"],
)  # fmt: skip
def test_once_a_dose_is_recorded_only_where_one_of_those_who_differ_does_not_name_it(mg, chart, says):
    assert differ(60, step(mg, 2), **chart) == ([f"Sources differ: {says}."] if says else [])


def test_a_reason_that_was_recorded_does_not_settle_it():
    assert len(differ(60, step(30, 2, why="the protocol's standard"))) == 1


def test_of_45_mg_recorded_again_after_another_dose_none_counts_as_recorded():
    assert differ(90, step(30, 20), step(45, 2)) == [SAID]


@pytest.mark.parametrize("event", ["interrupted", "stopped"])
def test_while_nothing_is_taken_nothing_is_said(event):
    assert differ(90, step(None, 2, event)) == []


@pytest.mark.parametrize("lost", [{"started_on": "soon"}, {"course": [{"on": "soon", "event": "dose", "mg": 30}]}])
def test_nothing_where_the_dates_of_the_course_could_not_be_read(lost):
    given = {"disease": "UC", "today": TODAY.isoformat(), "region": "US", "started_on": ago(90), "history": MODERATE}
    status = examine({**given, **FIT, **lost}, TODAY).report.status

    assert [line for line in status if "maintenance" in line] == []


# The AU label: the grounds of its higher dose

AU_CHOICE = "15 mg (30 mg in refractory, severe or extensive disease or without response on 15 mg) by AU label"


def pms(days_ago, stools, bleeding=3, global_=3):
    return {
        "instrument": "partial_mayo",
        "on": ago(days_ago),
        "answers": {"sf": stools, "rb": bleeding, "pga": global_},
    }


def hbi(days_ago, stools):
    answers = {"wellbeing": 1, "pain": 1, "liquid_stools": stools, "mass": 0, "complications": []}
    return {"instrument": "hbi", "on": ago(days_ago), "answers": answers}


@pytest.mark.parametrize(
    ("history", "says"),
    [
        (MODERATE, "15 mg by AU label, 30 mg by protocol"),
        ({**MODERATE, "refractory": True}, f"{AU_CHOICE}, 30 mg by protocol"),
        ({**MODERATE, "severity": "severe"}, f"{AU_CHOICE}, 30 mg by protocol"),
        ({**MODERATE, "extensive": True}, f"{AU_CHOICE}, 30 mg by protocol"),
        ({**MODERATE, "extensive": None}, f"{AU_CHOICE}, 30 mg by protocol"),
        ({}, f"{AU_CHOICE}, 30 mg by protocol"),
    ],
)
def test_the_au_label_names_15_mg_alone_in_colitis_where_no_ground_for_30_mg_is_there(history, says):
    assert differ(98, region="AU", history=history) == [f"Sources differ: maintenance dose: {says}."]


@pytest.mark.parametrize(
    ("birth_year", "says"),
    [
        (1967, f"{AU_CHOICE}, 30 mg by protocol"),
        (1966, ""),
        (1965, f"{AU_CHOICE}, 15 mg by protocol"),
        (1962, f"{AU_CHOICE}, 15 mg by protocol"),
        (1961, f"{AU_CHOICE}, 15 mg by protocol"),
        (1960, ""),
    ],
    ids=["58 or 59", "59 or 60", "60 or 61", "63 or 64", "64 or 65", "65 or 66"],
)
def test_with_a_burden_that_is_not_known_the_au_label_leaves_both_until_65(birth_year, says):
    found = differ(98, region="AU", history={}, birth_year=birth_year)

    assert found == ([f"Sources differ: maintenance dose: {says}."] if says else [])


def test_30_mg_recorded_that_the_au_label_does_not_name_is_told():
    (line,) = differ(98, step(30, 42), region="AU")

    assert line == "Sources differ: maintenance dose (30 mg recorded): 15 mg by AU label, 30 mg by protocol."


def test_where_15_mg_was_left_for_want_of_a_response_the_au_label_names_30_mg_too():
    assert differ(150, step(15, 90), step(30, 20, why="response"), region="AU") == []
    assert len(differ(150, step(15, 90), step(30, 20, why="standard"), region="AU")) == 1


@pytest.mark.parametrize(
    ("days_ago", "stools", "says"),
    [
        (91, 3, "15 mg by AU label, 30 mg by protocol"),
        (90, 3, "15 mg by AU label, 30 mg by protocol"),
        (89, 3, f"{AU_CHOICE}, 30 mg by protocol"),
        (89, 0, "15 mg by AU label, 30 mg by protocol"),
    ],
    ids=["before 15 mg", "on its first day", "on 15 mg", "with a response"],
)
def test_a_score_on_15_mg_that_is_no_response_is_a_ground_for_30_mg(days_ago, stools, says):
    bleeding = 3 if stools else 0
    scores = [pms(151, 3), pms(days_ago, stools, bleeding, bleeding)]
    said = differ(150, step(15, 90), region="AU", scores=scores)

    assert [line.partition("(15 mg recorded): ")[2] for line in said] == [f"{says}."]


BOTH_BY_AU = "15 mg or 30 mg by AU label, 30 mg by protocol"


@pytest.mark.parametrize(
    ("birth_year", "week_12", "says"),
    [
        (1990, 8, ""),
        (1963, 8, "30 mg by AU label, 15 mg by protocol"),
        (1950, 8, "30 mg by AU label, 15 mg by protocol"),
        (1990, 0, BOTH_BY_AU),
        (1963, 0, ""),
        (1990, None, BOTH_BY_AU),
        (1963, None, ""),
    ],
    ids=["all name 30 mg", "from 60", "from 65: the label names no age in it", "a response", "a response, from 60",
         "no score", "no score, from 60"],
)  # fmt: skip
def test_without_a_response_at_week_12_in_crohns_disease_the_au_label_names_30_mg(birth_year, week_12, says):
    scores = [hbi(101, 8), *([] if week_12 is None else [hbi(16, week_12)])]
    crohns = {"disease": "CD", "region": "AU", "induction_weeks": 12, "birth_year": birth_year, "scores": scores}
    found = [line.partition("(15 mg recorded): ")[2] for line in differ(100, step(15, 16), **crohns)]

    assert found == ([f"{says}."] if says else [])


# An induction that by an authority still runs


def until(days_ahead):
    return f"45 mg until {in_words(TODAY + timedelta(days=days_ahead))}"


def crohns(day, *course, weeks=12, **chart):
    """What is said of the dose after induction, with what it is called."""
    found = differ(day, *course, disease="CD", induction_weeks=weeks, **chart)
    parts = [part.removeprefix("Sources differ: ").removesuffix(".") for line in found for part in line.split("; ")]
    return [part for part in parts if "dose" in part]


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (37, f"dose (15 mg recorded): {until(47)} by US label, {until(19)} by protocol"),
        (55, f"dose (15 mg recorded): {until(29)} by US label, {until(1)} by protocol"),
        (56, f"maintenance dose (15 mg recorded): {until(28)} by US label, 30 mg by protocol"),
        (57, f"maintenance dose (15 mg recorded): {until(27)} by US label, 30 mg by protocol"),
        (83, f"maintenance dose (15 mg recorded): {until(1)} by US label, 30 mg by protocol"),
        (84, "maintenance dose (15 mg recorded): 15 mg by US label, 30 mg by protocol"),
        (85, "maintenance dose (15 mg recorded): 15 mg by US label, 30 mg by protocol"),
    ],
)
def test_an_authority_whose_induction_still_runs_is_said_with_its_end(day, says):
    assert crohns(day, step(15, day - 28)) == [says]


@pytest.mark.parametrize(
    ("birth_year", "day", "says"),
    [
        (1990, 58, f"maintenance dose (15 mg recorded): {until(26)} by US label, 30 mg by protocol"),
        (1963, 70, f"maintenance dose (15 mg recorded): {until(14)} by US label, 15 mg by protocol"),
        (1963, 83, f"maintenance dose (15 mg recorded): {until(1)} by US label, 15 mg by protocol"),
        (1963, 84, ""),
    ],
)
def test_after_8_weeks_too(birth_year, day, says):
    assert crohns(day, step(15, day - 56), weeks=8, birth_year=birth_year) == ([says] if says else [])


def test_with_8_weeks_over_and_no_dose_recorded_the_label_is_still_in_induction():
    assert crohns(55, weeks=8) == ["maintenance dose: 15 mg by US label, 30 mg by protocol"]
    assert crohns(58, weeks=8) == [f"maintenance dose: {until(26)} by US label, 30 mg by protocol"]


def test_another_dose_while_by_all_of_them_the_same_induction_runs_is_no_difference_between_them():
    assert differ(30, step(15, 2)) == []


@pytest.mark.parametrize(
    ("value", "says"),
    [(25, "30 mg for 8 weeks by US label"), ("<30", "30 mg or no dose for 8 weeks by US label"),
     ("<15", "no dose by US label")],
)  # fmt: skip
def test_of_an_induction_too_both_outcomes_of_the_kidney_are_named(value, says):
    (line,) = differ(10, labs=[egfr(value)])

    assert says in line


@pytest.mark.parametrize("day", [37, 55, 56, 83, 84])
def test_the_line_names_what_the_dose_page_says_of_the_same_day(day):
    given = {"disease": "CD", "today": TODAY.isoformat(), "region": "US", "started_on": ago(day), "induction_weeks": 12}
    found = examine({**given, **FIT, "history": MODERATE, "course": [step(15, day - 28)]}, TODAY)
    ends = [in_words(each.until) for each in dose(found.chart, TODAY).says if each.until]
    (line,) = [line for line in found.report.status if line.startswith("Sources differ: ")]

    assert line.count(" until ") == len(ends)
    assert all(f"until {end} by" in line for end in ends)


@pytest.mark.parametrize(("stools", "is_told"), [(3, True), (2, False)], ids=["HBI 5", "HBI 4: in remission"])
def test_a_small_fall_that_ends_in_remission_is_no_missing_response(stools, is_told):
    scores = [hbi(101, 4), hbi(16, stools)]
    given = {"disease": "CD", "region": "AU", "induction_weeks": 12, "birth_year": 1963, "scores": scores}

    assert bool([line for line in differ(100, step(15, 16), **given) if "30 mg by AU label" in line]) == is_told
