"""What was given before and why it ended, where the disease lies, and what follows of that; the rest stays unknown."""

import pytest

from flows.filing import facts_of
from flows.forms import shipped
from flows.forms.enrolment import DETAILS, ENROLMENT
from flows.history import Severity
from flows.protocol.treated_before import FAILURES, THERAPIES, follows, treatments_in_words
from flows.questionnaire import Disease
from flows.reasons import END_OF_AN_EARLIER_DRUG
from tests.test_filing import CD, TODAY, UC, chart, examined

YES, NO, OPEN = True, False, None
LOST, OTHER = "loss_of_response", "other"

# By hand: what was told; then TNF blocker failed, a biologic failed, conventional failed, approved systemic therapies.
TABLE = [
    ({}, NO, NO, NO, 0),
    ({"infliximab": LOST}, YES, YES, NO, 1),
    ({"infliximab": "no_response"}, YES, YES, NO, 1),
    ({"infliximab": "intolerance"}, YES, YES, NO, 1),
    ({"infliximab": OTHER}, NO, NO, NO, 1),
    ({"infliximab": None}, OPEN, OPEN, NO, 1),
    ({"infliximab": None, "adalimumab": LOST}, YES, YES, NO, 2),
    ({"infliximab": OTHER, "adalimumab": None}, OPEN, OPEN, NO, 2),
    ({"tnf_blocker": LOST}, YES, YES, NO, OPEN),
    ({"vedolizumab": LOST}, NO, YES, NO, 1),
    ({"vedolizumab": OTHER, "infliximab": None}, OPEN, OPEN, NO, 2),
    ({"vedolizumab": LOST, "infliximab": None}, OPEN, YES, NO, 2),
    ({"ozanimod": LOST}, NO, NO, NO, 1),
    ({"filgotinib": LOST}, NO, NO, NO, OPEN),
    ({"certolizumab": LOST}, YES, YES, NO, OPEN),
    ({"thiopurine": "intolerance"}, NO, NO, YES, OPEN),
    ({"thiopurine": None}, NO, NO, OPEN, OPEN),
    ({"thiopurine": OTHER, "corticosteroids": "no_response"}, NO, NO, YES, OPEN),
    ({"mesalazine": LOST, "ustekinumab": None}, NO, OPEN, YES, 1),
]


@pytest.mark.parametrize(("told", "tnf", "biologic", "conventional", "systemic"), TABLE, ids=str)
def test_what_follows_of_earlier_drugs_in_colitis(told, tnf, biologic, conventional, systemic):
    assert follows(told, UC) == {
        "tnf_failed": tnf,
        "biologic_failed": biologic,
        "conventional_failed": conventional,
        "systemic_therapies": systemic,
    }


def test_only_what_is_approved_for_the_disease_is_counted():
    drugs = {"certolizumab": LOST, "golimumab": LOST, "tofacitinib": LOST}

    assert (follows(drugs, CD)["systemic_therapies"], follows(drugs, UC)["systemic_therapies"]) == (1, 2)


# By hand: what a label calls each drug by, and the diseases that it is approved for in the US.
ANTI_TNF, BIOLOGIC, SMALL, USUAL = (YES, YES, NO), (NO, YES, NO), (NO, NO, NO), (NO, NO, YES)
DRUGS = {
    "infliximab": (ANTI_TNF, {CD, UC}), "adalimumab": (ANTI_TNF, {CD, UC}), "certolizumab": (ANTI_TNF, {CD}),
    "golimumab": (ANTI_TNF, {UC}), "tnf_blocker": (ANTI_TNF, set()), "vedolizumab": (BIOLOGIC, {CD, UC}),
    "ustekinumab": (BIOLOGIC, {CD, UC}), "risankizumab": (BIOLOGIC, {CD, UC}), "mirikizumab": (BIOLOGIC, {CD, UC}),
    "guselkumab": (BIOLOGIC, {CD, UC}), "biologic": (BIOLOGIC, set()), "tofacitinib": (SMALL, {UC}),
    "filgotinib": (SMALL, set()), "ozanimod": (SMALL, {UC}), "etrasimod": (SMALL, {UC}), "thiopurine": (USUAL, set()),
    "methotrexate": (USUAL, set()), "corticosteroids": (USUAL, set()), "mesalazine": (USUAL, set()),
}  # fmt: skip


@pytest.mark.parametrize("disease", [CD, UC])
@pytest.mark.parametrize("drug", DRUGS)
def test_what_follows_of_each_drug_alone(drug, disease):
    (tnf, biologic, conventional), approved = DRUGS[drug]

    assert follows({drug: LOST}, disease) == {
        "tnf_failed": tnf,
        "biologic_failed": biologic,
        "conventional_failed": conventional,
        "systemic_therapies": 1 if disease in approved else OPEN,
    }


def test_no_drug_that_is_asked_for_is_without_a_family():
    assert {each.code for each in THERAPIES} == set(DRUGS)


def test_every_reason_but_another_one_is_a_failure():
    assert set(END_OF_AN_EARLIER_DRUG) - FAILURES == {OTHER}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"infliximab": LOST, "thiopurine": None}, "Infliximab (loss of response), Thiopurine (why not known)"),
        ({"biologic": OTHER}, "Another biologic (another reason)"),
        ({}, "nothing"),
    ],
    ids=["two drugs", "one drug", "no drug"],
)
def test_what_was_told_is_said_in_words(told, words):
    assert treatments_in_words(told) == words


