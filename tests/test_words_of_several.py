"""Words without a reply where messages about several patients are open: the right one takes them, or none."""

from datetime import date

import pytest

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
        await ward.says(f"/due {code}")
        shown.append(ward.last)
    return shown


async def _tap(ward, message, *ways):
    for way in ways:
        await ward.taps(way, message=message)


def _handled(office):
    rows = office.rows("SELECT patient_id, \"on\" FROM observations WHERE kind = 'handled'")
    return [(patient, str(on)) for patient, on in rows]


def _is_refused(ward) -> bool:
    return ward.last.text.startswith("Reply to the message of that patient") and {CODE, OTHER} <= set(
        ward.last.text.replace(",", " ").replace(".", " ").split()
    )


async def test_a_day_is_taken_by_neither_of_two_that_ask_for_one(ward, office, both):
    first, second = both
    await _tap(ward, second, *LIPIDS, "Done")
    await _tap(ward, first, *LIPIDS, "Done")
    await ward.says("30.5.2026")

    assert _is_refused(ward)
    assert not _handled(office)

    await ward.says("30.5.2026", reply_to=first)

    assert _handled(office) == [(1, "2026-05-30")]


async def test_a_day_is_not_taken_by_the_newest_where_an_older_one_asks_for_it(ward, office, both):
    first, _ = both
    await _tap(ward, first, *LIPIDS, "Done")
    await ward.says("30.5.2026")

    assert _is_refused(ward)
    assert not _handled(office)


async def test_a_day_goes_to_the_only_one_that_asks_for_it(ward, office, both):
    _, second = both
    await _tap(ward, second, *LIPIDS, "Done")
    await ward.says(f"/p {CODE}")
    await _tap(ward, second, "Back", *LIPIDS, "Done")
    await ward.says("30.5.2026", reply_to=second)

    assert _handled(office) == [(2, "2026-05-30")]


async def test_a_day_goes_to_the_newest_though_another_that_takes_values_changed_since(ward, office, both):
    first, second = both
    await _tap(ward, second, *LIPIDS, "Done")
    await _tap(ward, first, *LIPIDS)
    await ward.says("30.5.2026")

    assert _handled(office) == [(2, "2026-05-30")]


async def test_a_label_that_stands_on_both_is_taken_by_neither(ward, office, both):
    first, second = both
    await _tap(ward, second, *LIPIDS)
    await _tap(ward, first, *LIPIDS)
    await ward.says("awaiting result")

    assert _is_refused(ward)
    assert not _handled(office)


async def test_values_go_to_the_newest_and_their_review_names_it(ward, both):
    await ward.says("crp 4 fcp 120")

    assert OTHER in ward.last.text
    assert "Today" in labels(ward.last)


async def test_a_label_is_refused_where_a_reminder_of_another_has_it(ward, office, both):
    first, _ = both
    await _tap(ward, first, *LIPIDS)
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    await ward.says("awaiting result")

    assert _is_refused(ward)
    assert not _handled(office)
