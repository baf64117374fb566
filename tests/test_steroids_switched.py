"""At a visit of whoever takes budesonide, a change of steroids says which one is taken by now."""

import pytest

from tests.conversation import labels
from tests.correcting import say, told
from tests.enrolled import CODE
from tests.test_details import TAKEN
from tests.test_details import told as told_in_details

WHICH = "Which steroid is taken now?"


async def on_budesonide(ward):
    await told_in_details(ward, (TAKEN, "Budesonide", "Done"))


async def changed(ward):
    await say(ward, f"/visit {CODE}", "Seen", "1", "0", "Mild", "No", "Changed")


async def ended(ward):
    await say(ward, "None", "None", "Confirm")


@pytest.mark.parametrize(
    ("now", "mg", "said"),
    [
        ("Prednisolone", "5", "On prednisolone 5 mg/day: not steroid-free."),
        ("Both", "5", "On budesonide and prednisolone 5 mg/day: not steroid-free."),
        ("Budesonide", None, "On budesonide: not steroid-free."),
        ("Not assessed", "5", "On budesonide and prednisolone 5 mg/day: not steroid-free."),
    ],
)
async def test_what_is_taken_by_now_is_what_the_card_says(ward, now, mg, said):
    await on_budesonide(ward)
    await changed(ward)
    assert WHICH in ward.last.text
    assert labels(ward.last)[:3] == ["Prednisolone", "Budesonide", "Both"]
    await ward.taps(now)
    if mg:
        await ward.says(mg)
    await ended(ward)

    assert said in ward.last.text


async def test_a_switch_ends_budesonide_on_the_day_of_the_visit(ward, office, clock):
    await on_budesonide(ward)
    clock.passes(days=14)
    await changed(ward)
    await say(ward, "Prednisolone")
    await ward.says("20")
    await ended(ward)

    assert told(office, "code", "on", "value", kind="medication")[-2:] == [
        ("budesonide", "2026-06-15", '{"stopped": true}'),
        ("corticosteroid", "2026-06-15", '{"prednisolone_mg": "20"}'),
    ]


async def test_whoever_takes_none_is_asked_for_the_dose_alone(ward):
    await changed(ward)

    assert WHICH not in ward.last.text
    assert "Prednisolone or equivalent now, milligrams a day" in ward.last.text
