"""What is recorded of a patient is taken back or corrected, never overwritten; an old verdict is replayed."""

import re

import pytest

from bot.api.access import Buckets
from flows.record import Fact, Kind
from tests.conversation import labels
from tests.correcting import recorded, say
from tests.enrolled import CODE, visit
from tests.test_saving import enrol_crohns
from tests.test_team import joined

CROHNS = "CD-0043-G"


async def test_a_wrong_value_is_taken_out_with_its_reason_and_stays_in_the_history(ward, office):
    await visit(ward, labs="CRP 40 mg/L")
    await ward.taps("Correct")
    number = re.search(r"#(\d+) CRP", ward.last.text)[1]
    await ward.taps(f"#{number}")
    await ward.taps("Wrong unit")
    await ward.taps("Only take it out")

    assert "no CRP since the first dose" in ward.last.text
    await ward.says(f"/history {CODE}")
    assert "CRP of 1 Jun 2026: removed · member 1, 1 Jun 2026 · wrong unit" in ward.last.text
    assert f"#{number} CRP of 1 Jun 2026: 40 mg/L · member 1, 1 Jun 2026 · replaced" in ward.last.text


async def test_a_correction_keeps_the_old_value_the_new_one_who_when_and_why(ward, office):
    await visit(ward, labs="CRP 40 mg/L")
    await ward.taps("Correct")
    number = int(re.search(r"#(\d+) CRP", ward.last.text)[1])
    for label in (f"#{number}", "Typing error", "Enter the right value"):
        await ward.taps(label)
    await ward.says("CRP 4 mg/L")
    await ward.taps("Confirm")

    assert "Updated: a value arrived or was corrected" in ward.last.text
    assert "within range, baseline unknown: CRP 4 mg/L" in ward.last.text
    rows = office.rows("SELECT as_given, replaces_id, why, by FROM observations WHERE code = 'crp' ORDER BY id")
    assert [tuple(row) for row in rows] == [("40 mg/L", None, None, 1), ("4 mg/L", number, "typing error", 1)]


async def test_a_corrected_value_keeps_its_day_and_takes_no_other_analyte(ward, office):
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("CRP 40 mg/L 1.5.2026")
    for label in ("Confirm", "Correct"):
        await ward.taps(label)
    number = re.search(r"#(\d+) CRP", ward.last.text)[1]
    for label in (f"#{number}", "Typing error", "Enter the right value"):
        await ward.taps(label)
    await ward.says("ALC 1.2")
    await ward.taps("Confirm")
    assert "(A correction of crp is one value of it. Nothing was changed.)" in "\n".join(ward.transcript)
    await ward.taps("Laboratory")
    await ward.says("CRP 4 mg/L")
    await ward.taps("Confirm")

    rows = office.rows("SELECT as_given, \"on\" FROM observations WHERE kind = 'lab' ORDER BY id")
    assert [(row[0], str(row[1])) for row in rows] == [("40 mg/L", "2026-05-01"), ("4 mg/L", "2026-05-01")]


async def test_a_correction_without_a_value_takes_nothing_out(ward, office):
    await visit(ward, labs="CRP 40 mg/L")
    await ward.taps("Correct")
    number = int(re.search(r"#(\d+) CRP", ward.last.text)[1])
    for label in (f"#{number}", "Typing error", "Enter the right value", "None", "Confirm"):
        await ward.taps(label)

    assert (
        "(A correction is a value; to have none, choose Only take it out. Nothing was changed.)" in ward.transcript[-1]
    )
    assert len(office.rows("SELECT id FROM observations WHERE code = 'crp'")) == 1


async def test_taking_back_goes_on_to_the_entry_before(ward):
    await visit(ward, labs="CRP 3 mg/L")
    await ward.taps("Add labs")
    await ward.says("FCP 120 µg/g")
    await ward.taps("Confirm")
    for what in ("Calprotectin", "PMS"):
        await ward.says(f"/undo {CODE}")

        assert what in ward.last.text
        await ward.taps("Take back")


async def test_what_was_taken_out_by_mistake_comes_back(ward):
    await visit(ward, labs="CRP 40 mg/L")
    await ward.taps("Correct")
    number = re.search(r"#(\d+) CRP", ward.last.text)[1]
    for label in (f"#{number}", "Wrong unit", "Only take it out"):
        await ward.taps(label)
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")

    assert "elevated: CRP 40 mg/L" in ward.last.text


async def test_a_baseline_older_than_its_window_counts_only_once_it_is_accepted(ward):
    await ward.says(f"/p {CODE}")
    for label in ("Checklist", "PMS"):
        await ward.taps(label)
    await ward.says("15.1.2026")
    for label in ("3", "2", "Severe", "Confirm"):
        await ward.taps(label)
    await visit(ward)
    assert "change from baseline" not in ward.last.text
    for label in ("Menu", "Checklist", "Accept old score", "Menu", "Status"):
        await ward.taps(label)

    assert "PMS change from baseline: -6, clinical response by protocol." in ward.last.text


