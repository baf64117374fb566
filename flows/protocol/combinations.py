"""Drugs beside upadacitinib of which the labels speak: combinations, CYP3A4. CLINICAL.md section 3."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from flows.chart import Medication
from flows.citations import Authority, Stated
from flows.days import day
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.patient import Patient, TreatmentStage
from flows.protocol.sources import READ_IN_MALAYSIA, READ_NOWHERE, THIS_PROJECT, US_DOSE, US_INDICATION

# Potent immunosuppressants by the names that the labels print; the US label names no tacrolimus.
_IMMUNOSUPPRESSANTS = ("azathioprine", "ciclosporin", "tacrolimus")
_COMBINED = ("jak_inhibitor", "biologic", *_IMMUNOSUPPRESSANTS)
# Ours: a rifamycin against latent tuberculosis may still be taken so long after its first day.
RIFAMYCIN_LASTS = timedelta(days=180)

COMBINATION = Caution(
    id="label.combination",
    level=Level.LIMIT,
    says=(
        *alike(
            "not recommended with other JAK inhibitors, biologics or potent immunosuppressants “such as azathioprine "
            "and cyclosporine”",
            US_INDICATION,
        ),
        *alike(
            "not recommended with other JAK inhibitors, biologics or potent immunosuppressants such as azathioprine, "
            "ciclosporin and tacrolimus",
            *READ_IN_MALAYSIA,
        ),
    ),
)
MERCAPTOPURINE = Caution(
    id="policy.mercaptopurine",
    level=Level.INFO,
    says=alike("mercaptopurine is a thiopurine as azathioprine is; no label was found to name it", THIS_PROJECT),
)
INHIBITOR = Caution(
    id="label.strong_cyp3a4_inhibitor",
    level=Level.CHECK,
    says=alike("a lower dose beside a strong CYP3A4 inhibitor", US_DOSE, *READ_NOWHERE),
)
INDUCER = Caution(
    id="label.strong_cyp3a4_inducer",
    level=Level.LIMIT,
    says=(
        *alike("not recommended beside a strong CYP3A4 inducer", US_DOSE),
        *alike("caution beside a strong CYP3A4 inducer, or an alternative to it", *READ_NOWHERE),
    ),
)
_RIFAMYCIN = Stated(
    f"rifampicin is a strong CYP3A4 inducer; as treatment of latent tuberculosis it is said for "
    f"{RIFAMYCIN_LASTS.days} days after its first day",
    THIS_PROJECT,
)
STATED = stated((COMBINATION, MERCAPTOPURINE, INHIBITOR, INDUCER), _RIFAMYCIN)


def combined(patient: Patient) -> Iterator[SafetyFinding]:
    """What is taken now beside upadacitinib; after its end nothing is combined with it."""
    if patient.stage is TreatmentStage.AFTER:
        return
    if taken := patient.taken(*_COMBINED):
        yield COMBINATION.found(
            patient,
            *_courses(taken),
            *["before the first dose"] * (patient.stage is TreatmentStage.BEFORE),
            brief=f"combined with {', '.join(_courses({each.kind: each for each in taken}.values()))}",
            level=Level.CHECK if patient.stage is TreatmentStage.BEFORE else None,
            beside_us_label=any(each.kind == "tacrolimus" for each in taken),
        )
    for caution, kind in ((INHIBITOR, "strong_cyp3a4_inhibitor"), (MERCAPTOPURINE, "mercaptopurine")):
        if taken := patient.taken(kind):
            yield caution.found(patient, *_courses(taken), brief=", ".join(_courses(taken)))
    if inducers := [*_courses(patient.taken("strong_cyp3a4_inducer")), *_rifamycin(patient)]:
        yield _induced(patient, inducers)


def _induced(patient: Patient, inducers: list[str]) -> SafetyFinding:
    """A limit only where the US label speaks; the others ask for caution."""
    level = None if patient.hears(Authority.US_LABEL) else Level.CHECK
    return INDUCER.found(patient, *inducers, brief=inducers[0], level=level)


def _courses(taken: Iterable[Medication]) -> list[str]:
    return [f"{_name(each.kind)} {each.since}" for each in taken]


def _name(kind: str) -> str:
    return kind.replace("_", " ").replace("jak", "JAK").replace("cyp3a4", "CYP3A4")


def _rifamycin(patient: Patient) -> list[str]:
    """Rifampicin or a sister of it as treatment of latent tuberculosis, while it may still be taken."""
    found = [
        (each.drug, each.treated_from)
        for each in patient.screenings("igra")
        if each.drug and "rif" in each.drug.casefold() and _may_be_taken(each.treated_from, patient.today)
    ]
    return [
        f"{drug} for latent tuberculosis from {'a day not known' if begun is None else day(begun)}, a strong inducer; "
        "its end is not known"
        for drug, begun in dict.fromkeys(found)
    ]


def _may_be_taken(begun: date | None, today: date) -> bool:
    return begun is None or today - begun <= RIFAMYCIN_LASTS
