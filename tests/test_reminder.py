"""The life of one reminder: its days, its table of transitions, and how it follows the schedule."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.reminders.cards import SNOOZES
from flows.chart import Chart
from flows.errors import NotNow
from flows.following import Ask, asks, follow
from flows.protocol.due import DueState, Window
from flows.protocol.schedule import schedule
from flows.questionnaire import Disease
from flows.reminder import (
    ESCALATION,
    LIVE,
    LONGEST_SNOOZE,
    MACHINE,
    SETTLED,
    TRANSITIONS,
    Reminder,
    State,
    Step,
    Trigger,
    days_of,
)
from tests.machines import moves_in, moves_of
from tests.schedules import CBC, chart, labs, on_day

DUE = date(2026, 6, 1)
WINDOW = Window(DUE - timedelta(14), DUE, DUE + timedelta(14))


def day(number: int) -> date:
    """Counted from the due day."""
    return DUE + timedelta(number)


def planned(window: Window = WINDOW, **more) -> Reminder:
    reminder = Reminder(window, **more)
    reminder.plan()
    return reminder


def sendings(reminder: Reminder, first: int = -30, last: int = 60) -> list[tuple[int, Step]]:
    """On which day what is told while nobody answers."""
    found = []
    for number in range(first, last):
        if reminder.fires(day(number)):
            found.append((number, reminder.send(day(number))))
    return found


# The table


def test_the_machine_is_the_table_and_keeps_no_one_in_memory():
    assert moves_of(MACHINE) == moves_in(TRANSITIONS)
    assert MACHINE.models == []


def test_every_state_is_live_or_settled_and_what_is_settled_can_only_be_opened_again():
    assert {*LIVE, *SETTLED} == set(State)
    for state in SETTLED:
        assert set(MACHINE.get_triggers(state)) <= {Trigger.REOPEN, Trigger.CLEAR}


# Its days


def test_seven_days_before_on_the_day_three_days_after_at_the_end_then_the_cover_then_the_lead():
    reminder = planned()

    assert sendings(reminder) == [
        (-7, Step.BEFORE), (0, Step.ON), (3, Step.AFTER), (14, Step.END), (17, Step.COVER), (20, Step.LEAD),
    ]  # fmt: skip
    assert (reminder.state, reminder.wake_on) == (State.ESCALATED, None)


@pytest.mark.parametrize("until", [0, 1, 2, 3, 4, 14, 90])
def test_nothing_escalates_inside_the_window(until):
    told = sendings(planned(Window(day(-14), DUE, day(until))), last=120)

    assert [number for number, step in told if step in ESCALATION and number <= until] == []
    assert [step for _, step in told[-2:]] == [Step.COVER, Step.LEAD]


def test_nothing_is_told_before_the_window_opens():
    assert days_of(Window(day(-2), DUE, day(14)))[Step.BEFORE] == day(-2)


def test_a_day_that_is_only_waited_for_is_told_a_week_ahead():
    assert days_of(Window(DUE, DUE, DUE))[Step.BEFORE] == day(-7)


def test_what_was_missed_is_told_once_as_the_latest_of_it():
    assert sendings(planned(), first=5)[0] == (5, Step.AFTER)


def test_what_is_long_overdue_when_it_is_planned_comes_to_the_responsible_person_first():
    assert sendings(planned(), first=50) == [(50, Step.END), (53, Step.COVER), (56, Step.LEAD)]


@pytest.mark.parametrize(
    ("others", "told"),
    [((), []), ((Step.COVER,), [(17, Step.COVER)]), ((Step.LEAD,), [(17, Step.LEAD)])],
    ids=["nobody named", "a cover alone", "a lead alone"],
)
def test_only_who_is_named_is_told_after_the_window(others, told):
    assert sendings(planned(others=others))[4:] == told


# Its window moves


def moved(days: int) -> Window:
    """The whole window, so many days later."""
    return Window(day(days - 14), day(days), day(days + 14))


@pytest.mark.parametrize(
    ("told", "later", "counts", "state"),
    [
        ((-7, Step.BEFORE), 0, Step.BEFORE, State.SENT),
        ((-7, Step.BEFORE), 1, None, State.PLANNED),
        ((0, Step.ON), 0, Step.ON, State.SENT),
        ((0, Step.ON), 1, Step.BEFORE, State.SENT),
        ((0, Step.ON), 7, Step.BEFORE, State.SENT),
        ((0, Step.ON), 8, None, State.PLANNED),
        ((3, Step.AFTER), 1, Step.ON, State.SENT),
        ((14, Step.END), 1, Step.AFTER, State.SENT),
        ((17, Step.COVER), 2, Step.COVER, State.ESCALATED),
        ((17, Step.COVER), 3, Step.END, State.SENT),
        ((20, Step.LEAD), 5, Step.LEAD, State.ESCALATED),
        ((20, Step.LEAD), 6, Step.END, State.SENT),
        ((20, Step.LEAD), 365, None, State.PLANNED),
        ((20, Step.LEAD), -10, Step.LEAD, State.ESCALATED),
        ((0, Step.ON), -30, Step.ON, State.SENT),
    ],
)
def test_of_what_was_told_only_that_counts_whose_day_had_come_in_the_window_as_it_is_now(told, later, counts, state):
    reminder = planned()
    assert sendings(reminder, last=told[0] + 1)[-1] == told

    reminder.move(moved(later))

    assert (reminder.step, reminder.state) == (counts, state)


@pytest.mark.parametrize("last_told", [-7, 0, 3, 14, 17, 20])
def test_what_moves_to_later_days_is_told_on_all_of_them(last_told):
    reminder = planned()
    sendings(reminder, last=last_told + 1)
    reminder.move(moved(90))

    assert sendings(reminder, last=150) == [
        (83, Step.BEFORE), (90, Step.ON), (93, Step.AFTER), (104, Step.END), (107, Step.COVER), (110, Step.LEAD),
    ]  # fmt: skip


def test_a_window_that_moves_there_and_back_is_told_to_the_responsible_person_before_anybody_else():
    reminder = planned()
    sendings(reminder, last=18)
    reminder.move(moved(90))
    reminder.move(WINDOW)

    assert sendings(reminder, first=18) == [(18, Step.END), (21, Step.COVER), (24, Step.LEAD)]


@pytest.mark.parametrize("last_told", [17, 20], ids=["told to the cover", "told to the lead"])
@pytest.mark.parametrize("answer", ["snooze", "wait"])
@pytest.mark.parametrize("until", [30, 31, 60])
def test_nothing_that_a_person_put_off_escalates_inside_a_window_that_was_made_longer(last_told, answer, until):
    reminder = planned()
    sendings(reminder, last=last_told + 1)
    reminder.snooze(day(last_told), 7) if answer == "snooze" else reminder.wait(day(last_told))
    reminder.move(Window(day(-14), day(10), day(until)))

    told = sendings(reminder, first=last_told + 1, last=90)
    assert [step for number, step in told if number <= until and step in ESCALATION] == []
    assert [step for _, step in told[-2:]] == [Step.COVER, Step.LEAD]


@pytest.mark.parametrize("right", [-8, -7, 0, 2, 14])
def test_what_a_clock_that_was_wrong_told_is_told_on_its_days(right):
    reminder = planned()
    assert sendings(reminder, first=300, last=310)[-1] == (306, Step.LEAD)
    follow([ask(DueState.DUE)], {KEY: reminder}, day(right), said={})

    expected = [each for each in sendings(planned()) if each[0] > right]
    assert [each for each in sendings(reminder, first=right) if each[0] <= 14] == [e for e in expected if e[0] <= 14]


# What a person does


@pytest.mark.parametrize("days", [1, 3, 7])
def test_a_snooze_moves_the_reminder_and_never_the_due_day(days):
    reminder = planned()
    sendings(reminder, last=1)

    reminder.snooze(DUE, days)

    assert reminder.window == WINDOW
    assert [reminder.fires(day(each)) for each in range(days)] == [None] * days
    assert sendings(reminder)[0][0] == days


def test_a_snooze_ends_with_the_window():
    reminder = planned()
    sendings(reminder, last=11)
    reminder.snooze(day(10), 7)

    assert sendings(reminder) == [(14, Step.END), (17, Step.COVER), (20, Step.LEAD)]


def test_a_snooze_to_after_the_window_puts_off_the_next_person_once():
    reminder = planned()
    sendings(reminder, last=15)
    reminder.snooze(day(14), 7)
    reminder.snooze(day(20), 7)

    assert sendings(reminder) == [(21, Step.COVER), (24, Step.LEAD)]


@pytest.mark.parametrize("window", [WINDOW, Window(day(-7), DUE, day(7))], ids=["two weeks", "one's own"])
def test_what_is_snoozed_for_a_week_whenever_it_comes_goes_on_to_the_cover_and_the_lead(window):
    reminder, told = planned(window), []
    for number in range(-30, (window.until - DUE).days + 50):
        if reminder.fires(day(number)):
            told.append((number - (window.until - DUE).days, reminder.send(day(number))))
            reminder.snooze(day(number), 7)

    assert [each for each in told if each[0] >= 0] == [
        (0, Step.END), (7, Step.COVER), (14, Step.LEAD), *((7 * weeks, Step.LEAD) for weeks in range(3, 8))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "days", "then"),
    [
        (14, 1, [(15, Step.END), (17, Step.COVER), (20, Step.LEAD)]),
        (14, 3, [(17, Step.COVER), (20, Step.LEAD)]),
        (14, 7, [(21, Step.COVER), (24, Step.LEAD)]),
        (16, 1, [(17, Step.COVER), (20, Step.LEAD)]),
        (17, 1, [(18, Step.COVER), (20, Step.LEAD)]),
        (18, 1, [(19, Step.COVER), (20, Step.LEAD)]),
        (20, 1, [(21, Step.LEAD)]),
    ],
)
def test_a_snooze_after_the_window_reminds_on_its_day_and_brings_nobody_else_forward(on, days, then):
    reminder = planned()
    sendings(reminder, last=on + 1)
    reminder.snooze(day(on), days)

    assert sendings(reminder, first=on) == then


@pytest.mark.parametrize("planned_on", [-30, 50], ids=["in time", "long overdue"])
def test_whoever_snoozes_for_a_day_whenever_it_comes_keeps_it_from_nobody(planned_on):
    reminder, told = planned(), []
    for number in range(planned_on, 70):
        if reminder.fires(day(number)):
            told.append((number, reminder.send(day(number))))
            reminder.snooze(day(number), 1)

    first = max(14, planned_on)
    assert [next(number for number, each in told if each is step) for step in (Step.END, *ESCALATION)] == [
        first, first + 3, first + 6,
    ]  # fmt: skip


def test_who_has_nobody_beside_them_is_asked_again_as_often_as_they_put_it_off():
    reminder = planned(others=())
    sendings(reminder, last=15)
    reminder.snooze(day(14), 7)

    assert sendings(reminder) == [(21, Step.END)]


@pytest.mark.parametrize(
    ("on", "days", "first"),
    [(-20, 1, (-7, Step.BEFORE)), (-8, 1, (-7, Step.BEFORE)), (-8, 3, (-5, Step.BEFORE)), (-8, 7, (-1, Step.BEFORE))],
)
def test_a_snooze_brings_nothing_forward(on, days, first):
    reminder = planned(Window(day(-21), DUE, day(14)))
    reminder.snooze(day(on), days)

    assert sendings(reminder, first=on)[:2] == [first, (0, Step.ON)]


def test_a_snooze_ends_where_the_first_day_comes_later_and_is_no_delay_when_that_moves_back():
    reminder = planned()
    sendings(reminder, last=15)
    reminder.snooze(day(14), 7)
    reminder.move(moved(90))
    assert (reminder.state, reminder.wake_on) == (State.PLANNED, day(83))

    reminder.move(WINDOW)
    assert reminder.fires(day(15)) is Step.END


def test_a_result_that_is_awaited_is_asked_for_again_after_ten_days():
    reminder = planned(Window(day(-14), DUE, day(60)))
    sendings(reminder, last=1)
    reminder.wait(DUE)

    assert sendings(reminder)[0] == (10, Step.AFTER)


def test_a_result_that_is_awaited_escalates_at_the_end_of_the_window():
    reminder = planned()
    sendings(reminder, last=10)
    reminder.wait(day(9))

    assert sendings(reminder) == [(15, Step.COVER), (18, Step.LEAD)]


def test_what_is_settled_takes_no_snooze():
    reminder = planned()
    reminder.finish()

    with pytest.raises(NotNow, match="settled already"):
        reminder.snooze(DUE, 1)
    assert (reminder.state, reminder.wake_on) == (State.DONE, None)


# How it follows the schedule


def ask(state: DueState, *, item="wk12_cbc", slot="", window=WINDOW) -> Ask:
    return Ask(item=item, slot=slot, title="Week 12", source="protocol", window=window, state=state)


KEY = ("wk12_cbc", "")


@pytest.mark.parametrize(
    ("state", "said", "after"),
    [
        (DueState.DUE, {}, State.PLANNED),
        (DueState.OVERDUE, {}, State.PLANNED),
        (DueState.DONE, {}, State.CLEARED),
        (DueState.DONE_LATE, {}, State.CLEARED),
        (DueState.DONE, {"wk12_cbc": "done"}, State.DONE),
        (DueState.NOT_POSSIBLE, {}, State.NOT_POSSIBLE),
        (DueState.AWAITING, {"wk12_cbc": "awaiting"}, State.AWAITING),
        (DueState.MISSED, {}, State.MUTED),
        (DueState.NOT_NEEDED, {}, State.MUTED),
    ],
)
def test_what_the_schedule_says_becomes_of_a_reminder(state, said, after):
    found = follow([ask(state)], {KEY: planned()}, DUE, said=said)

    assert found[KEY].state is after


COUNTED = Chart(
    disease=Disease.ULCERATIVE_COLITIS,
    started_on=day(-84),
    labs=labs(84, *CBC, "alt", start=day(-84)),
)


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("base_igra", "before the first dose (protocol)"),
        ("dose_step", "at the end of induction (US label)"),
        ("wk12_lipid", "at week 12 (protocol)"),
        ("endo_uc", "3 to 6 months after the first dose (STRIDE and CALM)"),
        ("rep_lab", "every 3 to 6 months, last 1 Jun 2026 (protocol)"),
        ("tb_re", "again during treatment (US label)"),
    ],
)
def test_a_reminder_says_why_it_comes_by_which_rule_and_whose(item, why):
    assert {each.source for each in asks(schedule(COUNTED, DUE + timedelta(1))) if each.item == item} == {why}


def test_what_has_no_day_yet_is_not_asked_for():
    found = schedule(Chart(disease=Disease.CROHNS), DUE)

    assert found
    assert asks(found) == []


def test_only_what_is_open_is_planned():
    for state in DueState:
        found = follow([ask(state)], {}, day(-30), said={})

        assert bool(found) is (state in (DueState.PLANNED, DueState.DUE, DueState.OVERDUE, DueState.AWAITING))


def test_an_interruption_mutes_and_its_end_opens_again_on_the_new_day():
    reminder = planned()
    follow([ask(DueState.PLANNED)], {KEY: reminder}, DUE, said={})
    assert reminder.state is State.MUTED

    shifted = Window(day(-4), day(10), day(24))
    follow([ask(DueState.DUE, window=shifted)], {KEY: reminder}, day(1), said={})

    assert (reminder.state, reminder.window.due, reminder.wake_on) == (State.PLANNED, day(10), day(3))


def test_a_value_that_was_taken_out_opens_its_item_again():
    reminder = planned()
    follow([ask(DueState.DONE)], {KEY: reminder}, DUE, said={})
    follow([ask(DueState.DUE)], {KEY: reminder}, day(1), said={})

    assert reminder.fires(day(1)) is Step.ON


@pytest.mark.parametrize("settled", [DueState.DONE, DueState.NOT_POSSIBLE, DueState.NOT_NEEDED])
@pytest.mark.parametrize(
    ("last_told", "then"),
    [
        (-7, [(-6, Step.BEFORE), (0, Step.ON), (3, Step.AFTER), (14, Step.END), (17, Step.COVER), (20, Step.LEAD)]),
        (0, [(1, Step.ON), (3, Step.AFTER), (14, Step.END), (17, Step.COVER), (20, Step.LEAD)]),
        (3, [(4, Step.AFTER), (14, Step.END), (17, Step.COVER), (20, Step.LEAD)]),
        (14, [(15, Step.END), (18, Step.COVER), (21, Step.LEAD)]),
        (17, [(18, Step.END), (21, Step.COVER), (24, Step.LEAD)]),
        (20, [(21, Step.END), (24, Step.COVER), (27, Step.LEAD)]),
    ],
)
def test_what_is_opened_again_is_told_again_to_the_responsible_person_and_goes_on(settled, last_told, then):
    reminder = planned()
    sendings(reminder, last=last_told + 1)
    follow([ask(settled)], {KEY: reminder}, day(last_told), said={})
    follow([ask(DueState.DUE)], {KEY: reminder}, day(last_told + 1), said={})

    assert sendings(reminder, first=last_told + 1) == then


@pytest.mark.parametrize("last_told", [-7, 0, 3, 14, 17, 20])
@pytest.mark.parametrize("put_off", [False, True], ids=["as it was", "snoozed"])
def test_whoever_takes_over_is_told_what_was_told_to_others(last_told, put_off):
    reminder = planned()
    sendings(reminder, last=last_told + 1)
    if put_off:
        reminder.snooze(day(last_told), 7)
    reminder.hand_over()

    assert sendings(reminder, first=last_told + 1) == sendings(planned(), first=last_told + 1)


def test_what_is_awaited_stays_so_in_other_hands():
    reminder = planned(Window(day(-14), DUE, day(60)))
    sendings(reminder, last=1)
    reminder.wait(DUE)
    reminder.hand_over()

    assert sendings(reminder)[0] == (10, Step.AFTER)


LONG = Window(day(-14), DUE, day(60))


def awaited_since(number: int, reminder: Reminder, today: int) -> None:
    """The schedule has a word of that day, and is looked at on another."""
    word = replace(ask(DueState.AWAITING, window=LONG), said_on=day(number))
    follow([word], {KEY: reminder}, day(today), said={})


def test_what_is_awaited_and_snoozed_is_silent_for_its_word_again_once_the_snooze_ended_with_a_hand_over():
    reminder = planned(LONG)
    sendings(reminder, last=1)
    reminder.wait(day(1))
    reminder.snooze(day(1), 1)
    reminder.hand_over()
    awaited_since(1, reminder, 1)

    assert sendings(reminder, first=2)[0] == (11, Step.AFTER)


def test_what_a_clock_that_was_wrong_told_on_the_day_of_a_word_leaves_its_silence():
    reminder = planned(LONG)
    reminder.wait(day(1))
    assert sendings(reminder, first=40, last=42) == [(40, Step.AFTER)]
    awaited_since(1, reminder, 1)

    assert (reminder.state, reminder.wake_on) == (State.AWAITING, day(11))


@pytest.mark.parametrize("settled", [DueState.DONE, DueState.NOT_POSSIBLE, DueState.NOT_NEEDED])
@pytest.mark.parametrize(("undone", "told"), [(2, [(8, Step.AFTER)]), (7, [(8, Step.AFTER)]), (8, [(8, Step.AFTER)])])
def test_what_is_opened_again_stays_put_off_up_to_the_day_that_was_said(settled, undone, told):
    reminder = planned()
    sendings(reminder, last=1)
    reminder.snooze(day(1), 7)
    follow([ask(settled)], {KEY: reminder}, day(1), said={KEY[0]: "done"})
    follow([ask(DueState.DUE)], {KEY: reminder}, day(undone), said={})

    assert sendings(reminder, first=undone, last=14) == told


def test_a_snooze_that_has_passed_while_it_was_settled_puts_nothing_off():
    reminder = planned()
    sendings(reminder, last=1)
    reminder.snooze(day(0), 1)
    follow([ask(DueState.DONE)], {KEY: reminder}, day(0), said={})
    follow([ask(DueState.DONE)], {KEY: reminder}, day(1), said={})
    assert (reminder.state, reminder.wake_on) == (State.CLEARED, None)

    follow([ask(DueState.DUE)], {KEY: reminder}, day(2), said={})
    assert sendings(reminder, first=2, last=14) == [(2, Step.ON), (3, Step.AFTER)]


@pytest.mark.parametrize("settled", [DueState.DONE, DueState.NOT_POSSIBLE, DueState.NOT_NEEDED])
def test_what_is_opened_again_for_a_window_of_later_days_begins_anew(settled):
    reminder = planned()
    sendings(reminder)
    follow([ask(settled)], {KEY: reminder}, day(30), said={})
    follow([ask(DueState.PLANNED, window=moved(90))], {KEY: reminder}, day(60), said={})

    assert [step for _, step in sendings(reminder, first=60, last=120)] == list(Step)


def test_a_value_satisfies_what_was_called_not_possible_and_its_word_stands_again_without_it():
    reminder = planned()
    for state, after in (
        (DueState.NOT_POSSIBLE, State.NOT_POSSIBLE),
        (DueState.DONE, State.CLEARED),
        (DueState.NOT_POSSIBLE, State.NOT_POSSIBLE),
        (DueState.MISSED, State.MUTED),
        (DueState.NOT_POSSIBLE, State.NOT_POSSIBLE),
    ):
        follow([ask(state)], {KEY: reminder}, DUE, said={})
        assert (reminder.state, reminder.wake_on) == (after, None)


# A day that is only waited for

WAITED_FOR = Window(DUE, DUE, DUE)


def told_from(reminder: Reminder, first: int, *, off: tuple[int, ...] = (), last: int = 60) -> list[tuple[int, Step]]:
    """Morning after morning, as the schedule has such a day: planned before it, done from it on."""
    found = []
    for number in range(first, last):
        if number in off:
            continue
        state = DueState.DONE if number >= 0 else DueState.PLANNED
        follow([ask(state, window=WAITED_FOR)], {KEY: reminder}, day(number), said={})
        if reminder.fires(day(number)):
            found.append((number, reminder.send(day(number))))
    return found


def test_a_day_that_is_only_waited_for_is_told_before_and_on_it_and_ends_by_itself():
    reminder = planned(WAITED_FOR)

    assert told_from(reminder, -30) == [(-7, Step.BEFORE), (0, Step.ON)]
    assert (reminder.state, reminder.wake_on) == (State.CLEARED, None)


@pytest.mark.parametrize("back", [1, 2, 3, 4, 40])
def test_a_day_that_is_only_waited_for_is_told_once_after_an_outage(back):
    reminder = planned(WAITED_FOR)

    assert [number for number, _ in told_from(reminder, -30, off=tuple(range(-8, back)))] == [back]
    assert reminder.state is State.CLEARED


@pytest.mark.parametrize(("on", "days", "again"), [(-7, 7, [0]), (-1, 3, [2]), (-1, 7, [6]), (0, 1, [1]), (0, 7, [7])])
def test_a_day_that_is_only_waited_for_is_told_on_the_day_to_which_it_was_put_off(on, days, again):
    reminder = planned(WAITED_FOR)
    told_from(reminder, -30, last=on + 1)
    reminder.snooze(day(on), days)

    assert [number for number, _ in told_from(reminder, on)] == again
    assert reminder.state is State.CLEARED


def test_a_day_that_is_only_waited_for_stays_open_on_the_day_on_which_it_is_told():
    """Its message may not have come to its reader yet."""
    reminder = planned(WAITED_FOR)
    told_from(reminder, -30, last=1)

    for number, state in ((0, State.SENT), (1, State.CLEARED)):
        follow([ask(DueState.DONE, window=WAITED_FOR)], {KEY: reminder}, day(number), said={})
        assert reminder.state is state


def test_a_day_that_has_come_before_anybody_knew_of_it_is_not_told():
    assert follow([ask(DueState.DONE, window=WAITED_FOR)], {}, day(1), said={}) == {}


# Series


def after_day(number: int, state: DueState = DueState.PLANNED, said_on: int | None = None) -> Ask:
    """A time of a series that is counted from a day."""
    window = Window(day(number + 69), day(number + 90), day(number + 180))
    told = None if said_on is None else day(said_on)
    return Ask(item="rep_lab", slot=day(number).isoformat(), title="", source="", window=window, state=state,
               said_on=told)  # fmt: skip


def lived(*days: tuple[int, list[Ask]]) -> list[State]:
    """What has become of each time of a series."""
    known: dict[tuple[str, str], Reminder] = {}
    for number, asked in days:
        known = follow(asked, known, day(number), said={})
    return [known[key].state for key in sorted(known)]


def refused(number: int, said_on: int) -> Ask:
    return after_day(number, DueState.NOT_POSSIBLE, said_on)


def test_each_time_of_a_series_that_was_not_possible_stays_so():
    first, second = [refused(0, 92), after_day(92)], [refused(0, 92), refused(92, 190), after_day(190)]

    assert lived((0, [after_day(0)]), (92, first), (190, second)) == [
        State.NOT_POSSIBLE, State.NOT_POSSIBLE, State.PLANNED,
    ]  # fmt: skip


def test_what_was_not_possible_on_another_day_after_all_has_satisfied_nothing():
    taken_back, again = [after_day(0, DueState.DUE)], [refused(0, 95), after_day(95)]

    found = lived((0, [after_day(0)]), (92, [refused(0, 92), after_day(92)]), (94, taken_back), (95, again))
    assert found == [State.NOT_POSSIBLE, State.MUTED, State.PLANNED]


@pytest.mark.parametrize(("sampled", "state"), [(11, State.MUTED), (68, State.MUTED), (69, State.CLEARED)])
def test_a_set_has_satisfied_the_time_that_was_open_by_its_day(sampled, state):
    """Before that it moves the series, as does a set whose day is corrected."""
    assert lived((0, [after_day(0)]), (80, [after_day(sampled)]))[0] is state


def test_a_set_after_what_was_not_possible_satisfies_the_time_that_was_counted_from_there():
    refusal, sampled = [refused(0, 92), after_day(92)], [after_day(92, DueState.DONE), after_day(180)]

    assert lived((0, [after_day(0)]), (92, refusal), (180, sampled)) == [
        State.NOT_POSSIBLE, State.CLEARED, State.PLANNED,
    ]  # fmt: skip


def test_a_series_that_goes_on_clears_the_time_before():
    old, new = ("rep_lab", "2026-03-01"), ("rep_lab", "2026-05-20")
    found = follow([ask(DueState.PLANNED, item="rep_lab", slot=new[1])], {old: planned()}, day(-20), said={})

    assert (found[old].state, found[new].state) == (State.CLEARED, State.PLANNED)


def test_what_is_asked_for_no_more_is_muted():
    reminder = planned()
    follow([], {KEY: reminder}, DUE, said={})

    assert (reminder.state, reminder.fires(DUE)) == (State.MUTED, None)


def test_a_result_that_is_awaited_is_not_silenced_again_by_being_looked_at():
    reminder = planned()
    follow([ask(DueState.AWAITING)], {KEY: reminder}, DUE, said={"wk12_cbc": "awaiting"})
    follow([ask(DueState.AWAITING)], {KEY: reminder}, day(5), said={})

    assert reminder.wake_on == day(10)


@pytest.mark.parametrize(
    ("item", "withdrawn", "other"),
    [("dose_step", "8 weeks", "12 weeks"), ("dose_step", "12 weeks", "8 weeks"), ("own", "5", "7")],
    ids=["12 weeks were chosen", "8 weeks were chosen", "a reminder of one's own was taken back"],
)
def test_what_is_withdrawn_beside_another_of_its_kind_is_not_called_satisfied(item, withdrawn, other):
    found = follow([ask(DueState.DUE, item=item, slot=other)], {(item, withdrawn): planned()}, DUE, said={})

    assert found[item, withdrawn].state is State.MUTED


def test_what_is_counted_from_a_first_dose_that_was_corrected_is_not_satisfied_by_it():
    """The first dose was a year later than it was said to be: nobody has looked at the skin."""
    today, risks = on_day(400), frozenset({"skin_cancer_risk"})
    before, after = (asks(schedule(chart(start=on, risks=risks), today)) for on in (on_day(0), on_day(365)))
    told = {each.key: planned(each.window) for each in before if each.item == "skin"}
    found = follow(after, told, today, said={})

    assert [found[key].state for key in told] == [State.MUTED]


@pytest.mark.parametrize(
    ("told", "now", "wakes"),
    [(0, 1, 8), (0, 10, 14), (14, 20, 27), (None, -30, -7)],
    ids=["a week", "up to the end of the window", "after the window", "not told yet: its first day"],
)
def test_a_snooze_of_a_clock_that_was_ahead_is_one_of_today(told, now, wakes):
    reminder = planned()
    if told is not None:
        reminder.send(day(told))
    reminder.snooze(day(365), 7)
    follow([ask(DueState.DUE)], {KEY: reminder}, day(now), said={})

    assert reminder.wake_on == day(wakes)


@pytest.mark.parametrize("ahead", [9, 100])
def test_a_snooze_of_a_clock_that_was_ahead_is_one_of_today_however_long_the_window_is(ahead):
    long = Window(day(-14), DUE, day(120))
    reminder = planned(long)
    reminder.send(day(0))
    reminder.snooze(day(1 + ahead), 7)
    follow([ask(DueState.DUE, window=long)], {KEY: reminder}, day(1), said={})

    assert (reminder.state, reminder.wake_on) == (State.SNOOZED, day(8))


@pytest.mark.parametrize("days", [days for _, days in SNOOZES])
@pytest.mark.parametrize("now", range(-20, 30))
def test_a_snooze_of_today_is_left_as_it_is(now, days):
    assert timedelta(days) <= LONGEST_SNOOZE
    reminder = planned()
    if reminder.fires(day(now)):
        reminder.send(day(now))
    reminder.snooze(day(now), days)
    kept = reminder.wake_on
    follow([ask(DueState.DUE)], {KEY: reminder}, day(now - 1), said={})

    assert reminder.wake_on == kept
