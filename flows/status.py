"""Symptoms, biomarkers and endoscopy side by side, with distance, change and discordance. CLINICAL.md 2, E1 to E9."""

from collections.abc import Mapping
from datetime import date, timedelta

from flows.criteria import Finding, Verdict
from flows.days import day
from flows.differing import verdict_by, verdict_on
from flows.protocol.biomarkers import Biomarker
from flows.protocol.endpoint import Judgement
from flows.protocol.facts import acceptance_of
from flows.protocol.satisfied import NAMES
from flows.ranges import Points, Range, written
from flows.verdicts import Verdicts

# Two findings are held against each other where their days lie no farther apart (DESIGN.md section 5, policy).
DISCORDANT_WITHIN = timedelta(days=35)

_NOTHING_TO_SPARE = "At the target, with no point to spare."


def status(
    found: Verdicts, biomarkers: tuple[Biomarker, ...], awaited: Mapping[str, date], *, is_treated: bool
) -> list[str]:
    """Sentences in the order in which a card shows them.

    `awaited` says of which biomarkers a result is awaited, and since when.
    """
    lines = [
        distance(found.main),
        *_change(found.judgements),
        _no_response(found.main, found.judgements) if is_treated else "",
        _symptoms(found.remissions),
        _biomarkers(biomarkers, awaited),
        _endoscopy(found.remissions),
        *discordance(found, biomarkers),
        _awaited(awaited),
    ]
    return [line for line in lines if line]


def distance(judgement: Judgement) -> str:
    """How far the number is from the highest one that is still remission, or was; or what else decides against it."""
    said = _distance(judgement)
    return f"Then {said[0].lower()}{said[1:]}" if said and judgement.finding.as_of else said


def _distance(judgement: Judgement) -> str:
    total, highest_met = judgement.number, judgement.endpoint.highest_met
    if total is None or highest_met is None:
        return ""
    lowest = total.lowest - highest_met
    if total.highest is None:
        return f"At least {points_in_words(Range.exactly(lowest))} above the target." if lowest > 0 else ""
    highest = total.highest - highest_met
    if highest <= 0:
        return _within(judgement, Range(-highest, -lowest))
    if lowest <= 0:
        return f"Up to {points_in_words(Range.exactly(highest))} above the target."
    return f"{points_in_words(Range(lowest, highest))} above the target."


def _within(judgement: Judgement, room: Range) -> str:
    """Of a number that is low enough: what is to spare, or what else decides against it."""
    match judgement.finding.verdict:
        case Verdict.MET:
            has_room = bool(room.highest)
            return f"On target, {points_in_words(room)} to spare." if has_room else _NOTHING_TO_SPARE
        case Verdict.NOT_MET:
            return f"Decided by: {judgement.finding.why}."
        case _:
            return ""


def points_in_words(number: Range) -> str:
    return "1 point" if number == Range.exactly(1) else f"{number} points"


def _change(judgements: tuple[Judgement, ...]) -> list[str]:
    """Now against the baseline, of each score that is valid and not wholly open, once, and whether it is a response."""
    changes: dict[str, Judgement] = {}
    found = responses(judgements)
    for judgement in judgements:
        if judgement.number and judgement.baseline and judgement.finding.verdict is not Verdict.NOT_APPLICABLE:
            changes.setdefault(judgement.endpoint.source.short, judgement)
    return [
        f"{short} {said}.{f' The baseline: {each.of_baseline}.' if each.of_baseline else ''}"
        for short, each in changes.items()
        if (said := _changed(each, [one for one in found if one.endpoint.source.short == short]))
    ]


def _changed(judgement: Judgement, found: list[Judgement]) -> str:
    """`change from baseline: -5, clinical response by protocol`; of a range a response where one is decided."""
    now, then = judgement.number, judgement.baseline
    assert now is not None
    assert then is not None
    is_said = (now.is_exact and then.is_exact) or any(each.finding.verdict.is_decided for each in found)
    said = ", ".join(map(_responded, found)) if is_said else ""
    if change := _difference(now, then):
        return f"change from baseline: {change}{f', {said}' if said else ''}"
    return f"against the baseline: {said}" if said else ""


def _difference(now: Range, then: Range) -> str:
    """`-6`; of what is known within limits all that these leave possible: `-9 to -6`, `-8 or more`."""
    lowest = "" if then.highest is None else _signed(now.lowest - then.highest)
    highest = "" if now.highest is None else _signed(now.highest - then.lowest)
    if lowest and highest:
        return lowest if lowest == highest else f"{lowest} to {highest}"
    return f"{lowest} or more" if lowest else f"{highest} or less" if highest else ""


def responses(judgements: tuple[Judgement, ...]) -> list[Judgement]:
    """Those on a response, of scores that are known now and at baseline."""
    return [each for each in judgements if each.endpoint.is_response and each.number and each.baseline]


