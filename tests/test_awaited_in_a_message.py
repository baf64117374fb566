"""A value of a message that is said to be awaited: what waits for it alone is recorded as awaited from that day on."""

from datetime import date

import pytest

from bot.laboratory import read, samples
from flows.sampled import awaited_in
from tests.correcting import say
from tests.enrolled import CODE
from tests.test_awaited_since_a_visit import awaited

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("crp 5 fcp awaiting", ["fcp"]),
        ("CRP pending, FCP pending", ["crp", "fcp"]),
        ("CRP 4 mg/L; FCP ausstehend.", ["fcp"]),
        ("CRP 4 mg/L FCP (awaiting)", ["fcp"]),
        ("CRP 4 (awaiting) ALT 30 U/L", []),
        ("CRP 4 FCP normal", []),
        ("CRP 4 hepatitis B awaiting", []),
    ],
    ids=["one", "two", "in German", "in brackets", "beside a number", "another word", "no analyte"],
)
def test_what_is_awaited_is_what_is_named_without_a_number(text, codes):
    assert awaited_in(samples(read(text, TODAY))) == codes


def said(message):
    return [each.said for each in message.doubts]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("24.4.2026 FCP awaiting", []),
        ("24.4.2026: FCP awaiting", []),
        ("FCP awaiting 24.4.2026", []),
        ("FCP awaiting (24.4.2026)", []),
        ("24.4.2026\nFCP awaiting", []),
        ("24.4.2026\nFCP awaiting\nCRP 4 3.5.2026", ["crp"]),
    ],
)
def test_a_day_that_no_value_has_is_named_beside_what_is_awaited(text, values):
    message = read(text, TODAY)

    assert ([each.analyte.code for each in message.labs], message.awaited) == (values, ("fcp",))
    assert said(message) == ["Not understood: 24 Apr 2026 beside what is awaited."]


@pytest.mark.parametrize(
    "text",
    [
        "24.4.2026 CRP 4 FCP awaiting",
        "CRP 4 FCP awaiting 24.4.2026",
        "24.4.2026\nCRP 4\nFCP awaiting",
        "FCP awaiting, CRP 4 24.4.2026",
    ],
)
def test_a_day_that_a_value_has_is_understood(text):
    message = read(text, TODAY)

    assert [str(each.on) for each in message.labs] == ["2026-04-24"]
    assert (message.awaited, said(message)) == (("fcp",), [])


def test_what_is_awaited_is_open_where_a_day_stands_between_it_and_a_value():
    message = read("FCP awaiting 24.4.2026 CRP 4", TODAY)

    assert (message.labs, message.awaited) == ((), ())
    assert said(message) == ["Not understood: not certain what is meant. Not taken: Calprotectin, CRP."]


@pytest.mark.parametrize("text", ["FCP result pending", "FCP is still awaited", "FCP: pending", "FCP - awaiting"])
def test_small_words_between_are_understood(text):
    assert (read(text, TODAY).awaited, said(read(text, TODAY))) == (("fcp",), [])


@pytest.mark.parametrize(
    ("text", "values", "why"),
    [
        ("FCP not yet awaiting", [], "no value that can be read whole"),
        ("CRP 4 FCP not awaiting", ["crp"], "no value that can be read whole"),
        ("CRP 4 FCP not pending, ALT 30", ["crp", "alt"], "no value that can be read whole"),
        ("FCP no longer pending", [], "no value that can be read whole"),
        ("no FCP awaiting", [], "not certain what is meant"),
    ],
)
def test_what_is_said_not_to_be_awaited_is_named_as_not_understood(text, values, why):
    message = read(text, TODAY)

    assert ([each.analyte.code for each in message.labs], message.awaited) == (values, ())
    assert f"Not understood: {why}. Not taken: Calprotectin." in said(message)


def test_of_two_only_that_before_the_word_is_awaited():
    message = read("FCP, CRP pending", TODAY)

    assert message.awaited == ("crp",)
    assert said(message) == ["Not understood: no value that can be read whole. Not taken: Calprotectin."]


