"""Vessels, tumours, bowel, eyes and allergy: what the labels say of an adverse event. CLINICAL.md section 3."""

from collections.abc import Iterator
from datetime import timedelta

from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.events import Lasting, Watched
from flows.protocol.patient import Patient
from flows.protocol.sources import READ_IN_GB, READ_NOWHERE, US_INDICATION, US_LABEL
from flows.protocol.steroids import STEROIDS

_A_MONTH = timedelta(days=30)
_A_YEAR = timedelta(days=365)

MI_OR_STROKE = Caution(
    id="label.mi_or_stroke",
    level=Level.LIMIT,
    says=alike("discontinuation after a myocardial infarction or stroke", US_INDICATION),
)
THROMBOSIS = Caution(
    id="label.thrombosis",
    level=Level.LIMIT,
    says=(
        *alike("discontinuation and prompt evaluation at symptoms of thrombosis", US_LABEL),
        *alike("discontinuation at a VTE", *READ_IN_GB),
    ),
)
MALIGNANCY = Caution(
    id="label.malignancy",
    level=Level.CHECK,
    says=(
        *alike(
            "with a known malignancy, except a non-melanoma skin cancer that was treated, benefits and risks are "
            "weighed before the first dose and on treatment",
            US_LABEL,
        ),
        *alike("with a malignancy or a risk of one only without a suitable alternative", *READ_IN_GB),
    ),
)
PERFORATION = Caution(
    id="label.gi_perforation",
    level=Level.CHECK,
    says=alike(
        "perforation is watched for with diverticulitis, NSAIDs or corticosteroids; new abdominal pain is evaluated "
        "promptly",
        US_INDICATION,
        *READ_NOWHERE,
    ),
)
VISION = Caution(
    id="label.vision_change",
    level=Level.CHECK,
    says=alike("a sudden change of vision is reported: retinal detachment", US_INDICATION),
)
HYPERSENSITIVITY = Caution(
    id="label.hypersensitivity",
    level=Level.CHECK,
    says=alike("discontinuation at an anaphylaxis", US_INDICATION),
)
TABLET_RESIDUE = Caution(
    id="label.tablet_residue",
    level=Level.INFO,
    says=alike(
        "tablet residue in stool or stoma output is reported; an alternative is considered if the response is "
        "inadequate",
        US_INDICATION,
    ),
)

_VESSELS = Lasting(("myocardial_infarction", "stroke", "mace"), None)
_CLOT = Lasting(("vte",), None)
_CLOT_SUSPECTED = Lasting(("thrombosis_symptoms",), _A_MONTH)
_TUMOUR = Lasting(("malignancy",), None)
_SKIN_TUMOUR = Lasting(("nmsc",), _A_YEAR)
_PERFORATION = Lasting(("perforation",), _A_YEAR)
_PAIN = Lasting(("abdominal_pain",), timedelta(days=14))
_RESIDUE = Lasting(("tablet_residue",), timedelta(days=90))
_WATCHED = (
    Watched(VISION, Lasting(("vision_change",), _A_MONTH)),
    Watched(HYPERSENSITIVITY, Lasting(("hypersensitivity",), None), Level.LIMIT),
)
STATED = stated(
    (MI_OR_STROKE, THROMBOSIS, MALIGNANCY, PERFORATION, VISION, HYPERSENSITIVITY, TABLET_RESIDUE),
    *(each.stated for each in (_VESSELS, _CLOT, _CLOT_SUSPECTED, _TUMOUR, _SKIN_TUMOUR, _PERFORATION, _PAIN)),
    _RESIDUE.stated,
    *(each.lasting.stated for each in _WATCHED),
)

_PREVIOUS = {
    "previous_mi": "previous myocardial infarction",
    "previous_stroke": "previous stroke",
    "previous_malignancy": "previous malignancy",
    "active_cancer": "active cancer",
}


def harmed(patient: Patient) -> Iterator[SafetyFinding]:
    yield from _vessels(patient)
    yield from _clots(patient)
    yield from _tumours(patient)
    yield from _bowel(patient)
    for watched in _WATCHED:
        yield from watched.found(patient)
    yield from _residue(patient)


def clots_before(patient: Patient) -> list[str]:
    """VTE before the first dose: a risk, and no event of the treatment."""
    return _CLOT.told(each for each in _CLOT.of(patient) if not patient.began_by(each.on))


def _vessels(patient: Patient) -> Iterator[SafetyFinding]:
    """A limit on treatment; what happened before the first dose is to be checked."""
    events = _VESSELS.of(patient)
    facts = [*_VESSELS.told(events), *_among_risks(patient, "previous_mi", "previous_stroke")]
    if facts:
        since = any(patient.began_by(each.on) for each in events)
        brief = _VESSELS.brief(events) if events else facts[0]
        yield MI_OR_STROKE.found(patient, *facts, brief=brief, level=None if since else Level.CHECK)


def _clots(patient: Patient) -> Iterator[SafetyFinding]:
    clots = [each for each in _CLOT.of(patient) if patient.began_by(each.on)]
    suspected = _CLOT_SUSPECTED.of(patient)
    facts = [*_CLOT.told(clots), *_CLOT_SUSPECTED.told(suspected)]
    if facts:
        yield THROMBOSIS.found(patient, *facts, brief=_CLOT.brief(clots or suspected))


def _tumours(patient: Patient) -> Iterator[SafetyFinding]:
    events = _TUMOUR.of(patient)
    facts = [*_TUMOUR.told(events), *_among_risks(patient, "previous_malignancy", "active_cancer")]
    skin = _SKIN_TUMOUR.told(_SKIN_TUMOUR.of(patient))
    unsaid = [f"{each}; whether it was treated is not known" for each in skin]
    if facts or unsaid:
        brief = _TUMOUR.brief(events) if events else (facts or skin)[0]
        yield MALIGNANCY.found(patient, *facts, *unsaid, brief=brief, level=None if facts else Level.INFO)


def _bowel(patient: Patient) -> Iterator[SafetyFinding]:
    """An event is to be checked; a risk alone is information."""
    perforations, pains = _PERFORATION.of(patient), _PAIN.of(patient)
    events = [*_PERFORATION.told(perforations), *_PAIN.told(pains)]
    taken = patient.taken("nsaid", *STEROIDS)
    risks = [f"{each.kind.replace('nsaid', 'NSAID')} {each.since}" for each in taken]
    if "diverticulitis" in (patient.chart.risks or ()):
        risks.append("diverticulitis")
    elif events and not patient.chart.knows_risks:
        risks.append("diverticulitis: not known")
    if events or risks:
        pain = f"{_PAIN.brief(pains)}, to be evaluated: perforation" if pains else ""
        brief = _PERFORATION.brief(perforations) if perforations else pain
        yield PERFORATION.found(patient, *events, *risks, brief=brief, level=None if events else Level.INFO)


def _residue(patient: Patient) -> Iterator[SafetyFinding]:
    """By event, or as a question where there is a stoma."""
    facts = _RESIDUE.told(_RESIDUE.of(patient))
    if not facts and patient.chart.history.ostomy:
        facts = ["stoma; of tablet residue nothing is recorded"]
    if facts:
        yield TABLET_RESIDUE.found(patient, *facts)


def _among_risks(patient: Patient, *names: str) -> list[str]:
    return [f"{_PREVIOUS[each]} (among the risks)" for each in names if each in (patient.chart.risks or ())]
