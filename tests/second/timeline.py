"""Which value is now and which is the baseline (CLINICAL.md 2, DESIGN.md 5 "Now")."""

from dataclasses import dataclass
from datetime import date

from . import biomarkers, entries, ordinals
from .amounts import Invalid, day
from .months import possible_days
from .readings import TOTAL_ONLY_BASELINE_NEEDS_ACCEPTANCE, UNASSESSED_PART_OF_MAYO_IS_A_SCORE

# Section 2: days before the first dose, inclusive.
WINDOW = {"hbi": 35, "cdai": 35, "partial_mayo": 35, "pro2_cd": 35, "crp": 60, "fcp": 60} | {
    "ses_cd": 90,
    "mes": 90,
    "adapted_mayo": 90,  # it includes endoscopy
}
ACCEPTED_UP_TO = 365
# DESIGN.md 5: days before today, inclusive.
NOW = {"crp": 35, "fcp": 35}
NOW_FOR_SCORES = 14
# Section 2: "no other advanced therapy or steroid course begun in between".
DISTURBING = ("biologic", "jak_inhibitor", "corticosteroid", "budesonide")


@dataclass(frozen=True)
class Candidate:
    """A value that may stand for one measure: `of` is an Entry or a Level; `days` are those it may be of."""

    measure: str
    days: tuple[date, ...]
    place: int  # in the list of the chart: of two on one day the later counts
    names: tuple[str, ...]  # under which a clinician may have accepted it
    total_only: bool
    of: object

    @property
    def on(self) -> date:
        return self.days[0]

    @property
    def is_of_a_month(self) -> bool:
        return len(self.days) > 1

    @property
    def is_part_of_total(self) -> bool:
        """Some items of a total without items: bounded, and no baseline."""
        return self.total_only and self.measure != self.of.instrument

    @property
    def known_of_day(self) -> str:
        return f"{self.on:%Y-%m}" if self.is_of_a_month else self.on.isoformat()


@dataclass(frozen=True)
class Course:
    today: date
    first_dose: date | None
    accepted: frozenset[str]
    accepted_of: frozenset[tuple[str, str]]  # a measure with the day or the month it was accepted of
    disturbances: tuple[date, ...]

    @property
    def before_treatment(self) -> bool:
        return self.first_dose is not None and self.today < self.first_dose


def course_of(chart: dict) -> Course:
    today = day(chart["today"]) if chart.get("today") else date.fromisoformat("2026-06-01")
    started = chart.get("started_on")
    begun = [
        day(one["from"]) for one in chart.get("medication") or [] if one.get("kind") in DISTURBING and one.get("from")
    ]
    given = chart.get("accepted_baseline") or []
    accepted = frozenset(one for one in given if isinstance(one, str))
    of_a_day = frozenset((one["measure"], one["on"]) for one in given if isinstance(one, dict))
    return Course(today, day(started) if started else None, accepted, of_a_day, tuple(begun))


def candidates(chart: dict, course: Course) -> list[Candidate]:
    found = []
    for place, raw in enumerate(chart.get("scores") or []):
        try:
            days = possible_days(raw, course.today, course.first_dose)
            entry = entries.read(raw | {"on": days[0].isoformat()}, chart.get("sex"), course.today)
        except Invalid:
            continue
        for measure in measures_of(entry):
            names = tuple({measure, entry.instrument} & set(entries.INSTRUMENTS))
            found.append(Candidate(measure, days, place, names, entry.total_only, entry))
    for place, raw in enumerate(chart.get("labs") or []):
        try:
            days = possible_days(raw, course.today, course.first_dose)
            level = biomarkers.read(raw | {"on": days[0].isoformat()}, course.today)
        except Invalid:
            continue
        if level is not None:
            names = (level.analyte,)
            found.append(Candidate(level.analyte, days, place, names, False, level))
    return found


def measures_of(entry: entries.Entry) -> list[str]:
    """A full Mayo also gives a partial Mayo, a MES and an Adapted Mayo, either Mayo a UC PRO2, where assessed.

    A total without items was made of all of them, and bounds each (D5).
    """
    if entry.instrument not in ("partial_mayo", "mayo"):
        return [entry.instrument]
    whole = [entry.instrument] if entry.instrument == "partial_mayo" else []
    parts = {"uc_pro2": ordinals.UC_PRO2}
    if entry.instrument == "mayo":
        parts |= ordinals.MAYO_PARTS | {"mes": ("mes",)}
    return whole + [
        measure
        for measure, items in parts.items()
        if entry.items is None
        or UNASSESSED_PART_OF_MAYO_IS_A_SCORE
        or any(entry.items[item] is not None for item in items)
    ]


def latest(found: list[Candidate]) -> Candidate | None:
    return max(found, key=lambda one: (one.on, one.place), default=None)


def now(found: list[Candidate], measure: str, course: Course) -> Candidate | None:
    """The latest after the first dose; in a quick check the latest of all."""
    of_it = [one for one in found if one.measure == measure and not one.is_of_a_month]
    return latest([one for one in of_it if course.first_dose is None or one.on > course.first_dose])


def as_of(candidate: Candidate | None, course: Course) -> str | None:
    """The day of a value that is no longer now."""
    if candidate is None or course.first_dose is None:
        return None
    limit = NOW.get(candidate.measure, NOW_FOR_SCORES)
    old = (course.today - candidate.on).days > limit
    return candidate.on.isoformat() if old else None


def baseline(found: list[Candidate], measure: str, course: Course) -> Candidate | None:
    """The last usable value on or before day 0; a quick check has no day 0 and no baseline."""
    if course.first_dose is None:
        return None
    usable = [one for one in found if one.measure == measure and is_usable(one, course)]
    of_a_day = latest([one for one in usable if not one.is_of_a_month])
    if of_a_day is not None and (course.first_dose - of_a_day.on).days <= WINDOW.get(measure, -1):
        return of_a_day
    months = [one for one in usable if one.is_of_a_month]
    surely_later = [one for one in months if of_a_day is None or all(day > of_a_day.on for day in one.days)]
    return latest(surely_later) or of_a_day


def is_usable(one: Candidate, course: Course) -> bool:
    """A month needs acceptance wherever it lies, and every day of it has to do."""
    if one.is_part_of_total:
        return False
    accepted = not course.accepted.isdisjoint(one.names)
    accepted = accepted or any((name, one.known_of_day) in course.accepted_of for name in one.names)
    if one.is_of_a_month:
        return accepted and all(is_usable_old(day, course) for day in one.days)
    age = (course.first_dose - one.on).days
    if one.total_only and TOTAL_ONLY_BASELINE_NEEDS_ACCEPTANCE and not accepted:
        return False
    if 0 <= age <= WINDOW.get(one.measure, -1):
        return True
    return accepted and is_usable_old(one.on, course)


def is_usable_old(on: date, course: Course) -> bool:
    """Of an accepted one, whether its day does."""
    disturbed = any(on < begun < course.first_dose for begun in course.disturbances)
    return 0 <= (course.first_dose - on).days <= ACCEPTED_UP_TO and not disturbed
