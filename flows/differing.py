"""Where authorities differ for a patient: what each of them says, in one line. CLINICAL.md D1, D2 and D12."""

from collections.abc import Iterable
from datetime import date

from flows.chart import Chart
from flows.citations import Authority
from flows.criteria import Finding, Verdict
from flows.protocol.endpoint import Judgement
from flows.protocol.induction import INDUCTIONS
from flows.protocol.standing import labels
from flows.sentences import joined
from flows.treatment import INDUCTION_MG, Phase

_SAID = {
    Verdict.MET: "{aim}",
    Verdict.NOT_MET: "no {aim}",
    Verdict.NOT_EVALUABLE: "{aim} not evaluable",
    Verdict.NOT_APPLICABLE: "{aim} not applicable",
}


def verdict_on(aim: str, verdict: Verdict) -> str:
    """`no endoscopic remission`."""
    return _SAID[verdict].format(aim=aim)


def verdict_in_words(judgement: Judgement, finding: Finding) -> str:
    """`no remission`; what another authority calls less than its aim, by that name: MES 1 is improvement (D12)."""
    endpoint = judgement.endpoint
    is_less = finding.verdict is Verdict.NOT_MET and judgement.finding.verdict is Verdict.MET
    if is_less and endpoint.short_of_it and finding is not judgement.finding:
        return f"{endpoint.short_of_it}, not remission"
    return verdict_on(endpoint.aim, finding.verdict)


def sources_differ(remissions: Iterable[Judgement], chart: Chart, today: date) -> str:
    """One line on the verdicts and on the length of induction; nothing where all agree, or none of it matters now."""
    found = [_verdicts(each) for each in remissions if each.differs]
    if length := _length(chart, today):
        found.append(length)
    return f"Sources differ: {'; '.join(found)}." if found else ""


def _verdicts(judgement: Judgement) -> str:
    """`PMS 2: remission by protocol, no remission by STRIDE-II and NCT05069259`."""
    whose: dict[str, list[str]] = {}
    for each in (judgement.finding, *judgement.differs):
        whose.setdefault(verdict_in_words(judgement, each), []).append(each.source.name)
    said = [f"{words}{',' if ',' in words else ''} by {joined(names)}" for words, names in whose.items()]
    return f"{judgement.endpoint.source.short} {judgement.number}: {', '.join(said)}"


def _length(chart: Chart, today: date) -> str:
    """While 45 mg is taken, and at its end until another dose is recorded: how long each authority gives it.

    Where no length was chosen, the CHECK at the first of the ends names both.
    """
    treatment, rules = chart.treatment, INDUCTIONS[chart.disease]
    ends = treatment.induction_ends(today)
    is_taken = treatment.phase(today) in (Phase.INDUCTION, Phase.MAINTENANCE)
    if not is_taken or not ends or treatment.has_next_dose(max(ends.values()), today):
        return ""
    whose: dict[int, list[str]] = {}
    for each in (Authority.PROTOCOL, *labels(chart)):
        whose.setdefault(rules[each].weeks, []).append(rules[each].source.name)
    chosen = treatment.chosen_weeks(today)
    is_said = chosen is None and treatment.unrecorded_ends(today)
    if len(whose) == 1 or is_said:
        return ""
    said = [
        f"{weeks} weeks{' (chosen)' if weeks == chosen else ''} by {joined(whose[weeks])}"
        for weeks in sorted(whose, key=lambda weeks: (weeks != chosen, weeks))
    ]
    return f"{INDUCTION_MG} mg for {', '.join(said)}"
