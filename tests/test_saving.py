"""A quick check is saved to a patient with a few taps: of the fitting disease, as a visit would write it, and once."""

import re

import pytest

from bot import words
from tests.conversation import button, labels
from tests.enrolled import CODE, ENROLLED
from tests.sealed import checked
from tests.test_taps import toasts
from tests.test_team import joined

OF_CROHNS = "CD-0043-G"


async def enrol_crohns(line):
    """Another patient, who has Crohn's disease."""
    await line.replay(
        ENROLLED.partition("doctor: /new")[1]
        + ENROLLED.partition("doctor: /new")[2]
        .replace("0042", "0043")
        .replace("[Colitis]", "[Crohn's]\ndoctor: [Later]")
    )


def written(office, kind="score"):
    rows = office.rows(f'SELECT patient_id, code, version, "on", value, "by" FROM observations WHERE kind = \'{kind}\'')
    return [(*row[:3], str(row[3]), *row[4:]) for row in rows]


async def save(line, check, code=CODE):
    await line.says(check)
    for label in ("Save to a patient", code, "Confirm"):
        await line.taps(label)


async def test_nothing_can_be_saved_while_storing_patients_is_off(chat):
    await chat.says("/hbi 1 1 3 0 0")

    assert labels(chat.last) == ["Why", "Discard"]


async def test_a_check_answered_by_taps_can_be_saved_too(ward, office):
    await ward.says("/pms")
    for label in ("1", "0", "Mild", "Confirm", "Save to a patient", CODE, "Confirm"):
        await ward.taps(label)

    assert ward.last.text.startswith("REMISSION · PMS 2")
    assert len(written(office)) == 1


async def test_what_is_written_is_what_the_form_of_the_score_writes(ward, office):
    await save(ward, "/pms 1 - 2")
    await ward.says(f"/p {CODE}")
    for label in ("Checklist", "PMS", "Today", "1", "Not assessed", "Moderate", "Confirm"):
        await ward.taps(label)
    saved, entered = written(office)

    assert saved == entered


async def test_a_score_of_one_disease_never_goes_to_a_patient_with_the_other(ward, office):
    await enrol_crohns(ward)
    for check, fitting, other in (("/pms 1 0 1", CODE, OF_CROHNS), ("/hbi 1 1 3 0 0", OF_CROHNS, CODE)):
        await ward.says(check)
        await ward.taps("Save to a patient")
        assert labels(ward.last) == [fitting, "Back"]
        await ward.says(other)

        assert ward.last.text.startswith(f"{other}: ")
        assert "Nothing" not in ward.last.text
        assert labels(ward.last) == [fitting, "Back"]
    assert written(office) == []


async def test_ones_own_patients_come_first_and_a_long_list_has_pages(ward, office):
    nurse = await joined(ward, office, "nurse")
    made = ", ".join(f"('X{n}', 'X{n}', 'UC', {1 + n % 2}, '2026-01-01 00:00:00+00:00')" for n in range(14))
    office.rows(f"INSERT INTO patients (code, plain, disease, responsible_id, enrolled_at) VALUES {made}")
    await nurse.says("/pms 1 0 1")
    await nurse.taps("Save to a patient")
    first = labels(nurse.last)
    await nurse.taps("More")

    assert first == [*(f"X{n}" for n in (13, 11, 9, 7, 5, 3, 1)), "X12", "X10", "X8", "More", "Back"]
    assert labels(nurse.last) == ["X6", "X4", "X2", "X0", CODE, "Earlier", "Back"]


async def test_it_is_saved_once_and_has_ended_with_that(ward, office):
    await ward.says("/pms 1 0 1")
    verdict = button(ward.last, "Save to a patient")
    for label in ("Save to a patient", CODE):
        await ward.taps(label)
    card = ward.last
    confirm = button(card, "Confirm")
    for pressed in (confirm, confirm, verdict):
        await ward.presses(pressed, card.message_id)
    await ward.says("/why")

    assert len(written(office)) == 1
    assert office.rows("SELECT * FROM interviews") == []
    assert toasts(ward)[-2:] == [words.BEHIND_US] * 2
    assert f"\n{CODE} · " in ward.last.text
    assert "quick check" not in ward.last.text


@pytest.mark.parametrize("step", ["Save to a patient", CODE, "Confirm"])
async def test_an_hour_after_the_verdict_nothing_can_be_saved_any_more(ward, office, step):
    await ward.says("/pms 1 0 1")
    for label in ("Save to a patient", CODE, "Confirm"):
        if label == step:
            office.clock.passes(hours=1)
            await office.running.tidy()
            break
        await ward.taps(label)
    await ward.taps(step)

    assert toasts(ward)[-1] == words.ENDED
    assert written(office) == []


async def test_a_nurse_saves_as_a_nurse_files_a_visit(ward, office):
    nurse = await joined(ward, office, "nurse")
    await save(nurse, "/pms 1 0 1")

    assert [row[-1] for row in written(office)] == [2]


async def test_a_check_of_yesterday_evening_is_of_yesterday(ward, office):
    office.clock.passes(hours=12, minutes=50)
    await ward.says("/pms 1 0 1")
    office.clock.passes(minutes=20)
    for label in ("Save to a patient", CODE):
        await ward.taps(label)

    assert "PMS 2, 1 Jun 2026" in ward.last.text
    await ward.taps("Confirm")
    assert ward.last.text.splitlines()[1].endswith("2 Jun 2026")
    assert [row[3] for row in written(office)] == ["2026-06-01"]


