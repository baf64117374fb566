"""The abdominal mass of an earlier visit, offered where nobody can examine it, with its day. CLINICAL.md 1.1.

What was found on a day stays of that day, however often it is taken over.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from flows.answers import Answers, Value
from flows.days import day
from flows.forms.visit import AS_THEN, MASS_KNOWN, MASS_ON, MASS_THEN
from flows.instruments.hbi import HBI
from flows.interview import Interview, Stage
from flows.record import Fact, Kind, Observation, standing

CARRIED = "mass_carried"


def last_mass(written: Iterable[Observation]) -> dict[str, Value | None]:
    """The mass that was examined last, with its day; nothing where none was."""
    facts = [each.fact for each in standing(written)]
    not_examined = {fact.on for fact in facts if fact.code == CARRIED}
    found = [fact for fact in facts if fact.on is not None and fact.on not in not_examined and _mass(fact) is not None]
    if not found:
        return {}
    last = max(found, key=lambda fact: fact.on or date.min)
    return {MASS_KNOWN: "yes", MASS_THEN: _mass(last), MASS_ON: str(last.on)}


def _mass(fact: Fact) -> Value | None:
    is_hbi = fact.kind is Kind.SCORE and fact.code == HBI.code
    answers = (fact.value or {}).get("answers") or {}
    return answers.get("mass") if is_hbi else None


def with_mass(answers: Answers) -> Answers:
    """The answers of a visit, with the mass that was taken over."""
    return {**answers, "mass": answers[MASS_THEN]} if answers.get(AS_THEN) == "yes" else answers


def note_of(answers: Answers, on: date) -> Iterator[Fact]:
    if answers.get(AS_THEN) == "yes":
        yield Fact(kind=Kind.NOTE, code=CARRIED, on=on, value={"from": answers[MASS_ON]})


def offered(interview: Interview) -> str:
    """What can be taken over, where that is asked, and where it was."""
    answers, question = interview.answers, interview.question
    is_asked = question is not None and question.code == AS_THEN
    if not is_asked and not (interview.stage is Stage.REVIEWING and answers.get(AS_THEN) == "yes"):
        return ""
    mass, found = HBI.item("mass"), answers[MASS_THEN]
    assert found is not None
    return f"{mass.name} on {day(date.fromisoformat(str(answers[MASS_ON])))}: {mass.describe(found).lower()}."


def carried_line(written: Iterable[Observation]) -> str:
    """Beside a score whose mass was not examined, the newest one: of which day it is."""
    facts = [each.fact for each in standing(written)]
    days = [fact.on for fact in facts if (fact.kind, fact.code) == (Kind.SCORE, HBI.code) and fact.on]
    if not days:
        return ""
    found = [str(fact.value["from"]) for fact in facts if fact.code == CARRIED and fact.value and fact.on == max(days)]
    return f"INFO: mass as on {day(date.fromisoformat(found[-1]))}, not examined since." if found else ""