def _responded(judgement: Judgement) -> str:
    """`clinical response by protocol, in remission at baseline already`."""
    endpoint, finding = judgement.endpoint, judgement.finding
    said = verdict_on(endpoint.aim, finding.verdict)
    if finding.verdict is Verdict.NOT_APPLICABLE:
        return f"{said}: it cannot be reached from this baseline"
    remark = f" ({endpoint.remark})" if endpoint.remark else ""
    return ", ".join((f"{said} by {finding.source.name}{remark}", *judgement.flagged))


def _no_response(main: Judgement, judgements: tuple[Judgement, ...]) -> str:
    """That there is nothing to hold the symptoms of the headline against, or that nobody accepted what there is."""
    if main.endpoint.is_endoscopic:
        return ""
    gap = f"baseline {main.endpoint.source.short}"
    missing = [said for each in judgements if each.score and each.baseline is None for said in each.finding.missing]
    lacking = next((each for each in missing if each == gap or each.startswith(acceptance_of(gap))), "")
    if not lacking:
        return ""
    return f"Response cannot be stated: {'no' if lacking == gap else 'missing'} {lacking}."


def _signed(number: Points) -> str:
    return f"+{written(number)}" if number > 0 else written(number)


def _symptoms(remissions: tuple[Judgement, ...]) -> str:
    said = [_judged(each) for each in remissions if not each.endpoint.is_endoscopic]
    return f"Symptoms: {'; '.join(said)}." if said else ""


def _endoscopy(remissions: tuple[Judgement, ...]) -> str:
    said = [_judged(each) for each in remissions if each.endpoint.is_endoscopic]
    return f"Endoscopy: {'; '.join(said)}." if said else "Endoscopy: no value."


def _judged(judgement: Judgement) -> str:
    """`HBI 4 on 3 Mar 2026, remission by protocol, not by STRIDE-II`."""
    assert judgement.score is not None
    finding = judgement.finding
    said = verdict_by(judgement, finding) + (f" by {finding.source.name}" if finding.verdict.is_decided else "")
    return f"{judgement.endpoint.source.short} {judgement.number} on {day(judgement.score.on)}, {said}"


def _biomarkers(biomarkers: tuple[Biomarker, ...], awaited: Mapping[str, date]) -> str:
    """Of one that is awaited only the value before it, if there is one."""
    said = dict.fromkeys(_marked(each) for each in biomarkers if each.value or each.code not in awaited)
    return f"Biomarkers: {'; '.join(said)}." if said else ""


def _awaited(awaited: Mapping[str, date]) -> str:
    """`Missing: CRP: awaited since 1 Jun 2026; Calprotectin: awaited since 1 Jun 2026.`"""
    said = [f"{NAMES[code]}: awaited since {day(since)}" for code, since in awaited.items()]
    return f"Missing: {'; '.join(said)}." if said else ""


def _marked(biomarker: Biomarker) -> str:
    every: tuple[Finding, ...] = (biomarker.finding, *biomarker.differs)
    if not biomarker.finding.verdict.is_decided:
        return biomarker.finding.why
    return ", ".join(f"{each.why} by {each.source.name}" for each in every)


def discordance(found: Verdicts, biomarkers: tuple[Biomarker, ...]) -> list[str]:
    """One neutral sentence for each finding that points another way than the symptoms of the headline do."""
    main = found.main
    if main.score is None or main.endpoint.is_endoscopic or not main.finding.verdict.is_decided:
        return []
    is_well, on = main.finding.verdict is Verdict.MET, main.score.on
    others = [_against_biomarker(each, is_well) for each in biomarkers if _is_near(on, each.on)]
    others += [
        _against_endoscopy(each, is_well)
        for each in found.remissions
        if each.endpoint.is_endoscopic and each.score and _is_near(on, each.score.on)
    ]
    symptoms = "Clinical remission" if is_well else "No clinical remission"
    return [f"{symptoms}, {other}." for other in others if other]


def _is_near(one: date, other: date | None) -> bool:
    return other is not None and abs(one - other) <= DISCORDANT_WITHIN


def _against_biomarker(biomarker: Biomarker, is_well: bool) -> str:
    is_normal = biomarker.finding.verdict is Verdict.MET
    if not biomarker.finding.verdict.is_decided or is_normal is is_well or biomarker.value is None:
        return ""
    side = "above" if is_well else "within"
    return f"{biomarker.value.analyte.title} {biomarker.value.number} {side} the limit {biomarker.limit}"


def _against_endoscopy(judgement: Judgement, is_well: bool) -> str:
    verdict = judgement.finding.verdict
    if not verdict.is_decided or (verdict is Verdict.MET) is is_well:
        return ""
    return f"{judgement.endpoint.source.short} {judgement.number}: {verdict_on(judgement.endpoint.aim, verdict)}"