async def test_a_check_in_which_nothing_was_assessed_cannot_be_saved(ward):
    await ward.says("/pms - - -")

    assert labels(ward.last) == ["Why", "Discard"]


async def test_a_cdai_that_was_answered_for_the_other_sex_is_no_score_of_this_patient(ward, office):
    await enrol_crohns(ward)
    office.rows(
        'INSERT INTO observations (patient_id, kind, code, value, "by", at, entry) '
        "VALUES (2, 'person', 'sex', '{\"is\": \"male\"}', 1, '2026-06-01 08:00:00+00:00', 9)"
    )
    line = re.search(r"/cdai .*", words.COMMANDS["cdai"])[0]
    for sex, is_refused in (("female", True), ("male", False)):
        await ward.says(line.replace("female", sex))
        for label in ("Save to a patient", OF_CROHNS):
            await ward.taps(label)

        assert ("answered for the other sex" in ward.last.text) is is_refused


async def test_the_reminders_follow_and_the_audit_holds(ward, office):
    planned = "SELECT item, due_on FROM reminders WHERE item = 'clin'"
    before = office.rows(planned)
    await save(ward, "/pms 1 0 1")
    found = checked(office.url)

    assert before == []
    assert [(row[0], str(row[1])) for row in office.rows(planned)] == [("clin", "2026-08-30")]
    assert found.broken == ()
    verbs = [row.verb for row in office.rows("SELECT verb FROM audit WHERE patient_id = 1 ORDER BY id")]
    assert (verbs.count("write"), verbs.count("say")) == (3, 1)


# Laboratory values


async def test_values_are_written_as_the_laboratory_form_writes_them(ward, office):
    values = "crp <0.5 mg/dL (0-0.5) fcp 850 alc 480/µL hb 135 g/L 30.5.2026"
    await save(ward, f"/labs {values}")
    saved = office.rows("SELECT code, \"on\", value, as_given FROM observations WHERE kind = 'lab'")
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says(values)
    await ward.taps("Confirm")
    every = office.rows("SELECT code, \"on\", value, as_given FROM observations WHERE kind = 'lab'")

    assert len(saved) == 4
    assert [tuple(row) for row in every] == [tuple(row) for row in saved] * 2


@pytest.mark.parametrize("label", ["Calprotectin 1.234 µg/g", "Calprotectin 1234 µg/g"])
async def test_a_number_of_two_readings_is_saved_as_it_was_chosen(ward, label):
    await ward.says("/labs fcp 1,234")
    for each in (label, "Save to a patient", CODE, "Confirm"):
        await ward.taps(each)

    assert "not read" not in ward.last.text
    assert f": {label} " in ward.last.text


@pytest.mark.parametrize(
    ("settled", "codes"),
    [("Haemoglobin 135 g/L", ["crp", "hb"]), ("Leave it out", ["crp"])],
    ids=["chosen", "left out"],
)
async def test_what_is_still_in_doubt_is_settled_before_anything_is_written(ward, office, settled, codes):
    await ward.says("/labs crp 12 hb 135")
    for label in ("Save to a patient", CODE):
        await ward.taps(label)

    assert "CRP 12 mg/L · 1 Jun 2026" in ward.last.text
    assert "Not taken: Haemoglobin 135" in ward.last.text
    await ward.taps("Confirm")
    assert ward.last.text.startswith(
        "Nothing was filed. Still open: Haemoglobin 135. Tap which it is, or Leave it out."
    )
    assert labels(ward.last) == ["Haemoglobin 135 g/L", "Leave it out", "Discard", "Save to a patient"]
    assert written(office, "lab") == []
    for label in (settled, "Save to a patient", CODE, "Confirm"):
        await ward.taps(label)
    assert [row[1] for row in written(office, "lab")] == codes


async def test_what_was_not_understood_is_named_once_before_the_others_are_written(ward, office):
    await ward.says("/labs crp 12; something else 5")
    for label in ("Save to a patient", CODE):
        await ward.taps(label)
    card, confirm = ward.last, button(ward.last, "Confirm")
    for _ in range(2):  # the second half of a double tap is no second look
        await ward.presses(confirm, card.message_id)

    assert ward.last.text.startswith("Nothing was filed yet. Not understood: no analyte of this list. Send it anew")
    assert written(office, "lab") == []
    await ward.taps("Confirm")
    assert [row[1] for row in written(office, "lab")] == ["crp"]


async def test_a_value_far_from_the_patients_last_one_is_asked_about_before_it_is_written(ward):
    await save(ward, "/labs anc 5.1")
    await ward.says("/labs anc 0.8")
    for label in ("Save to a patient", CODE):
        await ward.taps(label)

    assert "CHECK: Neutrophils 0.8 ×10⁹/L: 6.4 times less than the last value, 5.1 ×10⁹/L." in ward.last.text
    assert "CHECK: Neutrophils: 5.1 ×10⁹/L of 1 Jun 2026 stands already; the later counts." in ward.last.text


async def test_values_fit_patients_with_either_disease_and_values_without_one_have_no_button(ward):
    await enrol_crohns(ward)
    await ward.says("/labs crp 12")
    await ward.taps("Save to a patient")
    assert labels(ward.last) == [OF_CROHNS, CODE, "Back"]
    await ward.says("/labs hb 135")

    assert labels(ward.last) == ["Haemoglobin 135 g/L", "Leave it out", "Discard"]
