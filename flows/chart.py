"""What is known of one patient: dated facts, and which of them are now."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import force_setattr

from flows.answers import Answers
from flows.days import Month, day, month_before, so_long_before_first_dose
from flows.history import UNKNOWN_HISTORY, AdverseEvent, Handled, History, Region, Screened, Sex, StoolTest
from flows.questionnaire import Disease, Questionnaire
from flows.ranges import Points, Range, largest, total
from flows.samples import Lab, Labs, MonthLab, by_analyte
from flows.steps import Step
from flows.treatment import Treatment

# So long before the first dose a score may lie to be the baseline, or to be accepted as one (CLINICAL.md 2, policy).
BASELINE_WINDOW = timedelta(days=35)
ENDOSCOPY_WINDOW = timedelta(days=90)
ACCEPTED_WINDOW = timedelta(days=365)
# A course of one of these that began in between makes an old baseline another patient's.
_ANOTHER_THERAPY = frozenset({"biologic", "jak_inhibitor", "corticosteroid", "budesonide"})
# A score is of today for so long (DESIGN.md section 5, policy).
SCORE_IS_NOW = timedelta(days=14)
# On each every verdict rests: the days, and what makes a score invalid.
_DECISIVE = ("today", "enrolled", "started_on")
_DECISIVE_HISTORY = frozenset({"history", "history.ostomy", "history.colectomy", "history.pouch"})
# On what happened and what was screened rests neither a dose nor an interval.
_BY_THE_WAY = ("events", "stool_tests", "screening")
_day = attrgetter("on")
Dated = TypeVar("Dated", "Score", Lab)


class Score(Struct, frozen=True, kw_only=True):
    """An instrument on one day: its answers, or a total that was recorded without them.

    `points`, `total` and the items that are `open` follow from these, whatever is given for them.
    """

    questionnaire: Questionnaire
    on: date
    answers: Answers = {}
    recorded_total: Points | None = None
    points: Mapping[str, Range] = {}
    total: Range = total(())
    open: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Worked out once, here: rules ask for all of it."""
        answers, points = self.answers, self.questionnaire.points(self.answers)
        is_open = [code for code, each in points.items() if answers.get(code) is None or each.lowest != each.highest]
        force_setattr(self, "points", points)
        force_setattr(self, "open", frozenset(is_open))
        recorded = self.recorded_total
        whole = self.questionnaire.total(self.answers, points) if recorded is None else Range.exactly(recorded)
        force_setattr(self, "total", whole)

    def sum_of(self, *codes: str) -> Range:
        """What some of the items add up to; from a total alone, what it leaves possible."""
        if codes == self.questionnaire.codes:
            return self.total
        chosen = total([self.points[code] for code in codes])
        if self.recorded_total is None:
            return chosen
        others = total(each for code, each in self.points.items() if code not in codes)
        return _within(self.recorded_total, chosen, others)

    def worst_of(self, *codes: str) -> Range:
        """The highest score of any single one of some items."""
        if self.recorded_total is None:
            return largest([self.points[code] for code in codes])
        alone = largest([self.sum_of(code) for code in codes])
        evenly_spread = math.ceil(Fraction(self.sum_of(*codes).lowest, len(codes)))
        return Range(max(alone.lowest, evenly_spread), alone.highest)

    def missing(self, *codes: str) -> tuple[str, ...]:
        """Those of some items that are not known, or not whole; all of them behind a recorded total."""
        return tuple([code for code in codes if code in self.open]) if self.open else ()

    def speaks_of(self, *codes: str) -> bool:
        """Whether any of some items is known to have been assessed; of a bare total its items are, as a whole."""
        return codes == self.questionnaire.codes or any(self.answers.get(code) is not None for code in codes)


class MonthScore(Score, frozen=True, kw_only=True):
    """One whose day is not known: it may be a baseline and is nothing else; `on` is the first day of its month."""

    month: Month


