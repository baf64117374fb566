"""The findings of a report as `evaluate` writes them: endpoints, eligibility, safety, dose, screening, schedule."""

from datetime import date
from functools import cache

from bot.reading import Json
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
        "safety": [_safety(each) for each in report.safety],
        "dose": _dose(report.dose),
        "screening": [_checked(each) for each in report.screening],
        "due": [_due(each) for each in report.due],
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


def _safety(found: SafetyFinding) -> Json:
    return {
        "id": found.id,
        "level": found.level,
        "why": found.why,
        "authority": found.source.authority,
        "source": found.source.cited,
    }


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


def _checked(found: Checked) -> Json:
    return {
        "item": found.item,
        "state": found.state,
        "result": found.result,
        "open": found.open or None,
        "missing": found.missing,
        "why": found.why or None,
        "on": iso(found.on),
    }


def _due(found: Due) -> Json:
    window = found.window
    return {
        "item": found.item,
        "due": iso(window.due),
        "from": iso(window.opens),
        "until": iso(window.until),
        "state": found.state,
        "missing": found.missing,
        "authority": found.source.authority,
        "why": found.why,
    }


@cache
def iso(day: date | None) -> str | None:
    """A report names the same few days again and again."""
    return day.isoformat() if day else None
