"""The inverse of filing: rebuilds the form and answers that would record given facts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flows.answers import Value
from flows.carried import MASS_OF
from flows.course import RECORDED, Trigger
from flows.errors import InvalidAnswer
from flows.filed_person import INDUCTION_WEEKS, THERAPIES
from flows.filing import SHORTER
from flows.form import Form
from flows.forms import FORMS, form
from flows.forms.anew import EVENT_FORMS, STOPPED, TAKEN_FORMS
from flows.forms.enrolment import INDUCTION
from flows.forms.moves import MOVES, START
from flows.forms.treated import WHY
from flows.forms.visit import LABS
from flows.interview import Interview, Stage
from flows.items import Item
from flows.measures import STATURE
from flows.record import STARTED, Fact, Kind, Observation, steps_of

Answered = dict[str, Value | None]

_SHIPPED = frozenset(each.code for each in FORMS)
_MOVES = {RECORDED[trigger].value: code for code, trigger in MOVES.items() if trigger is not Trigger.START}
_FAMILIES = {
    Kind.SCREENING: "screened",
    Kind.MEDICATION: "taken",
    Kind.EVENT: "event",
    Kind.TEST: "tested",
    Kind.PERSON: "told",
    Kind.NOTE: "noted",
}
# A cirrhosis that was ruled out is stored as no class.
_NO_CLASS = "none"
# What may have been recorded for another of its kind.
_FORMS_OF = {Kind.MEDICATION: TAKEN_FORMS, Kind.EVENT: EVENT_FORMS}


def form_of(facts: Sequence[Fact]) -> str:
    """The code of the form that tells these facts, which are one thing; nothing where there is none."""
    fact = facts[-1]
    match fact.kind:
        case Kind.LAB:
            code = LABS.code
        case Kind.SCORE:
            code = f"{'totalled' if 'total' in (fact.value or {}) else 'scored'}_{fact.code}"
        case Kind.COURSE:
            code = START.code if any(each.code == STARTED for each in facts) else _MOVES[fact.code]
        case kind if fact.code == INDUCTION_WEEKS:
            code = INDUCTION.code
        case kind:
            code = f"{_FAMILIES.get(kind)}_{_name(fact)}"
    return code if code in _SHIPPED else ""


def others(fact: Fact) -> tuple[Form, ...]:
    """The forms of the other drugs, or events, for which a fact may have been recorded."""
    return tuple(each for each in _FORMS_OF.get(fact.kind, ()) if each.code != form_of([fact]))


def can_be_wrong(fact: Fact) -> bool:
    """Whether it says something of the patient: of notes those that can be told anew."""
    return fact.kind is not Kind.NOTE or bool(form_of([fact]))


def _name(fact: Fact) -> str:
    """Without the group of a fact of the person."""
    return fact.code.rpartition(".")[2]


def answers_of(asked: Form, facts: Sequence[Fact]) -> Answered:
    """What the form is answered with by what stands; None for what was not told, or is no answer any more.

    Left out is what is entered anew: laboratory values, and a mass that was taken over from another day.
    """
    fact = facts[-1]
    told = {"on": fact.on, **_told(fact, fact.value or {})}
    anew = {"labs"} | ({"mass"} if MASS_OF in told else set())
    return {item.code: _answer(item, told.get(item.code)) for item in asked.items if item.code not in anew}


def _told(fact: Fact, value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A value by the codes of the items that told it."""
    match fact.kind:
        case Kind.SCORE if "answers" in value:
            statures = [f"{value['answers'][key]} {unit}" for key, unit in STATURE.items() if key in value["answers"]]
            return {**value, **value["answers"], "stature": next(iter(statures), None)}
        case Kind.COURSE:
            mg = f"{value['mg']} mg" if "mg" in value else None
            said, _, shorter = str(value.get("why") or "").partition(SHORTER)
            return {**value, "mg": mg, "why": said or None, "induction_reason": shorter or said or None}
        case Kind.MEDICATION:
            return {"taken": STOPPED if value.get("stopped") else "taken", **value}
        case Kind.PERSON if fact.code == THERAPIES:
            why = {f"{WHY}{drug}": why for drug, why in value["is"].items()}
            return {THERAPIES: [*value["is"]], **why}
        case Kind.PERSON:
            said = _NO_CLASS if value["is"] is None else value["is"]
            return {_name(fact): said, "induction_reason": value.get("why")}
        case _:
            return value


def _answer(item: Item, said: Any) -> Value | None:
    try:
        match said:
            case None:
                return None
            case list() | dict():
                return item.accept(said)
            case bool():
                return item.parse("yes" if said else "no")
            case _:
                return item.parse(str(said))
    except InvalidAnswer:
        return None


def places(stands: Sequence[Observation], step: Observation, on: date, today: date) -> tuple[int, int]:
    """Where a step is in the course, and where it would be on another day: of one day in the order of the record."""
    told = replace(step, fact=replace(step.fact, on=on))
    after = [told if each.id == step.id else each for each in stands]
    return steps_of(stands, today).index(step), steps_of(after, max(on, today)).index(told)


def told_anew(asked: Form, answers: Mapping[str, Value | None], *, is_day_wrong: bool) -> Interview:
    """A form in which what stands is filled in. What is wrong is asked: the day, or the only thing that it asks.

    Where it may be one of several, the review shows them, and a tap on one changes it.
    """
    known, shown = _filled_in(asked, answers)
    wrong = "on" if is_day_wrong and "on" in shown else shown[0] if len(shown) == 1 else None
    if any(code not in known for code in shown):
        return Interview(asked, {code: value for code, value in known.items() if code != wrong})
    interview = Interview(asked, known, stage=Stage.REVIEWING)
    if wrong is not None:
        interview.reopen(wrong)
    return interview


def told_as(asked: Form, facts: Sequence[Fact]) -> Interview:
    """The form of another drug, or event, with what stands of the wrong one; what that was not asked is asked."""
    before = form(form_of(facts)).codes
    known, shown = _filled_in(
        asked, {code: value for code, value in answers_of(asked, facts).items() if code in before}
    )
    is_whole = all(code in known for code in shown)
    return Interview(asked, known, stage=Stage.REVIEWING if is_whole else Stage.ASKING)


def _filled_in(asked: Form, answers: Mapping[str, Value | None]) -> tuple[Answered, list[str]]:
    """What is known, also that something is not; and the items that are asked by that."""
    known: Answered = {code: value for code, value in answers.items() if value is not None}
    shown = [item.code for item in asked.asked(known)]
    known |= {code: None for code in shown if answers.get(code, "") is None and code not in asked.needed}
    return known, shown
