"""Whom the EU, GB and AU labels' end without a response speaks of: week 16 in colitis, week 24 in Crohn's disease."""

from datetime import date

from msgspec import Struct

from flows.chart import SCORE_IS_NOW, Chart
from flows.criteria import Finding, Verdict
from flows.days import day
from flows.protocol.as_of_day import RESPONSE, response
from flows.protocol.case import Case
from flows.protocol.due import Window, listed
from flows.protocol.extension import EXTENSION, at_end_of_induction
from flows.protocol.facts import SOURCES, scores_of
from flows.protocol.held import Held
from flows.protocol.induction import INDUCTIONS, Induction
from flows.protocol.one_off import place
from flows.protocol.standing import labels
from flows.remembered import remembered
from flows.sentences import joined
from flows.treatment import Phase

_TAKING = (Phase.INDUCTION, Phase.MAINTENANCE, Phase.INTERRUPTED)
_NOTHING_HELD = Held({}, {})
_READABLE = "a newer score, which could not be read"


class Unanswered(Struct, frozen=True):
    """`why` there is no response, or what it is that leaves it open whether there is one."""

    is_open: bool
    why: str

    def said_by(self, rule: Induction) -> str:
        """In the words of a label that ends without a response."""
        return f"{rule.looked_for if self.is_open else rule.ends}; {self.why}"


def rules(chart: Chart) -> list[Induction]:
    """Those of the labels that speak to a patient which end without a response."""
    found = [INDUCTIONS[chart.disease][each] for each in labels(chart)]
    return [each for each in found if each.ends]


def without_response(chart: Chart, today: date) -> str:
    """One sentence of the labels that end without a response, while there is none."""
    found = unanswered(chart, today)
    if found is None or found.is_open:
        return ""
    every = rules(chart)
    return f"{joined([each.source.name for each in every])}: {found.said_by(every[0])}."


@remembered
def unanswered(chart: Chart, today: date) -> Unanswered | None:
    """From the day on which the longer induction is assessed; a response by its end, or one that is there now, ends it.

    Nothing where no response was missing at the end of induction, or where none can be reached.
    """
    treatment = chart.treatment
    if not rules(chart) or treatment.phase(today) not in _TAKING or chart.history.without_stools:
        return None
    assert chart.started_on is not None
    case = Case(chart, today, chart.started_on, _NOTHING_HELD, treatment, assessed=treatment.assessed(today))
    window = place(case, EXTENSION[chart.disease]).window
    assert window.opens is not None
    if today < window.opens:
        return None
    at_end = at_end_of_induction(case)
    if _decided(at_end) == {Verdict.MET} or _answered(case, window):
        return None
    return _now(case, window.opens, was_assessed=bool(at_end))


def _answered(case: Case, window: Window) -> bool:
    """Whether there was a response when it was looked for again."""
    assert window.opens is not None
    assert window.until is not None
    last = min(window.until, case.today)
    return any(
        response(case.chart, name, each.on).verdict is Verdict.MET
        for name in RESPONSE[case.chart.disease]
        for each in scores_of(case.chart, name)
        if window.opens <= each.on <= last
    )


def _now(case: Case, since: date, *, was_assessed: bool) -> Unanswered | None:
    """By the newest score since a day, and by what another index says at most 14 days before it.

    Nothing where there is no score at the end of induction either: the item of the schedule says so.
    """
    chart, measures = case.chart, RESPONSE[case.chart.disease]
    days = {name: [each.on for each in scores_of(chart, name) if since <= each.on <= case.today] for name in measures}
    last = {name: max(every) for name, every in days.items() if every}
    if not last:
        first, *_ = measures
        gap = f"missing: {SOURCES[first].short} since {day(since)}"
        return Unanswered(is_open=True, why=gap) if was_assessed else None
    newest = max(last.values())
    near = {name: on for name, on in last.items() if newest - on <= SCORE_IS_NOW}
    found = [response(chart, name, on) for name, on in near.items()]
    lost = any(chart.lost_since(SOURCES[name].codes, newest) for name in measures)
    return _unanswered(found, newest, (_READABLE,) if lost else ())


def _unanswered(found: list[Finding], on: date, lost: tuple[str, ...]) -> Unanswered | None:
    verdicts, why = _decided(found), "; ".join(each.why for each in found)
    if not lost and verdicts == {Verdict.NOT_MET}:
        return Unanswered(is_open=False, why=f"no response on {day(on)}: {why}")
    if not lost and (verdicts == {Verdict.MET} or all(each.verdict is Verdict.NOT_APPLICABLE for each in found)):
        return None
    missing = listed(dict.fromkeys([*(gap for each in found for gap in each.missing), *lost]))
    return Unanswered(is_open=True, why=f"on {day(on)}: {why}{f'; missing: {missing}' if missing else ''}")


def _decided(found: list[Finding]) -> set[Verdict]:
    return {each.verdict for each in found if each.verdict.is_decided}
