"""The pages behind the buttons of a patient's cards: reasons, safety, what is due, doses, checklist, history."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from html import escape

from bot.contract.examined import Examined
from bot.fitting import fit
from bot.grave import grave_lines
from bot.patients.already import TITLES
from bot.patients.card import not_entered_lines, open_items, since, who_line
from bot.questions import covered, of_patient
from flows.analytes import BY_CODE
from flows.criteria import Finding, Verdict
from flows.days import day
from flows.filed_person import THERAPIES
from flows.forms.enrolment import ENROLMENT
from flows.history_in_words import said_of, title_of
from flows.instruments.cdai import CDAI
from flows.own_reminders import SET, WORDS_REMOVED, own_asks, own_reasons
from flows.protocol.baseline_items import SCREENING_ITEMS, Checked, CheckState
from flows.protocol.cautions import Level, SafetyFinding
from flows.protocol.dosing import Sentence
from flows.protocol.due import Due, DueState, Window
from flows.protocol.satisfied import title_for
from flows.protocol.treated_before import treatments_in_words
from flows.questionnaire import Disease
from flows.record import Kind, Observation, standing
from flows.report import Report
from flows.sentences import capitalised

_VERDICTS = {
    Verdict.MET: "met",
    Verdict.NOT_MET: "not met",
    Verdict.NOT_EVALUABLE: "not evaluable",
    Verdict.NOT_APPLICABLE: "not applicable",
}
# What the page of due items lists, in its order.
_LISTED = (DueState.OVERDUE, DueState.DUE, DueState.AWAITING, DueState.PLANNED, DueState.NOT_POSSIBLE)
# The scales whose name is not their code in capitals.
_SCALES = {"cdai": CDAI.short, "sf_ap": "stools and pain", "adapted_mayo": "adapted Mayo", "mayo": "Mayo"}
ClinicDay = Callable[[datetime], date]
# Half of what a message holds: a page is read on a telephone.
_A_PAGE = 1900


def why_page(code: str, examined: Examined, number: int | None = None) -> str:
    """Every finding with its reason and its source, of whom and of which day; `number` of what was said once."""
    report = examined.report
    named = "" if number is None else f" · verdict {number}"
    lines = [f"<b>{escape(report.headline)}</b>", f"{who_line(code, examined)}{named}"]
    for each in report.judgements:
        aim = _aim(each.endpoint.id)
        lines += [_reason(aim, each.finding, each.flagged), *(_reason(aim, other) for other in each.differs)]
    for marker in report.biomarkers:
        lines += [_reason(BY_CODE[marker.code].title, finding) for finding in (marker.finding, *marker.differs)]
    # Whose verdict is another has a line of its own there.
    lines += [_reason(f"Indication, {each.finding.source.name}", each.finding) for each in report.eligibility]
    return fit(lines)


def _aim(endpoint: str) -> str:
    """`Clinical remission, PMS`."""
    _, aim, *scale = endpoint.split(".")
    return ", ".join([aim.replace("_", " ").capitalize(), *(_SCALES.get(each, each.upper()) for each in scale)])


def _reason(name: str, finding: Finding, flagged: Sequence[str] = ()) -> str:
    source, said = finding.source, ", ".join((_VERDICTS[finding.verdict], *flagged, finding.why))
    return escape(f"{name}: {said}. {source} ({source.state}).")


def safety_page(code: str, report: Report) -> str:
    order = {Level.LIMIT: 0, Level.CHECK: 1, Level.INFO: 2}
    found = sorted(report.safety, key=lambda each: order[each.level])
    lines = [f"{of_patient(code)}<b>Safety</b>"]
    lines += [escape(f"{each.level.upper()}: {each.why}. {capitalised(each.source.name)}.") for each in found]
    return fit(lines if found else [*lines, "Nothing to say from what is recorded."])


def due_page(code: str, report: Report, written: Sequence[Observation], today: date) -> str:
    """What is to come, what of the baseline is not there, then what is not possible, with its reason.

    A clinician's own reminders are among them, covered.
    """
    reasons, places = own_reasons(written), list(_LISTED)
    found = [
        (
            each.state,
            escape(each.title),
            each.window,
            _said_of(each),
        )
        for each in (*open_items(report), *(one for one in report.due if one.state is DueState.NOT_POSSIBLE))
    ]
    found += [
        (each.state, covered(each.title), each.window, reasons.get(each.slot, each.source))
        for each in own_asks(written, today)
        if each.state in _LISTED
    ]
    lines = [_due_line(*each) for each in sorted(found, key=lambda each: places.index(each[0]))]
    coming = len([each for each in found if each[0] is not DueState.NOT_POSSIBLE])
    lines[coming:coming] = _missed_at_baseline(report)
    lines += map(escape, not_entered_lines(report, None))
    nothing = "Nothing is planned: there is no first dose, or it has ended."
    return fit([f"{of_patient(code)}<b>Due</b>", *(lines or [nothing])])


def _missed_at_baseline(report: Report) -> list[str]:
    titles = [escape(each.title) for each in report.due if each.is_missed_at_baseline]
    said = "Later items have taken their place; the checklist still takes them."
    return [f"MISSED: {'; '.join(titles)}. {said}"] if titles else []


def _said_of(each: Due) -> str:
    """Whose rule it is; since when its result is awaited; why it is not possible, and who said so when."""
    if each.is_open_by_finding:
        return f"{each.source.name}, {each.note}"
    if each.said_on is None:
        return each.source.name
    if each.awaited_since:
        return f"{each.source.name}{since(each.awaited_since)}"
    return f"{day(each.said_on)}{each.note.removeprefix(f'not possible ({day(each.said_on)})')}"


def _due_line(state: DueState, title: str, window: Window, said: str) -> str:
    when = f"due {day(window.due)}" if window.due else "no day known"
    days = f" ({day(window.opens)} to {day(window.until)})" if window.opens and window.until else ""
    return f"{state.replace('_', ' ').upper()}: {title}, {when}{days}. {escape(said)}."


def dose_page(code: str, report: Report, against: Sequence[SafetyFinding]) -> str:
    """What stands `against` the next step, then what is taken, then what each authority says of it."""
    lines = [*grave_lines(against), *report.status[-2:], *dose_lines(report.dose.says)]
    chosen = "None is chosen here: a dose is recorded by a doctor, with the reason."
    return fit([f"{of_patient(code)}<b>Dose</b>", *map(escape, lines), chosen])


def labels_page(code: str, says: Sequence[Sentence]) -> str:
    """What the labels of other regions say of the dose; nothing of a treatment that has ended."""
    lines = [f"{of_patient(code)}<b>Dose · labels of other regions</b>", *map(escape, dose_lines(says))]
    return fit(lines if says else [*lines, "They say nothing of this phase."])


def dose_lines(says: Sequence[Sentence]) -> list[str]:
    """`EU label: 15 mg. Until 4 May 2026.`, each authority's sentence."""
    return [f"{each.source.name}: {each.text}.{f' Until {day(each.until)}.' if each.until else ''}" for each in says]


