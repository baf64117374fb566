"""Whom the boxed warning and its equals speak of, by age and risk. CLINICAL.md section 3, D5a."""

from collections.abc import Collection, Iterator

from flows.citations import PROTOCOL, Authority
from flows.history import CARDIOVASCULAR, Region, Sex
from flows.history import THROMBOSIS as RISKS_OF_THROMBOSIS
from flows.protocol.adverse_events import clots_before
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.patient import Patient, TreatmentStage
from flows.protocol.sources import (
    READ_IN_GB,
    READ_IN_MALAYSIA,
    THIS_PROJECT,
    US_BOXED_WARNING,
    US_INDICATION,
)

# Years of age: of the US label's trial from this one on, of the protocol beyond it, of the EU label from this one on.
US_AGE_FROM = 50
PROTOCOL_AGE_OVER = 50
EU_AGE_FROM = 65

BOXED_WARNING = Caution(
    id="label.boxed_warning",
    level=Level.CHECK,
    says=alike(
        "boxed warning, from a trial of another JAK inhibitor in rheumatoid arthritis: “patients "
        f"{US_AGE_FROM} years of age and older with at least one cardiovascular risk factor”",
        US_BOXED_WARNING,
    ),
)
ONLY_WITHOUT_ALTERNATIVE = Caution(
    id="label.only_without_alternative",
    level=Level.CHECK,
    says=alike(
        f"only without a suitable alternative from {EU_AGE_FROM} years of age, with atherosclerotic disease or another "
        "cardiovascular risk such as long-time smoking, or with a risk of malignancy",
        *READ_IN_GB,
    ),
)
MACE_AND_VTE = Caution(
    id="protocol.mace_and_vte",
    level=Level.INFO,
    says=alike(
        f"MACE and VTE are monitored, “particularly in patients over {PROTOCOL_AGE_OVER} with cardiovascular risk "
        "factors”",
        PROTOCOL.at("safety monitoring, ref 2"),
    ),
)
SMOKING = Caution(
    id="label.smoking",
    level=Level.INFO,
    says=alike("boxed warning: current and past smokers are at additional risk", US_INDICATION),
)
THROMBOSIS_RISK = Caution(
    id="label.thrombosis_risk",
    level=Level.CHECK,
    says=(
        *alike("avoided in patients at an elevated risk of thrombosis", US_INDICATION),
        *alike("caution with risk factors of VTE", *READ_IN_GB),
    ),
)
SKIN = Caution(
    id="label.skin_examination",
    level=Level.INFO,
    says=alike("periodic examination of the skin at an elevated risk of skin cancer", US_INDICATION, *READ_IN_MALAYSIA),
)
NOT_KNOWN = Caution(
    id="policy.not_known",
    level=Level.INFO,
    says=alike("what was not asked is not taken for absent", THIS_PROJECT),
)
STATED = stated((BOXED_WARNING, ONLY_WITHOUT_ALTERNATIVE, MACE_AND_VTE, SMOKING, THROMBOSIS_RISK, SKIN, NOT_KNOWN))

_ALTERNATIVE, _OF_AGE = "only without a suitable alternative", f"from {EU_AGE_FROM} years of age"
_MALIGNANCY = ("previous_malignancy", "active_cancer")
_SKIN_CANCER = ("skin_cancer_risk", "previous_nmsc")
_SMOKERS = ("current_smoker", "past_smoker")
_NAMES = {
    "ascvd": "atherosclerotic cardiovascular disease",
    "family_history_cv": "family history of cardiovascular disease",
    "previous_mi": "previous myocardial infarction",
    "previous_vte": "previous VTE",
    "previous_nmsc": "previous non-melanoma skin cancer",
    "past_smoker": "past smoker, for how long is not known",
    "surgery_or_immobilisation": "surgery or immobilisation",
    "skin_cancer_risk": "risk of skin cancer",
}


