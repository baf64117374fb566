"""A test for an infection of the stool among laboratory values: no value, never dropped, and said where it is told."""

import time
from datetime import date

import pytest

from bot.laboratory import STOOL_TEST as SENTENCE
from bot.laboratory import read
from flows.pasted import LONGEST_MESSAGE, NO_ANALYTE, STOOL_TEST, UNCERTAIN_DAY, read_block
from flows.personal import personal_data
from tests.conversation import labels
from tests.correcting import say, told, wrong
from tests.enrolled import CODE, visit
from tests.labdata.blocks import BLOCKS
from tests.mornings import reminded

pytestmark = pytest.mark.usefixtures("unhurried")

TODAY = date(2026, 6, 1)
TYPED = [
    "C. difficile positive",
    "C diff pos",
    "c diff neg",
    "C.diff +",
    "C-diff: negative",
    "cdiff negative",
    "C. difficile toxin A/B negative",
    "C. difficile toxin A, B: not detected",
    "C. Difficile GDH antigen positive",
    "C. difficile PCR: positive",
    "Clostridioides difficile toxin negative",
    "Clostridium difficile toxin gene detected",
    "Cl. difficile Toxin negativ",
    "stool C. difficile negative",
    "Stool: C diff toxin neg",
    "no C. difficile",
    "negative for C difficile",
    "stool culture negative",
    "Stool cultures: no growth",
    "stool PCR positive",
    "Stool test: positive",
    "stool pathogens not detected",
    "fecal culture | negative",
    "faecal pathogen PCR; negative",
    "GI panel negative",
    "Salmonella, Shigella, Campylobacter not detected",
    "Campylobacter jejuni positive",
    "norovirus positive",
    "Stuhlkultur negativ",
    "coproculture négative",
    "C diff awaiting",
    "Stool sample sent for C diff: negative",
    "Clostridioides: positive",
    "stool negative",
    "Stool: positive",
    "Stool MC&S pending",
    "C. difficile result pending",
]
BETWEEN = [" ", ", ", "; ", "\n", " | ", " and ", "\t", ". "]
NOT_OF_STOOL = [
    "stool calprotectin 120 µg/g",
    "calprotectin in stool 120 µg/g",
    "faecal calprotectin 120 µg/g",
    "stool test calprotectin 120 µg/g",
    "CBC with diff",
    "C diffuse",
    "urine culture negative",
    "blood culture negative",
    "stool frequency 3",
    "stool - 3 a day",
    "stool normal, negative for blood",
    "6 liquid stools",
]


def values_of(text):
    return [(each.analyte.code, str(each.number), each.on) for each in read_block(text).entries]


def reasons(text):
    return {each.why for each in read_block(text).unread}


# What is known as one, and what is left as it was


@pytest.mark.parametrize("typed", TYPED)
def test_it_is_known_alone_and_nothing_else_is_said_of_it(typed):
    assert (values_of(typed), reasons(typed)) == ([], {STOOL_TEST})


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("typed", TYPED)
def test_the_values_around_it_count_as_without_it(typed, between):
    for text in (
        f"{typed}{between}CRP 4{between}FCP 120 µg/g",
        f"CRP 4{between}{typed}{between}FCP 120 µg/g",
        f"CRP 4{between}FCP 120 µg/g{between}{typed}",
    ):
        assert (values_of(text), reasons(text)) == ([("crp", "4", None), ("fcp", "120", None)], {STOOL_TEST})


@pytest.mark.parametrize("typed", NOT_OF_STOOL)
def test_what_is_none_is_read_as_before(typed):
    assert STOOL_TEST not in reasons(typed)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block["id"])
def test_no_block_of_a_laboratory_is_taken_for_one(block):
    assert STOOL_TEST not in reasons(block["text"])


def test_words_that_are_not_understood_are_still_named():
    assert reasons("C. difficile positive, vancomycin 125 mg qid") == {STOOL_TEST, NO_ANALYTE}
    assert reasons("Stool\nC. difficile toxin A/B negative\nCalprotectin 850 µg/g (<50)") == {STOOL_TEST, NO_ANALYTE}
    assert values_of("previous C diff positive CRP 4") == []


# Its day


@pytest.mark.parametrize(
    "line", ["C diff negative 28.5.2026", "28.5.2026 C diff negative", "C diff (28 May 2026): neg"]
)
def test_its_day_is_not_that_of_other_lines(line):
    assert values_of(f"CRP 4\n{line}\nFCP 120 µg/g") == [("crp", "4", None), ("fcp", "120", None)]
    assert reasons(line) == {STOOL_TEST}


def test_its_day_within_a_line_is_not_that_of_the_next_value():
    assert values_of("C diff negative 28.5.2026, CRP 4") == [("crp", "4", None)]


def test_the_day_before_all_or_behind_all_is_of_the_values_as_ever():
    of_the_day = [("crp", "4", date(2026, 5, 28))]

    assert values_of("28.5.2026: C diff negative, CRP 4") == of_the_day
    assert values_of("CRP 4, C diff negative, 28.5.2026") == of_the_day
    assert values_of("Collected 28.5.2026\nC diff negative\nCRP 4") == of_the_day


@pytest.mark.parametrize("day", ["yesterday", "28 May", "03/04/2026"])
def test_with_a_day_that_is_not_certain_it_is_named_too(day):
    assert reasons(f"C diff negative {day}\nCRP 4") == {STOOL_TEST, UNCERTAIN_DAY}
    assert values_of(f"C diff negative {day}\nCRP 4") == [("crp", "4", None)]


# What it costs, and what it is not taken for


