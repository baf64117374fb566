"""The verdict card of a patient, and the pages behind its buttons. PRODUCT.md 3, CLINICAL.md D1, D7, D13, D14."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from bot.examined import Examined
from bot.questions import of_patient
from bot.words import SUPPORTS
from flows.chart import Score
from flows.days import day
from flows.protocol import PROTOCOL_VERSION
from flows.protocol.cautions import Level, SafetyFinding
from flows.protocol.due import Due
from flows.protocol.due import State as DueState
from flows.protocol.stool import stool_line
from flows.report import Report
from flows.sentences import ended

JUDGEMENT_IS_YOURS = f"<i>{SUPPORTS}</i>"
# A card is aimed at a telephone's screen; what has no room stands behind its buttons (PRODUCT.md 3).
MOST_CHARACTERS = 1200
# What is said at most on a copy button, in UTF-16 units; everything here is in the basic plane.
MOST_COPIED = 256
# A finding that is longer than this is told whole behind Safety.
_SHORT = 160
_NEXT = 3
_A_PAGE = 3900

_ORDER = {DueState.OVERDUE: 0, DueState.DUE: 1, DueState.AWAITING: 2, DueState.PLANNED: 3}


def card_text(code: str, examined: Examined, *notes: str) -> str:
    """The verdict first, then who it is, then CHECK and LIMIT, then what it rests on and what is due next."""
    report = examined.report
    assert report is not None
    top = [f"<b>{escape(report.headline)}</b>", who_line(code, examined), *map(escape, notes)]
    middle, due = [*_errors(examined), *map(escape, report.status)], _due_line(report)
    bottom = [_why(report), JUDGEMENT_IS_YOURS]
    grave = _grave(report)
    room = MOST_CHARACTERS - sum(len(line) + 1 for line in (*top, *middle, *bottom))
    safety = _safety_lines(grave, room - len(due) - 1)
    if grave and safety == [_more(grave)]:  # what is due gives way to what is grave, and stands behind its button
        due, safety = "", _safety_lines(grave, room)
    return "\n".join(line for line in (*top, *safety, *middle, due, *bottom) if line)


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


def _errors(examined: Examined) -> list[str]:
    """What was stored and cannot be read by this version is never left out silently."""
    return [f"CHECK: not read: {escape(each['where'])}: {escape(each['message'])}" for each in examined.reading.errors]


def _grave(report: Report) -> list[SafetyFinding]:
    """LIMIT, then CHECK."""
    grave = [each for each in report.safety if each.level is not Level.INFO]
    return sorted(grave, key=lambda each: each.level is not Level.LIMIT)


def grave_lines(report: Report, room: int = MOST_CHARACTERS // 2) -> list[str]:
    """What is LIMIT or CHECK, as a card shows it."""
    return _safety_lines(_grave(report), room)


def _safety_lines(grave: Sequence[SafetyFinding], room: int) -> list[str]:
    """The gravest that fit, each shortened to its first words; how many more there are."""
    lines: list[str] = []
    for number, each in enumerate(grave, 1):
        line = escape(ended(f"{each.level.upper()}: {shortened(each.why)}"))
        if sum(len(one) + 1 for one in lines) + len(line) + len(_more(grave[number:])) > room:
            break
        lines.append(line)
    left = grave[len(lines) :]
    return [*lines, *([_more(left)] if left else [])]


def _more(left: Sequence[SafetyFinding]) -> str:
    """By the level of the gravest of them."""
    return f"{left[0].level.upper()}: {len(left)} more under Safety." if left else ""


def shortened(text: str, most: int = _SHORT) -> str:
    """Whole words, as many as there is room for."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0].rstrip(',;:.')} …"


def _due_line(report: Report) -> str:
    coming = open_items(report)
    if not coming:
        return ""
    told = [f"{each.title} ({_where_it_stands(each)})" for each in coming[:_NEXT]]
    more = f"; {len(coming) - _NEXT} more" if len(coming) > _NEXT else ""
    return escape(f"Due next: {'; '.join(told)}{more}.")


def _where_it_stands(due: Due) -> str:
    if due.is_open_by_finding:
        return due.note
    return f"{due.state}{f', by {day(due.until)}' if due.until else ''}{since(due.awaited_since)}"


def since(awaited: date | None) -> str:
    """Behind what is said of an item: since when its result is awaited, where it is."""
    return f", awaited since {day(awaited)}" if awaited else ""


def open_items(report: Report) -> list[Due]:
    """What is still to come: what a finding has left open first, then overdue, then by day."""
    coming = [each for each in report.due if each.state in _ORDER]
    return sorted(coming, key=_urgency)


def _urgency(due: Due) -> tuple[bool, int, bool, date]:
    return not due.is_open_by_finding, _ORDER[due.state], due.due is None, due.due or date.max


def _why(report: Report) -> str:
    """Folded: what the verdict rests on, and by which rule."""
    judgement = report.main
    rule = judgement.endpoint.rule
    score = judgement.score
    rests = "no score since the first dose"
    if score is not None:
        rests = f"{score.questionnaire.short} {score.total} on {day(score.on)} ({_parts(score)})"
    says = f"Why: {rests} · rule {rule.says} · {rule.source} · protocol {PROTOCOL_VERSION}"
    return f"<blockquote expandable>{escape(says)}</blockquote>"


def _parts(score: Score) -> str:
    """`1+0+1`; an item that is open is a question mark."""
    if score.recorded_total is not None:
        return "a total without its items"
    return "+".join(str(each) if each.is_exact else "?" for each in score.points.values())


def copied(code: str, examined: Examined) -> str:
    """A line for the record, as much of it as a copy button carries.

    Steroids stand behind the verdict at once, then an infection of the stool and what is grave: a remission without
    them would say too much.
    """
    report, chart = examined.report, examined.reading.chart()
    assert report is not None
    assert chart is not None
    *rest, steroids, dose = report.status
    stool = stool_line(chart, examined.reading.today)
    rest = [each for each in rest if each != stool]
    verdict = [f"{code} {day(examined.reading.today)}:", f"{report.headline}.", steroids]
    head = " ".join([*verdict, stool, _more(_grave(report)), dose])
    whole = " ".join([*head.split(), *rest])
    if len(whole) <= MOST_COPIED:
        return whole
    return shortened(whole, MOST_COPIED - 2)


def long_note(code: str, examined: Examined) -> str:
    """A note for the record, in a code block that one tap copies."""
    report = examined.report
    assert report is not None
    found = [f"{each.level.upper()}: {each.why}" for each in _grave(report)]
    coming = [
        f"{each.title}, {each.note if each.is_open_by_finding else each.state}{since(each.awaited_since)}"
        for each in open_items(report)
    ]
    lines = [f"{code} · {day(examined.reading.today)}", report.headline, *report.status, *found]
    lines += [f"Due next: {'; '.join(coming[:_NEXT])}."] if coming else []
    lines.append(f"Protocol {PROTOCOL_VERSION}. {SUPPORTS}")
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
