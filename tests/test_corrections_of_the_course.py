"""A step of the course that was recorded wrongly is told anew; the first dose is its day and its dose, as one."""

from datetime import date

import pytest

from flows.record import Fact, Kind
from tests.conversation import labels
from tests.correcting import recorded, say, steps, told, wrong
from tests.enrolled import CODE, ENROLLED
from tests.sealed import checked
from tests.test_team import joined

RIGHT = "Enter the right value"
NOT_BEGUN = ENROLLED.replace("[Yes]\ndoctor: 9.3.2026\ndoctor: [Later]", "[No]")
DOSED = f"""{NOT_BEGUN}
doctor: /p {CODE}
doctor: [Course]
doctor: [First dose]
doctor: 9.3.2026
doctor: [45 mg]
doctor: [Indication confirmed as decided]
doctor: [Confirm]"""


pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
def opening(request, opening):
    return DOSED if "dosed" in request.fixturenames else opening


@pytest.fixture
async def dosed(chat):
    """The doctor, with a patient whose first dose was recorded with its milligrams, 12 weeks ago."""
    return chat


def due_days(office):
    return {row[0]: str(row[1]) for row in office.rows("SELECT item, due_on FROM reminders WHERE state <> 'done'")}


# The first dose


async def test_the_day_of_a_first_dose_is_corrected_with_its_dose_and_the_due_days_follow(dosed, office):
    await say(dosed, f"/status {CODE}")
    before = due_days(office)
    await wrong(dosed, "First dose", "Wrong day", RIGHT, "16.3.2026")

    review = dosed.last.text
    assert "Day: 16 Mar 2026\nDose: 45 mg" in review
    assert "Dates before → after:" in review
    assert "Week 12: lipids: 1 Jun 2026 → 8 Jun 2026" in review
    await dosed.taps("Confirm")
    assert "week 11" in dosed.last.text
    assert "Updated: a value arrived or was corrected since the last card." in dosed.last.text
    assert told(office, "code", "on", "replaces_id", "why", "entry", kind="course") == [
        ("started", "2026-03-09", None, None, "2"),
        ("dose", "2026-03-09", None, None, "2"),
        ("started", "2026-03-16", "2", "wrong day", "3"),
        ("dose", "2026-03-16", "3", "wrong day", "3"),
    ]
    after = due_days(office)
    assert before["wk12_lipid"] == "2026-06-01"
    assert after["wk12_lipid"] == "2026-06-08"


async def test_a_wrong_dose_of_the_first_day_is_found_under_either_line(dosed, office):
    for line, dose in (("First dose", "30 mg"), ("Dose of", "15 mg")):
        await wrong(dosed, line, "Typing error", RIGHT, "Dose", dose, "Confirm")

        assert dose in dosed.last.text
        assert steps(office) == [("started", "2026-03-09"), ("dose", "2026-03-09")]


async def test_a_first_dose_that_was_told_at_enrolment_has_its_dose_asked(ward, office):
    await wrong(
        ward, "First dose", "Wrong day", RIGHT, "16.3.2026", "45 mg", "Indication confirmed as decided", "Confirm"
    )

    assert "week 11" in ward.last.text
    assert steps(office) == [("started", "2026-03-16"), ("dose", "2026-03-16")]
    await say(ward, f"/undo {CODE}", "Take back")
    assert "week 12" in ward.last.text
    assert steps(office) == [("started", "2026-03-09")]


async def test_a_corrected_first_dose_that_is_taken_back_stands_as_it_was(dosed, office):
    await wrong(dosed, "Dose of", "Wrong day", RIGHT, "16.3.2026", "Confirm")
    await say(dosed, f"/undo {CODE}")
    assert [each in dosed.last.text for each in (" First dose of", " Dose of")] == [True, True]
    await dosed.taps("Take back")

    assert "week 12" in dosed.last.text
    assert steps(office) == [("started", "2026-03-09"), ("dose", "2026-03-09")]
    assert due_days(office)["wk12_lipid"] == "2026-06-01"


