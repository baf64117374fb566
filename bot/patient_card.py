"""The verdict card of a patient, and the pages behind its buttons. PRODUCT.md 3, CLINICAL.md D1, D7, D13, D14."""

from collections.abc import Iterable, Sequence
from html import escape

from bot.examined import Examined
from bot.questions import of_patient
from flows.criteria import Verdict
from flows.days import day
from flows.protocol import PROTOCOL_VERSION
from flows.protocol.baseline_items import ITEMS as ITEMS_OF_SCREENING
from flows.protocol.baseline_items import Checked, State
from flows.protocol.cautions import Level, SafetyFinding
from flows.protocol.due import Due
from flows.protocol.due import State as DueState
from flows.questionnaire import Disease
from flows.record import Kind, Observation, standing
from flows.report import Report

JUDGEMENT_IS_YOURS = "<i>Supports, does not replace, clinical judgement.</i>"
# A card is aimed at a telephone's screen; what has no room stands behind its buttons (PRODUCT.md 3).
MOST_CHARACTERS = 1200
# What is said at most on a copy button, in UTF-16 units; everything here is in the basic plane.
MOST_COPIED = 256
# A finding that is longer than this is told whole behind Safety.
_SHORT = 160
_NEXT = 3
_A_PAGE = 3900

_VERDICTS = {
    Verdict.MET: "met",
    Verdict.NOT_MET: "not met",
    Verdict.NOT_EVALUABLE: "not evaluable",
    Verdict.NOT_APPLICABLE: "not applicable",
}
_ORDER = {DueState.OVERDUE: 0, DueState.DUE: 1, DueState.AWAITING: 2, DueState.PLANNED: 3}


def card_text(code: str, examined: Examined, *, updated: bool = False) -> str:
    """The verdict first, then who it is, then CHECK and LIMIT, then what it rests on and what is due next."""
    report = examined.report
    assert report is not None
    top = [f"<b>{escape(report.headline)}</b>", who_line(code, examined), *_updated(updated)]
    bottom = [_due_line(report, examined), _why(report), JUDGEMENT_IS_YOURS]
    middle = [*_errors(examined), *map(escape, report.status)]
    grave = [each for each in report.safety if each.level is not Level.INFO]
    room = MOST_CHARACTERS - sum(len(line) + 1 for line in (*top, *middle, *bottom))
    return "\n".join(line for line in (*top, *_safety_lines(grave, room), *middle, *bottom) if line)


def who_line(code: str, examined: Examined) -> str:
    """`Q7K-4M · Crohn's · week 12 · 24 May 2027`."""
    reading, report = examined.reading, examined.report
    assert reading.disease is not None
    assert report is not None
    parts = [reading.disease.label]
    if report.dose.week is not None:
        parts.append(f"week {report.dose.week}")
    parts += [str(report.dose.phase), day(reading.today)]
    return of_patient(code) + escape(" · ".join(parts))


def _updated(updated: bool) -> list[str]:
    return ["Updated: a value arrived or was corrected since the last card."] if updated else []


def _errors(examined: Examined) -> list[str]:
    """What was stored and cannot be read by this version is never left out silently."""
    return [f"CHECK: not read: {escape(each['where'])}: {escape(each['message'])}" for each in examined.reading.errors]


def _safety_lines(grave: Sequence[SafetyFinding], room: int) -> list[str]:
    """The gravest that fit, each shortened to its first words; how many more there are."""
    lines: list[str] = []
    for each in sorted(grave, key=lambda found: found.level is not Level.LIMIT):
        line = escape(f"{each.level.upper()}: {shortened(each.why)}.")
        if sum(len(one) + 1 for one in lines) + len(line) > room - len(_more(len(grave))):
            break
        lines.append(line)
    return lines + ([_more(len(grave) - len(lines))] if len(lines) < len(grave) else [])


def _more(number: int) -> str:
    return f"CHECK: {number} more under Safety."


def shortened(why: str) -> str:
    return why if len(why) <= _SHORT else f"{why[: why.rindex(' ', 0, _SHORT)]} …"


