"""What stands on every card of the current dose and the end of 45 mg. CLINICAL.md D13, D14."""

from collections.abc import Mapping
from datetime import date

from flows.chart import Chart
from flows.citations import Authority, Stated
from flows.days import ONE_DAY, day, days_in_words
from flows.history import Region
from flows.protocol import steroids
from flows.protocol.induction import INDUCTIONS
from flows.protocol.sources import THIS_PROJECT
from flows.protocol.steroids import ON_EVERY_CARD
from flows.protocol.taken_dose import taken
from flows.remembered import remembered
from flows.treatment import INDUCTION_MG, LONGEST_SHIFT, TAKEN, Phase, Treatment

LABELS = tuple(region.label for region in Region)
END_OF_INDUCTION = THIS_PROJECT.at("the end of 45 mg is watched")
# Without one of these no phase and no end of a dose can be said.
_DATES = ("today", "started_on", "stopped_on", "induction_weeks", "course")

_NOT_RECORDED = "next dose not recorded"
_NO_DOSE = "no dose recorded"
_TOO_LONG, _SINCE_UNKNOWN = f"for more than {LONGEST_SHIFT.days} days", "since a day that is not known"
_LONG_GAP = "interrupted {how_long}: when induction ends is to be asked, it is not computed"
NO_FIRST_DOSE = "steps of the course are recorded and no first dose: its phase, and when a dose ends, are not known"
NO_END = "when it ends is to be asked, it is not computed"

STATED = (
    *steroids.STATED,
    Stated(f"{INDUCTION_MG} mg since …; {_NOT_RECORDED}", ON_EVERY_CARD),
    Stated(
        f"a dose that was not known when a first dose of an earlier day was told is not taken for {INDUCTION_MG} mg "
        "once every length of induction has ended",
        ON_EVERY_CARD,
    ),
    Stated(f"CHECK: {INDUCTION_MG} mg ended on …, {_NO_DOSE}", END_OF_INDUCTION),
    Stated(f"CHECK: {INDUCTION_MG} mg since … after another dose: {NO_END}, {_NOT_RECORDED}", END_OF_INDUCTION),
    Stated(f"an interruption of up to {LONGEST_SHIFT.days} days shifts the end of induction", END_OF_INDUCTION),
    *(Stated(_LONG_GAP.format(how_long=each), END_OF_INDUCTION) for each in (_TOO_LONG, _SINCE_UNKNOWN)),
    Stated(f"CHECK: {NO_FIRST_DOSE}", END_OF_INDUCTION),
    Stated(
        f"{INDUCTION_MG} mg resumed after more than {LONGEST_SHIFT.days} days ends as the clinician says: "
        "counted anew from its resumption, or by what was left",
        END_OF_INDUCTION,
    ),
)


def labels(chart: Chart) -> tuple[Authority, ...]:
    """The label of the region; where that is not set all of them, the US label first (D1)."""
    return (chart.region.label,) if chart.region else LABELS


def lost_dates(chart: Chart) -> tuple[str, ...]:
    """What could not be read and what every phase rests on."""
    return tuple([place for place in chart.unreadable if place.startswith(_DATES)]) if chart.unreadable else ()


def dose_line(chart: Chart, today: date) -> str:
    """The dose that is taken, since when, and what is not recorded."""
    if lost := lost_dates(chart):
        return f"Dose not known: {' and '.join(lost)} could not be read"
    treatment = chart.treatment
    match treatment.phase(today):
        case Phase.INDUCTION | Phase.MAINTENANCE:
            return _course(chart, today)
        case Phase.SCREENING:
            return f"First dose planned for {day(chart.started_on)}" if chart.started_on else "Dose not known"
        case Phase.STOPPED:
            last = treatment.last_dose(today)
            return f"Stopped, last dose on {day(last)}" if last else "Stopped"
        case Phase.INTERRUPTED:
            gap = treatment.open_gap(today)
            assert gap is not None
            before = taken(chart, gap.begun)
            until = "dose until then not known" if before is None else f"{before.mg} mg until then"
            return f"Interrupted {gap.since}, {until}"


