"""Creatine kinase and rhabdomyolysis, against what trials do. CLINICAL.md sections 3 and 5."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from flows.citations import Stated
from flows.days import day
from flows.grades import CTCAE_5, SCALE
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.events import Lasting, Watched
from flows.protocol.grading import graded
from flows.protocol.patient import Patient
from flows.protocol.reference_limits import always, told, uppers
from flows.protocol.sources import READ_NOWHERE, THIS_PROJECT, TRIALS_ON_CPK, US_INDICATION
from flows.samples import Lab

# Multiples of the upper limit.
CPK_FROM = Decimal(4)
CPK_RAISED_ABOVE = Decimal(1)
# Ours: so many days apart a symptom and a value belong together.
SYMPTOMS_WITHIN = timedelta(days=14)

_NO_LIMIT = alike(
    "CPK elevation is listed as an adverse reaction, without a limit of its own", US_INDICATION, *READ_NOWHERE
)
_INTERRUPTION = alike(
    f"interruption at CPK >= {CPK_FROM} x the upper limit with symptoms, or at rhabdomyolysis", TRIALS_ON_CPK
)
WITH_SYMPTOMS = Caution(
    id="practice.cpk_4x_with_symptoms",
    level=Level.CHECK,
    says=(*_INTERRUPTION, *_NO_LIMIT),
    called="CPK with symptoms",
)
WITHOUT = Caution(id="practice.cpk_4x", level=Level.CHECK, says=(*_INTERRUPTION, *_NO_LIMIT), called="CPK raised")
RAISED = Caution(
    id="guideline.cpk_raised",
    level=Level.INFO,
    says=(*alike(f"CPK above the upper limit is graded by {SCALE}", CTCAE_5), *_NO_LIMIT),
)
_RHABDOMYOLYSIS = Watched(
    Caution(id="practice.rhabdomyolysis", level=Level.CHECK, says=_INTERRUPTION),
    Lasting(("rhabdomyolysis",), timedelta(days=90)),
)
_TOGETHER = Stated(f"myalgia at most {SYMPTOMS_WITHIN.days} days from a CPK is a symptom of it", THIS_PROJECT)
STATED = stated((WITH_SYMPTOMS, WITHOUT, RAISED, _RHABDOMYOLYSIS.caution), _RHABDOMYOLYSIS.lasting.stated, _TOGETHER)


def muscle(patient: Patient) -> Iterator[SafetyFinding]:
    """The last CPK; where what it may be, or an upper limit that depends on a sex that is not known, leaves it open
    whether it is as high as that, it is to be checked.
    """
    lab = patient.newest("cpk")
    if lab is not None:
        yield from _cpk(patient, lab)
    yield from _RHABDOMYOLYSIS.found(patient)


def _cpk(patient: Patient, lab: Lab) -> Iterator[SafetyFinding]:
    limits = uppers(lab, patient.chart.sex)
    myalgia = _myalgia(patient, lab)
    is_high = always(lab, limits, lambda value, upper: value >= CPK_FROM * upper)
    if is_high is not False:
        caution = WITH_SYMPTOMS if myalgia else WITHOUT
    elif always(lab, limits, lambda value, upper: value > CPK_RAISED_ABOVE * upper):
        caution = RAISED
    else:
        return
    symptoms = myalgia or [f"myalgia: nothing recorded within {SYMPTOMS_WITHIN.days} days of it"]
    doubt = f": whether >= {CPK_FROM} x the upper limit is not known" if is_high is None else ""
    yield caution.found(
        patient,
        f"{told(lab, limits)}{doubt}",
        *graded(patient, lab),
        *symptoms,
        _statin(patient),
        "exercise: not known",
        brief=f"{caution.matter}: {lab} ({day(lab.on)}){doubt}",
    )


def _myalgia(patient: Patient, lab: Lab) -> list[str]:
    events = [each for each in patient.events(("myalgia",)) if abs(each.on - lab.on) <= SYMPTOMS_WITHIN]
    return [f"myalgia ({day(each.on)})" for each in events]


def _statin(patient: Patient) -> str:
    taken = patient.taken("statin")
    return f"statin {taken[0].since}" if taken else "statin: none recorded"
