"""Which maintenance doses each authority leaves for a patient. CLINICAL.md section 3, D3 and D5a.

The bot chooses none: where a fact is missing, or an age lies on both sides of a limit, both doses stand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from msgspec import Struct

from flows.chart import Chart
from flows.citations import PROTOCOL, Authority, Citation, Stated
from flows.history import CARDIOVASCULAR, THROMBOSIS, Severity
from flows.protocol.response_to_dose import fell_short_on, none_after_induction
from flows.protocol.sources import AU_DOSE, EU_DOSE, GB_DOSE, US_DOSE, US_DOSE_IN_UC, US_LABEL
from flows.questionnaire import Disease
from flows.remembered import remembered

LOWER_MG, HIGHER_MG = 15, 30
PROTOCOL_AGE = 60  # years, from which the protocol names the lower dose
LABEL_AGE = 65  # years, from which the EU and GB labels do, and the AU label in colitis

# Ours: what counts as a higher risk of MACE, VTE or malignancy; of other recorded risks no authority is that specific.
HIGHER_RISK = frozenset((*CARDIOVASCULAR, *THROMBOSIS, "previous_malignancy"))
_ACRONYMS = frozenset({"vte", "mi", "ascvd", "nmsc", "tb", "cv"})

NO_DOSE_BY_AGE = Stated("no dose by age in IBD", US_LABEL)
_BOTH = (LOWER_MG, HIGHER_MG)
_LOWEST = "the lowest effective dose"
SEVERE_DISEASE = "refractory, severe or extensive disease"
_US_CHOICE = f"{LOWER_MG} mg ({HIGHER_MG} mg may be considered)"
_US = (
    f"{LOWER_MG} mg once daily; {HIGHER_MG} mg may be considered in {SEVERE_DISEASE}; "
    f"discontinuation where {HIGHER_MG} mg is not enough; {_LOWEST}; {NO_DOSE_BY_AGE.says} (to be confirmed)"
)
_EU = (
    f"{LOWER_MG} mg or {HIGHER_MG} mg once daily by presentation; {LOWER_MG} mg with a higher risk of VTE, MACE or "
    f"malignancy, and from {LABEL_AGE} years of age; {HIGHER_MG} mg with a high disease burden without that risk, or "
    f"no adequate benefit on {LOWER_MG} mg"
)
_EU_AFTER_16 = f"{HIGHER_MG} mg also after a 16-week induction"
_AU_COLITIS = (
    f"{LOWER_MG} mg once daily; {HIGHER_MG} mg in {SEVERE_DISEASE} or without response on {LOWER_MG} mg; "
    f"{LOWER_MG} mg from {LABEL_AGE} years of age"
)
_AU_CHOICE = f"{LOWER_MG} mg ({HIGHER_MG} mg in {SEVERE_DISEASE} or without response on {LOWER_MG} mg)"
_AU_CROHNS = (
    f"{LOWER_MG} mg or {HIGHER_MG} mg once daily by presentation; {HIGHER_MG} mg is recommended without response "
    "at week 12"
)
_PROTOCOL = (
    f"“The {LOWER_MG} mg dose may be used for patients aged ≥ {PROTOCOL_AGE} years or those with specific risk "
    f"factors, while {HIGHER_MG} mg is standard for others”"
)


class Left(Struct, frozen=True, kw_only=True):
    """The doses that an authority leaves, and the facts of the patient that it looks at."""

    mg: tuple[int, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """One authority's sentence on one disease, and what it leaves for a patient; `choice` how it puts both doses."""

    says: str
    source: Citation
    left: Callable[[Chart, date], Left]
    choice: str = ""


@remembered
def _us(chart: Chart, today: date) -> Left:
    return Left(mg=(LOWER_MG,) if _burden(chart) is False else _BOTH, facts=(_burden_text(chart),))


def _by_age_or_risk(threshold: int) -> Callable[[Chart, date], Left]:
    """The lower dose from an age on or with a higher risk; else both."""

    @remembered
    def left(chart: Chart, today: date) -> Left:
        lower = _or(_from(threshold, chart, today), _at_risk(chart))
        return Left(mg=(LOWER_MG,) if lower else _BOTH, facts=(_age_text(threshold, chart, today), _risk_text(chart)))

    return left


@remembered
def _au_colitis(chart: Chart, today: date) -> Left:
    """The higher dose has two grounds; the lower one stands alone where it is known that neither is there."""
    fell_short = fell_short_on(LOWER_MG, chart, today)
    is_lower = _from(LABEL_AGE, chart, today) or (_burden(chart) is False and not fell_short)
    facts = (_age_text(LABEL_AGE, chart, today), _burden_text(chart), fell_short)
    return Left(mg=(LOWER_MG,) if is_lower else _BOTH, facts=tuple(filter(None, facts)))


