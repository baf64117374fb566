"""What is due for one patient, item by item: its day, window and state, whose it is and why. CLINICAL.md section 4.

Calendar days only: day 56 after a Monday is a Monday.
"""

from datetime import date

from msgspec.structs import replace

from flows.chart import Chart
from flows.citations import Stated
from flows.protocol import screening
from flows.protocol.after_last_dose import after_last_dose, closed
from flows.protocol.baseline_items import Checked
from flows.protocol.before_first_dose import before_first_dose
from flows.protocol.case import Case
from flows.protocol.cpk import cpk
from flows.protocol.due import OPEN, UNDATED, Due, DueState
from flows.protocol.extension import extension
from flows.protocol.held import hold
from flows.protocol.monitoring import ONGOING
from flows.protocol.next_dose import next_doses
from flows.protocol.one_off import one_offs, paused
from flows.protocol.satisfied import PARTS
from flows.protocol.series import series
from flows.protocol.sources import OUR_SCHEDULE
from flows.protocol.standing import lost_dates

_REVIEW = Due(
    item="ae_review",
    title="Adverse events",
    window=UNDATED,
    state=DueState.PLANNED,
    source=ONGOING,
    why=f"{ONGOING.name}: at every contact: infection, herpes zoster, MACE, VTE, perforation, vision",
)
# Without these no day can be said; what else could not be read is named with every open item.
_FIRST = frozenset({"today", "started_on"})
_ORDER = {item: place for place, item in enumerate(PARTS)}

STATED: tuple[Stated, ...] = (
    Stated(_REVIEW.why, _REVIEW.source),
    Stated(
        "a result that is awaited is overdue when the window of its item is over, and still awaited; not while an "
        "interruption holds it, nor after the last dose",
        OUR_SCHEDULE,
    ),
)


def schedule(chart: Chart, today: date, *, found: tuple[Checked, ...] | None = None) -> tuple[Due, ...]:
    """By due day, then in the order of the table; items without a day come last.

    `found` is the checklist of that chart on that day, where the caller has it.

    Nothing where the first dose was given and could not be read: every day would be a guess.
    """
    if not _FIRST.isdisjoint(chart.unreadable):
        return ()
    treatment = chart.treatment
    case = Case(
        chart, today, chart.started_on or today, hold(chart, today), treatment, assessed=treatment.assessed(today)
    )
    checklist = screening.checklist(chart, today) if found is None else found
    if chart.started_on is None:
        return tuple(before_first_dose(case, checklist, ()))
    return tuple(sorted(_every(case, checklist), key=_place))


def _every(case: Case, checklist: tuple[Checked, ...]) -> list[Due]:
    once = one_offs(case)
    found = [*before_first_dose(case, checklist, once), *next_doses(case), *once, *extension(case), *series(case)]
    found += cpk(case, found)
    last_dose = case.treatment.last_dose(case.today)
    if last_dose is None:
        return [*_unread(case, _awaited_too_long(case, found)), _REVIEW]
    return [*closed(_unread(case, found), last_dose), *after_last_dose(case, last_dose)]


def _awaited_too_long(case: Case, found: list[Due]) -> list[Due]:
    return [
        replace(each, state=DueState.OVERDUE) if each.said_on is not None and _is_over(case, each) else each
        for each in found
    ]


def _is_over(case: Case, due: Due) -> bool:
    if due.awaited_since is None or due.window.state(case.today) is not DueState.OVERDUE:
        return False
    return paused(case, due.item, due.due) is None


def _unread(case: Case, found: list[Due]) -> list[Due]:
    """What is open rests on a course that could not be read, and says so."""
    lost = lost_dates(case.chart)
    if not lost:
        return found
    note = f"{' and '.join(lost)} could not be read"
    return [replace(each, why=f"{each.why}; {note}") if each.state in OPEN else each for each in found]


def _place(due: Due) -> tuple[date, int]:
    return due.window.due or date.max, _ORDER[due.item]
