"""A message of values that holds a code of somebody else, or of nobody, is refused whole, wherever values are taken."""

from datetime import UTC, datetime

import pytest

from bot.patients.whose import named_in
from flows.coded import spelled_in
from flows.codes import PSEUDONYM, own_code
from tests.conversation import labels
from tests.enrolled import CODE, UP_TO_DATE
from tests.mornings import morning, tick
from tests.test_reminders_come import enrol

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
OTHER = own_code("CD-0043")
GRAVE = "anc 0.4 alc 0.3 hb 7 g/dL"
OTHERS_CODE = f"This message names {CODE}, and the values are for {OTHER}: nothing of it was taken."


def nobodys(code: str) -> str:
    return f"This message names {code}, who is no patient, and the values are for {OTHER}: nothing of it was taken."


@pytest.fixture
def opening():
    return UP_TO_DATE


@pytest.fixture
async def other(ward, office):
    await office.ledger.take(lambda work: enrol(work, OTHER, office.clock.now))


@pytest.fixture
async def reminder(ward, office, other):
    """The reminder of the other patient."""
    morning(office, 6, 1, 9, 5)
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    return next(each for each in ward.messages if each.text.startswith(f"Reminder · {OTHER}"))


def filed(office):
    rows = office.rows(
        "SELECT patients.code, observations.code FROM observations JOIN patients ON patients.id = patient_id "
        "WHERE kind = 'lab' ORDER BY observations.id"
    )
    return [tuple(row) for row in rows]


def kept(office):
    return office.rows("SELECT * FROM interviews WHERE questionnaire = 'labs'")


@pytest.mark.parametrize(
    "text",
    [
        f"{CODE}\n1.6.2026\n{GRAVE}",
        f"{CODE}, crp 40, fcp 900",
        f"1.6.2026 {CODE}; alt 300",
        f"crp 40 {CODE}",
        f"{OTHER} crp 4\n{CODE} crp 9",
        "cd-0042-i crp 40",
        "CD0042I crp 40",
        "cd0042-i: crp 40",
        "CD 0042 I crp 40",
        "CD-0042 crp 40",
        "cd0042 crp 40",
        "CD\u20130042\u2013I crp 40",
        "(CD-0042-I) crp 40",
    ],
)
async def test_a_reply_that_names_another_patient_is_refused_whole(ward, office, reminder, text):
    await ward.says(text, reply_to=reminder)

    assert ward.last.text.startswith("This message names ")
    assert ward.last.text.endswith(f", and the values are for {OTHER}: nothing of it was taken.")
    assert "Confirm" not in labels(ward.last)
    assert kept(office) == []
    assert filed(office) == []


async def test_it_says_both_codes(ward, reminder):
    await ward.says(f"{CODE}\n1.6.2026\n{GRAVE}", reply_to=reminder)

    assert ward.last.text == OTHERS_CODE


@pytest.mark.parametrize("typed", ["CD-0042-K", "CD0042K", "cd-0042-k", "CD-0099-Z", "Q7K-4M"])
async def test_a_code_that_is_nobodys_is_refused_as_well(ward, office, reminder, typed):
    await ward.says(f"{typed} crp 40", reply_to=reminder)

    assert ward.last.text == nobodys(typed.upper())
    assert kept(office) == []


@pytest.mark.parametrize("typed", [OTHER, OTHER.lower(), OTHER.replace("-", ""), "CD-0043"])
async def test_the_patients_own_code_is_fine(ward, office, reminder, typed):
    await ward.says(f"{typed}\n1.6.2026\ncrp 4 fcp 120", reply_to=reminder)
    await ward.taps("Confirm")

    assert filed(office) == [(OTHER, "crp"), (OTHER, "fcp")]


async def test_the_laboratory_form_refuses_it_and_asks_again(ward, office, other):
    await ward.says(f"/p {OTHER}")
    await ward.taps("Laboratory")
    await ward.says(f"{CODE}\n30.5.2026\n{GRAVE}")
    assert ward.last.text.startswith(OTHERS_CODE)
    assert f"{OTHER} · Laboratory 1/1" in ward.last.text

    await ward.says("crp 4")
    assert "Confirm" in labels(ward.last)
    await ward.taps("Laboratory")
    await ward.says(f"{CODE} crp 40")
    assert ward.last.text.startswith(OTHERS_CODE)


