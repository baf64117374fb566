"""What is known of a patient besides values by date: who they are, what failed before, what else they have."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from flows.citations import Authority


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class Severity(StrEnum):
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class Region(StrEnum):
    """Whose label a clinic works under."""

    US = "US"
    EU = "EU"
    GB = "GB"
    AU = "AU"

    @property
    def label(self) -> Authority:
        return _LABELS[self]


_LABELS = {region: Authority(f"{region.lower()}_label") for region in Region}


# What `child_pugh` may be where it is known.
NO_CIRRHOSIS = "none"
CHILD_PUGH = ("A", "B", "C", NO_CIRRHOSIS)


class History(Struct, frozen=True, kw_only=True):
    """Each field None while it is not known; `egfr` in mL/min/1.73 m², `child_pugh` A, B or C, or that there is none.

    No rule looks at `normal_stools`: it is carried for who scores the stool frequency.
    """

    tnf_failed: bool | None = None
    tnf_inadvisable: bool | None = None
    systemic_therapies: int | None = None
    conventional_failed: bool | None = None
    biologic_failed: bool | None = None
    severity: Severity | None = None
    refractory: bool | None = None
    extensive: bool | None = None
    egfr: Decimal | None = None
    child_pugh: str | None = None
    childbearing_potential: bool | None = None
    pregnant: bool | None = None
    lactating: bool | None = None
    ostomy: bool | None = None
    colectomy: bool | None = None
    pouch: bool | None = None
    normal_stools: int | None = None
    psc: bool | None = None
    gilbert: bool | None = None

    @property
    def without_stools(self) -> str:
        """Why stools are not counted: `with a stoma`; nothing where they are, or where it is not known."""
        if self.ostomy:
            return "with a stoma"
        return "with a pouch" if self.pouch else "after a colectomy" if self.colectomy else ""


UNKNOWN_HISTORY = History()

# Risks that rules look at, by the domain of harm; an age is no entry, it follows from the birth year.
CARDIOVASCULAR = (
    "current_smoker", "past_smoker", "hypertension", "diabetes", "dyslipidaemia", "ascvd", "previous_mi",
    "previous_stroke", "family_history_cv",
)  # fmt: skip
THROMBOSIS = (
    "previous_vte", "surgery_or_immobilisation", "hormonal_contraception", "thrombophilia", "obesity", "active_cancer",
)  # fmt: skip
OTHER_RISKS = (
    "previous_malignancy", "previous_nmsc", "skin_cancer_risk", "diverticulitis", "tb_risk", "chronic_infection",
)  # fmt: skip
RISKS = (*CARDIOVASCULAR, *THROMBOSIS, *OTHER_RISKS)

# Adverse events of special interest, and what else a visit may note.
EVENTS = (
    "serious_infection", "opportunistic_infection", "infection", "herpes_zoster", "tuberculosis", "hepatitis_b",
    "hepatitis_c", "abscess", "myocardial_infarction", "stroke", "mace", "vte", "thrombosis_symptoms", "malignancy",
    "nmsc", "perforation", "abdominal_pain", "liver_injury_suspected", "myalgia", "rhabdomyolysis", "vision_change",
    "hypersensitivity", "pregnancy", "live_vaccine", "tablet_residue", "other",
)  # fmt: skip


class AdverseEvent(Struct, frozen=True, kw_only=True):
    """One of EVENTS on a day; `serious` None where nobody said."""

    kind: str
    on: date
    serious: bool | None = None


class Result(StrEnum):
    """What a qualitative test showed; `treated` only of latent tuberculosis."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    INDETERMINATE = "indeterminate"
    TREATED = "treated"

    @property
    def is_positive(self) -> bool:
        """Once positive; a treated one was."""
        return self in _ONCE_POSITIVE


_ONCE_POSITIVE = frozenset({Result.POSITIVE, Result.TREATED})


class Screened(Struct, frozen=True, kw_only=True):
    """One screening item on its day; `more` are results by part: `hbsag`, `anti_hbc`, `dna`, `rna`.

    `treated_from` and `drug` are of the treatment of latent tuberculosis; `vaccinated` is against zoster.
    """

    item: str
    on: date
    result: Result | None = None
    more: tuple[tuple[str, Result], ...] = ()
    treated_from: date | None = None
    drug: str | None = None
    vaccinated: bool | None = None

    @property
    def has_positive(self) -> bool:
        """Whether any of its results is, or was."""
        is_positive = self.result is not None and self.result.is_positive
        return is_positive or any(result.is_positive for _, result in self.more)


class StoolResult(StrEnum):
    """What became of a test for an infection of the stool; `not_assessed` where nobody said whether there was one."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    AWAITING = "awaiting"
    NOT_TESTED = "not_tested"
    NOT_ASSESSED = "not_assessed"


class StoolTest(Struct, frozen=True, kw_only=True):
    """Whether worse symptoms may be an infection of the stool, by the day of the sample; a positive one is one.

    `serious` None where nobody said.
    """

    on: date
    result: StoolResult
    serious: bool | None = None


class Handled(Struct, frozen=True, kw_only=True):
    """What a person said of an item of the schedule: `done`, `awaiting` or `not_possible`, and why."""

    item: str
    on: date
    state: str
    why: str | None = None
