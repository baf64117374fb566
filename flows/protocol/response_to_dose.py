"""A response that is known to be missing, as the AU label asks for it. CLINICAL.md section 3, maintenance.

What is not known is no missing response, nor is a small fall that ends in clinical remission.
"""

from datetime import date
from itertools import pairwise

from flows.chart import Chart
from flows.criteria import Verdict
from flows.days import day
from flows.protocol.as_of_day import RESPONSE, may_be_in_remission, response
from flows.protocol.case import Case
from flows.protocol.extension import scores_at_end_of_induction
from flows.protocol.facts import scores_of
from flows.protocol.held import Held
from flows.protocol.taken_dose import taken
from flows.remembered import remembered

_NOTHING_HELD = Held({}, {})


@remembered
def none_after_induction(chart: Chart, today: date) -> str:
    """In words, where every score at the end of induction that decides is against a response."""
    treatment = chart.treatment
    if treatment.day(today) is None or chart.history.without_stools:
        return ""
    assert chart.started_on is not None
    case = Case(chart, today, chart.started_on, _NOTHING_HELD, treatment, assessed=treatment.assessed(today))
    scores = scores_at_end_of_induction(case)
    found = [response(chart, name, score.on) for name, score in scores.items()]
    found = [each for each in found if each.verdict.is_decided]
    is_calm = any(may_be_in_remission(chart, score.on) for score in scores.values())
    if is_calm or {each.verdict for each in found} != {Verdict.NOT_MET}:
        return ""
    return f"no response at the end of induction: {'; '.join(each.why for each in found)}"


def fell_short_on(mg: int, chart: Chart, today: date) -> str:
    """In words, where a score on a day on a dose, or the reason for the dose after it, is against a response."""
    return _fell_short(chart, (mg, today))


@remembered
def _fell_short(chart: Chart, asked: tuple[int, date]) -> str:
    mg, today = asked
    if chart.treatment.day(today) is None or all(step.mg != mg for step in chart.treatment.dose_steps(today)):
        return ""
    return _by_reason(mg, chart, today) or _by_score(mg, chart, today)


def _by_reason(mg: int, chart: Chart, today: date) -> str:
    steps = chart.treatment.dose_steps(today)
    for before, after in pairwise(steps):
        if before.mg == mg != after.mg and after.why == "response":
            return f"response not sufficient on {mg} mg, recorded on {day(after.on)}"
    return ""


def _by_score(mg: int, chart: Chart, today: date) -> str:
    """One of the day on which the dose began tells of the dose before it."""
    for name in RESPONSE[chart.disease]:
        for score in scores_of(chart, name):
            dose = taken(chart, score.on) if chart.started_on and chart.started_on <= score.on <= today else None
            if dose is None or dose.mg != mg or dose.since == score.on:
                continue
            found = response(chart, name, score.on)
            if found.verdict is Verdict.NOT_MET and not may_be_in_remission(chart, score.on):
                return f"no response on {mg} mg on {day(score.on)}: {found.why}"
    return ""
