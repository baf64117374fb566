"""The findings of a report as `evaluate` writes them: endpoints, eligibility, safety, dose, screening, schedule."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from bot.contract.reading import Json
from flows.criteria import Finding
from flows.protocol.baseline_items import Checked
from flows.protocol.cautions import SafetyFinding
from flows.protocol.dosing import Dose
from flows.protocol.due import Due
from flows.report import Report

NOTHING_JUDGED: Json = {
    "findings": [],
    "safety": [],
    "dose": {"phase": None, "day": None, "week": None, "says": []},
    "screening": [],
    "due": [],
}


def judged(report: Report) -> Json:
    return {
        "findings": _findings(report),
        "safety": _safety(report.safety),
        "dose": _dose(report.dose),
        "screening": _screening(report.screening),
        "due": _due(report.due),
    }


def _findings(report: Report) -> list[Json]:
    found = [_finding(each.endpoint.id, each.finding, each.differs, each.flags) for each in report.judgements]
    found += [_finding(each.id, each.finding, each.differs) for each in report.biomarkers]
    found += [_finding(each.id, each.finding, each.differs) for each in report.eligibility]
    return [*found, _finding("start.blood_counts", report.start, ())]


def _finding(name: str, finding: Finding, differs: tuple[Finding, ...], flags: tuple[str, ...] = ()) -> Json:
    return {
        "id": name,
        "verdict": finding.verdict,
        "why": finding.why,
        "authority": finding.source.authority,
        "source": finding.source.cited,
        "missing": finding.missing,
        "flags": flags,
        "as_of": iso(finding.as_of),
        "differs": [
            {"authority": other.source.authority, "verdict": other.verdict, "why": f"{other.source.name}: {other.why}"}
            for other in differs
        ],
    }


def _safety(found: Iterable[SafetyFinding]) -> list[Json]:
    return [
        {
            "id": each.id,
            "level": each.level,
            "why": each.why,
            "authority": each.source.authority,
            "source": each.source.cited,
        }
        for each in found
    ]


def _dose(found: Dose) -> Json:
    return {
        "phase": found.phase,
        "day": found.day,
        "week": found.week,
        "says": [
            {"authority": each.authority, "text": each.text, "mg": each.mg, "until": iso(each.until)}
            for each in found.says
        ],
    }


def _screening(found: Iterable[Checked]) -> list[Json]:
    return [
        {
            "item": each.item,
            "state": each.state,
            "result": each.result,
            "open": each.open or None,
            "missing": each.missing,
            "why": each.why or None,
            "on": iso(each.on),
        }
        for each in found
    ]


def _due(found: Iterable[Due]) -> list[Json]:
    return [
        {
            "item": each.item,
            "due": iso(each.window.due),
            "from": iso(each.window.opens),
            "until": iso(each.window.until),
            "state": each.state,
            "missing": each.missing,
            "authority": each.source.authority,
            "why": each.why,
        }
        for each in found
    ]


@cache
def iso(day: date | None) -> str | None:
    """A report names the same few days again and again."""
    return day.isoformat() if day else None
