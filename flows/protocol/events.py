"""Which adverse events raise a caution, how they are named, and how long after their day they are shown (policy)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from flows.citations import Stated
from flows.days import day
from flows.history import AdverseEvent
from flows.protocol.cautions import Caution, Level, SafetyFinding
from flows.protocol.patient import Patient
from flows.protocol.sources import THIS_PROJECT

_NAMES = {
    "hepatitis_b": "hepatitis B",
    "hepatitis_c": "hepatitis C",
    "mace": "major adverse cardiovascular event",
    "vte": "VTE",
    "thrombosis_symptoms": "symptoms of thrombosis",
    "nmsc": "non-melanoma skin cancer",
    "perforation": "gastrointestinal perforation",
    "liver_injury_suspected": "suspected liver injury",
    "vision_change": "change of vision",
    "tablet_residue": "tablet residue in the stool",
}


@dataclass(frozen=True, slots=True)
class Lasting:
    """Kinds of event that are shown for some days after their day; None is for good."""

    kinds: tuple[str, ...]
    days: timedelta | None

    @property
    def stated(self) -> Stated:
        names = " or ".join(_name(kind) for kind in self.kinds)
        period = "for good" if self.days is None else f"for {self.days.days} days after its day"
        return Stated(f"{names}: shown {period}", THIS_PROJECT)

    def of(self, patient: Patient) -> tuple[AdverseEvent, ...]:
        """The newest first."""
        return patient.events(self.kinds, self.days)

    def told(self, events: Iterable[AdverseEvent]) -> list[str]:
        """Each event with its day, whether it was serious where somebody said, and how long it is shown."""
        return [f"{_name(each.kind)}{_serious(each)} ({day(each.on)}{self._until(each)})" for each in events]

    def brief(self, events: Iterable[AdverseEvent]) -> str:
        """The newest alone, with its day."""
        newest = max(events, key=lambda each: each.on)
        return f"{_name(newest.kind)} ({day(newest.on)})"

    def _until(self, event: AdverseEvent) -> str:
        return "" if self.days is None else f", shown until {day(event.on + self.days)}"


@dataclass(frozen=True, slots=True)
class Watched:
    """Events that raise a caution whatever else is known; `level` of one that was serious, where that is another."""

    caution: Caution
    lasting: Lasting
    serious_level: Level | None = None

    def found(self, patient: Patient) -> Iterator[SafetyFinding]:
        events = self.lasting.of(patient)
        if events:
            serious = any(each.serious for each in events)
            yield self.caution.found(
                patient,
                *self.lasting.told(events),
                brief=self.lasting.brief(events),
                level=self.serious_level if serious else None,
            )


def _name(kind: str) -> str:
    return _NAMES.get(kind, kind.replace("_", " "))


def _serious(event: AdverseEvent) -> str:
    if event.serious is None:
        return ""
    return ", serious" if event.serious else ", not serious"
