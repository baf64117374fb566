"""Done without a value is silent, and every page of the patient says that its result is not entered, until it comes."""

import pytest

from tests.enrolled import CODE, UP_TO_DATE
from tests.mornings import morning, tick

SAID = "Result not entered: Week 12: blood count, Week 12: liver tests (done 1 Jun 2026)."


@pytest.fixture
def opening():
    return UP_TO_DATE


async def done(ward, *titles):
    for title in titles:
        await ward.says(f"/due {CODE}")
        await ward.taps("One by one")
        await ward.taps(title)
        await ward.taps("Done")
        await ward.says("1.6.2026", reply_to=ward.last)


async def test_every_page_names_it(ward, office):
    await done(ward, "Week 12: blood count", "Week 12: liver tests")
    assert SAID in ward.last.text  # the card on which it was marked
    for command in (f"/due {CODE}", f"/p {CODE}", f"/status {CODE}"):
        await ward.says(command)
        assert SAID in ward.last.text
    await ward.says(f"/due {CODE}")
    await ward.taps("Schedule")
    assert SAID in ward.last.text


async def test_a_value_of_that_day_ends_it(ward, office):
    await done(ward, "Week 12: blood count", "Week 12: liver tests")
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("1.6.2026 hb 13 g/dL anc 3.2 alc 1.2")
    await ward.taps("Confirm")
    await ward.says(f"/p {CODE}")

    assert "Result not entered: Week 12: liver tests (done 1 Jun 2026)." in ward.last.text


async def test_a_later_value_of_every_part_ends_it(ward, office):
    await done(ward, "Week 12: blood count", "Week 12: liver tests")
    morning(office, 9, 1)
    await tick(office, ward)
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("1.9.2026 hb 13 g/dL anc 3.2 alc 1.2 alt 20 U/L")
    await ward.taps("Confirm")
    await ward.says(f"/p {CODE}")

    assert "Week 12: blood count" not in ward.last.text
    assert "Week 12: liver tests" not in ward.last.text


async def test_of_many_a_card_names_three_and_the_schedule_all(ward, office):
    await ward.says(f"/p {CODE}")
    assert "more under Due." in ward.last.text
    await ward.says(f"/due {CODE}")
    await ward.taps("Schedule")

    assert "more under Due." not in ward.last.text
    assert "IGRA" in ward.last.text