async def test_the_laboratory_question_of_a_visit_refuses_it(ward, office, other):
    await ward.says(f"/visit {OTHER}")
    for label in ("Seen", "1", "0", "Mild", "No", "Unchanged", "None"):
        await ward.taps(label)
    await ward.says(f"{CODE} {GRAVE}")

    assert ward.last.text.startswith(OTHERS_CODE)
    assert "Laboratory values in one message" in ward.last.text


async def test_labs_with_a_code_takes_the_values_for_that_patient(ward, office, other):
    await ward.says(f"/labs {OTHER} crp 4 1.6.2026")
    assert f"{OTHER} · Laboratory · review" in ward.last.text
    await ward.taps("Confirm")

    assert filed(office) == [(OTHER, "crp")]


async def test_labs_with_a_code_alone_opens_the_form(ward, other):
    await ward.says(f"/labs {OTHER.lower()}")

    assert f"{OTHER} · Laboratory 1/1" in ward.last.text


async def test_labs_with_two_codes_is_refused(ward, office, other):
    await ward.says(f"/labs {OTHER} crp 4\n{CODE} crp 9")

    assert ward.last.text == OTHERS_CODE
    assert kept(office) == []


async def test_labs_with_a_code_of_nobody_is_refused(ward, office, other):
    await ward.says("/labs CD-0042-K crp 4")

    assert ward.last.text == "Nobody is enrolled as CD-0042-K. Nothing was changed."
    assert kept(office) == []


async def test_a_quick_check_never_holds_values_of_a_patient_who_is_named(ward, office, other):
    """Else it could be saved to another: what names a patient, wherever, is for that patient."""
    await ward.says("/labs")
    await ward.says(f"crp 40 {CODE}")

    assert "Save to a patient" not in labels(ward.last)
    assert ward.last.text.startswith(f"{CODE} · Laboratory")


# What is no code


@pytest.mark.parametrize(
    "text",
    [
        "crp 12 fcp 850 hb 11.2 alc 480/µL",
        "crp12 fcp850 alc480/µL hb13.2g/dL plt250",
        "Hb 13 g/dL (12.0-16.0), ALT 20 U/L (0-40)",
        "CA 19-9 12 U/mL, CA19-9 30, CA125 20 U/mL, CD4 500, CD19 120, B12 300, HbA1c 5.4 %, IgG4 20, FT4 15, T3 1.2",
        "WBC 5.4 x10E9/L ANC 3.2 10^9/L PLT 250 10*9/L 10e9",
        "2026-06-01 CRP 4\n1 Jun 2026 FCP 120\n09/03/2026 alc 1.2",
        "ALT-20 CRP-12 non-HDL 3 CK-MB 12 anti-HBc neg HBV-DNA neg",
        "eGFR 90 mL/min/1.73m2 alk. phos. 70",
        "cholesterol 180 mg/dL ldl 100 mg/dL hdl 50 mg/dL tg 90 mg/dL",
        "Sample 1 of 2; page 2; LAB-2026-0042",
        "on 1 Jun 2026 h 12 crp 4",
    ],
)
def test_values_and_their_units_hold_no_code(text):
    assert [each.text for each in spelled_in(text) if each.is_meant] == []


# How codes are spelled


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("Q7K-4X", ["q7k-4x", "Q7K4X", "Q7K 4X"]),
        ("QKM-WD", ["qkm-wd", "QKMWD"]),
        (own_code("0042"), [own_code("0042"), "0042", own_code("0042").replace("-", "")]),
        (own_code("AB-12-34"), [own_code("AB-12-34").lower(), "AB-12-34", "ab1234"]),
        (own_code("ALT-0042"), [own_code("ALT-0042")]),
    ],
)
def test_a_patients_code_is_found_at_the_head_of_a_line_however_it_is_spelled(work, code, typed):
    enrol(work, code, NOW)
    for each in typed:
        (found,) = named_in(work, f"1.6.2026\n{each} crp 4", PSEUDONYM)
        assert found.code == code


def test_a_number_behind_the_name_of_an_analyte_is_a_value_whoever_has_it_for_a_code(work):
    for pseudonym in ("0850", "850", "HB-135"):
        enrol(work, own_code(pseudonym), NOW)

    assert named_in(work, "fcp 850 crp 12 hb 135 g/L, plt 850", PSEUDONYM) == []
