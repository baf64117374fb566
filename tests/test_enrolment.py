"""Who enrols: what is left to a doctor, two people under one code, and what was given before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest

from bot.patients.records import Records
from flows.errors import NotNow
from flows.questionnaire import Disease
from store.members import Role
from tests.clinic import moment_at
from tests.conftest import DOCTOR, fresh_database
from tests.conversation import labels
from tests.enrolled import CODE
from tests.mornings import joins
from tests.sealed import writer_on
from tests.test_taps import toasts
from tests.test_team import joined

OTHER = "CD-0043-G"
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


async def until_review(line):
    """Leave everything for later that can be left; the questions that were asked."""
    asked = []
    while "Confirm" not in labels(line.last):
        asked.append(line.last.text)
        await line.taps("Later" if "Later" in labels(line.last) else "None")
    return "\n".join(asked)


async def enrols(line, disease="Crohn's", code="CD-0043"):
    await line.says(f"/new {code}")
    await line.taps(disease)
    return await until_review(line)


# What is left to a doctor (CLINICAL.md D2, D3)


@pytest.mark.parametrize("role", ["nurse", "doctor", "owner"])
@pytest.mark.parametrize(("disease", "left"), [("Crohn's", "induction length, first dose"), ("Colitis", "first dose")])
async def test_a_nurse_is_not_asked_for_what_a_doctor_records(ward, office, role, disease, left):
    line = ward if role == "owner" else await joined(ward, office, role)
    asked = await enrols(line, disease)
    is_nurse = role == "nurse"

    assert ("How long is 45 mg meant to be given?" in asked) is (disease == "Crohn's" and not is_nurse)
    assert ("Has upadacitinib been started?" in asked) is not is_nurse
    said = f"Left to a doctor: {left}. The patient's menu opens them."
    assert (said in line.last.text) is is_nurse


async def test_what_a_nurse_left_is_one_tap_away_for_the_doctor(ward, office):
    nurse = await joined(ward, office, "nurse")
    await enrols(nurse)
    await nurse.taps("Confirm")
    await ward.says(f"/p {OTHER}")

    assert "Not recorded, for a doctor: induction length, first dose." in ward.last.text
    await ward.taps("Induction length")
    for label in ("12", "Confirm", "Menu"):
        await ward.taps(label)
    assert "Not recorded, for a doctor: first dose." in ward.last.text
    await ward.taps("First dose")
    for label in ("Today", "45 mg", "Indication confirmed as decided", "Confirm", "Menu"):
        await ward.taps(label)
    assert "for a doctor" not in ward.last.text
    assert {"First dose", "Induction length"}.isdisjoint(labels(ward.last))


@pytest.mark.parametrize("label", ["Induction length", "First dose"])
async def test_a_nurse_opens_neither(ward, office, label):
    nurse = await joined(ward, office, "nurse")
    await enrols(nurse)
    await nurse.taps("Confirm")
    await nurse.says(f"/p {OTHER}")
    await nurse.taps(label)

    assert toasts(nurse)[-1] == "Only a doctor or an owner can do that. Nothing was changed."


async def test_an_enrolment_that_holds_a_doctors_answers_is_confirmed_by_a_doctor(ward, office):
    """As of somebody who was a doctor when it was begun, or of a version that asked everybody."""
    doctor = await joined(ward, office, "doctor")
    await doctor.says("/new CD-0043")
    await doctor.taps("Crohn's")
    while "How long is 45 mg" not in doctor.last.text:
        await doctor.taps("Later")
    await doctor.taps("12")
    await until_review(doctor)
    office.rows("UPDATE members SET role = 'nurse' WHERE id = 2")
    await doctor.taps("Confirm")

    assert toasts(doctor)[-1] == "Only a doctor or an owner can do that. Nothing was changed."
    assert [row.code for row in office.rows("SELECT code FROM patients")] == [CODE]
    await doctor.taps("Induction length")
    await doctor.taps("Later")
    await doctor.taps("Confirm")
    assert [row.code for row in office.rows("SELECT code FROM patients ORDER BY id")] == [CODE, OTHER]


async def test_a_form_of_the_course_is_passed_only_to_who_may_confirm_it(ward, office):
    nurse = await joined(ward, office, "nurse")
    await joins(office, "doctor")
    await ward.says(f"/p {CODE}")
    for label in ("Course", "Interruption", "Today", "Infection", "Cancel", "Pass to a colleague"):
        await ward.taps(label)

    assert labels(ward.last) == ["Member 3 (doctor)", "Back"]
    office.rows("UPDATE members SET role = 'nurse' WHERE id = 3")
    await ward.taps("Member 3 (doctor)")
    assert toasts(ward)[-1] == "That person cannot go on with it any more. Nothing was changed."
    await nurse.says("/resume")
    assert nurse.last.text == "Nothing is kept for later."


async def test_a_visit_is_passed_to_a_nurse(ward, office):
    await joined(ward, office, "nurse")
    await ward.says(f"/visit {CODE}")
    for label in ("Cancel", "Pass to a colleague"):
        await ward.taps(label)

    assert labels(ward.last) == ["Member 2 (nurse)", "Back"]


# How long induction is meant to be is told once


async def test_the_length_of_induction_is_not_told_again_from_an_older_card(ward, office):
    await enrols(ward)
    await ward.taps("Confirm")
    await ward.says(f"/p {OTHER}")
    await ward.taps("Course")
    older = ward.last
    await ward.says(f"/p {OTHER}")
    for label in ("Induction length", "12", "Confirm"):
        await ward.taps(label)
    await ward.taps("Induction length", message=older)

    told = f"{OTHER}: induction of 12 weeks is recorded already. What is wrong is mended under Correct."
    assert toasts(ward)[-1] == told
    assert office.rows("SELECT * FROM interviews") == []


async def test_the_first_dose_is_not_told_again_from_an_older_menu(ward, office):
    await enrols(ward)
    await ward.taps("Confirm")
    await ward.says(f"/p {OTHER}")
    older = ward.last
    await ward.says(f"/p {OTHER}")
    for label in ("First dose", "Today", "45 mg", "Indication confirmed as decided", "Confirm"):
        await ward.taps(label)
    await ward.taps("First dose", message=older)

    told = f"{OTHER}: a first dose on 1 Jun 2026 is recorded already. What is wrong is mended under Correct."
    assert toasts(ward)[-1] == told
    assert office.rows("SELECT * FROM interviews") == []


async def test_the_length_that_a_colleague_told_meanwhile_stands(ward, office):
    doctor = await joined(ward, office, "doctor")
    await enrols(ward)
    await ward.taps("Confirm")
    for line in (ward, doctor):
        await line.says(f"/p {OTHER}")
        for label in ("Induction length", "8", "As the protocol says") if line is ward else ("Induction length", "12"):
            await line.taps(label)
    await doctor.taps("Confirm")
    await ward.taps("Confirm")

    assert toasts(ward)[-1].startswith(f"{OTHER}: induction of 12 weeks is recorded already")
    assert len(office.rows("SELECT * FROM observations WHERE code = 'induction_weeks'")) == 1


# Two people, one code


async def test_of_two_who_enrol_under_one_code_the_second_gives_another_and_keeps_the_answers(ward, office):
    nurse = await joined(ward, office, "nurse")
    for line in (ward, nurse):
        await line.says("/new CD-0043")
        await line.taps("Crohn's")
        await line.says("1980" if line is ward else "1991")
        await until_review(line)
    await ward.taps("Confirm")
    await nurse.taps("Confirm")

    assert nurse.last.text.startswith(f"{OTHER} was given to another patient meanwhile: /p {OTHER} opens that one.")
    assert "The patient's code; a name is never asked." in nurse.last.text
    await nurse.says("CD-0043")
    assert f"{OTHER} is taken already" in nurse.last.text
    await nurse.says("CD-0044")
    assert "CD-0044-E · Enrolment · review" in nurse.last.text
    assert "Birth year: 1991" in nurse.last.text
    await nurse.taps("Confirm")

    assert [row.code for row in office.rows("SELECT code FROM patients ORDER BY id")][1:] == [OTHER, "CD-0044-E"]
    years = office.rows("SELECT patient_id, value FROM observations WHERE code = 'birth_year' ORDER BY id")
    assert [(row.patient_id, "19" in str(row.value)) for row in years] == [(2, True), (3, True)]


async def test_the_code_stays_as_it_is_while_it_is_free(ward):
    await enrols(ward)

    assert "Code" not in labels(ward.last)


@pytest.mark.parametrize("typed", ["DEMO-26", "demo-26", "DEMO 26", "DEMO26"])
async def test_nobody_is_enrolled_as_the_patient_of_the_rehearsal(ward, office, typed):
    await ward.says(f"/new {typed}")

    assert "is the code of the rehearsal, and no patient's. Nothing was changed." in ward.last.text
    assert len(office.rows("SELECT code FROM patients")) == 1


def test_of_two_at_the_same_moment_one_is_enrolled(postgres):
    """Each has found the code free before the other has written it."""
    with fresh_database(postgres) as url:
        writers = [writer_on(url), writer_on(url)]
        writers[0].take(lambda work: work.members.admit(DOCTOR.user_id, DOCTOR.chat_id, Role.OWNER, "UTC"))
        barrier = Barrier(2)

        def enrol(number):
            def turn(work):
                records = Records(work, work.members.all_active()[0], moment_at(NOW), NOW.date())
                records.require_free(CODE)
                barrier.wait()
                records.enrol(CODE, Disease.CROHNS)

            try:
                writers[number].take(turn)
            except NotNow as refusal:
                return str(refusal)
            return ""

        with ThreadPoolExecutor(2) as pool:
            said = sorted(pool.map(enrol, range(2)))
        for writer in writers:
            writer.close()

    assert said == ["", f"{CODE} is taken already: /p {CODE} opens it."]


# What was given before


async def test_an_enrolment_that_was_begun_with_the_first_version_goes_on(ward, office):
    await ward.says("/new CD-0043")
    await ward.taps("Colitis")
    office.rows("UPDATE interviews SET version = 1")
    for _ in range(3):
        await ward.taps("Later")
    await ward.taps("Extensive")
    await ward.taps("Done")
    await ward.taps("TNF blocker failed")
    await ward.taps("Done")
    await ward.taps("2")
    while "Nothing counts until you confirm" not in ward.last.text:
        await ward.taps("Later")
    await ward.taps("Confirm")

    (written,) = office.rows("SELECT value FROM observations WHERE patient_id = 2 AND code = 'history.tnf_failed'")
    assert "true" in str(written[0]).lower()


async def test_what_was_given_before_stands_on_the_checklist_and_in_the_history(ward):
    await ward.says(f"/p {CODE}")
    await ward.taps("Details")
    while "What was given before" not in ward.last.text:
        await ward.taps("Unchanged")
    for label in ("Ustekinumab", "Done", "Intolerance"):
        await ward.taps(label)
    while "Nothing counts until you confirm" not in ward.last.text:
        await ward.taps("Unchanged")
    await ward.taps("Confirm")
    await ward.taps("Menu")
    await ward.taps("Checklist")
    assert "Treated before: Ustekinumab (intolerance)." in ward.last.text
    await ward.says(f"/history {CODE}")

    assert "Treated before: Ustekinumab (intolerance)" in ward.last.text
