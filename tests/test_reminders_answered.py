"""Reminders are answered where they stand: by values, Done, Awaiting result, Snooze, Not possible."""

import json
from datetime import date, timedelta

import pytest

from flows.codes import own_code
from flows.reminder import State
from tests.conversation import button
from tests.enrolled import CODE, visit
from tests.mornings import joins, morning, reminded, rows_of, tick, told
from tests.test_reminders_come import enrol


async def test_a_reply_with_values_files_them_with_their_units_and_clears_what_they_satisfy(ward, office):
    await reminded(ward, office)
    await ward.says("hb 13 g/dL anc 3.2 alc 1.2 alt 20 U/L", reply_to=ward.last)
    await ward.taps("Today")

    assert f"{CODE} · Laboratory · review" in ward.last.text
    assert "Lymphocytes 1.2 ×10⁹/L (2 Jun 2026)" in ward.last.text
    assert rows_of(office, "wk12_cbc")[0] == State.SENT

    await ward.taps("Confirm")

    assert rows_of(office, "wk12_cbc")[0] == State.CLEARED
    assert rows_of(office, "wk12_lft")[0] == State.CLEARED
    assert rows_of(office, "wk12_bio")[0] == State.SENT
    assert rows_of(office, "rep_lab")[0] == State.PLANNED


async def test_a_reply_keeps_the_questionnaire_that_was_open(ward, office):
    await reminded(ward, office)
    reminder = ward.last
    await ward.says("/hbi")
    await ward.says("alc 1.2", reply_to=reminder)
    await ward.taps("Today")
    await ward.taps("Confirm")
    await ward.says("/resume")

    assert "HBI 1/5" in ward.last.text


async def test_the_rest_of_the_values_is_another_reply_to_the_same_message(ward, office):
    await reminded(ward, office)
    reminder = ward.last
    for values, cleared in (("hb 13 g/dL anc 3.2 alc 1.2", "blood count"), ("crp 4 fcp 120", "CRP, calprotectin")):
        await ward.says(values, reply_to=reminder)
        await ward.taps("Today")
        await ward.taps("Confirm")
        assert f"CLEARED: Week 12: {cleared}" in reminder.text

    await ward.taps("Snooze", message=reminder)
    assert "for how long?" in reminder.text


async def test_a_reply_that_is_no_value_changes_nothing_and_leaves_the_buttons(ward, office):
    await reminded(ward, office)
    reminder = ward.last
    await ward.says("later", reply_to=reminder)

    assert ward.last.text == "Not understood: no analyte of this list."
    await ward.taps("Snooze", message=reminder)
    assert office.rows("SELECT count(*) FROM observations WHERE kind = 'lab'") == [(0,)]


async def test_words_that_reply_to_nothing_are_never_for_a_reminder_that_came_by_itself(ward, office):
    await ward.says(f"/p {CODE}")
    await reminded(ward, office)
    await ward.says("alc 0.4")

    assert office.rows("SELECT count(*) FROM interviews WHERE questionnaire = 'labs'") == [(0,)]
    assert "Please choose" in ward.last.text


@pytest.mark.parametrize(("label", "days"), [("1 day", 1), ("3 days", 3), ("1 week", 7)])
async def test_a_snooze_moves_the_reminder_and_not_the_due_day(ward, office, label, days):
    await reminded(ward, office)
    await ward.taps("Snooze")
    await ward.taps(label)

    back = date(2026, 6, 2) + timedelta(days)
    due = office.rows("SELECT due_on FROM reminders WHERE item = 'wk12_cbc'")[0][0]
    assert f"SNOOZED to {back.day} Jun 2026: Week 12: blood count" in ward.last.text
    assert str(due) == "2026-06-01"

    morning(office, 6, back.day - 1, 12)
    await tick(office, ward)
    assert len(told(ward)) == 1
    morning(office, 6, back.day)
    await tick(office, ward)
    assert len(told(ward)) == 2


async def test_done_covers_what_has_the_day_in_its_window_and_says_what_stays_open(ward, office):
    await reminded(ward, office)
    await ward.taps("Done")
    await ward.says("20.5.2026")

    assert rows_of(office, "wk12_cbc")[0] == State.DONE
    assert rows_of(office, "base_igra")[0] == State.SENT
    assert "Not in their window on 20 May 2026, and still open:" in ward.last.text
    assert "IGRA" in ward.last.text


