"""A questionnaire as data: a form with its bands, its source, and what its answers add up to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from flows.answers import Answers
from flows.citations import Citation
from flows.errors import DefinitionError, InvalidAnswer
from flows.form import Form
from flows.measures import Quantity, Stature
from flows.ranges import Points, Range, half_up
from flows.scoring import SUM, Part, Scoring


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
class Questionnaire(Form):
    """A form that is scored: an instrument.

    `opens` is its command where that is not its short name; `subtotals` are sums of some of the items that are
    scores of their own, by name; `scoring` is how it adds up where that is not a sum.
    `total_bounds` are the lowest and the highest total that acceptable answers can reach.
    """

    disease: Disease
    recall: str
    source: Citation
    bands: tuple[Band, ...] = ()
    subtotals: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), repr=False)
    opens: str = field(default="", repr=False)
    scoring: Scoring = field(default=SUM, repr=False)
    stature: Stature | None = field(init=False, repr=False, compare=False)
    total_bounds: tuple[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        Form.__post_init__(self)
        object.__setattr__(self, "stature", next((item for item in self.items if isinstance(item, Stature)), None))
        object.__setattr__(self, "total_bounds", self.scoring.bounds(self.items))
        lowest = [band.lowest for band in self.bands]
        if lowest != sorted(set(lowest)):
            raise DefinitionError(f"{self.code}: bands do not ascend")

    @property
    def command(self) -> str:
        """What opens it in the chat: `hbi`, `pms`."""
        return self.opens or self.short.lower().replace("-", "")

    def points(self, answers: Answers) -> dict[str, Range]:
        """What each item scores: exact where it is answered, its bounds where it is not."""
        return self.scoring.points(self.items, answers)

    def total(self, answers: Answers, points: Mapping[str, Range] | None = None) -> Range:
        """`points` are those of the answers, where the caller has them."""
        return self.scoring.total(self.items, answers, self.points(answers) if points is None else points)

    def parts(self, answers: Answers, points: Mapping[str, Range] | None = None) -> Mapping[str, Part]:
        """What a report shows beside the total; `points` as for the total."""
        return self.scoring.parts(self.items, answers, self.points(answers) if points is None else points)

    def so_far(self, answers: Answers) -> Points:
        """What the answers given have added up to."""
        points = self.points(answers)
        found = sum(points[code].lowest for code, value in answers.items() if value is not None)
        return half_up(found) if self.is_whole else found

    def remarks(self, answers: Answers) -> list[str]:
        """What is unusual about answers that stand, alone and together."""
        return Form.remarks(self, answers) + self.scoring.remarks(self.items, answers)

    def check(self, answers: Answers) -> None:
        self.scoring.check(self.items, answers)

    def band(self, reached: Points) -> str | None:
        """The name of the highest band that a total has reached, if bands are in use."""
        for band in reversed(self.bands):
            if reached >= band.lowest:
                return band.name
        return None

    @property
    def is_whole(self) -> bool:
        """Its totals are whole numbers: no item is a measure that counts as it is."""
        return self.scoring is not SUM or not any(isinstance(item, Quantity) for item in self.items)

    def accept_total(self, value: object) -> Points:
        """Check a total recorded without its items."""
        lowest, highest = self.total_bounds
        if type(value) is int and lowest <= value <= highest:
            return value
        if not self.is_whole and isinstance(value, Decimal) and lowest <= value <= highest:
            return Fraction(value)
        kind = "a whole number" if self.is_whole else "a number"
        raise InvalidAnswer("total", f"{self.short}: {kind} from {lowest} to {highest}.")
