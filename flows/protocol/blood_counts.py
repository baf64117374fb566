"""Neutrophils, lymphocytes and haemoglobin against the labels' limits, strictly as printed. CLINICAL.md section 3."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from flows.analytes import BY_CODE
from flows.chart import Chart
from flows.criteria import Fact, Finding, Known, Rule, Unknown, all_of, criterion
from flows.days import day
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.obstacles import unread
from flows.protocol.patient import Patient
from flows.protocol.sources import READ_IN_MALAYSIA, READ_NOWHERE, US_COUNTS
from flows.samples import SAFETY_WINDOW, Lab, latest

NEUTROPHILS_FROM = Decimal("1.0")
LYMPHOCYTES_FROM = Decimal("0.5")
HAEMOGLOBIN_FROM = Decimal("8.0")
_SHORT = {"anc": "ANC", "alc": "ALC", "hb": "Hb"}


@dataclass(frozen=True, slots=True)
class _Limit:
    """One count: its analyte, its limit in the canonical unit, and the caution below it."""

    analyte: str
    lowest: Decimal
    name: str
    caution: Caution = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "caution", self._caution())

    @property
    def title(self) -> str:
        return BY_CODE[self.analyte].title

    @property
    def text(self) -> str:
        return f"{self.lowest} {BY_CODE[self.analyte].unit}"

    def brief(self, lab: Lab) -> str:
        """`ANC 0.8 (1 Jun 2026)`, in the unit of its limit."""
        return f"{_SHORT[self.analyte]} {lab.shown} ({day(lab.on)})"

    def _caution(self) -> Caution:
        below = f"{self.title} < {self.text}"
        return Caution(
            id=f"label.{self.name}",
            level=Level.LIMIT,
            before=alike(f"initiation is not recommended if {below}", US_COUNTS, *READ_IN_MALAYSIA),
            during=alike(f"interruption if {below}, resumption above it", US_COUNTS, *READ_NOWHERE),
        )


_NEUTROPHILS = _Limit("anc", NEUTROPHILS_FROM, "neutrophils_below_1")
_LYMPHOCYTES = _Limit("alc", LYMPHOCYTES_FROM, "lymphocytes_below_0_5")
_HAEMOGLOBIN = _Limit("hb", HAEMOGLOBIN_FROM, "haemoglobin_below_8")
LIMITS = (_NEUTROPHILS, _LYMPHOCYTES, _HAEMOGLOBIN)
_FACTS = frozenset(each.analyte for each in LIMITS)


def _enough(limit: _Limit, body: Callable[..., bool]) -> Rule:
    return criterion(f"{limit.title} >= {limit.text}", US_COUNTS, facts=_FACTS)(body)


START = all_of(
    _enough(_NEUTROPHILS, lambda anc: anc >= NEUTROPHILS_FROM),
    _enough(_LYMPHOCYTES, lambda alc: alc >= LYMPHOCYTES_FROM),
    _enough(_HAEMOGLOBIN, lambda hb: hb >= HAEMOGLOBIN_FROM),
    source=US_COUNTS,
)
STATED = stated(each.caution for each in LIMITS)


def start(chart: Chart, today: date) -> Finding:
    """Whether the counts before the first dose reach the limits below which a start is not recommended."""
    until = min(today, chart.started_on) if chart.started_on else today
    found = START.judge({each.analyte: _fact(chart, each.analyte, until) for each in LIMITS})
    return found if found.as_of is None else replace(found, as_of=None)


def below(patient: Patient) -> Iterator[SafetyFinding]:
    """Each last count below its limit, whenever it was taken; while interrupted also one that was, and no longer is.

    One of which that is not known is to be checked.
    """
    for limit in LIMITS:
        lab = patient.newest(limit.analyte)
        if lab is None:
            continue
        if _is_below(limit, lab):
            yield limit.caution.found(patient, f"last value {lab} ({day(lab.on)})", brief=limit.brief(lab))
            continue
        if min(lab.number.ends) < limit.lowest:
            yield _may_be_below(limit, patient, lab)
        if patient.is_interrupted:
            yield from _since_then(limit, patient, lab)


def _may_be_below(limit: _Limit, patient: Patient, lab: Lab) -> SafetyFinding:
    unknown = f"whether < {limit.lowest} is not known"
    fact, brief = f"last value {lab} ({day(lab.on)}): {unknown}", f"{limit.brief(lab)}: {unknown}"
    return limit.caution.found(patient, fact, brief=brief, level=Level.CHECK)


def _is_below(limit: _Limit, lab: Lab) -> bool:
    return max(lab.number.ends) < limit.lowest


def _since_then(limit: _Limit, patient: Patient, last: Lab) -> Iterator[SafetyFinding]:
    """A count that was below its limit on treatment and has come up to it; only above it is above."""
    low = [each for each in patient.since_first_dose(limit.analyte) if _is_below(limit, each)]
    if not low:
        return
    found = limit.caution.found(
        patient,
        f"interrupted; {limit.title} {low[-1]} ({day(low[-1].on)})",
        f"last value {last} ({day(last.on)}), {_above(limit, last)}",
        brief=limit.brief(last),
        level=Level.INFO,
    )
    yield replace(found, id=f"{found.id}_before")


def _above(limit: _Limit, lab: Lab) -> str:
    above = {end > limit.lowest for end in lab.number.ends}
    return "not known to be above" if len(above) > 1 else "above" if True in above else "not above"


def _fact(chart: Chart, analyte: str, until: date) -> Fact:
    """The last value of an analyte, unless it is too old to start on."""
    title = BY_CODE[analyte].title
    if chart.blind:
        return unread(chart.blind)
    lab = latest(chart.labs, analyte, None, until)
    if lab is None:
        return Unknown(why=f"{title}: no value", missing=(title,))
    if chart.lost_since((analyte,), lab.on):
        why = f"{title}: the value of {day(lab.on)} is followed by one that could not be read"
        return Unknown(why=why, missing=(title,))
    if until - lab.on > SAFETY_WINDOW:
        return Unknown(
            why=f"{title}: the value of {day(lab.on)} is over {SAFETY_WINDOW.days} days old", missing=(title,)
        )
    return Known(text=f"{title} {lab}", range=lab.number, missing=(f"exact {title.lower()}",))