async def test_an_old_verdict_is_replayed_word_for_word_after_a_correction(ward):
    await visit(ward)
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")
    await ward.says("/replay 1")

    assert ward.last.text.splitlines()[1:] == [
        "Then: REMISSION · PMS 2 (remission <= 2)",
        "Now, from the same inputs: identical, word for word.",
    ]


async def test_a_replay_that_differs_says_in_what(ward, office):
    await visit(ward)
    other = office.rows("SELECT report FROM verdicts")[0][0].replace("PMS 2 (remission", "PMS 3 (remission")
    office.rows(f"UPDATE verdicts SET report = '{other.replace(chr(39), chr(39) * 2).replace('%', '%%')}'")
    await ward.says("/replay 1")

    assert ward.last.text.splitlines()[-2:] == [
        "Different, then → now:",
        "Headline: REMISSION · PMS 3 (remission <= 2) → REMISSION · PMS 2 (remission <= 2)",
    ]


async def test_only_the_last_entry_is_taken_back_and_only_once(ward):
    await visit(ward)
    await ward.says(f"/undo {CODE}")
    offer = ward.last
    await visit(ward, labs="CRP 3 mg/L")
    await ward.taps("Take back", message=offer)

    assert "(That is not the last entry any more. Nothing was changed.)" in "\n".join(ward.transcript)


async def test_the_later_of_two_scores_of_a_day_stays_the_later_when_the_earlier_is_corrected_and_that_is_undone(ward):
    await visit(ward)
    await ward.says(f"/visit {CODE}")
    for label in ("Seen", "3", "3", "Severe", "No", "Unchanged", "None", "Not assessed", "Confirm"):
        await ward.taps(label)
    assert ward.last.text.startswith("NOT IN REMISSION · PMS 9")
    await ward.taps("Correct")
    earlier = re.search(r"#(\d+) PMS[^\n]*stool frequency 1", ward.last.text)[1]
    for label in (f"#{earlier}", "Typing error", "Enter the right value", "Stool frequency", "0", "Confirm"):
        await ward.taps(label)
    assert ward.last.text.startswith("NOT IN REMISSION · PMS 9")

    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")
    assert ward.last.text.startswith("NOT IN REMISSION · PMS 9")


@pytest.mark.parametrize("item", ["Risks reviewed", "Medication reviewed"])
async def test_a_review_that_is_only_a_day_is_corrected_by_another_day(ward, item):
    await ward.says(f"/p {CODE}")
    for label in ("Checklist", item, "Today", "Confirm", "Menu", "Correct"):
        await ward.taps(label)
    number = re.search(r"#(\d+) (?:Risk factors|Other drugs)", ward.last.text)[1]
    for label in (f"#{number}", "Wrong day", "Enter the right value"):
        await ward.taps(label)
    await ward.says("20.5.2026")
    await ward.taps("Confirm")

    assert "on 20 May 2026" in ward.last.text.partition("Missing")[0]


async def test_how_induction_goes_on_can_be_told_after_another_pause_was_recorded(ward, monkeypatch):
    monkeypatch.setattr(Buckets, "lets", lambda *_: True)  # as slowly as a person taps
    await enrol_crohns(ward)
    for day, back in (("20.3.2026", "10.5.2026"), ("15.5.2026", "20.5.2026")):
        await say(ward, f"/p {CROHNS}", "Course", "Interruption", day, "Infection", "Confirm")
        await say(ward, f"/p {CROHNS}", "Course", "Restart", back, "45 mg", "Infection resolved")
        if back == "10.5.2026":
            await ward.taps("Not known yet")
        await ward.taps("Confirm")
    await say(ward, f"/p {CROHNS}", "Course", "End of induction", "All of it again, from this day", "12")

    assert "End of 45 mg: no day → 7 Aug 2026" in ward.last.text  # 12 weeks from 10 May, and 5 days more
    await say(ward, "Confirm", f"/p {CROHNS}", "Course")
    assert "counted from its resumption on 10 May 2026" in ward.last.text
    assert "End of induction" not in labels(ward.last)


async def test_how_long_induction_is_meant_to_be_is_taken_back_by_a_doctor_alone(ward, office):
    weeks = Fact(kind=Kind.PERSON, code="induction_weeks", value={"is": 12})
    await recorded(office, 1, 99, weeks)
    nurse = await joined(ward, office, "nurse")
    await nurse.says(f"/undo {CODE}")
    await nurse.taps("Take back")

    assert "only a doctor" in nurse.transcript[-1].casefold()
    assert office.rows("SELECT count(*) FROM observations WHERE code = 'induction_weeks'") == [(1,)]
