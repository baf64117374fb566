"""The lists in the details of a patient: ticked with what stands; what is confirmed of one adds and takes out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flows.answers import Answers, Value
from flows.chart import Chart
from flows.choices import AnyOf
from flows.filed_person import FROM_KNOWN, THERAPIES, flag_of
from flows.form import STANDS, Form
from flows.forms.enrolment import DETAILS, LISTS
from flows.forms.treated import WHY
from flows.record import Fact, Kind, Observation, standing

RISKS, MEDICATION = "risks", "medication"
# The list, and the entry of it, by what the record calls that.
_FLAGS = {
    flag_of(each): (code, each)
    for code in ("reach", "features")
    if isinstance(item := DETAILS.item(code), AnyOf)
    for each in item.ticks
}


def stands_of(written: Sequence[Observation], chart: Chart) -> dict[str, Value | None]:
    """What the details are given of a patient: each list as it stands, and why each earlier drug ended."""
    told = _told(written)
    given: dict[str, Value | None] = {f"{STANDS}{code}": _standing(code, told, chart) for code in LISTS}
    ends: dict[str, Value | None] = {
        f"{WHY}{drug}": why for drug, why in (told.get(THERAPIES) or {}).items() if f"{WHY}{drug}" in DETAILS.by_code
    }
    return given | {code: why for code, why in ends.items() if why is not None}


def _standing(code: str, told: Mapping[str, Any], chart: Chart) -> tuple[str, ...]:
    item = DETAILS.item(code)
    assert isinstance(item, AnyOf)
    if code == MEDICATION:
        stands = {each.kind for each in chart.medication or () if each.ended is None}
    elif code in (RISKS, THERAPIES):
        stands = set(told.get(code) or ())
    else:
        stands = {each for each in item.ticks if told.get(flag_of(each))}
    return tuple(each for each in item.ticks if each in stands)


def _told(written: Sequence[Observation]) -> dict[str, Any]:
    """The last word on each thing of the person."""
    facts = [each.fact for each in standing(written)]
    return {each.code: each.value["is"] for each in facts if each.kind is Kind.PERSON and each.value}


def taken_out(form: Form, answers: Answers) -> list[str]:
    """`Risks: previous VTE taken out`, for each list of which something that stands was unticked."""
    found = []
    for code in LISTS:
        stood, given, item = answers.get(f"{STANDS}{code}"), answers.get(code), form.by_code.get(code)
        if isinstance(item, AnyOf) and isinstance(stood, tuple) and isinstance(given, tuple):
            gone = tuple(each for each in stood if each not in given)
            ended = "not taken any more" if code == MEDICATION else "taken out"
            found += [f"{item.name}: {item.describe(gone)} {ended}"] if gone else []
    return found


def told_again(
    facts: Sequence[Fact], answers: Answers, written: Sequence[Observation], chart: Chart, today: date
) -> list[Fact]:
    """What details say beside what stands by now: only what was ticked, or unticked, changes it."""
    told = _told(written)
    merged = [_merged(each, answers, told) for each in facts]
    return _drugs_again([each for each in merged if each is not None], answers, chart, today)


def _merged(fact: Fact, answers: Answers, told: Mapping[str, Any]) -> Fact | None:
    """A fact of a list with what stands of it by now; None where it would change nothing."""
    if fact.code in _FLAGS:
        stood = answers.get(f"{STANDS}{_FLAGS[fact.code][0]}")
        is_since = isinstance(stood, tuple) and _FLAGS[fact.code][1] not in stood and bool(told.get(fact.code))
        return None if is_since else fact
    stood = answers.get(f"{STANDS}{fact.code}")
    if fact.kind is not Kind.PERSON or fact.code not in (RISKS, THERAPIES) or not isinstance(stood, tuple):
        return fact
    assert fact.value is not None
    now, given = told.get(fact.code), fact.value["is"]
    left = [each for each in now or () if each in given or each not in stood]
    every = [*left, *(each for each in given if each not in left and each not in stood)]
    if fact.code == RISKS:
        return None if now is not None and every == list(now) else replace(fact, value={"is": every})
    known = now or {}
    ends = {each: given.get(each) or known.get(each) for each in every}
    return None if now is not None and ends == known else replace(fact, value={"is": ends})


def _drugs_again(facts: list[Fact], answers: Answers, chart: Chart, today: date) -> list[Fact]:
    """One that was unticked has ended, and nothing is new of one that stayed, unless its dose or its day was told."""
    taken, stood = answers.get(MEDICATION), answers.get(f"{STANDS}{MEDICATION}")
    if not isinstance(taken, tuple):
        return facts
    going_on = {each.kind for each in chart.medication or () if each.ended is None}
    seen = set(stood) if isinstance(stood, tuple) else going_on
    nothing_new = [
        Fact(kind=Kind.MEDICATION, code=drug, on=today, value={FROM_KNOWN: False})
        for drug in sorted((going_on | seen).intersection(taken))
    ]
    ended = [
        Fact(kind=Kind.MEDICATION, code=drug, on=today, value={"stopped": True})
        for drug in sorted((going_on & seen).difference(taken))
    ]
    return [*(each for each in facts if each not in nothing_new), *ended]
