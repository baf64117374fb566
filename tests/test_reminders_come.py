"""Reminders come by themselves, once, in the morning of whoever they are for."""

from datetime import UTC, date, datetime, timedelta
from unittest.mock import ANY

import pytest

from bot.acts import Moment
from bot.clock import new_token
from bot.house import House
from bot.notices import report_unreachable
from bot.patients.records import Records
from bot.reminders import rounds
from flows.codes import own_code
from flows.questionnaire import Disease
from flows.record import Fact, Kind
from flows.reminder import ESCALATION, State, Step
from store.members import Role
from tests.conversation import labels
from tests.enrolled import CODE, visit
from tests.mornings import COLLEAGUE, SIX_UTC, hand_over, joins, morning, reminded, rows_of, tick, told
from tests.test_team import joined


def enrol(work, code, now, started=date(2026, 3, 9), number=1) -> None:
    """A patient of the doctor's, or of another member, in week 12 unless they started on another day, or not yet."""
    member = work.members.all_active()[number - 1]
    moment = Moment(now=now, new_token=new_token, bot_id=1, update_id=0, house=House("UTC"))
    records = Records(work, member, moment, now.date())
    patient = records.enrol(code, Disease.ULCERATIVE_COLITIS)
    if started is not None:
        records.file(patient, [Fact(kind=Kind.COURSE, code="started", on=started, value={})])


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
    assert "DUE: Week 12: blood count, due 1 Jun 2026, window to 15 Jun 2026. at week 12 (protocol)." in told(ward)[0]


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
        await ward.taps(next(label for label in labels(ward.last) if label.startswith(f"Member {number} ")))
    found = []
    for offset in range(40):
        office.clock.now = datetime(2026, 6, 1, SIX_UTC, 1, tzinfo=UTC) + timedelta(days=offset)
        await tick(office, ward, cover, lead)
        found += office.rows("SELECT step, sent_on, until_on FROM reminders WHERE item = 'wk12_cbc'")
        if found[-1].step == Step.COVER:  # whose next step is the lead's
            await cover.says("/due")
            assert CODE in cover.last.text

    sent = dict.fromkeys((step, str(on), str(until)) for step, on, until in found if step)
    assert [step for step, *_ in sent] == [Step.ON, Step.AFTER, Step.END, Step.COVER, Step.LEAD]
    assert all(on > until for step, on, until in sent if step in ESCALATION)
    assert any("Week 12: blood count" in each for each in told(cover))
    assert any("Week 12: blood count" in each for each in told(lead))


async def test_after_an_outage_one_message_says_that_it_is_delayed(ward, office):
    await tick(office, ward)
    morning(office, 6, 12, 10)
    for _ in range(3):
        await tick(office, ward)

    assert len(told(ward)) == 1
    assert told(ward)[0].startswith(f"Reminder · {CODE} · delayed")


async def test_where_it_is_still_yesterday_nothing_is_told_again_that_the_clinic_s_day_has_ended(ward, office):
    await ward.says("/settings America/New_York")
    await office.ledger.take(lambda work: enrol(work, own_code("CD-0043"), office.clock.now, date(2026, 4, 5)))
    endoscopy = "SELECT state, step, sent_on FROM reminders WHERE patient_id = 2 AND item = 'base_endo'"
    await tick(office, ward)
    morning(office, 6, 2, 13)
    await tick(office, ward)
    before = office.rows(endoscopy)
    office.clock.now = datetime(2026, 6, 4, 0, 30, tzinfo=UTC)  # day 60, and in New York the evening of day 59
    await tick(office, ward)

    assert before == [(State.SENT, Step.END, ANY)]
    assert office.rows(endoscopy) == [(State.MUTED, *before[0][1:])]


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
    assert "2 more" in labels(ward.last)

    await ward.taps("2 more")
    assert "Due of your patients" in ward.last.text
    other = own_code("CD-0053")
    await ward.taps(other)
    assert f"Reminder · {other}" in ward.last.text


async def enrol_many(office, many: range) -> list[str]:
    """Patients in week 12 beside the one of the ward; their codes."""
    codes = [own_code(f"CD-00{number}") for number in many]
    for code in codes:
        await office.ledger.take(lambda work, code=code: enrol(work, code, office.clock.now))
    return codes


