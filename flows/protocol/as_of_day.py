"""What the protocol's rules say of a chart as it stood on a day: in remission with normal markers, response."""

from collections.abc import Iterator
from datetime import date

from flows.chart import Chart
from flows.criteria import Finding, Known, Verdict
from flows.protocol import biomarkers
from flows.protocol.endpoints import CD_CLINICAL_RESPONSE, CD_RESPONSE_BY_CDAI, REMISSION, UC_CLINICAL_RESPONSE
from flows.protocol.facts import READINGS, Gathered, scores_of
from flows.questionnaire import Disease
from flows.remembered import remembered

# The numbers that speak of clinical remission, with their rules; one that is decided against it is enough against it.
_RULES = {each.id: each.rule for each in REMISSION}
_REMISSION = {
    Disease.CROHNS: {
        "hbi": _RULES["cd.clinical_remission.hbi"],
        "cdai": _RULES["cd.clinical_remission.cdai"],
    },
    Disease.ULCERATIVE_COLITIS: {"pms": _RULES["uc.clinical_remission.pms"]},
}
# By the score that it is read from; in Crohn's disease HBI by practice, CDAI by the protocol.
RESPONSE = {
    Disease.CROHNS: {"hbi": CD_CLINICAL_RESPONSE.rule, "cdai": CD_RESPONSE_BY_CDAI.rule},
    Disease.ULCERATIVE_COLITIS: {"pms": UC_CLINICAL_RESPONSE.rule},
}


def is_calm(chart: Chart, on: date) -> bool:
    """In clinical remission with CRP and calprotectin within their limits; what is not known is neither."""
    if chart.unread_grounds or chart.history.without_stools:
        return False
    decided = [each for each in _remission(chart, on) if each.is_decided]
    if not decided or any(each is not Verdict.MET for each in decided):
        return False
    return all(each.finding.verdict is Verdict.MET for each in biomarkers.judge(chart, on))


def may_be_in_remission(chart: Chart, on: date) -> bool:
    """By one of the numbers at least, though another speak against it."""
    return any(each is Verdict.MET for each in _remission(chart, on))


def _remission(chart: Chart, on: date) -> Iterator[Verdict]:
    """By each number that is there, in the latest score since the first dose, however old."""
    for name, rule in _REMISSION[chart.disease].items():
        score = chart.latest(each for each in scores_of(chart, name) if each.on <= on)
        if score is not None:
            fact = Known(text=READINGS[name].label, range=READINGS[name].number(score))
            yield rule.judge({name: fact}).verdict


def response(chart: Chart, measure: str, on: date) -> Finding:
    """The clinical response of the disease by one of its `RESPONSE` measures, by the scores up to a day."""
    return _response(chart, (measure, on))


@remembered
def _response(chart: Chart, asked: tuple[str, date]) -> Finding:
    measure, on = asked
    return RESPONSE[chart.disease][measure].judge(Gathered(chart, on, until=on))