def _due_line(report: Report, examined: Examined) -> str:
    coming = open_items(report)
    if not coming:
        return ""
    today = examined.reading.today
    told = [f"{each.title} ({each.state}{f', by {day(each.until)}' if each.until else ''})" for each in coming[:_NEXT]]
    more = f"; {len(coming) - _NEXT} more" if len(coming) > _NEXT else ""
    return escape(f"Due next on {day(today)}: {'; '.join(told)}{more}.")


def open_items(report: Report) -> list[Due]:
    """What is still to come, overdue first, then by day."""
    coming = [each for each in report.due if each.state in _ORDER]
    return sorted(coming, key=lambda each: (_ORDER[each.state], each.due is None, each.due or 0))


def _why(report: Report) -> str:
    """Folded: what the verdict rests on, and by which rule."""
    judgement = report.main
    rule = judgement.endpoint.rule
    score = judgement.score
    rests = "no score since the first dose"
    if score is not None:
        points = score.questionnaire.points(score.answers)
        parts = "+".join(str(each) if each.is_exact else "?" for each in points.values())
        rests = f"{score.questionnaire.short} {score.total} on {day(score.on)} ({parts})"
    says = f"Why: {rests} · rule {rule.says} · {rule.source} · protocol {PROTOCOL_VERSION}"
    return f"<blockquote expandable>{escape(says)}</blockquote>"


def why_page(report: Report) -> str:
    """Every finding with its reason and its source."""
    lines = [f"<b>{escape(report.headline)}</b>"]
    for each in report.judgements:
        for finding in (each.finding, *each.differs):
            said = f"{each.endpoint.id}: {_VERDICTS[finding.verdict]}, {finding.why}. {finding.source} ({finding.source.state})."
            lines.append(escape(said))
    for marker in report.biomarkers:
        for finding in (marker.finding, *marker.differs):
            lines.append(escape(f"{marker.id}: {_VERDICTS[finding.verdict]}, {finding.why}. {finding.source.name}."))
    for limb in report.eligibility:
        lines.append(escape(f"{limb.id}: {_VERDICTS[limb.finding.verdict]}, {limb.finding.why}. {limb.finding.source.name}."))
    return fit(lines)


def safety_page(code: str, report: Report) -> str:
    order = {Level.LIMIT: 0, Level.CHECK: 1, Level.INFO: 2}
    found = sorted(report.safety, key=lambda each: order[each.level])
    lines = [f"{of_patient(code)}<b>Safety</b>"]
    lines += [escape(f"{each.level.upper()}: {each.why}. {each.source.name}.") for each in found]
    return fit(lines if found else [*lines, "Nothing to say from what is recorded."])


def due_page(code: str, report: Report) -> str:
    lines = [f"{of_patient(code)}<b>Due</b>"]
    for each in open_items(report):
        when = f"due {day(each.due)}" if each.due else "no day known"
        window = f" ({day(each.opens)} to {day(each.until)})" if each.opens and each.until else ""
        lines.append(escape(f"{each.state.upper()}: {each.title}, {when}{window}. {each.source.name}."))
    return fit(lines if len(lines) > 1 else [*lines, "Nothing is planned: there is no first dose, or it has ended."])


def dose_page(code: str, report: Report) -> str:
    lines = [f"{of_patient(code)}<b>Dose</b>", *(escape(line) for line in report.status[-2:])]
    for each in report.dose.says:
        until = f" Until {day(each.until)}." if each.until else ""
        lines.append(escape(f"{each.source.name}: {each.text}.{until}"))
    return fit([*lines, "None is chosen here: a dose is recorded by a doctor, with the reason."])


def checklist_page(code: str, report: Report) -> str:
    """The baseline: what is not there first, then what is, with its result; then whom the labels cover."""
    lines = [f"{of_patient(code)}<b>Baseline checklist</b>"]
    for state in State:
        names = [_checked(each) for each in report.screening if each.state is state]
        if names:
            lines.append(escape(f"{state.replace('_', ' ').capitalize()}: {'; '.join(names)}."))
    lines.append("<b>Indication</b>")
    lines += [escape(f"{each.finding.source.name}: {_VERDICTS[each.finding.verdict]}, {each.finding.why}.")
              for each in report.eligibility]  # fmt: skip
    return fit(lines)