async def test_the_rest_of_a_digest_is_what_stands_behind_its_button(ward, office):
    """What is open of others stands in the list of all, and not there."""
    await reminded(ward, office)
    codes = await enrol_many(office, range(43, 66))
    await tick(office, ward)
    morning(office, 6, 3)
    await tick(office, ward)
    told_of = labels(ward.last)[:-1]
    assert labels(ward.last)[-1] == "13 more"

    await ward.taps("13 more")
    first = {label for label in labels(ward.last) if label.startswith("CD-")}
    await ward.taps("More")
    rest = first | {label for label in labels(ward.last) if label.startswith("CD-")}
    assert "Due of your patients" in ward.last.text
    assert "the rest of the digest" in ward.last.text
    assert "Earlier" in labels(ward.last)

    assert (len(told_of), len(first)) == (10, 10)
    assert rest == set(codes) - set(told_of)
    await ward.taps("Mine")
    assert CODE in ward.last.text


@pytest.mark.parametrize(("others", "messages"), [(2, 3), (3, 1)], ids=["three patients", "four patients"])
async def test_an_ordinary_morning_of_three_patients_is_three_messages_and_of_four_one_digest(
    ward, office, others, messages
):
    await enrol_many(office, range(43, 43 + others))
    await reminded(ward, office)

    assert [each.split()[0] for each in told(ward)] == (["Reminder"] * 3 if messages == 3 else ["Reminders"])


@pytest.mark.parametrize("stands_in", ["cover", "lead"])
async def test_a_cover_who_is_responsible_or_also_the_lead_is_told_once(ward, office, stands_in):
    """The responsible doctor stands in for themselves, or one colleague is both cover and lead."""
    colleague = await joins(office, "colleague")
    cover, lead = (1, 2) if stands_in == "cover" else (2, 2)
    await office.ledger.take(lambda work: work.clinic.name_cover(cover))
    await office.ledger.take(lambda work: work.clinic.name_lead(lead))
    for offset in range(40):
        office.clock.now = datetime(2026, 6, 1, SIX_UTC, 1, tzinfo=UTC) + timedelta(days=offset)
        await tick(office, ward, colleague)

    word = "told the lead" if stands_in == "cover" else "told the cover"
    overdue = [line for each in told(colleague) for line in each.splitlines() if "Week 12: blood count" in line]
    assert [line.split(":")[0] for line in overdue] == [f"OVERDUE, {word}"]
    assert not any("told the" in each for each in told(ward))


@pytest.mark.parametrize("hours", [-30, -1, 48, 24 * 400])
async def test_a_clock_that_was_wrong_fires_nothing_twice_and_loses_nothing(ward, office, hours):
    await reminded(ward, office)
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
    before = office.rows("SELECT state FROM reminders WHERE item = 'wk12_bio'")
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says("crp 4 mg/L fcp 120 µg/g")
    await ward.taps("Confirm")
    # As if another program had written it: nothing has brought the reminders up to date since.
    office.rows("UPDATE reminders SET state = 'planned', wake_on = '2026-06-01' WHERE item = 'wk12_bio'")
    office.rows("UPDATE watches SET look_on = '2026-06-03'")
    morning(office, 6, 2)
    await tick(office, ward)

    assert before == [(State.PLANNED,)]
    assert "Week 12: CRP" not in told(ward)[0]
    assert rows_of(office, "wk12_bio")[0] == State.CLEARED


async def test_whoever_takes_a_patient_over_is_reminded_and_the_other_is_not(ward, office):
    colleague = office.line("colleague", COLLEAGUE)
    await hand_over(ward, office)
    await tick(office, ward, colleague)
    morning(office, 6, 2)
    await tick(office, ward, colleague)

    assert (len(told(ward)), len(told(colleague))) == (0, 1)


async def test_a_person_who_lost_access_leaves_no_reminder_behind(ward, office):
    await hand_over(ward, office)
    await office.ledger.take(lambda work: work.members.revoke(2, office.clock.now))
    await reminded(ward, office)

    assert len(told(ward)) == 1


