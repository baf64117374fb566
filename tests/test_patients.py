"""Patients in the chat: who may do what, what is kept, what is taken back, and what never is stored."""

import re

import pytest

from bot import words
from bot.examined import Examined
from bot.patient_card import MOST_CHARACTERS, MOST_COPIED, card_text, copied
from bot.practice.limits import utf16_length, visible_text
from bot.reading import Reading
from bot.rehearsal import rehearsal, told
from flows.protocol.cautions import Level
from flows.report import assess
from store.engine import open_engine
from store.verify import verify
from tests.conversation import labels
from tests.fullcharts import TODAY, full_charts
from tests.generated import REHEARSAL, TRANSCRIPTS
from tests.sealed import KEY
from tests.test_team import joined

CODE = "CD-0042-I"
ENROLLED = """doctor: /settings
doctor: [Confirm: our organisation approved it]
doctor: /new CD-0042
doctor: [Colitis]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [None]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [Yes]
doctor: 9.3.2026
doctor: [Confirm]"""


@pytest.fixture
async def ward(chat):
    """The doctor, with one patient in week 12."""
    await chat.replay(ENROLLED)
    return chat


async def visit(line, *, labs="CRP 4 mg/L"):
    await line.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0", "Mild", "No", "Unchanged", "None"):
        await line.taps(label)
    await line.says(labs)
    await line.taps("Confirm")


def stored(office):
    """Everything that the database holds, as one text."""
    tables = [row[0] for row in office.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table'" if office.url.startswith("sqlite")
        else "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")]  # fmt: skip
    return "\n".join(str(tuple(row)) for table in tables for row in office.rows(f'SELECT * FROM "{table}"'))


# Whether patients are stored at all (D17)


@pytest.mark.parametrize("command", ["/new", f"/p {CODE}", "/p", f"/visit {CODE}", "/panel", "/replay 1"])
async def test_nothing_of_patients_is_open_until_an_owner_has_confirmed_it(chat, office, command):
    await chat.says(command)

    assert chat.last.text == words.PATIENTS_OFF
    assert office.rows("SELECT * FROM patients") == []


async def test_only_an_owner_confirms_and_the_confirmation_is_kept_and_shown(chat, office):
    nurse = await joined(chat, office, "nurse")
    await nurse.says("/settings")
    await chat.says("/settings")
    await chat.taps("Confirm: our organisation approved it")
    await chat.says("/about")

    assert "Only an owner can do that" in nurse.last.text
    assert "Patients are stored: confirmed by member 1 on 1 Jun 2026." in chat.last.text


async def test_a_quick_check_and_the_rehearsal_need_no_confirmation(chat):
    await chat.says("/hbi 1 1 3 0 0")
    await chat.says("/demo")

    assert chat.last.text.startswith("REHEARSAL · fictitious patient")


# A visit


async def test_a_week_12_visit_takes_at_most_15_taps_and_one_message_of_values(ward):
    (script,) = [file.read_text() for file in TRANSCRIPTS if file.stem == "week_12_of_colitis"]
    lines = script[script.index("doctor: /visit") : script.index("doctor: [Why]")].splitlines()
    said = [line for line in lines if line.startswith("doctor: ")]

    assert sum(line.startswith("doctor: [") for line in said) <= 15
    assert [line[:12] for line in said if not line.startswith("doctor: [")] == ["doctor: /vis", "doctor: CRP "]


async def test_a_visit_that_is_passed_on_keeps_who_gave_which_answer(ward, office):
    nurse = await joined(ward, office, "nurse")
    await nurse.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0"):
        await nurse.taps(label)
    await nurse.taps("Cancel")
    await nurse.taps("Pass to a colleague")
    await nurse.taps("Member 1 (owner)")

    assert "was passed to you by member 2" in ward.last.text
    await ward.says("/resume")
    for label in ("Mild", "No", "Unchanged", "None", "None", "Confirm"):
        await ward.taps(label)

    assert ward.last.text.startswith("REMISSION · PMS 2")
    (note,) = office.rows("SELECT value FROM observations WHERE code = 'given_by'")
    assert '"sf": 2' in str(note[0]).replace("'", '"')
    assert '"pga"' not in str(note[0]).replace("'", '"')
    await nurse.says("/resume")
    assert nurse.last.text == words.NOTHING_KEPT


