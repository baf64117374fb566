"""Reading what has a day of its own: the course of treatment, medication, events, screening, what was handled."""

from typing import Any

from bot.contract import values
from bot.contract.reading import Json, Reading
from flows.chart import Medication
from flows.history import EVENTS, AdverseEvent, Handled, Result, Screened, StoolResult, StoolTest
from flows.protocol.satisfied import PARTS
from flows.steps import Move, Resumed, Step
from flows.treatment import CD_INDUCTION_WEEKS

# The kinds of a course of medication.
MEDICATION = (
    "corticosteroid", "budesonide", "strong_cyp3a4_inhibitor", "strong_cyp3a4_inducer", "azathioprine",
    "mercaptopurine", "ciclosporin", "tacrolimus", "methotrexate", "mesalazine", "biologic", "jak_inhibitor", "statin",
    "nsaid", "other",
)  # fmt: skip
DOSES_MG = (15, 30, 45)
HANDLED = ("done", "awaiting", "not_possible")
# What is screened for by a test with a result or by asking; the rest of the checklist follows from values.
SCREENED = ("igra", "chest", "hbv", "hcv", "zoster", "cv", "preg", "meds")
SCREENED_PARTS = ("hbsag", "anti_hbc", "dna", "rna")
_MOST_MG = 1000
# The keys of each.
_STEP = frozenset({"on", "event", "mg", "why", "induction", "induction_weeks", "from_known"})
_COURSE = frozenset({"kind", "from", "from_known", "to", "prednisolone_mg", "none_on"})
_EVENT = frozenset({"kind", "on", "serious"})
_STOOL_TEST = frozenset({"on", "result", "serious"})
_HANDLED = frozenset({"item", "on", "state", "why"})
_SCREENED = frozenset({"on", "result", "treated_from", "drug", "vaccinated", *SCREENED_PARTS})

_item = values.one_of((*PARTS, *(each.removeprefix("base_") for each in PARTS)))
_kind = values.one_of(MEDICATION)
_move = values.member(Move)
_induction = values.member(Resumed)
_event = values.one_of(EVENTS)
_state = values.one_of(HANDLED)
_result = values.member(Result)
_stool_result = values.member(StoolResult)
_prednisolone = values.number(0, _MOST_MG, "milligrams")


def read_course(reading: Reading, where: str, given: Json) -> Step | None:
    reading.only(where, given, _STEP)
    errors = len(reading.errors)
    move = reading.needed(where, given, "event", _move)
    on = reading.needed(where, given, "on", reading.past_day)
    mg = reading.maybe(where, given, "mg", _dose)
    why = reading.maybe(where, given, "why", values.text)
    induction = reading.maybe(where, given, "induction", _induction)
    weeks = reading.maybe(where, given, "induction_weeks", induction_weeks)
    known = reading.maybe(where, given, "from_known", values.flag)
    if move is None or on is None or len(reading.errors) > errors:
        return None
    started = reading.facts["started_on"]
    if started and on < started:
        reading.note(f"{where}.on", f"lies before the first dose, {started}")
        return None
    if move is Move.DOSE and mg is None:
        reading.note(f"{where}.mg", "a dose needs its milligrams")
        return None
    if flaw := _flaw_of_induction(move, mg, induction, weeks):
        reading.note(f"{where}.{flaw[0]}", flaw[1])
        return None
    return Step(on=on, move=move, mg=mg, why=why, induction=induction, weeks=weeks, from_known=known is not False)


def _flaw_of_induction(
    move: Move, mg: int | None, induction: Resumed | None, weeks: int | None
) -> tuple[str, str] | None:
    """The key that says of induction what its step cannot say, and why not."""
    if induction and move is not Move.RESTARTED:
        return "induction", "belongs to a restart"
    if induction is Resumed.ANEW and mg is None:
        return "mg", "an induction that begins anew needs its milligrams"
    if weeks and induction is not Resumed.ANEW:
        return "induction_weeks", "belongs to an induction that begins anew"
    return None


def induction_weeks(value: Any) -> int:
    found = values.plain(value)
    if type(found) is not int or found not in CD_INDUCTION_WEEKS:
        raise values.Unusable(f"must be {' or '.join(map(str, CD_INDUCTION_WEEKS))}")
    return found


def _dose(value: Any) -> int:
    found = values.plain(value)
    if type(found) is not int or found not in DOSES_MG:
        raise values.Unusable(f"must be one of {', '.join(map(str, DOSES_MG))}")
    return found


