"""What was settled and is not any more is named on the card, and stands in what is due. PRODUCT.md 5."""

from tests.correcting import say, wrong
from tests.enrolled import CODE, visit
from tests.test_newer_verdicts import opened_again


async def baseline_score(line):
    await say(line, f"/p {CODE}", "Checklist", "PMS", "1.3.2026", "2", "2", "Severe", "Confirm")


async def test_a_baseline_that_is_taken_out_is_open_again_though_a_later_score_has_its_place(ward):
    await baseline_score(ward)
    await wrong(ward, "PMS", "Wrong patient", "Only take it out")
    assert opened_again(ward.last.text) == "Open again: Baseline: PMS."
    await ward.taps("Due")

    missed = next(line for line in ward.last.text.splitlines() if line.startswith("MISSED"))
    assert "PMS" in missed
    assert missed.endswith("Later items have taken their place; the checklist still takes them.")


async def test_biomarkers_of_the_baseline_that_are_taken_out_are_open_again(ward):
    await say(ward, f"/p {CODE}", "Laboratory")
    await ward.says("CRP 9 FCP 900 1.3.2026")
    await ward.taps("Confirm")
    await wrong(ward, "CRP", "Wrong unit", "Only take it out")

    assert opened_again(ward.last.text) == "Open again: Baseline: CRP and calprotectin."


async def test_a_screening_that_is_taken_out_is_open_again_before_any_verdict_too(ward):
    await say(ward, f"/p {CODE}", "Checklist", "IGRA", "1.3.2026", "Negative", "Confirm")
    await wrong(ward, "IGRA", "Wrong patient", "Only take it out")

    assert opened_again(ward.last.text) == "Open again: IGRA."
    assert "Updated" not in ward.last.text


async def test_a_result_that_turns_out_positive_opens_its_item_again(ward):
    await say(ward, f"/p {CODE}", "Checklist", "IGRA", "1.3.2026", "Negative", "Confirm")
    await visit(ward)
    await say(ward, f"/p {CODE}", "Checklist", "IGRA", "1.6.2026", "Positive", "Confirm")

    assert opened_again(ward.last.text) == "Open again: IGRA."


async def test_started_elsewhere_that_is_taken_back_opens_what_it_had_closed(ward):
    await say(ward, f"/p {CODE}", "Checklist", "Started elsewhere", f"/undo {CODE}", "Take back")

    assert opened_again(ward.last.text) == "Open again: Baseline: PMS; Baseline: CRP and calprotectin; Baseline: MES."


async def test_an_acceptance_that_is_taken_back_opens_its_baseline_again(ward):
    await ward.says(f"/pms {CODE} total 8 15 Jan 2026")
    await say(ward, "Confirm", f"/p {CODE}", "Checklist", "Accept old score", f"/undo {CODE}", "Take back")

    assert opened_again(ward.last.text) == "Open again: Baseline: PMS."


async def test_what_was_not_possible_and_is_taken_back_is_open_again(ward):
    await say(ward, f"/due {CODE}", "One by one", "Week 12: lipids", "Not possible", "Refused by the patient")
    await say(ward, f"/undo {CODE}", "Take back")

    assert opened_again(ward.last.text) == "Open again: Week 12: lipids."