@remembered
def _protocol(chart: Chart, today: date) -> Left:
    lower = _or(_from(PROTOCOL_AGE, chart, today), _at_risk(chart))
    mg = _BOTH if lower is None else (LOWER_MG,) if lower else (HIGHER_MG,)
    return Left(mg=mg, facts=(_age_text(PROTOCOL_AGE, chart, today), _risk_text(chart)))


@remembered
def _au_crohns(chart: Chart, today: date) -> Left:
    """By presentation; without a response at week 12 the higher dose. In Crohn's disease it names no age."""
    without = none_after_induction(chart, today)
    return Left(mg=(HIGHER_MG,) if without else _BOTH, facts=(without,) if without else ())


def _eu(source: Citation, *more: str) -> Maintenance:
    return Maintenance(says="; ".join((_EU, *more, _LOWEST)), source=source, left=_by_age_or_risk(LABEL_AGE))


_BY_PROTOCOL = Maintenance(
    says=_PROTOCOL, source=PROTOCOL.at("dosing and treatment protocol, refs 1, 7"), left=_protocol
)
MAINTENANCES = {
    Disease.CROHNS: {
        Authority.US_LABEL: Maintenance(says=_US, source=US_DOSE, left=_us, choice=_US_CHOICE),
        Authority.EU_LABEL: _eu(EU_DOSE),
        Authority.GB_LABEL: _eu(GB_DOSE),
        Authority.AU_LABEL: Maintenance(says=_AU_CROHNS, source=AU_DOSE, left=_au_crohns),
        Authority.PROTOCOL: _BY_PROTOCOL,
    },
    Disease.ULCERATIVE_COLITIS: {
        Authority.US_LABEL: Maintenance(says=_US, source=US_DOSE_IN_UC, left=_us, choice=_US_CHOICE),
        Authority.EU_LABEL: _eu(EU_DOSE, _EU_AFTER_16),
        Authority.GB_LABEL: _eu(GB_DOSE, _EU_AFTER_16),
        Authority.AU_LABEL: Maintenance(says=_AU_COLITIS, source=AU_DOSE, left=_au_colitis, choice=_AU_CHOICE),
        Authority.PROTOCOL: _BY_PROTOCOL,
    },
}
STATED = (
    *(
        Stated(f"maintenance, {disease.label}: {each.says}", each.source)
        for disease, by_authority in MAINTENANCES.items()
        for each in by_authority.values()
    ),
    NO_DOSE_BY_AGE,
)


def _from(threshold: int, chart: Chart, today: date) -> bool | None:
    """Whether the patient is so old; None where it is not known, or true of one end of the age only."""
    reached = {age >= threshold for age in chart.ages(today) or ()}
    return reached.pop() if len(reached) == 1 else None


def _at_risk(chart: Chart) -> bool | None:
    if chart.risks is not None and chart.risks & HIGHER_RISK:
        return True
    return None if chart.risks or not chart.knows_risks else False


def _burden(chart: Chart) -> bool | None:
    """Refractory, severe or extensive."""
    history = chart.history
    severe = None if history.severity is None else history.severity is Severity.SEVERE
    return _or(_or(history.refractory, severe), history.extensive)


def _or(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False


def _age_text(threshold: int, chart: Chart, today: date) -> str:
    ages = chart.ages(today)
    if ages is None:
        return "age not known"
    undecided = _from(threshold, chart, today) is None
    return f"age {ages[0]} to {ages[1]}{f', so {threshold} or not yet' if undecided else ''}"


def _risk_text(chart: Chart) -> str:
    if chart.knows_risks:
        return _recorded(chart.risks or frozenset())
    if not chart.risks:
        return f"risk factors {'could not be read' if chart.lost_risks else 'not asked'}"
    return f"{_recorded(chart.risks)}, others could not be read"


@lru_cache(maxsize=1024)
def _recorded(risks: frozenset[str]) -> str:
    if not risks:
        return "no risk factor recorded"
    return f"risk factors recorded: {', '.join(_risk(each) for each in sorted(risks))}"


def _risk(code: str) -> str:
    return " ".join(word.upper() if word in _ACRONYMS else word for word in code.split("_"))


def _burden_text(chart: Chart) -> str:
    history = chart.history
    return _burden_in_words(history.refractory, history.extensive, history.severity)


@cache
def _burden_in_words(refractory: bool | None, extensive: bool | None, severity: Severity | None) -> str:
    known = {"refractory": refractory, "extensive": extensive}
    said = [f"{'' if holds else 'not '}{name}" for name, holds in known.items() if holds is not None]
    said += [severity.value] if severity else []
    missing = [name for name, holds in known.items() if holds is None]
    missing += [] if severity else ["severity"]
    parts = (f"recorded: {', '.join(said)}" if said else "", f"not recorded: {', '.join(missing)}" if missing else "")
    return "; ".join(filter(None, parts))