async def test_awaited_results_silence_the_items_that_were_due(ward):
    await ward.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0", "Mild", "No", "Unchanged", "None", "Awaiting result", "Confirm", "Due"):
        await ward.taps(label)

    assert "AWAITING: Week 12: lipids" in ward.last.text


async def test_a_grave_value_that_jumps_is_asked_about_in_the_review_and_not_lost(ward, office):
    await visit(ward, labs="ANC 5.1")
    await ward.taps("Add labs")
    await ward.says("ANC 0.8")

    assert "CHECK: Neutrophils 0.8 ×10⁹/L, taken as typed: 6.4 times less" in ward.last.text
    await ward.taps("Confirm")
    assert "LIMIT: US label" in ward.last.text


async def test_a_value_of_another_day_is_filed_under_its_day(ward, office):
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("CRP 22 mg/L FCP 1200 µg/g 1.4.2026")
    await ward.taps("Confirm")

    days = [str(row[0]) for row in office.rows("SELECT \"on\" FROM observations WHERE kind = 'lab'")]
    assert days == ["2026-04-01", "2026-04-01"]


# Correction


async def test_a_wrong_value_is_taken_out_with_its_reason_and_stays_in_the_history(ward, office):
    await visit(ward, labs="CRP 40 mg/L")
    await ward.taps("Correct")
    number = re.search(r"#(\d+) lab crp", ward.last.text)[1]
    await ward.taps(f"#{number}")
    await ward.taps("Wrong unit")
    await ward.taps("Only take it out")

    assert "no CRP since the first dose" in ward.last.text
    await ward.says(f"/history {CODE}")
    assert "lab crp of 1 Jun 2026: removed · member 1, 1 Jun 2026 · wrong unit" in ward.last.text
    assert f"#{number} lab crp of 1 Jun 2026: 40 mg/L · member 1, 1 Jun 2026 · replaced" in ward.last.text


async def test_a_correction_keeps_the_old_value_the_new_one_who_when_and_why(ward, office):
    await visit(ward, labs="CRP 40 mg/L")
    await ward.taps("Correct")
    number = int(re.search(r"#(\d+) lab crp", ward.last.text)[1])
    for label in (f"#{number}", "Typing error", "Enter the right value"):
        await ward.taps(label)
    await ward.says("CRP 4 mg/L")
    await ward.taps("Confirm")

    assert "Updated: a value arrived or was corrected" in ward.last.text
    assert "within range, baseline unknown: CRP 4 mg/L" in ward.last.text
    rows = office.rows("SELECT as_given, replaces_id, why, by FROM observations WHERE code = 'crp' ORDER BY id")
    assert [tuple(row) for row in rows] == [("40 mg/L", None, None, 1), ("4 mg/L", number, "typing error", 1)]


async def test_a_corrected_value_keeps_its_day_and_takes_no_other_analyte(ward, office):
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("CRP 40 mg/L 1.5.2026")
    for label in ("Confirm", "Correct"):
        await ward.taps(label)
    number = re.search(r"#(\d+) lab crp", ward.last.text)[1]
    for label in (f"#{number}", "Typing error", "Enter the right value"):
        await ward.taps(label)
    await ward.says("ALC 1.2")
    await ward.taps("Confirm")
    assert "(A correction of crp is one value of it. Nothing was changed.)" in "\n".join(ward.transcript)
    await ward.taps("Laboratory")
    await ward.says("CRP 4 mg/L")
    await ward.taps("Confirm")

    rows = office.rows("SELECT as_given, \"on\" FROM observations WHERE kind = 'lab' ORDER BY id")
    assert [(row[0], str(row[1])) for row in rows] == [("40 mg/L", "2026-05-01"), ("4 mg/L", "2026-05-01")]


async def test_taking_back_goes_on_to_the_entry_before(ward):
    await visit(ward, labs="CRP 3 mg/L")
    await ward.taps("Add labs")
    await ward.says("FCP 120 µg/g")
    await ward.taps("Confirm")
    for what in ("lab fcp", "score partial_mayo"):
        await ward.says(f"/undo {CODE}")

        assert what in ward.last.text
        await ward.taps("Take back")


