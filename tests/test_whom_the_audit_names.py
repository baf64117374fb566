"""Whoever sees or changes something of a patient is in the audit with that patient, in the same turn."""

import pytest

from tests.enrolled import CODE
from tests.test_newer_verdicts import a_nurse

SEEN = ("Seen", "1", "0", "Mild", "No", "Unchanged", "None")


@pytest.fixture
def since(office):
    """What the audit says of patients from here on: the verb, the subject, and the number of the patient."""
    last = office.rows("SELECT coalesce(max(id), 0) FROM audit")[0][0]

    def entries():
        rows = office.rows(f"SELECT verb, subject, patient_id FROM audit WHERE id > {last} ORDER BY id")
        return [tuple(each) for each in rows if each.patient_id is not None]

    return entries


async def perform(line, *lines):
    for each in lines:
        await line.performs(each)


@pytest.fixture
async def kept(ward):
    """A visit that was begun, and is kept for later."""
    await perform(ward, f"/visit {CODE}", "[Seen]", "/cancel", "[Keep for later]")
    return ward


async def test_a_visit_that_is_resumed_and_each_answer_in_it_name_their_patient(kept, since):
    await perform(kept, "/resume", "[1]", "[Back]", "[Not assessed]")

    assert since() == [(verb, "interview 2", 1) for verb in ("resume", "answer", "back", "skip")]


async def test_a_form_that_is_opened_left_and_discarded_names_its_patient(ward, since):
    await perform(ward, f"/p {CODE}", "[Laboratory]", "[Cancel]", "[Discard]")

    assert since() == [
        ("read", "patient 1", 1),
        ("open", "interview 2", 1),
        ("leave", "interview 2", 1),
        ("discard", "interview 2", 1),
    ]


async def test_who_passes_a_visit_on_is_in_the_audit(ward, office, since):
    await a_nurse(office, ward)
    await perform(ward, f"/visit {CODE}", "/cancel", "[Pass to a colleague]", "[Member 2 (nurse)]")

    assert since()[-1] == ("hand", "interview 2", 1)


async def test_of_several_that_are_open_each_patient_is_read(kept, since):
    await perform(kept, "/hbi", "/cancel", "[Keep for later]", "/resume")

    assert since() == [("read", "patient 1", 1)]


@pytest.mark.parametrize(
    "asks", [("/p",), ("/pms 1 0 1", "[Save to a patient]")], ids=["the list of patients", "where a check may go"]
)
async def test_who_is_shown_the_codes_of_patients_has_read_them(ward, since, asks):
    await perform(ward, *asks)

    assert since() == [("read", "patient 1", 1)]


async def test_a_reminder_that_is_snoozed_and_dates_that_are_taken_along_name_their_patient(ward, since):
    await perform(ward, f"/due {CODE}", "[Calendar]", "[One by one]", "[IGRA]", "[Snooze]", "[3 days]")
    named = [(verb, patient) for verb, _, patient in since() if verb != "read"]

    assert named == [("calendar", 1), ("snooze", 1)]


@pytest.fixture
async def visited(ward):
    """A visit of a patient is open in front."""
    await perform(ward, f"/visit {CODE}", "[Seen]")
    return ward


@pytest.mark.parametrize(
    "said", ["/cancel", "/hbi", "/new", "/help", "/team", "/labs crp 5", "/hbi 1 1 1 0 0", "/nonsense"]
)
async def test_who_is_shown_an_open_form_below_what_was_said_has_read_its_patient(visited, since, said):
    await visited.says(said)

    assert CODE in visited.last.text
    assert since() == [("read", "patient 1", 1)]


async def test_words_that_are_refused_show_the_form_again_and_are_a_read(visited, since):
    await visited.says("as ever")

    assert CODE in visited.last.text
    assert since() == [("read", "patient 1", 1)]


async def test_what_waits_for_an_open_check_names_its_patient(ward, since):
    await perform(ward, "/pms", f"/visit {CODE}")

    assert f"Visit of {CODE}" in ward.last.text
    assert since() == [("read", "patient 1", 1)]


async def test_a_visit_that_is_put_aside_for_values_is_read(visited, since):
    await visited.says(f"/labs {CODE} crp 5")

    assert any(each.text.startswith(f"{CODE} Visit") and "kept for later" in each.text for each in visited.messages)
    assert ("open", "interview 3", 1) in since()
    assert since().count(("read", "patient 1", 1)) >= 2


ONCE = {
    "a review": (f"/p {CODE}", "[Laboratory]", "CRP 4"),
    "the review of a dose": (f"/p {CODE}", "[Course]", "[Dose]", "[Today]", "[30 mg]", "[Standard of the protocol]"),
    "the review of a visit": (f"/visit {CODE}", *(f"[{each}]" for each in SEEN), "CRP 4"),
    "a verdict": (f"/status {CODE}",),
    "a quick check that is saved": ("/labs crp 5", "[Save to a patient]", f"[{CODE}]", "[Confirm]"),
}


@pytest.mark.parametrize("way", ONCE.values(), ids=ONCE)
async def test_whoever_reads_a_patient_for_one_card_has_read_them_once(ward, office, way):
    await perform(ward, *way[:-1])
    last = office.rows("SELECT max(id) FROM audit")[0][0]
    await perform(ward, way[-1])
    rows = office.rows(f"SELECT subject FROM audit WHERE id > {last} AND verb = 'read'")

    assert [tuple(each) for each in rows] == [("patient 1",)]


async def test_read_again_in_the_next_turn_is_another_read(ward, since):
    await perform(ward, f"/p {CODE}", f"/p {CODE}")

    assert since() == [("read", "patient 1", 1)] * 2