@pytest.mark.parametrize("way", ["revoked", "unreachable"])
async def test_whoever_falls_out_in_the_night_is_replaced_on_that_morning(ward, office, way):
    colleague = await hand_over(ward, office)
    await tick(office, ward)
    morning(office, 6, 2, 1)
    await tick(office, ward)
    if way == "revoked":
        await ward.says("/team")
        await ward.taps("Revoke member 2")
        await ward.taps("Yes, revoke")
    else:
        await office.ledger.take(lambda work: report_unreachable(work, 2, office.clock.now))
    morning(office, 6, 2)
    await tick(office, ward, colleague)

    assert (len(told(ward)), len(told(colleague))) == (1, 0)


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
    moment = Moment(now=office.clock.now, new_token=new_token, bot_id=1, update_id=0, house=House("UTC"))
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
    assert labels(nurse.last) == ["Hour of reminders", "Quiet from", "Quiet until", "These hours are right"]

    await nurse.says("/settings America/New_York")
    await nurse.taps("Hour of reminders")
    await nurse.taps("10:00")
    await tick(office, ward, nurse)

    assert "at 10:00 in America/New_York" in nurse.last.text
    assert str(office.rows("SELECT round_at FROM members WHERE id = 2")[0][0]).startswith("2026-06-01 14:00")
    assert str(office.rows("SELECT round_at FROM members WHERE id = 1")[0][0]).startswith("2026-06-02 06:00")


async def test_quiet_hours_are_chosen_and_reminders_never_come_in_them(ward, office):
    await ward.says("/settings")
    await ward.taps("Quiet until")
    assert labels(ward.last) == ["05:00", "06:00", "07:00", "08:00", "09:00", "10:00", "Back"]
    await ward.taps("09:00")
    await ward.taps("Quiet from")
    await ward.taps("18:00")

    assert "Your reminders: at 09:00 in Europe/Vienna, never between 18:00 and 09:00." in ward.last.text

    await ward.taps("Hour of reminders")
    assert labels(ward.last) == ["09:00", "10:00", "11:00", "12:00", "Back"]
    await ward.taps("Back")
    await tick(office, ward)
    found = []
    for hour in (6, 7, 16):  # after an outage of a day: eight, nine, and six in the evening
        morning(office, 6, 2 if hour < 16 else 3, hour)
        await tick(office, ward)
        found.append(len(told(ward)))
    assert found == [0, 1, 1]


async def test_an_hour_in_quiet_hours_that_were_chosen_since_is_refused(ward, office):
    await ward.says("/settings")
    await ward.taps("Hour of reminders")
    offered = ward.last
    await ward.says("/settings")
    await ward.taps("Quiet until", message=ward.last)
    await ward.taps("09:00", message=ward.last)
    await ward.taps("08:00", message=offered)

    assert "does not fit the others any more" in ward.transcript[-1]
    assert office.rows("SELECT digest_at FROM members") == [("09:00",)]


async def test_whoever_joins_is_asked_to_confirm_when_reminders_come(chat, office):
    nurse = await joined(chat, office, "nurse")
    assert "You have not confirmed this yet." in nurse.last.text

    await nurse.taps("These hours are right")

    assert "You have not confirmed this yet." not in nurse.last.text
    assert labels(nurse.last) == ["Hour of reminders", "Quiet from", "Quiet until"]
    assert str(office.rows("SELECT settled_at FROM members WHERE user_id <> 11")[0][0]).startswith("2026-06-01 09:00")


@pytest.mark.parametrize("typed", ["Vienna", "Europe/Nowhere", "+02:00", "../etc/passwd"])
async def test_what_is_no_zone_is_refused(ward, office, typed):
    await ward.says(f"/settings {typed}")

    assert "is no IANA time zone" in ward.last.text
    assert office.rows("SELECT zone FROM members") == [("Europe/Vienna",)]


async def test_an_hour_that_is_moved_to_later_on_the_same_day_tells_nothing_twice(ward, office):
    await reminded(ward, office)
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


async def test_whoever_cannot_be_reached_is_passed_over_and_the_lead_is_told_as_the_lead(ward, office):
    cover, lead = await joins(office, "cover"), await joins(office, "lead", COLLEAGUE + 1, Role.OWNER)
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    await office.ledger.take(lambda work: work.clinic.name_lead(3))
    await office.ledger.take(lambda work: work.members.set_unreachable(2, office.clock.now))
    for offset in range(30):
        office.clock.now = datetime(2026, 6, 1, SIX_UTC, 1, tzinfo=UTC) + timedelta(days=offset)
        await tick(office, ward, cover, lead)

    assert told(cover) == []
    assert "OVERDUE, told the lead: Week 12: blood count" in "\n".join(told(lead))
    assert not any("told the cover" in each for each in told(ward) + told(lead))


async def test_whose_rule_it_is_follows_the_region_of_the_clinic(ward, office):
    await ward.says("/settings")
    await ward.taps("EU")
    await reminded(ward, office)

    source = office.rows("SELECT source FROM reminders WHERE item = 'ind_end_uc'")
    assert source == [("induction of 8 weeks (EU label)",)]
    assert "CRP, calprotectin, due 4 May 2026, window to 11 May 2026. induction of 8 weeks (EU label)." in told(ward)[0]


