"""A reminder on screen never claims of an item what is not so any more, once a value or a correction has changed it."""

import pytest

from flows.reminder import State
from tests.conversation import labels
from tests.enrolled import CODE, visit
from tests.mornings import joins, reminded, rows_of

BLOOD_COUNT = "ANC 3 ALC 1.2 Hb 13"


async def one_by_one(line, *ways):
    await line.says(f"/due {CODE}")
    for label in ("One by one", "Week 12: blood count", *ways):
        await line.taps(label)
    return line.last


def stands(card):
    """What a card says of the blood count."""
    (line,) = (each for each in card.text.splitlines() if "Week 12: blood count" in each)
    return line.partition(":")[0]


@pytest.mark.parametrize(
    ("ways", "before"),
    [
        (("Not possible", "Refused by the patient"), "NOT POSSIBLE"),
        (("Awaiting result",), "AWAITING RESULT to 11 Jun 2026"),
        (("Snooze", "1 week"), "SNOOZED to 8 Jun 2026"),
    ],
    ids=["not possible", "awaited", "snoozed"],
)
async def test_what_a_card_says_of_an_item_is_rewritten_when_a_value_clears_it(ward, office, ways, before):
    colleague = await joins(office, "colleague")
    theirs = await one_by_one(colleague)
    card = await one_by_one(ward, *ways)
    assert stands(card) == before
    await visit(ward, labs=BLOOD_COUNT)
    await colleague.settled()

    assert rows_of(office, "wk12_cbc")[0] == State.CLEARED
    assert (stands(card), stands(theirs)) == ("CLEARED", "CLEARED")


async def test_a_card_of_which_nothing_is_open_is_rewritten_too(ward, office):
    card = await one_by_one(ward)
    colleague = await joins(office, "colleague")
    await one_by_one(colleague, "Not possible", "Refused by the patient")
    await ward.settled()
    assert stands(card) == "NOT POSSIBLE"
    assert labels(card) == ["Schedule", "Calendar", "Menu"]
    await visit(colleague, labs=BLOOD_COUNT)
    await ward.settled()

    assert stands(card) == "CLEARED"


async def test_what_is_open_again_is_not_said_to_be_settled(ward, office):
    await reminded(ward, office)
    card = ward.last
    await visit(ward, labs=BLOOD_COUNT)
    assert stands(card) == "CLEARED"
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")

    assert rows_of(office, "wk12_cbc")[0] == State.PLANNED
    assert stands(card) == "DUE"
    await ward.taps("Snooze", message=card)
    assert "for how long?" in card.text


async def test_a_card_that_shows_something_else_by_now_is_left_alone(ward):
    card = await one_by_one(ward, "Not possible", "Refused by the patient", "Menu")
    await visit(ward, labs=BLOOD_COUNT)

    assert "Week 12: blood count" not in card.text
