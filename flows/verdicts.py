"""What the scores of a chart amount to: the endpoints, the headline, and what is unusual about a score."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from flows.answers import Answers
from flows.chart import Chart, Score
from flows.headline import headline
from flows.protocol.endpoint import Judgement
from flows.protocol.endpoints import REMISSION, RESPONSE
from flows.protocol.facts import WITH_STOOLS, gather, stools_not_valid
from flows.questionnaire import Disease, Questionnaire
from flows.sentences import capitalised

_OF_DISEASE = {disease: [each for each in (*REMISSION, *RESPONSE) if each.disease is disease] for disease in Disease}
# A quick check is always now, so its day does not matter to the verdict.
_ANY_DAY = date.min
_OF_REMISSION = frozenset(each.id for each in REMISSION)


class Verdicts(Struct, frozen=True, kw_only=True):
    """`notes` are in the order of the scores; `main` is the judgement that the headline speaks of.

    `remissions` are those that need no baseline, of which there is a score, and none that says of a part of a score
    what is said of the whole.
    """

    headline: str
    as_of: date | None
    scores: tuple[Score, ...]
    notes: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    remissions: tuple[Judgement, ...]
    main: Judgement


def verdicts(chart: Chart, today: date) -> Verdicts:
    """Findings of the other disease are left out."""
    judgements = _judge(chart, today)
    found = [each for each in judgements if each.endpoint.id in _OF_REMISSION and each.score]
    remissions = tuple([each for each in found if not each.endpoint.source.part_of or _tells_more(each, found)])
    main = _main(judgements, remissions)
    return Verdicts(
        headline=headline(main, remissions),
        as_of=main.finding.as_of,
        scores=chart.scores,
        notes=_notes(chart.scores, chart.history.without_stools),
        judgements=judgements,
        remissions=remissions,
        main=main,
    )


def assess_answers(questionnaire: Questionnaire, answers: Answers, today: date) -> Verdicts:
    """Assess a quick check: one instrument, answered today, with nothing else known."""
    return verdicts(_quick_check(questionnaire, answers, today), today)


def foresee(questionnaire: Questionnaire, answers: Answers) -> tuple[Judgement, ...]:
    """What the answers so far amount to, endpoint by endpoint; certain means: whatever comes next."""
    judgements = _judge(_quick_check(questionnaire, answers, _ANY_DAY), _ANY_DAY)
    return tuple(
        each for each in judgements if each.endpoint.id in _OF_REMISSION and each.endpoint.looks_at(questionnaire)
    )


def _quick_check(questionnaire: Questionnaire, answers: Answers, today: date) -> Chart:
    score = Score(questionnaire=questionnaire, on=today, answers=answers)
    return Chart(disease=questionnaire.disease, scores=(score,))


def _judge(chart: Chart, today: date) -> tuple[Judgement, ...]:
    gathered = gather(chart, today)
    asked = [each for each in _OF_DISEASE[chart.disease] if not each.optional or each.has_score(gathered)]
    return tuple([found for each in asked if (found := each.judge(gathered)).is_told])


def _tells_more(part: Judgement, found: Sequence[Judgement]) -> bool:
    """Whether it is of another score than the number that it is a part of, or its verdict is another."""
    return not any(
        each.endpoint.reading == part.endpoint.source.part_of
        and each.score is part.score
        and each.finding.verdict is part.finding.verdict
        for each in found
    )


def _main(judgements: tuple[Judgement, ...], remissions: tuple[Judgement, ...]) -> Judgement:
    """The first of which there is a score; one that is no longer now gives way to other symptoms that are."""
    first = next((each for each in judgements if each.score), judgements[0])
    if first.finding.as_of is None:
        return first
    return next((each for each in remissions if _is_of_now(each)), first)


def _is_of_now(judgement: Judgement) -> bool:
    finding = judgement.finding
    return finding.verdict.is_decided and finding.as_of is None and not judgement.endpoint.is_endoscopic


def _notes(scores: tuple[Score, ...], without_stools: str) -> tuple[str, ...]:
    places: dict[tuple[date, str], list[int]] = {}
    for place, score in enumerate(scores):
        places.setdefault((score.on, score.questionnaire.code), []).append(place)
    return tuple(
        [
            _note(each, place, places[each.on, each.questionnaire.code], without_stools)
            for place, each in enumerate(scores)
        ]
    )


def _note(score: Score, position: int, twins: list[int], without_stools: str) -> str:
    """What is unusual about a score, whether it is valid, and whether another of the same day goes before it."""
    questionnaire = score.questionnaire
    remarks = questionnaire.remarks(score.answers)
    if without_stools and questionnaire.code in WITH_STOOLS:
        remarks.append(f"{capitalised(stools_not_valid(questionnaire.short, without_stools))}.")
    if len(twins) > 1:
        used = "this one is used" if position == twins[-1] else "a later one in the list is used"
        remarks.append(f"{len(twins)} {questionnaire.short} of one day: {used}.")
    return " ".join(remarks)