async def test_what_was_taken_out_by_mistake_comes_back(ward):
    await visit(ward, labs="CRP 40 mg/L")
    await ward.taps("Correct")
    number = re.search(r"#(\d+) lab crp", ward.last.text)[1]
    for label in (f"#{number}", "Wrong unit", "Only take it out"):
        await ward.taps(label)
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")

    assert "elevated: CRP 40 mg/L" in ward.last.text


async def test_a_baseline_older_than_its_window_counts_only_once_it_is_accepted(ward):
    await ward.says(f"/p {CODE}")
    for label in ("Checklist", "PMS"):
        await ward.taps(label)
    await ward.says("15.1.2026")
    for label in ("3", "2", "Severe", "Confirm"):
        await ward.taps(label)
    await visit(ward)
    assert "change from baseline" not in ward.last.text
    for label in ("Menu", "Checklist", "Accept old score", "Menu", "Status"):
        await ward.taps(label)

    assert "PMS change from baseline: -6." in ward.last.text


async def test_an_old_verdict_is_replayed_word_for_word_after_a_correction(ward):
    await visit(ward)
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")
    await ward.says("/replay 1")

    assert ward.last.text.splitlines()[1:] == [
        "Then: REMISSION · PMS 2 (remission <= 2)",
        "Now, from the same inputs: identical, word for word.",
    ]


async def test_a_replay_that_differs_says_in_what(ward, office):
    await visit(ward)
    other = office.rows("SELECT report FROM verdicts")[0][0].replace("PMS 2 (remission", "PMS 3 (remission")
    office.rows(f"UPDATE verdicts SET report = '{other.replace(chr(39), chr(39) * 2).replace('%', '%%')}'")
    await ward.says("/replay 1")

    assert "Different: headline." in ward.last.text


async def test_only_the_last_entry_is_taken_back_and_only_once(ward):
    await visit(ward)
    await ward.says(f"/undo {CODE}")
    offer = ward.last
    await visit(ward, labs="CRP 3 mg/L")
    await ward.taps("Take back", message=offer)

    assert "(That is not the last entry any more. Nothing was changed.)" in "\n".join(ward.transcript)


# What is unknown


async def test_a_changed_dose_of_steroids_that_is_not_known_is_not_the_old_one(ward):
    for steroids, dose in (("Changed", "20"), ("Changed", "Not assessed")):
        await ward.says(f"/visit {CODE}")
        for label in ("Seen", "1", "0", "Mild", "No", steroids):
            await ward.taps(label)
        await (ward.says(dose) if dose == "20" else ward.taps(dose))
        for label in ("None", "None", "Confirm"):
            await ward.taps(label)

    assert "20 mg/day" not in ward.last.text
    assert "not steroid-free" in ward.last.text


async def test_a_stool_infection_stands_on_the_card(ward):
    await ward.says(f"/visit {CODE}")
    for label in ("Unscheduled: worse", "1", "0", "Mild", "Positive", "No", "Unchanged", "None", "None", "Confirm"):
        await ward.taps(label)

    assert "CHECK: infection of the stool positive (1 Jun 2026)." in ward.last.text


async def test_values_without_a_day_are_of_the_day_of_the_visit(ward, office):
    await ward.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0", "Mild", "No", "Unchanged", "None"):
        await ward.taps(label)
    await ward.says("CRP 4 mg/L")
    await ward.taps("Day")
    await ward.says("20.5.2026")
    await ward.says("CRP 4 mg/L")
    await ward.taps("Confirm")

    rows = office.rows("SELECT \"on\" FROM observations WHERE kind IN ('lab', 'score')")
    assert {str(row[0]) for row in rows} == {"2026-05-20"}


async def test_the_day_of_an_endoscopy_takes_no_laboratory_value_away(ward, office):
    await ward.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0", "Mild", "Yes"):
        await ward.taps(label)
    await ward.says("20.5.2026")
    for label in ("0", "Unchanged", "None"):
        await ward.taps(label)
    await ward.says("CRP 4 mg/L")
    await ward.taps("Day of the endoscopy")
    await ward.says("21.5.2026")

    assert "Laboratory: CRP 4 mg/L (1 Jun 2026)" in ward.last.text


