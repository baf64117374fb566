"""The clinic today: where each of its patients stands by what is known now, whatever was said of them before."""

import asyncio
from collections.abc import Sequence
from datetime import date
from functools import partial
from html import escape

from bot.acts import Moment
from bot.contract.examined import chart_from
from bot.ledger import Ledger
from bot.patients.deeds import to
from bot.patients.inputs import inputs_of
from bot.patients.records import Records
from bot.pictures import Counts, panel_wish
from bot.taps import COUNTED, COUNTED_PAGE, Keyboard, Labelled
from bot.views import View, paged, rows
from flows.chart import SCORE_IS_NOW
from flows.clinic import Standing, Survey
from flows.days import day
from flows.sentences import counted
from store.unit_of_work import UnitOfWork

COMMAND = "panel"
# So many patients are looked at in one turn: on SQLite nobody else is served meanwhile.
AT_ONCE = 20
_A_ROW = 2
OVERDUE, NO_BASELINE = "Overdue", "No baseline score"
_RULE = f"A score counts for {SCORE_IS_NOW.days} days; without a newer one a patient is undecided."


async def surveyed(ledger: Ledger, user_id: int, moment: Moment) -> Survey | None:
    """The clinic as of its day, looked at in as many turns as it takes: others are served in between.

    Nothing of it is shown or written here; None for whoever may not look at it.
    """
    survey = await ledger.take(partial(_begun, user_id=user_id, today=moment.today))
    while survey is not None and await ledger.take(partial(go_on, survey=survey)):
        await asyncio.sleep(0)
    return survey


def _begun(work: UnitOfWork, user_id: int, today: date) -> Survey | None:
    member = work.members.active(user_id)
    if member is None or not work.clinic.get().stores_patients:
        return None
    return Survey(today)


def go_on(work: UnitOfWork, survey: Survey) -> bool:
    """Look at the next patients; False once there are no more."""
    patients, region = work.patients.after(survey.last, AT_ONCE), work.clinic.get().region
    written = work.observations.of_each(each.id for each in patients)
    for each in patients:
        survey.add(each.id, chart_from(inputs_of(each, region, written[each.id], survey.today), survey.today))
    return len(patients) == AT_ONCE


def panel_view(survey: Survey, overdue: Sequence[int]) -> View:
    """The clinic as a picture, which says itself what it shows, and in words; from each count to who is counted."""
    others = {OVERDUE: overdue, NO_BASELINE: survey.without_baseline}
    beside = [(name, len(numbers)) for name, numbers in others.items()]
    by_count = {each.value: survey.those(each) for each in Standing} | others
    title, each = f"Clinic · {day(survey.today)}", f"{counted(len(survey.stands), 'patient')}, each as of this day."
    lines = [title, f"{each} {_RULE}", *_told(survey.counts()), "Of all these:", *_told(beside), "/p lists all."]
    return View(
        escape("\n".join(lines)),
        Keyboard.of(*rows([_leading(name, survey.today, found) for name, found in by_count.items() if found], _A_ROW)),
        panel_wish(survey.counts(), beside, title, f"{each} {_RULE}"),
    )


def _leading(name: str, on: date, numbers: Sequence[int]) -> Labelled:
    """To those who were counted, the newest first: whatever is recorded later does not change who they were."""
    newest_first = ",".join(map(str, sorted(numbers, reverse=True)))
    return name, (COUNTED, f"{name}, {day(on)}", newest_first)


def those_counted(work: UnitOfWork, records: Records, title: str, numbers: str, page: str = "0") -> View:
    """The patients behind a count, ten a page; each that is shown is read."""
    records.require_approval()
    every = numbers.split(",")
    shown, beside = paged(every, int(page), COUNTED_PAGE, title, numbers)
    found = [work.patients.get(int(each)) for each in shown]
    for each in found:
        records.read(each.id)
    buttons = [(each.code, to("menu", each)) for each in found]
    text = f"{title}: {counted(len(every), 'patient')}."
    return View(
        escape(text), Keyboard.of(*rows(buttons, _A_ROW), beside, unseen=[(COUNTED_PAGE, title, numbers, page)])
    )


def _told(counts: Counts) -> list[str]:
    return [f"{name}: {number}" for name, number in counts]