async def test_a_first_dose_is_taken_out_as_one_and_comes_back_as_one(dosed, office):
    await say(dosed, f"/p {CODE}", "Course", "Interruption", "20.5.2026", "Infection", "Confirm")
    await wrong(dosed, "Dose of 9 Mar 2026", "Wrong patient")
    assert "Enter the right value" not in labels(dosed.last)
    assert "First dose of 9 Mar 2026" in dosed.last.text
    await say(dosed, "Only take it out", "Take it out")

    assert "CHECK: steps of the course are recorded and no first dose" in dosed.last.text
    assert steps(office) == [("interrupted", "2026-05-20")]
    await say(dosed, f"/undo {CODE}", "Take back")
    assert "CHECK: steps of the course" not in dosed.last.text
    assert "Interrupted since 20 May 2026" in dosed.last.text
    assert [each for each, _ in steps(office)] == ["started", "dose", "interrupted"]


async def test_a_first_dose_that_was_taken_out_is_entered_before_the_steps_that_stand(dosed, office):
    await say(dosed, f"/p {CODE}", "Course", "Interruption", "20.5.2026", "Infection", "Confirm")
    await wrong(dosed, "First dose", "Typing error", "Only take it out", "Take it out")
    await say(
        dosed, f"/p {CODE}", "Course", "First dose", "10.3.2026", "45 mg", "Indication confirmed as decided", "Confirm"
    )

    assert "Interrupted since 20 May 2026" in dosed.last.text


# Every other step


async def test_the_day_of_an_interruption_is_corrected_and_its_reason_stands(ward, office):
    await say(ward, f"/p {CODE}", "Course", "Interruption", "20.4.2026", "Infection", "Confirm")
    await wrong(ward, "Interruption", "Wrong day", RIGHT, "22.4.2026")
    assert "Day: 22 Apr 2026\nReason: Infection" in ward.last.text
    await ward.taps("Confirm")

    assert "Interrupted since 22 Apr 2026" in ward.last.text
    assert steps(office)[-1] == ("interrupted", "2026-04-22")


async def test_a_dose_is_corrected_and_the_rest_of_it_is_not_asked_again(ward):
    await say(ward, f"/p {CODE}", "Course", "Dose", "4.5.2026", "30 mg", "Standard of the protocol", "Confirm")
    await wrong(ward, "Dose of", "Typing error", RIGHT)
    assert "Day: 4 May 2026\nDose: 30 mg\nReason: Standard of the protocol" in ward.last.text
    await say(ward, "Dose", "15 mg", "Confirm")

    assert "15 mg since 4 May 2026" in ward.last.text


async def test_the_reason_of_an_end_of_treatment_is_corrected(ward, office):
    await say(ward, f"/p {CODE}", "Course", "End of treatment", "20.5.2026", "Adverse event", "Confirm")
    await wrong(ward, "End of treatment", "Typing error", RIGHT, "Reason", "Loss of response", "Confirm")

    await ward.says(f"/history {CODE}")
    new, old = [line for line in ward.last.text.splitlines() if "End of treatment" in line]
    assert ": Loss of response · member 1, 1 Jun 2026 · typing error · in place of #" in new
    assert old.endswith(": Adverse event · member 1, 1 Jun 2026 · replaced")


async def test_a_corrected_restart_asks_what_its_new_day_leaves_open(ward):
    await say(ward, f"/p {CODE}", "Course", "Interruption", "20.4.2026", "Infection", "Confirm")
    await say(ward, f"/p {CODE}", "Course", "Restart", "10.5.2026", "45 mg", "Infection resolved", "Confirm")
    await wrong(ward, "Restart", "Wrong day", RIGHT, "25.5.2026")
    assert "How does it go on?" in ward.last.text
    await ward.taps("All of it again, from this day")

    assert "→ 20 Jul 2026" in ward.last.text
    await ward.taps("Confirm")
    assert "45 mg since 9 Mar 2026, interrupted 20 Apr to 24 May 2026; next dose" in ward.last.text


# What is refused


