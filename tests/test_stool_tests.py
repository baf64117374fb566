"""Whether an infection of the stool explains worse symptoms: told at a visit or when it arrives, and corrected."""

import json
from datetime import date, timedelta

import pytest

from bot.contract.examined import examine
from bot.patients.card import MOST_COPIED, copied
from flows.record import Fact, Kind
from tests.conversation import labels
from tests.correcting import recorded, say, told, wrong
from tests.enrolled import CODE
from tests.test_team import joined

RIGHT = "Enter the right value"
OUT = "Only take it out"
TODAY = date(2026, 6, 1)
INFECTION = "infection (1 Jun 2026"


pytestmark = pytest.mark.usefixtures("unhurried")


async def worse(line, result, *events):
    await line.says(f"/visit {CODE}")
    await say(line, "Unscheduled: worse", "1", "0", "Mild", result, "No", "Unchanged", *(events or ("None",)))
    await say(line, "None", "Confirm")


async def safety(line):
    await say(line, f"/p {CODE}", "Safety")
    return line.last.text


# Corrected, and taken out


async def test_a_wrong_result_is_corrected_like_any_other_and_leaves_every_verdict(ward, office):
    await worse(ward, "Positive")
    assert "CHECK: infection of the stool positive (1 Jun 2026)." in ward.last.text
    assert INFECTION in await safety(ward)

    await wrong(ward, "Stool test", "Typing error", RIGHT)
    assert "Day: 1 Jun 2026\nResult: Positive" in ward.last.text
    await say(ward, "Result", "Negative", "Confirm")
    assert "Updated: a value arrived or was corrected since the last card." in ward.last.text
    assert "INFO: infection of the stool negative (1 Jun 2026)." in ward.last.text
    assert INFECTION not in await safety(ward)
    assert [each[2:] for each in told(office, "code", "value", "by", "why", kind="test")] == [
        ("1", None),
        ("1", "typing error"),
    ]


async def test_a_result_that_is_taken_out_leaves_nothing_behind_and_comes_back(ward, office):
    await worse(ward, "Positive")
    await wrong(ward, "Stool test", "Wrong patient", OUT)

    assert "infection of the stool" not in ward.last.text
    assert INFECTION not in await safety(ward)
    (inputs,) = office.rows("SELECT inputs FROM verdicts ORDER BY id DESC LIMIT 1")[0]
    assert json.loads(inputs)["stool_tests"] == []
    await say(ward, f"/undo {CODE}", "Take back")
    assert "CHECK: infection of the stool positive (1 Jun 2026)." in ward.last.text
    assert INFECTION in await safety(ward)


async def test_the_day_of_a_result_is_corrected(ward):
    await worse(ward, "Positive")
    await wrong(ward, "Stool test", "Wrong day", RIGHT, "28.5.2026", "Confirm")

    assert "CHECK: infection of the stool positive (28 May 2026)." in ward.last.text


async def test_whether_it_was_serious_is_told_of_a_positive_one_alone(ward):
    await worse(ward, "Positive")
    await wrong(ward, "Stool test", "Typing error", RIGHT, "Stool infection serious", "No", "Confirm")
    assert "infection, not serious (1 Jun 2026" not in ward.last.text
    assert "LIMIT" not in await safety(ward)
    await wrong(ward, "Stool test", "Typing error", RIGHT, "Stool infection serious", "Yes", "Confirm")

    assert "infection, serious (1 Jun 2026" in await safety(ward)


async def test_an_infection_that_is_also_told_among_the_events_is_said_once(ward):
    await worse(ward, "Positive", "Other infection", "Done", "No")

    assert (await safety(ward)).count(INFECTION) == 0
    await wrong(ward, "Other infection", "Typing error", OUT)
    assert (await safety(ward)).count(INFECTION) == 1


async def test_a_result_that_was_written_before_it_was_a_fact_of_its_own_is_corrected_too(ward, office):
    note = Fact(kind=Kind.NOTE, code="stool_infection", on=TODAY, value={"result": "positive"})
    await recorded(office, 1, 9, note)
    await ward.says(f"/status {CODE}")
    assert "CHECK: infection of the stool positive (1 Jun 2026)." in ward.last.text
    await wrong(ward, "Stool test", "Typing error", RIGHT, "Result", "Negative", "Confirm")

    assert "INFO: infection of the stool negative (1 Jun 2026)." in ward.last.text
    rows = office.rows("SELECT kind, replaces_id FROM observations WHERE code = 'stool_infection' ORDER BY id")
    assert [row[0] for row in rows] == ["note", "test"]


# Awaited, and entered when it arrives


async def test_an_awaited_result_is_entered_from_the_card_that_says_so(ward, office):
    await worse(ward, "Awaiting")
    assert "CHECK: infection of the stool awaiting (1 Jun 2026)." in ward.last.text
    office.clock.passes(days=2)
    await say(ward, "Stool test", "Positive", "Not known")
    assert "Day: 1 Jun 2026\nResult: Positive" in ward.last.text
    await ward.taps("Confirm")

    assert "Updated: a value arrived or was corrected since the last card." in ward.last.text
    assert "CHECK: infection of the stool positive (1 Jun 2026)." in ward.last.text
    assert "Stool test" not in labels(ward.last)
    old, new = office.rows("SELECT id, replaces_id, why FROM observations WHERE code = 'stool_infection' ORDER BY id")
    assert (new[1], new[2]) == (old[0], "the result arrived")


