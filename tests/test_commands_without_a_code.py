"""A command that needs a patient and names none shows the list, and a tap there is the command with that code."""

import pytest

from store.members import Role
from tests.conversation import labels
from tests.enrolled import CODE, visit
from tests.mornings import joins
from tests.test_whom_the_audit_names import since

__all__ = ["since"]


def without_number(text):
    """Each look at a status is a verdict of its own."""
    return text.partition("\nVerdict ")[0]


@pytest.mark.parametrize("command", ["/p", "/status", "/history", "/undo", "/visit", "/remind", "/trend"])
async def test_a_tap_on_a_patient_is_the_command_with_the_code(ward, command):
    await visit(ward)
    await ward.says(f"{command} {CODE}")
    meant = ward.last.text
    if command == "/visit":
        await ward.says("/cancel")
        await ward.taps("Discard")
    await ward.says(command)
    await ward.taps(CODE)

    assert without_number(ward.last.text) == without_number(meant)


@pytest.mark.parametrize("command", ["/visit", "/status", "/trend", "/history", "/undo", "/remind"])
async def test_the_list_says_for_which_command_it_is(ward, command):
    await ward.says(command)

    assert ward.last.text == f"1 patient. /new enrols one. {command}: tap whom it is about."


async def test_the_other_pages_of_the_list_are_for_the_same_command(ward, office):
    every = ", ".join(f"('X{n}', 'X{n}', 'UC', 1, '2026-01-01 00:00:00+00:00')" for n in range(11))
    office.rows(f"INSERT INTO patients (code, plain, disease, responsible_id, enrolled_at) VALUES {every}")
    await ward.says("/undo")
    await ward.taps("More")
    await ward.taps(CODE)

    assert f"{CODE}: take back the last entry?" in ward.last.text


async def test_what_is_taken_back_after_a_tap_is_taken_back_of_that_patient(ward, office):
    await visit(ward, labs="CRP 4 mg/L")
    await ward.says("/undo")
    await ward.taps(CODE)
    await ward.taps("Take back")
    await ward.says(f"/history {CODE}")

    assert "taken back" in ward.last.text


@pytest.mark.parametrize("command", ["/p", "/status", "/history", "/undo", "/remind", "/trend"])
async def test_whoever_opens_one_from_the_list_has_read_that_patient(ward, since, command):
    await ward.says(command)
    assert since() == [("read", "patient 1", 1)]
    await ward.taps(CODE)

    assert since()[:2] == [("read", "patient 1", 1)] * 2


async def test_the_list_stays_below_a_picture_that_was_opened_from_it(ward):
    await ward.says("/trend")
    shown = ward.last
    await ward.taps(CODE)

    assert ward.last is not shown
    assert labels(ward.messages[-2]) == [CODE]


async def test_a_reminder_is_set_by_the_next_words(ward, office):
    await ward.says("/remind")
    await ward.taps(CODE)
    await ward.says("24 Jun 2026 referral")

    assert f"{CODE}: a reminder is set for 24 Jun 2026" in ward.last.text
    assert [row.code for row in office.rows("SELECT code FROM observations WHERE code = 'remind'")] == ["remind"]


async def test_a_name_in_the_next_words_is_refused(ward, office):
    await ward.says(f"/remind {CODE}")
    await ward.says("24 Jun 2026 call Mr. Smith")

    assert office.rows("SELECT 1 FROM observations WHERE code = 'remind'") == []


async def test_a_visit_that_a_colleague_has_open_is_named_from_the_list_too(ward, office):
    other = await joins(office, "other", 12, Role.DOCTOR)
    await other.says(f"/visit {CODE}")
    await ward.says("/visit")
    await ward.taps(CODE)

    assert "has a visit of this patient open" in ward.last.text