async def test_a_day_that_lies_ahead_is_refused(ward, office):
    await reminded(ward, office)
    await ward.taps("Done")
    await ward.says("20.6.2026")

    assert "lies after today" in ward.last.text
    assert office.rows("SELECT count(*) FROM observations WHERE kind = 'handled' AND code = 'wk12_cbc'") == [(0,)]


async def test_one_item_alone_is_done_after_its_window(ward, office):
    await ward.says(f"/due {CODE}")
    await ward.taps("One by one")
    await ward.taps("IGRA")
    await ward.taps("Done")
    await ward.taps("Today, 1 Jun 2026")

    assert rows_of(office, "base_igra")[0] == State.DONE
    assert "DONE: IGRA" in ward.last.text


@pytest.mark.parametrize(("pressed", "on"), [("Today, 2 Jun 2026", "2026-06-02"), ("today", "2026-06-03")])
async def test_a_page_that_stays_open_over_midnight_files_the_day_that_is_read_on_its_button(ward, office, pressed, on):
    """Whoever types the word has another day by then."""
    await reminded(ward, office)
    await ward.taps("Done")
    morning(office, 6, 3, 1)
    await (ward.says(pressed) if pressed == "today" else ward.taps(pressed))

    handled = "SELECT \"on\" FROM observations WHERE kind = 'handled' AND code = 'wk12_cbc'"
    assert [str(filed) for (filed,) in office.rows(handled)] == [on]


async def test_a_result_that_is_awaited_is_silent_for_ten_days(ward, office):
    await ward.says(f"/due {CODE}")
    await ward.taps("One by one")
    await ward.taps("Week 12: lipids")
    await ward.taps("Awaiting result")

    assert "AWAITING RESULT to 11 Jun 2026: Week 12: lipids" in ward.last.text
    assert str(rows_of(office, "wk12_lipid")[2]) == "2026-06-11"


async def test_what_is_not_possible_keeps_its_reason_and_is_not_asked_for_again(ward, office):
    await ward.says(f"/due {CODE}")
    await ward.taps("One by one")
    await ward.taps("Week 12: lipids")
    await ward.taps("Not possible")
    await ward.taps("Refused by the patient")

    assert rows_of(office, "wk12_lipid") == (State.NOT_POSSIBLE, None, None)
    assert "NOT POSSIBLE: Week 12: lipids" in ward.last.text
    assert "refused by the patient" in str(office.rows("SELECT value FROM observations WHERE code = 'wk12_lipid'"))


async def test_an_undone_answer_opens_the_reminder_again(ward, office):
    await ward.says(f"/due {CODE}")
    await ward.taps("One by one")
    await ward.taps("Week 12: lipids")
    await ward.taps("Awaiting result")
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")

    assert rows_of(office, "wk12_lipid")[0] == State.PLANNED


async def test_a_button_that_waits_for_words_cannot_be_pressed(ward, office):
    await reminded(ward, office)
    token, actions = office.rows("SELECT token, actions FROM cards ORDER BY id DESC")[0]
    deeds = (json.loads(actions) if isinstance(actions, str) else actions)["deeds"]
    forged = next(place for place, deed in enumerate(deeds) if deed[1] == "replied")
    await ward.presses(f"{token}:{forged}", ward.last.message_id)

    assert ward.transcript[-1] == "   bot: (This button is not known here. Nothing was changed.)"
    assert office.rows("SELECT count(*) FROM interviews WHERE questionnaire = 'labs'") == [(0,)]


async def test_words_go_to_a_message_that_came_by_itself_once_it_was_acted_on(ward, office):
    await reminded(ward, office)
    await ward.says("Done", reply_to=ward.last)
    await ward.says("20.5.2026")

    assert rows_of(office, "wk12_cbc")[0] == State.DONE


async def test_a_reminder_on_screen_shows_what_became_of_it_elsewhere(ward, office):
    """A visit satisfies what the message of the morning asks for: it does not stand there as due."""
    await reminded(ward, office)
    card = ward.last
    assert "DUE: Week 12: blood count" in card.text
    await visit(ward, labs="ANC 3 ALC 1.2 Hb 13")

    assert "CLEARED: Week 12: blood count" in card.text
    assert "DUE: Week 12: blood count" not in card.text
    assert card.text.startswith("Reminder")
    await ward.taps("Snooze", message=card)
    assert "for how long?" in card.text


