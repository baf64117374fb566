"""Where a patient stands among those of a clinic, by the findings that the headline speaks of."""

from datetime import date
from enum import StrEnum

from flows.chart import Chart
from flows.criteria import Verdict
from flows.headline import is_qualified
from flows.verdicts import Verdicts


class Standing(StrEnum):
    REMISSION = "In remission"
    DIFFER = "Sources differ"
    NOT_IN_REMISSION = "Not in remission"
    UNDECIDED = "Undecided"
    UNSEEN = "Not seen on treatment"


def standing_of(chart: Chart, found: Verdicts, today: date) -> Standing:
    """In remission is who is so now, by symptoms, and by every authority that says anything of it."""
    main = found.main
    verdict = main.finding.verdict
    if _is_unseen(chart, found, today):
        return Standing.UNSEEN
    if is_qualified(main, found.remissions):
        return Standing.DIFFER
    if main.finding.as_of is None and verdict is Verdict.NOT_MET:
        return Standing.NOT_IN_REMISSION
    is_remission = main.finding.as_of is None and verdict is Verdict.MET and not main.endpoint.is_endoscopic
    return Standing.REMISSION if is_remission else Standing.UNDECIDED


def _is_unseen(chart: Chart, found: Verdicts, today: date) -> bool:
    if chart.blind:
        return False
    is_open = found.main.score is None and found.main.finding.verdict is Verdict.NOT_EVALUABLE
    return chart.before_treatment(today) or (is_open and chart.started_on is not None)
