"""Where authorities name different maintenance doses for a patient, and that matters now. CLINICAL.md D1 and D3."""

from datetime import date

from flows.chart import Chart
from flows.citations import Authority
from flows.protocol.dosing import doses_in_words, maintenance_mg
from flows.protocol.maintenance import MAINTENANCES
from flows.protocol.next_dose import LOOKED_FOR_BEFORE
from flows.protocol.standing import labels, lost_dates
from flows.protocol.taken_dose import taken
from flows.sentences import joined
from flows.treatment import TAKEN, Phase, Treatment


def maintenance_differs(chart: Chart, today: date) -> str:
    """`maintenance dose: 15 mg by US label, 30 mg by protocol`, the labels first, or nothing.

    From a fortnight before the end of induction on until a dose is recorded; after that where one of those who are
    named does not name that dose.
    """
    treatment = chart.treatment
    if lost_dates(chart) or treatment.phase(today) not in TAKEN or not _is_near(treatment, today):
        return ""
    authorities = (*labels(chart), Authority.PROTOCOL)
    doses = {each: maintenance_mg(each, chart, today) for each in authorities}
    recorded = _recorded(chart, today)
    if len(set(doses.values())) == 1 or (recorded and all(recorded in mg for mg in doses.values())):
        return ""
    return f"maintenance dose{f' ({recorded} mg recorded)' if recorded else ''}: {_in_words(chart, doses)}"


def _is_near(treatment: Treatment, today: date) -> bool:
    if treatment.phase(today) is not Phase.INDUCTION:
        return True
    ends = treatment.induction_ends(today)
    return ends is not None and min(ends.values()) - LOOKED_FOR_BEFORE <= today


def _recorded(chart: Chart, today: date) -> int | None:
    """The dose that is taken after that of induction, once one is recorded."""
    ends = chart.treatment.induction_ends(today)
    if not chart.treatment.has_next_dose(max(ends.values()) if ends else None, today):
        return None
    found = taken(chart, today)
    return found.mg if found else None


def _in_words(chart: Chart, doses: dict[Authority, tuple[int, ...]]) -> str:
    rules = MAINTENANCES[chart.disease]
    whose: dict[str, list[str]] = {}
    for each, mg in doses.items():
        words = rules[each].choice if len(mg) > 1 and rules[each].choice else doses_in_words(mg)
        whose.setdefault(words, []).append(rules[each].source.name)
    return ", ".join(f"{words} by {joined(names)}" for words, names in whose.items())