async def test_a_class_of_cirrhosis_and_a_drug_are_taken_back_by_the_details(ward):
    for liver, drug in (("C", "Azathioprine"), ("None", "None")):
        await ward.says(f"/p {CODE}")
        await ward.taps("Details")
        for asked in ("What is taken today", "Cirrhosis"):
            while asked not in ward.last.text:
                await ward.taps("Unchanged")
            await ward.taps(drug if asked.startswith("What") else liver)
            if "Done" in labels(ward.last):
                await ward.taps("Done")
        await ward.taps("Confirm")
        assert ("Child-Pugh C" in ward.last.text) is (liver == "C")
    await ward.taps("Safety")

    assert "Azathioprine" not in ward.last.text


# The course


async def test_a_nurse_records_no_move_of_the_course(ward, office):
    nurse = await joined(ward, office, "nurse")
    await nurse.says(f"/p {CODE}")
    await nurse.taps("Course")
    await nurse.taps("Interruption")

    assert "(Only a doctor or an owner can do that. Nothing was changed.)" in "\n".join(nurse.transcript)


async def test_a_move_that_the_course_does_not_have_is_not_offered(ward):
    await ward.says(f"/p {CODE}")
    await ward.taps("Course")

    assert "Restart" not in labels(ward.last)
    assert "First dose" not in labels(ward.last)
    assert "Interruption" in labels(ward.last)


async def test_a_patient_is_handed_over_and_the_new_colleague_is_told(ward, office):
    nurse = await joined(ward, office, "nurse")
    await ward.says(f"/p {CODE}")
    for label in ("Course", "Hand over", "Member 2 (nurse)"):
        await ward.taps(label)

    assert nurse.last.text == f"{CODE} was handed over to you by member 1."
    assert [row[0] for row in office.rows("SELECT responsible_id FROM patients")] == [2]


async def test_eight_weeks_in_crohns_disease_need_a_reason(chat):
    await chat.replay(ENROLLED.replace("[Colitis]", "[Crohn's]"))  # the length of induction is left for later there
    await chat.says(f"/p {CODE}")
    for label in ("Course", "Induction length", "8"):
        await chat.taps(label)

    assert "Why 8 weeks?" in chat.last.text
    assert labels(chat.last)[-2:] == ["Back", "Cancel"]


async def test_a_move_that_was_passed_to_a_nurse_is_not_confirmed_by_them(ward, office):
    nurse = await joined(ward, office, "nurse")
    await ward.says(f"/p {CODE}")
    for label in ("Course", "Interruption", "Today", "Infection", "Cancel", "Pass to a colleague", "Member 2 (nurse)"):
        await ward.taps(label)
    await nurse.says("/resume")
    await nurse.taps("Confirm")

    assert "(Only a doctor or an owner can do that. Nothing was changed.)" in "\n".join(nurse.transcript)
    assert office.rows("SELECT * FROM observations WHERE code = 'interrupted'") == []


# What is never stored


async def test_personal_data_is_refused_before_anything_of_it_is_stored(ward, office):
    for text in ("Mr John Smithson 12", "/labs patient: Jane Smithson CRP 12", "/p Mrs Smithson", "DOB 12.03.1968"):
        await ward.says(text)

        assert "Delete my message" in labels(ward.last)
    everything = stored(office)
    assert "mithson" not in everything.lower()
    assert "1968" not in everything


async def test_a_message_is_deleted_on_request(ward, office):
    await ward.says("please call Mrs Smithson")
    await ward.taps("Delete my message")

    (message,) = office.telegram.deleted
    assert message < ward.last.message_id
    assert message not in {each.message_id for each in ward.messages}


async def test_a_picture_is_refused_with_the_offer_to_delete_it(ward):
    ward.conversation.sends(photo=[{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}])
    await ward.settled()

    assert ward.last.text == words.NOT_TEXT
    assert labels(ward.last) == ["Delete my message"]


# What is shown


async def test_a_trend_comes_as_a_picture_with_its_words(ward, office):
    await visit(ward)
    await ward.says(f"/trend {CODE}")

    assert len(office.telegram.pictures) == 1
    assert "PMS: 2 on 1 Jun 2026, week 12." in ward.last.text
    assert [row[0] for row in office.rows("SELECT count(*) FROM cards WHERE picture IS NOT NULL")] == [0]


