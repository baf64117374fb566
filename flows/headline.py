"""The first line of every verdict: the verdict, the score, the threshold.

Remission is never said without its authority where authorities disagree (CLINICAL.md D1).
"""

import re
from collections.abc import Sequence

from flows.chart import SCORE_IS_NOW, Score
from flows.citations import Authority
from flows.criteria import Finding, Verdict
from flows.days import day
from flows.items import Item
from flows.protocol.endpoint import Judgement
from flows.protocol.rules import SUBSCORE_AT_MOST
from flows.sentences import shortened

# So that it is read at one glance, and stands on a copy button with a code before it (PRODUCT.md 3).
LONGEST = 140
# Of when, and by whom accepted: it gives way before the reason does. Whose CDAI it is stays (D10).
_IN_BRACKETS = re.compile(r" \((?!Crohn's)[^()]*\)")
_NOW = {
    Verdict.MET: "{aim}",
    Verdict.NOT_MET: "NOT IN {aim}",
    Verdict.NOT_EVALUABLE: "UNDECIDED",
    Verdict.NOT_APPLICABLE: "NOT APPLICABLE",
}
_THEN = {
    Verdict.MET: "WAS IN {aim}",
    Verdict.NOT_MET: "WAS NOT IN {aim}",
    Verdict.NOT_EVALUABLE: "WAS UNDECIDED",
}


def headline(judgement: Judgement, beside: Sequence[Judgement] = ()) -> str:
    """`beside` are the other judgements of the same chart: one of the same authority may contradict.

    The verdict and the number are never cut; the threshold, or the reason, is where it is too long.
    """
    finding, score = judgement.finding, judgement.score
    if finding.verdict is Verdict.NOT_APPLICABLE or score is None:
        said = f"{_NOW[finding.verdict]} · {finding.why}"
        return shortened(said if len(said) <= LONGEST else _IN_BRACKETS.sub("", said), LONGEST)
    said = f"{_with_rivals(judgement, beside)} · {judgement.endpoint.source.short} {judgement.number}"
    return f"{said} ({shortened(_in_brackets(judgement, score), LONGEST - len(said) - len(' ()'))})"


def is_qualified(judgement: Judgement, beside: Sequence[Judgement]) -> bool:
    """Whether a headline names whose verdict it is: another's is not the same, or it is not the protocol's."""
    if judgement.score is None:
        return False
    return names_its_authority(judgement) or bool(_rivals(judgement, beside))


def _with_rivals(judgement: Judgement, beside: Sequence[Judgement]) -> str:
    """A verdict by one score is qualified by another score that says otherwise, ours or another authority's."""
    finding, rivals = judgement.finding, _rivals(judgement, beside)
    if not rivals or names_its_authority(judgement):
        return verdict_in_words(judgement)
    other, aim = rivals[0], judgement.endpoint.aim.upper()
    is_ours = other.finding.source.authority is finding.source.authority
    ours, name, scale = _name(finding), _name(other.finding), other.endpoint.source.short
    name = name if name == scale.upper() else f"{name} ({scale})"
    if is_ours:
        ours, name = judgement.endpoint.source.short, other.endpoint.source.short
    theirs = f"{aim} BY {name}" if other.finding.verdict is Verdict.MET else f"NOT BY {name}"
    when = _when(finding) if finding.as_of != other.finding.as_of else ""
    return f"{_said(finding, aim)} BY {ours}{when}, {theirs}{_when(other.finding)}"


def _rivals(judgement: Judgement, beside: Sequence[Judgement]) -> list[Judgement]:
    """Those that say otherwise; a verdict that is open has none."""
    is_decided = judgement.finding.verdict.is_decided
    return [each for each in beside if is_decided and _contradicts(each, judgement)]


def _contradicts(other: Judgement, judgement: Judgement) -> bool:
    ours, theirs = judgement.finding, other.finding
    is_alike = other.endpoint.aim == judgement.endpoint.aim and not _is_superseded(other, judgement)
    return is_alike and theirs.verdict.is_decided and theirs.verdict is not ours.verdict and _is_as_new(theirs, ours)


def _is_superseded(other: Judgement, judgement: Judgement) -> bool:
    """What looks at items of the number in another score than the newest: those items have been told since."""
    theirs, ours = other.endpoint.source, judgement.endpoint.source
    is_of_these = bool({*theirs.codes} & {*ours.codes}) and bool({*theirs.items} & {*ours.items})
    return is_of_these and other.score is not judgement.score


def _is_as_new(theirs: Finding, ours: Finding) -> bool:
    """Nothing of the past contradicts what is of now; of two that are past one is not older than scores of now are."""
    if theirs.as_of is None or ours.as_of is None:
        return theirs.as_of is None
    return ours.as_of - theirs.as_of <= SCORE_IS_NOW


def verdict_in_words(judgement: Judgement) -> str:
    """The verdict, qualified by its authority unless all agree on the protocol's, and by its day if it is past."""
    finding, aim = judgement.finding, judgement.endpoint.aim.upper()
    said = _said(finding, aim)
    if names_its_authority(judgement):
        said += ", ".join([f" BY {_name(finding)}", *map(_theirs, _qualifying(judgement)[:1])])
    return said + _when(finding)


def _said(finding: Finding, aim: str) -> str:
    return (_THEN if finding.as_of else _NOW)[finding.verdict].format(aim=aim)


def _when(finding: Finding) -> str:
    return f" ON {day(finding.as_of)}" if finding.as_of else ""


def names_its_authority(judgement: Judgement) -> bool:
    """Whether a verdict is said with whose it is: another authority's is not the same, or it is not the protocol's."""
    finding = judgement.finding
    is_ours = finding.source.authority is Authority.PROTOCOL
    return finding.verdict.is_decided and (not is_ours or bool(_qualifying(judgement)))


def _qualifying(judgement: Judgement) -> list[Finding]:
    """Those that contradict; beside a remission also those that cannot tell."""
    is_met = judgement.finding.verdict is Verdict.MET
    return [each for each in judgement.differs if is_met or each.verdict.is_decided]


def _name(finding: Finding) -> str:
    return "PROTOCOL" if finding.source.authority is Authority.PROTOCOL else finding.source.name.upper()


def _theirs(other: Finding) -> str:
    if other.verdict is Verdict.MET:
        return f"REMISSION BY {_name(other)}"
    return f"{'NOT' if other.verdict is Verdict.NOT_MET else 'NOT EVALUABLE'} BY {_name(other)}"


def _in_brackets(judgement: Judgement, score: Score) -> str:
    """The threshold; or, where a high subscore is what authorities disagree about, that subscore."""
    over_a_subscore = judgement.endpoint.flags and judgement.differs
    if judgement.finding.verdict is not Verdict.MET or not over_a_subscore:
        return judgement.endpoint.target
    items = [item for item in score.questionnaire.items if item.code in judgement.endpoint.source.items]
    high = [_subscore(item, score) for item in items if _is_high(item, score)]
    return ", ".join(high) or "subscores not known"


def _is_high(item: Item, score: Score) -> bool:
    return score.sum_of(item.code).lowest > SUBSCORE_AT_MOST


def _subscore(item: Item, score: Score) -> str:
    return f"{item.name.lower()} {score.sum_of(item.code)}"
