"""Which value is now and which is the baseline (CLINICAL.md 2, DESIGN.md 5 "Now")."""

from dataclasses import dataclass
from datetime import date

from . import biomarkers, entries, ordinals
from .amounts import Invalid, day
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
    """A dated value that may stand for one measure: `of` is an Entry or a Level."""

    measure: str
    on: date
    place: int  # in the list of the chart: of two on one day the later counts
    names: tuple[str, ...]  # under which a clinician may have accepted it
    total_only: bool
    of: object


@dataclass(frozen=True)
class Course:
    today: date
    first_dose: date | None
    accepted: frozenset[str]
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
    accepted = frozenset(chart.get("accepted_baseline") or [])
    return Course(today, day(started) if started else None, accepted, tuple(begun))


def candidates(chart: dict, course: Course) -> list[Candidate]:
    found = []
    for place, raw in enumerate(chart.get("scores") or []):
        try:
            entry = entries.read(raw, chart.get("sex"), course.today)
        except Invalid:
            continue
        for measure in measures_of(entry):
            names = tuple({measure, entry.instrument} & set(entries.INSTRUMENTS))
            found.append(Candidate(measure, entry.on, place, names, entry.total_only, entry))
    for place, raw in enumerate(chart.get("labs") or []):
        try:
            level = biomarkers.read(raw, course.today)
        except Invalid:
            continue
        if level is not None:
            names = (level.analyte,)
            found.append(Candidate(level.analyte, level.on, place, names, False, level))
    return found


def measures_of(entry: entries.Entry) -> list[str]:
    """A full Mayo also gives a partial Mayo, a MES and an Adapted Mayo, either Mayo a UC PRO2, where assessed."""
    if entry.instrument not in ("partial_mayo", "mayo"):
        return [entry.instrument]
    whole = [entry.instrument] if entry.instrument == "partial_mayo" else []
    if entry.items is None:  # a bare total: its items are unknown
        return whole
    parts = {"uc_pro2": ordinals.UC_PRO2}
    if entry.instrument == "mayo":
        parts |= ordinals.MAYO_PARTS | {"mes": ("mes",)}
    return whole + [
        measure
        for measure, items in parts.items()
        if UNASSESSED_PART_OF_MAYO_IS_A_SCORE or any(entry.items[item] is not None for item in items)
    ]


def latest(found: list[Candidate]) -> Candidate | None:
    return max(found, key=lambda one: (one.on, one.place), default=None)


def now(found: list[Candidate], measure: str, course: Course) -> Candidate | None:
    """The latest after the first dose; in a quick check the latest of all."""
    return latest(
        [one for one in found if one.measure == measure and (course.first_dose is None or one.on > course.first_dose)]
    )


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
    return latest([one for one in found if one.measure == measure and is_usable(one, course)])


def is_usable(one: Candidate, course: Course) -> bool:
    age = (course.first_dose - one.on).days
    accepted = not course.accepted.isdisjoint(one.names)
    if one.total_only and TOTAL_ONLY_BASELINE_NEEDS_ACCEPTANCE and not accepted:
        return False
    if 0 <= age <= WINDOW.get(one.measure, -1):
        return True
    disturbed = any(one.on < begun < course.first_dose for begun in course.disturbances)
    return 0 <= age <= ACCEPTED_UP_TO and accepted and not disturbed