async def test_the_panel_counts_every_patient_once(ward):
    await visit(ward)
    await ward.says("/new CD-0043")
    await ward.taps("Crohn's")
    while "Confirm" not in labels(ward.last):
        await ward.taps("Later")
    await ward.taps("Confirm")
    await ward.says("/panel")

    assert "In remission: 1" in ward.last.text
    assert "Not seen on treatment: 1" in ward.last.text


async def test_a_long_list_of_patients_comes_in_pages(ward, office):
    office.rows(
        "INSERT INTO patients (code, plain, disease, responsible_id, enrolled_at) "
        + " UNION ALL ".join(f"SELECT 'X{n}', 'X{n}', 'UC', 1, '2026-01-01 00:00:00+00:00'" for n in range(499))
        if office.url.startswith("sqlite")
        else "INSERT INTO patients (code, plain, disease, responsible_id, enrolled_at) "
        "SELECT 'X' || n, 'X' || n, 'UC', 1, now() FROM generate_series(0, 498) AS n"
    )
    await ward.says("/p")
    shown = labels(ward.last)
    await ward.taps("More")

    assert ward.last.text.startswith("500 patients")
    assert (len(shown), shown[0], shown[-1]) == (11, "X498", "More")
    assert labels(ward.last)[0] == "X488"


@pytest.mark.parametrize("chart", list(full_charts(60, 5)), ids=lambda _: "")
def test_a_card_is_short_and_says_every_limit_or_how_many_there_are(chart):
    report = assess(chart, TODAY)
    examined = Examined({}, Reading(TODAY, disease=chart.disease), report)
    text = visible_text(card_text("Q7K-4M", examined), "HTML")
    limits = sum(each.level is Level.LIMIT for each in report.safety)
    more = re.search(r"LIMIT: (\d+) more under Safety", text)

    assert len(text) <= MOST_CHARACTERS
    assert len(text.splitlines()[0]) <= 140
    assert len(re.findall(r"^LIMIT: (?!\d+ more)", text, re.MULTILINE)) + int(more[1] if more else 0) >= limits
    note = copied("Q7K-4M", examined)
    assert utf16_length(note) <= MOST_COPIED
    assert report.status[-2] in note
    assert report.headline in note


async def test_every_read_and_write_of_a_patient_is_in_the_audit(ward, office):
    await visit(ward)
    before = len(office.rows("SELECT * FROM audit WHERE patient_id = 1"))
    await ward.says(f"/history {CODE}")
    rows = office.rows("SELECT verb, subject FROM audit WHERE patient_id = 1 ORDER BY id")

    assert len(rows) == before + 1
    assert tuple(rows[-1]) == ("read", "patient 1")
    assert tuple(rows[0]) == ("enrol", "patient 1")
    written = [row.subject for row in rows if row.verb == "write"]
    assert written == [f"observation {row.id}" for row in office.rows("SELECT id FROM observations ORDER BY id")]


async def test_the_record_of_a_patient_verifies_after_all_that_can_be_done_to_it(ward, office):
    nurse = await joined(ward, office, "nurse")
    await visit(ward)
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")
    await ward.says(f"/p {CODE}")
    for label in ("Course", "Hand over", "Member 2 (nurse)"):
        await ward.taps(label)
    await nurse.says(f"/status {CODE}")
    engine = open_engine(office.url)
    with engine.begin() as connection:
        found = verify(connection, KEY)
    engine.dispose()

    assert found.broken == ()
    assert found.clinical_rows == sum(
        office.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("patients", "observations", "verdicts")
    )


# The rehearsal


def test_the_rehearsal_goes_as_written():
    assert told() + "\n" == REHEARSAL.read_text(encoding="utf-8")


def test_the_rehearsal_shows_what_it_is_made_for():
    said = "\n".join(shown.body for shown in rehearsal())

    for each in (
        "Baseline checklist",
        "interruption if Neutrophils &lt; 1.0",
        "Dates before → after",
        "REMISSION · PMS 0",
    ):
        assert each in said


async def test_the_rehearsal_is_read_scene_by_scene_and_stores_no_patient(chat, office):
    await chat.says("/demo")
    for _ in range(len(rehearsal()) - 1):
        await chat.taps("Next")

    assert "week 52" in chat.last.text
    assert office.rows("SELECT * FROM patients") == []
