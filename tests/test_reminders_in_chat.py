"""Reminders come by themselves, once, in the morning, and are answered where they stand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot import rounds
from bot.acts import Moment
from bot.records import Records
from bot.running import new_token
from flows.codes import own_code
from flows.questionnaire import Disease
from flows.record import Fact, Kind
from flows.reminder import ESCALATION, State, Step
from store.members import Role
from tests.enrolled import CODE, visit

COLLEAGUE = 21
# Two hours before eight in Vienna, in summer.
SIX_UTC = 6


def morning(office, month: int, day: int, hour: int = SIX_UTC, minute: int = 0) -> None:
    office.clock.now = datetime(2026, month, day, hour, minute, tzinfo=UTC)


async def tick(office, *lines) -> None:
    await office.running.tick()
    for line in lines:
        await line.settled()


def enrol(work, code, now) -> None:
    """A patient of the doctor's in week 12."""
    member = work.members.all_active()[0]
    moment = Moment(now=now, new_token=new_token, bot_id=1, update_id=0)
    records = Records(work, member, moment, now.date())
    patient = records.enrol(code, Disease.ULCERATIVE_COLITIS)
    records.file(patient, [Fact(kind=Kind.COURSE, code="started", on=date(2026, 3, 9), value={})])


def told(line) -> list[str]:
    return [message.text for message in line.messages if message.text.startswith("Reminder")]


def rows_of(office, item: str):
    return office.rows(f"SELECT state, step, wake_on FROM reminders WHERE item = '{item}' ORDER BY id")[0]


async def test_a_patient_who_is_enrolled_is_followed_at_once(ward, office):
    found = {row[0] for row in office.rows("SELECT item FROM reminders")}

    assert {"wk12_cbc", "wk12_lft", "wk12_lipid", "wk12_bio", "dose_step"} <= found
    assert office.rows("SELECT count(*) FROM watches") == [(1,)]


async def test_a_reminder_comes_in_the_morning_once_and_says_what_for_whom_and_why(ward, office):
    await tick(office, ward)
    assert told(ward) == []

    morning(office, 6, 2)
    for _ in range(3):
        await tick(office, ward)

    assert len(told(ward)) == 1
    assert f"Reminder · {CODE}" in told(ward)[0]
    assert "DUE: Week 12: blood count, due 1 Jun 2026, window to 15 Jun 2026. protocol." in told(ward)[0]


async def test_what_comes_by_itself_names_no_drug_no_dose_and_no_value(ward, office):
    await visit(ward)
    morning(office, 6, 2)
    await tick(office, ward)

    for word in ("mg", "upadacitinib", "rinvoq", "prednisolone", "/l", "score of"):
        assert word not in told(ward)[0].casefold()


async def test_nothing_is_told_where_nothing_is_due(chat, office):
    morning(office, 6, 2)
    await tick(office, chat)
    await tick(office, chat)

    assert chat.messages == []


async def test_a_reply_with_values_files_them_with_their_units_and_clears_what_they_satisfy(ward, office):
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    await ward.says("hb 13 g/dL anc 3.2 alc 1.2 alt 20 U/L", reply_to=ward.last)

    assert f"{CODE} · Laboratory · review" in ward.last.text
    assert "Lymphocytes 1.2 ×10⁹/L (2 Jun 2026)" in ward.last.text
    assert rows_of(office, "wk12_cbc")[0] == State.SENT

    await ward.taps("Confirm")

    assert rows_of(office, "wk12_cbc")[0] == State.CLEARED
    assert rows_of(office, "wk12_lft")[0] == State.CLEARED
    assert rows_of(office, "wk12_bio")[0] == State.SENT
    assert rows_of(office, "rep_lab")[0] == State.PLANNED


async def test_a_reply_keeps_the_questionnaire_that_was_open(ward, office):
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    reminder = ward.last
    await ward.says("/hbi")
    await ward.says("alc 1.2", reply_to=reminder)
    await ward.taps("Confirm")
    await ward.says("/resume")

    assert "HBI 1/5" in ward.last.text


