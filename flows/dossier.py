"""The chart of a patient as a fold over what was written down, in the form that `evaluate` reads.

A score keeps the version of its instrument in its row; the contract knows one version of each.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flows.baselines import ACCEPTED, acceptances
from flows.carried import resolved
from flows.days import ONE_DAY
from flows.filed_person import FROM_KNOWN, THERAPIES
from flows.forms.disease import EXTENSIVE
from flows.forms.visit import WORSE
from flows.history import NO_CIRRHOSIS, Region, StoolResult
from flows.protocol.treated_before import follows
from flows.questionnaire import Disease
from flows.record import STARTED, VISIT, Kind, Observation, by_day, steps_of

Json = dict[str, Any]


def chart_of(disease: Disease, region: Region | None, written: Iterable[Observation], today: date) -> Json:
    """The chart as of a day; what lies after it does not count yet."""
    every = list(written)
    known = [each for each in resolved(every) if each.fact.on is None or each.fact.on <= today]
    of = {kind: [each for each in known if each.fact.kind is kind] for kind in Kind}
    chart: Json = {"disease": disease.value, "today": today.isoformat()}
    if region is not None:
        chart["region"] = region.value
    return chart | {
        **_person(disease, of[Kind.PERSON]),
        "accepted_baseline": acceptances((each for each in of[Kind.PERSON] if _is_acceptance(each)), every),
        **_course(of[Kind.COURSE], today),
        "scores": [{"instrument": each.fact.code, "on": _on(each), **_value(each)} for each in of[Kind.SCORE]],
        "labs": [{"analyte": each.fact.code, "on": _on(each), **_value(each)} for each in of[Kind.LAB]],
        "screening": _screening(of[Kind.SCREENING]),
        "events": [{"kind": each.fact.code, "on": _on(each), **_value(each)} for each in of[Kind.EVENT]],
        "stool_tests": [
            *_left_open(of[Kind.NOTE], every),
            *({"on": _on(each), **_value(each)} for each in of[Kind.TEST]),
        ],
        "done": [{"item": each.fact.code, "on": _on(each), **_value(each)} for each in of[Kind.HANDLED]],
        **_medication(of[Kind.MEDICATION], of[Kind.PERSON]),
    }


def _left_open(notes: list[Observation], every: list[Observation]) -> list[Json]:
    """Of visits for worse symptoms those of which nobody said whether stool was tested; said once, it is not open."""
    first = {each.id: each for each in every}
    tested = {each.entry for each in every if each.fact.kind is Kind.TEST}
    return [
        {"on": _on(each), "result": StoolResult.NOT_ASSESSED.value}
        for each in notes
        if each.fact.code == VISIT and _value(each).get("how") == WORSE and _told_first(each, first).entry not in tested
    ]


def _told_first(each: Observation, by_id: Mapping[int, Observation]) -> Observation:
    """What a correction, or several, took the place of."""
    while each.replaces is not None:
        each = by_id[each.replaces]
    return each


def _on(each: Observation) -> str:
    assert each.fact.on is not None
    return each.fact.on.isoformat()


def _value(each: Observation) -> Json:
    return each.fact.value or {}


def _person(disease: Disease, every: list[Observation]) -> Json:
    """The last word on each; `history.` is a group.

    What follows from something else takes the place of an earlier word on it, where it is decided.
    """
    chart: Json = {}
    history: Json = {}
    followed: Json = {}
    for each in every:
        group, _, name = each.fact.code.partition(".")
        if group == "history":
            told = _value(each)["is"]
            history[name] = NO_CIRRHOSIS if told is None else told  # nothing else is told as nothing
        elif group in _FOLLOWED_BY:
            said = _FOLLOWED_BY[group](disease, name, _value(each)["is"])
            history = {name: value for name, value in history.items() if said.get(name) is None}
            followed |= said
        elif group != "medication_asked" and not _is_acceptance(each):
            chart[each.fact.code] = _value(each)["is"]
    return chart | {"history": followed | history}


def _is_acceptance(each: Observation) -> bool:
    return each.fact.code.startswith(ACCEPTED)


def _of_disease(_: Disease, name: str, told: str) -> Json:
    """In colitis the extent says whether it is extensive; in Crohn's disease no place does."""
    return {EXTENSIVE: told == EXTENSIVE} if name == "extent" else {}


def _screening(every: list[Observation]) -> Json:
    """By item what it showed, each time that it was done: a positive result is not undone by a later negative one."""
    by_item: dict[str, list[Json]] = {}
    for each in by_day(every):
        by_item.setdefault(each.fact.code, []).append({"on": _on(each), **_value(each)})
    return {item: told[0] if len(told) == 1 else told for item, told in by_item.items()}


# What is told in its own words, and what the history says by it.
_FOLLOWED_BY: Mapping[str, Callable[[Disease, str, Any], Json]] = {
    "disease": _of_disease,
    THERAPIES: lambda disease, _, told: follows(told, disease),
}


def _course(every: list[Observation], today: date) -> Json:
    """The last word on the first dose, and the steps since."""
    started = [{"started_on": _on(each), **_value(each)} for each in every if each.fact.code == STARTED]
    course = [{"event": each.fact.code, "on": _on(each), **_value(each)} for each in steps_of(every, today)]
    return {**(started[-1] if started else {}), "course": course}


def _medication(every: list[Observation], person: list[Observation]) -> Json:
    """Courses by drug: another word on a drug ends the course before it, the same word again does not.

    While nobody asked for all, that one drug is taken or not says nothing of the others.
    """
    courses: list[Json] = []
    open_ones: dict[str, Json] = {}
    for each in by_day(every):
        drug, value = each.fact.code, dict(_value(each))
        assert each.fact.on is not None
        begin = value.pop(FROM_KNOWN, True)
        is_stopped = value.pop("stopped", False) or _is_none(value)
        before = open_ones.get(drug)
        if before and not is_stopped and _goes_on(before, value):
            continue
        if before:
            _end(courses, open_ones.pop(drug), each.fact.on, is_stopped=is_stopped)
        if not is_stopped:
            known = {} if begin or before else {FROM_KNOWN: False}
            open_ones[drug] = {"kind": drug, "from": _on(each), **known, **value}
            courses.append(open_ones[drug])
    if any(each.fact.code == "medication_asked" for each in person):
        return {"medication": courses}
    return _partly(courses, {each.fact.code for each in every})


def _goes_on(before: Json, value: Json) -> bool:
    """Whether a course is as it was before."""
    return {name: told for name, told in before.items() if name not in ("kind", "from", FROM_KNOWN)} == value


def _is_none(value: Json) -> bool:
    """A dose of 0 mg is not taken, wherever it was told."""
    dose = value.get("prednisolone_mg")
    return dose is not None and Decimal(str(dose)) == 0


def _partly(courses: list[Json], told: set[str]) -> Json:
    """Nothing where nobody said a word; else what is taken, and of which others it is known that they are not."""
    others = sorted(told - {each["kind"] for each in courses})
    if not told:
        return {}
    return {"medication": courses, "medication_partial": True} | ({"medication_asked": others} if others else {})


def _end(courses: list[Json], course: Json, on: date, *, is_stopped: bool) -> None:
    """By another word on a day; of two doses of one day the later counts, and one that was ended then was taken."""
    last = (on - ONE_DAY).isoformat()
    if last < course["from"] and not is_stopped:
        courses.remove(course)
        return
    course["to"] = max(last, course["from"])
    if is_stopped:
        course["none_on"] = on.isoformat()
