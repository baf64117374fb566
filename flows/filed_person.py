"""Turns the answers of an enrolment, or of its details, into facts about who the patient is."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from flows.answers import Answers, Value
from flows.choices import AnyOf, OneOf
from flows.form import STANDS, Form
from flows.forms.anew import FLAGS, STOPPED
from flows.forms.disease import UPPER_GI
from flows.forms.enrolment import (
    DOSE_NOT_KNOWN,
    DOSE_NOW,
    ENROLLED_ON,
    ENROLMENT,
    INTERRUPTED,
    INTERRUPTED_ON,
)
from flows.forms.taken import SINCE
from flows.forms.treated import WHY
from flows.protocol.steroids import STEROID
from flows.record import STARTED, Fact, Kind
from flows.steps import Move
from flows.treatment import INDUCTION_MG

THERAPIES = "therapies"
# Of a drug: whether its day is that of its begin, or the first of which it is known that it was taken.
FROM_KNOWN = "from_known"
# Of a first dose of an earlier day: whether it is known which dose was taken when it was told.
DOSE_KNOWN = "dose_known"
AS_TOLD = "as told at the enrolment"
_USUAL = f"{INDUCTION_MG} mg"
INDUCTION_WEEKS = "induction_weeks"


def enrolment(form: Form, answers: Answers, today: date) -> Iterator[Fact]:
    yield from _person("birth_year", answers.get("birth_year"), int)
    yield from _person("sex", answers.get("sex"))
    for code in ("reach", "features", "failed"):
        yield from _flags(form, code, answers)
    for code in ("extent", "location"):
        yield from _person(f"disease.{code}", answers.get(code))
    yield from _treated_before(answers)
    yield from _person("history.childbearing_potential", answers.get("childbearing_potential"), is_yes)
    for code in ("severity", "systemic_therapies", "egfr", "normal_stools"):
        yield from _person(f"history.{code}", answers.get(code))
    yield from _person("history.child_pugh", answers.get("child_pugh"), _class)
    yield from _person("risks", answers.get("risks"), list)
    yield from induction(form, answers, today)
    yield from _medication(answers, today)
    yield from _begun(form, answers, today)
    if form.code == ENROLMENT.code:
        yield from _reviewed(answers, today)


def _begun(form: Form, answers: Answers, today: date) -> Iterator[Fact]:
    """The first dose, and the one that is taken now, where that was asked: by that day, since when nobody told.

    Where nothing is taken, the interruption: since its first day, or by that day.

    45 mg says no more than the first dose alone: recorded of another day it would be a longer induction.
    """
    begun, dose = answers.get("started_on"), answers.get(DOSE_NOW)
    if begun is None:
        return
    is_asked = any(each.code == DOSE_NOW for each in form.asked(answers))
    is_usual = not is_asked or dose == _USUAL
    yield Fact(kind=Kind.COURSE, code=STARTED, on=as_day(begun), value={} if is_usual else {DOSE_KNOWN: False})
    if dose == INTERRUPTED and is_asked:
        since, open_begin = answers.get(INTERRUPTED_ON), {FROM_KNOWN: False}
        on = as_day(since or answers[ENROLLED_ON])
        told = {"why": AS_TOLD, **({} if since else open_begin)}
        yield Fact(kind=Kind.COURSE, code=Move.INTERRUPTED.value, on=on, value=told)
    elif not is_usual and dose not in (None, DOSE_NOT_KNOWN):
        value = {"mg": int(str(dose).split()[0]), "why": AS_TOLD, FROM_KNOWN: False}  # `30 mg`
        yield Fact(kind=Kind.COURSE, code=Move.DOSE.value, on=as_day(answers[ENROLLED_ON]), value=value)


def _reviewed(answers: Answers, today: date) -> Iterator[Fact]:
    """The risks that were asked for, as far as they were answered, before the first dose or on its day.

    Nothing of drugs, as no vaccine is asked for, nor of a pregnancy.
    """
    begun = answers.get("started_on")
    if answers.get("risks") is not None and (begun is None or today <= as_day(begun)):
        yield Fact(kind=Kind.SCREENING, code="cv", on=today, value={})


def told(form: Form, answers: Answers, today: date) -> Iterator[Fact]:
    """One fact, as the enrolment tells it; an entry of a list of flags alone."""
    code = form.items[0].code
    if code in (each.code for each in FLAGS):
        yield _flag(code, is_so=is_yes(str(answers[code])))
    else:
        yield from enrolment(form, answers, today)


def taken(form: Form, answers: Answers, _: date) -> Iterator[Fact]:
    """What was taken from a day on, or not any more."""
    dose = answers.get("prednisolone_mg")
    told = {"stopped": True} if answers["taken"] == STOPPED else {"prednisolone_mg": str(dose)} if dose else {}
    drug = form.code.removeprefix("taken_")
    yield Fact(kind=Kind.MEDICATION, code=drug, on=as_day(answers["on"]), value=told)


def induction(form: Form, answers: Answers, _: date) -> Iterator[Fact]:
    if (weeks := answers.get("induction_weeks")) is not None:
        why = words(form, "induction_reason", answers)
        yield Fact(kind=Kind.PERSON, code=INDUCTION_WEEKS, value={"is": int(str(weeks)), "why": why})


def _flags(form: Form, code: str, answers: Answers) -> Iterator[Fact]:
    """Of a list that was answered every entry is known: ticked or not.

    Of one that was ticked with what stands it is what was changed; without any tick nothing of it applies.
    """
    item, given, stood = form.by_code.get(code), answers.get(code), answers.get(f"{STANDS}{code}")
    if isinstance(item, AnyOf) and isinstance(given, tuple):
        changed = set(given).symmetric_difference(stood) if given and isinstance(stood, tuple) else item.ticks
        for each in (tick for tick in item.ticks if tick in changed):
            yield _flag(each, is_so=each in given)


def _flag(code: str, *, is_so: bool) -> Fact:
    return Fact(kind=Kind.PERSON, code=flag_of(code), value={"is": is_so})


def flag_of(code: str) -> str:
    """What the record calls an entry of a list of flags."""
    return f"{'disease' if code == UPPER_GI else 'history'}.{code}"


def _treated_before(answers: Answers) -> Iterator[Fact]:
    """Each drug with why it ended, which may not be known."""
    if isinstance(given := answers.get("therapies"), tuple):
        yield Fact(
            kind=Kind.PERSON, code=THERAPIES, value={"is": {each: answers.get(f"{WHY}{each}") for each in given}}
        )


def _person(code: str, value: Value | None, read: Callable[[Any], Any] = lambda value: value) -> Iterator[Fact]:
    if value is not None:
        yield Fact(kind=Kind.PERSON, code=code, value={"is": read(value)})


def _class(value: Value) -> Value | None:
    """A cirrhosis that was ruled out takes an earlier class back."""
    return None if value == "none" else value


def is_yes(value: Value) -> bool:
    return value == "yes"


def _medication(answers: Answers, today: date) -> Iterator[Fact]:
    """Where it was not said since when a drug is taken, the day of the record is the first that is known."""
    taken = answers.get("medication")
    if not isinstance(taken, tuple):
        return
    yield Fact(kind=Kind.PERSON, code="medication_asked", value={"is": True})
    for drug in taken:
        dose = answers.get("prednisolone_mg") if drug == STEROID else None
        value: dict[str, Any] = {} if dose is None else {"prednisolone_mg": str(dose)}
        since = answers.get(SINCE.get(drug, ""))
        value |= {} if since else {FROM_KNOWN: False}
        yield Fact(kind=Kind.MEDICATION, code=drug, on=as_day(since) if since else today, value=value)


def words(form: Form, code: str, answers: Answers) -> str | None:
    """What was chosen, as it stands on the screen."""
    value, item = answers.get(code), form.by_code.get(code)
    return item.describe(value) if isinstance(item, OneOf) and value is not None else None


def as_day(value: Value | None) -> date:
    return date.fromisoformat(str(value))
