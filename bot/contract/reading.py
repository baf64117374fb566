"""A chart while it is read: what could be read, and what is wrong with the rest, place by place."""

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from bot.contract.values import Unusable, day, month
from flows.chart import Chart, Lost, MonthScore, Score
from flows.days import Month
from flows.questionnaire import Disease
from flows.samples import Lab, MonthLab

T = TypeVar("T")
Json = dict[str, Any]
# Lists that say what goes on, or what happened: with an element left out, that is not known.
_RESTED_ON = ("course", "medication", "events", "stool_tests")


@dataclass(slots=True)
class Reading:
    """A chart as far as it can be read; `disease` None where that is not known, `facts` are the chart's others.

    What is of a month is kept apart from what is of a day: nothing but a baseline may look at it.
    """

    today: date
    disease: Disease | None = None
    scores: tuple[Score, ...] = ()
    labs: tuple[Lab, ...] = ()
    month_scores: list[MonthScore] = field(default_factory=list)
    month_labs: list[MonthLab] = field(default_factory=list)
    facts: Json = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    errors: list[dict[str, str]] = field(default_factory=list)

    def chart(self) -> Chart | None:
        """What the core assesses; nothing without a disease."""
        if self.disease is None:
            return None
        return Chart(
            disease=self.disease,
            scores=self.scores,
            labs=self.labs,
            month_scores=tuple(self.month_scores),
            month_labs=tuple(self.month_labs),
            unreadable=tuple(self.unreadable),
            lost=tuple(self.lost),
            **self.facts,
        )

    def note(self, where: str, message: str) -> None:
        self.errors.append({"where": where, "message": message})

    def tried(self, where: str, key: str, read: Callable[[Any], T], value: Any) -> T | None:
        """What was read under a key of what stands at `where`, or nothing and a note of why not."""
        try:
            return read(value)
        except Unusable as error:
            self._refuse(where, key, error)
            return None

    def needed(self, where: str, given: Json, key: str, read: Callable[[Any], T]) -> T | None:
        """A value that may not be left out."""
        try:
            return read(given.get(key))
        except Unusable as error:
            self._refuse(where, key, error)
            return None

    def maybe(self, where: str, given: Json, key: str, read: Callable[[Any], T]) -> T | None:
        """A value that may be left out."""
        value = given.get(key)
        if value is None:
            return None
        try:
            return read(value)
        except Unusable as error:
            self._refuse(where, key, error)
            return None

    def decisive(self, where: str, given: Json, key: str, read: Callable[[Any], T]) -> T | None:
        """A fact on which verdicts rest; one that was given and cannot be read leaves them open."""
        value = given.get(key)
        if value is None:
            return None
        try:
            return read(value)
        except Unusable as error:
            self._refuse(where, key, error)
            self.unreadable.append(_place(where, key))
            return None

    def past_day(self, value: Any) -> date:
        """A day that is not after today, or Unusable."""
        when = day(value)
        if when > self.today:
            raise self._to_come()
        return when

    def day_or_month(self, value: Any) -> date | Month:
        """A day that is not after today, or a month of which every day may be that of a baseline."""
        try:
            when = day(value)
        except Unusable:
            if (found := month(value)) is None:
                raise
            self._refuse_month(found)
            return found
        if when > self.today:
            raise self._to_come()
        return when

    def _to_come(self) -> Unusable:
        return Unusable(f"lies after today, {self.today}")

    def _refuse_month(self, found: Month) -> None:
        """Unusable where no day, or not every day of it, lies where a baseline does; before treatment that may come."""
        first_dose = self.facts["started_on"]
        if found.first > self.today:
            raise self._to_come()
        if first_dose is None and not self.facts["enrolled"]:
            raise Unusable("its day is not known: without a first dose it is no baseline, and left out")
        if first_dose and found.last > first_dose:
            where = f"not every day of it is on or before the first dose, {first_dose}"
            raise Unusable(f"its day is not known, and {where}: left out")

    def only(self, where: str, given: Json, keys: Set[str]) -> None:
        """Note every key that the contract does not know."""
        if given.keys() <= keys:
            return
        for key in given:
            if key not in keys:
                self.note(_place(where, key), "unknown key")

    def every(self, where: str, given: Any, read: "Callable[[Reading, str, Json], T | None]") -> tuple[T, ...]:
        """What could be read of a list of objects; an element that is bad is left out whole."""
        if given is None:
            return ()
        if not isinstance(given, list):
            self._refuse_kind(where, where, "must be a list")
            return ()
        found, bad = [], []
        for position, one in enumerate(given):
            place = f"{where}[{position}]"
            if not isinstance(one, dict):
                self._refuse_kind(where, place, "must be an object")
            elif (element := read(self, place, one)) is None:
                bad.append(place)
            else:
                found.append(element)
        self.unreadable.extend(bad if where in _RESTED_ON else ())
        return tuple(found)

    def lose(self, name: str, given: Any) -> None:
        """Keep that a score or a value of some day or month was left out; what is to come tells nothing of now."""
        try:
            of = month(given) or day(given)
        except Unusable:
            self.lost.append(Lost(name, None))
            return
        first, last = (of.first, of.last) if isinstance(of, Month) else (of, of)
        if first <= self.today:
            self.lost.append(Lost(name, last))

    def _refuse(self, where: str, key: str, error: Unusable) -> None:
        self.note(_place(where, key), str(error))

    def _refuse_kind(self, where: str, place: str, message: str) -> None:
        """What is given at a place in a list, or for it, is of no kind that can be read."""
        self.note(place, message)
        self.unreadable.extend([place] * (where in _RESTED_ON))


def _place(where: str, key: str) -> str:
    """As an error names it; the keys of the chart itself stand nowhere else."""
    return f"{where}.{key}" if where else key
