"""The verdict card of a quick check, and its full reasons. CLINICAL.md D1, D7, D13."""

from html import escape

from bot.grave import grave_lines, lines_of_card
from bot.why import folded
from bot.words import SUPPORTS
from flows.criteria import Finding, Verdict
from flows.differing import verdict_by
from flows.headline import headline
from flows.protocol.endpoint import Judgement
from flows.questionnaire import Questionnaire
from flows.ranges import Range
from flows.screens import AnswerLine, NoAnswer, Outcome
from flows.status import distance, points_in_words

JUDGEMENT_IS_YOURS = f"<i>{SUPPORTS}</i>"


def verdict_text(outcome: Outcome, *, unfolded: bool = False) -> str:
    """The headline first, then what it rests on; at most 1,200 characters unless unfolded."""
    found, (score,) = outcome.verdicts, outcome.verdicts.scores
    judgement = found.main
    lines = [
        f"<b>{escape(found.headline)}</b>",
        f"{escape(outcome.questionnaire.disease.label)} · quick check, erased after an hour",
        *lines_of_card(outcome.safety),
        *(f"CHECK: {escape(note)}" for note in found.notes if note),
        *_open_lines(outcome.lines),
        *_no_baseline(judgement),
        escape(f"{distance(judgement)} {_band(outcome.questionnaire, score.total)}".strip()),
        *(f"Also: {escape(headline(each))}" for each in found.remissions if each is not judgement),
        "Steroids and dose not known.",
        *_differs(judgement),
        _unfolded(outcome) if unfolded else _why(outcome),
        JUDGEMENT_IS_YOURS,
    ]
    return "\n".join(line for line in lines if line)


def why_text(outcome: Outcome) -> str:
    """The reasons alone, as `/why` gives them."""
    whose = f"{escape(outcome.questionnaire.disease.label)} · quick check"
    return f"<b>{escape(outcome.verdicts.headline)}</b>\n{whose}\n{_unfolded(outcome)}"


def _open_lines(lines: tuple[AnswerLine, ...]) -> list[str]:
    return [
        f"{gap.capitalize()}: {escape(', '.join(names))}."
        for gap in NoAnswer
        if (names := [line.item.name.lower() for line in lines if line.gap is gap])
    ]


def _no_baseline(judgement: Judgement) -> list[str]:
    """What an undecided verdict lacks besides the answers themselves."""
    if judgement.finding.verdict is not Verdict.NOT_EVALUABLE:
        return []
    gaps = [gap for gap in judgement.finding.missing if gap.startswith("baseline")]
    return [f"Missing: {escape(', '.join(gaps))}."] if gaps else []


def _band(questionnaire: Questionnaire, total: Range) -> str:
    """The band, where bands are in use and every possible total lies in the same one."""
    lowest = questionnaire.band(total.lowest)
    top = questionnaire.bands[-1].name if total.highest is None and questionnaire.bands else None
    highest = top if total.highest is None else questionnaire.band(total.highest)
    if not lowest or lowest != highest:
        return ""
    return f"{questionnaire.short} {total}, band: {lowest}." if questionnaire.subtotals else f"Band: {lowest}."


def _differs(judgement: Judgement) -> list[str]:
    """One line, only where another authority's verdict is another for these answers."""
    if not judgement.differs:
        return []
    ours = f"{judgement.finding.source.name}: {verdict_by(judgement, judgement.finding)}"
    theirs = [f"{each.source.name}: {verdict_by(judgement, each)}, {each.why}" for each in judgement.differs]
    return [escape(f"Sources differ: {'. '.join([ours, *theirs])}.")]


def _why(outcome: Outcome) -> str:
    score, rule = outcome.verdicts.scores[0], outcome.verdicts.main.endpoint.rule
    points = score.questionnaire.points(score.answers)
    items = "+".join(str(each) if each.is_exact else "?" for each in points.values()).replace("+-", "-")
    return folded(f"items {items}", rule)


def _unfolded(outcome: Outcome) -> str:
    questionnaire, score, judgement = outcome.questionnaire, outcome.verdicts.scores[0], outcome.verdicts.main
    points = questionnaire.points(score.answers)
    lines = [f"{line.item.name}: {line.answer} ({points_in_words(points[line.item.code])})" for line in outcome.lines]
    rules = {name: part for name, part in questionnaire.parts(score.answers).items() if isinstance(part, str)}
    lines += [f"{name.replace('_', ' ')}: {rule}" for name, rule in rules.items()]
    lines += [_reason(judgement, finding) for finding in (judgement.finding, *judgement.differs)]
    lines += grave_lines(outcome.safety)
    lines.append(
        f"Instrument: {questionnaire.title}, version {questionnaire.version}, recall {questionnaire.recall}; "
        f"{questionnaire.source} ({questionnaire.source.state})."
    )
    return f"<blockquote>{escape(chr(10).join(lines))}</blockquote>"


def _reason(judgement: Judgement, finding: Finding) -> str:
    source = finding.source
    authority = "" if source.name == source.authority else f" ({source.authority})"
    said = verdict_by(judgement, finding)
    return f"By {source.name}{authority}: {said}, {finding.why}. {source} ({source.state})."
