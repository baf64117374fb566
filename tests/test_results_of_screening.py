"""A screening result in the chat: said on the card at once, and in front of what is due while something is open."""

import re

import pytest

from tests.conversation import labels
from tests.correcting import say
from tests.enrolled import CODE, visit

UPDATED = "Updated: a value arrived or was corrected since the last card."


async def screened(line, item, *answers, on="1.6.2026"):
    await say(line, f"/p {CODE}", "Checklist", item)
    await line.says(on)
    for label in (*answers, "Confirm"):
        await line.taps(label)


def due_next(line):
    return next(each for each in line.last.text.splitlines() if each.startswith("Due next"))


@pytest.mark.parametrize(
    ("item", "answers", "said"),
    [
        ("IGRA", ("Positive",), "IGRA positive (1 Jun 2026)"),
        ("Hepatitis B", ("Negative", "Positive", "Not known"), "CHECK: US label: not recommended in active hepatitis"),
        ("Hepatitis B", ("Positive", "Not known"), "HBsAg positive (1 Jun 2026)"),
    ],
    ids=["IGRA", "anti-HBc", "HBsAg"],
)
async def test_a_positive_result_after_a_verdict_says_the_card_anew_with_a_check(ward, item, answers, said):
    await visit(ward)
    await screened(ward, item, *answers)

    assert UPDATED in ward.last.text
    assert ward.last.text.startswith("REMISSION · PMS 2")
    assert said in ward.last.text


async def test_what_is_grave_alone_is_said_in_full_on_a_long_card(ward):
    await visit(ward, labs="CRP 4 FCP 90 ANC 3 ALC 1.5 Hb 13 ALT 20")
    await screened(ward, "IGRA", "Positive")

    assert "IGRA positive (1 Jun 2026)" in ward.last.text
    assert "more under Safety" not in ward.last.text
    assert len(ward.last.text) <= 1200


async def test_the_card_before_keeps_its_words_loses_its_buttons_and_is_replayed(ward):
    await visit(ward)
    old, words = ward.last, ward.last.text
    await screened(ward, "IGRA", "Positive")
    assert (old.text, labels(old)) == (words, [])
    await ward.says("/replay 1")

    assert "identical, word for word" in ward.last.text


async def test_without_a_verdict_a_result_shows_the_checklist(ward):
    await screened(ward, "IGRA", "Positive")

    assert "Baseline checklist" in ward.last.text
    assert "CHECK: US label: latent tuberculosis is treated first" in ward.last.text


async def test_the_card_of_a_result_leads_back_to_the_checklist(ward):
    await visit(ward)
    await screened(ward, "IGRA", "Negative")
    assert UPDATED in ward.last.text
    await ward.taps("Checklist")

    assert "Baseline checklist" in ward.last.text


@pytest.mark.parametrize("result", ["Positive", "Indeterminate"])
async def test_what_a_result_leaves_open_stands_in_front_of_what_is_due(ward, result):
    await visit(ward)
    await screened(ward, "IGRA", result)

    opened = "repeat IGRA" if result == "Indeterminate" else "latent tuberculosis: evaluation and treatment"
    assert due_next(ward).startswith(f"Due next: IGRA (awaited since 1 Jun 2026: {opened}); Renal function (overdue")
    await ward.taps("Due")
    assert "AWAITING: IGRA, due 9 Mar 2026 (10 Sep 2025 to 9 Mar 2026). " in ward.last.text
    assert f"awaited since 1 Jun 2026: {opened}." in ward.last.text


async def test_the_long_note_says_what_is_open_too(ward):
    await visit(ward)
    await screened(ward, "IGRA", "Positive")
    await ward.taps("Long note")

    assert "Due next: IGRA, awaited since 1 Jun 2026: latent tuberculosis" in ward.last.text


async def test_a_later_negative_igra_does_not_undo_a_positive_one(ward):
    await screened(ward, "IGRA", "Positive", on="20.5.2026")
    await visit(ward)
    await screened(ward, "IGRA", "Negative")
    assert "IGRA positive (20 May 2026)" in ward.last.text
    await ward.taps("Safety")

    assert "negative on 1 Jun 2026" in ward.last.text


async def test_a_positive_igra_that_is_taken_out_is_not_said_any_more(ward):
    await visit(ward)
    await screened(ward, "IGRA", "Positive")
    await ward.taps("Correct")
    number = re.search(r"#(\d+) IGRA", ward.last.text)[1]
    for label in (f"#{number}", "Wrong patient", "Only take it out"):
        await ward.taps(label)

    assert "IGRA positive" not in ward.last.text
