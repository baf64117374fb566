"""What a correction puts in the place of what was recorded: the same told anew, or another drug or event."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from flows.analytes import BY_CODE
from flows.days import day
from flows.errors import NotNow
from flows.filed_person import DOSE_KNOWN, FROM_KNOWN
from flows.form import Form
from flows.forms import form, name_within
from flows.instruments import current
from flows.record import STARTED, Fact, Kind, Observation, standing
from flows.refiling import answers_of, form_of, others
from flows.sentences import capitalised

DayOf = Callable[[datetime], date]
# A drug may have been recorded for another, and so may an event; a value of another analyte is no correction.
_OF_SEVERAL = (Kind.MEDICATION, Kind.EVENT)


def put_right(wrong: Sequence[Observation], facts: Sequence[Fact], stands: Iterable[Observation]) -> list[Fact]:
    """For each that is wrong the one fact that takes its place; NotNow where there is none, or it stands already."""
    right = [_right_for(old.fact, facts) for old in wrong]
    known = {_which(each.fact) for each in stands}
    for old, fact in zip(wrong, right, strict=True):
        if _is_another(old.fact, fact) and _which(fact) in known:
            said = f"{_called(fact)} stands already: the wrong one is only to be taken out"
            raise NotNow(f"{capitalised(said)}. Nothing was changed.")
    return right


def with_open_begin(wrong: Sequence[Observation], facts: Iterable[Fact], *, is_dose_open: bool) -> list[Fact]:
    """The begin of a drug, or of a dose, that was left open stays so, unless another day is told for it.

    `is_dose_open`: which dose was taken by the time at which a first dose was told stays unknown.
    """
    days = {old.fact.on for old in wrong if FROM_KNOWN in (old.fact.value or {})}
    of_first = {DOSE_KNOWN: False} if is_dose_open else {}
    return [_left_open(each, of_first if each.code == STARTED else {FROM_KNOWN: False}, days) for each in facts]


def dose_unknown_by(wrong: Sequence[Observation], written: Sequence[Observation], day_of: DayOf) -> date | None:
    """On which day a first dose was told by somebody who did not know which dose is taken by then."""
    before = {each.id: each for each in written}
    told = next((each for each in wrong if each.fact.code == STARTED), None)
    while told is not None and told.replaces is not None:
        told = before[told.replaces]
    return day_of(told.at) if told is not None and DOSE_KNOWN in (told.fact.value or {}) else None


def is_dose_open(unknown_by: date | None, begun: date | None) -> bool:
    """A better word on a first dose does not tell what is taken by a later day; on that day itself it begins."""
    return unknown_by is not None and begun is not None and begun < unknown_by


def dose_by_then(unknown_by: date | None, begun: date) -> str:
    """What becomes of it, in the review of another day of the first dose."""
    if unknown_by is None:
        return ""
    if is_dose_open(unknown_by, begun):
        return f"The dose taken on {day(unknown_by)} stays not known: Dose, under Course, records it."
    return f"The dose by then is not asked any more: the drug begins on {day(begun)}."


def _left_open(fact: Fact, open_part: Mapping[str, bool], days: Collection[date | None]) -> Fact:
    is_open = fact.code == STARTED or (fact.kind in (Kind.MEDICATION, Kind.COURSE) and fact.on in days)
    return replace(fact, value={**(fact.value or {}), **open_part}) if is_open else fact


def in_place_of(wrong: int | None, asked: Form, written: Iterable[Observation]) -> list[str]:
    """Which value, or score, is corrected, or as which drug, or event, what the form asks was recorded.

    Of a drug also what else stays recorded of it. Of all others the form tells itself what it corrects.
    """
    stands = standing(written)
    old = next((each for each in stands if each.id == wrong), None)
    if old is None or (old.fact.kind not in (Kind.LAB, Kind.SCORE) and asked not in others(old.fact)):
        return []
    stay = [
        f"#{each.id} of {day(each.fact.on)}"
        for each in stands
        if each is not old and each.fact.on and (each.fact.kind, each.fact.code) == (Kind.MEDICATION, old.fact.code)
    ]
    more = [f"CHECK: what else is recorded of {_name(old.fact)} stays: {', '.join(stay)}."] if stay else []
    return [f"In place of {_called(old.fact)}.", *more]


def _is_another(old: Fact, fact: Fact) -> bool:
    """Whether it is another drug, or event, than was recorded."""
    return old.kind in _OF_SEVERAL and fact.kind is old.kind and fact.code != old.code


def _called(fact: Fact) -> str:
    """`azathioprine of 1 Jun 2026`, `ALT 30 U/L of 1 Jun 2026`, `PMS 2 to 5 of 1 Jun 2026`."""
    assert fact.on is not None
    return f"{_name(fact)} of {day(fact.on)}"


def _name(fact: Fact) -> str:
    if fact.kind is Kind.LAB:
        return f"{BY_CODE[fact.code].title} {fact.as_given}"
    if fact.kind is Kind.SCORE:
        return f"{form(form_of([fact])).short} {_total(fact)}"
    return name_within(form(form_of([fact])).short)


def _total(fact: Fact) -> str:
    """As it was told, or what the answers leave possible."""
    scored, told = current(fact.code), (fact.value or {}).get("total")
    if told is not None or scored is None:
        return str(told)
    return str(scored.total(answers_of(form(form_of([fact])), [fact])))


def _right_for(old: Fact, facts: Sequence[Fact]) -> Fact:
    """The one fact among others that says the same thing anew, or that it was another."""
    same = [each for each in facts if (each.kind, each.code) == (old.kind, old.code) or _is_another(old, each)]
    if len(same) != 1:
        raise NotNow(f"A correction of {old.code} is one value of it. Nothing was changed.")
    return same[0]


def _which(fact: Fact) -> tuple[object, ...]:
    return fact.kind, fact.code, fact.on
