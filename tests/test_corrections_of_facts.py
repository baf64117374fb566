"""A drug, an event and what is known of a person are told anew where they were wrong; nothing else is asked again."""

import re
from itertools import pairwise

import pytest

from flows.history_in_words import title_of
from flows.record import Fact, Kind
from flows.reminder import State
from tests.conversation import labels
from tests.correcting import say, told, wrong
from tests.enrolled import CODE
from tests.mornings import rows_of
from tests.sealed import checked
from tests.test_saving import OF_CROHNS, enrol_crohns
from tests.test_team import joined

RIGHT = "Enter the right value"
IN_DETAIL = """doctor: /settings
doctor: [Confirm: our organisation approved it]
doctor: /new CD-0042
doctor: [Colitis]
doctor: 1980
doctor: [Female]
doctor: [No]
doctor: [Moderate]
doctor: [Proctitis]
doctor: [Refractory]
doctor: [Stoma]
doctor: [Done]
doctor: [Infliximab]
doctor: [Vedolizumab]
doctor: [Done]
doctor: [No response]
doctor: [Later]
doctor: [Diabetes]
doctor: [Done]
doctor: [Prednisolone or equivalent]
doctor: [Azathioprine]
doctor: [Strong CYP3A4 inhibitor]
doctor: [Done]
doctor: 20
doctor: 1.3.2026
doctor: 1.5.2026
doctor: 85
doctor: [None]
doctor: 2
doctor: [Yes]
doctor: 9.3.2026
doctor: [Later]
doctor: [Confirm]
doctor: /status CD-0042-I"""


pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
def opening(request, opening):
    return IN_DETAIL if "known" in request.fixturenames else opening


@pytest.fixture
async def known(chat):
    """The doctor, with a patient of whom everything was told."""
    return chat


def last_of(office, code):
    """What stands of a fact of the person, and how often it was written."""
    rows = [row for row in told(office, "code", "value", "why", kind="person") if row[0] == code]
    return rows[-1][1], rows[-1][2], len(rows)


async def report_event(line, *events):
    await line.says(f"/visit {CODE}")
    await say(line, "Seen", "No", "Unchanged", *events, "None", "Confirm")


# Drugs


async def test_a_wrong_dose_of_steroids_is_corrected_and_its_day_stands(known):
    await wrong(known, "Prednisolone or equivalent", "Typing error", RIGHT)
    assert f"{CODE} · Prednisolone or equivalent · review" in known.last.text
    assert "Day: 1 Mar 2026\nTaken: Taken\nPrednisolone: 20 mg" in known.last.text
    await known.taps("Prednisolone")
    await known.says("5")
    await known.taps("Confirm")

    assert "On prednisolone 5 mg/day: not steroid-free." in known.last.text
    assert "Updated: a value arrived or was corrected since the last card." in known.last.text


async def test_a_drug_that_was_recorded_as_taken_and_had_ended_is_corrected_with_one_tap(known, office):
    await wrong(known, "Prednisolone or equivalent", "Typing error", RIGHT, "Taken", "Stopped")
    assert "Prednisolone:" not in known.last.text
    await known.taps("Confirm")

    assert "No corticosteroid recorded" in known.last.text
    new, old = told(office, "code", "value", "on", "why", kind="medication")[-1], ("corticosteroid", "2026-03-01")
    assert (new[0], new[2]) == old
    assert "stopped" in new[1]


async def test_the_day_since_which_a_drug_is_taken_is_asked_where_it_was_wrong(known, office):
    await wrong(known, "Strong CYP3A4 inhibitor", "Wrong day", RIGHT)
    assert "Strong CYP3A4 inhibitor: from which day on?" in known.last.text
    await say(known, "3.4.2026", "Confirm", f"/history {CODE}")

    new, old = [line for line in known.last.text.splitlines() if "Strong CYP3A4 inhibitor" in line]
    assert "of 3 Apr 2026: recorded · member 1, 1 Jun 2026 · wrong day · in place of #" in new
    assert old.endswith("of 1 May 2026: recorded · member 1, 1 Jun 2026 · replaced")


# Events


