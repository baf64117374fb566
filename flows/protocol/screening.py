"""Baseline screening item by item: done, missing, too old, or open. CLINICAL.md section 4 and D18."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from msgspec.structs import replace

from flows.chart import Chart
from flows.citations import Stated
from flows.history import Handled, Result, Screened, Sex
from flows.protocol import baseline_items, baseline_values, hepatitis_screening, tuberculosis_screening
from flows.protocol.baseline_items import NOT_YET, RESULT, SCREENING_ITEMS, Checked, CheckState, Item, Place, Span
from flows.protocol.baseline_values import PANELS, panel, score
from flows.protocol.due import NOT_ENTERED
from flows.protocol.hepatitis_screening import HBV, HCV, hepatitis
from flows.protocol.satisfied import sayings
from flows.protocol.sources import GB_INDICATION, THIS_PROJECT
from flows.protocol.standing import lost_dates
from flows.protocol.tuberculosis_screening import chest, igra

PREGNANT = Stated("pregnancy", GB_INDICATION)
REPEAT_PREGNANCY_TEST = Stated("repeat pregnancy test", THIS_PROJECT.at("screening"))
_day = attrgetter("on")
# The items of those who may be pregnant, and of the others.
_OF_ALL = tuple(SCREENING_ITEMS.values())
_OF_THE_OTHERS = tuple(each for each in _OF_ALL if each.code != "preg")

STATED = (
    *baseline_items.STATED,
    *baseline_values.STATED,
    *tuberculosis_screening.STATED,
    *hepatitis_screening.STATED,
    PREGNANT,
    REPEAT_PREGNANCY_TEST,
)


def checklist(chart: Chart, today: date) -> tuple[Checked, ...]:
    """Every item that concerns the patient; CPK only where there is a value."""
    entries, end, lost = _entries(chart, today), min(chart.started_on or today, today), lost_dates(chart)
    found = [
        _found(each, chart, entries.get(each.code, ()), Span(end, each.window), today) for each in _asked_of(chart)
    ]
    if lost:
        found = [_unread(each, lost) for each in found]
    elif chart.handled:
        said = sayings(chart, today)
        found = [_handled(each, words, end) if (words := said.get(f"base_{each.item}")) else each for each in found]
    return tuple([each for each in found if each.item != "cpk" or each.state is CheckState.DONE])


def _asked_of(chart: Chart) -> tuple[Item, ...]:
    """The items that may concern the patient."""
    return _OF_ALL if _may_be_pregnant(chart) else _OF_THE_OTHERS


def _entries(chart: Chart, today: date) -> dict[str, tuple[Screened, ...]]:
    """Up to a day, by item, in the order of their days."""
    by_item: dict[str, tuple[Screened, ...]] = {}
    for each in sorted(chart.screening, key=_day):
        if each.on <= today:
            code = each.item.removeprefix("base_")
            by_item[code] = (*by_item.get(code, ()), each)
    return by_item


def _unread(found: Checked, lost: tuple[str, ...]) -> Checked:
    """Where the days could not be read nothing lies in its window."""
    if found.state is CheckState.AWAITING:
        return found
    return replace(found, state=CheckState.MISSING, why=f"{' and '.join(lost)} could not be read", missing=lost)


def _found(item: Item, chart: Chart, entries: tuple[Screened, ...], span: Span, today: date) -> Checked:
    code = item.code
    if code in PANELS:
        return panel(code, chart, span, today)
    match code:
        case "score" | "endo":
            return score(code, chart, span, today)
        case "igra":
            return igra(entries, span, today)
        case "chest":
            return chest(entries, span)
        case "hbv" | "hcv":
            return hepatitis(HBV if code == "hbv" else HCV, entries, span)
        case _:
            return _asked(code, entries, chart, span)


def _asked(code: str, entries: tuple[Screened, ...], chart: Chart, span: Span) -> Checked:
    """What is asked of the patient: zoster, risks, drugs, pregnancy."""
    match code:
        case "zoster":
            return _zoster(entries, span)
        case "preg":
            return _pregnancy(entries, chart, span)
        case _:
            return _visit(code, entries, span)


def _zoster(entries: tuple[Screened, ...], span: Span) -> Checked:
    """The history makes it done; whether there was a vaccination is named where it is not known."""
    item = SCREENING_ITEMS["zoster"]
    history = [each for each in entries if each.result]
    vaccination = "" if any(each.vaccinated is not None for each in entries) else "vaccination not recorded"
    if history:
        on = span.counted([each.on for each in history])
        (*_, last) = (each for each in history if each.on == on)
        return item.placed(on, span, vaccination, last.result)
    if entries and vaccination:
        return item.awaiting(RESULT, entries[-1].on)
    missing = ("history of zoster", *(("zoster vaccination",) if vaccination else ()))
    return item.checked(CheckState.MISSING, missing=missing, on=entries[-1].on if entries else None)


def _visit(code: str, entries: tuple[Screened, ...], span: Span) -> Checked:
    """Asked on a day."""
    item = SCREENING_ITEMS[code]
    if not entries:
        return item.checked(CheckState.MISSING, missing=(item.title,))
    on = span.counted([each.on for each in entries])
    (*_, last) = (each for each in entries if each.on == on)
    return item.placed(on, span, result=last.result)


def _pregnancy(entries: tuple[Screened, ...], chart: Chart, span: Span) -> Checked:
    item, recent = SCREENING_ITEMS["preg"], [each for each in entries if span.place(each.on) is not Place.OLD]
    last = recent[-1] if recent else None
    if chart.history.pregnant or (last and last.result is Result.POSITIVE):
        return item.awaiting(PREGNANT.says, last.on if last else None, Result.POSITIVE, PREGNANT.source)
    if last and last.result is Result.INDETERMINATE:
        return item.awaiting(REPEAT_PREGNANCY_TEST.says, last.on, last.result, REPEAT_PREGNANCY_TEST.source)
    if last and last.result is None:
        return item.awaiting(RESULT, last.on)
    negative = tuple([each for each in recent if each.result is Result.NEGATIVE])
    found = _visit("preg", negative or entries, span)
    if chart.history.childbearing_potential is None and found.state is CheckState.MISSING:
        return replace(found, why="child-bearing potential not known", missing=("child-bearing potential", item.title))
    return found


def _may_be_pregnant(chart: Chart) -> bool:
    """Unless it is known that she cannot be, or it is a man of whom nothing else is said."""
    potential = chart.history.childbearing_potential
    if chart.history.pregnant:
        return True
    return chart.sex is not Sex.MALE if potential is None else potential


def _said_done(found: Checked, days: Sequence[date], end: date) -> Checked:
    """By the last of some days that lies in its window; one beside it takes nothing away."""
    asked = SCREENING_ITEMS[found.item]
    placed = [asked.placed(each, Span(end, asked.window), NOT_ENTERED) for each in days]
    done = [each for each in placed if each.state in (CheckState.DONE, CheckState.DONE_LATE)]
    return replace(done[-1], open=RESULT, missing=found.missing) if done else found


def _handled(found: Checked, words: Sequence[Handled], end: date) -> Checked:
    """What a person said of an item of which there is no result in time; the last word counts."""
    if found.state not in NOT_YET:
        return found
    last = words[-1]
    match last.state:
        case "awaiting":
            return replace(found, state=CheckState.AWAITING, open=RESULT, on=last.on, why=last.why or "")
        case "not_possible":
            return replace(found, state=CheckState.NOT_OBTAINABLE, on=last.on, why=last.why or "no reason recorded")
        case "done":
            return _said_done(found, [each.on for each in words if each.state == last.state], end)
        case _:
            return found
