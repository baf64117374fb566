"""Live vaccines, and the vaccination against zoster. CLINICAL.md section 3."""

from collections.abc import Iterator
from datetime import timedelta

from flows.days import day
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.events import Lasting
from flows.protocol.patient import Patient, TreatmentStage
from flows.protocol.sources import READ_IN_MALAYSIA, US_INDICATION

LIVE = Caution(
    id="label.live_vaccine",
    level=Level.CHECK,
    says=alike("no live vaccine during treatment or immediately before it", US_INDICATION, *READ_IN_MALAYSIA),
)
ZOSTER = Caution(
    id="label.zoster_vaccination",
    level=Level.INFO,
    says=alike(
        "immunisations are brought up to date before the first dose, that against zoster included",
        US_INDICATION,
        *READ_IN_MALAYSIA,
    ),
)
_GIVEN = Lasting(("live_vaccine",), timedelta(days=28))
STATED = stated((LIVE, ZOSTER), _GIVEN.stated)


def vaccinated(patient: Patient) -> Iterator[SafetyFinding]:
    """Nothing after the end of treatment; of the vaccination the last that somebody knew."""
    if patient.stage is TreatmentStage.AFTER:
        return
    if events := _GIVEN.of(patient):
        yield LIVE.found(patient, *_GIVEN.told(events), brief=_GIVEN.brief(events))
    every = patient.screenings("zoster")
    screened = next((each for each in reversed(every) if each.vaccinated is not None), every[-1] if every else None)
    if screened is not None and not screened.vaccinated:
        known = "not known" if screened.vaccinated is None else "none"
        yield ZOSTER.found(patient, f"vaccination against zoster: {known} (screening of {day(screened.on)})")