async def test_an_awaited_result_is_entered_by_a_nurse_from_the_page_of_the_patient(ward, office):
    await worse(ward, "Awaiting")
    nurse = await joined(ward, office, "nurse")
    await say(nurse, f"/p {CODE}", "Stool test", "Negative", "Confirm")

    assert "INFO: infection of the stool negative (1 Jun 2026)." in nurse.last.text


async def test_a_result_of_a_test_that_nobody_told_of_has_its_day_asked(ward):
    await say(ward, f"/p {CODE}", "Stool test", "30.5.2026", "Negative", "Confirm")

    assert "INFO: infection of the stool negative (30 May 2026)." in ward.last.text


async def test_an_awaited_result_waits_while_another_form_is_open(ward):
    await worse(ward, "Awaiting")
    await say(ward, f"/p {CODE}", "Laboratory", f"/p {CODE}", "Stool test")
    assert "Before Stool test of CD-0042-I begins" in ward.last.text
    await say(ward, "Discard", "Negative", "Confirm")

    assert "INFO: infection of the stool negative (1 Jun 2026)." in ward.last.text


async def test_one_that_was_entered_meanwhile_is_not_replaced_unseen(ward, office):
    await worse(ward, "Awaiting")
    nurse = await joined(ward, office, "nurse")
    await say(ward, f"/p {CODE}", "Stool test")
    await say(nurse, f"/p {CODE}", "Stool test", "Positive", "Not known", "Confirm")
    await say(ward, "Negative", "Confirm")

    assert "That value does not stand any more. Nothing was changed." in ward.transcript[-1]
    assert len(told(office, "id", kind="test")) == 2


# Left open at a visit for worse symptoms


OPEN = "CHECK: infection of the stool not assessed (1 Jun 2026)."


async def test_a_visit_for_worse_symptoms_that_leaves_it_open_says_so_and_nothing_is_filed_of_it(ward, office):
    await worse(ward, "Not assessed")

    assert OPEN in ward.last.text
    assert told(office, "id", kind="test") == []


async def test_it_is_not_said_of_a_visit_that_is_told_otherwise(ward):
    await worse(ward, "Not assessed")
    await wrong(ward, "Visit", "Typing error", RIGHT, "Visit", "Seen", "Confirm")

    assert "infection of the stool" not in ward.last.text


async def test_a_result_of_that_day_takes_its_place(ward):
    await worse(ward, "Not assessed")
    await say(ward, f"/p {CODE}", "Stool test", "Today", "Negative", "Confirm")

    assert "INFO: infection of the stool negative (1 Jun 2026)." in ward.last.text
    assert OPEN not in ward.last.text


# In the notes and in the replay


async def test_it_stands_in_both_notes_and_in_what_a_replay_recomputes(ward, office):
    await worse(ward, "Awaiting")
    (button,) = [each for row in ward.last.keyboard for each in row if each["text"] == "Copy note"]
    assert "CHECK: infection of the stool awaiting (1 Jun 2026)." in button["copy_text"]["text"]
    inputs, report = office.rows("SELECT inputs, report FROM verdicts ORDER BY id DESC LIMIT 1")[0]
    assert json.loads(inputs)["stool_tests"] == [{"on": "2026-06-01", "result": "awaiting"}]
    assert "infection of the stool awaiting" in report
    await ward.taps("Long note")
    assert "CHECK: infection of the stool awaiting (1 Jun 2026)." in ward.last.text


def patient(*tests, **more):
    return {
        "disease": "UC",
        "today": "2026-06-01",
        "started_on": "2026-03-09",
        "stool_tests": [{"on": on, "result": result} | rest for on, result, rest in tests],
    } | more


def said(*tests, today=TODAY, **more):
    """What the status says of it."""
    found = examine(patient(*tests, **more), today).written()
    return [each for each in found["status"] if "infection of the stool" in each]


@pytest.mark.parametrize(
    ("result", "line"),
    [
        ("negative", "INFO: infection of the stool negative (30 May 2026)."),
        ("positive", "CHECK: infection of the stool positive (30 May 2026)."),
        ("awaiting", "CHECK: infection of the stool awaiting (30 May 2026)."),
        ("not_tested", "CHECK: infection of the stool not tested (30 May 2026)."),
        ("not_assessed", "CHECK: infection of the stool not assessed (30 May 2026)."),
    ],
)
def test_each_result_is_said_at_its_level(result, line):
    assert said(("2026-05-30", result, {})) == [line]


@pytest.mark.parametrize(("days", "is_said"), [(14, True), (15, False)])
def test_it_is_said_for_as_long_as_a_score_is_of_now(days, is_said):
    on = TODAY - timedelta(days=days)

    assert bool(said((on.isoformat(), "positive", {}))) is is_said


