"""Words that no button carries: the buttons of the card come again below, with whose they are."""

import pytest

from bot.words import CHOOSE
from tests.conversation import labels
from tests.correcting import say
from tests.enrolled import CODE, visit

pytestmark = pytest.mark.usefixtures("unhurried")

OF_PATIENT = f"{CODE} · {CHOOSE}"
WAYS = {
    "the menu": (f"/p {CODE}",),
    "the checklist": (f"/p {CODE}", "Checklist"),
    "what is wrong": (f"/p {CODE}", "Correct"),
    "the history": (f"/history {CODE}",),
    "a form that is left": (f"/p {CODE}", "Laboratory", "/cancel"),
    "a review": (f"/p {CODE}", "Stool test", "30.5.2026", "Negative"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_buttons_that_come_again_name_their_patient(ward, way):
    await say(ward, *way)
    before = labels(ward.last)
    await ward.says("hello")

    assert ward.last.text == OF_PATIENT
    assert labels(ward.last) == before


async def test_so_do_those_of_a_verdict_and_they_act_on_the_patient(ward):
    await visit(ward)
    await ward.says("hello")
    assert ward.last.text == OF_PATIENT
    await ward.taps("Due")

    assert ward.last.text.startswith(f"{CODE} · Due")


async def test_the_review_of_an_enrolment_names_the_code_that_it_gives(ward):
    await say(ward, "/new CD-0043", "Crohn's", *["Later"] * 8, "None", *["Later"] * 3, "No")
    assert "review" in ward.last.text.splitlines()[0]
    await ward.says("hello")

    assert ward.last.text == f"CD-0043-G · {CHOOSE}"


async def test_those_of_nobody_name_nobody(ward):
    await say(ward, "/hbi", "/cancel")
    await ward.says("hello")

    assert ward.last.text == CHOOSE


async def test_who_is_shown_whose_buttons_they_are_has_read_the_patient(ward, office):
    await ward.says(f"/p {CODE}")
    before = len(office.rows("SELECT id FROM audit WHERE verb = 'read' AND patient_id = 1"))
    await ward.says("hello")

    assert len(office.rows("SELECT id FROM audit WHERE verb = 'read' AND patient_id = 1")) == before + 1


async def test_a_list_behind_a_count_keeps_what_it_is_of(ward):
    await say(ward, "/panel", "Overdue")
    await ward.says("hello")
    await ward.says("hello again")

    assert ward.last.text == f"Overdue, 1 Jun 2026 · {CHOOSE}"
    assert labels(ward.last) == [CODE]


async def test_so_does_each_of_its_pages_and_it_turns_as_before(ward, office):
    made = ", ".join(f"('X{n}', 'X{n}', 'UC', 1, '2026-01-01 00:00:00+00:00')" for n in range(11))
    office.rows(f"INSERT INTO patients (code, plain, disease, responsible_id, enrolled_at) VALUES {made}")
    await say(ward, "/panel", "Not seen on treatment", "More")
    await ward.says("hello")
    assert ward.last.text == f"Not seen on treatment, 1 Jun 2026 · {CHOOSE}"
    await ward.says("earlier")

    assert ward.last.text == "Not seen on treatment, 1 Jun 2026: 12 patients."


@pytest.mark.parametrize("command", ["visit", "history"])
async def test_the_list_of_a_command_keeps_which_it_is(ward, command):
    await ward.says(f"/{command}")
    await ward.says("hello")

    assert ward.last.text == f"/{command} · {CHOOSE}"
