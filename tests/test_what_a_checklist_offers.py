"""The buttons of a checklist: what can still be entered, and nothing that it does not ask of this patient."""

import pytest

from tests.conversation import labels
from tests.correcting import say
from tests.enrolled import CODE

TEST, ASKED = "Pregnancy test", "Pregnancy status"

pytestmark = pytest.mark.usefixtures("unhurried")


async def checklist_of(line, *answers):
    """With these answers to year of birth, sex and what follows in the details."""
    await say(line, f"/p {CODE}", "Details", *answers)
    while "Confirm" not in labels(line.last):
        await line.taps("Unchanged")
    await say(line, "Confirm", f"/p {CODE}", "Checklist")
    return line.last


@pytest.mark.parametrize(
    ("answers", "is_asked"),
    [
        (("Unchanged", "Unchanged"), True),
        (("Unchanged", "Male"), False),
        (("Unchanged", "Female", "No"), False),
        (("Unchanged", "Female", "Yes"), True),
    ],
    ids=["nobody said", "a man", "no child-bearing potential", "child-bearing potential"],
)
async def test_a_pregnancy_test_is_offered_where_the_checklist_asks_for_it(ward, answers, is_asked):
    checklist = await checklist_of(ward, *answers)

    assert (ASKED in checklist.text, TEST in labels(checklist)) == (is_asked, is_asked)


async def test_what_is_done_is_not_offered_again(ward):
    await say(ward, f"/p {CODE}", "Checklist")
    assert "IGRA" in labels(ward.last)
    await say(ward, "IGRA", "9.3.2026", "Negative", "Confirm")

    assert "IGRA" not in labels(ward.last)
