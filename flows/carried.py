"""The abdominal mass of an earlier visit, offered where nobody can examine it, with its day. CLINICAL.md 1.1.

A finding keeps the date it was examined on. A score that carries it stores the source's id, so correcting the source
corrects the score.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flows.answers import Answers, Value
from flows.days import day
from flows.forms.visit import AS_THEN, MASS_KNOWN, MASS_ON, MASS_THEN
from flows.instruments.hbi import HBI
from flows.interview import Interview, Stage
from flows.record import VISIT, Fact, Kind, Observation, by_day, standing

# In a score that took a mass over: the observation that has it, whatever became of that since.
MASS_OF = "mass_of"
MASS_CHANGED = "The mass was corrected or examined again since it was offered. Nothing was filed."
NOT_EXAMINED = "Missing: abdominal mass, not examined (telephone)."


def last_mass(written: Iterable[Observation]) -> dict[str, Value | None]:
    """The mass that was examined last, with its day; nothing where none was."""
    last = _last_examined(written)
    return {MASS_KNOWN: "yes", MASS_THEN: _mass(last.fact), MASS_ON: str(last.fact.on)} if last else {}


def _last_examined(written: Iterable[Observation]) -> Observation | None:
    found = [each for each in by_day(standing(written)) if _mass(each.fact) is not None]
    return found[-1] if found else None


def is_taken_over(interview: Interview) -> bool:
    return interview.answers.get(AS_THEN) == "yes" and any(each.code == AS_THEN for each in interview.asked)


def offer_again(interview: Interview, written: Iterable[Observation]) -> bool:
    """Whether the mass that was taken over is another by now: then it is asked once more, if there still is one."""
    found = last_mass(written)
    given = {code: found.get(code) for code in (MASS_KNOWN, MASS_THEN, MASS_ON)}
    if all(interview.answers.get(code) == value for code, value in given.items()):
        return False
    del interview.answers[AS_THEN]
    interview.answers |= given
    if any(each.code == AS_THEN for each in interview.asked):
        interview.reopen(AS_THEN)
    return True


def with_mass(answers: Answers) -> Answers:
    """The answers of a visit, with the mass that was taken over."""
    return {**answers, "mass": answers[MASS_THEN]} if answers.get(AS_THEN) == "yes" else answers


def bound(facts: Iterable[Fact], written: Iterable[Observation]) -> list[Fact]:
    """The facts of a visit whose score has no mass of its own, but that which was examined last."""
    source = _last_examined(written)
    assert source is not None
    return [
        replace(each, value=_with({**each.value, MASS_OF: source.id}, None)) if _is_hbi(each) and each.value else each
        for each in facts
    ]


def resolved(written: Iterable[Observation]) -> list[Observation]:
    """What stands, each mass that was taken over as its source says it by now; None where that has none any more."""
    every = list(written)
    return [_resolved(each, every) if MASS_OF in (each.fact.value or {}) else each for each in standing(every)]


def _resolved(each: Observation, every: Sequence[Observation]) -> Observation:
    source = _source(each, every)
    value = {name: told for name, told in (each.fact.value or {}).items() if name != MASS_OF}
    return replace(each, fact=replace(each.fact, value=_with(value, _mass(source) if source else None)))


def _source(score: Observation, every: Sequence[Observation]) -> Fact | None:
    """Whose mass a score took over, corrections followed; None unless it is one of an earlier day."""
    after = {each.replaces: each for each in every}
    last = next(each for each in every if each.id == (score.fact.value or {})[MASS_OF])
    while last.id in after:
        last = after[last.id]
    assert score.fact.on is not None
    is_earlier = last.fact.on is not None and last.fact.on < score.fact.on
    return last.fact if is_earlier and _mass(last.fact) is not None else None


def _with(value: dict[str, Any], mass: Value | None) -> dict[str, Any]:
    return {**value, "answers": {**value["answers"], "mass": mass}}


def _is_hbi(fact: Fact) -> bool:
    return (fact.kind, fact.code) == (Kind.SCORE, HBI.code)


def _mass(fact: Fact) -> Value | None:
    answers = (fact.value or {}).get("answers") or {}
    return answers.get("mass") if _is_hbi(fact) else None


def offered(interview: Interview) -> str:
    """What can be taken over, where that is asked, and where it was."""
    answers, question = interview.answers, interview.question
    is_asked = question is not None and question.code == AS_THEN
    if not is_asked and not (interview.stage is Stage.REVIEWING and is_taken_over(interview)):
        return ""
    mass, found = HBI.item("mass"), answers[MASS_THEN]
    assert found is not None
    return f"{mass.name} on {day(date.fromisoformat(str(answers[MASS_ON])))}: {mass.describe(found).lower()}."


def carried_line(written: Iterable[Observation]) -> str:
    """Beside the newest score: of which day its mass is, where that was not examined, or that it is missing."""
    every = list(written)
    scores = [each for each in by_day(standing(every)) if _is_hbi(each.fact)]
    if not scores or (newest := scores[-1]).fact.value is None:
        return ""
    if MASS_OF not in newest.fact.value:
        return NOT_EXAMINED if _mass(newest.fact) is None and _was_telephone(newest, every) else ""
    source = _source(newest, every)
    if source is None or source.on is None:
        return "Missing: abdominal mass, not examined; the one taken over does not stand any more."
    return f"INFO: mass as on {day(source.on)}, not examined since."


def _was_telephone(score: Observation, every: Sequence[Observation]) -> bool:
    notes = (each.fact for each in standing(every) if each.entry == score.entry and each.fact.code == VISIT)
    return any((note.value or {}).get("how") == "telephone" for note in notes)