def belongs(patient: Patient) -> Iterator[SafetyFinding]:
    """Nothing after the end of treatment."""
    if patient.stage is TreatmentStage.AFTER:
        return
    if patient.hears(Authority.US_LABEL):
        yield from _at_an_age_with_a_risk(BOXED_WARNING, patient, US_AGE_FROM)
        yield from _present(SMOKING, patient, _names(patient, _SMOKERS))
    if patient.chart.region is not Region.US:
        yield from _without_alternative(patient)
    yield from _at_an_age_with_a_risk(MACE_AND_VTE, patient, PROTOCOL_AGE_OVER + 1)
    yield from _present(THROMBOSIS_RISK, patient, [*_names(patient, RISKS_OF_THROMBOSIS), *clots_before(patient)])
    yield from _present(SKIN, patient, _names(patient, _SKIN_CANCER))
    if patient.chart.started_on and (unasked := _unasked(patient)):
        yield NOT_KNOWN.found(patient, f"not known: {', '.join(unasked)}")


def _at_an_age_with_a_risk(caution: Caution, patient: Patient, age_from: int) -> Iterator[SafetyFinding]:
    """Both; information where one of them is open. Where both are, they are named among what is not known."""
    old, risks = _is_from(patient, age_from), _names(patient, CARDIOVASCULAR)
    at_risk = True if risks else False if patient.chart.knows_risks else None
    if False in (old, at_risk) or (patient.chart.birth_year is None and at_risk is None):
        return
    named = ", ".join(risks) if risks else "not known"
    yield caution.found(
        patient,
        _age(patient, age_from),
        f"cardiovascular risk factors: {named}",
        level=None if old and at_risk else Level.INFO,
    )


def _without_alternative(patient: Patient) -> Iterator[SafetyFinding]:
    """Any one of them is enough."""
    old = _is_from(patient, EU_AGE_FROM)
    reasons = _names(patient, (*CARDIOVASCULAR, *_MALIGNANCY))
    is_asked = patient.chart.knows_risks
    if old or reasons:
        brief = f"{_ALTERNATIVE}: {', '.join([*([_OF_AGE] if old else []), *reasons])}"
        yield ONLY_WITHOUT_ALTERNATIVE.found(patient, _age(patient, EU_AGE_FROM), *reasons, brief=brief)
    elif (old is None or not is_asked) and not (patient.chart.birth_year is None and not is_asked):
        unsaid = [] if is_asked else ["risk factors: not known"]
        ages = patient.chart.ages(patient.today)
        brief = f"{_ALTERNATIVE}, {_OF_AGE}: {'age not known' if ages is None else f'age {ages[0]} or {ages[1]}'}"
        said = (_age(patient, EU_AGE_FROM), *unsaid)
        yield ONLY_WITHOUT_ALTERNATIVE.found(patient, *said, brief=brief, level=Level.INFO)


def _present(caution: Caution, patient: Patient, facts: list[str]) -> Iterator[SafetyFinding]:
    if facts:
        yield caution.found(patient, *facts)


def _is_from(patient: Patient, age: int) -> bool | None:
    """Whether somebody is of an age or older; None where that is open."""
    ages = patient.chart.ages(patient.today)
    if ages is None:
        return None
    youngest, oldest = ages
    return None if youngest < age <= oldest else youngest >= age


def _age(patient: Patient, age_from: int) -> str:
    """Both outcomes where the birth year leaves both possible."""
    ages = patient.chart.ages(patient.today)
    if ages is None:
        return "age not known"
    either = f"age {ages[0]} or {ages[1]}"
    if _is_from(patient, age_from) is None:
        return f"{either}: at {ages[1]} within these years of age, at {ages[0]} not"
    return either


def _names(patient: Patient, kinds: Collection[str]) -> list[str]:
    present = patient.chart.risks
    if not present or present.isdisjoint(kinds):
        return []
    return [_NAMES.get(each, each.replace("_", " ")) for each in kinds if each in present]


def _unasked(patient: Patient) -> list[str]:
    chart = patient.chart
    could_bear = chart.sex is not Sex.MALE and chart.history.childbearing_potential is None
    gaps = {
        "age": chart.birth_year is None,
        "other risk factors" if chart.risks else "risk factors": not chart.knows_risks,
        "childbearing potential": could_bear and not chart.history.pregnant,
    }
    return [name for name, is_open in gaps.items() if is_open]
