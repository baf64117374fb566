"""A result that is still awaited when the window of its item is over: overdue, and it says since when."""

import pytest

from flows.following import asks, follow
from flows.history import Result
from flows.reminder import State, Step
from tests.enrolled import CODE
from tests.mornings import joins, morning, rows_of, tick
from tests.schedules import CBC, UC, chart, due, interrupted, labs, on_day, pms, said, screened, the

WEEK_12 = said("wk12_cbc", "awaiting", 84)


@pytest.mark.parametrize(
    ("patient", "item", "last"),
    [
        (chart(handled=(WEEK_12,)), "wk12_cbc", 98),
        (chart(handled=(said("early_lab", "awaiting", 30),)), "early_lab", 66),
        (chart(labs=labs(84, *CBC, "alt"), handled=(said("rep_lab", "awaiting", 170),)), "rep_lab", 264),
        (chart(UC, scores=(pms(56, 1),), handled=(said("clin", "awaiting", 150),)), "clin", 236),
        (chart(handled=(said("cbc", "awaiting", -3),)), "base_cbc", 0),
        (chart(screening=(screened("igra", -20),)), "base_igra", 0),
    ],
    ids=["once", "once, with a later one", "again and again", "a score", "baseline", "a test without its result"],
)  # fmt: skip
def test_it_is_awaited_up_to_the_last_day_and_overdue_from_the_next(patient, item, last):
    found = {number: due(patient, number, item)[-1] for number in (last, last + 1, last + 40)}

    assert {number: each.state for number, each in found.items()} == {
        last: "awaiting", last + 1: "overdue", last + 40: "overdue",
    }  # fmt: skip
    assert len({(each.why, each.missing, each.said_on) for each in found.values()}) == 1
    assert "awaited since" in found[last + 1].why


def test_what_is_said_after_the_window_says_since_when_and_is_overdue_still():
    found = the(chart(handled=(said("wk12_cbc", "awaiting", 105),)), 105, "wk12_cbc")

    assert found.state == "overdue"
    assert found.why.endswith("; result awaited since 20 Apr 2026")


def test_the_value_ends_it_by_the_day_of_its_sample():
    found = the(chart(handled=(WEEK_12,), labs=labs(84, *CBC)), 120, "wk12_cbc")

    assert (found.state, found.done_on) == ("done", on_day(84))
    assert "awaited" not in found.why


# What has no end is awaited on


def test_without_a_first_dose_nothing_is_overdue_and_so_is_no_result():
    patient = chart(start=None, handled=(said("cbc", "awaiting", -3),))

    assert the(patient, on_day(400), "base_cbc").state == "awaiting"


def test_what_a_finding_has_left_open_is_awaited_whatever_the_day():
    patient = chart(screening=(screened("igra", -20, Result.POSITIVE),))

    assert the(patient, 400, "base_igra").state == "awaiting"


def test_after_the_last_dose_it_is_awaited_and_no_more_overdue_than_anything_else():
    patient = chart(handled=(WEEK_12,), stopped_on=on_day(100))

    assert [the(patient, number, "wk12_cbc").state for number in (99, 100, 400)] == ["overdue", "awaiting", "awaiting"]


def test_an_interruption_holds_the_end_of_the_window_of_what_goes_with_the_induction():
    word = said("ind_end_cd", "awaiting", 79)
    held = chart(handled=(word,), course=interrupted(80))
    over = chart(handled=(word,), course=interrupted(80, 85))

    assert [the(held, number, "ind_end_cd").state for number in (91, 92, 300)] == ["awaiting"] * 3
    assert the(held, 300, "ind_end_cd").why.endswith("; paused: interrupted since 26 Mar 2026")
    assert [the(over, number, "ind_end_cd").state for number in (96, 97)] == ["awaiting", "overdue"]


# Its reminder goes on as before


def test_its_reminder_is_silent_for_ten_days_from_the_word_also_after_the_window():
    (key,), patient = [("wk12_cbc", "")], chart(handled=(said("wk12_cbc", "awaiting", 105),))
    found = follow(asks(due(chart(), 104)), {}, on_day(104), said={})
    found[key].send(on_day(104))
    found = follow(asks(due(patient, 105)), found, on_day(105), said={"wk12_cbc": "awaiting"})
    assert (found[key].state, found[key].wake_on) == (State.AWAITING, on_day(115))

    found = follow(asks(due(patient, 106)), found, on_day(106), said={})
    assert (found[key].state, found[key].wake_on) == (State.AWAITING, on_day(115))


def test_its_reminder_goes_to_the_cover_when_the_window_ends_and_not_to_the_responsible_person_again():
    (key,), patient = [("wk12_cbc", "")], chart(handled=(said("wk12_cbc", "awaiting", 95),))
    found = follow(asks(due(chart(), 84)), {}, on_day(84), said={})
    found[key].send(on_day(84))
    follow(asks(due(patient, 95)), found, on_day(95), said={"wk12_cbc": "awaiting"})
    for day in (98, 99):
        follow(asks(due(patient, day)), found, on_day(day), said={})

    assert found[key].state is State.AWAITING
    assert found[key].fires(on_day(99)) is Step.COVER


# What people see of it


async def awaited(line, title):
    await line.says(f"/due {CODE}")
    for label in ("One by one", title, "Awaiting result"):
        await line.taps(label)


async def test_the_pages_of_a_patient_say_overdue_and_since_when(ward, office):
    await awaited(ward, "Week 12: lipids")
    morning(office, 6, 16)
    await ward.says(f"/due {CODE}")
    await ward.taps("Schedule")

    line = "OVERDUE: Week 12: lipids, due 1 Jun 2026 (18 May 2026 to 15 Jun 2026). protocol, awaited since 1 Jun 2026."
    assert line in ward.last.text.splitlines()


async def test_the_card_and_the_note_of_a_patient_say_it_too(ward):
    await awaited(ward, "Renal function")
    await ward.says(f"/status {CODE}")
    (line,) = (each for each in ward.last.text.splitlines() if each.startswith("Due next"))
    assert "Renal function (overdue, by 9 Mar 2026, awaited since 1 Jun 2026)" in line

    await ward.taps("Long note")
    assert "Renal function, overdue, awaited since 1 Jun 2026" in ward.last.text


async def test_whoever_is_told_next_reads_since_when_a_result_is_awaited(ward, office):
    cover = await joins(office, "cover")
    await ward.says("/settings")
    for label in ("Name the cover", "Member 2 (doctor)"):
        await ward.taps(label)
    await tick(office, ward)
    morning(office, 6, 9)
    await awaited(ward, "Week 12: lipids")
    told = "Week 12: lipids, due 1 Jun 2026, window to 15 Jun 2026, awaited since 9 Jun 2026. at week 12 (protocol)."
    assert f"AWAITING RESULT to 16 Jun 2026: {told}" in ward.last.text.splitlines()
    morning(office, 6, 16)
    await tick(office, cover)

    assert f"OVERDUE, told the cover: {told}" in cover.last.text.splitlines()
    assert rows_of(office, "wk12_lipid")[:2] == (State.ESCALATED, Step.COVER)


async def test_what_is_not_awaited_any_more_says_so_no_more(ward):
    await awaited(ward, "Week 12: lipids")
    assert "awaited since" in ward.last.text
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")
    await ward.says(f"/due {CODE}")

    assert "awaited since" not in ward.last.text
