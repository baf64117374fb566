"""One questionnaire in front, any number kept, and never two cards that ask the same."""

import pytest

from flows.instruments.hbi import HBI
from tests.conversation import labels
from tests.enrolled import ENROLLED
from tests.test_taps import toasts
from tests.test_team import joined


def live(line, label="Not assessed"):
    return [message for message in line.messages if label in labels(message)]


async def test_a_resume_list_and_typed_words_never_leave_two_cards_with_one_question(chat):
    await chat.says("/hbi")
    await chat.says("/pms")
    await chat.taps("Keep for later")
    await chat.says("/resume")
    await chat.says("x")
    await chat.taps("PMS 1/3")

    assert [message.text.splitlines()[0] for message in live(chat)] == ["PMS 1/3 · so far 0"]


async def test_an_old_offer_does_not_open_a_second_questionnaire_in_front(chat, office):
    await chat.says("/hbi")
    await chat.says("/pms")
    await chat.taps("Resume")
    await chat.taps("Cancel")
    offer = chat.last
    await chat.says("/pms")
    await chat.taps("Keep for later")
    await chat.taps("1")
    assert offer.keyboard == []

    assert office.rows("SELECT outcome FROM arrivals WHERE outcome = 'failed'") == []
    assert len(live(chat)) == 1


async def test_what_stands_on_a_button_of_the_resume_list_can_be_typed(chat):
    await chat.says("/hbi")
    await chat.says("/pms")
    await chat.taps("Keep for later")
    await chat.taps("1")
    await chat.says("/resume")
    await chat.says("hbi 1/5")

    assert "HBI 1/5" in chat.last.text
    assert len(live(chat)) == 1


async def test_a_list_of_kept_ones_alone_can_be_typed_at_too(chat):
    for command in ("/hbi", "/pms"):
        await chat.says(command)
        await chat.says("cancel")
        await chat.says("keep for later")
    await chat.says("/resume")
    await chat.says("banana")
    assert labels(chat.last) == ["HBI 1/5", "PMS 1/3"]
    await chat.says("pms 1/3")

    assert "PMS 1/3" in chat.last.text


async def test_typed_discard_leaves_no_button_that_looks_alive(chat):
    await chat.says("/hbi 1 1 3 0 0")
    await chat.says("discard", reply_to=chat.last)

    assert [message.keyboard for message in chat.messages] == [[], []]
    assert chat.messages[0].text.startswith("NOT IN REMISSION")


async def test_why_typed_at_a_verdict_unfolds_it_with_its_buttons(chat):
    await chat.says("/hbi 1 1 3 0 0")
    await chat.says("why", reply_to=chat.last)

    assert labels(chat.last) == ["Less", "Discard"]
    assert "Instrument: Harvey-Bradshaw index" in chat.last.text
    assert chat.messages[0].keyboard == []


async def test_the_audit_names_what_was_done_to_what_and_nothing_that_was_refused(chat, office):
    await chat.says("/hbi")
    await chat.taps("Back")
    await chat.taps("1")
    await chat.says("/pms")
    await chat.taps("Keep for later")
    await chat.says("/resume")
    await chat.taps("HBI 2/5")

    rows = [(row.verb, row.subject) for row in office.rows("SELECT verb, subject FROM audit ORDER BY id")]
    assert rows == [
        ("hbi", "member 1"),
        ("answer", "interview 1"),
        ("pms", "member 1"),
        ("keep", "interview 1"),
        ("resume", "member 1"),
        ("resume", "interview 1"),
    ]
    assert toasts(chat) == ["This is the first question."]


@pytest.mark.parametrize("item", HBI.items, ids=lambda item: item.code)
async def test_a_line_tapped_in_the_review_is_the_one_that_is_asked(chat, item):
    for words in ("/hbi", "4", "severe", "3", "finish here"):
        await chat.says(words)
    await chat.taps(item.name)

    assert f"HBI {HBI.items.index(item) + 1}/5" in chat.last.text


async def test_a_line_that_was_only_looked_at_keeps_its_answer(chat):
    for words in ("/hbi", "4", "severe", "3", "finish here"):
        await chat.says(words)
    await chat.taps("Well-being")
    assert "HBI 1/5 · so far 6" in chat.last.text
    await chat.says("none")
    assert "choose one of" in chat.last.text
    await chat.says("finish here")

    assert "Well-being: 4 = Terrible" in chat.last.text


async def test_two_of_one_name_are_told_apart_and_a_long_list_has_pages(chat):
    for _ in range(12):
        await chat.says("/hbi")
        await chat.says("1")
        await chat.taps("Cancel")
        await chat.taps("Keep for later")
    await chat.says("/resume")
    first = labels(chat.last)
    await chat.says("hbi 2/5")
    assert "Please choose" in chat.last.text
    await chat.taps("More")

    assert first == [f"HBI 2/5 ({number})" for number in range(1, 11)] + ["More"]
    assert labels(chat.last) == ["HBI 2/5 (11)", "HBI 2/5 (12)", "Earlier"]
    await chat.taps("Earlier")
    assert labels(chat.last) == first


async def test_two_of_one_name_have_the_day_of_their_last_answer_where_that_differs(chat, clock):
    for _ in range(3):
        await chat.says("/hbi")
        await chat.says("1")
        await chat.taps("Cancel")
        await chat.taps("Keep for later")
        clock.passes(hours=12)
    await chat.says("/resume")

    assert labels(chat.last) == ["HBI 2/5, 1 Jun 2026 (1)", "HBI 2/5, 1 Jun 2026 (2)", "HBI 2/5, 2 Jun 2026"]


@pytest.mark.parametrize("way", ["Keep for later", "Discard"])
@pytest.mark.parametrize(("command", "goes_on"), [("/new CD-0043", "CD-0043-G · "), ("/new", "")])
async def test_an_enrolment_goes_on_with_its_pseudonym_once_the_open_form_has_left(ward, way, command, goes_on):
    await ward.says("/hbi")
    await ward.says(command)
    await ward.taps(way)

    assert ward.last.text.startswith(goes_on)
    assert "Enrolment 2/12" in ward.last.text


async def test_a_pseudonym_that_a_colleague_took_while_it_waited_is_refused(ward, office):
    doctor = await joined(ward, office, "doctor")
    await ward.says("/hbi")
    await ward.says("/new CD-0043")
    for line in ENROLLED[ENROLLED.index("/new") :].replace("0042", "0043").splitlines():
        words = line.removeprefix("doctor: ")
        await (doctor.taps(words[1:-1]) if words.startswith("[") else doctor.says(words))
    await ward.taps("Keep for later")

    assert toasts(ward)[-1] == "CD-0043-G is taken already: /p CD-0043-G opens it."
    await ward.says("/resume")
    assert "HBI 1/5" in ward.last.text
