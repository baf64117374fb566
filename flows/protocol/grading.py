"""Grades 3 and 4 of the last values, with the name of their scale. CLINICAL.md section 5."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from flows.analytes import BY_CODE
from flows.citations import Stated
from flows.days import day
from flows.grades import BASELINE_OPEN, BY_BASELINE, CTCAE_5, GRADED, SCALE, Grade, GradedAgainst, grade
from flows.history import Sex
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.patient import Patient
from flows.protocol.reference_limits import lowers, uppers
from flows.quantities import EXACT, Number
from flows.samples import SAFETY_WINDOW, Lab

GRAVE_FROM = 3
BY_REFERENCE = "by a reference, as no limit of the laboratory is known"
_AGAINST_BASELINE = frozenset({"alt", "ast", "creatinine"})
# Of these a baseline that is known as a bound counts with all that it may be.
_AGAINST_ABNORMAL = frozenset({"alt", "ast"})
# What a baseline may be: unknown alone, one number, or both ends of a bound.
Before = tuple[Decimal | None, ...]
_UNKNOWN: Before = (None,)

GRAVE = Caution(
    id=f"guideline.ctcae_grade_{GRAVE_FROM}_or_4",
    level=Level.CHECK,
    says=alike(f"grade {GRAVE_FROM} or 4 of a last value", CTCAE_5),
    called=f"grade {GRAVE_FROM} or 4",
)
_ANALYTES = Stated(f"graded by {SCALE}: {', '.join(BY_CODE[code].title for code in GRADED)}", CTCAE_5)
STATED = stated((GRAVE,), _ANALYTES)


def grave(patient: Patient) -> Iterator[SafetyFinding]:
    """The last values of grade 3 or more, or that may be, as far as they and their limits are open."""
    last = [every[-1] for code in GRADED if (every := patient.values.get(code))]
    found = [(lab, outcomes) for lab in last if any(outcomes := _are_grave(patient, lab))]
    if found:
        values = [
            f"{lab.analyte.title} {lab} ({day(lab.on)}{'' if all(outcomes) else ', not excluded'})"
            for lab, outcomes in found
        ]
        brief = f"{GRAVE.matter}: {'; '.join(values)}" if len(found) > 1 else ""
        yield GRAVE.found(patient, *[_told(patient, lab) for lab, _ in found], brief=brief)


def _are_grave(patient: Patient, lab: Lab) -> list[bool]:
    """For each end of what is open."""
    return [each is not None and each.grade >= GRAVE_FROM for each in _grades(patient, lab)]


def _told(patient: Patient, lab: Lab) -> str:
    return f"{lab.analyte.title} {lab} ({day(lab.on)}), {', '.join(graded(patient, lab))}"


def graded(patient: Patient, lab: Lab) -> list[str]:
    """`CTCAE v5 grade 2`, or `2 to 4` where a limit or a value is open; nothing where it cannot be said."""
    grades = _grades(patient, lab)
    known = [each for each in grades if each is not None]
    if len(known) < len(grades):
        return []
    lowest, highest = min(each.grade for each in known), max(each.grade for each in known)
    numbers = f"{lowest} to {highest}" if lowest < highest else f"{lowest}"
    return [f"{SCALE} grade {numbers}", *_notes(known)]


def _notes(grades: Sequence[Grade]) -> list[str]:
    """What grades rest on; of a baseline that is abnormal at one of its ends alone, that this is not known."""
    notes = dict.fromkeys(each.note for each in grades)
    if BY_BASELINE in notes and len(notes) > 1:
        return [BASELINE_OPEN]
    return [each for each in notes if each]


def _grades(patient: Patient, lab: Lab) -> list[Grade | None]:
    """One for each upper limit that may be the one, at each end of what the value may be."""
    return _by_limits(lab, _baseline(patient, lab), patient.chart.sex)


def grade_of(lab: Lab, before: Before = _UNKNOWN, sex: Sex | None = None) -> Grade | None:
    """By the laboratory's own limits, else by references; None where it cannot be said. `before` is the baseline."""
    known = [GradedAgainst(lower=lab.lower, upper=lab.upper, baseline=each) for each in before]
    own = _decided([grade(lab.analyte.code, lab.number, each) for each in known])
    if own is not None:
        return own
    by_reference = _decided(_by_limits(lab, before, sex))
    if by_reference is None:
        return None
    return replace(by_reference, note="; ".join(filter(None, (by_reference.note, BY_REFERENCE))))


def _decided(found: Sequence[Grade | None]) -> Grade | None:
    """The grade, if all are the same one."""
    first = found[0]
    if first is None or found.count(first) == len(found):
        return first
    known = [each for each in found if each is not None and each.grade == first.grade]
    return replace(first, note="; ".join(_notes(known))) if len(known) == len(found) else None


def _by_limits(lab: Lab, before: Before, sex: Sex | None) -> list[Grade | None]:
    upper_limits: list[Decimal | None] = [each.value for each in uppers(lab, sex)]
    return [
        grade(lab.analyte.code, Number(end), GradedAgainst(lower=lower, upper=upper, baseline=each))
        for upper in upper_limits or [None]
        for lower in lowers(lab, sex) or [None]
        for each in before
        for end in lab.number.ends
    ]


def _baseline(patient: Patient, lab: Lab) -> Before:
    if lab.analyte.code not in _AGAINST_BASELINE:
        return _UNKNOWN
    return baseline_of(lab, patient.baseline(lab.analyte.code, SAFETY_WINDOW))


def baseline_of(lab: Lab, then: Lab | None) -> Before:
    """All that the baseline of a value may be; unknown where it is that value, or is nothing to measure it against."""
    if then is None or then is lab:
        return _UNKNOWN
    is_exact = then.number.bound is EXACT
    return then.number.ends if is_exact or lab.analyte.code in _AGAINST_ABNORMAL else _UNKNOWN
