"""Reading what goes on beside upadacitinib: medication, and the baselines that a clinician accepted."""

from typing import Any

from bot import values
from bot.reading import Reading
from flows.chart import Medication


def read_medication(reading: Reading, given: Any) -> None:
    if given is None:
        return
    if not isinstance(given, list):
        reading.note("medication", "must be a list")
        return
    for position, course in enumerate(given):
        read = _course(reading, f"medication[{position}]", course)
        if read is not None:
            reading.medication.append(read)


def _course(reading: Reading, where: str, given: Any) -> Medication | None:
    """One course, or nothing if any value of it is bad."""
    if not isinstance(given, dict):
        reading.note(where, "must be an object")
        return None
    for key in given:
        if key not in ("kind", "from", "to", "prednisolone_mg"):
            reading.note(f"{where}.{key}", "unknown key")
    kind = reading.tried(f"{where}.kind", lambda: values.kind(given.get("kind")))
    begun = reading.tried(f"{where}.from", lambda: values.past_day(given.get("from"), reading.today))
    errors = len(reading.errors)
    ended = reading.maybe(f"{where}.to", given.get("to"), values.day)
    dose = reading.maybe(f"{where}.prednisolone_mg", given.get("prednisolone_mg"), values.amount)
    if kind is None or begun is None or len(reading.errors) > errors:
        return None
    if ended is not None and ended < begun:
        reading.note(f"{where}.to", "lies before from")
        return None
    return Medication(kind=kind, begun=begun, ended=ended, prednisolone_mg=dose)


def read_accepted(reading: Reading, given: Any) -> None:
    if given is None:
        return
    if not isinstance(given, list) or any(not isinstance(each, str) for each in given):
        reading.note("accepted_baseline", "must be a list of names, as hbi")
        return
    reading.accepted_baseline = frozenset(given)
