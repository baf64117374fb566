"""A corrected laboratory value is unusual beside the patient's other values, not beside the slip that it corrects."""

from datetime import date
from decimal import Decimal

import pytest

from flows.analytes import BY_CODE
from flows.quantities import Number
from flows.samples import Lab, known_by
from tests.correcting import say, wrong
from tests.enrolled import CODE, visit

RIGHT = "Enter the right value"

pytestmark = pytest.mark.usefixtures("unhurried")


async def sampled(line, *values):
    """Each in a message of its own, whatever is asked about it."""
    for each in values:
        await say(line, f"/p {CODE}", "Laboratory")
        await line.says(each)
        await line.taps("Confirm")


async def corrected(line, what, value):
    """What the review says to the right value."""
    await wrong(line, what, "Typing error", RIGHT)
    await line.says(value)
    return line.last.text


async def test_a_slip_that_is_the_only_value_is_corrected_without_a_question(ward):
    await sampled(ward, "ALT 300 U/L")

    assert "times" not in await corrected(ward, "ALT", "ALT 30 U/L")
    await ward.taps("Confirm")


async def test_a_slip_among_others_is_corrected_without_a_question(ward):
    await sampled(ward, "Hb 13.1 g/dL 1.5.2026", "Hb 3.1 g/dL 20.5.2026")
    assert "CHECK" not in await corrected(ward, "Haemoglobin of 20 May 2026", "Hb 13.1 g/dL")

    await ward.taps("Confirm")
    assert "Updated: a value arrived or was corrected" in ward.last.text


async def test_a_value_that_is_corrected_into_a_slip_is_asked_about(ward):
    await sampled(ward, "Hb 13.1 g/dL 1.5.2026", "Hb 13.4 g/dL 20.5.2026")

    assert "CHECK: Haemoglobin 3.1 g/dL, taken as typed: 4.2 times less than the last value, 13.1 g/dL." in (
        await corrected(ward, "Haemoglobin of 20 May 2026", "Hb 3.1 g/dL")
    )


async def test_a_slip_that_is_corrected_by_another_slip_is_asked_about(ward):
    """It is near the value that it takes the place of, and far from the others."""
    await sampled(ward, "Hb 13.1 g/dL 1.5.2026", "Hb 3.1 g/dL 20.5.2026")

    assert "4.1 times less than the last value, 13.1 g/dL" in (
        await corrected(ward, "Haemoglobin of 20 May 2026", "Hb 3.2 g/dL")
    )


async def test_a_reading_that_is_chosen_at_a_correction_is_held_against_the_others_too(ward):
    await sampled(ward, "Hb 8.2 g/dL 1.5.2026", "Hb 13.4 g/dL 20.5.2026")
    await corrected(ward, "Haemoglobin of 20 May 2026", "Hb 131 CRP 4 mg/L")
    await ward.taps("Haemoglobin 131 g/L")

    assert "CHECK: Haemoglobin 131 g/L, as chosen: 1.6 times more than the last value, 8.2 g/dL." in ward.last.text


async def test_what_stands_in_a_place_that_was_corrected_before_is_left_out_as_well(ward):
    await sampled(ward, "Hb 13.1 g/dL 1.5.2026", "Hb 3.1 g/dL 20.5.2026")
    await corrected(ward, "Haemoglobin of 20 May 2026", "Hb 3.2 g/dL")
    await ward.taps("Confirm")

    assert "CHECK" not in await corrected(ward, "Haemoglobin of 20 May 2026", "Hb 13.2 g/dL")


# What was before it counts, not what came since


async def test_a_value_is_held_against_the_last_one_before_its_day(ward):
    await sampled(ward, "Hb 13.1 g/dL 1.4.2026", "Hb 8 g/dL 20.5.2026", "Hb 3.1 g/dL 1.5.2026")

    assert "CHECK" not in await corrected(ward, "Haemoglobin of 1 May 2026", "Hb 13.2 g/dL")


async def test_the_first_of_all_values_is_held_against_those_since(ward):
    await sampled(ward, "Hb 13.1 g/dL 1.5.2026", "Hb 13.4 g/dL 20.5.2026")

    assert "4.3 times less than the last value, 13.4 g/dL" in (
        await corrected(ward, "Haemoglobin of 1 May 2026", "Hb 3.1 g/dL")
    )


@pytest.mark.parametrize(
    ("on", "found"),
    [("2026-05-01", ["8"]), ("2026-05-20", ["8", "13"]), ("2026-05-19", ["8"]), ("2026-04-30", ["8", "13"])],
    ids=["on the day", "on the later day", "before the later day", "before all"],
)
def test_what_a_value_is_held_against_by_its_day(on, found):
    labs = [
        Lab(analyte=BY_CODE["hb"], on=date.fromisoformat(day), number=Number(Decimal(value)), given=value)
        for day, value in (("2026-05-20", "13"), ("2026-05-01", "8"))
    ]

    assert list(map(str, known_by(labs, "hb", date.fromisoformat(on)))) == found
    assert known_by(labs, "alt", date.fromisoformat(on)) == []


# Which value it is


async def test_which_value_is_corrected_stands_above_its_question_and_its_review(ward):
    await sampled(ward, "ALT 300 U/L 20.5.2026, Hb 13.1 g/dL 20.5.2026")
    await wrong(ward, "ALT", "Typing error", RIGHT)
    assert ward.last.text.startswith(f"In place of ALT 300 U/L of 20 May 2026.\n\n{CODE} · Laboratory 1/1")
    await ward.says("ALT 30 U/L")

    assert ward.last.text.startswith(f"In place of ALT 300 U/L of 20 May 2026.\n\n{CODE} · Laboratory · review")


async def test_a_value_that_is_entered_anew_is_in_place_of_nothing(ward):
    await sampled(ward, "ALT 300 U/L 20.5.2026")
    await say(ward, f"/p {CODE}", "Laboratory")

    assert "In place of" not in ward.last.text


async def test_a_score_that_is_corrected_is_named_with_its_total_and_day(ward):
    await visit(ward)
    await wrong(ward, "PMS", "Typing error", "Enter the right value")
    assert ward.last.text.startswith(f"In place of PMS 2 of 1 Jun 2026.\n\n{CODE} · PMS · review")


async def test_a_total_that_is_corrected_is_named_as_one(ward):
    await say(ward, f"/pms {CODE} total 8 2 May 2026", "Confirm")
    await wrong(ward, "PMS", "Typing error", "Enter the right value")
    assert ward.last.text.startswith("In place of PMS total 8 of 2 May 2026.\nWithout its items: ")


async def test_a_score_without_all_of_its_items_is_named_by_what_they_leave_possible(ward):
    await say(ward, f"/p {CODE}", "Checklist", "PMS", "1.6.2026", "1", "Not assessed", "Mild", "Confirm")
    await wrong(ward, "PMS", "Typing error", "Enter the right value")
    assert ward.last.text.startswith("In place of PMS 2 to 5 of 1 Jun 2026.\n\n")
