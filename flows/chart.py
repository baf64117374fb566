"""What is known of one patient: dated facts, and which of them are now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from flows.questionnaire import Answers, Disease, Questionnaire
from flows.ranges import Range, largest, total

# A score is of today for so long (DESIGN.md section 5, policy).
SCORE_IS_NOW = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """An instrument on one day: its answers, or a total that was recorded without them."""

    questionnaire: Questionnaire
    on: date
    answers: Answers = field(default_factory=dict)
    recorded_total: int | None = None

    @property
    def total(self) -> Range:
        if self.recorded_total is not None:
            return Range.exactly(self.recorded_total)
        return self.questionnaire.total(self.answers)

    def sum_of(self, *codes: str) -> Range:
        """What some of the items add up to; from a total alone, what it leaves possible."""
        points = self.questionnaire.points(self.answers)
        chosen = total(points[code] for code in codes)
        if self.recorded_total is None:
            return chosen
        others = total(each for code, each in points.items() if code not in codes)
        return _within(self.recorded_total, chosen, others)

    def worst_of(self, *codes: str) -> Range:
        """The highest score of any single one of some items."""
        alone = largest(self.sum_of(code) for code in codes)
        if self.recorded_total is None:
            return alone
        evenly_spread = -(-self.sum_of(*codes).lowest // len(codes))
        return Range(max(alone.lowest, evenly_spread), alone.highest)

    def missing(self, *codes: str) -> tuple[str, ...]:
        """Those of some items that are not known; all of them behind a recorded total."""
        return tuple(code for code in self.questionnaire.missing(self.answers) if code in codes)

    def speaks_of(self, *codes: str) -> bool:
        """Whether it tells anything of some items: a full score without its endoscopy is no endoscopy."""
        if {item.code for item in self.questionnaire.items} == set(codes):
            return True
        return any(self.answers.get(code) is not None for code in codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The facts of one patient; without `started_on` a quick check, in which the latest score counts.

    `unreadable` names facts that were given and could not be read: no verdict may rest on a guess about them.
    """

    disease: Disease
    scores: tuple[Score, ...] = ()
    started_on: date | None = None
    ostomy: bool | None = None
    colectomy: bool | None = None
    unreadable: tuple[str, ...] = ()

    def latest(self, scores: Iterable[Score]) -> Score | None:
        """The latest of some scores since the first dose; of two on one day the later in the list."""
        since = [score for score in scores if self._counts(score)]
        return sorted(since, key=lambda score: score.on)[-1] if since else None

    def is_now(self, score: Score, today: date) -> bool:
        return self.started_on is None or today - score.on <= SCORE_IS_NOW

    def before_treatment(self, today: date) -> bool:
        return self.started_on is not None and today < self.started_on

    def _counts(self, score: Score) -> bool:
        return self.started_on is None or score.on > self.started_on


def _within(whole: int, part: Range, rest: Range) -> Range:
    """The range of a part, when part and rest are known to add up to `whole`."""
    lowest = part.lowest if rest.highest is None else max(part.lowest, whole - rest.highest)
    highest = whole - rest.lowest
    return Range(lowest, highest if part.highest is None else min(part.highest, highest))
