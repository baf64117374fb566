"""A newer verdict card says what it opened again, and an older one of the patient has no buttons any more."""

import re

from tests.conftest import NURSE
from tests.conversation import button, labels
from tests.enrolled import CODE, visit

BLOOD = "ANC 3 ALC 1.5 Hb 13 ALT 20"


async def taken_out(line, analyte):
    await line.taps("Correct")
    number = re.search(rf"#(\d+) {analyte}", line.last.text)[1]
    for label in (f"#{number}", "Wrong unit", "Only take it out"):
        await line.taps(label)


async def a_nurse(office, doctor):
    await doctor.says("/invite nurse")
    code = re.search(r"/start (\S+)", doctor.last.text)[1]
    nurse = office.line("nurse", NURSE.user_id)
    await nurse.says(f"/start {code}")
    return nurse


def opened_again(text):
    return next((line for line in text.splitlines() if line.startswith("Open again")), None)


async def test_a_value_that_is_taken_out_opens_its_items_again_and_the_card_names_them(ward):
    await visit(ward, labs=BLOOD)
    assert opened_again(ward.last.text) is None
    await taken_out(ward, "Lymphocytes")

    assert opened_again(ward.last.text) == "Open again: Week 12: blood count."


async def test_an_entry_that_is_taken_back_names_all_that_it_opens_again(ward):
    await visit(ward, labs=f"{BLOOD} CRP 4 FCP 90")
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")

    assert opened_again(ward.last.text) == (
        "Open again: End of induction, response: PMS, CRP, calprotectin; Week 12: blood count; "
        "Week 12: liver tests; Week 12: CRP, calprotectin."
    )


async def test_a_value_that_arrives_or_is_put_right_opens_nothing(ward):
    await visit(ward, labs=BLOOD)
    await ward.taps("Add labs")
    await ward.says("CRP 4 mg/L")
    await ward.taps("Confirm")
    assert "Updated:" in ward.last.text
    assert opened_again(ward.last.text) is None
    await ward.taps("Correct")
    number = re.search(r"#(\d+) Lymphocytes", ward.last.text)[1]
    for label in (f"#{number}", "Typing error", "Enter the right value"):
        await ward.taps(label)
    await ward.says("ALC 1.2")
    await ward.taps("Confirm")

    assert "Updated:" in ward.last.text
    assert opened_again(ward.last.text) is None


async def test_an_older_verdict_card_keeps_its_words_and_loses_its_buttons(ward):
    await visit(ward)
    old, words = ward.last, ward.last.text
    await ward.says(f"/status {CODE}")

    assert (old.text, labels(old)) == (words, [])
    assert "Why" in labels(ward.last)


async def test_a_tap_on_an_older_verdict_card_does_nothing_and_names_the_newer_one(ward, office):
    await visit(ward)
    old, why = ward.last, button(ward.last, "Why")
    await ward.says(f"/status {CODE}")
    entries = office.rows("SELECT count(*) FROM audit WHERE verb = 'read'")
    await ward.presses(why, old.message_id)

    assert ward.transcript[-1] == f"   bot: (A newer card has taken the place of this one: /status {CODE}.)"
    assert office.rows("SELECT count(*) FROM audit WHERE verb = 'read'") == entries


async def test_the_verdict_card_of_a_colleague_loses_its_buttons_too_and_no_other_card_does(ward, office):
    nurse = await a_nurse(office, ward)
    await nurse.says(f"/p {CODE}")
    menu = nurse.last
    await nurse.says(f"/status {CODE}")
    old = nurse.last
    await visit(ward)
    await nurse.settled()

    assert (labels(old), "Visit" in labels(menu)) == ([], True)


async def test_the_buttons_of_a_verdict_that_were_offered_again_go_with_it(ward):
    """Among them is the one that copies what was said."""
    await ward.says(f"/status {CODE}")
    await ward.says("what now")
    offered = ward.last
    assert "Copy note" in labels(offered)
    await ward.says(f"/status {CODE}")

    assert labels(offered) == []


async def test_a_card_that_has_gone_on_to_another_page_is_no_verdict_card(ward):
    await visit(ward)
    await ward.taps("Safety")
    safety = ward.last
    await ward.says(f"/status {CODE}")

    assert labels(safety) == ["Copy note", "Status", "Menu"]


async def test_an_older_verdict_stays_to_be_replayed(ward):
    await visit(ward, labs=BLOOD)
    await taken_out(ward, "Lymphocytes")
    await ward.says("/replay 1")

    assert "identical, word for word" in ward.last.text
