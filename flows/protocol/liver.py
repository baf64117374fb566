"""The liver: the pattern of Hy's law, raised transaminases, suspected injury. CLINICAL.md section 5."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from flows.days import day
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.events import Lasting, Watched
from flows.protocol.patient import Patient
from flows.protocol.reference_limits import always, told, uppers
from flows.protocol.sources import FDA_DILI, READ_NOWHERE, US_LIVER
from flows.quantities import times
from flows.samples import SAFETY_WINDOW, Lab

# Multiples of the upper limit.
HYS_TRANSAMINASE_FROM = Decimal(3)
HYS_BILIRUBIN_ABOVE = Decimal(2)
HYS_ALP_BELOW = Decimal(2)
HYS_APART = timedelta(days=14)
# Multiples of the upper limit, and of the baseline.
TRANSAMINASE_ABOVE = Decimal(3)

_INTERRUPTION = alike(
    "interruption if drug-induced liver injury is suspected, until it is excluded", US_LIVER, *READ_NOWHERE
)
HYS_LAW = Caution(
    id="guideline.hys_law",
    level=Level.LIMIT,
    says=(
        *alike(
            f"pattern of Hy's law: ALT or AST >= {HYS_TRANSAMINASE_FROM} x the upper limit and bilirubin > "
            f"{HYS_BILIRUBIN_ABOVE} x, in samples at most {HYS_APART.days} days apart, ALP < {HYS_ALP_BELOW} x or not "
            "known",
            FDA_DILI,
        ),
        *_INTERRUPTION,
    ),
)
RAISED = Caution(
    id="guideline.transaminase_above_3x",
    level=Level.CHECK,
    says=(
        *alike(f"ALT or AST > {TRANSAMINASE_ABOVE} x the upper limit, or > {TRANSAMINASE_ABOVE} x baseline", FDA_DILI),
        *_INTERRUPTION,
    ),
)
_SUSPECTED = Watched(
    Caution(id="label.liver_injury_suspected", level=Level.LIMIT, says=_INTERRUPTION),
    Lasting(("liver_injury_suspected",), timedelta(days=90)),
)
STATED = stated((HYS_LAW, RAISED, _SUSPECTED.caution), _SUSPECTED.lasting.stated)

_TRANSAMINASES = ("alt", "ast")


def liver(patient: Patient) -> Iterator[SafetyFinding]:
    yield from _hys_law(patient)
    raised = [each for code in _TRANSAMINASES if (lab := patient.newest(code)) for each in _raised(patient, lab)]
    if raised:
        brief = ", ".join(f"{_valued(lab)}{doubt}" for lab, doubt, _ in raised)
        facts = [f"{told(lab, uppers(lab, patient.chart.sex))}{doubt}, {was}" for lab, doubt, was in raised]
        yield RAISED.found(patient, *facts, *_known_beside(patient), brief=brief)
    yield from _SUSPECTED.found(patient)


def _hys_law(patient: Patient) -> Iterator[SafetyFinding]:
    """The newest pair of samples that has the pattern, whatever came after it, from the baseline's window on.

    A pair is as new as its older sample: a newer one would make a newer pair with what is near to both. Where none has
    it, the last values are to be checked if they may.
    """
    if not patient.every("bilirubin"):
        return
    for is_open in (False, True):
        pairs = sorted(_pairs(patient, is_open=is_open), key=lambda pair: sorted(each.on for each in pair))
        for enzyme, bilirubin in reversed(pairs):
            alkaline = _alkaline(patient, enzyme.on)
            if alkaline is not None:
                yield _pattern(patient, enzyme, bilirubin, alkaline, is_open=is_open)
                return


def _pattern(patient: Patient, enzyme: Lab, bilirubin: Lab, alkaline: str, *, is_open: bool) -> SafetyFinding:
    values = [_told(patient, each) for each in (enzyme, bilirubin)]
    since = _since(patient, enzyme, bilirubin)
    brief = f"pattern of Hy's law{' not excluded' if is_open else ''}: {_valued(enzyme)}, {_valued(bilirubin)}"
    level = Level.CHECK if is_open else None
    return HYS_LAW.found(patient, *values, alkaline, *since, *_beside(patient), brief=brief, level=level)


def _told(patient: Patient, lab: Lab) -> str:
    """With its limit, and what is not known of it."""
    limits = uppers(lab, patient.chart.sex)
    least = f"> {HYS_BILIRUBIN_ABOVE} x" if lab.analyte.code == "bilirubin" else f">= {HYS_TRANSAMINASE_FROM} x"
    is_open = _has(patient, lab) is None
    return told(lab, limits) + (f": whether {least} is not known" if is_open else "")


def _valued(lab: Lab) -> str:
    return f"{lab.analyte.title} {lab} ({day(lab.on)})"


def _pairs(patient: Patient, *, is_open: bool) -> list[tuple[Lab, Lab]]:
    enzymes = [each for code in _TRANSAMINASES for each in _over(patient, code, is_open=is_open)]
    return [
        (enzyme, bilirubin)
        for bilirubin in (_over(patient, "bilirubin", is_open=is_open) if enzymes else ())
        for enzyme in enzymes
        if abs(enzyme.on - bilirubin.on) <= HYS_APART
    ]


def _over(patient: Patient, code: str, *, is_open: bool) -> list[Lab]:
    """The values as high as the pattern asks for, whatever of them is open; with `is_open` the last, if it may be."""
    every = patient.since_first_dose(code, before=SAFETY_WINDOW)
    if is_open:
        return [each for each in every[-1:] if _has(patient, each) is not False]
    return [each for each in every if _has(patient, each)]


def _has(patient: Patient, lab: Lab) -> bool | None:
    """Whether a value is as high as the pattern asks for; None where that is open."""
    holds = _is_high_bilirubin if lab.analyte.code == "bilirubin" else _is_high
    return always(lab, uppers(lab, patient.chart.sex), holds)


def _is_high(value: Decimal, upper: Decimal) -> bool:
    return value >= HYS_TRANSAMINASE_FROM * upper


def _is_high_bilirubin(value: Decimal, upper: Decimal) -> bool:
    return value > HYS_BILIRUBIN_ABOVE * upper


def _alkaline(patient: Patient, on: date) -> str | None:
    """What the nearest ALP says, the later of two as near; None where it speaks against the pattern."""
    near = [each for each in patient.every("alp") if abs(on - each.on) <= HYS_APART]
    if not near:
        return f"ALP: no value within {HYS_APART.days} days"
    lab = min(reversed(near), key=lambda each: abs(on - each.on))
    limits = uppers(lab, patient.chart.sex)
    is_low = always(lab, limits, lambda value, upper: value < HYS_ALP_BELOW * upper)
    if is_low is False:
        return None
    return told(lab, limits) + ("" if is_low else f": whether < {HYS_ALP_BELOW} x is not known")


def _since(patient: Patient, *pair: Lab) -> list[str]:
    """The last values, where they are not those of the pair."""
    return [f"last {_valued(new)}" for old in pair if (new := patient.newest(old.analyte.code)) and new is not old]


def _beside(patient: Patient) -> list[str]:
    known = _known_beside(patient)
    history = patient.chart.history
    gaps = {"PSC": history.psc is None, "Gilbert's syndrome": history.gilbert is None}
    open_to = [name for name, is_open in gaps.items() if is_open]
    return [*known, f"not known: {', '.join(open_to)}"] if open_to else known


def _known_beside(patient: Patient) -> list[str]:
    history = patient.chart.history
    return ["PSC is recorded"] * bool(history.psc) + ["Gilbert's syndrome is recorded"] * bool(history.gilbert)


def _raised(patient: Patient, lab: Lab) -> Iterator[tuple[Lab, str, str]]:
    """A value against its upper limit, and against the baseline if it came after the first dose: what is in doubt of
    it, and the baseline.
    """
    over_limit = always(lab, uppers(lab, patient.chart.sex), lambda value, upper: value > TRANSAMINASE_ABOVE * upper)
    then = patient.baseline(lab.analyte.code, SAFETY_WINDOW)
    over_baseline = then is not None and then is not lab and _is_over(lab, then)
    if over_limit is not False or over_baseline:
        is_sure = over_limit or over_baseline
        doubt = "" if is_sure else f": whether > {TRANSAMINASE_ABOVE} x the upper limit is not known"
        yield lab, doubt, "baseline not known" if then is None else f"baseline {then} ({day(then.on)})"


def _is_over(lab: Lab, then: Lab) -> bool:
    return min(lab.number.ends) > times(TRANSAMINASE_ABOVE, max(then.number.ends))
