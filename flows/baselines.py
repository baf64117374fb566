"""Baselines that a clinician accepts although they are old, and those that cannot be had any more, as facts."""

from datetime import date

from flows.forms.visit import ENDOSCOPY, SYMPTOMS
from flows.questionnaire import Disease
from flows.record import Fact, Kind

# Of the baseline checklist what efficacy is measured against, as a button says it.
ACCEPTABLE = {"score": "score", "bio": "CRP, calprotectin", "endo": "endoscopy"}
# They cannot be had after the first dose; what is screened for safety stays due.
GONE_ELSEWHERE = ("base_score", "base_bio", "base_endo", "base_cpk")


def scores_of(disease: Disease) -> tuple[str, str]:
    """The instruments of symptoms and of endoscopy that a visit of a disease holds."""
    visit = f"visit_{disease.lower()}"
    return SYMPTOMS[visit].code, ENDOSCOPY[visit].code


def accepted(item: str, disease: Disease) -> list[Fact]:
    """A baseline older than its window counts, as a clinician has accepted it; `item` is one of ACCEPTABLE."""
    symptoms, endoscopy = scores_of(disease)
    measures = {"score": (symptoms,), "endo": (endoscopy,), "bio": ("crp", "fcp")}[item]
    return [Fact(kind=Kind.PERSON, code=f"accepted.{each}", value={"is": True}) for each in measures]


def closed_elsewhere(on: date) -> list[Fact]:
    value = {"state": "not_possible", "why": "started elsewhere"}
    return [Fact(kind=Kind.HANDLED, code=each, on=on, value=dict(value)) for each in GONE_ELSEWHERE]
