"""`/labs`: what is read is echoed in its canonical unit, what is doubtful is named, and nothing is kept."""

import re
from datetime import date

import pytest

from bot import words
from bot.lab_cards import answer as card_of
from bot.laboratory import MOST_VALUES, read
from bot.practice.limits import check_text
from tests.conversation import button, labels
from tests.enrolled import CODE, visit
from tests.test_taps import toasts

TODAY = date(2026, 6, 1)


def answer(text, today):
    return card_of(read(text, today), today)


def lines(text):
    return answer(text, TODAY).body.splitlines()


async def test_an_open_question_comes_back_below_and_nothing_of_the_values_is_kept(chat, office):
    await chat.says("/hbi")
    await chat.says("/labs crp 12")

    assert "CRP 12 mg/L" in chat.messages[-2].text
    assert "HBI 1/5" in chat.last.text
    assert [row.body for row in office.rows("SELECT body FROM cards WHERE body IS NOT NULL")] == []
    assert "12" not in str(office.rows("SELECT verb, subject FROM audit"))
    assert [row.questionnaire for row in office.rows("SELECT questionnaire FROM interviews")] == ["hbi"]


@pytest.mark.parametrize(
    ("text", "limit", "last"),
    [
        ("alc 499/µL", "Lymphocytes &lt; 0.5 ×10⁹/L", "0.499 ×10⁹/L"),
        ("alc 500/µL", None, None),
        ("anc 0.99", "Neutrophils &lt; 1.0 ×10⁹/L", "0.99 ×10⁹/L"),
        ("anc 1.0", None, None),
        ("hb 79 g/L", "Haemoglobin &lt; 8.0 g/dL", "7.9 g/dL"),
        ("hb 80 g/L", None, None),
    ],
)
def test_a_limit_of_the_labels_stands_above_the_values(text, limit, last):
    """Neither a region nor a first dose is known: every label that says it is named, to begin and to go on."""
    said = [each for each in lines(text) if each.startswith("LIMIT")]
    line = (
        "LIMIT: US and EU labels, GB and AU labels (to be confirmed): initiation is not recommended if "
        f"{limit}; US label, EU, GB and AU labels (to be confirmed): interruption if {limit}, resumption above it; "
        f"last value {last} (1 Jun 2026)."
    )

    assert said == ([line] if limit else [])


GRAVE = (
    "hb 6 g/dL", "anc 300/µL", "alc 100/µL", "plt 20 10*9/L", "alt 900 U/L", "ast 900 U/L", "alp 70 U/L",
    "bilirubin 4 mg/dL", "cpk 900 U/L", "cholesterol 510 mg/dL", "triglycerides 1100 mg/dL", "creatinine 14 mg/dL",
    "egfr 5", "crp 300 mg/L", "fcp 9000 µg/g", "ldl 10 mmol/L", "hdl 1 mmol/L", "albumin 10.5 g/L", "wbc 1 10*9/L",
    "hct 0.20 L/L",
)  # fmt: skip


@pytest.mark.parametrize("days", [["2026-05-30"], ["2026-05-30", "2026-05-29"]], ids=["once", "twice"])
def test_an_answer_to_every_grave_value_fits_into_one_message_and_says_what_it_left_out(days):
    body = answer("\n".join(f"{value} {on}" for value in GRAVE for on in days), TODAY).body
    repeated = [each for each in body.splitlines() if each.split(" ")[0] not in ("LIMIT:", "CHECK:")]

    assert check_text(body, "HTML")
    assert body.count("LIMIT: ") == 5
    assert any("more taken; in a shorter message each is repeated." in each for each in repeated)


def test_a_raised_enzyme_is_to_be_checked_in_a_quick_check_too():
    (said,) = [each for each in lines("alt 121 U/L") if each.startswith("CHECK")]

    assert "ALT 121 U/L (1 Jun 2026; upper limit 40 U/L, reference, to be confirmed), baseline not known" in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("crp 5", "this project: within range, baseline unknown: CRP 5 mg/L (rule: CRP &lt;= 5)."),
        ("crp 5.1", "this project: elevated: CRP 5.1 mg/L (rule: CRP &lt;= 5)."),
        ("crp 7 (0-8)", "protocol: within range, baseline unknown: CRP 7 mg/L (rule: CRP &lt;= 8)."),
        (
            "fcp 250",
            "trial programme (STRIDE-II: &lt; 250): within range, baseline unknown: "
            "Calprotectin 250 µg/g (rule: calprotectin &lt;= 250).",
        ),
        ("fcp 251", "STRIDE-II: elevated: Calprotectin 251 µg/g (rule: calprotectin &lt;= 250)."),
    ],
)
def test_a_biomarker_stands_beside_its_limit_and_whose_it_is(text, expected):
    assert expected in lines(text)