async def test_a_reply_that_is_no_value_changes_nothing_and_leaves_the_buttons(ward, office):
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    reminder = ward.last
    await ward.says("later", reply_to=reminder)

    assert ward.last.text == "Not understood: no analyte of this list."
    await ward.taps("Snooze", message=reminder)
    assert office.rows("SELECT count(*) FROM observations WHERE kind = 'lab'") == [(0,)]


async def test_words_that_reply_to_nothing_are_never_for_a_reminder_that_came_by_itself(ward, office):
    await ward.says(f"/p {CODE}")
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    await ward.says("alc 0.4")

    assert office.rows("SELECT count(*) FROM interviews WHERE questionnaire = 'labs'") == [(0,)]
    assert "Please choose" in ward.last.text


@pytest.mark.parametrize(("label", "days"), [("1 day", 1), ("3 days", 3), ("1 week", 7)])
async def test_a_snooze_moves_the_reminder_and_not_the_due_day(ward, office, label, days):
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    await ward.taps("Snooze")
    await ward.taps(label)

    back = date(2026, 6, 2) + timedelta(days)
    due = office.rows("SELECT due_on FROM reminders WHERE item = 'wk12_cbc'")[0][0]
    assert f"SNOOZED to {back.day} Jun 2026: Week 12: blood count" in ward.last.text
    assert str(due) == "2026-06-01"

    morning(office, 6, back.day - 1, 12)
    await tick(office, ward)
    assert len(told(ward)) == 1
    morning(office, 6, back.day)
    await tick(office, ward)
    assert len(told(ward)) == 2


async def test_done_covers_what_has_the_day_in_its_window_and_says_what_stays_open(ward, office):
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    await ward.taps("Done")
    await ward.says("20.5.2026")

    assert rows_of(office, "wk12_cbc")[0] == State.DONE
    assert rows_of(office, "base_igra")[0] == State.SENT
    assert "Not in their window on 20 May 2026, and still open:" in ward.last.text
    assert "IGRA" in ward.last.text


async def test_a_day_that_lies_ahead_is_refused(ward, office):
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    await ward.taps("Done")
    await ward.says("20.6.2026")

    assert "lies after today" in ward.last.text
    assert office.rows("SELECT count(*) FROM observations WHERE kind = 'handled' AND code = 'wk12_cbc'") == [(0,)]


async def test_one_item_alone_is_done_after_its_window(ward, office):
    await ward.says(f"/due {CODE}")
    await ward.taps("One by one")
    await ward.taps("IGRA")
    await ward.taps("Done")
    await ward.taps("Today")

    assert rows_of(office, "base_igra")[0] == State.DONE
    assert "DONE: IGRA" in ward.last.text


async def test_a_result_that_is_awaited_is_silent_for_ten_days(ward, office):
    await ward.says(f"/due {CODE}")
    await ward.taps("One by one")
    await ward.taps("Week 12: lipids")
    await ward.taps("Awaiting result")

    assert "AWAITING RESULT: Week 12: lipids" in ward.last.text
    assert str(rows_of(office, "wk12_lipid")[2]) == "2026-06-11"


async def test_what_is_not_possible_keeps_its_reason_and_is_not_asked_for_again(ward, office):
    await ward.says(f"/due {CODE}")
    await ward.taps("One by one")
    await ward.taps("Week 12: lipids")
    await ward.taps("Not possible")
    await ward.taps("Refused by the patient")

    assert rows_of(office, "wk12_lipid") == (State.NOT_POSSIBLE, None, None)
    assert "NOT POSSIBLE: Week 12: lipids" in ward.last.text
    assert "refused by the patient" in str(office.rows("SELECT value FROM observations WHERE code = 'wk12_lipid'"))


async def test_an_undone_answer_opens_the_reminder_again(ward, office):
    await ward.says(f"/due {CODE}")
    await ward.taps("One by one")
    await ward.taps("Week 12: lipids")
    await ward.taps("Awaiting result")
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")

    assert rows_of(office, "wk12_lipid")[0] == State.PLANNED


