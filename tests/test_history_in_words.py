"""History, Correct and Undo say what was recorded by its title and its labels, never by a code."""

import re
from datetime import UTC, date, datetime

import pytest

from flows.analytes import BY_CODE
from flows.baselines import ACCEPTED
from flows.forms import TOTALLED
from flows.forms.anew import TOLD_FORMS
from flows.forms.taken import MEDICATION_CHOICES
from flows.forms.visit import EVENT_CHOICES
from flows.history_in_words import said_of, title_of
from flows.instruments import SHIPPED
from flows.protocol import baseline_items, monitoring
from flows.protocol.satisfied import PARTS
from flows.record import Fact, Kind, Observation

ON = date(2026, 6, 1)


def observed(kind, code, **value):
    fact = Fact(kind=kind, code=code, on=ON, value=value)
    return Observation(id=1, fact=fact, by=1, at=datetime(2026, 6, 1, tzinfo=UTC), entry=1)


def line(kind, code, **value):
    each = observed(kind, code, **value)
    return f"{title_of(each.fact)}: {said_of(each)}"


EVERY = [
    *((Kind.SCORE, each.code) for each in SHIPPED),
    *((Kind.LAB, code) for code in BY_CODE),
    *((Kind.HANDLED, code) for code in dict.fromkeys((*PARTS, *monitoring.ITEMS))),
    *((Kind.SCREENING, code) for code in baseline_items.SCREENING_ITEMS),
    *((Kind.MEDICATION, str(each.code)) for each in MEDICATION_CHOICES),
    *((Kind.EVENT, str(each.code)) for each in EVENT_CHOICES),
    *((Kind.COURSE, code) for code in ("started", "dose", "interrupted", "restarted", "stopped")),
    *((Kind.PERSON, f"history.{each.items[0].code}") for each in TOLD_FORMS),
    *((Kind.PERSON, f"{ACCEPTED}{code}") for code in ("crp", "fcp", "hbi", "partial_mayo", "ses_cd", "mes")),
    *((Kind.PERSON, code) for code in ("induction_weeks", "medication_asked", "disease.upper_gi", "therapies")),
    *((Kind.NOTE, code) for code in ("visit", "given_by", "remind", "reminded", "handed_over", "disease_corrected")),
    (Kind.TEST, "stool_infection"),
]


@pytest.mark.parametrize(("kind", "code"), EVERY, ids=[f"{kind}-{code}" for kind, code in EVERY])
def test_everything_that_is_recorded_has_a_title(kind, code):
    title = title_of(Fact(kind=kind, code=code, on=ON, value={}))

    assert title[0].isupper() or title[1].isupper()
    assert not re.search(r"_|\w\.\w", title)
    assert title.casefold() != code or "_" not in code


@pytest.mark.parametrize(
    ("observation", "words"),
    [
        ((Kind.HANDLED, "wk12_bio", {"state": "awaiting"}), "Week 12: CRP, calprotectin: awaiting"),
        ((Kind.HANDLED, "endo_cd", {"state": "not_possible", "why": "declined"}),
         "Ileocolonoscopy, SES-CD: not possible, declined"),
        ((Kind.PERSON, "history.tnf_inadvisable", {"is": False}), "TNF blocker inadvisable: no"),
        ((Kind.PERSON, "induction_weeks", {"is": 12, "why": None}),
         "Induction length: 12 weeks: US, EU and AU labels, phase 3 trials"),
        ((Kind.PERSON, "risks", {"is": ["current_smoker"]}), "Risks: smoker"),
        ((Kind.PERSON, "history.child_pugh", {"is": None}), "Liver: no cirrhosis"),
        ((Kind.PERSON, "history.egfr", {"is": 85}), "eGFR: 85"),
        ((Kind.SCORE, "partial_mayo", {"answers": {"sf": 3, "rb": 3, "pga": None}}),
         "PMS: stool frequency 3, bleeding 3, global assessment not assessed"),
        ((Kind.SCORE, "partial_mayo", {"total": 7}), "PMS: total 7"),
        ((Kind.SCORE, "hbi", {"answers": {"complications": ["arthralgia", "abscess"]}}),
         "HBI: complications arthralgia, abscess"),
        ((Kind.COURSE, "dose", {"mg": 30, "why": "Standard of the protocol"}), "Dose: 30 mg, Standard of the protocol"),
        ((Kind.MEDICATION, "corticosteroid", {"prednisolone_mg": "10"}), "Prednisolone or equivalent: 10 mg"),
        ((Kind.MEDICATION, "azathioprine", {"stopped": True}), "Azathioprine: stopped"),
        ((Kind.NOTE, "remind", {"what": "call back"}), "Own reminder: call back"),
        ((Kind.NOTE, "given_by", {"how": 2, "sf": 2}),
         "Answers: by member 2: visit, stool frequency; the rest by member 1"),
        ((Kind.TEST, "stool_infection", {"result": "awaiting"}), "Stool test: awaiting"),
    ],
)  # fmt: skip
def test_what_was_said_is_said_in_words(observation, words):
    kind, code, value = observation

    assert line(kind, code, **value) == words


@pytest.mark.parametrize("questionnaire", TOTALLED, ids=[each.code for each in TOTALLED])
def test_the_answers_of_a_score_are_told_by_the_names_of_its_items(questionnaire):
    said = line(Kind.SCORE, questionnaire.code, answers=dict.fromkeys(questionnaire.codes))

    assert not re.search(r"\w_\w", said)
    assert "-" not in said.replace("SES-CD", "").split()
    assert "not assessed" in said


@pytest.mark.parametrize("code", ["corticosteroid", "budesonide"])
def test_a_steroid_that_is_not_taken_is_not_said_to_have_been_stopped(code):
    assert line(Kind.MEDICATION, code, stopped=True).endswith(": none")
