"""Neutrophils, lymphocytes and haemoglobin against the label's limits, strictly as printed. CLINICAL.md section 3."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from flows.analytes import BY_CODE
from flows.chart import Chart
from flows.citations import Authority, Citation
from flows.criteria import Fact, Finding, Known, Rule, Unknown, all_of, criterion
from flows.days import day
from flows.samples import SAFETY_WINDOW, Lab, latest

NEUTROPHILS_FROM = 1.0
LYMPHOCYTES_FROM = 0.5
HAEMOGLOBIN_FROM = 8.0

US_LABEL = Citation(
    name="US label",
    title="RINVOQ prescribing information (US)",
    authority=Authority.US_LABEL,
    place="laboratory abnormalities: start, interrupt, restart",
    read_in="the Important Safety Information, US-RNQ-250017; themeditary.com",
)


class Level(StrEnum):
    """None of them is an alarm, and nothing is blocked (D16)."""

    INFO = "info"
    CHECK = "check"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyFinding:
    """What a limit of a label says of the last value."""

    id: str
    level: Level
    why: str
    source: Citation


@dataclass(frozen=True, slots=True)
class _Limit:
    """One count: its analyte, its limit in the canonical unit, and what a finding about it is called."""

    analyte: str
    lowest: float
    name: str

    @property
    def says(self) -> str:
        return f"{BY_CODE[self.analyte].title} >= {self.lowest} {BY_CODE[self.analyte].unit}"


LIMITS = (
    _Limit("anc", NEUTROPHILS_FROM, "label.neutrophils_below_1"),
    _Limit("alc", LYMPHOCYTES_FROM, "label.lymphocytes_below_0_5"),
    _Limit("hb", HAEMOGLOBIN_FROM, "label.haemoglobin_below_8"),
)
_FACTS = frozenset(each.analyte for each in LIMITS)


def _enough(limit: _Limit, body: Callable[..., bool]) -> Rule:
    return criterion(limit.says, US_LABEL, facts=_FACTS)(body)


START = all_of(
    _enough(LIMITS[0], lambda anc: anc >= NEUTROPHILS_FROM),
    _enough(LIMITS[1], lambda alc: alc >= LYMPHOCYTES_FROM),
    _enough(LIMITS[2], lambda hb: hb >= HAEMOGLOBIN_FROM),
    source=US_LABEL,
)


def start(chart: Chart, today: date) -> Finding:
    """Whether the counts before the first dose reach the limits below which a start is not recommended."""
    until = min(today, chart.started_on) if chart.started_on else today
    found = START.judge({each.analyte: _fact(chart, each.analyte, until) for each in LIMITS})
    return replace(found, as_of=None)


def safety(chart: Chart, today: date) -> tuple[SafetyFinding, ...]:
    """A finding for each last count that lies below its limit, whenever it was taken."""
    values = ((limit, latest(chart.labs, limit.analyte, None, today)) for limit in LIMITS)
    return tuple(_below(limit, lab) for limit, lab in values if lab and max(lab.number.ends) < limit.lowest)


def _below(limit: _Limit, lab: Lab) -> SafetyFinding:
    title, unit = lab.analyte.title, lab.analyte.unit
    return SafetyFinding(
        id=limit.name,
        level=Level.LIMIT,
        why=f"US label: interrupt if {title} < {limit.lowest} {unit}; last value {lab.number} ({day(lab.on)})",
        source=US_LABEL,
    )


def _fact(chart: Chart, analyte: str, until: date) -> Fact:
    """The last value of an analyte, unless it is too old to start on."""
    title = BY_CODE[analyte].title
    if chart.unreadable:
        return Unknown(why=f"{' and '.join(chart.unreadable)} could not be read", missing=chart.unreadable)
    lab = latest(chart.labs, analyte, None, until)
    if lab is None:
        return Unknown(why=f"{title}: no value", missing=(title,))
    if until - lab.on > SAFETY_WINDOW:
        return Unknown(
            why=f"{title}: the value of {day(lab.on)} is over {SAFETY_WINDOW.days} days old", missing=(title,)
        )
    return Known(text=f"{title} {lab}", range=lab.number)