@pytest.mark.parametrize("typed", TYPED)
def test_it_is_nobodys_name(typed):
    assert personal_data(typed) is None
    assert personal_data(f"CRP 4 mg/L\n{typed} 28.5.2026") is None


@pytest.mark.parametrize("filling", ["c diff ", "no ", "stool ", "toxin ", "c diff,", "c diff toxin a/b, ", "/ ", "-"])
def test_no_message_takes_long(filling):
    started = time.perf_counter()
    read_block(f"c diff{filling * (LONGEST_MESSAGE // len(filling))}"[:LONGEST_MESSAGE])

    assert time.perf_counter() - started < 3


# In the chat


def test_the_sentence_says_where_it_is_recorded_and_comes_once():
    assert [each.said for each in read("C diff pos, stool culture negative", TODAY).doubts] == [SENTENCE]
    assert SENTENCE == (
        "Not taken: a test for an infection of the stool is recorded apart from these values, with its own day: "
        "/p and the patient's code, then Stool test."
    )


async def test_a_quick_check_says_it_and_takes_the_values(chat):
    await chat.says("/labs crp 12, C. difficile PCR: positive")

    assert chat.last.text.startswith("LABORATORY · 1 value")
    assert "CRP 12 mg/L · 1 Jun 2026" in chat.last.text
    assert SENTENCE in chat.last.text


async def test_a_quick_check_of_nothing_else_says_it_too(chat):
    await chat.says("/labs stool culture negative")

    assert SENTENCE in chat.last.text
    assert "Not understood" not in chat.last.text


async def test_at_a_visit_it_stands_in_the_review_and_its_form_is_one_tap_from_the_card(ward, office):
    await say(ward, f"/visit {CODE}", "Seen", "1", "0", "Mild", "No", "Unchanged", "None")
    await ward.says("CRP 4 mg/L, C diff pos")
    assert f"CHECK: {SENTENCE}" in ward.last.text
    assert "Laboratory: CRP 4 mg/L (1 Jun 2026)" in ward.last.text
    await ward.taps("Confirm")
    assert told(office, "code", kind="test") == []
    assert [row[0] for row in told(office, "code", kind="lab")] == ["crp"]
    await say(ward, "Stool test", "Today", "Positive", "Not known", "Confirm")

    assert "CHECK: infection of the stool positive (1 Jun 2026)." in ward.last.text


async def test_alone_it_is_refused_with_the_sentence_and_the_question_stays(ward, office):
    await say(ward, f"/p {CODE}", "Laboratory")
    await ward.says("C. difficile positive")

    assert SENTENCE in ward.last.text
    assert f"{CODE} · Laboratory 1/1" in ward.last.text
    assert told(office, "code", kind="test") == []


async def test_a_pasted_block_keeps_its_values_and_names_it(ward, office):
    await say(ward, f"/p {CODE}", "Laboratory")
    await ward.says("Collected: 28 May 2026\nCRP 12 mg/L\nC. difficile toxin | negative\nHb 13.1 g/dL")
    assert f"CHECK: {SENTENCE}" in ward.last.text
    assert "Not understood" not in ward.last.text
    await ward.taps("Confirm")

    assert told(office, "code", "on", kind="lab") == [("crp", "2026-05-28"), ("hb", "2026-05-28")]
    assert labels(ward.last).count("Stool test") == 1


async def test_where_one_is_awaited_the_card_leads_to_it_once(ward):
    await say(ward, f"/p {CODE}", "Stool test", "30.5.2026", "Awaiting", "Confirm", "Add labs")
    await ward.says("CRP 4 mg/L, C diff pos")
    await ward.taps("Confirm")
    assert labels(ward.last).count("Stool test") == 1
    await say(ward, "Stool test", "Positive", "Not known", "Confirm")

    assert "CHECK: infection of the stool positive (30 May 2026)." in ward.last.text


async def test_a_card_after_values_alone_has_no_such_button(ward):
    await visit(ward)

    assert "Stool test" not in labels(ward.last)


async def test_a_correction_by_it_takes_nothing_out(ward, office):
    await visit(ward, labs="CRP 40 mg/L")
    await wrong(ward, "CRP", "Typing error", "Enter the right value")
    await ward.says("C diff pos")

    assert SENTENCE in ward.last.text
    assert len(told(office, "code", kind="lab")) == 1


@pytest.fixture
async def reminder(ward, office):
    await reminded(ward, office)
    return ward.last


async def test_in_reply_to_a_reminder_the_values_are_taken_and_it_is_named(ward, office, reminder):
    await ward.says("hb 13 g/dL, C. difficile toxin negative", reply_to=reminder)
    await ward.taps("Today")
    assert f"CHECK: {SENTENCE}" in ward.last.text
    await ward.taps("Confirm")

    assert [row[0] for row in told(office, "code", kind="lab")] == ["hb"]
    assert "Stool test" in labels(ward.last)


@pytest.mark.parametrize("page", [(), ("Done",)], ids=["the reminder", "its page that asks for a day"])
async def test_alone_in_reply_to_a_reminder_it_is_refused_with_the_sentence(ward, office, reminder, page):
    await say(ward, *page)
    await ward.says("C. difficile toxin negative", reply_to=reminder)

    assert any(SENTENCE in each for each in ward.transcript)
    assert told(office, "code", kind="test") == []


async def test_a_quick_check_that_goes_to_a_patient_leads_to_the_form_too(ward):
    await ward.says("/labs crp 12 mg/L, C. difficile negative")
    await say(ward, "Save to a patient", CODE)
    assert SENTENCE in ward.last.text
    await ward.taps("Confirm")

    assert labels(ward.last).count("Stool test") == 1