class Medication(Struct, frozen=True, kw_only=True):
    """One course of a drug; `ended`, the last day of it, None while it goes on.

    `none_on` is the day on which it was said not to be taken any more, where that was said rather than its last day:
    the day after that, or the day itself of what was told and ended on one day.
    Where `begin_known` is False, `begun` is the first day of which it is known that it was taken.
    """

    kind: str
    begun: date
    begin_known: bool = True
    ended: date | None = None
    prednisolone_mg: Decimal | None = None
    none_on: date | None = None

    def goes_on(self, today: date) -> bool:
        is_open = self.none_on is None or today < self.none_on
        return self.begun <= today and is_open and (self.ended is None or today <= self.ended)

    @property
    def since(self) -> str:
        """`since 1 Jun 2026`, where somebody told that."""
        begun = day(self.begun)
        return f"since {begun}" if self.begin_known else f"taken on {begun}, since when is not known"


class Accepted(Struct, frozen=True, kw_only=True):
    """A baseline of a day or a month that somebody accepted; `by` and `accepted_on` where that is known."""

    measure: str
    on: date | Month
    by: str | None = None
    accepted_on: date | None = None

    def __str__(self) -> str:
        by = f" by {self.by}" if self.by else ""
        return f"accepted{by}{f' on {day(self.accepted_on)}' if self.accepted_on else ''}"


class Lost(Struct, frozen=True):
    """A score or a value that was given and could not be taken; `on` None where its day could not be read either."""

    name: str
    on: date | None


