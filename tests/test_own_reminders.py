"""A reminder that a clinician sets: a day and a few words."""

from datetime import UTC, datetime

import pytest

from bot.reminders.desk import NO_NAMES, TOO_LATE
from flows.reminder import State
from tests.enrolled import CODE
from tests.mornings import joins, morning, reminded, tick, told
from tests.sealed import checked


async def test_it_comes_on_its_day_with_its_words_and_is_done(ward, office):
    await ward.says(f"/remind {CODE} 24 Jun 2026 referral to the surgeon")

    assert f"{CODE}: a reminder is set for 24 Jun 2026" in ward.last.text
    due = office.rows("SELECT title, state FROM reminders WHERE item = 'own'")
    assert due == [("referral to the surgeon", State.PLANNED)]

    office.clock.now = datetime(2026, 6, 24, 6, 1, tzinfo=UTC)
    await ward.says(f"/due {CODE}")
    assert "DUE: referral to the surgeon, due 24 Jun 2026, window to 1 Jul 2026. set by hand." in ward.last.text
    await ward.taps("One by one")
    await ward.taps("referral to the surgeon")
    await ward.taps("Done")
    await ward.taps("Today, 24 Jun 2026")

    assert office.rows("SELECT state FROM reminders WHERE item = 'own'") == [(State.DONE,)]


@pytest.mark.parametrize("mark", [".", ",", " ;", "..."])
async def test_its_words_stand_in_a_sentence_without_the_mark_at_their_end(ward, mark):
    await ward.says(f"/remind {CODE} 1.6.2026 call the laboratory{mark}")
    await ward.says(f"/due {CODE}")

    assert "DUE: call the laboratory, due 1 Jun 2026" in ward.last.text


async def test_its_words_are_covered_on_a_locked_screen(ward, office):
    await ward.says(f"/remind {CODE} 2.6.2026 <b>prednisolone</b>")
    await office.running.tick()
    office.clock.now = datetime(2026, 6, 2, 6, 1, tzinfo=UTC)
    await office.running.tick()
    await ward.settled()

    raw = ward.last.raw[0]
    assert "<tg-spoiler>&lt;b&gt;prednisolone&lt;/b&gt;</tg-spoiler>" in raw


async def test_it_can_be_taken_back(ward, office):
    await ward.says(f"/remind {CODE} 24 Jun 2026")
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")

    assert office.rows("SELECT state FROM reminders WHERE item = 'own'") == [(State.MUTED,)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "needs its day first"),
        ("referral", "needs its day first"),
        ("31 May 2026 referral", "does not lie ahead"),
        ("2 Jun 2032 referral", "more than five years ahead"),
        ("24 Jun 2026 " + "x" * 61, "At most 60 characters"),
    ],
)
async def test_what_is_no_reminder_is_refused_and_nothing_is_kept(ward, office, typed, why):
    before = office.rows("SELECT count(*) FROM observations")
    await ward.says(f"/remind {CODE} {typed}")

    assert why in ward.last.text
    assert office.rows("SELECT count(*) FROM observations") == before


@pytest.mark.parametrize("words", ["Mr John Smith", "tel. 0664 1234567", "mail a.b@example.org"])
async def test_words_about_a_person_are_refused(ward, office, words):
    await ward.says(f"/remind {CODE} 24 Jun 2026 {words}")

    assert "nothing of it was taken or stored" in ward.last.text
    assert office.rows("SELECT count(*) FROM reminders WHERE item = 'own'") == [(0,)]


async def test_today_is_a_day_ahead(ward, office):
    await ward.says(f"/remind {CODE} 1 Jun 2026 call")

    assert office.rows("SELECT count(*) FROM reminders WHERE item = 'own'") == [(1,)]


async def test_one_for_today_after_the_morning_says_that_it_comes_tomorrow(ward, office):
    await reminded(ward, office)
    await ward.says(f"/remind {CODE} 2 Jun 2026 call back")
    assert f"is set for 2 Jun 2026{TOO_LATE}. {NO_NAMES} /undo {CODE} takes it back." in ward.last.text

    before = len(told(ward))
    for day, hour in ((2, 12), (3, 6)):
        morning(office, 6, day, hour)
        await tick(office, ward)
    assert ["call back" in each for each in told(ward)[before:]] == [True]


