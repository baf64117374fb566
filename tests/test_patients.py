"""Patients in the chat: who may do what, what a visit files, what a card says."""

import pytest

from bot import words
from bot.contract.examined import Examined
from bot.contract.reading import Reading
from bot.patients.card import MOST_CHARACTERS, MOST_COPIED, card_text, copied
from bot.practice.limits import utf16_length, visible_text
from flows.chart import Chart
from flows.protocol.cautions import Level
from flows.questionnaire import Disease
from flows.report import assess
from tests.conversation import button, labels
from tests.enrolled import CODE, ENROLLED, visit
from tests.fullcharts import TODAY, full_charts
from tests.generated import TRANSCRIPTS
from tests.sealed import checked
from tests.test_saving import OF_CROHNS, enrol_crohns
from tests.test_team import joined

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

    assert labels(nurse.last) == ["Hour of reminders", "Quiet from", "Quiet until", "These hours are right"]
    assert "Patients are stored: confirmed by member 1 on 1 Jun 2026." in chat.last.text


async def test_a_region_that_is_chosen_again_is_shown(ward):
    await ward.says("/settings")
    for region in ("EU", "US", "EU"):
        await ward.taps(region)

        assert f"Region of the label: {region}." in ward.last.text


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
    await nurse.says(f"/history {CODE}")
    told = "Answers: by member 2: visit, stool frequency, bleeding; the rest by member 1 · member 1"
    assert told in nurse.last.text


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


async def test_an_unusual_first_value_is_looked_at_in_the_review_and_in_a_quick_check_is_not(ward):
    await ward.says("/labs ALT 210")
    assert "usual" not in ward.last.text

    await visit(ward, labs="AST 30")
    await ward.taps("Add labs")
    await ward.says("ALT 210 U/L")

    assert (
        "CHECK: ALT 210 U/L, taken as typed: outside the usual 5 to 150 U/L, and there is no value to compare it with."
        in ward.last.text
    )
    await ward.taps("Confirm")
    await ward.taps("Add labs")
    await ward.says("ALT 190 U/L")
    assert "ALT 190" in ward.last.text
    assert "usual" not in ward.last.text


async def test_a_value_of_another_day_is_filed_under_its_day(ward, office):
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("CRP 22 mg/L FCP 1200 µg/g 1.4.2026")
    await ward.taps("Confirm")

    days = [str(row[0]) for row in office.rows("SELECT \"on\" FROM observations WHERE kind = 'lab'")]
    assert days == ["2026-04-01", "2026-04-01"]


async def test_with_two_patients_open_a_button_of_the_first_acts_on_the_first(ward, office):
    await ward.says(f"/p {CODE}")
    first = ward.last
    await ward.replay(ENROLLED.partition("\n")[2].partition("\n")[2].replace("CD-0042", "CD-0043"))
    await ward.taps("Checklist", message=first)

    (patient,) = office.rows("SELECT patient_id FROM audit WHERE patient_id IS NOT NULL ORDER BY id DESC LIMIT 1")
    assert patient[0] == 1
    assert next(each.text for each in ward.messages if each is first).startswith(CODE)


# What is unknown


async def test_what_was_started_elsewhere_is_closed_once_and_the_screening_for_safety_stays(ward, office):
    await ward.says(f"/p {CODE}")
    await ward.taps("Checklist")
    checklist = ward.last
    pressed = button(checklist, "Started elsewhere")
    await ward.taps("Started elsewhere")
    await ward.presses(pressed, checklist.message_id)

    for each in ("PMS", "CRP and calprotectin", "MES"):
        assert f"{each} on 1 Jun 2026" in ward.last.text.partition("Not obtainable: ")[2]
    assert "IGRA" in ward.last.text.partition("Missing: ")[2]
    assert "Started elsewhere" not in labels(ward.last)
    assert office.rows("SELECT count(*) FROM observations WHERE value IS NOT NULL AND kind = 'handled'")[0][0] == 4


async def test_the_checklist_names_the_instruments_of_the_patients_disease(ward):
    await enrol_crohns(ward)
    for code, missing in ((CODE, "PMS; CRP and calprotectin; MES."), (OF_CROHNS, "HBI; CRP and calprotectin; SES-CD.")):
        await ward.says(f"/p {code}")
        await ward.taps("Checklist")

        assert f"; {missing}" in ward.last.text


@pytest.mark.parametrize(
    ("disease", "titles"), [(Disease.CROHNS, ["HBI", "SES-CD"]), (Disease.ULCERATIVE_COLITIS, ["PMS", "MES"])]
)
def test_what_is_due_names_the_instruments_of_the_patients_disease(disease, titles):
    due = assess(Chart(disease=disease), TODAY).due

    assert [each.title for each in due if each.item in ("base_score", "base_endo")] == titles


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


@pytest.mark.parametrize(
    ("serious", "told"),
    [
        ("Yes", "herpes zoster, serious (1 Jun 2026"),
        ("No", "herpes zoster, not serious (1 Jun 2026"),
        ("Not assessed", "whether serious or disseminated is not known"),
    ],
)
async def test_of_an_infection_it_is_asked_whether_it_was_serious_and_of_nothing_else(ward, serious, told):
    await ward.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0", "Mild", "No", "Unchanged", "Herpes zoster", "VTE", "Done"):
        await ward.taps(label)
    assert "Herpes zoster: was it serious?" in ward.last.text
    for label in (serious, "None", "Confirm", "Safety"):
        await ward.taps(label)

    assert told in ward.last.text
    assert ("“If a serious infection develops" in ward.last.text) is (serious == "Yes")


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
            if "✓ Azathioprine" in labels(ward.last):
                await ward.taps("✓ Azathioprine")
            await ward.taps(drug if asked.startswith("What") else liver)
            if "Done" in labels(ward.last):
                await ward.taps("Done")
        await ward.taps("Unchanged")
        await ward.taps("Confirm")
        assert ("Child-Pugh C" in ward.last.text) is (liver == "C")
    await ward.taps("Safety")

    assert "azathioprine" not in ward.last.text