def test_every_drug_is_asked_why_it_ended_only_where_it_was_given():
    given = {"disease": "UC", "therapies": ("infliximab", "thiopurine")}
    asked = [each.code for each in ENROLMENT.asked(given) if each.code.startswith("why_")]

    assert asked == ["why_infliximab", "why_thiopurine"]
    assert {f"why_{each.code}" for each in THERAPIES} == {each for each in ENROLMENT.codes if each.startswith("why_")}


def test_a_drug_left_for_later_is_stored_with_an_unknown_reason():
    answers = {"disease": "UC", "therapies": ("infliximab",), "why_infliximab": None}
    facts = {each.code: each.value for each in facts_of(ENROLMENT, answers, TODAY)}

    assert facts["therapies"] == {"is": {"infliximab": None}}


def history(disease, *filed):
    return chart(disease, *filed)["history"]


def test_the_last_word_on_earlier_drugs_counts_and_an_open_one_takes_nothing_back_that_was_said():
    before = ("enrolment", {"therapies": ("infliximab",), "why_infliximab": LOST})
    unsure = ("details", {"disease": "UC", "therapies": ("infliximab",), "why_infliximab": None})
    counted = ("enrolment", {"features": ("tnf_inadvisable",), "therapies": (), "systemic_therapies": 2})
    thiopurine = ("details", {"disease": "UC", "therapies": ("thiopurine",), "why_thiopurine": LOST})

    assert history(UC, before)["tnf_failed"] is True
    assert history(UC, before, unsure)["tnf_failed"] is None
    assert history(UC, counted)["systemic_therapies"] == 2
    assert history(UC, counted, thiopurine)["systemic_therapies"] == 2
    assert history(UC, counted, ("details", {"disease": "UC", "therapies": ()}))["systemic_therapies"] == 0


def test_the_indications_follow_from_the_drugs():
    person = {"birth_year": "1980", "severity": "moderate"}
    vedolizumab = person | {"therapies": ("vedolizumab",), "why_vedolizumab": LOST}
    report = examined(chart(UC, ("enrolment", vedolizumab))).report
    inadvisable = examined(chart(UC, ("enrolment", vedolizumab | {"features": ("tnf_inadvisable",)}))).report

    assert {each.id: str(each.finding.verdict) for each in report.eligibility} == {
        "eligibility.us_label": "not_evaluable",
        "eligibility.eu_label": "met",
        "eligibility.protocol": "not_evaluable",
    }
    assert {str(each.finding.verdict) for each in inadvisable.eligibility} == {"met"}


# Where the disease lies


@pytest.mark.parametrize(("extent", "is_extensive"), [("proctitis", NO), ("left_sided", NO), ("extensive", YES)])
def test_in_colitis_the_extent_says_whether_it_is_extensive(extent, is_extensive):
    assert history(UC, ("enrolment", {"disease": "UC", "extent": extent}))["extensive"] is is_extensive


def test_in_crohns_disease_no_place_says_that_it_is_extensive():
    place = {"disease": "CD", "location": "ileocolonic"}

    assert "extensive" not in history(CD, ("enrolment", place))
    assert history(CD, ("enrolment", place | {"reach": ("upper_gi",)}))["extensive"] is False
    assert history(CD, ("enrolment", place | {"reach": ("extensive",)}))["extensive"] is True


def test_each_disease_is_asked_its_own_extent_in_the_details_too():
    for disease, own in ((Disease.CROHNS, {"location", "reach"}), (Disease.ULCERATIVE_COLITIS, {"extent"})):
        for each_form in (ENROLMENT, DETAILS):
            asked = {each.code for each in each_form.asked({"disease": disease.value})}

            assert asked & {"extent", "location", "reach"} == own


@pytest.mark.parametrize(("severity", "extent", "doses"), [
    ("severe", "proctitis", (15, 30)), ("moderate", "extensive", (15, 30)), ("moderate", "left_sided", (15,)),
])  # fmt: skip
def test_the_us_label_reads_severe_or_extensive_as_before(severity, extent, doses):
    told = {"disease": "UC", "severity": severity, "extent": extent, "features": ()}
    begun = {"by_doctor": "yes", "begun": "yes", "started_on": "2026-03-02"}
    found = examined(chart(UC, ("enrolment", told | begun))).report

    assert next(each.mg for each in found.dose.says if each.authority == "us_label" and 45 not in each.mg) == doses


# What was begun with an earlier version


def test_answers_of_the_first_version_are_filed_as_they_were():
    answers = {
        "code": "X",
        "disease": "UC",
        "severity": "severe",
        "features": ("extensive",),
        "failed": ("tnf_failed",),
    }
    facts = facts_of(shipped("enrolment", 1), answers | {"systemic_therapies": 2}, TODAY)
    told = {each.code: each.value["is"] for each in facts}

    assert told["history.extensive"] is True
    assert (told["history.tnf_failed"], told["history.biologic_failed"]) == (True, False)
    assert told["history.systemic_therapies"] == 2
    assert told["history.severity"] == Severity.SEVERE
