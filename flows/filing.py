"""Turns the answers of a form into facts about a patient, in the words of the `evaluate` contract."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from flows.answers import Answers, Value
from flows.carried import with_mass
from flows.counts import Diary
from flows.course import RECORDED, Said, Trigger
from flows.dated import AWAITING
from flows.filed_person import as_day, enrolment, induction, is_yes, taken, told, words
from flows.form import Form
from flows.forms.moves import MOVES
from flows.forms.visit import BUDESONIDE_NOW, ENDOSCOPY, PREDNISOLONE_NOW, SERIOUS, STEROID_NOW, SYMPTOMS
from flows.history import StoolResult
from flows.instruments import SHIPPED
from flows.items import Item
from flows.measures import STATURE, Stature
from flows.protocol.steroids import BUDESONIDE, STEROID, STEROIDS
from flows.questionnaire import Questionnaire
from flows.record import STARTED, VISIT, Fact, Kind, Observation, by_day, standing
from flows.sampled import kept
from flows.segments import ABSENT, Segment
from flows.steps import Resumed

STOOL_INFECTION = "stool_infection"
AE_REVIEW = "ae_review"
# Who gave which answer of a form, by the code of its item.
GIVEN_BY = "given_by"
# Between the reason of a restart and that of a shorter induction.
SHORTER = "; 8 weeks: "
_SCORED = {f"scored_{each.code}": each for each in SHIPPED}
_TOTALLED = {f"totalled_{each.code}": each for each in SHIPPED}


def facts_of(form: Form, answers: Answers, today: date) -> list[Fact]:
    """What an answered form says, of what was asked of it; an item without an answer says nothing."""
    kind = form.code.partition("_")[0]
    return list(_FILERS.get(kind, _move)(form, asked_of(form, answers), today))


def asked_of(form: Form, answers: Answers) -> Answers:
    """The answers that count: those to what is asked, beside what was given."""
    return {code: answers.get(code) for code in (*form.given, *(item.code for item in form.asked(answers)))}


def last_visit(written: Iterable[Observation]) -> date | None:
    """When the patient was seen last, or spoken to."""
    return max((each.fact.on for each in standing(written) if each.fact.code == VISIT and each.fact.on), default=None)


def awaited_stool_test(written: Iterable[Observation]) -> Observation | None:
    """The last test for an infection of the stool, while its result is awaited."""
    tests = [each for each in by_day(standing(written)) if each.fact.code == STOOL_INFECTION]
    is_awaited = bool(tests) and (tests[-1].fact.value or {})["result"] == StoolResult.AWAITING
    return tests[-1] if is_awaited else None


def facts_of_check(form: Form, answers: Answers, on: date) -> list[Fact]:
    """What a quick check says as of a day; laboratory values keep their own days."""
    return list(_score(form, answers, on) if isinstance(form, Questionnaire) else _labs(form, answers, on))


def _visit(form: Form, answers: Answers, today: date) -> Iterator[Fact]:
    on = as_day(answers["on"])
    if (how := answers.get("how")) is not None:
        yield _visited(on, how)
    yield from _score(SYMPTOMS[form.code], with_mass(answers), on)
    if (stool := answers.get("stool_infection")) is not None:
        yield Fact(kind=Kind.TEST, code=STOOL_INFECTION, on=on, value={"result": stool})
    if (day := answers.get("endoscopy_on")) is not None:
        yield from _score(ENDOSCOPY[form.code], answers, as_day(day))
    yield from _steroids(answers, on)
    if isinstance(answers.get("events"), tuple):
        yield Fact(kind=Kind.HANDLED, code=AE_REVIEW, on=on, value={"state": "done"})
        for event in _ticked(answers):
            yield _happened(event, on, answers.get(f"{SERIOUS}{event}"))
    yield from _labs(form, answers, today)


def _noted(form: Form, answers: Answers, today: date) -> Iterator[Fact]:
    yield _visited(as_day(answers["on"]), answers["how"])


def _visited(on: date, how: Value | None) -> Fact:
    return Fact(kind=Kind.NOTE, code=VISIT, on=on, value={"how": how})


def _tested(form: Form, answers: Answers, today: date) -> Iterator[Fact]:
    value = {"result": answers["result"], **_serious(answers.get("serious"))}
    yield Fact(kind=Kind.TEST, code=form.code.removeprefix("tested_"), on=as_day(answers["on"]), value=value)


def _ticked(answers: Answers) -> tuple[str, ...]:
    found = answers.get("events")
    return found if isinstance(found, tuple) else ()


def _steroids(answers: Answers, on: date) -> Iterator[Fact]:
    steroids, dose = answers.get("steroids"), answers.get("prednisolone_mg")
    if steroids == "none":
        for drug in STEROIDS:
            yield Fact(kind=Kind.MEDICATION, code=drug, on=on, value={"stopped": True})
    elif steroids == "changed":
        # A dose that is not known is not the old one.
        value: dict[str, Any] = {} if dose is None else {"prednisolone_mg": str(dose)}
        now = answers.get(STEROID_NOW)
        if now == PREDNISOLONE_NOW:
            yield Fact(kind=Kind.MEDICATION, code=BUDESONIDE, on=on, value={"stopped": True})
        if now == BUDESONIDE_NOW:
            value = {"stopped": True}
        yield Fact(kind=Kind.MEDICATION, code=STEROID, on=on, value=value)


def _labs(_: Form, answers: Answers, __: date) -> Iterator[Fact]:
    given = answers.get("labs")
    if not isinstance(given, tuple) or given == (AWAITING,):
        return
    for each in kept(given):
        if (lab := each.lab) is not None:
            value = dict(each.told)
            yield Fact(kind=Kind.LAB, code=lab.analyte.code, on=lab.on, value=value, as_given=lab.given)


def _scored(form: Form, answers: Answers, today: date) -> Iterator[Fact]:
    yield from _score(_SCORED[form.code], answers, as_day(answers["on"]))


def _totalled(form: Form, answers: Answers, today: date) -> Iterator[Fact]:
    questionnaire, on = _TOTALLED[form.code], as_day(answers["on"])
    value = {"total": answers["total"]}
    yield Fact(kind=Kind.SCORE, code=questionnaire.code, version=questionnaire.version, on=on, value=value)


def _score(questionnaire: Questionnaire, answers: Answers, on: date) -> Iterator[Fact]:
    given = {code: answers.get(code) for code in questionnaire.codes}
    if any(value is not None for value in given.values()):
        told = {"answers": as_contract(questionnaire, given)}
        yield Fact(kind=Kind.SCORE, code=questionnaire.code, version=questionnaire.version, on=on, value=told)


def as_contract(questionnaire: Questionnaire, answers: Answers) -> dict[str, Any]:
    """Stored answers as `evaluate` takes them; what was not assessed is null."""
    told: dict[str, Any] = {}
    for item in questionnaire.items:
        value = answers.get(item.code)
        if isinstance(item, Stature):
            if value is not None:
                number, unit = str(value).split()
                told |= {key: number for key, each in STATURE.items() if each == unit}
        else:
            told[item.code] = None if value is None else _as_contract(item, value)
    return told


def _as_contract(item: Item, value: Value) -> Any:
    if isinstance(item, Segment) and value != ABSENT:
        grades = zip(item.variables, str(value), strict=True)
        return {each.code: None if grade == "-" else int(grade) for each, grade in grades}
    if isinstance(item, Diary) and isinstance(value, str):
        return [None if day == "-" else int(day) for day in value.split(",")]
    return list(value) if isinstance(value, tuple) else value


def _screened(form: Form, answers: Answers, today: date) -> Iterator[Fact]:
    item = form.code.removeprefix("screened_")
    value: dict[str, Any] = {code: found for code, found in answers.items() if code != "on" and found is not None}
    if "vaccinated" in value:
        value["vaccinated"] = is_yes(value["vaccinated"])
    yield Fact(kind=Kind.SCREENING, code=item, on=as_day(answers["on"]), value=value)


def _event(form: Form, answers: Answers, today: date) -> Iterator[Fact]:
    yield _happened(form.code.removeprefix("event_"), as_day(answers["on"]), answers.get("serious"))


def _happened(event: str, on: date, serious: Value | None) -> Fact:
    return Fact(kind=Kind.EVENT, code=event, on=on, value=_serious(serious))


def _serious(told: Value | None) -> dict[str, Any]:
    return {} if told is None else {"serious": is_yes(told)}


def _move(form: Form, answers: Answers, today: date) -> Iterator[Fact]:
    on, trigger, step = as_day(answers["on"]), MOVES[form.code], said_of_step(form, answers)
    how = step["induction"]
    told = {"mg": step["mg"], "why": step["why"], "induction": how and how.value, "induction_weeks": step["weeks"]}
    if trigger is Trigger.START:
        yield Fact(kind=Kind.COURSE, code=STARTED, on=on, value={})
    value = {name: said for name, said in told.items() if said is not None}
    yield Fact(kind=Kind.COURSE, code=RECORDED[trigger].value, on=on, value=value)


def said_of_step(form: Form, answers: Answers) -> Said:
    """What an answered form of the course says of its step besides the day."""
    mg, how, weeks = answers.get("mg"), answers.get("induction"), answers.get("induction_weeks")
    return {
        "mg": None if mg is None else int(str(mg).split()[0]),  # `45 mg`
        "why": _why(form, answers),
        "induction": None if how is None else Resumed(str(how)),
        "weeks": None if weeks is None else int(str(weeks)),
    }


def _why(form: Form, answers: Answers) -> str | None:
    """Why there is the step, and why its induction is not for longer."""
    why, shorter = words(form, "why", answers), words(form, "induction_reason", answers)
    return f"{why}{SHORTER}{shorter}" if why and shorter else why or shorter


_FILERS: Mapping[str, Callable[[Form, Answers, date], Iterator[Fact]]] = {
    "enrolment": enrolment,
    "details": enrolment,
    "induction": induction,
    "visit": _visit,
    "labs": _labs,
    "scored": _scored,
    "totalled": _totalled,
    "screened": _screened,
    "taken": taken,
    "event": _event,
    "noted": _noted,
    "tested": _tested,
    "told": told,
}