async def test_a_dose_that_is_left_unchanged_in_the_details_stands(ward):
    await ward.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0", "Mild", "No", "Changed"):
        await ward.taps(label)
    await ward.says("20")
    for label in ("None", "None", "Confirm", "Menu", "Details"):
        await ward.taps(label)
    while "What is taken today" not in ward.last.text:
        await ward.taps("Unchanged")
    for label in ("Azathioprine", "Done"):
        await ward.taps(label)
    while "Nothing counts until you confirm" not in ward.last.text:
        await ward.taps("Unchanged")
    await ward.taps("Confirm")

    assert "On prednisolone 20 mg/day: not steroid-free." in ward.last.text
    await ward.taps("Safety")
    assert "azathioprine" in ward.last.text


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


async def test_eight_weeks_in_crohns_disease_need_a_reason(chat):
    await chat.replay(
        ENROLLED.replace("[Colitis]", "[Crohn's]\ndoctor: [Later]")
    )  # the length of induction is left for later there
    await chat.says(f"/p {CODE}")
    for label in ("Course", "Induction length", "8"):
        await chat.taps(label)

    assert "Why 8 weeks?" in chat.last.text
    assert labels(chat.last)[-2:] == ["Back", "Cancel"]


async def test_a_move_is_not_confirmed_by_who_is_no_doctor_any_more(ward, office):
    doctor = await joined(ward, office, "doctor")
    await doctor.says(f"/p {CODE}")
    for label in ("Course", "Interruption", "Today", "Infection"):
        await doctor.taps(label)
    office.rows("UPDATE members SET role = 'nurse' WHERE id = 2")
    await doctor.taps("Confirm")

    assert "(Only a doctor or an owner can do that. Nothing was changed.)" in "\n".join(doctor.transcript)
    assert office.rows("SELECT * FROM observations WHERE code = 'interrupted'") == []


# What is shown


async def test_a_trend_comes_as_a_picture_with_its_words(ward, office):
    await visit(ward)
    await ward.says(f"/trend {CODE}")

    assert len(office.telegram.pictures) == 1
    assert "PMS: 2 on 1 Jun 2026, week 12." in ward.last.text
    assert [row[0] for row in office.rows("SELECT count(*) FROM cards WHERE picture IS NOT NULL")] == [0]


async def test_the_trend_is_reached_from_the_menu_and_leads_back_to_it(ward, office):
    await ward.says(f"/p {CODE}")
    menu = ward.last
    await ward.taps("Trend")
    picture = ward.last
    assert picture.text.startswith("(picture)")
    await ward.taps("Menu", message=picture)

    assert ward.last.text == menu.text
    assert ward.last.message_id > picture.message_id
    assert labels(picture) == ["Menu"]
    assert labels(menu) == labels(ward.last)
    assert len(office.telegram.pictures) == 1


async def test_values_that_reply_to_a_trend_are_for_its_patient(ward):
    await ward.says(f"/trend {CODE}")
    await ward.says("CRP 4 mg/L 1.6.2026", reply_to=ward.last)

    assert "CRP 4 mg/L (1 Jun 2026)" in ward.last.text


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
    assert "Overdue: 1" in ward.last.text


@pytest.mark.parametrize("typed", [CODE, "cd0042i"])
async def test_a_code_that_is_taken_is_nobody_elses_pseudonym(ward, typed):
    await ward.says(f"/new {typed}")

    assert f"{typed.upper()} is taken already: /p {typed.upper()} opens it." in ward.last.text


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
def test_a_card_is_short_and_says_every_limit_in_words_or_in_short(chart):
    report = assess(chart, TODAY)
    examined = Examined({}, Reading(TODAY, disease=chart.disease), chart, report)
    text = visible_text(card_text("Q7K-4M", examined), "HTML")
    limits = [each for each in report.safety if each.level is Level.LIMIT]

    assert len(text) <= MOST_CHARACTERS
    assert len(text.splitlines()[0]) <= 140
    assert [each.id for each in limits if each.why not in text and each.brief not in text] == []
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
    for label in ("Course", "Hand over", "Member 2 (nurse)", "Leave or absence", "Confirm"):
        await ward.taps(label)
    await nurse.says(f"/status {CODE}")
    found = checked(office.url)

    assert found.broken == ()
    assert found.clinical_rows == sum(
        office.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("patients", "observations", "verdicts")
    )


async def test_an_old_day_passes_where_a_day_belongs(ward):
    """Charts may be entered years later; elsewhere such a day is taken for a birth."""
    await ward.says(f"/p {CODE}")
    for label in ("Checklist", "IGRA"):
        await ward.taps(label)
    await ward.says("3.5.2010")

    assert "What did the IGRA show?" in ward.last.text

    await ward.says("3.5.2010")
    assert "date of birth" in ward.messages[-2].text or "date of birth" in ward.last.text


async def test_a_day_with_a_sign_of_birth_is_refused_where_a_day_is_asked(ward):
    await ward.says(f"/p {CODE}")
    for label in ("Checklist", "IGRA"):
        await ward.taps(label)
    await ward.says("born 3.5.2010")

    assert any("date of birth" in each.text for each in ward.messages)


async def test_an_old_total_is_taken_with_its_day(ward):
    await ward.says(f"/pms {CODE} total 4 2 May 2009")

    assert "Day: 2 May 2009" in ward.last.text