def test_the_last_of_several_counts_by_its_day_and_of_one_day_the_later_in_the_list():
    assert said(("2026-05-31", "negative", {}), ("2026-05-30", "positive", {})) == [
        "INFO: infection of the stool negative (31 May 2026)."
    ]
    assert said(("2026-05-31", "positive", {}), ("2026-05-31", "negative", {})) == [
        "INFO: infection of the stool negative (31 May 2026)."
    ]


def test_without_a_test_nothing_is_said():
    assert said() == []
    assert "infection" not in " ".join(each["why"] for each in examine(patient(), TODAY).written()["safety"])


@pytest.mark.parametrize(
    ("serious", "level", "named"),
    [
        ({}, "check", "infection (20 May 2026, shown until 19 Jun 2026); whether serious is not known"),
        ({"serious": True}, "limit", "infection, serious (20 May 2026, shown until 19 Jun 2026)"),
    ],
)
def test_a_positive_one_is_an_infection(serious, level, named):
    found = examine(patient(("2026-05-20", "positive", serious)), TODAY).written()["safety"]
    (finding,) = [each for each in found if each["id"] == "label.serious_infection"]

    assert finding["level"] == level
    assert finding["why"].endswith(named)


def test_a_positive_one_that_is_among_the_events_of_its_day_is_that_event():
    event = {"kind": "infection", "on": "2026-05-20", "serious": False}
    found = examine(patient(("2026-05-20", "positive", {}), events=[event]), TODAY).written()["safety"]

    assert "label.serious_infection" not in [each["id"] for each in found]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"result": "positive"}, "stool_tests[0].on"),
        ({"on": "2026-06-02", "result": "positive"}, "stool_tests[0].on"),
        ({"on": "2026-05-30"}, "stool_tests[0].result"),
        ({"on": "2026-05-30", "result": "yes"}, "stool_tests[0].result"),
        ({"on": "2026-05-30", "result": "positive", "serious": "no"}, "stool_tests[0].serious"),
        ({"on": "2026-05-30", "result": "positive", "germ": "C. difficile"}, "stool_tests[0].germ"),
    ],
)
def test_one_that_cannot_be_read_is_named(given, where):
    found = examine(patient() | {"stool_tests": [given]}, TODAY).written()

    assert [each["where"] for each in found["errors"]] == [where]


def test_a_copied_note_keeps_it_behind_what_is_longer():
    """With both drugs and an end of induction to tell, too, which have no room any more."""
    medication = [{"kind": "corticosteroid", "from": "2026-05-01", "prednisolone_mg": "20"}]
    found = examine(patient(("2026-06-01", "positive", {}), medication=medication), TODAY)
    note = copied("Q7K-4M", found)

    assert len(note) <= MOST_COPIED
    assert "CHECK: infection of the stool positive (1 Jun 2026)." in note


# The visit itself


async def test_the_day_and_the_way_of_a_visit_are_corrected(ward, office):
    await worse(ward, "Negative")
    await wrong(ward, "Visit", "Wrong day", RIGHT, "30.5.2026")
    assert "Day: 30 May 2026\nVisit: Unscheduled: worse" in ward.last.text
    await say(ward, "Visit", "Telephone", "Confirm")

    assert "Updated: a value arrived or was corrected since the last card." in ward.last.text
    new = told(office, "on", "value", "why", kind="note")[-1]
    assert (new[0], new[2]) == ("2026-05-30", "wrong day")
    assert "telephone" in new[1]


async def test_other_notes_are_not_offered(ward):
    await say(ward, f"/remind {CODE} 24 May 2027 referral", f"/p {CODE}", "Correct")

    assert "remind" not in ward.last.text


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("negative", "CHECK: infection of the stool not assessed (30 May 2026)."),
        ("not_tested", "CHECK: infection of the stool not assessed (30 May 2026)."),
        ("positive", "CHECK: infection of the stool positive (28 May 2026)."),
        ("awaiting", "CHECK: infection of the stool awaiting (28 May 2026)."),
    ],
)
def test_what_was_left_open_hides_no_result_that_is_positive_or_awaited(before, line):
    assert said(("2026-05-28", before, {}), ("2026-05-30", "not_assessed", {})) == [line]


def test_what_was_left_open_hides_none_for_which_it_is_too_late():
    assert said(("2026-05-10", "positive", {}), ("2026-05-30", "not_assessed", {})) == [OPEN.replace("1 Jun", "30 May")]


@pytest.mark.parametrize("first", ["positive", "awaiting"])
@pytest.mark.parametrize("then", ["negative", "not_tested"])
def test_a_result_that_a_later_one_has_answered_does_not_come_back_where_the_next_is_left_open(first, then):
    found = said(("2026-05-25", first, {}), ("2026-05-28", then, {}), ("2026-05-30", "not_assessed", {}))

    assert found == [OPEN.replace("1 Jun", "30 May")]
