"""Reading who a patient is: the history, the risks, and the region of the clinic."""

from collections.abc import Callable
from typing import Any

from bot.contract import values
from bot.contract.reading import Reading
from flows.history import CHILD_PUGH, RISKS, UNKNOWN_HISTORY, History, Region, Severity, Sex

SEX = values.member(Sex)
REGION = values.member(Region)
_RISK = values.one_of(RISKS)

FLAGS = (
    "tnf_failed", "tnf_inadvisable", "conventional_failed", "biologic_failed", "refractory", "extensive",
    "childbearing_potential", "pregnant", "lactating", "ostomy", "colectomy", "pouch", "psc", "gilbert",
)  # fmt: skip
# From the least to the most that is taken.
THERAPIES, EGFR, NORMAL_STOOLS = (0, 30), (2, 200), (0, 40)
_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(FLAGS, values.flag),
    "systemic_therapies": values.whole(*THERAPIES),
    "severity": values.member(Severity),
    "egfr": values.number(*EGFR, "mL/min/1.73 m²"),
    "child_pugh": values.one_of(CHILD_PUGH),
    "normal_stools": values.whole(*NORMAL_STOOLS),
}


def read_history(reading: Reading, given: Any) -> History:
    if given is None:
        return UNKNOWN_HISTORY
    if not isinstance(given, dict):
        reading.note("history", "must be an object")
        reading.unreadable.append("history")
        return UNKNOWN_HISTORY
    reading.only("history", given, _READERS.keys())
    return History(**{key: reading.decisive("history", given, key, _READERS[key]) for key in _READERS if key in given})


def read_risks(reading: Reading, given: Any) -> frozenset[str] | None:
    """None where nobody asked; with a word that is not known the others count, and no other risk is known not to be."""
    if given is None:
        return None
    if not isinstance(given, list):
        reading.note("risks", "must be a list")
        reading.unreadable.append("risks")
        return None
    found = {f"risks[{place}]": reading.tried("", f"risks[{place}]", _RISK, each) for place, each in enumerate(given)}
    reading.unreadable.extend([place for place, each in found.items() if each is None])
    return frozenset(each for each in found.values() if each is not None)