async def test_a_correction_that_would_contradict_the_course_changes_nothing(dosed, office):
    await say(dosed, f"/p {CODE}", "Course", "Interruption", "20.4.2026", "Infection", "Confirm")
    await say(dosed, f"/p {CODE}", "Course", "Restart", "10.5.2026", "45 mg", "Infection resolved", "Confirm")
    before = office.rows("SELECT id FROM observations")
    for what, day, why in (
        ("Dose of 9 Mar", "21.4.2026", "The interruption of 20 Apr 2026 would not fit any more"),
        ("Interruption", "11.5.2026", "The treatment is not interrupted: nothing to restart."),
        ("Interruption", "8.3.2026", "8 Mar 2026 lies before the first dose, 9 Mar 2026."),
        ("Restart", "19.4.2026", "The treatment is not interrupted: nothing to restart."),
    ):
        await wrong(dosed, what, "Wrong day", RIGHT, day)
        assert "CHECK: " in dosed.last.text
        assert why in dosed.last.text
        await dosed.taps("Confirm")

        assert why in dosed.transcript[-1]
        assert office.rows("SELECT id FROM observations") == before
        await say(dosed, "Cancel", "Discard")


async def test_a_correction_that_changes_nothing_is_no_entry(dosed, office):
    await wrong(dosed, "First dose", "Typing error", RIGHT, "Confirm")

    assert "(That is what stands already. Nothing was changed.)" in dosed.transcript[-1]
    assert len(told(office, "code", kind="course")) == 2


async def test_a_nurse_is_refused_as_soon_as_a_correction_of_the_course_is_opened(dosed, office):
    nurse = await joined(dosed, office, "nurse")
    for last in (RIGHT, "Only take it out"):
        await wrong(nurse, "First dose", "Wrong day", last)

        assert "Only a doctor or an owner can do that" in nurse.transcript[-1]
    assert office.rows("SELECT * FROM interviews") == []
    assert len(told(office, "code", kind="course")) == 2


async def test_a_correction_of_the_course_is_passed_to_no_nurse_and_confirmed_by_nobody_who_became_one(dosed, office):
    await joined(dosed, office, "nurse")
    await wrong(dosed, "First dose", "Wrong day", RIGHT, "16.3.2026")
    await say(dosed, "Cancel", "Pass to a colleague")
    assert "There is nobody to pass it to" in dosed.transcript[-1]

    office.rows("UPDATE members SET role = 'nurse' WHERE id = 1")
    await say(dosed, "/resume", "Confirm")
    assert "Only a doctor or an owner can do that" in dosed.transcript[-1]
    assert len(told(office, "code", kind="course")) == 2


async def test_a_step_that_was_taken_out_meanwhile_is_not_corrected(dosed, office):
    doctor = await joined(dosed, office, "doctor")
    await wrong(dosed, "First dose", "Wrong day", RIGHT, "16.3.2026")
    await wrong(doctor, "First dose", "Typing error", "Only take it out", "Take it out")
    await dosed.taps("Confirm")

    assert "That value does not stand any more. Nothing was changed." in dosed.transcript[-1]
    assert steps(office) == []


async def test_a_step_of_a_colleagues_tomorrow_is_corrected_tomorrow(dosed, office):
    """Where the day begins earlier than here."""
    step = Fact(kind=Kind.COURSE, code="interrupted", on=date(2026, 6, 2), value={})
    await recorded(office, 1, 9, step)
    await wrong(dosed, "Interruption", "Wrong day", RIGHT, "1.6.2026", "Infection")
    assert "CHECK: That step is not on the chart of today. Nothing was changed." in dosed.last.text
    await dosed.taps("Confirm")

    assert steps(office)[-1] == ("interrupted", "2026-06-02")


# What was said before


async def test_a_verdict_before_a_correction_is_replayed_and_the_audit_holds(dosed, office):
    await say(dosed, f"/status {CODE}")
    await wrong(dosed, "First dose", "Wrong day", RIGHT, "16.3.2026", "Confirm")
    await wrong(dosed, "Dose of", "Typing error", "Only take it out", "Take it out")
    await say(dosed, f"/undo {CODE}", "Take back", "/replay 1")
    found = checked(office.url)

    assert "Now, from the same inputs: identical, word for word." in dosed.last.text
    assert found.broken == ()