async def test_what_nobody_answers_goes_to_the_cover_then_to_the_lead_and_never_inside_the_window(ward, office):
    cover, lead = office.line("cover", COLLEAGUE), office.line("lead", COLLEAGUE + 1)
    for line, role in ((cover, Role.DOCTOR), (lead, Role.OWNER)):
        number = line.conversation.user_id
        await office.ledger.take(
            lambda work, number=number, role=role: work.members.admit(number, number, role, "Europe/Vienna")
        )
    for what, number in (("cover", 2), ("lead", 3)):
        await ward.says("/settings")
        await ward.taps(f"Name the {what}")
        await ward.taps(next(label for label in labels_of(ward) if label.startswith(f"Member {number} ")))
    found = []
    for offset in range(40):
        office.clock.now = datetime(2026, 6, 1, SIX_UTC, 1, tzinfo=UTC) + timedelta(days=offset)
        await tick(office, ward, cover, lead)
        found += office.rows("SELECT step, sent_on, until_on FROM reminders WHERE item = 'wk12_cbc'")

    sent = dict.fromkeys((step, str(on), str(until)) for step, on, until in found if step)
    assert [step for step, *_ in sent] == [Step.ON, Step.AFTER, Step.END, Step.COVER, Step.LEAD]
    assert all(on > until for step, on, until in sent if step in ESCALATION)
    assert any("Week 12: blood count" in each for each in told(cover))
    assert any("Week 12: blood count" in each for each in told(lead))


def labels_of(line) -> list[str]:
    return [each["text"] for row in line.last.keyboard for each in row]


async def test_after_an_outage_one_message_says_that_it_is_delayed(ward, office):
    await tick(office, ward)
    morning(office, 6, 12, 10)
    for _ in range(3):
        await tick(office, ward)

    assert len(told(ward)) == 1
    assert told(ward)[0].startswith(f"Reminder · {CODE} · delayed")


async def test_many_patients_are_one_digest_of_ten_lines_overdue_first(ward, office):
    for number in range(43, 54):
        await office.ledger.take(lambda work, number=number: enrol(work, own_code(f"CD-00{number}"), office.clock.now))
    await tick(office, ward)
    morning(office, 6, 2)
    before = len(ward.messages)
    await tick(office, ward)

    new = ward.messages[before:]
    assert len(new) == 1
    assert new[0].text.startswith("Reminders · 12 patients")
    assert len(new[0].text.splitlines()) == 11
    assert "2 more" in labels_of(ward)

    await ward.taps("2 more")
    assert "Due of your patients" in ward.last.text
    await ward.taps(CODE)
    assert f"Reminder · {CODE}" in ward.last.text


@pytest.mark.parametrize("hours", [-30, -1, 48, 24 * 400])
async def test_a_clock_that_was_wrong_fires_nothing_twice_and_loses_nothing(ward, office, hours):
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    right = office.clock.now
    office.clock.now = right + timedelta(hours=hours)
    await tick(office, ward)
    office.clock.now = right + timedelta(minutes=1)
    for _ in range(2):
        await tick(office, ward)
    count = len(told(ward))
    sent = office.rows("SELECT count(*) FROM reminders WHERE sent_on IS NOT NULL")
    await tick(office, ward)

    assert (len(told(ward)), office.rows("SELECT count(*) FROM reminders WHERE sent_on IS NOT NULL")) == (count, sent)
    assert count <= 2
    next_round = office.rows("SELECT round_at FROM members")[0][0]
    assert str(next_round).startswith("2026-06-03 06:00")


async def test_a_value_that_came_since_is_seen_just_before_sending(ward, office):
    await tick(office, ward)
    # As if another program had written it: nothing has brought the reminders up to date since.
    await ward.says(f"/visit {CODE}")
    await ward.says("/cancel")
    await ward.taps("Discard")
    before = office.rows("SELECT state FROM reminders WHERE item = 'wk12_bio'")
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("crp 4 mg/L fcp 120 µg/g")
    await ward.taps("Confirm")
    office.rows("UPDATE reminders SET state = 'planned', wake_on = '2026-06-01' WHERE item = 'wk12_bio'")
    office.rows("UPDATE watches SET look_on = '2026-06-03'")
    morning(office, 6, 2)
    await tick(office, ward)

    assert before == [(State.PLANNED,)]
    assert "Week 12: CRP" not in told(ward)[0]
    assert rows_of(office, "wk12_bio")[0] == State.CLEARED


