"""A drug is said to be taken since a day only where that day was told; a begin that is not known is not a late one."""

from datetime import date

import pytest

from flows.dossier import chart_of
from flows.filing import facts_of
from flows.forms import form
from flows.forms.anew import TAKEN_FORMS
from flows.questionnaire import Disease
from tests.safetycharts import STARTED, TODAY, chart, drug, why
from tests.test_filing import examined, written

ENROLMENT, DETAILS = form("enrolment"), form("details")
TAKEN = {"medication": ("azathioprine", "corticosteroid"), "prednisolone_mg": "20"}


def medication(*filed):
    facts = [fact for asked, answers, on in filed for fact in facts_of(asked, answers, on)]
    given = chart_of(Disease.ULCERATIVE_COLITIS, None, written(facts), TODAY)
    return {each["kind"]: each for each in given["medication"]}, examined(given)


def test_a_drug_that_is_taken_at_enrolment_is_not_said_to_be_taken_since_then():
    found, examination = medication((ENROLMENT, TAKEN, date(2026, 5, 1)))

    assert [each["from_known"] for each in found.values()] == [False, False]
    said = next(each.why for each in examination.report.safety if each.id == "label.combination")
    assert "azathioprine taken on 1 May 2026, since when is not known" in said
    assert "since 1 May 2026" not in said


def test_a_day_that_was_told_is_said():
    since = {"steroids_since": "2026-03-01"}
    azathioprine = next(each for each in TAKEN_FORMS if each.code == "taken_azathioprine")
    told = (azathioprine, {"on": "2026-02-01", "taken": "taken"}, TODAY)
    found, examination = medication((ENROLMENT, TAKEN | since, date(2026, 5, 1)), told)

    assert [found[each].get("from_known", True) for each in found] == [True, True]
    assert found["azathioprine"]["from"] == "2026-02-01"
    said = next(each.why for each in examination.report.safety if each.id == "label.combination")
    assert "azathioprine since 1 Feb 2026" in said


def test_the_same_drug_ticked_again_says_no_more_and_no_less_of_its_begin():
    begun = (ENROLMENT, TAKEN | {"steroids_since": "2026-03-01"}, date(2026, 5, 1))
    found, _ = medication(begun, (DETAILS, TAKEN, date(2026, 5, 20)))

    assert found["corticosteroid"] == {"kind": "corticosteroid", "from": "2026-03-01", "prednisolone_mg": "20"}
    assert found["azathioprine"] == {"kind": "azathioprine", "from": "2026-05-01", "from_known": False}


@pytest.mark.parametrize(
    ("known", "begun", "said"),
    [
        (True, 147, ""),  # on the day of the first dose
        (True, 167, "another therapy began since"),
        (True, 187, ""),  # on the day of the old score
        (False, 147, "another therapy may have begun since"),
        (False, 100, "another therapy may have begun since"),
        (False, 187, ""),
    ],
    ids=["on the day", "between", "before", "taken on the day", "taken after it", "taken before"],
)
def test_a_therapy_whose_begin_is_not_known_may_have_begun_between_an_old_baseline_and_the_first_dose(
    known, begun, said
):
    assert (TODAY - STARTED).days == 147
    patient = chart(medication=(drug("biologic", begun=begun, known=known),))
    old = date(2025, 11, 26)  # 187 days ago, 40 before the first dose

    assert patient.began_between(old, STARTED) == said


def test_an_nsaid_and_a_statin_are_said_in_the_same_way():
    taken = (drug("nsaid", begun=10, known=False), drug("budesonide", begun=20))

    said = why("label.gi_perforation", medication=taken)
    assert "NSAID taken on 22 May 2026, since when is not known" in said
    assert "budesonide since 12 May 2026" in said