async def test_an_event_is_said_to_be_serious_afterwards_and_its_limit_follows(known):
    await report_event(known, "Other infection", "Done", "Not assessed")
    await known.taps("Safety")
    assert "whether serious is not known" in known.last.text
    await wrong(known, "Other infection", "Typing error", RIGHT)
    assert "Day: 1 Jun 2026\nOther infection serious: not assessed" in known.last.text
    await say(known, "Other infection serious", "Yes", "Confirm", "Safety")

    assert "infection, serious (1 Jun 2026" in known.last.text
    assert "LIMIT: US label" in known.last.text


async def test_the_day_of_an_event_is_corrected(known, office):
    await report_event(known, "Herpes zoster", "Done", "No")
    await wrong(known, "Herpes zoster", "Wrong day", RIGHT, "20.5.2026", "Confirm", "Safety")

    assert "herpes zoster, not serious (20 May 2026" in known.last.text
    assert [row[1] for row in told(office, "code", "on", kind="event")] == ["2026-06-01", "2026-05-20"]


async def test_of_what_is_serious_by_its_name_only_the_day_is_asked(known):
    await report_event(known, "Serious infection", "Done")
    await wrong(known, "Serious infection", "Typing error", RIGHT)

    assert "Serious infection: on which day?" in known.last.text


# The person


@pytest.mark.parametrize(
    ("code", "answer", "value"),
    [
        ("birth_year", "1950", '{"is": 1950}'),
        ("sex", "Male", '{"is": "male"}'),
        ("history.childbearing_potential", "Yes", '{"is": true}'),
        ("history.severity", "Severe", '{"is": "severe"}'),
        ("disease.extent", "Extensive", '{"is": "extensive"}'),
        ("history.ostomy", "No", '{"is": false}'),
        ("history.psc", "Yes", '{"is": true}'),
        ("history.egfr", "35", '{"is": "35"}'),
        ("history.child_pugh", "B", '{"is": "B"}'),
        ("history.normal_stools", "1", '{"is": 1}'),
    ],
)
async def test_what_is_known_of_a_person_is_corrected_by_the_question_that_told_it(known, office, code, answer, value):
    await wrong(known, title_of(Fact(kind=Kind.PERSON, code=code, value={})), "Typing error", RIGHT)
    await (known.taps(answer) if answer in labels(known.last) else known.says(answer))
    await known.taps("Confirm")

    assert last_of(office, code) == (value, "typing error", 2)
    assert "Updated: a value arrived or was corrected since the last card." in known.last.text


async def test_a_list_of_risks_is_corrected_with_what_stands_ticked(known, office):
    await wrong(known, "Risks", "Typing error", RIGHT)
    assert "Risks on record" in known.last.text
    assert [each for each in labels(known.last) if "Diabetes" in each] != ["Diabetes"]
    await say(known, "Smoker", "Done", "Confirm")

    assert last_of(office, "risks")[0] == '{"is": ["current_smoker", "diabetes"]}'


async def test_one_earlier_drug_is_corrected_and_the_others_are_not_asked_again(known, office):
    await wrong(known, "Treated before", "Typing error", RIGHT)
    assert "Treated before: infliximab, vedolizumab\nInfliximab: No response\nVedolizumab: not assessed" in (
        known.last.text
    )
    await say(known, "Vedolizumab", "Intolerance", "Confirm")

    assert last_of(office, "therapies")[0] == '{"is": {"infliximab": "no_response", "vedolizumab": "intolerance"}}'


async def test_a_corrected_year_of_birth_leaves_the_verdicts_before_as_they_were(known, office):
    await wrong(known, "Birth year", "Typing error", RIGHT)
    await known.says("1950")
    await say(known, "Confirm", "/replay 1")
    found = checked(office.url)

    assert "Now, from the same inputs: identical, word for word." in known.last.text
    assert found.broken == ()


async def test_how_long_induction_is_meant_to_be_is_corrected_by_a_doctor_alone(chat, office):
    await enrol_crohns_of_12_weeks(chat)
    nurse = await joined(chat, office, "nurse")
    await wrong(nurse, "Induction length", "Typing error", RIGHT, code=OF_CROHNS)
    assert "Only a doctor or an owner can do that" in nurse.transcript[-1]
    await wrong(chat, "Induction length", "Typing error", RIGHT, "8", "Adverse event", "Confirm", code=OF_CROHNS)

    assert last_of(office, "induction_weeks")[0] == '{"is": 8, "why": "Adverse event"}'


