"""The way back of filing: the form by which what stands is told anew, filled in with what it says."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.answers import Value
from flows.course import RECORDED, Trigger
from flows.errors import InvalidAnswer
from flows.form import Form
from flows.forms.moves import MOVES
from flows.forms.visit import LABS
from flows.interview import Interview, Stage
from flows.record import STARTED, Fact, Kind

Answered = dict[str, Value | None]

_START = "start"
_MOVES = {RECORDED[trigger].value: code for code, trigger in MOVES.items() if trigger is not Trigger.START}


def form_of(facts: Sequence[Fact]) -> str:
    """The code of the form that tells these facts, which are one thing; nothing where there is none."""
    fact = facts[-1]
    match fact.kind:
        case Kind.LAB:
            return LABS.code
        case Kind.SCORE:
            return f"{'totalled' if 'total' in (fact.value or {}) else 'scored'}_{fact.code}"
        case Kind.SCREENING:
            return f"screened_{fact.code}"
        case Kind.COURSE:
            return _START if any(each.code == STARTED for each in facts) else _MOVES[fact.code]
        case _:
            return ""


def answers_of(asked: Form, facts: Sequence[Fact]) -> Answered:
    """What the form would have to be answered to tell these facts; a score and a value are measured anew."""
    fact = facts[-1]
    value = fact.value or {}
    on: Answered = {"on": str(fact.on)} if "on" in asked.codes else {}
    match fact.kind:
        case Kind.COURSE:
            return on | _of_step(asked, value)
        case _:
            return on


def _of_step(asked: Form, value: Mapping[str, Any]) -> Answered:
    weeks, reason = value.get("induction_weeks"), "why" if "why" in asked.codes else "induction_reason"
    told = {
        "mg": f"{value['mg']} mg" if "mg" in value else None,
        "induction": value.get("induction"),
        "induction_weeks": str(weeks) if weeks else None,
        reason: _chosen(asked, reason, value.get("why")),
    }
    return {code: said for code, said in told.items() if code in asked.codes}


def _chosen(asked: Form, code: str, words: str | None) -> Value | None:
    """The choice that was stored in its words; None where no choice is called that any more."""
    try:
        return asked.item(code).parse(words) if words else None
    except InvalidAnswer:
        return None


def told_anew(asked: Form, answers: Mapping[str, Value | None], *, is_day_wrong: bool) -> Interview:
    """A form in which what stands is filled in. What is wrong is asked: the day, or the only thing that it asks.

    Where it may be one of several, the review shows them, and a tap on one changes it.
    """
    known: Answered = {code: value for code, value in answers.items() if value is not None}
    shown = [item.code for item in asked.asked(known)]
    known |= {code: None for code in shown if answers.get(code, "") is None and code not in asked.needed}
    wrong = "on" if is_day_wrong and "on" in shown else shown[0] if len(shown) == 1 else None
    if any(code not in known for code in shown):
        return Interview(asked, {code: value for code, value in known.items() if code != wrong})
    interview = Interview(asked, known, stage=Stage.REVIEWING)
    if wrong is not None:
        interview.reopen(wrong)
    return interview
