"""Laboratory values and scores as items of baseline screening: what makes an item complete. CLINICAL.md 4, D18."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain
from operator import attrgetter

from msgspec.structs import replace

from flows.analytes import BY_CODE
from flows.chart import ACCEPTED_WINDOW, Chart, MonthScore, Score, day_or_month
from flows.citations import Stated
from flows.days import ONE_DAY, day, month_before
from flows.protocol.baseline_items import SCREENING_ITEMS, Checked, CheckState, Item, Place, Span
from flows.protocol.sources import THIS_PROJECT
from flows.questionnaire import Disease
from flows.samples import Lab, MonthLab, by_analyte, latest


@dataclass(frozen=True, slots=True)
class Panel:
    """`parts` complete it, each by any one of its analytes; `extra` are named where they are not there.

    `by_acceptance`: an older value counts once somebody accepted it.
    """

    parts: tuple[tuple[str, ...], ...]
    extra: tuple[str, ...] = ()
    by_acceptance: bool = False
    analytes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "analytes", frozenset(chain.from_iterable(self.parts)))


PANELS = {
    "cbc": Panel((("anc",), ("alc",), ("hb",)), ("platelets",)),
    "lft": Panel((("alt",),), ("ast", "bilirubin")),
    "lipid": Panel((("cholesterol",), ("ldl",), ("hdl",)), ("triglycerides",)),
    "renal": Panel((("creatinine", "egfr"),)),
    "bio": Panel((("crp",), ("fcp",)), by_acceptance=True),
    "cpk": Panel((("cpk",),)),
}


@dataclass(frozen=True, slots=True)
class Instruments:
    """Where a score may stand: codes of instruments, the first of them first, and the items that tell of it."""

    short: str
    codes: tuple[str, ...]
    items: tuple[str, ...] = ()

    def items_of(self, score: Score) -> tuple[str, ...]:
        return self.items or score.questionnaire.codes

    def tells(self, score: Score) -> bool:
        """Whether any of it was assessed, of a score of these; a total alone tells of an instrument as a whole."""
        items = self.items_of(score)
        if score.recorded_total is not None:
            return items == score.questionnaire.codes
        return any(score.answers.get(code) is not None for code in items)


SCORES = {
    ("score", Disease.CROHNS): Instruments("HBI", ("hbi",)),
    ("score", Disease.ULCERATIVE_COLITIS): Instruments("PMS", ("partial_mayo", "mayo"), ("sf", "rb", "pga")),
    ("endo", Disease.CROHNS): Instruments("SES-CD", ("ses_cd",)),
    ("endo", Disease.ULCERATIVE_COLITIS): Instruments("MES", ("mes", "mayo"), ("mes",)),
}
_on = attrgetter("on")
_PARTS = THIS_PROJECT.at("which test satisfies which item")


@cache
def _titles(codes: tuple[str, ...]) -> str:
    return " or ".join(BY_CODE[code].title for code in codes)


STATED = (
    *(
        Stated(f"{SCREENING_ITEMS[code].title}: {', '.join(_titles(part) for part in panel.parts)}", _PARTS)
        for code, panel in PANELS.items()
    ),
    Stated(f"an older score, CRP or calprotectin once accepted, up to {ACCEPTED_WINDOW.days} days before", _PARTS),
    Stated(
        "a score, CRP or calprotectin of a month, its day not known, once accepted: each day of the month on or before "
        f"the first dose and up to {ACCEPTED_WINDOW.days} days before",
        _PARTS,
    ),
)


# Of patients of whom there is no value at all.
_NOTHING = {
    code: SCREENING_ITEMS[code].checked(CheckState.MISSING, missing=tuple(map(_titles, asked.parts)))
    for code, asked in PANELS.items()
}


def panel(code: str, chart: Chart, span: Span, today: date) -> Checked:
    """Done where every part has a value in the window, or a late one that counts; what is absent or old is named."""
    item, asked = SCREENING_ITEMS[code], PANELS[code]
    if asked.analytes.isdisjoint(by_analyte(chart.labs)) and not chart.month_labs:
        return _NOTHING[code]
    found = {part: _part(part, chart, span) for part in asked.parts}
    absent = [part for part, lab in found.items() if lab is None]
    if absent and item.late_counts and (late := _late_days(asked, chart, span, today)):
        return item.checked(CheckState.DONE_LATE, on=min(late))
    accepted = tuple([_accepted(lab, chart, span) for lab in found.values() if lab and _is_old(lab, span)])
    if not absent:
        days = [lab for lab in found.values() if lab]
        why = "; ".join(filter(None, (_without(asked, chart, span), *accepted)))
        return replace(item.checked(CheckState.DONE, why, _first(days)), accepted=accepted)
    return replace(_incomplete(asked, absent, item, chart, span, today), accepted=accepted)


def _incomplete(
    asked: Panel, absent: list[tuple[str, ...]], item: Item, chart: Chart, span: Span, today: date
) -> Checked:
    """Too old where every part that is absent has an old value; which of them would count, once accepted."""
    missing = tuple(map(_titles, absent))
    old = [lab for part in absent if (lab := _newest(part, chart.labs, None, span.end))]
    if len(old) == len(absent):
        found = item.checked(CheckState.TOO_OLD, _too_old(item), min([lab.on for lab in old]), missing)
    else:
        why = _late(asked, chart, span, today) if len(absent) == len(asked.parts) else ""
        found = item.checked(CheckState.MISSING, why, missing=missing)
    if not asked.by_acceptance:
        return found
    offered = [(lab.analyte.code, lab.on) for lab in old if chart.may_be_accepted(lab.on, span.end)]
    found = replace(found, acceptable=tuple(offered))
    for part in absent if chart.month_labs else ():
        for code in part:
            months = [lab for lab in chart.month_labs if lab.analyte.code == code]
            found = _beside_months(found, code, BY_CODE[code].title, months, chart, span)
    return found


def _beside_months(
    found: Checked, measure: str, name: str, months: Sequence[MonthScore | MonthLab], chart: Chart, span: Span
) -> Checked:
    """What is told of a measure without a baseline where a value of it is of a month: offered, or why it is none."""
    if not months:
        return found
    fit = [each for each in months if not chart.unfit(each.month, span.end)]
    last = max(fit or months, key=_on)
    flaw = f": {chart.unfit(last.month, span.end)}" if not fit else ", not accepted"
    found = replace(found, why="; ".join(filter(None, (found.why, f"{name} of {last.month}{flaw}"))))
    of_day = [on for code, on in found.acceptable if code == measure and isinstance(on, date)]
    if not fit or any(on >= last.on for on in of_day):
        return found
    others = [each for each in found.acceptable if each[0] != measure]
    return replace(found, acceptable=(*others, (measure, last.month)))


def _first(found: Sequence[Lab]) -> date | None:
    """The first of their days; None where one is of a month."""
    return None if any(isinstance(each, MonthLab) for each in found) else min([each.on for each in found])


def _accepted(lab: Lab, chart: Chart, span: Span) -> str:
    accepted = chart.acceptance((lab.analyte.code,), day_or_month(lab))
    of = "of " if isinstance(lab, MonthLab) else ""
    return f"{lab.analyte.title} {of}{_age(lab, chart, span)}, {accepted}"


def _age(found: Score | Lab, chart: Chart, span: Span) -> str:
    if chart.started_on == span.end:
        return chart.age_at_first_dose(found)
    if isinstance(found, MonthScore | MonthLab):
        return f"{month_before(found.month, span.end)} old"
    return f"{(span.end - found.on).days} days old"


def score(code: str, chart: Chart, span: Span, today: date) -> Checked:
    """The score that would be the baseline; without one, the nearest and why it is none."""
    item, wanted = SCREENING_ITEMS[code], SCORES[code, chart.disease]
    if code == "score" and (reason := chart.history.without_stools):
        return item.checked(CheckState.NOT_OBTAINABLE, f"the stool item of {wanted.short} is not valid {reason}")
    scores = [
        each
        for each in chart.scores
        if each.questionnaire.code in wanted.codes and each.on <= today and wanted.tells(each)
    ]
    assert item.window is not None
    months = [each for each in chart.month_scores if each.questionnaire.code in wanted.codes and wanted.tells(each)]
    found = chart.baseline(scores, item.window, wanted.codes[0], span.end, months)
    if found is None:
        found_none = _no_baseline(item, wanted, chart, span, scores)
        return _beside_months(found_none, wanted.codes[0], wanted.short, months, chart, span)
    gaps = () if found.recorded_total is not None else found.missing(*wanted.items_of(found))
    is_accepted, when = found.recorded_total is not None or _is_old(found, span), day_or_month(found)
    accepted = chart.acceptance((wanted.codes[0], found.questionnaire.code), when) if is_accepted else ""
    on, of_month = (when, "") if isinstance(when, date) else (None, f" of {when}")
    why = f"{wanted.short} {found.sum_of(*wanted.items_of(found))}{of_month}{f' ({accepted})' if accepted else ''}"
    # An endoscopy that did not reach every segment was done all the same.
    state = CheckState.MISSING if gaps and code == "score" else CheckState.DONE
    by_whom = (f"{_age(found, chart, span)}, {accepted}",) if accepted else ()
    return replace(item.checked(state, why, on, gaps), accepted=by_whom)


def _part(codes: tuple[str, ...], chart: Chart, span: Span) -> Lab | None:
    """The newest value in the window; an older one that a clinician accepted, if no other therapy began since."""
    assert span.window is not None
    found = _newest(codes, chart.labs, span.end - span.window - ONE_DAY, span.end)
    if found:
        return found
    if not chart.accepted and chart.accepted_baseline.isdisjoint(codes):
        return None
    older = [lab for code in codes if (lab := chart.accepted_lab(code, span.end))]
    return max(older, key=_on, default=None)


def _newest(codes: tuple[str, ...], labs: tuple[Lab, ...], since: date | None, until: date) -> Lab | None:
    newest = None
    for code in codes:
        lab = latest(labs, code, since, until)
        if lab is not None and (newest is None or lab.on > newest.on):
            newest = lab
    return newest


def _late(asked: Panel, chart: Chart, span: Span, today: date) -> str:
    days = _late_days(asked, chart, span, today)
    return f"first after the first dose, {day(min(days))}" if days else ""


def _late_days(asked: Panel, chart: Chart, span: Span, today: date) -> list[date]:
    """Of the values after the first dose, of whichever part."""
    values = (lab for code in chain.from_iterable(asked.parts) for lab in by_analyte(chart.labs).get(code, ()))
    return [lab.on for lab in values if span.place(lab.on) is Place.LATE and lab.on <= today]


def _without(asked: Panel, chart: Chart, span: Span) -> str:
    absent = [BY_CODE[code].title for code in asked.extra if _part((code,), chart, span) is None]
    return f"without {', '.join(absent)}" if absent else ""


def _too_old(item: Item) -> str:
    assert item.window is not None
    return f"over {item.window.days} days before"


def _is_old(found: Score | Lab, span: Span) -> bool:
    """Whether it counts only because it was accepted."""
    if isinstance(found, MonthScore | MonthLab):
        return True
    return span.window is not None and span.end - found.on > span.window


def _no_baseline(item: Item, wanted: Instruments, chart: Chart, span: Span, scores: list[Score]) -> Checked:
    before = sorted((each for each in scores if each.on <= span.end), key=lambda each: each.on)
    if not before:
        late = f"first after the first dose, {day(min(each.on for each in scores))}" if scores else ""
        return item.checked(CheckState.MISSING, late, missing=(wanted.short,))
    last = before[-1]
    would_count = not _is_old(last, span) or chart.may_be_accepted(last.on, span.end)
    offered = ((wanted.codes[0], last.on),) if would_count else ()
    if not _is_old(last, span):
        why = f"{wanted.short} of {day(last.on)}: a total without its items, not accepted"
        return replace(item.checked(CheckState.MISSING, why, last.on, (wanted.short,)), acceptable=offered)
    why = "; ".join(filter(None, (_too_old(item), chart.began_between(last.on, span.end))))
    return replace(item.checked(CheckState.TOO_OLD, why, last.on, (wanted.short,)), acceptable=offered)
