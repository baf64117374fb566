"""Words without a reply where messages about several patients are open: the right one takes them, or none."""

from datetime import date

import pytest

from bot import words
from flows.codes import own_code
from tests.conversation import labels
from tests.enrolled import CODE
from tests.mornings import morning, tick
from tests.test_reminders_come import enrol

OTHER = own_code("CD-0043")
LIPIDS = ("One by one", "Week 12: lipids")


@pytest.fixture
async def both(ward, office):
    """What is due of two patients, each on its message; the second is the newer one."""
    await office.ledger.take(lambda work: enrol(work, OTHER, office.clock.now, date(2026, 3, 9)))
    shown = []
    for code in (CODE, OTHER):
        office.clock.passes(seconds=1)
        await ward.says(f"/due {code}")
        shown.append(ward.last)
    return shown


async def _tap(office, ward, message, *ways):
    office.clock.passes(seconds=1)
    for way in ways:
        await ward.taps(way, message=message)


def _handled(office):
    rows = office.rows("SELECT patient_id, \"on\" FROM observations WHERE kind = 'handled'")
    return [(patient, str(on)) for patient, on in rows]


def _is_refused(ward) -> bool:
    """By a sentence that names nobody, and reads nobody with it."""
    return ward.last.text == words.WHOSE


async def test_a_day_is_taken_by_neither_of_two_that_ask_for_one(ward, office, both):
    first, second = both
    await _tap(office, ward, second, *LIPIDS, "Done")
    await _tap(office, ward, first, *LIPIDS, "Done")
    await ward.says("30.5.2026")

    assert _is_refused(ward)
    assert not _handled(office)

    await ward.says("30.5.2026", reply_to=first)

    assert _handled(office) == [(1, "2026-05-30")]


async def test_a_day_is_not_taken_by_the_newest_where_an_older_one_asks_for_it(ward, office, both):
    first, _ = both
    await _tap(office, ward, first, *LIPIDS, "Done")
    await ward.says("30.5.2026")

    assert _is_refused(ward)
    assert not _handled(office)


async def test_a_day_goes_to_the_newest_though_another_that_takes_values_changed_since(ward, office, both):
    first, second = both
    await _tap(office, ward, second, *LIPIDS, "Done")
    await _tap(office, ward, first, *LIPIDS)
    await ward.says("30.5.2026")

    assert _handled(office) == [(2, "2026-05-30")]


@pytest.mark.parametrize("typed", ["awaiting result", "crp 4 fcp 120"])
async def test_words_are_not_taken_by_the_newest_where_another_was_tapped_since(ward, office, both, typed):
    first, second = both
    await _tap(office, ward, second, *LIPIDS)
    await _tap(office, ward, first, *LIPIDS)
    await ward.says(typed)

    assert _is_refused(ward)
    assert not _handled(office)


async def test_words_go_to_the_newest_that_was_also_tapped_last(ward, office, both):
    first, second = both
    await _tap(office, ward, first, *LIPIDS)
    await _tap(office, ward, second, *LIPIDS)
    await ward.says("awaiting result")

    assert [patient for patient, _ in _handled(office)] == [2]


async def test_values_go_to_the_newest_that_was_asked_for_last(ward, both):
    await ward.says("crp 4 fcp 120")

    assert OTHER in ward.last.text
    assert "Today" in labels(ward.last)


async def test_values_are_refused_where_a_reminder_of_another_has_come_since(ward, office, both):
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    await ward.says("crp 4 fcp 120")

    assert _is_refused(ward)


async def test_a_label_goes_to_the_newest_where_another_only_asks_for_a_day(ward, office, both):
    first, _ = both
    await _tap(office, ward, first, *LIPIDS, "Done")
    await ward.says("snooze")

    assert ward.last.text.startswith(f"{OTHER}: for how long?")
