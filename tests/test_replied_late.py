"""Values that reply to a reminder without a day of sampling: the day is asked, never taken for that of the reply."""

import pytest

from flows.reminder import State
from tests.conversation import labels
from tests.enrolled import CODE, visit
from tests.mornings import morning, reminded, rows_of, tick


@pytest.fixture
async def reminder(ward, office):
    """The message of 2 June, which is answered on the 9th."""
    await reminded(ward, office)
    message = ward.last
    morning(office, 6, 9)
    return message


def filed(office):
    rows = office.rows("SELECT code, \"on\" FROM observations WHERE kind = 'lab' ORDER BY id")
    return [(row[0], str(row[1])) for row in rows]


async def test_the_day_of_sampling_is_asked_before_anything_counts(ward, office, reminder):
    await ward.says("hb 13 g/dL anc 3.2 alc 1.2", reply_to=reminder)

    assert ward.last.text.splitlines()[:2] == [f"{CODE} · Laboratory 2/2", "On which day was it sampled?"]
    assert labels(ward.last) == ["Today", "Yesterday", "Back", "Cancel"]

    await ward.says("1.6.2026")
    assert "Haemoglobin 13 g/dL (1 Jun 2026); Neutrophils 3.2 ×10⁹/L (1 Jun 2026)" in ward.last.text
    assert "Day of sampling: 1 Jun 2026" in ward.last.text
    assert filed(office) == []

    await ward.taps("Confirm")
    assert filed(office) == [("hb", "2026-06-01"), ("anc", "2026-06-01"), ("alc", "2026-06-01")]
    assert rows_of(office, "wk12_cbc")[0] == State.CLEARED


@pytest.mark.parametrize(("label", "on"), [("Today", "2026-06-09"), ("Yesterday", "2026-06-08")])
async def test_one_tap_tells_it(ward, office, reminder, label, on):
    await ward.says("alc 1.2", reply_to=reminder)
    await ward.taps(label)
    await ward.taps("Confirm")

    assert filed(office) == [("alc", on)]


@pytest.mark.parametrize(("label", "on"), [("Today", "2026-06-09"), ("Yesterday", "2026-06-08")])
async def test_a_page_that_stays_open_over_midnight_files_the_day_that_it_names(ward, office, reminder, label, on):
    morning(office, 6, 9, 21, 50)  # ten to midnight
    await ward.says("alc 1.2", reply_to=reminder)
    assert "Today means 9 Jun 2026." in ward.last.text
    morning(office, 6, 9, 22, 10)
    await ward.taps(label)
    await ward.taps("Confirm")

    assert filed(office) == [("alc", on)]


@pytest.mark.parametrize(("word", "on"), [("today", "2026-06-10"), (" Yesterday", "2026-06-09")])
async def test_the_word_typed_is_of_the_day_on_which_it_comes(ward, office, reminder, word, on):
    morning(office, 6, 9, 21, 50)
    await ward.says("alc 1.2", reply_to=reminder)
    morning(office, 6, 9, 22, 10)
    await ward.says(word)
    await ward.taps("Confirm")

    assert filed(office) == [("alc", on)]


async def test_the_day_of_the_last_visit_stands_on_a_button(ward, office):
    await visit(ward)
    await reminded(ward, office)
    reminder = next(message for message in reversed(ward.messages) if message.text.startswith("Reminder"))
    morning(office, 6, 9)
    await ward.says("alc 1.2", reply_to=reminder)
    assert labels(ward.last) == ["Today", "Yesterday", "Visit, 1 Jun 2026", "Back", "Cancel"]

    await ward.taps("Visit, 1 Jun 2026")
    assert "Lymphocytes 1.2 ×10⁹/L (1 Jun 2026)" in ward.last.text


async def test_values_with_a_day_of_their_own_are_not_asked_about(ward, office, reminder):
    await ward.says("hb 13 g/dL alc 1.2 1.6.2026", reply_to=reminder)
    assert "Laboratory · review" in ward.last.text
    await ward.taps("Confirm")

    assert filed(office) == [("hb", "2026-06-01"), ("alc", "2026-06-01")]


async def test_of_several_only_those_without_a_day_are_of_the_day_that_is_told(ward, office, reminder):
    await ward.says("hb 13 g/dL 1.6.2026\nalc 1.2", reply_to=reminder)
    await ward.taps("Yesterday")

    assert "Haemoglobin 13 g/dL (1 Jun 2026); Lymphocytes 1.2 ×10⁹/L (8 Jun 2026)" in ward.last.text


async def test_a_value_in_doubt_is_of_that_day_once_it_is_chosen(ward, office, reminder):
    await ward.says("hb 135", reply_to=reminder)
    await ward.taps("Yesterday")
    await ward.taps("Haemoglobin 135 g/L")
    await ward.taps("Confirm")

    assert filed(office) == [("hb", "2026-06-08")]


async def test_a_day_that_is_told_otherwise_before_it_counts_is_that_of_the_values(ward, office, reminder):
    await ward.says("alc 1.2", reply_to=reminder)
    await ward.taps("Today")
    await ward.taps("Day of sampling")
    await ward.says("1.6.2026")
    await ward.taps("Confirm")

    assert filed(office) == [("alc", "2026-06-01")]


async def test_values_that_are_sent_anew_in_the_review_are_of_the_day_that_was_told(ward, office, reminder):
    await ward.says("alc 1.2", reply_to=reminder)
    await ward.taps("Yesterday")
    await ward.taps("Laboratory")
    await ward.says("alc 1.3")
    await ward.taps("Confirm")

    assert filed(office) == [("alc", "2026-06-08")]


async def test_a_day_that_lies_ahead_is_refused_and_asked_again(ward, office, reminder):
    await ward.says("alc 1.2", reply_to=reminder)
    await ward.says("10.6.2026")

    assert "lies after today" in ward.last.text
    assert "On which day was it sampled?" in ward.last.text


async def test_what_is_known_of_a_day_is_said_of_the_day_that_was_told(ward, office):
    await visit(ward, labs="ALC 1.1")
    await reminded(ward, office)
    reminder = next(message for message in reversed(ward.messages) if message.text.startswith("Reminder"))
    await ward.says("alc 1.2", reply_to=reminder)
    known = "CHECK: Lymphocytes: 1.1 ×10⁹/L of 1 Jun 2026 stands already; the later counts."
    await ward.taps("Yesterday")
    assert known in ward.last.text

    await ward.taps("Day of sampling")
    await ward.taps("Today")
    assert "stands already" not in ward.last.text


async def test_a_reply_that_is_kept_over_night_keeps_the_day_that_was_told(ward, office, reminder):
    await ward.says("alc 1.2", reply_to=reminder)
    await ward.taps("Today")
    morning(office, 6, 12)
    await tick(office, ward)
    await ward.says("/resume")
    await ward.taps("Confirm")

    assert filed(office) == [("alc", "2026-06-09")]


async def test_a_day_that_makes_two_values_of_a_day_is_refused_and_nothing_is_filed(ward, office, reminder):
    await ward.says("alc 1.2 1.6.2026\nalc 0.4", reply_to=reminder)
    await ward.says("1.6.2026")
    assert "Lymphocytes: two values would be of that day. Send them anew, each with its day." in ward.last.text

    await ward.taps("Today")
    assert "Lymphocytes 0.4 ×10⁹/L (9 Jun 2026)" in ward.last.text
    assert filed(office) == []
