"""The first line of every verdict: the verdict, the score, the threshold.

Remission is never said without its authority where authorities disagree (CLINICAL.md D1).
"""

from flows.chart import Score
from flows.criteria import Finding, Verdict
from flows.days import day
from flows.items import Item
from flows.protocol.endpoints import SUBSCORE_AT_MOST, Judgement

_NOW = {
    Verdict.MET: "REMISSION",
    Verdict.NOT_MET: "NOT IN REMISSION",
    Verdict.NOT_EVALUABLE: "UNDECIDED",
    Verdict.NOT_APPLICABLE: "NOT APPLICABLE",
}
_THEN = {
    Verdict.MET: "WAS IN REMISSION",
    Verdict.NOT_MET: "WAS NOT IN REMISSION",
    Verdict.NOT_EVALUABLE: "WAS UNDECIDED",
}


def headline(judgement: Judgement, score: Score | None) -> str:
    finding, endpoint = judgement.finding, judgement.endpoint
    if finding.verdict is Verdict.NOT_APPLICABLE or score is None:
        return f"{_NOW[finding.verdict]} · {finding.why}"
    brackets = _in_brackets(judgement, score)
    return f"{verdict_in_words(judgement)} · {endpoint.instrument.short} {score.total} ({brackets})"


def verdict_in_words(judgement: Judgement) -> str:
    """The protocol's verdict, qualified by the first authority that has another, and by its day if it is past."""
    finding = judgement.finding
    said = _THEN[finding.verdict] if finding.as_of else _NOW[finding.verdict]
    if judgement.differs and finding.verdict.is_decided:
        said += f" BY PROTOCOL, {_theirs(judgement.differs[0])}"
    return f"{said} ON {day(finding.as_of)}" if finding.as_of else said


def _theirs(other: Finding) -> str:
    if other.verdict is Verdict.MET:
        return f"REMISSION BY {other.source.name}"
    return f"{'NOT' if other.verdict is Verdict.NOT_MET else 'NOT EVALUABLE'} BY {other.source.name}"


def _in_brackets(judgement: Judgement, score: Score) -> str:
    """The threshold; or, where a high subscore is what authorities disagree about, that subscore."""
    if judgement.finding.verdict is not Verdict.MET or not judgement.differs:
        return judgement.endpoint.target
    high = [_subscore(item, score) for item in score.questionnaire.items if _is_high(item, score)]
    return ", ".join(high) or "subscores not known"


def _is_high(item: Item, score: Score) -> bool:
    return score.sum_of(item.code).lowest > SUBSCORE_AT_MOST


def _subscore(item: Item, score: Score) -> str:
    return f"{item.name.lower()} {score.sum_of(item.code)}"
