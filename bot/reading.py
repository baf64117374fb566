"""A chart while it is read: what could be read, and what is wrong with the rest, place by place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from bot.values import Unusable
from flows.chart import Chart, Medication, Score
from flows.questionnaire import Disease
from flows.samples import Lab

T = TypeVar("T")
Json = dict[str, Any]


@dataclass(slots=True)
class Reading:
    """A chart as far as it can be read; `disease` None where that is not known."""

    today: date
    disease: Disease | None = None
    scores: list[Score] = field(default_factory=list)
    labs: list[Lab] = field(default_factory=list)
    medication: list[Medication] = field(default_factory=list)
    accepted_baseline: frozenset[str] = frozenset()
    started_on: date | None = None
    ostomy: bool | None = None
    colectomy: bool | None = None
    unreadable: list[str] = field(default_factory=list)
    errors: list[dict[str, str]] = field(default_factory=list)

    def chart(self) -> Chart | None:
        """What the core assesses; nothing without a disease."""
        if self.disease is None:
            return None
        return Chart(
            disease=self.disease,
            scores=tuple(self.scores),
            labs=tuple(self.labs),
            medication=tuple(self.medication),
            accepted_baseline=self.accepted_baseline,
            started_on=self.started_on,
            ostomy=self.ostomy,
            colectomy=self.colectomy,
            unreadable=tuple(self.unreadable),
        )

    def note(self, where: str, message: str) -> None:
        self.errors.append({"where": where, "message": message})

    def tried(self, where: str, read: Callable[[], T]) -> T | None:
        """What was read, or nothing and a note of why not."""
        try:
            return read()
        except Unusable as error:
            self.note(where, str(error))
            return None

    def maybe(self, where: str, value: Any, read: Callable[[Any], T]) -> T | None:
        """A value that may be left out."""
        return None if value is None else self.tried(where, lambda: read(value))

    def decisive(self, where: str, value: Any, read: Callable[[Any], T]) -> T | None:
        """A fact on which verdicts rest; one that was given and cannot be read leaves them open."""
        found = self.maybe(where, value, read)
        if value is not None and found is None:
            self.unreadable.append(where)
        return found
