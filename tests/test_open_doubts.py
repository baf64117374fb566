"""No laboratory value is dropped by a tap on Confirm: a doubt with a choice is settled, what is not taken is named."""

from datetime import date

import pytest

from bot.laboratory import read
from flows.awaited import awaited_said
from tests.conversation import button, labels
from tests.correcting import say
from tests.enrolled import CODE
from tests.mornings import reminded


def of_labs(office):
    return {row.code for row in office.rows("SELECT code FROM observations WHERE kind = 'lab'")}


async def in_a_visit(line, office, text):
    await line.says(f"/visit {CODE}")
    await say(line, "Seen", "1", "0", "Mild", "No", "Unchanged", "None")
    await line.says(text)


async def by_command(line, office, text):
    await line.says(f"/labs {CODE} {text} 1.6.2026")


async def in_reply(line, office, text):
    await reminded(line, office)
    await line.says(f"{text} 1.6.2026", reply_to=line.last)


WAYS = pytest.mark.parametrize("sent", [in_a_visit, by_command, in_reply])


@WAYS
async def test_each_value_in_doubt_is_settled_before_any_counts(ward, office, sent):
    await sent(ward, office, "ANC 750 ALC 400")
    await ward.taps("Confirm")
    assert ward.last.text.startswith("Nothing was filed. Still open: Neutrophils 750, Lymphocytes 400. Tap which it is")
    assert of_labs(office) == set()
    await ward.taps("Neutrophils 750 /µL")
    await ward.taps("Confirm")
    assert ward.last.text.startswith("Nothing was filed. Still open: Lymphocytes 400. Tap which it is")
    await ward.taps("Lymphocytes 400 /µL")
    await ward.taps("Confirm")

    assert of_labs(office) == {"anc", "alc"}
    assert "LIMIT" in ward.last.text


@WAYS
async def test_a_value_that_is_left_out_is_not_asked_about_again(ward, office, sent):
    await sent(ward, office, "CRP 4 ANC 750")
    for label in ("Confirm", "Leave it out", "Confirm"):
        await ward.taps(label)

    assert of_labs(office) == {"crp"}


@WAYS
async def test_what_was_not_understood_is_named_once_before_the_others_count(ward, office, sent):
    await sent(ward, office, "CRP 4; something else 5")
    card, confirm = ward.last, button(ward.last, "Confirm")
    for _ in range(2):  # the second half of a double tap is no second look
        await ward.presses(confirm, card.message_id)
    assert ward.last.text.startswith("Nothing was filed yet. Not understood: no analyte of this list. Send it anew")
    assert "Leave it out" not in labels(ward.last)
    assert of_labs(office) == set()
    await ward.taps("Confirm")

    assert of_labs(office) == {"crp"}


NO_VALUE = "Not understood: no value that can be read whole. Not taken: {}."
STRANGE = "Not understood: not certain what is meant. Not taken: {}."


@pytest.mark.parametrize(
    ("text", "taken", "said"),
    [
        ("CRP 4 FCP 620 hepatitis B negative", ["crp"], [NO_VALUE.format("Calprotectin")]),
        ("CRP normal FCP 120 µg/g", [], [NO_VALUE.format("CRP"), STRANGE.format("Calprotectin")]),
        ("CRP 4 (awaiting) ALT 30 U/L", ["alt"], [NO_VALUE.format("CRP")]),
        ("CRP pending FCP 120 µg/g", ["fcp"], ["Awaited: CRP."]),
        ("CRP 4 mg/L, FCP ausstehend", ["crp"], ["Awaited: calprotectin."]),
        ("CRP 4, CRP 40", [], ["Not understood: two values of one analyte. Not taken: CRP."]),
        ("CRP 4 mg/L urine albumin 3 g/L", [], [NO_VALUE.format("CRP"), STRANGE.format("Albumin")]),
        ("WBC 5.1 ANC 3.1 ANC 60%", ["wbc", "anc"], ["Not understood: the absolute count stands beside it."]),
    ],
)  # fmt: skip
def test_every_analyte_that_is_not_taken_is_named(text, taken, said):
    message = read(text, date(2026, 6, 1))

    assert [each.analyte.code for each in message.labs] == taken
    awaited = awaited_said(message.awaited)
    assert [*(each.said for each in message.doubts), *([awaited] if awaited else [])] == said
