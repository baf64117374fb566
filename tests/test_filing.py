"""From the answers of a form to the chart that the core reads: nothing is added, and nothing is lost."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.contract.examined import examine
from flows.dossier import chart_of
from flows.errors import InvalidAnswer
from flows.filing import facts_of
from flows.forms import FORMS, form
from flows.forms.disease import FEATURES
from flows.forms.enrolment import ENROLMENT, RISK_CHOICES
from flows.forms.taken import MEDICATION_CHOICES
from flows.forms.visit import EVENT_CHOICES
from flows.history import EVENTS, RISKS, Region, Result
from flows.instruments import SHIPPED
from flows.protocol.patient import Patient
from flows.protocol.treated_before import THERAPIES
from flows.questionnaire import Disease
from flows.record import Fact, Kind, Observation, standing
from tests.test_questionnaires import answers_to

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
UC, CD = Disease.ULCERATIVE_COLITIS, Disease.CROHNS


def written(facts, entry=1, first=1, replaced=()):
    """As the store keeps them; the first of them in the place of what they replace."""
    before = [each.id for each in replaced] + [None] * (len(facts) - len(replaced))
    return [
        Observation(id=first + place, fact=fact, by=1, at=NOW, entry=entry, replaces=before[place])
        for place, fact in enumerate(facts)
    ]


def chart(disease, *filed, today=TODAY, region=None):
    """The chart of what was filed: forms with their answers, in order."""
    facts = [fact for code, answers in filed for fact in facts_of(form(code), answers, today)]
    return chart_of(disease, region, written(facts), today)


def examined(given):
    return examine(json.loads(json.dumps(given), parse_float=Decimal), TODAY)


@pytest.mark.parametrize("questionnaire", SHIPPED, ids=lambda each: each.code)
@given(st.data())
def test_a_filed_score_is_read_back_with_the_same_answers(questionnaire, data):
    answers = {item.code: data.draw(st.none() | answers_to(item)) for item in questionnaire.items}
    given_on = {"on": "2026-05-30", **answers}
    assume(acceptable(form(f"scored_{questionnaire.code}"), given_on))
    disease = questionnaire.disease
    sex = answers.get("sex")
    enrolled = [("enrolment", {"code": "X", "disease": disease.value, "sex": sex})] if sex else []

    found = examined(chart(disease, *enrolled, (f"scored_{questionnaire.code}", given_on)))

    assert found.reading.errors == []
    if any(value is not None for code, value in answers.items()):
        (score,) = found.reading.scores
        known = {code: value for code, value in answers.items() if value is not None}
        assert {code: value for code, value in score.answers.items() if value is not None} == known
        assert score.on == date(2026, 5, 30)


def acceptable(asked, answers):
    try:
        asked.check(answers)
    except InvalidAnswer:
        return False
    return True


def test_what_an_instrument_refuses_is_refused_in_a_visit_too():
    removed = dict.fromkeys(("ileum", "right_colon", "transverse", "left_colon", "rectum"), "absent")
    answers = {"on": "2026-05-30", "how": "seen", "endoscopy": "yes", "endoscopy_on": "2026-05-29", **removed}

    assert not acceptable(form("visit_cd"), answers)
    assert acceptable(form("visit_cd"), answers | {"endoscopy": "no"})
    assert form("visit_cd").remarks(answers | {"ileum": "2000", "liquid_stools": 20}) == [
        "Liquid stools 20: more than 15 is unusual.",
        "Ileum: ulcer size 2 with ulcerated surface 0: is that meant?",
    ]


def test_a_score_without_any_answer_is_no_score():
    assert chart(UC, ("scored_mes", {"on": "2026-05-30", "mes": None}))["scores"] == []


def test_on_the_telephone_a_mass_is_unknown_even_if_it_was_answered_before():
    answers = {"on": "2026-06-01", "how": "telephone", "wellbeing": 1, "pain": 0, "liquid_stools": 2, "mass": 3}

    (score,) = chart(CD, ("visit_cd", answers | {"complications": ()}))["scores"]

    assert score["answers"] == {"wellbeing": 1, "pain": 0, "liquid_stools": 2, "mass": None, "complications": []}


def test_what_was_left_for_later_is_unknown_and_what_was_unticked_is_no():
    later = chart(UC, ("enrolment", {"code": "X", "disease": "UC", "features": None, "therapies": None, "risks": None}))
    unticked = chart(UC, ("enrolment", {"code": "X", "disease": "UC", "features": (), "risks": ()}))

    assert (later["history"], later.get("risks"), later.get("medication")) == ({}, None, None)
    assert unticked["history"] == {each.code: False for each in FEATURES}
    assert unticked["risks"] == []


def test_without_a_medication_list_steroids_are_not_known():
    asked = chart(UC, ("enrolment", {"code": "X", "disease": "UC", "medication": ()}))

    assert "Steroids not known." in examined(chart(UC)).report.status
    assert "No corticosteroid recorded." in examined(asked).report.status


def test_a_dose_of_steroids_holds_until_the_next_word_on_it():
    begun = facts_of(ENROLMENT, {"medication": ("corticosteroid",), "prednisolone_mg": "20"}, date(2026, 3, 1))
    less = facts_of(
        form("visit_uc"), {"on": "2026-04-01", "steroids": "changed", "prednisolone_mg": "7.5"}, date(2026, 4, 1)
    )
    none = facts_of(form("visit_uc"), {"on": "2026-05-01", "steroids": "none"}, date(2026, 5, 1))

    taken = chart_of(UC, None, written([*begun, *less, *none]), TODAY)["medication"]

    assert taken == [
        {
            "kind": "corticosteroid",
            "from": "2026-03-01",
            "from_known": False,
            "prednisolone_mg": "20",
            "to": "2026-03-31",
        },
        {
            "kind": "corticosteroid",
            "from": "2026-04-01",
            "prednisolone_mg": "7.5",
            "to": "2026-04-30",
            "none_on": "2026-05-01",
        },
    ]


def test_a_dose_of_steroids_is_no_word_on_other_drugs():
    known = chart(UC, ("visit_uc", {"on": "2026-05-20", "steroids": "changed", "prednisolone_mg": "10"}))
    begun = ("enrolment", {"begun": "yes", "started_on": "2026-05-01"})
    partly = examined(chart(UC, begun, ("visit_uc", {"on": "2026-05-20", "steroids": "changed"}))).report
    asked = examined(chart(UC, ("enrolment", {"medication": (), "begun": "yes", "started_on": "2026-05-01"}))).report

    assert "On prednisolone 10 mg/day: not steroid-free." in examined(known).report.status
    assert any("CYP3A4 drugs" in each.text for each in partly.dose.says)
    assert not any("CYP3A4 drugs" in each.text for each in asked.dose.says)


def test_that_no_steroid_is_taken_is_known_and_no_word_on_other_drugs():
    begun = ("enrolment", {"begun": "yes", "started_on": "2026-05-01"})
    found = chart(UC, begun, ("visit_uc", {"on": "2026-05-20", "steroids": "none"}))
    report = examined(found).report

    assert (found["medication"], found["medication_asked"]) == ([], ["budesonide", "corticosteroid"])
    assert "No corticosteroid recorded: steroid-free as far as was asked." in report.status
    assert any("CYP3A4 drugs" in each.text for each in report.dose.says)


def test_no_steroids_end_budesonide_too():
    taken = ("enrolment", {"medication": ("budesonide",), "steroids_since": "2026-03-01"})

    (course,) = chart(UC, taken, ("visit_uc", {"on": "2026-05-20", "steroids": "none"}))["medication"]
    assert course == {"kind": "budesonide", "from": "2026-03-01", "to": "2026-05-19", "none_on": "2026-05-20"}


def test_steroids_and_cyp3a4_drugs_count_since_the_day_that_was_told_and_others_are_known_from_today_on():
    taken = {"medication": ("corticosteroid", "azathioprine", "strong_cyp3a4_inhibitor"), "prednisolone_mg": "20"}
    since = {"steroids_since": "2026-03-01", "cyp3a4_since": "2026-05-10"}

    told = {each["kind"]: each["from"] for each in chart(UC, ("enrolment", taken | since))["medication"]}
    left = {each["kind"]: each["from"] for each in chart(UC, ("enrolment", taken))["medication"]}
    assert told == {
        "corticosteroid": "2026-03-01", "azathioprine": "2026-06-01", "strong_cyp3a4_inhibitor": "2026-05-10",
    }  # fmt: skip
    assert set(left.values()) == {"2026-06-01"}


def test_the_same_word_on_a_drug_again_begins_no_other_course():
    taken = {"medication": ("corticosteroid",), "prednisolone_mg": "20"}
    again = ("visit_uc", {"on": "2026-05-20", "steroids": "changed", "prednisolone_mg": "20"})

    (course,) = chart(UC, ("enrolment", taken | {"steroids_since": "2026-03-01"}), again)["medication"]
    assert course == {"kind": "corticosteroid", "from": "2026-03-01", "prednisolone_mg": "20"}


@pytest.mark.parametrize(
    ("events", "expected"),
    [((), [("infection", None)]), (("infection",), [("infection", False)]),
     (("myalgia",), [("infection", None), ("myalgia", None)])],
)  # fmt: skip
def test_an_infection_of_the_stool_that_is_told_among_the_events_is_one_infection(events, expected):
    answers = {"on": "2026-05-20", "how": "worse", "stool_infection": "positive", "events": events,
               "was_serious_infection": "no"}  # fmt: skip
    found = Patient(examined(chart(UC, ("visit_uc", answers))).reading.chart(), TODAY)

    assert [(each.kind, each.serious) for each in found.events(("infection", "myalgia"))] == expected


def test_unchanged_steroids_say_nothing_new():
    assert not [
        fact
        for fact in facts_of(form("visit_uc"), {"on": "2026-04-01", "steroids": "unchanged"}, TODAY)
        if fact.kind is Kind.MEDICATION
    ]


def test_a_course_begins_with_its_first_dose_and_goes_on_with_dated_steps():
    found = chart(
        CD,
        (
            "enrolment",
            {"disease": "CD", "by_doctor": "yes", "induction_weeks": "12", "begun": "yes", "started_on": "2026-03-02"},
        ),
        ("interrupt", {"on": "2026-04-01", "why": "infection"}),
        ("restart", {"on": "2026-04-11", "mg": "45 mg"}),
        region=Region.EU,
    )

    assert (found["started_on"], found["induction_weeks"], found["region"]) == ("2026-03-02", 12, "EU")
    assert found["course"] == [
        {"event": "interrupted", "on": "2026-04-01", "why": "Infection"},
        {"event": "restarted", "on": "2026-04-11", "mg": 45},
    ]
    assert examined(found).report.dose.phase == "induction"


def test_a_positive_screening_result_reaches_the_checklist_as_positive():
    found = chart(UC, ("screened_igra", {"on": "2026-05-01", "result": "positive"}))

    (igra,) = [each for each in examined(found).report.screening if each.item == "igra"]
    assert igra.result is Result.POSITIVE
    assert igra.open


def test_a_laboratory_value_keeps_its_unit_and_how_it_was_given():
    sample = {"analyte": "alc", "on": "2026-05-30", "value": "480", "unit": "/uL", "given": "480 /µL", "shown": "x"}

    (fact,) = facts_of(form("labs"), {"labs": (json.dumps(sample),)}, TODAY)
    found = examined(chart(UC, ("labs", {"labs": (json.dumps(sample),)})))

    assert (fact.code, fact.as_given, fact.on) == ("alc", "480 /µL", date(2026, 5, 30))
    assert [str(lab.number.value) for lab in found.reading.labs] == ["0.48"]
    assert found.reading.errors == []


def test_a_replaced_value_leaves_the_chart_and_a_void_takes_it_out():
    (first,) = written([Fact(kind=Kind.SCORE, code="mes", on=TODAY, value={"answers": {"mes": 3}})])
    right = Observation(id=2, by=1, at=NOW, entry=2, replaces=1, why="typing error",
                        fact=Fact(kind=Kind.SCORE, code="mes", on=TODAY, value={"answers": {"mes": 0}}))  # fmt: skip
    void = Observation(id=3, by=1, at=NOW, entry=3, replaces=2, fact=Fact(kind=Kind.SCORE, code="mes", value=None))

    assert standing([first, right]) == [right]
    assert standing([first, right, void]) == []


def test_what_lies_after_a_day_is_not_of_that_day():
    later = [Fact(kind=Kind.SCORE, code="mes", on=date(2026, 6, 2), value={"answers": {"mes": 0}})]

    assert chart_of(UC, None, written(later), TODAY)["scores"] == []
    assert len(chart_of(UC, None, written(later), date(2026, 6, 2))["scores"]) == 1


def test_every_choice_of_a_form_is_a_word_that_the_chart_knows():
    assert {each.code for each in RISK_CHOICES} == set(RISKS)
    assert {each.code for each in EVENT_CHOICES} <= set(EVENTS)
    everything = {
        "code": "X", "disease": "UC", "medication": tuple(each.code for each in MEDICATION_CHOICES),
        "features": tuple(each.code for each in FEATURES), "extent": "extensive",
        "therapies": tuple(each.code for each in THERAPIES), **{f"why_{each.code}": "other" for each in THERAPIES},
        "risks": tuple(each.code for each in RISK_CHOICES), "severity": "severe", "child_pugh": "B", "egfr": "55.5",
        "birth_year": "1980", "sex": "female", "childbearing_potential": "no", "normal_stools": 1,
        "systemic_therapies": 2,
    }  # fmt: skip
    events = {"on": "2026-06-01", "events": tuple(each.code for each in EVENT_CHOICES)}

    assert examined(chart(UC, ("enrolment", everything), ("visit_uc", events))).reading.errors == []


@given(st.data())
def test_whatever_a_form_is_answered_the_chart_can_be_read_whole(data):
    asked = data.draw(st.sampled_from([each for each in FORMS if not each.code.startswith("scored_")]))
    given_by = {item.code: answers_to(item) for item in asked.items}
    answers = {
        code: data.draw(each.filter(lambda value: value is not None) if code in asked.needed else each)
        for code, each in given_by.items()
    }
    disease = CD if asked.code == "visit_cd" else UC
    begun = [("enrolment", {"begun": "yes", "started_on": "2020-01-01"})]

    assert examined(chart(disease, *begun, (asked.code, answers))).reading.errors == []