@remembered
def unrecorded(chart: Chart, today: date) -> str:
    """A CHECK from the first day after 45 mg without a recorded dose; nothing where there is none to say."""
    if lost := lost_dates(chart):
        return f"CHECK: {' and '.join(lost)} could not be read, when {INDUCTION_MG} mg ends is not known"
    treatment = chart.treatment
    if chart.started_on is None and chart.course:
        return f"CHECK: {NO_FIRST_DOSE}"
    is_taken = treatment.phase(today) in TAKEN
    if is_taken and treatment.induction_ends(today) is None and not treatment.has_next_dose(None, today):
        return f"CHECK: {treatment.induction_mg(today)} mg {long_gap(treatment, today)}, {_NOT_RECORDED}"
    if back := treatment.back_on_induction_mg(today):
        return f"CHECK: {back.mg} mg since {day(back.on)} after another dose: {NO_END}, {_NOT_RECORDED}"
    ended = treatment.unrecorded_ends(today)
    return _ended(chart, ended, today) if ended else ""


def long_gap(treatment: Treatment, today: date) -> str:
    """Why when induction ends cannot be said."""
    return _LONG_GAP.format(how_long=too_long(treatment, today))


def too_long(treatment: Treatment, today: date) -> str:
    """How long an interruption was that does more than shift the end of induction."""
    return _TOO_LONG if all(each.begin_known for each in treatment.gaps(today)) else _SINCE_UNKNOWN


def _ended(chart: Chart, ended: Mapping[int, date], today: date) -> str:
    """When 45 mg ended by each length that is over, and when it ends by another."""
    treatment = chart.treatment
    ends = treatment.induction_ends(today) or ended
    is_open = len(ends) > 1
    since = _since_restart(treatment, today)
    named = " or ".join(
        f"on {day(end)} ({weeks} weeks{since}{_whose(chart, weeks, is_open)})" for weeks, end in ended.items()
    )
    coming = [
        f"; {weeks} weeks end on {day(end)}{_whose(chart, weeks, is_open)}"
        for weeks, end in ends.items()
        if end > today
    ]
    unsaid = "; length not recorded" if is_open else ""
    unsaid += _again(treatment, min(ended.values()), today)
    return f"CHECK: {treatment.induction_mg(today)} mg ended {named}, {_NO_DOSE}{''.join(coming)}{unsaid}"


def _since_restart(treatment: Treatment, today: date) -> str:
    resumed = treatment.resumed(today)
    return "" if resumed is None else f" from its resumption on {day(resumed.on)}"


def _again(treatment: Treatment, end: date, today: date) -> str:
    """The induction dose, recorded once more at its end or later: no authority's next dose, but a fact."""
    steps = [step for step in treatment.dose_steps(today) if step.on >= end - ONE_DAY]
    return f"; {treatment.induction_mg(today)} mg recorded again on {day(steps[-1].on)}" if steps else ""


def _whose(chart: Chart, weeks: int, is_open: bool) -> str:
    """Whose a length is, where there are two."""
    if not is_open:
        return ""
    rules = INDUCTIONS[chart.disease]
    return "".join(
        f", {rules[each].source.name}" for each in (*labels(chart), Authority.PROTOCOL) if rules[each].weeks == weeks
    )


def _course(chart: Chart, today: date) -> str:
    treatment, first, found = chart.treatment, chart.started_on, taken(chart, today)
    assert first is not None
    said, since = (f"Dose not known, first dose on {day(first)}", first) if found is None else (found.said, found.since)
    end = max((treatment.induction_ends(today) or {}).values(), default=None)
    recorded = treatment.has_next_dose(end, today)
    planned = [f"{step.mg} mg planned from {day(step.on)}" for step in treatment.steps if step.mg and step.on > today]
    since_when = f"{said}{_interrupted(treatment, since, today)}"
    return "; ".join((since_when, *(planned or [_NOT_RECORDED] * (not recorded))))


def _interrupted(treatment: Treatment, since: date, today: date) -> str:
    """When a dose was not taken since its first record in a row; of several times the last, and how many they were."""
    gaps = [(gap.begun, gap.ended) for gap in treatment.gaps(today) if gap.ended and since <= gap.begun < gap.ended]
    if not gaps:
        return ""
    begun, ended = gaps[-1]
    times = f" {len(gaps)} times, last" if len(gaps) > 1 else ""
    return f", interrupted{times} {days_in_words(begun, ended - ONE_DAY)}"