def _checked(each: Checked) -> str:
    """`IGRA negative on 3 Mar 2026`, and what is still open of it."""
    result = f" {each.result}" if each.result else ""
    when = f" on {day(each.on)}" if each.on else ""
    still = f" (open: {each.open})" if each.open else ""
    return f"{ITEMS_OF_SCREENING[each.item].title}{result}{when}{still}"


def history_pages(code: str, disease: Disease, written: Sequence[Observation]) -> list[str]:
    """Every entry, the newest first, with who and when; what no longer stands says so."""
    stands = {each.id for each in standing(written)}
    lines = [escape(told(each, stands=each.id in stands)) for each in reversed(written)]
    head = f"{of_patient(code)}<b>History</b> · {escape(disease.label)}"
    pages: list[str] = []
    page: list[str] = []
    for line in lines:
        if sum(len(each) + 1 for each in page) + len(line) > _A_PAGE // 2:
            pages.append("\n".join([head, *page]))
            page = []
        page.append(line)
    return [*pages, "\n".join([head, *(page or ["Nothing is recorded yet."])])]


def told(each: Observation, *, stands: bool = True) -> str:
    """One observation with who wrote it and when."""
    fact = each.fact
    when = f" of {day(fact.on)}" if fact.on else ""
    value = "removed" if fact.value is None else _value_in_words(each)
    past = "" if stands or fact.value is None else " · replaced"
    why = f" · {each.why}" if each.why else ""
    return f"#{each.id} {fact.kind} {fact.code}{when}: {value} · member {each.by}, {day(each.at.date())}{why}{past}"


def _value_in_words(each: Observation) -> str:
    value = each.fact.value or {}
    if each.fact.kind is Kind.LAB:
        return str(each.fact.as_given)
    if "answers" in value:
        return ", ".join(
            f"{code} {'-' if given is None else _short(given)}" for code, given in value["answers"].items()
        )
    return ", ".join(f"{name.replace('_', ' ')} {_short(found)}" for name, found in value.items()) or "recorded"


def _short(given: object) -> str:
    match given:
        case None:
            return "-"
        case bool():
            return "yes" if given else "no"
        case list():
            return ", ".join(map(str, given)) or "none"
        case dict():
            return "/".join(map(_short, given.values()))
        case _:
            return str(given)


def copied(code: str, examined: Examined) -> str:
    """A line for the record, as much of it as a copy button carries."""
    report = examined.report
    assert report is not None
    whole = " ".join([f"{code} {day(examined.reading.today)}:", f"{report.headline}.", *report.status])
    if len(whole.encode("utf-16-le")) // 2 <= MOST_COPIED:
        return whole
    cut = whole[: MOST_COPIED - 2]
    return f"{cut[: cut.rindex(' ')]} …"


def long_note(code: str, examined: Examined) -> str:
    """A note for the record, in a code block that one tap copies."""
    report = examined.report
    assert report is not None
    found = [f"{each.level.upper()}: {each.why}" for each in report.safety if each.level is not Level.INFO]
    coming = [f"{each.title}, {each.state}" for each in open_items(report)[:_NEXT]]
    lines = [f"{code} · {day(examined.reading.today)}", report.headline, *report.status, *found]
    lines += [f"Due next: {'; '.join(coming)}."] if coming else []
    lines.append(f"Protocol {PROTOCOL_VERSION}; supports, does not replace, clinical judgement.")
    return f"<pre>{fit(map(escape, lines))}</pre>"


def fit(lines: Iterable[str]) -> str:
    """As many whole lines as a message holds; how many did not fit is said."""
    every = list(lines)
    for number in range(len(every), 0, -1):
        hidden = len(every) - number
        text = "\n".join([*every[:number], *([f"{hidden} more lines are left out."] if hidden else [])])
        if len(text) <= _A_PAGE:
            return text
    return ""
