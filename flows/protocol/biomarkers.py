"""Normalised, remained normal, or elevated: CRP and calprotectin against a named limit. CLINICAL.md E9 and D9."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from flows.chart import Chart, day_or_month
from flows.citations import PROTOCOL, Authority, Citation, Stated
from flows.criteria import Fact, Finding, Known, Rule, Unknown, Verdict, criterion
from flows.days import day
from flows.protocol.obstacles import obstacle
from flows.quantities import Number, plain
from flows.remembered import remembered
from flows.samples import BIOMARKER_IS_NOW, BIOMARKER_WINDOW, Lab, MonthLab, baseline, latest

CRP_LIMIT = Decimal(5)
FCP_LIMIT = Decimal(250)
_NORMALISED, _REMAINED = "normalised", "remained normal"

OUR_CRP_LIMIT = Citation(
    name="this project",
    title="CRP of 5 mg/L or less where the laboratory states no limit; the limit of the upadacitinib programme",
    authority=Authority.POLICY,
    read_in="ECCO P786",
)
FCP_TARGET = Citation(
    name="STRIDE-II",
    title="Calprotectin of 250 µg/g or less: STRIDE-II and the upadacitinib programme",
    authority=Authority.GUIDELINE,
    read_in="wjgnet v30/i1/50, table 2; ECCO P786",
)
# Exactly at the limit they differ: we follow the programme, for which it is within (CLINICAL.md E9).
_AT_FCP_LIMIT = Number(FCP_LIMIT)
_AT_FCP_TARGET = replace(FCP_TARGET, name=f"trial programme (STRIDE-II: < {plain(FCP_LIMIT)})")
_DAYS = Citation(
    name="this project",
    title="How old a value may be",
    authority=Authority.POLICY,
    read_in="the specification",
)
LABORATORY = PROTOCOL.at("biomarker normalization: the laboratory's reference range")
STATED = (
    Stated("CRP at most the laboratory's own upper limit", LABORATORY),
    Stated(f"CRP <= {plain(CRP_LIMIT)} mg/L where the laboratory states no limit", OUR_CRP_LIMIT),
    Stated(f"calprotectin <= {plain(FCP_LIMIT)} µg/g", FCP_TARGET),
    Stated("calprotectin at most the laboratory's own upper limit", LABORATORY),
    Stated(f"a biomarker is of now for {BIOMARKER_IS_NOW.days} days, a baseline {BIOMARKER_WINDOW.days}", _DAYS),
)


class Biomarker(Struct, frozen=True, kw_only=True):
    """A finding on one analyte against `limit`, and what another authority's limit says where it says otherwise."""

    id: str
    finding: Finding
    limit: str
    value: Lab | None = None
    differs: tuple[Finding, ...] = ()

    @property
    def code(self) -> str:
        return self.id.partition(".")[2]

    @property
    def on(self) -> date | None:
        return self.value.on if self.value else None


@remembered
def judge(chart: Chart, today: date) -> tuple[Biomarker, ...]:
    return (_judge(chart, today, "crp"), _judge(chart, today, "fcp"))


def _judge(chart: Chart, today: date, code: str) -> Biomarker:
    now = latest(chart.labs, code, chart.started_on, today)
    fact, then = _fact(chart, today, code, now), _baseline(chart, code)
    known, was = limits(code, now), _was(chart, then)
    ours, *others = [_found(rule, limit, fact, now, then, was) for rule, limit in known]
    return Biomarker(
        id=f"biomarker.{code}",
        finding=ours,
        limit=plain(known[0][1]),
        value=now,
        differs=tuple([each for each in others if each.verdict.is_decided and each.verdict is not ours.verdict]),
    )


def limits(code: str, now: Lab | None) -> list[tuple[Rule, Decimal]]:
    """The rule that the headline uses, then the laboratory's own where that is another."""
    own = now.upper if now else None
    if code == "crp":
        return [_at_most("CRP", own)]
    is_at_limit = now is not None and now.number == _AT_FCP_LIMIT
    ours = _at_most("calprotectin", None, _AT_FCP_TARGET if is_at_limit else None)
    return [ours] if own is None else [ours, _at_most("calprotectin", own)]


_OURS = {"CRP": (CRP_LIMIT, OUR_CRP_LIMIT), "calprotectin": (FCP_LIMIT, FCP_TARGET)}


@lru_cache(maxsize=256)
def _at_most(name: str, own: Decimal | None, named: Citation | None = None) -> tuple[Rule, Decimal]:
    """The laboratory's own limit, or ours, which is `named` as its source is if that is not told."""
    limit, source = _OURS[name] if own is None else (own, LABORATORY)
    source = named or source

    @criterion(f"{name} <= {plain(limit)}", source, facts=("value",))
    def within(value: float) -> bool:
        return value <= limit

    return within, limit


def _found(rule: Rule, limit: Decimal, fact: Fact, now: Lab | None, then: Lab | None, was: str) -> Finding:
    """The rule's finding, with the state of E9 in words, and what is to be said of the baseline behind it."""
    found = rule.judge({"value": fact})
    if now is None or not found.verdict.is_decided:
        return found
    state = _state(found.verdict, _within(then, limit))
    behind = was if state in (_NORMALISED, _REMAINED) else ""
    return Finding(
        verdict=found.verdict,
        why=f"{state}: {found.why}{behind}",
        source=found.source,
        missing=found.missing,
        as_of=found.as_of,
    )


def _state(verdict: Verdict, was_within: Collection[bool]) -> str:
    if verdict is Verdict.NOT_MET:
        return "elevated"
    if len(was_within) != 1:
        return "within range, baseline unknown"
    return _REMAINED if True in was_within else _NORMALISED


def _was(chart: Chart, then: Lab | None) -> str:
    """Of a baseline that counts because it was accepted: what it was, its age, who accepted it and when."""
    if then is None or chart.started_on is None:
        return ""
    if chart.started_on - then.on <= BIOMARKER_WINDOW and not isinstance(then, MonthLab):
        return ""
    accepted = chart.acceptance((then.analyte.code,), day_or_month(then))
    return f", was {then} at baseline ({chart.age_at_first_dose(then)}, {accepted})"


def _within(lab: Lab | None, limit: Decimal) -> set[bool]:
    """Whether a value lay within a limit: both where it may have."""
    return set() if lab is None else {end <= limit for end in lab.number.ends}


def _fact(chart: Chart, today: date, code: str, now: Lab | None) -> Fact:
    if found := obstacle(chart, today):
        return found
    name = "CRP" if code == "crp" else "calprotectin"
    if now is None:
        since = " since the first dose" if chart.started_on else ""
        return Unknown(why=f"no {name}{since}", missing=(f"{name}{since}",))
    is_recent, gap = chart.started_on is None or today - now.on <= BIOMARKER_IS_NOW, (f"exact {name}",)
    if is_recent and not chart.lost_since((code,), now.on):
        return Known(text=f"{now.analyte.title} {now}", range=now.number, missing=gap)
    return Known(text=f"{now.analyte.title} was {now} on {day(now.on)}", range=now.number, missing=gap, as_of=now.on)


def _baseline(chart: Chart, code: str) -> Lab | None:
    """As for scores: within its window, or older and accepted, if no other therapy began since."""
    found = baseline(chart.labs, code, chart.started_on, BIOMARKER_WINDOW)
    if found is not None or chart.started_on is None:
        return found
    return chart.accepted_lab(code, chart.started_on)