async def test_whoever_takes_a_patient_over_is_reminded_and_the_other_is_not(ward, office):
    colleague = office.line("colleague", COLLEAGUE)
    await office.ledger.take(lambda work: work.members.admit(COLLEAGUE, COLLEAGUE, Role.DOCTOR, "Europe/Vienna"))
    await ward.says(f"/p {CODE}")
    await ward.taps("Course")
    await ward.taps("Hand over")
    await ward.taps("Member 2 (doctor)")
    await tick(office, ward, colleague)
    morning(office, 6, 2)
    await tick(office, ward, colleague)

    assert (len(told(ward)), len(told(colleague))) == (0, 1)


async def test_a_person_who_lost_access_leaves_no_reminder_behind(ward, office):
    await office.ledger.take(lambda work: work.members.admit(COLLEAGUE, COLLEAGUE, Role.DOCTOR, "Europe/Vienna"))
    await ward.says(f"/p {CODE}")
    await ward.taps("Course")
    await ward.taps("Hand over")
    await ward.taps("Member 2 (doctor)")
    await office.ledger.take(lambda work: work.members.revoke(2, office.clock.now))
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)

    assert len(told(ward)) == 1


async def test_the_clinic_s_list_is_open_to_everybody_and_mine_shows_mine(ward, office):
    colleague = office.line("colleague", COLLEAGUE)
    await office.ledger.take(lambda work: work.members.admit(COLLEAGUE, COLLEAGUE, Role.NURSE, "Europe/Vienna"))
    await colleague.says("/due")

    assert "Nothing is due." in colleague.last.text
    await colleague.taps("The clinic's")
    assert CODE in colleague.last.text


async def test_two_processes_that_make_one_round_tell_it_once(ward, office):
    await tick(office, ward)
    morning(office, 6, 2)
    moment = Moment(now=office.clock.now, new_token=new_token, bot_id=1, update_id=0)
    told_by = [await office.ledger.take(lambda work: rounds.make_round(work, 1, moment)) for _ in range(2)]
    await office.running.deliverer.sweep()
    await ward.settled()

    assert [len(each) for each in told_by] == [1, 0]
    assert len(told(ward)) == 1


async def test_everybody_chooses_the_hour_and_the_zone_of_their_own_mornings(ward, office):
    nurse = office.line("nurse", COLLEAGUE)
    await office.ledger.take(lambda work: work.members.admit(COLLEAGUE, COLLEAGUE, Role.NURSE, "Europe/Vienna"))
    await nurse.says("/settings")
    assert "Your reminders: at 08:00 in Europe/Vienna, never between 21:00 and 07:00." in nurse.last.text
    assert labels_of(nurse) == ["Hour of reminders"]

    await nurse.says("/settings America/New_York")
    await nurse.taps("Hour of reminders")
    await nurse.taps("10:00")
    await tick(office, ward, nurse)

    assert "at 10:00 in America/New_York" in nurse.last.text
    assert str(office.rows("SELECT round_at FROM members WHERE id = 2")[0][0]).startswith("2026-06-01 14:00")
    assert str(office.rows("SELECT round_at FROM members WHERE id = 1")[0][0]).startswith("2026-06-02 06:00")


@pytest.mark.parametrize("typed", ["Vienna", "Europe/Nowhere", "+02:00", "../etc/passwd"])
async def test_what_is_no_zone_is_refused(ward, office, typed):
    await ward.says(f"/settings {typed}")

    assert "is no IANA time zone" in ward.last.text
    assert office.rows("SELECT zone FROM members") == [("Europe/Vienna",)]


async def test_an_hour_that_is_moved_to_later_on_the_same_day_tells_nothing_twice(ward, office):
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    await ward.says("/settings")
    await ward.taps("Hour of reminders")
    await ward.taps("12:00")
    for hour in (8, 11, 13):
        morning(office, 6, 2, hour)
        await tick(office, ward)

    assert len(told(ward)) == 1


async def test_nothing_goes_out_in_the_night_and_nothing_is_lost_by_it(ward, office):
    await tick(office, ward)
    for hour in (20, 22):
        morning(office, 6, 2, hour)
        await tick(office, ward)
    assert told(ward) == []

    morning(office, 6, 3, 5, 1)
    await tick(office, ward)
    assert [each.splitlines()[0] for each in told(ward)] == [f"Reminder · {CODE} · delayed"]
