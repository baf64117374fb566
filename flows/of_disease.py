"""What is of one disease alone: its scores, and what an enrolment asks of it and not of the other."""

from collections.abc import Iterable

from flows.filed_person import INDUCTION_WEEKS
from flows.forms.enrolment import INDUCTION
from flows.instruments import current
from flows.questionnaire import Disease
from flows.record import Fact, Kind, Observation

# What is told of the person, by the disease of which it is asked.
ASKED_OF = {
    "disease.location": Disease.CROHNS,
    "disease.upper_gi": Disease.CROHNS,
    "history.extensive": Disease.CROHNS,
    INDUCTION_WEEKS: Disease.CROHNS,
    "disease.extent": Disease.ULCERATIVE_COLITIS,
    "history.normal_stools": Disease.ULCERATIVE_COLITIS,
}


def other_disease(disease: Disease) -> Disease:
    return next(each for each in Disease if each is not disease)


def disease_of(fact: Fact) -> Disease | None:
    """Of which disease it says that the patient has it: a score, and how long induction in Crohn's disease is."""
    if fact.kind is Kind.SCORE:
        questionnaire = current(fact.code)
        return questionnaire.disease if questionnaire else None
    return Disease.CROHNS if fact.code == INDUCTION_WEEKS else None


def named(fact: Fact) -> str:
    questionnaire = current(fact.code)
    return questionnaire.short if questionnaire else INDUCTION.title


def asked_of_another(stands: Iterable[Observation], disease: Disease) -> list[Observation]:
    """What was told of the person that this disease is not asked for."""
    return [each for each in stands if ASKED_OF.get(each.fact.code, disease) is not disease]
