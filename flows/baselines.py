"""Baselines that a clinician accepts although they are old, and those that cannot be had any more, as facts."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flows.forms.visit import ENDOSCOPY, SYMPTOMS, VISITS
from flows.protocol.baseline_values import SCORES
from flows.questionnaire import Disease
from flows.record import Fact, Kind, Observation, standing

Json = dict[str, Any]

# The group of facts of the person that accept something.
ACCEPTED = "accepted."
_STANDS_IN = {each.codes[0]: each.codes for each in SCORES.values()}
_CALLED = {"crp": "CRP", "fcp": "calprotectin"} | {
    each.codes[0]: "score" if item == "score" else "endoscopy" for (item, _), each in SCORES.items()
}
# They cannot be had after the first dose; what is screened for safety stays due.
GONE_ELSEWHERE = ("base_score", "base_bio", "base_endo", "base_cpk")


def scores_of(disease: Disease) -> tuple[str, str]:
    """The instruments of symptoms and of endoscopy that a visit of a disease holds."""
    visit = VISITS[disease].code
    return SYMPTOMS[visit].code, ENDOSCOPY[visit].code


def called(measure: str) -> str:
    """As a button says it."""
    return _CALLED[measure]


def observed(measure: str, on: date, written: Iterable[Observation]) -> Observation:
    """The value that stands for a measure on a day, as the chart takes it: the last of several."""
    codes = _STANDS_IN.get(measure, (measure,))
    return [each for each in standing(written) if each.fact.code in codes and each.fact.on == on][-1]


def accepted(measure: str, of: Observation, on: date) -> Fact:
    """A baseline counts although it is old, or a total alone, as a clinician has accepted it: this value, no other."""
    return Fact(kind=Kind.PERSON, code=f"{ACCEPTED}{measure}", on=on, value={"is": True, "of": of.id})


def acceptances(told: Iterable[Observation], written: Sequence[Observation]) -> list[str | Json]:
    """As the contract has them: of any day, as they once were told; else of a day whose value is as it was then."""
    found: list[str | Json] = []
    for each in told:
        measure = each.fact.code.removeprefix(ACCEPTED)
        of = (each.fact.value or {}).get("of")
        if of is None:
            found.append(measure)
        elif (on := _day_as_it_was(measure, of, written)) is not None:
            by = {"by": f"member {each.by}", "accepted_on": str(each.fact.on)}
            found.append({"measure": measure, "on": on.isoformat(), **by})
    return found


def _day_as_it_was(measure: str, number: int, written: Sequence[Observation]) -> date | None:
    """None where what stands on that day is another value by now; one that was brought back is no other."""
    first = next(each for each in written if each.id == number)
    last, after = first, {each.replaces: each for each in written if each.replaces}
    while last.id in after:
        last = after[last.id]
    on = first.fact.on
    assert on is not None
    is_as_it_was = last.fact == first.fact and observed(measure, on, written).id == last.id
    return on if is_as_it_was else None


def closed_elsewhere(on: date) -> list[Fact]:
    value = {"state": "not_possible", "why": "started elsewhere"}
    return [Fact(kind=Kind.HANDLED, code=each, on=on, value=dict(value)) for each in GONE_ELSEWHERE]
