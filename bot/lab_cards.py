"""The card of a quick check of laboratory values: what their limits say, each value, and what is open with its buttons.

Beside it what a message looks like, and what of a check would be written of a patient.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from bot.fitting import A_MESSAGE
from bot.laboratory import LabMessage, samples
from bot.taps import END, LABS_TYPED, SAVE, Deed, Keyboard, Labelled
from bot.views import View, rows
from bot.words import SUPPORTS
from flows.awaited import awaited_said
from flows.chart import Chart
from flows.criteria import Verdict
from flows.days import day
from flows.history import Region
from flows.laboratory import doubt_in, weigh
from flows.protocol import biomarkers
from flows.protocol.grading import grade_of
from flows.protocol.safety import safety
from flows.questionnaire import Disease
from flows.sampled import NONE, Kept, awaited_in, kept
from flows.samples import Lab, known_by
from flows.screens import Sampled
from flows.sentences import as_many_as_fit, counted, ended

FORM = (
    "Laboratory values in one message: names, numbers and units in any order, or a block as the laboratory writes it.\n"
    "/labs crp 12 fcp 850 hb 11.2 alc 480/µL\n"
    "The next message is read so, too: crp 12 fcp 850.\n"
    "{units}\n"
    "Everything doubtful is asked about, not guessed."
)
_NOTHING_KEPT = f"<i>A quick check: nothing of it is kept. {SUPPORTS}</i>"
_KEPT = f"<i>A quick check, erased after an hour. {SUPPORTS}</i>"
_A_ROW = 2
_TO_SOURCES: Deed = ("why", "on")
_BACK: Deed = ("why", "off")


def offer(units: str) -> View:
    """What to type, and in which units it is read; the next words are heard."""
    return View(escape(FORM.format(units=units)), Keyboard.of(unseen=[LABS_TYPED]))


def answer(message: LabMessage, today: date) -> View:
    """A message of values of which nothing is kept."""
    return View(_card(samples(message), today, None, _NOTHING_KEPT))


def checked(screen: Sampled, *, is_savable: bool, unfolded: bool = False) -> View:
    """The same of values that are kept, with a button for each thing that the first open one may be.

    Of the labels that of the region speaks; what each label says stands behind Sources, which is what is `unfolded`.
    """
    found, both_ways = kept(screen.values), (_TO_SOURCES, _BACK)
    if unfolded:
        return View(_sources(found, screen.today), Keyboard.of([("Back", _BACK)], unseen=both_ways))
    save: list[Labelled] = [("Save to a patient", SAVE)] if is_savable else []
    labels: list[Labelled] = []
    if screen.region and limits(_labs(found), screen.today):
        labels = [("Sources", _TO_SOURCES)]
    body = _card(screen.values, screen.today, screen.region, _KEPT)
    seen = both_ways if labels else ()
    return View(body, Keyboard.of(*readings(found), [("Discard", END), *save], labels, unseen=seen))


def limits(labs: Sequence[Lab], today: date, region: Region | None = None) -> list[str]:
    """What the limits say of values without a patient, the gravest first: of the labels by that of the region."""
    chart = Chart(disease=Disease.CROHNS, labs=tuple(labs), region=region)  # no limit depends on the disease
    return [f"{found.level.upper()}: {found.why}." for found in safety(chart, today)]


def _sources(found: Sequence[Kept], today: date) -> str:
    return "\n".join(["<b>LABORATORY · what each label says</b>", *map(escape, limits(_labs(found), today)), _KEPT])


def readings(found: Sequence[Kept]) -> list[Sequence[Labelled]]:
    """A button for each thing that the first value in doubt may be, and one that leaves it out."""
    return next((rows(_readings(each), _A_ROW) for each in found if each.readings), [])


def _readings(doubt: Kept) -> list[Labelled]:
    place = str(doubt.place)
    buttons: list[Labelled] = [
        (f"{each.analyte.title} {each.given}", ("reading", place, str(number)))
        for number, each in enumerate(doubt.readings)
    ]
    return [*buttons, ("Leave it out", ("reading", place, NONE))]


def to_be_written(values: Sequence[str], known: Sequence[Lab]) -> list[str]:
    """Each value with its day, and what is unusual beside the patient's own."""
    found = kept(values)
    lines = [_told(each.lab) for each in found if each.lab]
    lines += [f"CHECK: {why}" for each in found if each.lab and (why := _unusual(each.lab, known))]
    return [*lines, *(each.remark for each in found if not each.lab and each.remark)]


def _unusual(lab: Lab, known: Sequence[Lab]) -> str:
    found = weigh(lab.analyte, lab.number, lab.analyte.unit, known_by(known, lab.analyte.code, lab.on))
    return ended(f"{lab.analyte.title} {lab}: {why}") if (why := doubt_in(found)) else ""


def _labs(found: Sequence[Kept]) -> tuple[Lab, ...]:
    return tuple(each.lab for each in found if each.lab)


def _card(values: Sequence[str], today: date, region: Region | None, last: str) -> str:
    """What can be taken, and what cannot and why."""
    found, awaited = kept(values), awaited_in(values)
    labs = _labs(found)
    unusual = [f"CHECK: {each.remark}" for each in found if each.lab and each.remark]
    doubts = [each.remark for each in found if not each.lab and each.remark]
    before = [
        f"<b>{_heading(len(labs), sum(each.is_open for each in found))}</b>",
        *map(escape, [*unusual, *_found(labs, today, region)]),
    ]
    after = [*map(escape, [*doubts, *filter(None, [awaited_said(awaited)])]), last]
    room = A_MESSAGE - 1 - sum(len(line) + 1 for line in (*before, *after))
    taken = as_many_as_fit([escape(_line(lab)) for lab in labs], room, lambda left: _left(left, len(labs)))
    return "\n".join([*before, *taken, *after])


def _left(hidden: int, of: int) -> str:
    more = " more" if hidden < of else ""
    return f"{hidden}{more} taken; in a shorter message each is repeated."


def _heading(taken: int, doubtful: int) -> str:
    values = counted(taken, "value")
    return f"LABORATORY · {values}, {doubtful} open" if doubtful else f"LABORATORY · {values}"


def _found(labs: tuple[Lab, ...], today: date, region: Region | None) -> Iterable[str]:
    """What the limits say of the values, then what is said of the markers of inflammation."""
    yield from limits(labs, today, region)
    chart = Chart(disease=Disease.CROHNS, labs=labs)
    for found in biomarkers.judge(chart, today):
        if found.finding.verdict in (Verdict.MET, Verdict.NOT_MET):
            every = (found.finding, *found.differs)
            yield "; ".join(f"{each.source.name}: {each.why}" for each in every) + "."


def _line(lab: Lab) -> str:
    """One value in its canonical unit, with what it was given as, where that differs, its day and its grade."""
    parts = [_told(lab)]
    found = grade_of(lab)
    if found and found.grade:
        parts.append(f"{found.scale} grade {found.grade}{f' {found.note}' if found.note else ''}")
    return " · ".join(parts)


def _told(lab: Lab) -> str:
    """`Lymphocytes 0.48 ×10⁹/L · given 480 /µL · 1 Jun 2026`."""
    given = [f"given {lab.given}"] if lab.given != str(lab) else []
    return " · ".join([f"{lab.analyte.title} {lab}", *given, day(lab.on)])
