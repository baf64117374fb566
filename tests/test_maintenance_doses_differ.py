"""Which maintenance dose each authority names for a patient, in one line of the card. CLINICAL.md D1 and D3."""

from datetime import date, timedelta

import pytest

from bot.contract.examined import examine

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
        ({"region": "AU", "birth_year": 1964}, "15 mg or 30 mg by AU label, 15 mg by protocol"),
        ({"region": None},
         "15 mg by US label, 15 mg or 30 mg by EU, GB and AU labels, 30 mg by protocol"),
        ({"region": "US", "history": {"egfr": 25}}, "15 mg by US label, 30 mg by protocol"),
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