def phenotype(written: Sequence[Observation]) -> list[str]:
    """Where the disease lies and what was given before it, as far as that was told."""
    told = {
        each.fact.code: (each.fact.value or {})["is"] for each in standing(written) if each.fact.kind is Kind.PERSON
    }
    place = [
        ENROLMENT.item(code).describe(told[f"disease.{code}"])
        for code in ("extent", "location")
        if f"disease.{code}" in told
    ]
    place += ["upper GI too"] if told.get("disease.upper_gi") else []
    return [
        *([f"Disease: {', '.join(place)}."] if place else []),
        *([f"Treated before: {treatments_in_words(told[THERAPIES])}."] if THERAPIES in told else []),
    ]


def checklist_page(
    code: str, disease: Disease, report: Report, phenotype: Sequence[str] = (), old: Sequence[Observation] = ()
) -> str:
    """The baseline: what is grave, then what is there, with its result, and what is not; then whom the labels cover."""
    lines = [f"{of_patient(code)}<b>Baseline checklist</b>", *map(escape, grave_lines(report.safety))]
    for state in CheckState:
        names = [_checked(each, disease) for each in report.screening if each.state is state]
        if names:
            lines.append(escape(f"{state.replace('_', ' ').capitalize()}: {'; '.join(names)}."))
    if old:
        lines.append(escape(f"To be accepted, or not: {'; '.join(map(_in_short, old))}."))
    lines += ["<b>Indication</b>", *map(escape, phenotype)]
    lines += [escape(f"{each.finding.source.name}: {_VERDICTS[each.finding.verdict]}, {each.finding.why}.")
              for each in report.eligibility]  # fmt: skip
    return fit(lines)


def _checked(each: Checked, disease: Disease) -> str:
    """`IGRA negative on 3 Mar 2026`, and what is still open of it."""
    title = title_for(f"base_{each.item}", SCREENING_ITEMS[each.item].title, disease)
    result = f" {each.result}" if each.result else ""
    when = f" on {day(each.on)}" if each.on else ""
    still = f" (open: {each.open})" if each.open else ""
    accepted = f" ({'; '.join(each.accepted)})" if each.accepted else ""
    return f"{title}{result}{when}{still}{accepted}"


def _in_short(each: Observation) -> str:
    """`CRP 9 mg/L of 1 Dec 2025`."""
    assert each.fact.on is not None
    return f"{TITLES[each.fact.code]} {said_of(each)} of {day(each.fact.on)}"


def history_pages(code: str, disease: Disease, written: Sequence[Observation], clinic_day: ClinicDay) -> list[str]:
    """Every entry, the newest first, with who and when; what no longer stands says so."""
    stands = {each.id for each in standing(written)}
    lines = [escape(told(each, clinic_day, stands=each.id in stands)) for each in reversed(written)]
    head = f"{of_patient(code)}<b>History</b> · {escape(disease.label)}"
    pages: list[str] = []
    page: list[str] = []
    for line in lines:
        if sum(len(each) + 1 for each in page) + len(line) > _A_PAGE:
            pages.append("\n".join([head, *page]))
            page = []
        page.append(line)
    return [*pages, "\n".join([head, *(page or ["Nothing is recorded yet."])])]


def told(each: Observation, clinic_day: ClinicDay, *, stands: bool = True) -> str:
    """One observation with who wrote it, and on which day of the clinic."""
    fact = each.fact
    when = f" of {day(fact.on)}" if fact.on else ""
    value = "removed" if fact.value is None else said_of(each)
    if fact.code == SET and not stands and fact.value is not None:  # an earlier version left the words in the row
        value = WORDS_REMOVED
    past = "" if stands or fact.value is None else " · replaced"
    why = f" · {each.why}" if each.why else ""
    why += f" · in place of #{each.replaces}" if each.replaces else ""
    return f"#{each.id} {title_of(fact)}{when}: {value} · member {each.by}, {day(clinic_day(each.at))}{why}{past}"