async def test_a_list_of_what_is_due_is_a_read_of_each_patient_on_it(ward, office):
    count = "SELECT count(*) FROM audit WHERE verb = 'read' AND patient_id = 1"
    before = office.rows(count)[0][0]
    await ward.says("/due")

    assert office.rows(count)[0][0] == before + 1


async def test_a_result_awaited_past_its_window_while_the_bot_was_off_goes_to_the_cover_and_to_nobody_as_the_cover(
    ward, office
):
    cover = await joins(office, "cover")
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    await reminded(ward, office)
    await ward.taps("Awaiting result")
    for day in (20, 21):
        morning(office, 6, day)
        await tick(office, ward, cover)

    assert not any("told the cover" in each for each in told(ward))
    assert "OVERDUE, told the cover: Week 12: blood count" in told(cover)[0]


async def test_a_clock_that_was_wrong_puts_off_no_escalation(ward, office):
    cover = await joins(office, "cover")
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    await tick(office, ward)
    morning(office, 7, 12)
    await tick(office, ward, cover)
    for day in range(2, 7):
        morning(office, 6, day)
        await tick(office, ward, cover)

    assert "OVERDUE, told the cover: IGRA" in "\n".join(told(cover))


async def test_a_patient_who_cannot_be_looked_at_holds_nobody_else_up_and_the_owners_know(ward, office, monkeypatch):
    """A bug of ours is simulated: examining one of two patients raises."""
    now = office.clock.now
    await office.ledger.take(lambda work: enrol(work, own_code("CD-0043"), now))
    real = rounds.refresh

    def refresh(work, patient, *rest):
        if patient.code == CODE:
            raise ZeroDivisionError
        return real(work, patient, *rest)

    monkeypatch.setattr(rounds, "refresh", refresh)
    for _ in range(2):
        morning(office, 6, 2)
        await tick(office, ward)

    assert [text.split(" · ")[1].split("\n")[0] for text in told(ward)] == [own_code("CD-0043")]
    broken = [each.text for each in ward.messages if "cannot be worked out" in each.text]
    assert broken == [
        f"{CODE}: what is due cannot be worked out, and no reminder comes. That is our bug; the log tells of it."
    ]

    monkeypatch.setattr(rounds, "refresh", real)
    morning(office, 6, 3)
    await tick(office, ward)
    assert f"Reminder · {CODE}" in "\n".join(told(ward))


async def test_what_comes_at_once_as_the_hour_was_moved_to_earlier_is_not_called_delayed(ward, office):
    await ward.says("/settings")
    await ward.taps("Hour of reminders")
    await ward.taps("12:00")
    await tick(office, ward)
    office.clock.now = datetime(2026, 6, 1, 10, 1, tzinfo=UTC)
    await tick(office, ward)
    morning(office, 6, 2, 8, 30)
    await tick(office, ward)
    before = len(told(ward))
    await ward.says("/settings")
    await ward.taps("Hour of reminders")
    await ward.taps("08:00")
    await ward.says(f"/remind {CODE} 2 Jun 2026 letter")
    for _ in range(2):
        await tick(office, ward)

    assert "letter" in "\n".join(told(ward)[before:])
    assert not any("delayed" in each for each in told(ward))


@pytest.mark.parametrize("typed", ["Factory", "localtime", "posixrules"])
async def test_what_is_a_zone_of_no_place_is_refused(ward, office, typed):
    await ward.says(f"/settings {typed}")

    assert "is no IANA time zone" in ward.last.text
    assert office.rows("SELECT zone FROM members") == [("Europe/Vienna",)]


async def test_a_cover_far_east_is_told_nothing_inside_the_window_by_the_clinic_s_day(ward, office):
    cover = await joins(office, "cover")
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    await cover.says("/settings Pacific/Kiritimati")  # eight in the morning is six in the evening before, in UTC
    found = {}
    for day in range(1, 19):
        for hour in (SIX_UTC, 18):
            morning(office, 6, day, hour, 1)
            await tick(office, ward, cover)
            if (day, hour) == (12, SIX_UTC):
                await ward.says(f"/due {CODE}")
                for label in ("One by one", "Week 12: blood count", "Awaiting result"):
                    await ward.taps(label)
            found[day] = sum("Week 12: blood count" in each for each in told(cover))
            lipids = sum("Week 12: lipids" in each for each in told(cover))
            assert lipids == 0 or day > 15

    assert (found[15], found[18]) == (0, 1)
