"""Does the indication cover this patient, by the protocol and by each label? CLINICAL.md section 3 and top ten, 4.

A failed TNF blocker is a failed biologic; nothing else is inferred from one to the other.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache, partial

from msgspec import Struct

from flows import criteria
from flows.chart import Chart
from flows.citations import PROTOCOL, Citation, Stated
from flows.criteria import Fact, Facts, Finding, Known, Rule, Unknown, all_of, any_of, by, remembering
from flows.history import Region, Severity
from flows.protocol.obstacles import unread
from flows.protocol.sources import AU_INDICATION, EU_INDICATION, GB_INDICATION, US_INDICATION
from flows.ranges import Range

ADULT_FROM = 18  # years
SYSTEMIC_THERAPIES_FROM = 1  # approved ones, received

PROTOCOL_INDICATION = PROTOCOL.at("introduction and updated indication, refs 2-4")
# The label's words are “moderately to severely active”.
_ACTIVE = frozenset({Severity.MODERATE, Severity.SEVERE})
_FACTS = (
    "age", "active", "tnf_failed", "tnf_inadvisable", "systemic_therapies", "conventional_failed", "biologic_failed",
)  # fmt: skip

_OF_HISTORY = frozenset({f"history.{name}" for name in (*_FACTS, "severity")})
_criterion = partial(criteria.criterion, facts=_FACTS)


class Eligibility(Struct, frozen=True, kw_only=True):
    """What one authority's indication amounts to, and whose decided verdict is another."""

    id: str
    finding: Finding
    differs: tuple[Finding, ...] = ()


def _adult(source: Citation) -> Rule:
    return _criterion(f"adults, {ADULT_FROM} years or older", source)(lambda age: age >= ADULT_FROM)


def _active(source: Citation) -> Rule:
    rule = _holds("moderately to severely active disease", source, lambda active: active == 1)
    return remembering(rule, "active")


def _holds(says: str, source: Citation, body: Callable[..., bool]) -> Rule:
    return _criterion(says, source)(body)


def _second_line(source: Citation) -> Rule:
    """TNF blockers failed, or are inadvisable after an approved systemic therapy."""
    failed = _holds("a TNF blocker failed or was not tolerated", source, lambda tnf_failed: tnf_failed == 1)
    inadvisable = _holds(
        "TNF blockers are clinically inadvisable", source, lambda tnf_inadvisable: tnf_inadvisable == 1
    )
    treated = _holds(
        f"at least {SYSTEMIC_THERAPIES_FROM} approved systemic therapy",
        source,
        lambda systemic_therapies: systemic_therapies >= SYSTEMIC_THERAPIES_FROM,
    )
    instead = all_of(inadvisable, treated, source=source)
    either = _bracketed(any_of(failed, instead, source=source))
    either = remembering(either, "tnf_failed", "tnf_inadvisable", "systemic_therapies")
    return all_of(_adult(source), _active(source), either, source=source)


def _any_failure(source: Citation) -> Rule:
    """Conventional therapy or a biologic failed."""
    conventional = _holds(
        "inadequate or lost response or intolerance to conventional therapy",
        source,
        lambda conventional_failed: conventional_failed == 1,
    )
    biologic = _holds(
        "inadequate or lost response or intolerance to a biologic", source, lambda biologic_failed: biologic_failed == 1
    )
    either = remembering(
        _bracketed(any_of(conventional, biologic, source=source)), "conventional_failed", "biologic_failed"
    )
    return all_of(_adult(source), _active(source), either, source=source)


def _bracketed(rule: Rule) -> Rule:
    return replace(rule, says=f"({rule.says})")


INDICATIONS = {
    "us_label": _second_line(US_INDICATION),
    "eu_label": _any_failure(EU_INDICATION),
    "gb_label": _any_failure(GB_INDICATION),
    "au_label": _any_failure(AU_INDICATION),
    "protocol": _second_line(PROTOCOL_INDICATION),
}
# Who says the same as another, who always speaks, is judged with that one.
SAME_AS = {"gb_label": "eu_label", "au_label": "eu_label", "protocol": "us_label"}
_ALWAYS = ("us_label", "eu_label", "protocol")
STATED = tuple(Stated(rule.says, rule.source) for rule in INDICATIONS.values())


def judge(chart: Chart, today: date) -> tuple[Eligibility, ...]:
    """The US and the EU label always, another label where it is the region's, and the protocol's own sentence."""
    facts = _gather(chart, today)
    findings: dict[str, Finding] = {}
    for name, rule in INDICATIONS.items():
        if _speaks(name, chart.region):
            findings[name] = by(rule.source, findings[SAME_AS[name]]) if name in SAME_AS else rule.judge(facts)
    decided = [each for each in findings.values() if each.verdict.is_decided]
    found = [
        Eligibility(id=f"eligibility.{name}", finding=finding, differs=_differing(finding, decided))
        for name, finding in findings.items()
    ]
    return tuple(found)


def _speaks(name: str, region: Region | None) -> bool:
    return name in _ALWAYS or (region is not None and name == region.label)


def _differing(finding: Finding, decided: list[Finding]) -> tuple[Finding, ...]:
    return tuple([each for each in decided if each.verdict is not finding.verdict])


def _gather(chart: Chart, today: date) -> Facts:
    if lost := tuple([each for each in chart.unreadable if each in chart.blind or each in _OF_HISTORY]):
        return dict.fromkeys(_FACTS, unread(lost))
    history = chart.history
    return {
        "age": _age(chart, today),
        "active": _active_at(history.severity),
        "tnf_failed": _flag(history.tnf_failed, "failure of a TNF blocker", "a TNF blocker failed"),
        "tnf_inadvisable": _flag(
            history.tnf_inadvisable, "whether TNF blockers are inadvisable", "TNF blockers are inadvisable"
        ),
        "systemic_therapies": _therapies(history.systemic_therapies),
        "conventional_failed": _flag(
            history.conventional_failed, "failure of conventional therapy", "conventional therapy failed"
        ),
        "biologic_failed": _biologic(history.tnf_failed, history.biologic_failed),
    }


def _age(chart: Chart, today: date) -> Fact:
    ages = chart.ages(today)
    if ages is None:
        return Unknown(why="the birth year is not known", missing=("birth year",))
    return Known(text=f"age {ages[0]} to {ages[1]}", range=Range(*ages), missing=("exact age",))


@cache
def _active_at(severity: Severity | None) -> Fact:
    if severity is None:
        return Unknown(why="the severity is not known", missing=("severity",))
    return Known(text=f"{severity} disease", range=Range.exactly(int(severity in _ACTIVE)))


@cache
def _therapies(number: int | None) -> Fact:
    if number is None:
        name = "number of approved systemic therapies"
        return Unknown(why=f"the {name} is not known", missing=(name,))
    return Known(text=f"approved systemic therapies received: {number}", range=Range.exactly(number))


@cache
def _biologic(tnf_failed: bool | None, biologic_failed: bool | None) -> Fact:
    """A failed TNF blocker is one, whatever is recorded of biologics as a whole."""
    if tnf_failed and not biologic_failed:
        recorded = "not recorded" if biologic_failed is None else "recorded as not failed"
        return Known(
            text=f"a TNF blocker failed, which is a biologic (biologics as a whole: {recorded})", range=Range.exactly(1)
        )
    return _flag(biologic_failed, "failure of a biologic", "a biologic failed")


@cache
def _flag(value: bool | None, name: str, said: str) -> Fact:
    if value is None:
        return Unknown(why=f"{name} is not known", missing=(name,))
    return Known(text=f"{said}: {'yes' if value else 'no'}", range=Range.exactly(int(value)))
