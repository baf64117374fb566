"""Reading what has a day of its own: the course of treatment, medication, events, screening, what was handled."""

from typing import Any

from bot import values
from bot.reading import Json, Reading
from flows.chart import Medication
from flows.history import EVENTS, AdverseEvent, Handled, Result, Screened
from flows.protocol.satisfied import PARTS
from flows.treatment import CD_INDUCTION_WEEKS, Move, Resumed, Step

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

_item = values.one_of((*PARTS, *(each.removeprefix("base_") for each in PARTS)))
_kind = values.one_of(MEDICATION)
_move = values.one_of(each.value for each in Move)
_induction = values.one_of(each.value for each in Resumed)
_event = values.one_of(EVENTS)
_state = values.one_of(HANDLED)
_screened = values.one_of(SCREENED)
_result = values.one_of(each.value for each in Result)
_prednisolone = values.number(0, _MOST_MG, "milligrams")


def read_course(reading: Reading, where: str, given: Json) -> Step | None:
    reading.only(where, given, ("on", "event", "mg", "why", "induction", "induction_weeks"))
    errors = len(reading.errors)
    move = reading.tried(f"{where}.event", _move, given.get("event"))
    on = reading.tried(f"{where}.on", reading.past_day, given.get("on"))
    mg = reading.maybe(f"{where}.mg", given.get("mg"), _dose)
    why = reading.maybe(f"{where}.why", given.get("why"), values.text)
    induction = reading.maybe(f"{where}.induction", given.get("induction"), _induction)
    weeks = reading.maybe(f"{where}.induction_weeks", given.get("induction_weeks"), induction_weeks)
    if move is None or on is None or len(reading.errors) > errors:
        return None
    started = reading.facts["started_on"]
    if started and on < started:
        reading.note(f"{where}.on", f"lies before the first dose, {started}")
        return None
    if move == Move.DOSE and mg is None:
        reading.note(f"{where}.mg", "a dose needs its milligrams")
        return None
    if flaw := _flaw_of_induction(move, mg, induction, weeks):
        reading.note(f"{where}.{flaw[0]}", flaw[1])
        return None
    return Step(
        on=on, move=Move(move), mg=mg, why=why, induction=Resumed(induction) if induction else None, weeks=weeks
    )


def _flaw_of_induction(move: str, mg: int | None, induction: str | None, weeks: int | None) -> tuple[str, str] | None:
    """The key that says of induction what its step cannot say, and why not."""
    if induction and move != Move.RESTARTED:
        return "induction", "belongs to a restart"
    if induction == Resumed.ANEW and mg is None:
        return "mg", "an induction that begins anew needs its milligrams"
    if weeks and induction != Resumed.ANEW:
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
    reading.only(where, given, ("kind", "from", "to", "prednisolone_mg"))
    errors = len(reading.errors)
    kind = reading.tried(f"{where}.kind", _kind, given.get("kind"))
    begun = reading.tried(f"{where}.from", reading.past_day, given.get("from"))
    ended = reading.maybe(f"{where}.to", given.get("to"), values.day)
    dose = reading.maybe(f"{where}.prednisolone_mg", given.get("prednisolone_mg"), _prednisolone)
    if kind is None or begun is None or len(reading.errors) > errors:
        return None
    if ended is not None and ended < begun:
        reading.note(f"{where}.to", "lies before from")
        return None
    return Medication(kind=kind, begun=begun, ended=ended, prednisolone_mg=dose)


def read_event(reading: Reading, where: str, given: Json) -> AdverseEvent | None:
    reading.only(where, given, ("kind", "on", "serious"))
    errors = len(reading.errors)
    kind = reading.tried(f"{where}.kind", _event, given.get("kind"))
    on = reading.tried(f"{where}.on", reading.past_day, given.get("on"))
    serious = reading.maybe(f"{where}.serious", given.get("serious"), values.flag)
    if kind is None or on is None or len(reading.errors) > errors:
        return None
    return AdverseEvent(kind=kind, on=on, serious=serious)


def read_handled(reading: Reading, where: str, given: Json) -> Handled | None:
    reading.only(where, given, ("item", "on", "state", "why"))
    errors = len(reading.errors)
    item = reading.tried(f"{where}.item", _item, given.get("item"))
    on = reading.tried(f"{where}.on", reading.past_day, given.get("on"))
    state = reading.tried(f"{where}.state", _state, given.get("state"))
    why = reading.maybe(f"{where}.why", given.get("why"), values.text)
    if item is None or on is None or state is None or len(reading.errors) > errors:
        return None
    return Handled(item=item, on=on, state=state, why=why)


def read_screening(reading: Reading, given: Any) -> tuple[Screened, ...]:
    """An object of items by name; one that is bad is left out whole."""
    if given is None:
        return ()
    if not isinstance(given, dict):
        reading.note("screening", "must be an object")
        return ()
    tried = (_one_screened(reading, item, one) for item, one in given.items())
    return tuple(found for found in tried if found is not None)


def _one_screened(reading: Reading, item: str, given: Any) -> Screened | None:
    where, errors = f"screening.{item}", len(reading.errors)
    if item not in SCREENED:
        reading.note(where, f"must be one of {', '.join(SCREENED)}")
        return None
    if given is None:
        return None
    if not isinstance(given, dict):
        reading.note(where, "must be an object")
        return None
    reading.only(where, given, ("on", "result", "treated_from", "drug", "vaccinated", *SCREENED_PARTS))
    errors = len(reading.errors)
    on = reading.tried(f"{where}.on", reading.past_day, given.get("on"))
    result = reading.maybe(f"{where}.result", given.get("result"), _result)
    parts = {part: reading.maybe(f"{where}.{part}", given.get(part), _result) for part in SCREENED_PARTS}
    treated = reading.maybe(f"{where}.treated_from", given.get("treated_from"), reading.past_day)
    drug = reading.maybe(f"{where}.drug", given.get("drug"), values.text)
    vaccinated = reading.maybe(f"{where}.vaccinated", given.get("vaccinated"), values.flag)
    if on is None or len(reading.errors) > errors:
        return None
    return Screened(
        item=item,
        on=on,
        result=Result(result) if result else None,
        more=tuple((part, Result(found)) for part, found in parts.items() if found),
        treated_from=treated,
        drug=drug,
        vaccinated=vaccinated,
    )
