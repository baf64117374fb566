"""What answers add up to: the sum of the items, unless an instrument has a way of its own."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from flows.answers import Answers
from flows.items import Item
from flows.ranges import Range, total

# A number that may be open, a rule by name, how many, or which.
Part = Range | int | str | tuple[str, ...]


class Scoring(Protocol):
    """How one instrument adds up; named in its fingerprint, as a change of it changes every score."""

    name: str

    def points(self, items: Sequence[Item], answers: Answers) -> dict[str, Range]:
        """What each item scores, by its code: exact where it is known, its bounds where it is not."""
        ...

    def total(self, items: Sequence[Item], answers: Answers, points: Mapping[str, Range]) -> Range:
        """`points` are those of the items."""
        ...

    def bounds(self, items: Sequence[Item]) -> tuple[int, int]:
        """The lowest and the highest total that acceptable answers can reach."""
        ...

    def parts(self, items: Sequence[Item], answers: Answers, points: Mapping[str, Range]) -> Mapping[str, Part]:
        """What a report shows beside the total, by its name there."""
        ...

    def remarks(self, items: Sequence[Item], answers: Answers) -> list[str]:
        """What is unusual about answers together."""
        ...

    def check(self, items: Sequence[Item], answers: Answers) -> None:
        """Refuse answers that cannot be true together: InvalidAnswer."""
        ...


class Sum:
    """The points of the items, added up."""

    name = "sum"

    def points(self, items: Sequence[Item], answers: Answers) -> dict[str, Range]:
        return {
            item.code: item.bounds if (value := answers.get(item.code)) is None else item.points(value)
            for item in items
        }

    def total(self, items: Sequence[Item], answers: Answers, points: Mapping[str, Range]) -> Range:
        return total(points.values())

    def bounds(self, items: Sequence[Item]) -> tuple[int, int]:
        return int(sum(item.bounds.lowest for item in items)), sum(item.most for item in items)

    def parts(self, items: Sequence[Item], answers: Answers, points: Mapping[str, Range]) -> Mapping[str, Part]:
        return points

    def remarks(self, items: Sequence[Item], answers: Answers) -> list[str]:
        return []

    def check(self, items: Sequence[Item], answers: Answers) -> None:
        return


SUM = Sum()
