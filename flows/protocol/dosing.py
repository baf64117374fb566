"""What each authority says of the dose today, labels before the protocol. CLINICAL.md section 3, D1 to D3, D14.

It names doses and never chooses one.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from msgspec import Struct

from flows.chart import Chart
from flows.citations import Authority, Citation
from flows.days import day
from flows.history import Region
from flows.protocol import adjustments, induction, maintenance, standing
from flows.protocol.adjustments import REDUCED_INDUCTION_MG, REDUCED_MAINTENANCE_MG, adjusted, ignored
from flows.protocol.induction import INDUCTIONS, Induction
from flows.protocol.maintenance import MAINTENANCES
from flows.protocol.sources import THIS_PROJECT
from flows.protocol.standing import END_OF_INDUCTION, labels, long_gap, lost_dates, unrecorded
from flows.protocol.without_response import rules, unanswered
from flows.sentences import counted
from flows.treatment import INDUCTION_MG, LONGEST_SHIFT, UC_EXTENDED_WEEKS, Phase

STATED = (*induction.STATED, *maintenance.STATED, *adjustments.STATED, *standing.STATED)


class Sentence(Struct, frozen=True, kw_only=True):
    """One authority's sentence; `mg` are the doses that it leaves for this patient, none where it names none.

    `until` is the first day without that dose, where it has one.
    """

    text: str
    source: Citation
    mg: tuple[int, ...] = ()
    until: date | None = None

    @property
    def authority(self) -> Authority:
        return self.source.authority


class Dose(Struct, frozen=True, kw_only=True):
    """`phase` None where the dates that it rests on could not be read; `day` and `week` count from the first dose."""

    phase: Phase | None
    day: int | None
    week: int | None
    says: tuple[Sentence, ...]


def dose(chart: Chart, today: date) -> Dose:
    if lost_dates(chart):
        said = Sentence(text=unrecorded(chart, today), source=END_OF_INDUCTION)
        return Dose(phase=None, day=None, week=None, says=(said,))
    days = chart.treatment.day(today)
    return Dose(
        phase=chart.treatment.phase(today),
        day=days,
        week=None if days is None else days // 7,
        says=(*_unread(chart), *_unanswered(chart, today), *_says(chart, today), *_check(chart, today)),
    )


def labels_elsewhere(chart: Chart, today: date) -> tuple[Sentence, ...]:
    """What the labels of the other regions say of the dose of a patient whose clinic has one (D1)."""
    others = [region.label for region in Region if region is not chart.region]
    every = dose(replace(chart, region=None), today).says
    return tuple(each for each in every if each.authority in others)


def _says(chart: Chart, today: date) -> Iterator[Sentence]:
    """Of a treatment that has ended nothing is said."""
    authorities = (*labels(chart), Authority.PROTOCOL)
    match chart.treatment.phase(today):
        case Phase.MAINTENANCE:
            for each in authorities:
                if running := still_in_induction(each, chart, today):
                    yield running
                yield _maintenance(each, chart, today)
        case Phase.SCREENING | Phase.INDUCTION:
            yield from (_induction(each, chart, today) for each in authorities)
        case Phase.INTERRUPTED:
            yield from _interrupted(authorities, chart, today)


def _unanswered(chart: Chart, today: date) -> Iterator[Sentence]:
    """That a label ends without a response, while there is none, or while that is open."""
    if found := unanswered(chart, today):
        yield from (Sentence(text=found.said_by(rule), source=rule.source) for rule in rules(chart))


def _interrupted(authorities: tuple[Authority, ...], chart: Chart, today: date) -> Iterator[Sentence]:
    """While nothing is taken no dose is possible; what is said of it stays to be read."""
    gap = chart.treatment.open_gap(today)
    assert gap is not None
    in_induction = chart.treatment.in_induction(gap.begun)
    may_shift = in_induction and gap.begin_known
    shift = f"; up to {LONGEST_SHIFT.days} days shift the end of induction, a longer interruption is to be asked about"
    days = f" ({counted((today - gap.begun).days, 'day')})" if gap.begin_known else ""
    text = f"interrupted {gap.since}{days}{shift if may_shift else ''}"
    yield Sentence(text=text, source=END_OF_INDUCTION)
    about = _induction if in_induction else _maintenance
    for said in (about(each, chart, today) for each in authorities):
        yield Sentence(text=f"if resumed: {said.text}", source=said.source)


def still_in_induction(authority: Authority, chart: Chart, today: date) -> Sentence | None:
    """An induction that by this authority is not over, though the dose has changed or a shorter one was chosen."""
    end = chart.treatment.end_after(INDUCTIONS[chart.disease][authority].weeks, today)
    return _induction(authority, chart, today) if end is not None and today < end else None


def _induction(authority: Authority, chart: Chart, today: date) -> Sentence:
    rule = INDUCTIONS[chart.disease][authority]
    change, mg = adjusted(authority, chart, today), induction_mg(authority, chart, today)
    end = _end(rule, chart, today) if mg else None
    notes = [*_length_notes(rule, chart, today), *_silence(authority, chart, today)]
    if end is not None and end <= today:
        left = doses_in_words(maintenance_mg(authority, chart, today), may_be_none=change.may_be_none)
        notes.append(f"ended on {day(end)}, then {left}")
    return Sentence(text=_text(rule.says, change, notes), source=rule.source, mg=mg, until=end)


def _maintenance(authority: Authority, chart: Chart, today: date) -> Sentence:
    rule = MAINTENANCES[chart.disease][authority]
    change, left = adjusted(authority, chart, today), rule.left(chart, today)
    notes = [*left.facts, *_silence(authority, chart, today)]
    mg = change.doses(left.mg, REDUCED_MAINTENANCE_MG)
    return Sentence(text=_text(rule.says, change, notes), source=rule.source, mg=mg)


def induction_mg(authority: Authority, chart: Chart, today: date) -> tuple[int, ...]:
    """The doses that an authority leaves for a patient as induction."""
    return adjusted(authority, chart, today).doses((INDUCTION_MG,), REDUCED_INDUCTION_MG)


def maintenance_mg(authority: Authority, chart: Chart, today: date) -> tuple[int, ...]:
    """The doses that an authority leaves for a patient after induction."""
    usual = MAINTENANCES[chart.disease][authority].left(chart, today).mg
    return adjusted(authority, chart, today).doses(usual, REDUCED_MAINTENANCE_MG)


def _text(says: str, change: adjustments.Adjusted, notes: list[str]) -> str:
    """What changes the dose goes first, and the usual sentence is named as such."""
    usual = f"usual: {says}" if change.changes else says
    unknown = (f"not known: {', '.join(change.unknown)}",) if change.unknown else ()
    return "; ".join((*change.changes, usual, *change.remarks, *notes, *unknown))


def _end(rule: Induction, chart: Chart, today: date) -> date | None:
    """None too while an interruption is open that began before it: it is still being shifted."""
    weeks = UC_EXTENDED_WEEKS if rule.may_extend and _is_extended(chart, today) else rule.weeks
    end, gap = chart.treatment.end_after(weeks, today), chart.treatment.open_gap(today)
    return None if end is not None and gap is not None and gap.begun < end else end


def _length_notes(rule: Induction, chart: Chart, today: date) -> Iterator[str]:
    """How a length stands to the one that was chosen or recorded."""
    treatment = chart.treatment
    chosen = treatment.chosen_weeks(today)
    if len({each.weeks for each in INDUCTIONS[chart.disease].values()}) > 1:
        since = " since the restart" if treatment.induction_weeks is not None else ""
        recorded = f"length{since} not recorded" if chosen is None else f"{chosen} weeks recorded"
        yield recorded if chosen != rule.weeks else "the recorded length"
    if _is_extended(chart, today):
        yield f"{UC_EXTENDED_WEEKS} weeks recorded"
    resumed = treatment.resumed(today)
    if treatment.phase(today) is Phase.INDUCTION and treatment.end_after(rule.weeks, today) is None:
        yield long_gap(treatment, today)
    elif resumed is not None:
        yield f"counted from its resumption on {day(resumed.on)}"


def _is_extended(chart: Chart, today: date) -> bool:
    return UC_EXTENDED_WEEKS in (chart.treatment.induction_ends(today) or {})


def _silence(authority: Authority, chart: Chart, today: date) -> tuple[str, ...]:
    """That the protocol says nothing of what changes a label's dose."""
    found = ignored(chart, today) if authority is Authority.PROTOCOL else ()
    return (f"nothing on {', '.join(found)}",) if found else ()


def may_be_no_dose(authority: Authority, chart: Chart, today: date) -> bool:
    """Whether no dose is possible beside those that an authority leaves, as with an eGFR known as `<30` (D5a)."""
    return adjusted(authority, chart, today).may_be_none


def doses_in_words(mg: tuple[int, ...], *, may_be_none: bool = False) -> str:
    """`15 mg or 30 mg`, `15 mg or no dose`."""
    none = ("no dose",) if may_be_none or not mg else ()
    return " or ".join((*(f"{each} mg" for each in mg), *none))


def _unread(chart: Chart) -> Iterator[Sentence]:
    if lost := chart.unread_grounds:
        yield Sentence(text=f"{' and '.join(lost)} could not be read", source=THIS_PROJECT.at("doses"))


def _check(chart: Chart, today: date) -> Iterator[Sentence]:
    if text := unrecorded(chart, today):
        yield Sentence(text=text, source=END_OF_INDUCTION)
