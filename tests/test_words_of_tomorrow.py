"""A word of a day that has not come here: said further east, or by a clock that was fast."""

from datetime import UTC, date, datetime

import pytest

from bot.reminders.reminding import _day_of_look
from flows.own_reminders import SET
from flows.record import Fact, Kind, Observation
from tests.enrolled import CODE
from tests.mornings import morning, rows_of, tick, told
from tests.test_answers_to_series import answers


async def test_it_is_heard_when_its_day_has_come(ward, office):
    await tick(office, ward)
    office.clock.now = datetime(2026, 6, 3, 9, tzinfo=UTC)
    await tick(office, ward)
    await answers(ward, "Week 12: lipids", "Awaiting result")
    office.clock.now = datetime(2026, 6, 1, 9, 10, tzinfo=UTC)
    await ward.says(f"/remind {CODE} 9.6.2026 call")
    await tick(office, ward)
    for hour in (6, 7):  # it leaps a second time, which counts once it has shown that for an hour
        morning(office, 6, 4, hour)
        await tick(office, ward)

    assert rows_of(office, "wk12_lipid")[0] == "awaiting result"
    before = len(told(ward))
    for day in range(5, 13):
        morning(office, 6, day)
        await tick(office, ward)
    assert not any("lipids" in each for each in told(ward)[before:])


async def test_a_word_of_tomorrow_stands_for_whoever_has_today(ward, office):
    office.clock.now = datetime(2026, 6, 2, 0, 30, tzinfo=UTC)
    await answers(ward, "Week 12: lipids", "Awaiting result")
    office.clock.now = datetime(2026, 6, 1, 18, 30, tzinfo=UTC)
    await answers(ward, "Renal function", "Not possible", "Not indicated")

    assert rows_of(office, "wk12_lipid")[0] == "awaiting result"


@pytest.mark.parametrize(
    ("day", "code", "looked_on"),
    [(1, "hb", 1), (2, "hb", 2), (3, "hb", 1), (2, SET, 1)],
    ids=["today", "tomorrow", "the day after", "a reminder for tomorrow"],
)
def test_a_patient_is_looked_at_one_day_ahead_at_most(day, code, looked_on):
    fact = Fact(kind=Kind.LAB, code=code, on=date(2026, 6, day), value={})
    written = [Observation(id=1, fact=fact, by=1, at=datetime(2026, 6, 1, tzinfo=UTC), entry=1)]

    assert _day_of_look(written, date(2026, 6, 1)) == date(2026, 6, looked_on)
