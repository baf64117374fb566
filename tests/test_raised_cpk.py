"""A raised CPK comes again with the first blood count that opens after it, and is asked for until a CPK comes."""

import pytest

from flows.following import asks, follow
from flows.history import AdverseEvent, Sex
from flows.reminder import State, Step
from tests.enrolled import CODE
from tests.mornings import morning, tick, told
from tests.schedules import CBC, chart, due, labs, on_day, said, the

RAISED = labs(28, cpk="400")
COUNT = (*CBC, "alt")


def patient(*values, handled=(), events=()):
    return chart(labs=tuple(lab for each in values for lab in each), handled=handled, events=events, sex=Sex.MALE)


def table(found):
    return [(each.slot, each.due, each.state.value) for each in found]


@pytest.mark.parametrize(
    "word",
    [(), (said("wk12_cbc", "awaiting", 84),), (said("wk12_cbc", "not_possible", 84),), (said("wk12_cbc", "done", 84),)],
    ids=["nothing said", "awaited", "not possible", "done"],
)
@pytest.mark.parametrize("count", [(), labs(84, *COUNT)], ids=["no count", "a count without it"])
def test_it_is_asked_for_with_that_count_whatever_becomes_of_the_count(count, word):
    found = {day: the(patient(RAISED, count, handled=word), day, "cpk") for day in (69, 70, 98, 99, 400)}

    assert [each.state for each in found.values()] == ["planned", "due", "due", "overdue", "overdue"]
    assert {(each.slot, each.due) for each in found.values()} == {("2026-02-02", on_day(84))}


@pytest.mark.parametrize("first", [75, 84, 85, 100])
def test_it_stays_on_its_time_of_the_series_whatever_sets_come_after(first):
    known = [labs(first, cpk="400"), *(labs(day, *COUNT) for day in (84, 160, 260, 400))]
    found = {day: the(patient(*known), day, "cpk") for day in (110, 161, 261, 401)}

    assert {each.due for each in found.values()} == {on_day(84 + 90)}


def test_where_the_series_is_open_it_is_the_time_that_is_counted_from_the_next_set_or_refusal():
    raised = labs(160, cpk="400")

    assert due(patient(labs(84, *COUNT), raised), 165, "cpk") == []
    by_set = the(patient(labs(84, *COUNT), raised, labs(170, *COUNT), labs(250, *COUNT)), 251, "cpk")
    assert by_set.due == on_day(260)
    refused = said("rep_lab", "not_possible", 170)
    assert the(patient(labs(84, *COUNT), raised, handled=(refused,)), 171, "cpk").due == on_day(260)


def test_a_cpk_since_it_opened_has_done_it_and_one_from_before_is_what_counts_now():
    assert table(due(patient(RAISED, labs(80, "cpk")), 90, "cpk")) == [("2026-02-02", on_day(84), "done")]
    assert due(patient(RAISED, labs(60, "cpk")), 90, "cpk") == []
    again = due(patient(RAISED, labs(84, *COUNT, cpk="500")), 90, "cpk")
    assert table(again) == [("2026-02-02", on_day(84), "done"), ("2026-03-30", on_day(174), "planned")]


def test_done_without_a_value_says_so():
    found = the(patient(RAISED, handled=(said("cpk", "done", 84),)), 90, "cpk")

    assert found.state == "done"
    assert found.why.endswith("result not entered: Creatine kinase")


# What a person says of it


@pytest.mark.parametrize(
    ("word", "day", "today", "state"),
    [("awaiting", 69, 90, "due"), ("awaiting", 70, 98, "awaiting"), ("awaiting", 70, 99, "overdue"),
     ("awaiting", 110, 110, "overdue"), ("not_possible", 69, 90, "due"), ("not_possible", 70, 90, "not_possible"),
     ("not_possible", 300, 300, "not_possible")],
)  # fmt: skip
def test_a_word_counts_since_its_window_opened(word, day, today, state):
    found = the(patient(RAISED, handled=(said("cpk", word, day, "no veins"),)), today, "cpk")

    assert found.state == state
    assert (found.said_on == on_day(day)) == (state != "due")


def test_a_result_after_symptoms_that_is_still_awaited_is_overdue_and_says_since_when():
    symptom = (AdverseEvent(kind="myalgia", on=on_day(100)),)
    found = the(patient(handled=(said("cpk", "awaiting", 101),), events=symptom), 115, "cpk")

    assert (found.state, found.awaited_since) == ("overdue", on_day(101))


# Symptoms


def test_a_raised_cpk_after_symptoms_has_done_its_item_and_asks_for_the_next():
    symptom = (AdverseEvent(kind="myalgia", on=on_day(100)),)
    found = due(patient(labs(84, *COUNT), labs(103, cpk="400"), events=symptom), 104, "cpk")

    assert table(found) == [("2026-04-15", on_day(100), "done"), ("2026-04-18", on_day(174), "planned")]


def test_both_are_done_by_one_value_and_of_one_day_only_the_raised_value_asks():
    symptom = (AdverseEvent(kind="myalgia", on=on_day(90)),)
    found = due(patient(RAISED, labs(91, "cpk"), events=symptom), 92, "cpk")
    alike = due(patient(labs(90, *COUNT, cpk="400"), events=symptom), 92, "cpk")

    assert sorted(table(found)) == [("2026-02-02", on_day(84), "done"), ("2026-04-05", on_day(90), "done")]
    assert table(alike) == [("2026-04-05", on_day(180), "planned")]


# Its reminder


def test_its_reminder_keeps_what_was_told_when_the_window_moves_and_is_cleared_by_the_value():
    found = follow(asks(due(patient(RAISED), 70)), {}, on_day(70), said={})
    key = ("cpk", "2026-02-02")
    found[key].send(on_day(78))
    moved = chart(labs=RAISED, sex=Sex.MALE, start=on_day(1))
    found = follow(asks(due(moved, on_day(85))), found, on_day(85), said={})
    assert (found[key].step, found[key].window.due) == (Step.BEFORE, on_day(85))
    assert [each for each in found if each[0] == "cpk"] == [key]

    found = follow(asks(due(patient(RAISED, labs(85, "cpk")), 86)), found, on_day(86), said={})
    assert found[key].state is State.CLEARED


async def values(line, text):
    await line.says(f"/labs {CODE} {text}")
    for label in ("Today", "Confirm"):
        await line.taps(label)


async def test_the_reminder_goes_on_after_a_blood_count_without_it(ward, office):
    await values_of_april(ward)
    morning(office, 6, 2)
    await tick(office, ward)
    await values(ward, "hb 13 anc 3 alc 1.2 alt 20")
    assert office.rows("SELECT slot, state FROM reminders WHERE item = 'cpk'") == [("2026-04-10", "sent")]

    morning(office, 6, 16)
    await tick(office, ward)
    assert "CPK" in told(ward)[-1]


async def values_of_april(ward):
    await ward.says(f"/labs {CODE} cpk 2500 U/L 10.4.2026")
    await ward.taps("Confirm")
