"""Every rule and number that the bot applies, section by section, with whose it is: what the documentation prints.

A rule whose source was not read, or only in a text about it, is to be confirmed before a release (CLINICAL.md 8).
"""

from collections.abc import Iterator, Mapping
from types import ModuleType

from flows import laboratory_catalogue
from flows.citations import Stated
from flows.instruments import SHIPPED
from flows.protocol import (
    adverse_events,
    after_last_dose,
    biomarkers,
    blood_counts,
    combinations,
    cpk,
    dose_reasons,
    dosing,
    eligibility,
    grading,
    infections,
    kidney,
    lipids,
    liver,
    monitoring,
    muscle,
    next_dose,
    open_screening,
    organ_function,
    populations,
    reproduction,
    safety,
    satisfied,
    schedule,
    screening,
    stool,
    treated_before,
    vaccines,
)
from flows.protocol.endpoint import Endpoint
from flows.protocol.endpoints import REMISSION, RESPONSE
from flows.questionnaire import Questionnaire


def _instruments() -> Iterator[Stated]:
    for each in SHIPPED:
        yield Stated(_instrument(each), each.source)


def _instrument(questionnaire: Questionnaire) -> str:
    lowest, highest = questionnaire.total_bounds
    bands = ", ".join(f"{band.name} from {band.lowest}" for band in questionnaire.bands) or "no bands"
    how = "" if questionnaire.scoring.name == "sum" else f"; {questionnaire.scoring.name.partition(': ')[2]}"
    return f"{questionnaire.title} ({questionnaire.short}), {lowest} to {highest}: {bands}{how}"


def _endpoints() -> Iterator[Stated]:
    for each in (*REMISSION, *RESPONSE):
        yield from _endpoint(each)


def _endpoint(endpoint: Endpoint) -> Iterator[Stated]:
    for rule in (endpoint.rule, *endpoint.others):
        yield Stated(f"{endpoint.disease.label}, {endpoint.aim}: {rule.says}", rule.source)


def _of(*modules: ModuleType) -> tuple[Stated, ...]:
    return tuple(dict.fromkeys(each for module in modules for each in module.STATED))


SECTIONS: Mapping[str, tuple[Stated, ...]] = {
    "Instruments": tuple(_instruments()),
    "Endpoints": tuple(_endpoints()),
    "Biomarkers": _of(biomarkers),
    "Eligibility": _of(eligibility, treated_before),
    "Dose": _of(dosing, dose_reasons, kidney),
    "Screening": _of(screening),
    "Safety": _of(
        blood_counts,
        combinations,
        infections,
        open_screening,
        adverse_events,
        populations,
        reproduction,
        organ_function,
        liver,
        muscle,
        lipids,
        grading,
        vaccines,
        safety,
        stool,
    ),
    "Schedule": _of(schedule, next_dose, monitoring, satisfied, cpk, after_last_dose),
    "Laboratory": _of(laboratory_catalogue),
}
RULES = tuple(dict.fromkeys(each for section in SECTIONS.values() for each in section))
TO_BE_CONFIRMED = tuple(each for each in RULES if not each.source.is_confirmed)