async def enrol_crohns_of_12_weeks(line):
    await line.says("/settings")
    await line.taps("Confirm: our organisation approved it")
    await enrol_crohns(line)
    await say(line, f"/p {OF_CROHNS}", "Course", "Induction length", "12", "Confirm")


async def test_a_nurse_corrects_what_a_nurse_may_tell(known, office):
    nurse = await joined(known, office, "nurse")
    await wrong(nurse, "Sex", "Typing error", RIGHT, "Male", "Confirm")

    assert last_of(office, "sex")[0] == '{"is": "male"}'
    assert told(office, "code", "by", kind="person")[-1] == ("sex", "2")


async def test_what_is_no_value_is_only_taken_out(known):
    await wrong(known, "Medication asked about", "Typing error")

    assert labels(known.last) == ["Only take it out", "Menu"]


# What is screened for


async def test_a_wrong_result_is_corrected_and_its_day_stands(known, office):
    await say(
        known, f"/p {CODE}", "Checklist", "Hepatitis B", "20.5.2026", "Positive", "Positive", "Negative", "Confirm"
    )
    await wrong(known, "Hepatitis B", "Typing error", RIGHT)
    assert "Day: 20 May 2026\nHBsAg: Positive\nAnti-HBc: Positive\nHBV DNA: Negative" in known.last.text
    await say(known, "HBsAg", "Negative", "Confirm")

    new = told(office, "on", "value", kind="screening")[-1]
    assert new[0] == "2026-05-20"
    assert new[1] == '{"hbsag": "negative", "anti_hbc": "positive", "dna": "negative"}'


async def test_the_wrong_day_of_a_score_is_the_only_thing_that_is_asked(known, office):
    await say(known, f"/p {CODE}", "Checklist", "MES", "20.5.2026", "3", "Confirm")
    await wrong(known, "MES", "Wrong day", RIGHT, "18.5.2026")
    assert "Day: 18 May 2026\nEndoscopy: 3" in known.last.text
    await known.taps("Confirm")

    assert told(office, "on", "value", kind="score")[-1] == ("2026-05-18", '{"answers": {"mes": 3}}')


# What else of the day stands, and marks


async def test_a_value_that_is_corrected_onto_the_day_of_another_says_which_of_them_counts(ward):
    for values in ("CRP 40 mg/L 20.5.2026", "CRP 4 mg/L 25.5.2026"):
        await say(ward, f"/p {CODE}", "Laboratory")
        await ward.says(values)
        await ward.taps("Confirm")
    await wrong(ward, "CRP of 20 May 2026", "Wrong day", RIGHT)
    await ward.says("CRP 40 mg/L 25.5.2026")

    assert "CHECK: CRP: 4 mg/L of 25 May 2026 stands already; that one counts, not this." in ward.last.text
    await ward.taps("Confirm")
    assert "CRP 4 mg/L" in ward.last.text


async def test_a_mark_of_what_was_done_is_taken_out_later_too(ward, office):
    await say(ward, f"/due {CODE}", "One by one", "Week 12: lipids", "Done", "Today, 1 Jun 2026")
    await say(ward, f"/p {CODE}", "Laboratory")
    await ward.says("CRP 4 mg/L")
    await ward.taps("Confirm")
    assert rows_of(office, "wk12_lipid").state == State.DONE
    await wrong(ward, "Week 12: lipids", "Typing error", "Only take it out")

    assert rows_of(office, "wk12_lipid").state != State.DONE
    await say(ward, f"/p {CODE}", "Due")
    assert "DUE: Week 12: lipids" in ward.last.text


async def test_each_look_at_what_is_wrong_is_in_the_audit(ward, office):
    await say(ward, f"/p {CODE}", "Laboratory")
    await ward.says("CRP 40 mg/L")
    await say(ward, "Confirm", "Correct")
    number = re.search(r"#(\d+) CRP", ward.last.text)[1]
    counts = []
    for label in (f"#{number}", "Typing error", RIGHT):
        counts.append(len(office.rows("SELECT id FROM audit WHERE verb = 'read'")))
        await ward.taps(label)
    counts.append(len(office.rows("SELECT id FROM audit WHERE verb = 'read'")))

    assert all(before < after for before, after in pairwise(counts))
