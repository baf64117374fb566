"""Grades of severity by CTCAE version 5, as CLINICAL.md section 5 prints them; the scale always stands with the grade.

Other scales put other numbers on the same value: lymphocytes below 0.5 are grade 3 here and grade 4 by OMERACT.
"""

from collections.abc import Callable
from decimal import Decimal

from msgspec import Struct

from flows.citations import Authority, Citation
from flows.quantities import ONE, Number, times

SCALE = "CTCAE v5"
CTCAE_5 = Citation(
    name=SCALE,
    title="Common Terminology Criteria for Adverse Events, version 5",
    authority=Authority.GUIDELINE,
    read_in="pharmaverse/admiral, ncictcaev5.json",
)
BASELINE_NORMAL = "if the baseline was normal"
BASELINE_UNKNOWN = "against the upper limit only: baseline unknown"
BY_BASELINE = "against the abnormal baseline"
BASELINE_OPEN = "whether the baseline was abnormal is not known"


class Grade(Struct, frozen=True):
    """0 is no grade; `note` is what the grade rests on where that is not the value alone."""

    grade: int
    note: str = ""
    scale: str = SCALE


class GradedAgainst(Struct, frozen=True, kw_only=True):
    """What a grade is measured against, in the unit of the value; None is unknown."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    baseline: Decimal | None = None


NOTHING_KNOWN = GradedAgainst()
Rule = Callable[[Decimal, GradedAgainst], Grade | None]


def grade(analyte: str, value: Number, known: GradedAgainst = NOTHING_KNOWN) -> Grade | None:
    """The grade, if it is the same for all that a value may be; None where it cannot be said."""
    rule = _RULES.get(analyte)
    if rule is None:
        return None
    grades = [rule(end, known) for end in value.ends]
    return grades[0] if grades.count(grades[0]) == len(grades) else None


def _steps_above(value: Decimal, starts: tuple[Decimal, ...]) -> int:
    return sum([value > start for start in starts])


def _times_upper(*starts: Decimal) -> Rule:
    """Grade n begins above the nth multiple of the upper limit."""

    def rule(value: Decimal, known: GradedAgainst) -> Grade | None:
        if known.upper is None:
            return None
        return Grade(_steps_above(value, tuple(start * known.upper for start in starts)))

    return rule


def _above(*starts: Decimal) -> Rule:
    """Grade 1 begins above the upper limit, the next ones above fixed values."""

    def rule(value: Decimal, known: GradedAgainst) -> Grade | None:
        above = _steps_above(value, starts)
        if above:
            return Grade(above + 1)
        return None if known.upper is None else Grade(int(value > known.upper))

    return rule


def _below(*starts: Decimal) -> Rule:
    """Grade 1 begins below the lower limit, the next ones below fixed values."""

    def rule(value: Decimal, known: GradedAgainst) -> Grade | None:
        below = sum([value < start for start in starts])
        if below:
            return Grade(below + 1)
        return None if known.lower is None else Grade(int(value < known.lower))

    return rule


def _transaminase(value: Decimal, known: GradedAgainst) -> Grade | None:
    if known.upper is None:
        return None
    if known.baseline is None or known.baseline <= known.upper:
        found = _steps_above(value, tuple(start * known.upper for start in (ONE, Decimal(3), Decimal(5), Decimal(20))))
        return Grade(found, BASELINE_NORMAL if known.baseline is None and found else "")
    found = _steps_above(value, tuple(times(start, known.baseline) for start in (Decimal(3), Decimal(5), Decimal(20))))
    return Grade(found + 1 if found else int(value >= times(Decimal("1.5"), known.baseline)), BY_BASELINE)


def _triglycerides(value: Decimal, _: GradedAgainst) -> Grade:
    above = _steps_above(value, (Decimal(300), Decimal(500), Decimal(1000)))
    return Grade(above + 1 if above else int(value >= 150))


def _creatinine(value: Decimal, known: GradedAgainst) -> Grade | None:
    if known.upper is None:
        return None
    found = _steps_above(value, tuple(start * known.upper for start in (ONE, Decimal("1.5"), Decimal(3), Decimal(6))))
    if known.baseline is None:
        return Grade(found, BASELINE_UNKNOWN if found < 4 else "")
    risen = _steps_above(value, (Decimal("1.5") * known.baseline, Decimal(3) * known.baseline))
    return Grade(max(found, risen + 1) if risen else found)


_RULES: dict[str, Rule] = {
    "cpk": _times_upper(ONE, Decimal("2.5"), Decimal(5), Decimal(10)),
    "alt": _transaminase,
    "ast": _transaminase,
    "bilirubin": _times_upper(ONE, Decimal("1.5"), Decimal(3), Decimal(10)),
    "alc": _below(Decimal("0.8"), Decimal("0.5"), Decimal("0.2")),
    "anc": _below(Decimal("1.5"), Decimal("1.0"), Decimal("0.5")),
    # Below 8 is grade 3; grade 4 is life-threatening, which no number says.
    "hb": _below(Decimal(10), Decimal(8)),
    "platelets": _below(Decimal(75), Decimal(50), Decimal(25)),
    "cholesterol": _above(Decimal(300), Decimal(400), Decimal(500)),
    "triglycerides": _triglycerides,
    "creatinine": _creatinine,
}
GRADED = _RULES.keys()
