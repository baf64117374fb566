"""A value from before the window of what is asked for says in the review that it satisfies nothing of it."""

import pytest

from tests.enrolled import UP_TO_DATE
from tests.mornings import first_reminder, rows_of


@pytest.fixture
def opening():
    return UP_TO_DATE


@pytest.fixture
async def reminder(ward, office):
    return await first_reminder(ward, office)


def opened(office, item):
    return str(office.rows(f"SELECT opens_on FROM reminders WHERE item = '{item}'")[0][0])


async def test_it_is_said_before_it_counts(ward, office, reminder):
    assert opened(office, "wk12_cbc") == "2026-05-18"
    await ward.says("17.5.2026 hb 13 g/dL anc 3 alc 1.2", reply_to=reminder)
    assert "Not for Week 12: blood count: sampled before 18 May 2026." in ward.last.text

    await ward.taps("Confirm")
    assert rows_of(office, "wk12_cbc")[0] == "sent"


async def test_what_shares_a_day_is_one_line(ward, reminder):
    await ward.says("17.5.2026 hb 13 g/dL anc 3 alc 1.2 crp 4", reply_to=reminder)

    (line,) = [each for each in ward.last.text.splitlines() if each.startswith("Not for")]
    assert line.startswith("Not for Week 12: blood count, Week 12: ")


@pytest.mark.parametrize(
    "text", ["18.5.2026 hb 13 g/dL anc 3 alc 1.2", "17.5.2026 hb 13 g/dL\n18.5.2026 anc 3 alc 1.2"]
)
async def test_in_its_window_nothing_is_said(ward, reminder, text):
    await ward.says(text, reply_to=reminder)

    assert "Not for" not in ward.last.text


async def test_nothing_is_said_of_what_the_values_are_not_of(ward, reminder):
    await ward.says("17.5.2026 egfr 90", reply_to=reminder)

    assert "Not for" not in ward.last.text
