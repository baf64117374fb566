"""What is said of a one-off item after its window: as long as it is asked for a word of it counts, however late."""

from datetime import date

import pytest

from flows.codes import own_code
from tests.enrolled import CODE
from tests.mornings import morning, rows_of, tick
from tests.schedules import CBC, chart, labs, on_day, said, the
from tests.test_reminders_come import enrol

AWAITED = said("wk12_cbc", "awaiting", 84)


@pytest.mark.parametrize("day", [98, 264, 265, 400])
@pytest.mark.parametrize(("word", "state"), [("not_possible", "not_possible"), ("awaiting", "overdue")])
def test_as_long_as_nothing_has_its_place_a_word_counts(day, word, state):
    found = the(chart(handled=(said("wk12_cbc", word, day, "no veins"),)), 401, "wk12_cbc")

    assert (found.state, found.said_on) == (state, on_day(day))
    assert found.why.endswith("no veins")


@pytest.mark.parametrize(("day", "state"), [(299, "not_possible"), (300, "missed")])
def test_not_possible_stands_if_it_was_said_before_a_value_of_the_series(day, state):
    word = said("wk12_cbc", "not_possible", day)

    assert the(chart(handled=(word,), labs=labs(300, *CBC)), 310, "wk12_cbc").state == state


def test_a_sample_too_late_for_the_item_is_awaited_until_the_series_has_its_place():
    word = said("wk12_cbc", "awaiting", 299)

    assert the(chart(handled=(word,)), 305, "wk12_cbc").said_on == on_day(299)
    assert the(chart(handled=(word,), labs=labs(299, *CBC)), 305, "wk12_cbc").state == "missed"
    assert the(chart(handled=(word,), labs=labs(300, *CBC)), 305, "wk12_cbc").state == "missed"


@pytest.mark.parametrize("late", [(), labs(270, *CBC)], ids=["nothing came", "a value of the series came"])
def test_what_is_awaited_is_asked_for_until_it_is_said_not_to_be_possible(late):
    again = said("wk12_cbc", "awaiting", 275)
    lost = said("wk12_cbc", "not_possible", 290, "lost")

    found = {day: the(chart(handled=(AWAITED, again, lost), labs=late), day, "wk12_cbc") for day in (274, 289, 290)}
    assert [(each.state, each.said_on) for each in found.values()] == [
        ("overdue", on_day(84)), ("overdue", on_day(275)), ("not_possible", on_day(290)),
    ]  # fmt: skip


def test_what_is_awaited_and_done_by_a_later_sample_is_awaited_no_more():
    found = the(chart(handled=(AWAITED, said("wk12_cbc", "done", 300))), 300, "wk12_cbc")
    early = the(chart(handled=(said("early_lab", "awaiting", 40), said("early_lab", "done", 72))), 75, "early_lab")

    assert (found.state, early.state) == ("missed", "missed")
    assert found.why.endswith("not done, its place is taken by: the series, from 1 Nov 2026")


@pytest.mark.parametrize(("first", "state"), [("awaiting", "not_possible"), (None, "missed")])
def test_after_the_next_item_has_opened_only_what_was_awaited_is_ended_by_a_word(first, state):
    words = (said("early_lab", "not_possible", 71),)
    if first:
        words = (said("early_lab", first, 40), *words)

    assert the(chart(handled=words), 75, "early_lab").state == state


# In the chat


async def answers(line, code, title, *ways):
    await line.says(f"/due {code}")
    for label in ("One by one", title, *ways):
        await line.taps(label)


async def test_it_is_settled_for_whoever_was_enrolled_a_year_after_the_first_dose(ward, office):
    await office.ledger.take(lambda work: enrol(work, own_code("CD-0043"), office.clock.now, date(2025, 6, 2)))
    await answers(ward, own_code("CD-0043"), "Week 12: blood count", "Not possible", "Refused by the patient")

    states = office.rows("SELECT state FROM reminders WHERE patient_id = 2 AND item = 'wk12_cbc'")
    assert states == [("not possible",)]


async def test_a_result_that_never_came_is_settled_after_the_next_item_has_opened(ward, office):
    code, title = own_code("CD-0043"), "Blood count, liver tests; CPK with symptoms"
    await office.ledger.take(lambda work: enrol(work, code, office.clock.now, date(2026, 4, 6)))
    await answers(ward, code, title, "Awaiting result")
    morning(office, 6, 16)
    await tick(office, ward)
    await answers(ward, code, title, "Not possible", "Not available here")

    states = office.rows("SELECT state FROM reminders WHERE patient_id = 2 AND item = 'early_lab'")
    assert states == [("not possible",)]


async def test_half_a_year_after_its_day_it_is_settled_by_a_word(ward, office):
    morning(office, 12, 3, 9)
    await tick(office, ward)
    await answers(ward, CODE, "Week 12: blood count", "Not possible", "Refused by the patient")

    assert rows_of(office, "wk12_cbc")[0] == "not possible"
