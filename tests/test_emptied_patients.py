"""A patient of whom nothing is recorded any more keeps the code: what may be done with it is said."""

import pytest

from flows.record import Fact, Kind
from tests.conversation import labels
from tests.correcting import recorded, say
from tests.enrolled import CODE, visit

NOTHING_LEFT = (
    f"{CODE} is enrolled already, and nothing stands in its record: /p {CODE} opens it, and Details, Checklist and "
    "Course take what is known. The code is given to nobody else: another patient needs another pseudonym."
)
TAKEN = f"{CODE} is taken already: /p {CODE} opens it."

pytestmark = pytest.mark.usefixtures("unhurried")


async def emptied(line):
    """Take back all that was ever recorded."""
    await say(line, f"/undo {CODE}")
    while "Take back" in labels(line.last):
        await say(line, "Take back", f"/undo {CODE}")


@pytest.mark.parametrize("typed", ["CD-0042", CODE, "cd0042i"])
async def test_a_code_of_which_all_was_taken_back_is_not_free_and_says_what_can_be_done(ward, typed):
    await visit(ward)
    await emptied(ward)
    await ward.says(f"/new {typed}")

    assert ward.last.text == NOTHING_LEFT


async def test_what_it_says_can_be_done(ward):
    await emptied(ward)
    await say(ward, "/new CD-0042", f"/p {CODE}", "Details", "1980", "Female")
    assert f"{CODE} · Details 3/" in ward.last.text
    await say(ward, "/cancel", "Discard", f"/p {CODE}", "First dose", "9.3.2026", "45 mg")
    await say(ward, "Indication confirmed as decided", "Confirm")
    assert "45 mg since 9 Mar 2026" in ward.last.text
    await say(ward, "Menu", "Checklist", "PMS", "9.3.2026", "3", "2", "Severe", "Confirm")
    assert "PMS" in ward.last.text


async def test_as_soon_as_something_stands_again_it_is_taken_like_any_other(ward):
    await emptied(ward)
    await say(ward, f"/p {CODE}", "Stool test", "30.5.2026", "Negative", "Confirm", "/new CD-0042")

    assert ward.last.text == TAKEN


async def test_one_that_comes_back_is_taken_like_any_other(ward):
    await ward.says("/new CD-0042")

    assert ward.last.text == TAKEN


async def test_a_note_of_who_is_responsible_is_nothing_that_was_recorded_of_the_patient(ward, office):
    await emptied(ward)
    note = Fact(kind=Kind.NOTE, code="handed_over", value={"from_member": 1, "to_member": 2, "reason": "Holiday"})
    await recorded(office, 1, 9, note)
    await ward.says("/new CD-0042")

    assert ward.last.text == NOTHING_LEFT


async def test_who_is_told_what_stands_of_a_patient_has_read_it(ward, office):
    before = len(office.rows("SELECT id FROM audit WHERE verb = 'read' AND patient_id = 1"))
    await ward.says("/new CD-0042")

    assert len(office.rows("SELECT id FROM audit WHERE verb = 'read' AND patient_id = 1")) == before + 1
