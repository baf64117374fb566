"""What can hardly be is asked about in the review; what cannot be is not filed."""

import pytest

from flows.forms import form
from flows.unlikely import impossible, unlikely
from tests.safetycharts import TODAY

ENROLMENT, START = form("enrolment"), form("start")
SINCE = {"medication": ("corticosteroid",)}
BEGUN = {"by_doctor": "yes", "begun": "yes"}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"birth_year": "2008"}, ["Birth year 2008: 17 to 18 years old; labels for this disease are of adults."]),
        ({"birth_year": "2007"}, []),
        (SINCE | {"prednisolone_mg": "100"}, []),
        (SINCE | {"prednisolone_mg": "100.5"}, ["Prednisolone 100.5 mg: more than 100 is unusual."]),
        ({"prednisolone_mg": "400"}, []),  # not asked any more
        (SINCE | {"steroids_since": "2016-06-01"}, []),
        (SINCE | {"steroids_since": "2016-05-31"}, ["Steroids since 31 May 2016: more than 10 years ago is unusual."]),
        (BEGUN | {"started_on": "2019-08-16"}, []),
        (
            BEGUN | {"started_on": "2019-08-15"},
            ["Day of the first dose 15 Aug 2019: upadacitinib was first approved on 16 Aug 2019; in a trial?"],
        ),
    ],
    ids=[
        "perhaps a child", "an adult", "100 mg", "above 100 mg", "a dose not asked any more", "ten years", "longer",
        "the day of the approval", "before the approval",
    ],
)  # fmt: skip
def test_what_is_unlikely_is_asked_about(answers, said):
    assert unlikely(ENROLMENT, answers, None, TODAY) == said


@pytest.mark.parametrize(
    ("born", "on", "said"),
    [
        (2020, "2019-12-31", "Day 31 Dec 2019 lies before the birth year, 2020."),
        (2020, "2020-01-01", ""),
        (None, "1990-01-01", ""),
    ],
    ids=["before it", "in it", "not known"],
)
def test_a_day_before_the_birth_year_cannot_be(born, on, said):
    assert impossible(START, {"on": on}, born) == said


def test_the_birth_year_that_is_told_counts_and_not_the_one_before():
    told = BEGUN | {"birth_year": "1990", "started_on": "1985-01-01"}

    assert impossible(ENROLMENT, told, 1950) == "Day of the first dose 1 Jan 1985 lies before the birth year, 1990."


async def test_an_enrolment_of_a_child_asks_and_one_treated_before_birth_is_refused(ward, office):
    steps = ("/new UC-0200", "[Colitis]", "2015", "[Male]", "[Severe]", "[Extensive]", "[None]", "[None]", "[None]")
    more = ("[Prednisolone or equivalent]", "[Done]", "400", "1.1.1900", "[Later]", "[Later]", "[Later]", "[Yes]")
    for step in (*steps, *more, "5.1.2016", "[Later]"):
        await ward.performs(step)

    assert "CHECK: Birth year 2015: 10 to 11 years old; labels for this disease are of adults." in ward.last.text
    assert "CHECK: Prednisolone 400 mg: more than 100 is unusual." in ward.last.text
    assert "CHECK: Day of the first dose 5 Jan 2016: upadacitinib was first approved" in ward.last.text
    assert "CHECK: Steroids since 1 Jan 1900 lies before the birth year, 2015." in ward.last.text
    before = office.rows("SELECT count(*) FROM observations")
    await ward.taps("Confirm")
    assert "(Steroids since 1 Jan 1900 lies before the birth year, 2015. Nothing was filed.)" in ward.transcript[-1]
    assert office.rows("SELECT count(*) FROM observations") == before
    for step in ("[Steroids since]", "1.4.2026", "[Confirm]"):
        await ward.performs(step)
    assert "Baseline checklist" in ward.last.text