@pytest.mark.parametrize(("day", "hour"), [(3, 8), (2, 5)], ids=["another day", "before the morning"])
async def test_one_that_comes_on_its_day_says_nothing_of_another(ward, office, day, hour):
    await tick(office, ward)
    morning(office, 6, 2, hour)
    if hour > 6:
        await tick(office, ward)
    await ward.says(f"/remind {CODE} {day} Jun 2026 call back")

    assert f"is set for {day} Jun 2026. {NO_NAMES} /undo" in ward.last.text


async def test_that_no_names_belong_in_a_reminder_is_said_before_and_after(ward):
    await ward.says(f"/remind {CODE}")
    assert "no names" in ward.last.text
    await ward.says(f"/remind {CODE} 24 Jun 2026 call John Smith")

    assert f"{NO_NAMES} /undo {CODE}" in ward.last.text


def everything(office):
    """What is kept in the whole database, as text."""
    tables = ("observations", "reminders", "verdicts", "cards", "audit", "interviews", "patients")
    return str([tuple(row) for each in tables for row in office.rows(f"SELECT * FROM {each}")])


def broken(office):
    return checked(office.url).broken


async def test_the_words_of_one_that_is_taken_back_are_erased(ward, office):
    await ward.says(f"/remind {CODE} 24 Jun 2026 call Hans Schmidt")
    assert "Schmidt" in everything(office)
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")

    assert "Schmidt" not in everything(office)
    assert broken(office) == ()


async def test_no_page_shows_them_any_more_and_the_history_says_that_they_were_removed(ward, office):
    other = await joins(office, "other")
    await ward.says(f"/remind {CODE} 2 Jun 2026 call Hans Schmidt")
    await reminded(ward, office)
    assert any("Schmidt" in message.text for message in ward.messages)
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")

    shown = [message.text for message in ward.messages if "/remind" not in message.text]
    assert not any("Schmidt" in text for text in shown)
    for line in (ward, other):
        for page in ("history", "due", "p"):
            await line.says(f"/{page} {CODE}")
            assert "Schmidt" not in line.last.text
    await other.says(f"/history {CODE}")
    assert "words removed" in other.last.text


async def test_words_that_were_taken_back_before_they_were_erased_are_shown_nowhere(ward, office):
    """As an earlier version has left them."""
    await ward.says(f"/remind {CODE} 24 Jun 2026 call Hans Schmidt")
    office.rows(
        'INSERT INTO observations (patient_id, kind, code, "on", by, at, entry, replaces_id, why) SELECT patient_id, '
        "kind, code, \"on\", by, at, entry + 1, id, 'taken back' FROM observations WHERE code = 'remind'"
    )
    await ward.says(f"/history {CODE}")

    assert "Schmidt" not in ward.last.text
    assert "words removed" in ward.last.text


async def test_that_taking_it_back_erases_the_words_is_said(ward):
    await ward.says(f"/remind {CODE} 24 Jun 2026 call back")
    assert "take it back: that erases the words" in ward.last.text
    await ward.says("/privacy")

    assert "until you take it back" in ward.last.text


async def test_on_the_first_day_of_a_member_one_for_today_comes_tomorrow_and_says_so(ward, office):
    await ward.says(f"/remind {CODE} 1 Jun 2026 call")
    assert f"is set for 1 Jun 2026{TOO_LATE}." in ward.last.text

    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    assert "call" in told(ward)[0]


@pytest.mark.parametrize("typed", ["31.6.2026 fax", "31 Jun 2026 fax", "2026-06-31 fax"])
async def test_a_day_that_no_calendar_has_is_called_so(ward, typed):
    await ward.says(f"/remind {CODE} {typed}")

    assert "There is no such day." in ward.last.text
    assert "fax" not in ward.last.text
