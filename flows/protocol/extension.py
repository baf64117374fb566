"""What the EU, GB and AU labels add where there was no response at the end of induction: week 16, week 24."""

from datetime import date, timedelta

from msgspec.structs import replace

from flows.chart import Score
from flows.criteria import Finding, Verdict
from flows.history import Region
from flows.protocol.as_of_day import RESPONSE, response
from flows.protocol.case import Case
from flows.protocol.due import Due, DueState, Outcome, Window, after
from flows.protocol.facts import scores_of
from flows.protocol.monitoring import EXTENSIONS, ONCE
from flows.protocol.one_off import entry, place

_REGIONS = frozenset({Region.EU, Region.GB, Region.AU})
EXTENSION = {each.disease: each for each in EXTENSIONS}
_END_OF_INDUCTION = {each.disease: each for each in ONCE if each.id in ("ind_end_cd", "ind_end_uc")}


def extension(case: Case) -> list[Due]:
    """One item in the regions whose label knows of it; a response that is not known is not a missing response."""
    if case.chart.region not in _REGIONS:
        return []
    item = EXTENSION[case.chart.disease]
    placed = place(case, item)
    if case.chart.history.without_stools:
        return [entry(case, placed)]
    found = at_end_of_induction(case)
    if not found:
        return [_noted(entry(case, placed), "no score at the end of induction: not known whether it applies")]
    said = "; ".join(each.why for each in found)
    verdicts = {each.verdict for each in found if each.verdict.is_decided}
    if verdicts == {Verdict.MET}:
        outcome = Outcome(DueState.NOT_NEEDED, f"response at the end of induction: {said}")
        return [case.due(item, placed.window, outcome)]
    if verdicts == {Verdict.NOT_MET}:
        return [_noted(entry(case, placed), f"no response at the end of induction: {said}")]
    return [_noted(entry(case, placed), f"{said}: not known whether it applies")]


def at_end_of_induction(case: Case) -> list[Finding]:
    """The response by each measure of which there is a score at the end of induction."""
    return [response(case.chart, name, score.on) for name, score in scores_at_end_of_induction(case).items()]


def scores_at_end_of_induction(case: Case) -> dict[str, Score]:
    """By the measure."""
    window = place(case, _END_OF_INDUCTION[case.chart.disease]).window
    extended = place(case, EXTENSION[case.chart.disease]).window
    scores = {name: _score(case, name, window, extended) for name in RESPONSE[case.chart.disease]}
    return {name: score for name, score in scores.items() if score}


def _score(case: Case, source: str, window: Window, extended: Window) -> Score | None:
    """The score of the end of induction: in its window the nearest to its day, else the first late one.

    From the day on which the later item opens a score is of that one.
    """
    assert window.opens is not None
    assert window.until is not None
    assert extended.opens is not None
    last = min(case.today, after(extended.opens, -1))
    scores = [each for each in scores_of(case.chart, source) if window.opens <= each.on <= last]
    inside = [each for each in scores if each.on <= window.until]
    if inside:
        return min(inside, key=lambda each: _distance(each, window.due))
    return min(scores, key=lambda each: each.on, default=None)


def _distance(score: Score, due: date | None) -> timedelta:
    assert due is not None
    return abs(score.on - due)


def _noted(due: Due, note: str) -> Due:
    return replace(due, why=f"{due.why}; {note}")