def test_a_value_of_a_day_to_come_is_not_taken():
    assert "Not taken: CRP: 2 Jun 2026 lies after today." in lines("CRP 5 mg/L 2026-06-02")
    assert any("CRP 5 mg/L · 30 May 2026" in each for each in lines("CRP 5 mg/L 2026-05-30"))


@pytest.mark.parametrize("text", ["", "<b>crp</b> 5", "crp & 5", "🙂" * 2000, "a" * 4096, "crp 5 " * 682, "<", "crp <"])
def test_an_answer_is_html_that_telegram_takes(text):
    assert check_text(answer(text, TODAY).body, "HTML")


def test_too_many_values_are_refused_whole():
    many = "\n".join(f"CRP {number} mg/L 2026-05-{1 + number % 30:02d}" for number in range(1, 2 * MOST_VALUES))

    assert len(lines(many)) < MOST_VALUES + 10


def test_a_grave_value_typed_with_its_unit_is_taken_and_one_without_is_asked_about():
    body = answer("alt 1500 U/L crp 350 anc 0.04 10^9/L", TODAY).body

    assert "CHECK: ALT 1500 U/L, taken as typed: above 1000 U/L is rare." in body
    assert "CHECK: Neutrophils 0.04 ×10⁹/L, taken as typed: nearly none: in ×10⁹/L." in body
    assert "Not taken: CRP 350 (above 300 mg/L is rare); with its unit it is taken: CRP 350 mg/L." in body
    assert "ALT 1500 U/L · " in body


def test_what_is_not_plausible_in_the_unit_that_was_typed_is_still_asked_about():
    body = answer("hb 135 g/dL", TODAY).body

    assert "0 values, 1 open" in body
    assert "with its unit it is taken: Haemoglobin 135 g/L." in body


def test_a_per_cent_of_the_leukocytes_is_offered_as_a_count_where_they_stand_beside_it():
    assert "with the leukocytes of this message it is 1.188 ×10⁹/L" in answer("wbc 5.4 lymphocytes 22 %", TODAY).body
    assert "with the leukocytes" not in answer("lymphocytes 22 %", TODAY).body


# What is in doubt, by buttons


@pytest.mark.parametrize(
    ("typed", "label", "shown"),
    [
        ("hb 135", "Haemoglobin 135 g/L", "Haemoglobin 13.5 g/dL · given 135 g/L"),
        ("crp 350", "CRP 350 mg/L", "CRP 350 mg/L"),
        ("fcp 1,234", "Calprotectin 1.234 µg/g", "Calprotectin 1.234 µg/g"),
        ("fcp 1,234", "Calprotectin 1234 µg/g", "Calprotectin 1234 µg/g"),
        ("wbc 5.4 lymphocytes 22 %", "Lymphocytes 1.188 ×10⁹/L", "Lymphocytes 1.188 ×10⁹/L"),
    ],
)
async def test_what_is_in_doubt_is_taken_as_the_button_says(chat, typed, label, shown):
    await chat.says(f"/labs {typed}")
    await chat.taps(label)

    assert f"{shown} · 1 Jun 2026" in chat.last.text
    assert " open" not in chat.last.text.splitlines()[0]
    assert labels(chat.last) == ["Discard"]


async def test_what_is_left_out_is_named_and_the_next_doubt_is_asked(chat):
    await chat.says("/labs hb 135 crp 350")
    await chat.taps("Leave it out")

    assert chat.last.text.startswith("LABORATORY · 0 values, 1 open")
    assert "Left out: Haemoglobin 135." in chat.last.text
    assert labels(chat.last) == ["CRP 350 mg/L", "Leave it out", "Discard"]


async def test_the_second_half_of_a_double_tap_settles_no_other_doubt(chat):
    await chat.says("/labs hb 135 crp 350")
    card, data = chat.last, button(chat.last, "Leave it out")
    await chat.presses(data, card.message_id)
    await chat.presses(data, card.message_id)

    assert "Not taken: CRP 350" in chat.last.text
    assert toasts(chat) == [words.BEHIND_US]