def read_medication(reading: Reading, where: str, given: Json) -> Medication | None:
    """One course, or nothing if any value of it is bad."""
    reading.only(where, given, _COURSE)
    errors = len(reading.errors)
    kind = reading.needed(where, given, "kind", _kind)
    begun = reading.needed(where, given, "from", reading.past_day)
    ended = reading.maybe(where, given, "to", values.day)
    dose = reading.maybe(where, given, "prednisolone_mg", _prednisolone)
    none_on = reading.maybe(where, given, "none_on", values.day)
    known = reading.maybe(where, given, "from_known", values.flag)
    if kind is None or begun is None or len(reading.errors) > errors:
        return None
    if ended is not None and ended < begun:
        reading.note(f"{where}.to", "lies before from")
        return None
    is_of_one_day = begun == ended == none_on
    if none_on is not None and not is_of_one_day and (ended is None or none_on <= ended):
        reading.note(f"{where}.none_on", "does not lie after to")
        return None
    return Medication(
        kind=kind, begun=begun, begin_known=known is not False, ended=ended, prednisolone_mg=dose, none_on=none_on
    )


def read_event(reading: Reading, where: str, given: Json) -> AdverseEvent | None:
    reading.only(where, given, _EVENT)
    errors = len(reading.errors)
    kind = reading.needed(where, given, "kind", _event)
    on = reading.needed(where, given, "on", reading.past_day)
    serious = reading.maybe(where, given, "serious", values.flag)
    if kind is None or on is None or len(reading.errors) > errors:
        return None
    return AdverseEvent(kind=kind, on=on, serious=serious)


def read_stool_test(reading: Reading, where: str, given: Json) -> StoolTest | None:
    reading.only(where, given, _STOOL_TEST)
    errors = len(reading.errors)
    on = reading.needed(where, given, "on", reading.past_day)
    result = reading.needed(where, given, "result", _stool_result)
    serious = reading.maybe(where, given, "serious", values.flag)
    if on is None or result is None or len(reading.errors) > errors:
        return None
    return StoolTest(on=on, result=result, serious=serious)


def read_handled(reading: Reading, where: str, given: Json) -> Handled | None:
    reading.only(where, given, _HANDLED)
    errors = len(reading.errors)
    item = reading.needed(where, given, "item", _item)
    on = reading.needed(where, given, "on", reading.past_day)
    state = reading.needed(where, given, "state", _state)
    why = reading.maybe(where, given, "why", values.text)
    if item is None or on is None or state is None or len(reading.errors) > errors:
        return None
    return Handled(item=item, on=on, state=state, why=why)


def read_screening(reading: Reading, given: Any) -> tuple[Screened, ...]:
    """An object of items by name, each a screening or a list of them; one that is bad is left out whole."""
    if given is None:
        return ()
    if not isinstance(given, dict):
        reading.note("screening", "must be an object")
        reading.unreadable.append("screening")
        return ()
    found: list[Screened] = []
    for item, told in given.items():
        where = f"screening.{item}"
        if item not in SCREENED:
            reading.note(where, f"must be one of {', '.join(SCREENED)}")
        elif isinstance(told, list):
            for position, each in enumerate(told):
                found += _screened(reading, f"{where}[{position}]", item, each)
        else:
            found += _screened(reading, where, item, told)
    return tuple(found)


def _screened(reading: Reading, where: str, item: str, given: Any) -> tuple[Screened, ...]:
    """One, or none that could be read."""
    if given is None:
        return ()
    found = _one_screened(reading, where, item, given)
    if found is None:
        reading.unreadable.append(where)
        return ()
    return (found,)


def _one_screened(reading: Reading, where: str, item: str, given: Any) -> Screened | None:
    if not isinstance(given, dict):
        reading.note(where, "must be an object")
        return None
    reading.only(where, given, _SCREENED)
    errors = len(reading.errors)
    on = reading.needed(where, given, "on", reading.past_day)
    result = reading.maybe(where, given, "result", _result)
    parts = {part: reading.maybe(where, given, part, _result) for part in SCREENED_PARTS if part in given}
    treated = reading.maybe(where, given, "treated_from", reading.past_day)
    drug = reading.maybe(where, given, "drug", values.text)
    vaccinated = reading.maybe(where, given, "vaccinated", values.flag)
    if on is None or len(reading.errors) > errors:
        return None
    return Screened(
        item=item,
        on=on,
        result=result,
        more=tuple([(part, found) for part, found in parts.items() if found]),
        treated_from=treated,
        drug=drug,
        vaccinated=vaccinated,
    )
