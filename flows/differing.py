"""Where authorities differ for a patient: what each of them says, in one line. CLINICAL.md D1, D2 and D12."""

from collections.abc import Iterable
from datetime import date

from flows.chart import Chart
from flows.citations import Authority
from flows.criteria import Finding, Verdict
from flows.differing_maintenance import maintenance_differs
from flows.protocol.dosing import doses_in_words, induction_mg, may_be_no_dose
from flows.protocol.endpoint import Judgement
from flows.protocol.induction import INDUCTIONS
from flows.protocol.standing import labels
from flows.sentences import joined
from flows.treatment import TAKEN, UC_EXTENDED_WEEKS
from flows.verdicts import Verdicts

# How the line on them begins.
DIFFER = "Sources differ: "
_SAID = {
    Verdict.MET: "{aim}",
    Verdict.NOT_MET: "no {aim}",
    Verdict.NOT_EVALUABLE: "{aim} not evaluable",
    Verdict.NOT_APPLICABLE: "{aim} not applicable",
}


def verdict_on(aim: str, verdict: Verdict) -> str:
    """`no endoscopic remission`."""
    return _SAID[verdict].format(aim=aim)


def verdict_by(judgement: Judgement, finding: Finding) -> str:
    """`no remission`; what another authority calls less than its aim, by that name: MES 1 is improvement (D12)."""
    endpoint = judgement.endpoint
    is_less = finding.verdict is Verdict.NOT_MET and judgement.finding.verdict is Verdict.MET
    if is_less and endpoint.short_of_it and finding is not judgement.finding:
        return f"{endpoint.short_of_it}, not remission"
    return verdict_on(endpoint.aim, finding.verdict)


def sources_differ(judgements: Iterable[Judgement], chart: Chart, today: date) -> str:
    """One line on the verdicts, on the dose and length of induction and on the dose after it; nothing where all agree,
    or nothing of it matters now.
    """
    found = [_verdicts(each) for each in judgements if each.differs]
    found += filter(None, (_induction(chart, today), maintenance_differs(chart, today)))
    return f"{DIFFER}{'; '.join(found)}." if found else ""


def differ_in_short(found: Verdicts) -> str:
    """`Sources differ on MES 1.`, where the headline, which is of another score, does not say so."""
    scores = [f"{each.endpoint.source.short} {each.number}" for each in found.remissions if each.differs]
    main = f"{found.main.endpoint.source.short} {found.main.number}"
    others = [each for each in scores if each != main]
    return f"Sources differ on {' and '.join(others)}." if others else ""


def _verdicts(judgement: Judgement) -> str:
    """`PMS 2: remission by protocol, no remission by STRIDE-II and NCT05069259`."""
    whose: dict[str, list[str]] = {}
    for each in (judgement.finding, *judgement.differs):
        whose.setdefault(verdict_by(judgement, each), []).append(each.source.name)
    said = [f"{words}{',' if ',' in words else ''} by {joined(names)}" for words, names in whose.items()]
    return f"{judgement.endpoint.source.short} {judgement.number}: {', '.join(said)}"


def _induction(chart: Chart, today: date) -> str:
    """While its dose is taken, and at its end until another is recorded: what each authority gives this patient.

    Where no length was chosen, the CHECK at the first of the ends names both.
    """
    treatment = chart.treatment
    ends = treatment.induction_ends(today)
    is_taken = treatment.phase(today) in TAKEN
    if not is_taken or not ends or treatment.has_next_dose(max(ends.values()), today):
        return ""
    is_longer = UC_EXTENDED_WEEKS in ends
    whose = _whose_induction(chart, today, is_longer=is_longer)
    is_said = len(ends) > 1 and treatment.unrecorded_ends(today)
    if len(whose) == 1 or is_said:
        return ""
    if is_longer:
        return _in_words(whose, UC_EXTENDED_WEEKS, "recorded")
    return _in_words(whose, treatment.chosen_weeks(today), "chosen")


def _in_words(whose: dict[tuple[str, int], list[str]], taken: int | None, how: str) -> str:
    """`45 mg for 8 weeks (chosen) by protocol, 12 weeks by US label`; each with its dose where these differ, too."""
    doses = {mg for mg, _ in whose}
    shared = f"{doses.pop()} for " if len(doses) == 1 else ""
    said = []
    for mg, weeks in sorted(whose, key=lambda each: _place(each, taken)):
        length = f"{weeks} weeks{f' ({how})' if weeks == taken else ''}"
        by = f" by {joined(whose[mg, weeks])}" if whose[mg, weeks] else ""
        said.append(f"{length if shared else f'{mg} for {length}' if weeks else mg}{by}")
    return f"{shared}{', '.join(said)}"


def _place(said: tuple[str, int], taken: int | None) -> tuple[bool, bool, int, str]:
    """The length that is taken goes first, and who gives no dose last."""
    mg, weeks = said
    return (weeks != taken, weeks == 0, weeks, mg)


def _whose_induction(chart: Chart, today: date, *, is_longer: bool) -> dict[tuple[str, int], list[str]]:
    """Who says which doses for so many weeks; of no dose the weeks are 0.

    The longer induction in colitis is there where it was recorded, though nobody who speaks to the patient has it.
    """
    whose: dict[tuple[str, int], list[str]] = {}
    for each in (*labels(chart), Authority.PROTOCOL):
        rule, mg = INDUCTIONS[chart.disease][each], induction_mg(each, chart, today)
        weeks = UC_EXTENDED_WEEKS if is_longer and rule.may_extend else rule.weeks
        words = doses_in_words(mg, may_be_none=may_be_no_dose(each, chart, today))
        whose.setdefault((words, weeks if mg else 0), []).append(rule.source.name)
    if is_longer and not any(weeks == UC_EXTENDED_WEEKS for _, weeks in whose):
        whose[doses_in_words((chart.treatment.induction_mg(today),)), UC_EXTENDED_WEEKS] = []
    return whose
