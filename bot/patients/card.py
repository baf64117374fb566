"""The verdict card of a patient, and the pages behind its buttons. PRODUCT.md 3, CLINICAL.md D1, D7, D13, D14."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from html import escape
from itertools import groupby, product

from bot.contract.examined import Examined
from bot.fitting import Part, fit, fitted
from bot.grave import Shapes, check_shapes, grave_in_numbers, grave_on_record, limit_shapes, of_level, whole
from bot.questions import of_patient
from bot.verdicts import JUDGEMENT_IS_YOURS
from bot.why import folded, in_short
from bot.words import SUPPORTS
from flows.chart import Score
from flows.days import day
from flows.differing import DIFFER, differ_in_short
from flows.protocol import PROTOCOL_VERSION
from flows.protocol.cautions import Level, SafetyFinding
from flows.protocol.due import Due, DueState
from flows.protocol.not_entered import not_entered
from flows.protocol.steroids import in_short as steroids_in_short
from flows.report import Report
from flows.sentences import counted, shortened

# A card is aimed at a telephone's screen; what has no room stands behind its buttons (PRODUCT.md 3).
MOST_CHARACTERS = 1200
# What is said at most on a copy button, in UTF-16 units; everything here is in the basic plane.
MOST_COPIED = 256
# How many characters a card spends at most on the places of facts that could not be read.
_MOST_PLACES = 100
_NEXT = 3
# How sentences begin that have a level.
_CHECK = f"{Level.CHECK.upper()}: "
_LEVELS = tuple(f"{each.upper()}: " for each in Level)

_ORDER = {DueState.OVERDUE: 0, DueState.DUE: 1, DueState.AWAITING: 2, DueState.PLANNED: 3}


def card_text(code: str, examined: Examined, *notes: str, foot: str = "") -> str:
    """The verdict and who it is, then every LIMIT, then CHECK, what the verdict rests on and what is due next.

    `notes` stand below the limits, `foot` at the very end; with all of it a card is never longer than it may be.
    """
    report = examined.report
    top = Part.of(f"<b>{escape(report.headline)}</b>", who_line(code, examined))
    valued, named = limit_shapes(of_level(report.safety, Level.LIMIT))
    limits, checks = Part((*valued, *named)), Part(check_shapes(of_level(report.safety, Level.CHECK)))
    errors, due, why = Part(_errors(examined)), Part(_due_lines(report)), Part(_why(report))
    entered = Part((tuple(map(escape, not_entered_lines(report))), tuple(not_entered_lines(report, 0))))
    status = {each: Part.dropped(escape(each)) for each in report.status}
    repeated = [status[each] for each in report.repeated]
    informing = [part for each, part in status.items() if each.startswith("INFO: ")]
    others = [part for each, part in status.items() if part not in (*repeated, *informing) and _may_go(each, report)]
    steps = [(part, part.last) for part in (*repeated, why, due, entered, *informing, errors, checks)]
    steps += [(limits, len(valued) - 1), *((part, part.last) for part in reversed(others)), (limits, limits.last)]
    end = Part.of(JUDGEMENT_IS_YOURS, *([f"<i>{escape(foot)}</i>"] if foot else []))
    parts = [top, limits, Part.of(*map(escape, notes)), checks, errors, *status.values(), entered, due, why, end]
    return "\n".join(fitted(parts, steps, MOST_CHARACTERS))


def on_every_card(report: Report) -> list[str]:
    """What is to be checked, steroids and the dose (D13, D14)."""
    *lines, steroids, dose = report.status
    return [*(each for each in lines if each.startswith(_CHECK)), steroids, dose]


def _may_go(sentence: str, report: Report) -> bool:
    """Before a LIMIT loses its value."""
    return sentence not in on_every_card(report)


def who_line(code: str, examined: Examined) -> str:
    """`Q7K-4M · Crohn's · week 12 · 24 May 2027`."""
    reading, report = examined.reading, examined.report
    parts = [examined.chart.disease.label]
    if report.dose.week is not None:
        parts.append(f"week {report.dose.week}")
    parts += [str(report.dose.phase), day(reading.today)]
    return of_patient(code) + escape(" · ".join(parts))


def _errors(examined: Examined) -> Shapes:
    """What was stored and cannot be read by this version is never left out silently."""
    errors = examined.reading.errors
    if not errors:
        return ((),)
    whole = [escape(f"CHECK: not read: {each['where']}: {each['message']}") for each in errors]
    places = shortened(", ".join(each["where"] for each in errors), _MOST_PLACES)
    return tuple(whole), (escape(f"CHECK: {len(errors)} not read: {places}"),)


def _due_lines(report: Report) -> Shapes:
    """The next ones with where they stand; the first alone; how many there are."""
    coming = open_items(report)
    if not coming:
        return ((),)
    overdue = sum(each.state is DueState.OVERDUE for each in coming)
    items = counted(len(coming), "item")
    in_number = f"Due next: {items}{f', {overdue} overdue' if overdue else ''}, under Due."
    shapes = dict.fromkeys([_next(coming, _NEXT), _next(coming, 1), in_number])
    return tuple((escape(each),) for each in sorted(shapes, key=len, reverse=True))


def _next(coming: Sequence[Due], most: int) -> str:
    told = [f"{each.title} ({_where_it_stands(each)})" for each in coming[:most]]
    more = f"; {len(coming) - most} more" if len(coming) > most else ""
    return f"Due next: {'; '.join(told)}{more}."


def _where_it_stands(due: Due) -> str:
    if due.is_open_by_finding:
        return due.note
    return f"{due.state}{f', by {day(due.until)}' if due.until else ''}{since(due.awaited_since)}"


def since(awaited: date | None) -> str:
    """Behind what is said of an item: since when its result is awaited, where it is."""
    return f", awaited since {day(awaited)}" if awaited else ""


def not_entered_lines(report: Report, most: int | None = _NEXT) -> list[str]:
    """`Result not entered: blood count, liver tests (done 2 Jun 2026).`, a line a day, the newest first.

    Of so many items at most; how many more there are is said.
    """
    every = not_entered(report.due)
    shown = every[:most]
    lines = [
        f"Result not entered: {', '.join(each.title for each in group)} (done{f' {day(on)}' if on else ''})."
        for on, group in groupby(shown, key=lambda each: each.done_on)
    ]
    hidden = len(every) - len(shown)
    more = f"{hidden} more" if shown else counted(hidden, "item")
    return [*lines, *([f"Result not entered: {more} under Due."] if hidden else [])]


def open_items(report: Report) -> list[Due]:
    """What is still to come: what a finding has left open first, then overdue, then by day."""
    coming = [each for each in report.due if each.state in _ORDER]
    return sorted(coming, key=_urgency)


def _urgency(due: Due) -> tuple[bool, int, bool, date]:
    return not due.is_open_by_finding, _ORDER[due.state], due.due is None, due.due or date.max


def _why(report: Report) -> Shapes:
    """Folded: what the verdict rests on, and by which rule."""
    judgement = report.main
    rule, score = judgement.endpoint.rule, judgement.score
    rests = "no score since the first dose"
    if score is not None:
        rests = f"{score.questionnaire.short} {score.total} on {day(score.on)} ({_parts(score)})"
    return (folded(rests, rule),), (in_short(rule),)


def _parts(score: Score) -> str:
    """`1+0+1`; an item that is open is a question mark."""
    if score.recorded_total is not None:
        return "a total without its items"
    return "+".join(str(each) if each.is_exact else "?" for each in score.points.values())


def copied(code: str, examined: Examined) -> str:
    """A line for the record, in as many whole sentences as a copy button carries.

    Steroids stand behind the verdict at once, as a remission without them would say too much; then every LIMIT in
    short, how many checks there are besides, an infection of the stool, where sources differ, and the dose. In what the
    sources differ is said in short where the limits leave no room for all of it, and last where not even for that.
    """
    report = examined.report
    *lines, steroids, dose = report.status
    checks = sorted((each for each in lines if each.startswith(_LEVELS)), key=len)
    differ, briefly = [each for each in lines if each.startswith(DIFFER)], differ_in_short(report)
    rest = [dose, *(each for each in lines if each not in (*checks, *differ))]
    verdict = f"{code} {day(examined.reading.today)}: {report.headline}."
    full, short = (f"{verdict} {each}" for each in (steroids, steroids_in_short(steroids)))
    if briefly:
        for said, others in ((differ[0], [*checks, *differ, *rest]), (briefly, [briefly, *checks, *rest, *differ])):
            note = _on_record(full, report.safety, others)
            if said in note:
                return note
    others = [*checks, *rest, *differ]
    return _on_record(full, report.safety, others) or _on_record(short, report.safety, others)


def _on_record(first: str, found: Sequence[SafetyFinding], others: Sequence[str]) -> str:
    """With as many limits as there is room for, then as many of the others; nothing where `first` has none."""
    limits, checks = of_level(found, Level.LIMIT), len(of_level(found, Level.CHECK))
    shapes = [partial(grave_on_record, limits, shown) for shown in range(len(limits), -1, -1)]
    for shape, told in product([*shapes, partial(grave_in_numbers, limits)], range(len(others), -1, -1)):
        left = others[told:]
        grave = shape(checks + sum(each.startswith(_CHECK) for each in left))
        note = " ".join(filter(None, [first, grave, *others[:told], "…" if left else ""]))
        if len(note) <= MOST_COPIED:
            return note
    return ""


def long_note(code: str, examined: Examined) -> str:
    """A note for the record, in a code block that one tap copies."""
    report = examined.report
    found = [whole(each) for level in (Level.LIMIT, Level.CHECK) for each in of_level(report.safety, level)]
    coming = [
        f"{each.title}, {each.note if each.is_open_by_finding else each.state}{since(each.awaited_since)}"
        for each in open_items(report)
    ]
    lines = [f"{code} · {day(examined.reading.today)}", report.headline, *report.status, *found]
    lines += [f"Due next: {'; '.join(coming[:_NEXT])}."] if coming else []
    lines.append(f"Protocol {PROTOCOL_VERSION}. {SUPPORTS}")
    return f"<pre>{fit(map(escape, lines))}</pre>"
