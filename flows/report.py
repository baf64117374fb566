"""The one entry to the clinical core: what a chart amounts to today."""

from datetime import date

from flows.chart import Chart
from flows.criteria import Finding
from flows.protocol import biomarkers, blood_counts, eligibility
from flows.protocol.baseline_items import Checked
from flows.protocol.biomarkers import Biomarker
from flows.protocol.cautions import SafetyFinding
from flows.protocol.dosing import Dose, dose
from flows.protocol.due import Due
from flows.protocol.eligibility import Eligibility
from flows.protocol.safety import safety
from flows.protocol.schedule import schedule
from flows.protocol.screening import checklist
from flows.protocol.standing import dose_line, steroid_line, unrecorded
from flows.protocol.stool import stool_line
from flows.status import status
from flows.verdicts import Verdicts, verdicts


class Report(Verdicts, frozen=True, kw_only=True):
    """What `evaluate` writes; `status` are the sentences of a card, in their order."""

    status: tuple[str, ...]
    biomarkers: tuple[Biomarker, ...]
    eligibility: tuple[Eligibility, ...]
    start: Finding
    safety: tuple[SafetyFinding, ...]
    dose: Dose
    screening: tuple[Checked, ...]
    due: tuple[Due, ...]


_OF_SCORES = Verdicts.__struct_fields__


def assess(chart: Chart, today: date) -> Report:
    """Apply the protocol to what is known."""
    found, markers, screening = verdicts(chart, today), biomarkers.judge(chart, today), checklist(chart, today)
    return Report(
        **{name: getattr(found, name) for name in _OF_SCORES},
        status=_status(chart, today, found, markers),
        biomarkers=markers,
        eligibility=eligibility.judge(chart, today),
        start=blood_counts.start(chart, today),
        safety=safety(chart, today),
        dose=dose(chart, today),
        screening=screening,
        due=schedule(chart, today, found=screening),
    )


def _status(chart: Chart, today: date, found: Verdicts, markers: tuple[Biomarker, ...]) -> tuple[str, ...]:
    """The end of 45 mg first, as it is a CHECK, and an infection of the stool; steroids and dose last."""
    check, stool = unrecorded(chart, today), stool_line(chart, today)
    lines = status(found.main, found.judgements, found.remissions, markers)
    first = [*([f"{check}."] if check else []), *([stool] if stool else [])]
    return (*first, *lines, f"{steroid_line(chart, today)}.", f"{dose_line(chart, today)}.")
