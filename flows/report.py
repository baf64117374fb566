"""The one entry to the clinical core: what a chart amounts to today."""

from datetime import date
from operator import itemgetter

from flows.chart import Chart
from flows.criteria import Finding, Verdict
from flows.differing import sources_differ
from flows.protocol import biomarkers, blood_counts, eligibility
from flows.protocol.baseline_items import Checked
from flows.protocol.biomarkers import Biomarker
from flows.protocol.cautions import SafetyFinding
from flows.protocol.dosing import Dose, dose
from flows.protocol.due import Due, DueState
from flows.protocol.eligibility import Eligibility
from flows.protocol.safety import safety
from flows.protocol.satisfied import MARKERS, NAMES, PARTS
from flows.protocol.schedule import schedule
from flows.protocol.screening import checklist
from flows.protocol.standing import dose_line, unrecorded
from flows.protocol.steroids import steroid_line
from flows.protocol.stool import stool_line
from flows.protocol.without_response import without_response
from flows.status import discordance, responses, status
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

    @property
    def repeated(self) -> list[str]:
        """The sentences of the status that hold against each other what others of them say."""
        return discordance(self, self.biomarkers)


_OF_SCORES = Verdicts.__struct_fields__


def assess(chart: Chart, today: date) -> Report:
    """Apply the protocol to what is known."""
    found, markers, screening = verdicts(chart, today), biomarkers.judge(chart, today), checklist(chart, today)
    due = schedule(chart, today, found=screening)
    return Report(
        **{name: getattr(found, name) for name in _OF_SCORES},
        status=_status(chart, today, found, markers, due),
        biomarkers=markers,
        eligibility=eligibility.judge(chart, today),
        start=blood_counts.start(chart, today),
        safety=safety(chart, today),
        dose=dose(chart, today),
        screening=screening,
        due=due,
    )


def _status(
    chart: Chart, today: date, found: Verdicts, markers: tuple[Biomarker, ...], due: tuple[Due, ...]
) -> tuple[str, ...]:
    """The end of 45 mg first, as it is a CHECK, and an infection of the stool; steroids and dose last."""
    check, stool = unrecorded(chart, today), stool_line(chart, today)
    lines = [
        f"{check}." if check else "",
        stool,
        *status(found, markers, _awaited(due, markers), is_treated=chart.started_on is not None),
        sources_differ((*found.remissions, *responses(found.judgements)), chart, today),
        without_response(chart, today),
        f"{steroid_line(chart, today, _remissions(found))}.",
        f"{dose_line(chart, today)}.",
    ]
    return tuple(filter(None, lines))


def _remissions(found: Verdicts) -> list[tuple[str, date]]:
    """The scores of which any authority says that they are a remission, with their days."""
    return [
        (f"{each.endpoint.source.short} {each.number}", each.score.on)
        for each in found.remissions
        if each.score and any(by.verdict is Verdict.MET for by in (each.finding, *each.differs))
    ]


def _awaited(due: tuple[Due, ...], markers: tuple[Biomarker, ...]) -> dict[str, date]:
    """The biomarkers of which somebody said last that a result is awaited, and when, until there is one since."""
    awaited = [(each.said_on, each) for each in due if each.said_on and each.state is DueState.AWAITING]
    if not awaited:
        return {}
    said = {
        code: on
        for on, each in sorted(awaited, key=itemgetter(0))
        for code in MARKERS
        if code in PARTS[each.item] and NAMES[code] in each.missing
    }
    last = {each.code: each.on or date.min for each in markers}
    return {code: said[code] for code in MARKERS if code in said and said[code] > last[code]}