BEFORE_TREATMENT = "before treatment"
BEFORE_ANY_DOSE = f"{BEFORE_TREATMENT}: no first dose is recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The facts of one patient; without `started_on` a quick check, in which the latest score counts.

    Of somebody who is `enrolled` that is no quick check, but the time before treatment.

    `dose_known` False: whoever told a first dose of an earlier day did not know which dose was taken by then.
    `risks` or `medication` None: nobody asked; empty: none. `medication_partial`: of drugs that are not in the list
    nobody asked, but for the kinds in `medication_asked`. `stopped_on` is the day of the last dose.
    `accepted` are baselines of their days, `accepted_baseline` the names of those that are accepted of whatever day.
    `unreadable` names facts that were given and could not be read: no verdict may rest on a guess about them.
    `lost` are scores and values that were left out: an older one beside a lost one is not of now.
    `month_scores` and `month_labs` are read where a baseline is chosen, and nowhere else (DECISIONS.md, record 138).
    """

    disease: Disease
    enrolled: bool = False
    scores: tuple[Score, ...] = ()
    labs: tuple[Lab, ...] = ()
    month_scores: tuple[MonthScore, ...] = ()
    month_labs: tuple[MonthLab, ...] = ()
    medication: tuple[Medication, ...] | None = None
    medication_partial: bool = False
    medication_asked: frozenset[str] = frozenset()
    accepted_baseline: frozenset[str] = frozenset()
    accepted: tuple[Accepted, ...] = ()
    started_on: date | None = None
    dose_known: bool = True
    induction_weeks: int | None = None
    stopped_on: date | None = None
    course: tuple[Step, ...] = ()
    region: Region | None = None
    sex: Sex | None = None
    birth_year: int | None = None
    history: History = UNKNOWN_HISTORY
    risks: frozenset[str] | None = None
    events: tuple[AdverseEvent, ...] = ()
    stool_tests: tuple[StoolTest, ...] = ()
    screening: tuple[Screened, ...] = ()
    handled: tuple[Handled, ...] = ()
    unreadable: tuple[str, ...] = ()
    lost: tuple[Lost, ...] = ()
    treatment: Treatment = field(init=False, repr=False, compare=False)
    answered: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.labs, Labs):
            object.__setattr__(self, "labs", Labs(self.labs))
        object.__setattr__(self, "treatment", _treatment(self))

    @property
    def blind(self) -> tuple[str, ...]:
        """Of what could not be read, that on which every verdict rests."""
        if not self.unreadable:
            return ()
        return tuple([place for place in self.unreadable if place in _DECISIVE_HISTORY or place.startswith(_DECISIVE)])

    @property
    def unread_grounds(self) -> tuple[str, ...]:
        """Of what could not be read, that on which a dose or an interval may rest."""
        return tuple([place for place in self.unreadable if not place.startswith(_BY_THE_WAY)])

    @property
    def knows_risks(self) -> bool:
        """Whether what is not among the risks is known to be absent."""
        return self.risks is not None and not self.lost_risks

    @property
    def lost_risks(self) -> bool:
        return self.lost_at("risks")

    def lost_at(self, *keys: str) -> bool:
        """Whether something under these keys of the chart could not be read."""
        return bool(self.unreadable) and any(place.startswith(keys) for place in self.unreadable)

    def ages(self, today: date) -> tuple[int, int] | None:
        """The youngest and the oldest that a birth year leaves possible (D5a)."""
        if self.birth_year is None:
            return None
        return today.year - self.birth_year - 1, today.year - self.birth_year

    def taken(self, kinds: Collection[str], today: date) -> tuple[Medication, ...]:
        """Courses of some kinds of drug that go on at a day."""
        return tuple([each for each in self.medication or () if each.kind in kinds and each.goes_on(today)])

    def knows_whether_taken(self, kinds: Iterable[str] = ()) -> bool:
        """Whether it is known that some kinds of drug are taken or not; without kinds, of all."""
        if self.medication is None or self.lost_at("medication"):
            return False
        if not self.medication_partial:
            return True
        return not self.medication_asked.union(each.kind for each in self.medication).isdisjoint(kinds)

    def latest(self, scores: Iterable[Score]) -> Score | None:
        """The latest of some scores since the first dose; of two on one day the later in the list."""
        first, found = self.started_on, None
        for each in scores:
            if (first is None or each.on > first) and (found is None or each.on >= found.on):
                found = each
        return found

    def baseline(
        self,
        scores: Iterable[Score],
        window: timedelta,
        measure: str,
        first_dose: date | None = None,
        months: Sequence[MonthScore] = (),
    ) -> Score | None:
        """The last usable one of some scores on or before the first dose, or the day that is to stand for it.

        One that is older than its window, or a total without its items, counts if a clinician accepted it, by the
        name of what is measured or of its own instrument, and no other therapy began in between. One of a month counts
        so, too, where none of a day lies in the window and none that counts may be the later.
        """
        until = first_dose or self.started_on
        if until is None:
            return None
        found = None
        for each in scores:
            is_later = found is None or each.on >= found.on
            if is_later and each.on <= until and self._may_be_baseline(each, until, window, measure):
                found = each
        if not months or (found is not None and until - found.on <= window):
            return found
        accepted = [each for each in months if self._is_accepted(each, (measure, each.questionnaire.code), until)]
        return later(found, accepted)

    def acceptable_baseline(
        self, scores: Iterable[Score], window: timedelta, months: Iterable[MonthScore] = ()
    ) -> Score | None:
        """Where none of some scores is the baseline, the last one that would be, were it accepted."""
        until = self.started_on
        if until is None:
            return None
        before = [each for each in scores if each.on <= until]
        found = [each for each in before if until - each.on <= window or self.may_be_accepted(each.on, until)]
        of_day = max(reversed(found), key=_day, default=None)
        return later(of_day, [each for each in months if not self.unfit(each.month, until)])

    def unfit(self, month: Month, until: date) -> str:
        """Why what is of some day of a month can be no baseline; nothing where it only has to be accepted."""
        if month.last > until:
            return f"not wholly on or before {day(until)}"
        if until - month.first > ACCEPTED_WINDOW:
            return f"not wholly within {ACCEPTED_WINDOW.days} days before"
        return self.began_between(month.first, until)

    def acceptance(self, names: Collection[str], on: date | Month) -> str:
        """`accepted by member 1 on 1 Jun 2026`, of a baseline of that day or month; nothing where nobody did."""
        found = [str(each) for each in self.accepted if each.on == on and each.measure in names]
        if found:
            return found[-1]
        return "" if self.accepted_baseline.isdisjoint(names) else "accepted"

    def accepted_lab(self, code: str, until: date) -> Lab | None:
        """The last value that may be a baseline only because it was accepted; its window is not looked at."""
        if not self.accepted and code not in self.accepted_baseline:
            return None
        may_be = (
            each for each in reversed(by_analyte(self.labs).get(code, ())) if self.may_be_accepted(each.on, until)
        )
        found = next((each for each in may_be if self.acceptance((code,), each.on)), None)
        if not self.month_labs:
            return found
        of_it = [each for each in self.month_labs if each.analyte.code == code]
        return later(found, [each for each in of_it if self._is_accepted(each, (code,), until)])

    def may_be_accepted(self, on: date, until: date) -> bool:
        """Whether an old baseline counts once it is accepted: up to a year, if no other therapy began since."""
        return on <= until and until - on <= ACCEPTED_WINDOW and not self.began_between(on, until)

    def before_first_dose(self, score: Score) -> timedelta:
        assert self.started_on is not None
        return self.started_on - score.on

    def age_at_first_dose(self, found: Score | Lab) -> str:
        """`62 days before the first dose`; of a month the month, and both ends."""
        assert self.started_on is not None
        if isinstance(found, MonthScore | MonthLab):
            return f"{month_before(found.month, self.started_on)} before the first dose"
        return so_long_before_first_dose((self.started_on - found.on).days)

    def _may_be_baseline(self, score: Score, until: date, window: timedelta, measure: str) -> bool:
        is_in_time = until - score.on <= window
        if is_in_time and score.recorded_total is None:
            return True
        accepted = bool(self.acceptance((measure, score.questionnaire.code), score.on))
        return accepted and (is_in_time or self.may_be_accepted(score.on, until))

    def _is_accepted(self, found: MonthScore | MonthLab, names: Collection[str], until: date) -> bool:
        return bool(self.acceptance(names, found.month)) and not self.unfit(found.month, until)

    def began_between(self, first: date, last: date) -> str:
        """Whether another advanced therapy, or a steroid, began after one day and before another, or may have."""
        others = [each for each in self.medication or () if each.kind in _ANOTHER_THERAPY and each.begun > first]
        if any(each.begin_known and each.begun < last for each in others):
            return "another therapy began since"
        return "another therapy may have begun since" if any(not each.begin_known for each in others) else ""

    def is_now(self, score: Score, today: date) -> bool:
        return self.started_on is None or today - score.on <= SCORE_IS_NOW

    def lost_since(self, names: Iterable[str], on: date) -> bool:
        """Whether one of these was left out that may be as new as one of that day."""
        return bool(self.lost) and any(each.name in names and (each.on is None or each.on >= on) for each in self.lost)

    def before_treatment(self, today: date) -> str:
        """Why nothing is judged of a drug that is not taken yet; a course without a first dose was one all the same."""
        if self.started_on is None:
            return BEFORE_ANY_DOSE if self.enrolled and not self.course else ""
        return BEFORE_TREATMENT if today < self.started_on else ""


def _treatment(chart: Chart) -> Treatment:
    return Treatment(
        disease=chart.disease,
        started_on=chart.started_on,
        induction_weeks=chart.induction_weeks,
        stopped_on=chart.stopped_on,
        steps=tuple(sorted(chart.course, key=_day)),
        dose_known=chart.dose_known,
    )


def day_or_month(found: Score | Lab) -> date | Month:
    """All that is known of when it was."""
    return found.month if isinstance(found, MonthScore | MonthLab) else found.on


def later(of_day: Dated | None, of_months: Sequence[Dated]) -> Dated | None:
    """Of a month only where its first day is later: else the one of a day may be."""
    last = max(reversed(of_months), key=_day, default=None)
    return last if last is not None and (of_day is None or last.on > of_day.on) else of_day


def _within(whole: Points, part: Range, rest: Range) -> Range:
    """The range of a part, when part and rest are known to add up to `whole`."""
    lowest = part.lowest if rest.highest is None else max(part.lowest, whole - rest.highest)
    highest = whole - rest.lowest
    return Range(lowest, highest if part.highest is None else min(part.highest, highest))