async def test_a_reply_to_a_message_that_is_not_known_is_for_nobody(ward, office):
    """It may be of another patient than the form in front, as where a crash has left a duplicate."""
    await reminded(ward, office)
    unknown = ward.last
    office.rows("UPDATE cards SET message_id = NULL WHERE unasked")
    await ward.says("/hbi")
    await ward.says("2", reply_to=unknown)

    assert ward.last.text.startswith("What you reply to is not known any more")
    assert "HBI 1/5" in ward.last.text


async def test_a_day_without_a_reply_is_the_form_s_and_a_reply_is_the_reminder_s(ward, office):
    """The form may be of another patient than the reminder that asks for a day."""
    other = own_code("CD-0043")
    await office.ledger.take(lambda work: enrol(work, other, office.clock.now))
    await reminded(ward, office)
    came = {message.text.split()[2]: message for message in ward.messages if message.text.startswith("Reminder")}
    first, second = came[CODE], came[other]
    await ward.says("alc 0.4", reply_to=second)
    await ward.taps("Done", message=first)
    assert "Tap, or reply to this message with another day, as 24 May 2027." in first.text

    await ward.says("20 May 2026")
    assert other in ward.last.text
    assert "Lymphocytes 0.4 ×10⁹/L (20 May 2026)" in ward.last.text
    assert rows_of(office, "wk12_cbc")[0] == State.SENT

    await ward.says("20 May 2026", reply_to=first)
    assert rows_of(office, "wk12_cbc")[0] == State.DONE
    handled = "SELECT DISTINCT patient_id FROM observations WHERE kind = 'handled'"
    assert office.rows(handled) == [(1,)]
    assert office.rows("SELECT stage, kept_at FROM interviews WHERE questionnaire = 'labs'") == [("reviewing", None)]


@pytest.mark.parametrize("page", ["Done", "Snooze", "Not possible", "One by one"])
async def test_values_in_reply_to_an_inner_page_of_a_reminder_are_taken_as_on_the_reminder(ward, office, page):
    await reminded(ward, office)
    reminder = ward.last
    await ward.taps(page)
    await ward.says("2.6.2026 hb 13 g/dL anc 3.2 alc 1.2", reply_to=reminder)
    assert f"{CODE} · Laboratory · review" in ward.last.text
    await ward.taps("Confirm")

    assert "CLEARED: Week 12: blood count" in reminder.text


@pytest.mark.parametrize("typed", ["yesterday", "24 May", "31.13.2026", "the 24th"])
async def test_what_is_neither_a_day_nor_values_is_told_how_a_day_is_written(ward, office, typed):
    await reminded(ward, office)
    reminder = ward.last
    await ward.taps("Done")
    await ward.says(typed, reply_to=reminder)

    assert "a day as 24 May 2027" in ward.last.text


async def test_it_is_done_on_the_day_of_the_visit(ward, office):
    await visit(ward)
    await reminded(ward, office)
    await ward.taps("One by one")
    await ward.taps("Week 12: blood count")
    await ward.taps("Done")
    await ward.taps("Visit, 1 Jun 2026")

    assert "DONE: Week 12: blood count" in ward.last.text
    handled = "SELECT \"on\" FROM observations WHERE kind = 'handled' AND code = 'wk12_cbc'"
    assert [str(on) for (on,) in office.rows(handled)] == ["2026-06-01"]


async def test_of_two_people_who_say_that_it_is_done_the_second_is_refused(ward, office):
    colleague = await joins(office, "colleague")
    for line in (ward, colleague):
        await line.says(f"/due {CODE}")
        for label in ("One by one", "Week 12: lipids", "Done"):
            await line.taps(label)
    question = colleague.last
    today = button(question, "Today, 1 Jun 2026")
    await ward.taps("Today, 1 Jun 2026")
    await colleague.presses(today, question.message_id)

    assert "Nothing was changed." in "\n".join(colleague.transcript)
    assert "DONE: Week 12: lipids" in colleague.last.text
    handled = "SELECT \"by\" FROM observations WHERE kind = 'handled' AND code = 'wk12_lipid'"
    assert office.rows(handled) == [(1,)]
