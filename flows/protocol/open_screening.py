"""A positive result of screening, said for as long as the checklist has something open of it. CLINICAL.md 3 and 4."""

from collections.abc import Iterator

from flows.citations import Stated
from flows.days import day
from flows.history import Result
from flows.protocol import markers
from flows.protocol.baseline_items import IGRA_WINDOW, Checked, CheckState, Span
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.hepatitis_screening import HBV, HCV, Virus, hepatitis
from flows.protocol.patient import Patient
from flows.protocol.sources import (
    HEPATITIS_GUIDANCE,
    READ_IN_GB,
    US_BEFORE_TREATMENT,
    US_DOSE,
    US_INDICATION,
)
from flows.protocol.tuberculosis_screening import igra

LATENT_TUBERCULOSIS = Caution(
    id="label.latent_tuberculosis",
    level=Level.CHECK,
    says=(
        *alike("latent tuberculosis is treated first", US_INDICATION),
        *alike("screening for tuberculosis", *READ_IN_GB),
    ),
)
VIRAL_HEPATITIS = Caution(
    id="label.viral_hepatitis_open",
    level=Level.CHECK,
    says=(
        *alike("not recommended in active hepatitis B or C", US_BEFORE_TREATMENT),
        *alike("HBV DNA after anti-HBc, HCV RNA after anti-HCV", HEPATITIS_GUIDANCE),
    ),
)
_RIFAMPICIN = Stated("rifampicin, as its treatment, is a strong CYP3A4 inducer", US_DOSE)
STATED = stated((LATENT_TUBERCULOSIS, VIRAL_HEPATITIS), _RIFAMPICIN)


def left_open(patient: Patient) -> Iterator[SafetyFinding]:
    yield from _tuberculosis(patient)
    viruses = [fact for virus in (HBV, HCV) for fact in _virus(patient, virus)]
    if viruses:
        yield VIRAL_HEPATITIS.found(patient, *viruses)


def _tuberculosis(patient: Patient) -> Iterator[SafetyFinding]:
    entries = patient.screenings("igra")
    if not any(each.treated_from or each.has_positive for each in entries):
        return
    found = igra(entries, Span(patient.today, IGRA_WINDOW), patient.today)
    if not _is_positive(found):
        return
    assert found.on is not None
    untreated = [f"{_RIFAMPICIN.says} ({_RIFAMPICIN.source.name})"] * (found.result is Result.POSITIVE)
    facts = (f"IGRA {found.result} ({day(found.on)})", f"open: {found.open}", *untreated, found.why)
    yield LATENT_TUBERCULOSIS.found(patient, *filter(None, facts))


def _virus(patient: Patient, virus: Virus) -> list[str]:
    """What is positive and what is open of it; nothing where it is said as active hepatitis, or may be."""
    entries = patient.screenings(virus.item.code)
    if not any(each.has_positive for each in entries):
        return []
    found = hepatitis(virus, entries, Span(patient.today, virus.item.window))
    if not _is_positive(found) or _is_said_as_active(patient, virus):
        return []
    days = [(title, markers.last_positive(patient.chart, name, patient.today)) for name, title in virus.markers.items()]
    known = [f"{title} positive ({day(on)})" for title, on in days if on]
    assert found.on is not None
    return [*(known or [f"{virus.item.title} positive, marker not recorded ({day(found.on)})"]), f"open: {found.open}"]


def _is_said_as_active(patient: Patient, virus: Virus) -> bool:
    """By the last result of what is carried, or of the virus itself."""
    telling = filter(None, (virus.nucleic[0], virus.lasting))
    last = (markers.latest(patient.chart, name, patient.today) for name in telling)
    return any(found is not None and found[1] is Result.POSITIVE for found in last)


def _is_positive(found: Checked) -> bool:
    """Positive, and something of it is open."""
    return found.state is CheckState.AWAITING and found.result is not None and found.result.is_positive
