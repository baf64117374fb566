"""A result that is awaited: asked for again after ten days, or at the end of the window as it is by then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.acts import Moment
from bot.clock import new_token
from bot.house import House
from bot.patients.records import Records
from flows.following import Ask, follow
from flows.protocol.due import DueState, Window
from flows.record import standing
from flows.reminder import Reminder, State, Step
from tests.conversation import labels
from tests.enrolled import CODE, visit
from tests.mornings import morning, rows_of

DUE = date(2026, 6, 1)
KEY = ("wk12_cbc", "")


def day(number: int) -> date:
    """Counted from the due day, before anything moves."""
    return DUE + timedelta(number)


def awaited(said_on: int, later: int = 0, state: DueState = DueState.AWAITING) -> Ask:
    """An item whose window, two weeks to either side of its due day, lies so many days later."""
    window = Window(day(later - 14), day(later), day(later + 14))
    return Ask(item=KEY[0], slot=KEY[1], title="", source="", window=window, state=state, said_on=day(said_on))


def told_to_wait(said_on: int) -> Reminder:
    (reminder,) = follow([awaited(said_on, state=DueState.DUE)], {}, day(-30), said={}).values()
    while reminder.wake_on <= day(said_on):
        reminder.send(reminder.wake_on)
    follow([awaited(said_on)], {KEY: reminder}, day(said_on), said={KEY[0]: "awaiting"})
    return reminder


@pytest.mark.parametrize(
    ("said_on", "later", "wakes", "step"),
    [
        (0, 0, 10, Step.AFTER),
        (0, 90, 10, Step.BEFORE),
        (0, -9, 6, Step.COVER),
        (0, -10, 5, Step.COVER),
        (4, 0, 14, Step.END),
        (4, -1, 14, Step.COVER),
        (4, 1, 14, Step.AFTER),
        (9, 0, 15, Step.COVER),
        (9, 3, 18, Step.COVER),
        (9, 4, 19, Step.COVER),
        (9, 5, 19, Step.END),
        (9, 7, 19, Step.AFTER),
        (9, -5, 10, Step.COVER),
        (9, -6, 19, Step.COVER),
        (16, 0, 26, Step.COVER),
        (16, 6, 21, Step.COVER),
        (16, 16, 26, Step.AFTER),
    ],
)
def test_it_is_asked_for_again_or_goes_on_by_the_window_as_it_is_now(said_on, later, wakes, step):
    reminder = told_to_wait(said_on)

    follow([awaited(said_on, later)], {KEY: reminder}, day(said_on), said={})

    assert (reminder.state, reminder.wake_on) == (State.AWAITING, day(wakes))
    assert [reminder.fires(day(each)) for each in (wakes - 1, wakes)] == [None, step]


@pytest.mark.parametrize("said_on", [0, 4, 9])
def test_a_window_that_moves_there_and_back_changes_nothing(said_on):
    reminder = told_to_wait(said_on)
    before = reminder.wake_on
    for later in (30, 0, -12, 0):
        follow([awaited(said_on, later)], {KEY: reminder}, day(said_on), said={})

    assert reminder.wake_on == before


def test_what_was_asked_for_again_is_not_silenced_by_the_word_of_ten_days_ago():
    reminder = told_to_wait(0)
    reminder.send(day(10))
    follow([awaited(0, 3)], {KEY: reminder}, day(11), said={})

    assert (reminder.state, reminder.wake_on) == (State.SENT, day(17))


def test_a_word_that_stands_again_counts_from_its_own_day():
    """A later answer is taken back: the result has been awaited all the while."""
    reminder = told_to_wait(0)
    follow([awaited(6, state=DueState.NOT_POSSIBLE)], {KEY: reminder}, day(6), said={})
    follow([awaited(0)], {KEY: reminder}, day(7), said={})

    assert (reminder.state, reminder.wake_on) == (State.AWAITING, day(10))


async def first_dose_was(office, on: date) -> None:
    """As a correction in the chat writes it."""

    def correct(work):
        moment = Moment(now=office.clock.now, new_token=new_token, bot_id=1, update_id=0, house=House("UTC"))
        records = Records(work, work.members.all_active()[0], moment, office.clock.now.date())
        patient = work.patients.get(1)
        (first,) = (each for each in standing(records.written(patient)) if each.fact.code == "started")
        records.replace(patient, first.id, [replace(first.fact, on=on)], "wrong day")

    await office.ledger.take(correct)


@pytest.mark.parametrize(
    ("said_on", "first_dose", "wakes"),
    [
        (8, date(2026, 3, 16), "2026-06-18"),
        (1, date(2026, 3, 1), "2026-06-08"),
    ],
    ids=["the window ends a week later", "the window ends eight days earlier"],
)
async def test_a_first_dose_that_is_corrected_moves_when_a_result_is_asked_for(
    ward, office, said_on, first_dose, wakes
):
    morning(office, 6, said_on)
    await ward.says(f"/due {CODE}")
    for label in ("One by one", "Week 12: lipids", "Awaiting result"):
        await ward.taps(label)
    await first_dose_was(office, first_dose)

    assert str(rows_of(office, "wk12_lipid").wake_on) == wakes


# Of what a result is awaited


@pytest.mark.parametrize(
    ("title", "item", "late"),
    [
        ("Renal function", "base_renal", "OVERDUE, "),
        ("IGRA", "base_igra", "OVERDUE, "),
        ("Hepatitis B", "base_hbv", "OVERDUE, "),
        ("Hepatitis C", "base_hcv", "OVERDUE, "),
        ("Week 12: lipids", "wk12_lipid", ""),
    ],
)
async def test_a_result_that_is_awaited_is_silent_until_its_day_which_stands_on_the_card(
    ward, office, title, item, late
):
    await ward.says(f"/due {CODE}")
    for label in ("One by one", title, "Awaiting result"):
        await ward.taps(label)

    assert tuple(map(str, rows_of(office, item))) == ("awaiting result", "None", "2026-06-11")
    assert f"\n{late}AWAITING RESULT to 11 Jun 2026: {title}, due" in ward.last.text
    await ward.taps("Schedule")

    begins = f"{'OVERDUE' if late else 'AWAITING'}: {title}, due "
    (line,) = (each for each in ward.last.text.splitlines() if each.startswith(begins))
    assert line.endswith(" protocol, awaited since 1 Jun 2026.")


@pytest.mark.parametrize(
    "title", ["Chest imaging", "History of zoster and vaccination", "Next step of the course", "Endoscopy, MES"]
)
async def test_what_has_no_sample_does_not_offer_to_wait_for_its_result(ward, title):
    await ward.says(f"/due {CODE}")
    for label in ("One by one", title):
        await ward.taps(label)

    assert "Snooze" in labels(ward.last)
    assert "Awaiting result" not in labels(ward.last)


async def test_laboratory_values_that_are_awaited_at_a_visit_are_so_with_the_renal_function(ward, office):
    await visit(ward, labs="awaiting")

    rows = office.rows("SELECT item FROM reminders WHERE state = 'awaiting result' ORDER BY item")
    assert [row[0] for row in rows] == ["base_renal", "wk12_bio", "wk12_cbc", "wk12_lft", "wk12_lipid"]