async def test_values_with_a_button_are_kept_for_an_hour_and_no_longer(chat, office):
    await chat.says("/labs hb 135")
    assert "nothing of it is kept" not in chat.last.text
    office.clock.passes(minutes=59)
    await office.running.tidy()
    assert len(office.rows("SELECT * FROM interviews")) == 1
    office.clock.passes(minutes=1)
    await office.running.tidy()

    assert office.rows("SELECT * FROM interviews") == []
    await chat.taps("Haemoglobin 135 g/L")
    assert toasts(chat) == [words.ENDED]


async def test_without_values_it_says_what_to_type_and_reads_the_next_words_so(chat):
    await chat.says("/labs")
    await chat.says("crp 12 alc 480/µL")

    assert chat.last.text.startswith("LABORATORY · 2 values")
    await chat.says("crp 13")
    assert chat.last.text == words.NOTHING_OPEN


async def test_an_open_question_gets_the_words_unless_they_reply_to_what_to_type(chat):
    await chat.says("/hbi")
    await chat.says("/labs")
    form = chat.messages[-2]
    await chat.says("2")
    assert "HBI 2/5" in chat.last.text
    await chat.says("crp 12", reply_to=form)

    assert any("LABORATORY · 1 value" in each.text for each in chat.messages)


# The same in the laboratory form of a patient


@pytest.mark.parametrize("day", ["03/04/2026", "31.4.2026"])
async def test_a_block_below_a_day_that_is_not_understood_is_refused_whole(ward, office, day):
    """It is neither of the day of the form nor of either day that could be meant."""
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says(f"Collected {day}\nCRP 12 mg/L\nFCP 120 µg/g")

    said = "a day that is none or can be two, so no value of it is taken; send it as 24 May 2027."
    assert said in ward.last.text
    assert "Laboratory 1/1" in ward.last.text
    await ward.says("Collected 3 Apr 2026\nCRP 12 mg/L\nFCP 120 µg/g")
    await ward.taps("Confirm")
    assert {str(row[0]) for row in office.rows("SELECT \"on\" FROM observations WHERE kind = 'lab'")} == {"2026-04-03"}


async def test_a_doubt_in_a_patients_form_is_settled_in_its_review(ward, office):
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("crp 12 hb 135 alc 480/µL")
    assert "CHECK: Not taken: Haemoglobin 135" in ward.last.text
    await ward.taps("Haemoglobin 135 g/L")
    assert "Haemoglobin 13.5 g/dL, given 135 g/L (1 Jun 2026)" in ward.last.text
    assert "Not taken" not in ward.last.text
    await ward.taps("Confirm")

    rows = office.rows("SELECT code, as_given FROM observations WHERE kind = 'lab'")
    assert sorted(map(tuple, rows)) == [("alc", "480 /µL"), ("crp", "12 mg/L"), ("hb", "135 g/L")]


async def test_values_of_which_all_are_in_doubt_open_the_review_too(ward, office):
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("hb 135")
    await ward.taps("Leave it out")
    await ward.taps("Confirm")

    assert office.rows("SELECT * FROM observations WHERE kind = 'lab'") == []


async def test_a_reading_far_from_the_patients_last_value_is_asked_about_once_it_is_chosen(ward):
    await visit(ward, labs="Hb 8.2 g/dL")
    await ward.taps("Add labs")
    await ward.says("hb 135")
    await ward.taps("Haemoglobin 135 g/L")

    assert "CHECK: Haemoglobin 135 g/L, as chosen: 1.6 times more than the last value, 8.2 g/dL." in ward.last.text


async def test_a_correction_by_a_value_in_doubt_takes_nothing_out(ward, office):
    await visit(ward, labs="Hb 12 g/dL")
    await ward.taps("Correct")
    number = re.search(r"#(\d+) Haemoglobin", ward.last.text)[1]
    for label in (f"#{number}", "Typing error", "Enter the right value"):
        await ward.taps(label)
    await ward.says("hb 135")

    assert ward.last.text.startswith("Not taken: Haemoglobin 135")
    assert "Confirm" not in labels(ward.last)
    assert len(office.rows("SELECT * FROM observations WHERE kind = 'lab'")) == 1
