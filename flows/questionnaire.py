"""A questionnaire as data: its items in order, its bands, its source, and what answers add up to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flows.citations import Citation
from flows.errors import DefinitionError, InvalidAnswer
from flows.items import Count, Item, Value
from flows.ranges import Range, total

Answers = Mapping[str, Value | None]


class Disease(StrEnum):
    CROHNS = "CD"
    ULCERATIVE_COLITIS = "UC"

    @property
    def label(self) -> str:
        return "Crohn's" if self is Disease.CROHNS else "Ulcerative colitis"


@dataclass(frozen=True, slots=True)
class Band:
    """A name for totals of `lowest` and more, up to the next band."""

    lowest: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A shipped version never changes; a correction of wording or points is a new version.

    `subtotals` are sums of some of the items that are scores of their own, by name.
    """

    code: str
    version: int
    title: str
    short: str
    disease: Disease
    recall: str
    source: Citation
    items: tuple[Item, ...]
    bands: tuple[Band, ...] = ()
    subtotals: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), repr=False)
    codes: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", tuple(item.code for item in self.items))
        lowest = [band.lowest for band in self.bands]
        if not self.codes or len(set(self.codes)) < len(self.codes):
            raise DefinitionError(f"{self.code}: items are missing or named twice")
        if lowest != sorted(set(lowest)):
            raise DefinitionError(f"{self.code}: bands do not ascend")

    @property
    def command(self) -> str:
        """What opens it in the chat: `hbi`, `pms`."""
        return self.short.lower().replace("-", "")

    def item(self, code: str) -> Item:
        return next(item for item in self.items if item.code == code)

    def points(self, answers: Answers) -> dict[str, Range]:
        """What each item scores: exact where it is answered, its bounds where it is not."""
        return {item.code: _scored(item, answers.get(item.code)) for item in self.items}

    def total(self, answers: Answers) -> Range:
        return total(self.points(answers).values())

    def remarks(self, answers: Answers) -> list[str]:
        """What is unusual about answers that stand."""
        counts = [(item, answers.get(item.code)) for item in self.items if isinstance(item, Count)]
        return [remark for item, count in counts if count is not None and (remark := item.remark(count))]

    def missing(self, answers: Answers) -> tuple[str, ...]:
        """Codes of the items without an answer."""
        return tuple(item.code for item in self.items if answers.get(item.code) is None)

    def band(self, reached: int) -> str | None:
        """The name of the highest band that a total has reached, if bands are in use."""
        return next((band.name for band in reversed(self.bands) if reached >= band.lowest), None)

    @property
    def total_bounds(self) -> tuple[int, int]:
        """The lowest and the highest total that acceptable answers can reach."""
        return sum(item.bounds.lowest for item in self.items), sum(item.most for item in self.items)

    def accept_total(self, value: object) -> int:
        """Check a total recorded without its items."""
        lowest, highest = self.total_bounds
        if type(value) is not int or not lowest <= value <= highest:
            raise InvalidAnswer("total", f"{self.short}: a whole number from {lowest} to {highest}.")
        return value


def _scored(item: Item, value: Value | None) -> Range:
    return item.bounds if value is None else Range.exactly(item.points(value))
