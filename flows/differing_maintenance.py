"""Where authorities name different maintenance doses for a patient, and that matters now. CLINICAL.md D1 and D3."""

from datetime import date

from msgspec import Struct

from flows.chart import Chart
from flows.citations import Authority
from flows.days import day
from flows.protocol.dosing import doses_in_words, maintenance_mg, may_be_no_dose, still_in_induction
from flows.protocol.maintenance import MAINTENANCES
from flows.protocol.next_dose import LOOKED_FOR_BEFORE
from flows.protocol.standing import labels, lost_dates
from flows.protocol.taken_dose import taken
from flows.sentences import joined
from flows.treatment import TAKEN, Phase, Treatment


class _Said(Struct, frozen=True):
    """What an authority leaves; `until` where it is the dose of an induction that by this authority still runs."""

    mg: tuple[int, ...]
    may_be_none: bool
    until: date | None = None


def maintenance_differs(chart: Chart, today: date) -> str:
    """`maintenance dose: 15 mg by US label, 30 mg by protocol`, the labels first, or nothing.

    From a fortnight before the end of induction on until a dose is recorded; after that where one of those who are
    named does not name that dose. By whom induction still runs after it, is said with that, as `/dose` says it.
    """
    treatment = chart.treatment
    if lost_dates(chart) or treatment.phase(today) not in TAKEN or not _is_near(treatment, today):
        return ""
    authorities = (*labels(chart), Authority.PROTOCOL)
    later = {each: _maintenance(each, chart, today) for each in authorities}
    said = {each: _running(each, chart, today) or later[each] for each in authorities}
    recorded = _recorded(chart, today)
    if not _matters(recorded, later, said):
        return ""
    is_running = all(each.until for each in said.values())
    what = f"{'' if is_running else 'maintenance '}dose{f' ({recorded} mg recorded)' if recorded else ''}"
    return f"{what}: {_in_words(chart, said)}"


def _matters(recorded: int | None, later: dict[Authority, _Said], said: dict[Authority, _Said]) -> bool:
    """Until a dose is recorded the lengths of induction have a part of their own."""
    if recorded is None:
        return len(set(later.values())) > 1 and not all(each.until for each in said.values())
    is_named = all(recorded in each.mg and not each.may_be_none for each in said.values())
    return len(set(said.values())) > 1 and not is_named


def _maintenance(authority: Authority, chart: Chart, today: date) -> _Said:
    return _Said(maintenance_mg(authority, chart, today), may_be_no_dose(authority, chart, today))


def _running(authority: Authority, chart: Chart, today: date) -> _Said | None:
    """Nothing before the end of the induction that was chosen: what is looked for then is the dose after it."""
    if chart.treatment.phase(today) is Phase.INDUCTION:
        return None
    found = still_in_induction(authority, chart, today)
    if found is None or found.until is None:
        return None
    return _Said(found.mg, may_be_no_dose(authority, chart, today), found.until)


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


def _in_words(chart: Chart, said: dict[Authority, _Said]) -> str:
    rules = MAINTENANCES[chart.disease]
    whose: dict[str, list[str]] = {}
    for each, found in said.items():
        whose.setdefault(_words(found, rules[each].choice), []).append(rules[each].source.name)
    return ", ".join(f"{words} by {joined(names)}" for words, names in whose.items())


def _words(said: _Said, choice: str) -> str:
    if said.until is None and len(said.mg) > 1 and choice:
        return f"{choice}{' or no dose' if said.may_be_none else ''}"
    end = f" until {day(said.until)}" if said.until else ""
    return f"{doses_in_words(said.mg, may_be_none=said.may_be_none)}{end}"