async def in_a_visit(line, text):
    await say(line, f"/visit {CODE}", "Seen", "1", "0", "Mild", "No", "Unchanged", "None")
    await line.says(text)


async def test_at_a_visit_an_item_that_lacks_only_that_value_is_awaited_from_its_day_on(ward, office):
    await in_a_visit(ward, "crp 5 fcp awaiting")
    assert "Awaited: calprotectin. What is due and waits for nothing else is recorded so." in ward.last.text
    assert "Not understood" not in ward.last.text
    assert "Not taken" not in ward.last.text
    await say(ward, "Confirm")

    assert awaited(office) == {"wk12_bio": "2026-06-01"}
    assert "Missing: Calprotectin: awaited since 1 Jun 2026." in ward.last.text


async def test_an_item_that_lacks_another_value_besides_is_not(ward, office):
    await in_a_visit(ward, "alt 30 U/L fcp awaiting")
    assert "Else nothing is recorded of it." in ward.last.text
    await say(ward, "Confirm")

    assert awaited(office) == {}


async def test_without_the_word_nothing_is_awaited(ward, office):
    await in_a_visit(ward, "crp 5 fcp normal")
    assert "Awaited:" not in ward.last.text
    await say(ward, "Confirm", "Confirm")

    assert awaited(office) == {}


async def test_a_message_that_says_of_a_value_only_that_it_is_awaited_is_taken(ward, office):
    await in_a_visit(ward, "FCP awaiting, CRP pending")
    assert "Laboratory: none\n" in ward.last.text
    assert "Awaited: calprotectin, CRP." in ward.last.text
    await say(ward, "Confirm")

    assert awaited(office) == {"wk12_bio": "2026-06-01"}


async def as_a_quick_check(line, text):
    await line.says(f"/labs {text}")
    await say(line, "Save to a patient", CODE)


async def test_of_a_quick_check_that_is_saved_it_is_awaited_from_the_day_of_the_check_on(ward, office):
    await as_a_quick_check(ward, "crp 5 fcp awaiting")
    assert "Awaited: calprotectin. What is due and waits for nothing else is recorded so." in ward.last.text
    await say(ward, "Confirm")

    assert awaited(office) == {"wk12_bio": "2026-06-01"}
    assert "Missing: Calprotectin: awaited since 1 Jun 2026." in ward.last.text


async def test_of_a_quick_check_saved_later_it_is_that_of_the_day_on_which_it_was_typed(ward, office):
    office.clock.now = office.clock.now.replace(hour=21, minute=40)
    await as_a_quick_check(ward, "crp 5 fcp awaiting")
    office.clock.passes(minutes=40)
    await say(ward, "Confirm")

    assert awaited(office) == {"wk12_bio": "2026-06-01"}


@pytest.mark.parametrize(
    ("text", "confirms"), [("alt 30 U/L fcp awaiting", ["Confirm"]), ("crp 5 fcp normal", ["Confirm", "Confirm"])]
)
async def test_of_a_quick_check_without_the_word_or_with_another_value_missing_nothing_is(ward, office, text, confirms):
    await as_a_quick_check(ward, text)
    await say(ward, *confirms)

    assert awaited(office) == {}


def test_what_else_of_the_message_is_not_understood_is_still_named():
    message = read("CRP 4 FCP awaiting, ALT normal", TODAY)

    assert [each.said for each in message.doubts] == [
        "Not understood: no value that can be read whole. Not taken: ALT."
    ]
    assert awaited_in(samples(message)) == ["fcp"]


async def test_a_quick_check_says_what_is_awaited_and_holds_nothing_open(ward):
    await ward.says("/labs CRP 4 FCP awaiting")

    assert "LABORATORY · 1 value\n" in ward.last.text
    assert "Awaited: calprotectin." in ward.last.text
    assert "Not understood" not in ward.last.text
