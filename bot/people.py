"""Reading who a patient is: the history, the risks, and the region of the clinic."""

from collections.abc import Callable
from typing import Any

from bot import values
from bot.reading import Json, Reading
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
# A verdict may rest on each: that of symptoms is not valid with it. They are read after the others.
_DECISIVE_FLAGS = frozenset({"ostomy", "colectomy", "pouch"})
_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(sorted(FLAGS, key=_DECISIVE_FLAGS.__contains__), values.flag),
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
    return History(**{key: _fact(reading, key, given) for key in _READERS if key in given})


def _fact(reading: Reading, key: str, given: Json) -> Any:
    read = reading.decisive if key in _DECISIVE_FLAGS else reading.maybe
    return read("history", given, key, _READERS[key])


def read_risks(reading: Reading, given: Any) -> frozenset[str] | None:
    """None where nobody asked; a word that is not known is noted, and the others count."""
    if given is None:
        return None
    if not isinstance(given, list):
        reading.note("risks", "must be a list")
        return None
    found = [reading.tried("", f"risks[{place}]", _RISK, each) for place, each in enumerate(given)]
    return frozenset(each for each in found if each is not None)
