"""The units of the clinic's laboratory: set once by an owner, said with every prompt, and what a bare number is in."""

from datetime import date
from decimal import Decimal

import pytest

from bot.laboratory import read
from flows.analytes import BY_CODE
from flows.clinic_units import CHOICES, is_set, known, unit_of, units_in_words
from flows.laboratory import AskUnit, weigh
from flows.quantities import Number
from store.members import Role
from tests.conversation import labels
from tests.enrolled import CODE
from tests.mornings import joins

TODAY = date(2026, 6, 1)
SI = {"crp": "mg/dL", "alt": "ukat/L", "hb": "mmol/L", "bilirubin": "umol/L", "triglycerides": "mmol/L", "anc": "/uL"}
ASSUMED = "Assumed without a unit, not set in /settings: CRP mg/L; FCP µg/g; Hb, albumin g/dL; Hct %"


def taken(text):
    message = read(text, TODAY, clinic=known(SI))
    return [str(each) for each in message.labs], [each.said for each in message.doubts]


async def set_units(line, *buttons):
    await line.says("/settings")
    await line.taps("Laboratory units")
    for each in buttons:
        await line.taps(each)


# What a number without a unit is


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("CRP 3.1", "31 mg/L"),
        ("CRP 3.1 mg/L", "3.1 mg/L"),
        ("ALT 5", "300 U/L"),
        ("ALT 0.4", "24 U/L"),
        ("ANC 1200", "1.2 ×10⁹/L"),
        ("FCP 120", "120 µg/g"),
        ("TG 1.5", "132.855 mg/dL"),
    ],
)
def test_a_number_without_a_unit_is_in_the_clinics_and_one_with_a_unit_in_its_own(typed, value):
    assert taken(typed) == ([value], [])


@pytest.mark.parametrize(
    ("typed", "asked"), [("4.4", False), ("4.5", True), ("7.6", True), ("11", True), ("11.1", False)]
)
def test_a_haemoglobin_that_can_be_in_either_unit_is_asked_about_where_the_clinic_knows_mmol(typed, asked):
    outcome = weigh(BY_CODE["hb"], Number(Decimal(typed)), None, clinic=known(SI))

    assert isinstance(outcome, AskUnit) is asked


def test_what_is_plausible_in_another_unit_alone_is_asked_about():
    outcome = weigh(BY_CODE["alt"], Number(Decimal("200")), None, clinic=known(SI))

    assert isinstance(outcome, AskUnit)
    assert [str(each) for each in outcome.candidates] == ["ALT 200 U/L"]


def test_limits_beside_a_number_without_a_unit_are_in_the_clinics_too():
    (lab,) = read("CRP 3.1 (0-0.5)", TODAY, clinic=known(SI)).labs

    assert lab.upper == 5


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("bilirubin 40", "above 2 mg/dL: µmol/L or mg/dL?"),
        ("bilirubin 0.6", "nearly none: µmol/L or mg/dL?"),
        ("TG 0.3", "below 30"),
        ("CRP 31", "above 300 mg/L is rare"),
    ],
)
def test_a_doubt_names_the_units_that_can_be_meant(typed, asked):
    _, (said,) = taken(typed)

    assert f"({asked});" in said


def test_without_a_clinic_a_number_is_in_the_canonical_unit():
    assert [str(each) for each in read("CRP 3.1 Hb 7.6", TODAY).labs] == ["3.1 mg/L", "7.6 g/dL"]


# In words


def test_what_is_set_and_what_is_assumed_are_told_apart():
    assert units_in_words({}).startswith(ASSUMED)
    assert units_in_words(SI).startswith("Without a unit: CRP mg/dL; Hb, triglycerides mmol/L; ANC /µL; ALT µkat/L")
    assert "Assumed" not in units_in_words({each.code: each.unit.code for each in CHOICES})


def test_a_unit_that_this_version_does_not_know_is_not_read():
    assert unit_of({"crp": "g/L"}, BY_CODE["crp"]) == BY_CODE["crp"].unit
    assert not is_set({"crp": "mg/L"})
    assert known({"gone": "mg/L"}) == {}


# In the chat


async def test_an_owner_sets_them_by_taps_and_they_are_kept(chat, office):
    await set_units(chat, "CRP mg/L", "Hb g/dL", "✓ Hb g/L")

    assert {"✓ CRP mg/dL", "✓ Hb mmol/L", "ALT U/L"} <= set(labels(chat.last))
    assert await office.ledger.take(lambda work: work.clinic.get().units) == {"crp": "mg/dL", "hb": "mmol/L"}
    assert [row.verb for row in office.rows("SELECT verb FROM audit WHERE subject = 'clinic'")] == ["settle units"] * 3
    await chat.taps("Back")
    assert "Units of the laboratory. Without a unit: CRP mg/dL; Hb mmol/L. Assumed" in chat.last.text


async def test_they_are_all_set_by_one_tap(chat, office):
    await set_units(chat, "CRP mg/L", "All are right")

    assert all(each.startswith("✓ ") for each in labels(chat.last)[:-1])
    assert "All are right" not in labels(chat.last)
    await chat.says("/labs")
    assert "Without a unit: CRP, bilirubin, cholesterol, LDL, HDL, triglycerides, creatinine mg/dL;" in chat.last.text
    assert "Assumed" not in chat.last.text


async def test_whoever_is_no_owner_does_not_set_them(chat, office):
    nurse = await joins(office, "nurse", 12, Role.NURSE)
    await nurse.says("/settings")

    assert "Laboratory units" not in labels(nurse.last)


async def test_each_question_for_values_names_them(ward):
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    assert ASSUMED in ward.last.text
    await ward.taps("Cancel")
    await ward.taps("Discard")
    await set_units(ward, "CRP mg/L")
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")

    assert "Without a unit: CRP mg/dL. Assumed" in ward.last.text


async def test_a_quick_check_reads_them(chat):
    await set_units(chat, "CRP mg/L")
    await chat.says("/labs crp 3.1")

    assert "CRP 31 mg/L · given 3.1 mg/dL" in chat.last.text


async def test_a_visit_reads_them_says_so_before_it_counts_and_keeps_what_was_given(ward, office):
    await set_units(ward, "CRP mg/L", "ALT U/L", "Hb g/dL", "✓ Hb g/L")
    await ward.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0", "Mild", "No", "Unchanged", "None"):
        await ward.taps(label)
    await ward.says("CRP 3.1 FCP 120 ALT 5 Hb 7.6")
    assert "CRP 31 mg/L, given 3.1 mg/dL (1 Jun 2026)" in ward.last.text
    assert {"Haemoglobin 7.6 mmol/L", "Haemoglobin 7.6 g/dL"} <= set(labels(ward.last))
    await ward.taps("Haemoglobin 7.6 mmol/L")
    await ward.taps("Confirm")

    rows = office.rows("SELECT code, as_given FROM observations WHERE kind = 'lab' ORDER BY code")
    assert [tuple(each) for each in rows] == [
        ("alt", "5 µkat/L"), ("crp", "3.1 mg/dL"), ("fcp", "120 µg/g"), ("hb", "7.6 mmol/L"),
    ]  # fmt: skip
    assert "LIMIT" not in ward.last.text


async def test_a_reply_with_a_code_and_values_reads_them(ward, office):
    await set_units(ward, "CRP mg/L")
    await ward.says(f"/labs {CODE} crp 3.1")
    await ward.taps("Today")

    assert "CRP 31 mg/L, given 3.1 mg/dL (1 Jun 2026)" in ward.last.text
