"""What a correction or a taking out gave back when it was undone belongs to its own entry again, and goes with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.record import Fact, Kind, Observation, standing, void
from flows.undoing import TAKEN_BACK, last_entry
from tests.conversation import labels
from tests.correcting import say, told, wrong
from tests.enrolled import CODE, visit
from tests.sealed import checked
from tests.test_filing import NOW

RIGHT = "Enter the right value"

pytestmark = pytest.mark.usefixtures("unhurried")


async def corrected(line, value):
    await wrong(line, "CRP", "Typing error", RIGHT)
    await line.says(value)
    await line.taps("Confirm")


async def undo(line, times=1):
    """What was taken back last."""
    for _ in range(times):
        await line.says(f"/undo {CODE}")
        offered = line.last.text
        await line.taps("Take back")
    return offered


async def stands(line):
    await say(line, f"/p {CODE}", "Correct")
    return line.last.text


async def test_a_visit_whose_correction_was_undone_is_taken_back_whole(ward):
    await visit(ward, labs="CRP 40 mg/L")
    await corrected(ward, "CRP 4 mg/L")
    assert "score" not in await undo(ward)
    assert "40 mg/L" in await stands(ward)
    offered = await undo(ward)

    assert "CRP of 1 Jun 2026: 40 mg/L" in offered
    assert "PMS" in offered
    assert "crp" not in await stands(ward)
    assert "partial_mayo" not in ward.last.text


async def test_so_is_one_of_which_a_value_was_taken_out_and_brought_back(ward):
    await visit(ward, labs="CRP 40 mg/L")
    await wrong(ward, "CRP", "Wrong unit", "Only take it out")
    await undo(ward)
    assert "CRP of 1 Jun 2026: 40 mg/L" in await undo(ward)

    assert "crp" not in await stands(ward)


async def test_of_two_corrections_the_first_is_undone_after_the_second_and_then_the_visit(ward, office):
    await visit(ward, labs="CRP 40 mg/L")
    await corrected(ward, "CRP 4 mg/L")
    await corrected(ward, "CRP 5 mg/L")
    await undo(ward)
    assert "4 mg/L" in await stands(ward)
    await undo(ward)
    assert "40 mg/L" in await stands(ward)
    await undo(ward)
    assert "crp" not in await stands(ward)

    assert [row[0] for row in told(office, "as_given", kind="lab")] == [
        "40 mg/L", "4 mg/L", "5 mg/L", "4 mg/L", "40 mg/L", None,
    ]  # fmt: skip


async def test_what_was_corrected_once_more_after_an_undo_goes_its_own_way(ward):
    await visit(ward, labs="CRP 40 mg/L")
    await corrected(ward, "CRP 4 mg/L")
    await undo(ward)
    await corrected(ward, "CRP 5 mg/L")
    assert "score" not in await undo(ward)
    assert "40 mg/L" in await stands(ward)
    await undo(ward)

    assert "crp" not in await stands(ward)


async def test_in_the_end_everything_is_taken_back_and_the_record_is_whole(ward, office):
    await visit(ward, labs="CRP 40 mg/L")
    await corrected(ward, "CRP 4 mg/L")
    await undo(ward)
    await ward.says(f"/undo {CODE}")
    while "Take back" in labels(ward.last):
        await say(ward, "Take back", f"/undo {CODE}")
    assert "nothing is recorded that could be taken back" in ward.last.text
    assert "#" not in await stands(ward)
    assert checked(office.url).broken == ()


# Of any record


class Record:
    """What is written of a patient, as the store writes it, and every state that undo leads back to."""

    def __init__(self):
        self.written, self.states, self.entries = [], [[]], 0

    def write(self, pairs, why=None):
        self.entries += 1
        for replaced, fact in pairs:
            self.written.append(
                Observation(
                    id=len(self.written) + 1,
                    fact=fact,
                    by=1,
                    at=NOW,
                    entry=self.entries,
                    replaces=replaced and replaced.id,
                    why=why if replaced else None,
                )
            )

    def values(self):
        return [each.fact.value for each in standing(self.written)]

    def does(self, draw):
        """One act of a person: values told, one corrected, some taken out, or the last entry taken back."""
        stands, last = standing(self.written), last_entry(self.written, ())
        act = draw(st.sampled_from(["tell", *(["correct", "take out"] * bool(stands)), *(["undo"] * 2 * bool(last))]))
        if act == "undo":
            self.write([(each, before) for each, before in last.pairs], TAKEN_BACK)
            self.states.pop()
            return
        told = [(None, lab(draw(st.integers(0, 9)))) for _ in range(draw(st.integers(1, 3)))]
        wrong = draw(st.lists(st.sampled_from(stands), min_size=1, max_size=2, unique_by=id)) if stands else []
        pairs = {
            "tell": told,
            "correct": [(wrong[0], lab(draw(st.integers(10, 99))))] if wrong else [],
            "take out": [(each, void(each.fact)) for each in wrong],
        }
        self.write(pairs[act], "typing error")
        self.states.append(self.values())


def lab(value):
    return Fact(kind=Kind.LAB, code="crp", on=NOW.date(), value={"value": value})


@settings(max_examples=300)
@given(st.data())
def test_undo_leads_back_through_every_state_of_a_record_to_its_beginning(data):
    record = Record()
    for _ in range(data.draw(st.integers(1, 12))):
        record.does(data.draw)
        assert record.values() == record.states[-1]
    while (last := last_entry(record.written, ())) is not None:
        record.write(last.pairs, TAKEN_BACK)
        record.states.pop()
        assert record.values() == record.states[-1]

    assert record.states == [[]]


def test_an_entry_with_a_fact_that_is_final_is_not_taken_back():
    record = Record()
    record.write([(None, lab(1))])
    record.write([(None, Fact(kind=Kind.NOTE, code="handed_over", value={})), (None, lab(2))])

    assert last_entry(record.written, ("handed_over",)).number == 1
    assert last_entry(record.written, ()).number == 2
    assert last_entry([], ()) is None
