"""Due days as an .ics file, read back by another library: codes alone, and a second import updates the first."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from telegram.error import NetworkError, TimedOut

from bot.acts import Moment
from bot.house import House
from bot.practice.limits import MAX_DOCUMENT, Refusal
from bot.reminders import calendar_desk
from bot.reminders.calendars import MOST_ENTRIES, calendar_wish, written
from flows.following import asks
from flows.own_reminders import OWN
from flows.protocol.due import Window
from flows.protocol.schedule import schedule
from flows.protocol.treated_before import THERAPIES
from flows.reminder import LIVE, SETTLED, Reminder, State
from store.members import Role
from store.reminders import Coded, Note
from tests.conversation import exchange, labels
from tests.enrolled import CODE, visit
from tests.fullcharts import TODAY, full_charts
from tests.loading import takes_along
from tests.mornings import COLLEAGUE, joins
from tests.test_delivery import swept
from tests.test_reminders_come import enrol

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
DRUGS = re.compile(
    r"upadacitinib|rinvoq|predniso|budesonide|steroid|\bmg\b|cyp3a4|jak|"
    + "|".join(each.label.casefold() for each in THERAPIES if each.code not in ("biologic", "tnf_blocker")),
)
BASELINE_AND_SCORES = re.compile(r"score of|remission|> ?\d|< ?\d|/l\b|µg")


def note(
    item="wk12_cbc", slot="", *, window=None, state=State.PLANNED, title="Week 12: blood count", source="protocol"
):
    """A reminder due on 1 June 2026 of patient 1."""
    window = window or Window(date(2026, 5, 18), date(2026, 6, 1), date(2026, 6, 15))
    reminder = Reminder(window=window, state=state)
    return Note(id=7, patient_id=1, item=item, slot=slot, title=title, source=source, for_id=1, reminder=reminder)


def file_of(*notes, code=CODE, now=NOW, bot_id=1):
    moment = Moment(now=now, new_token=str, bot_id=bot_id, update_id=1, house=House("UTC"))
    return written(calendar_wish(code, [Coded(code, each) for each in notes], moment))


def read(content):
    """A file as another library reads it: its entries."""
    return vobject.readOne(content.decode()).vevent_list


def only(*notes, **terms):
    (event,) = read(file_of(*notes, **terms))
    return event


async def sent(line, *path):
    """The file behind a button of the last message: its entries by their UID."""
    for label in (*path, "Calendar"):
        await line.taps(label)
    return {each.uid.value: each for each in read(line.last.document.content)}


def summaries(events):
    return sorted(each.summary.value for each in events.values())


# What stands in it


def test_an_entry_has_its_day_its_window_and_its_authority_and_holds_nobodys_time():
    event = only(note())

    assert (event.dtstart.value, event.dtend.value) == (date(2026, 6, 1), date(2026, 6, 2))
    assert event.summary.value == "CD-0042-I: Week 12: blood count"
    assert event.description.value == "Window from 18 May 2026 to 15 Jun 2026. Why: protocol."
    assert (event.status.value, event.transp.value) == ("CONFIRMED", "TRANSPARENT")
    assert event.dtstamp.value == event.last_modified.value == NOW
    assert event.contents.keys() == {
        "uid", "dtstamp", "last-modified", "sequence", "dtstart", "dtend", "summary", "description", "status", "transp",
    }  # fmt: skip


def test_the_file_is_one_calendar_of_version_2_0_with_its_maker():
    calendar = vobject.readOne(file_of(note(), note("wk12_lft")).decode())

    assert (calendar.name, calendar.version.value) == ("VCALENDAR", "2.0")
    assert re.fullmatch(r"-//Quiesce//Quiesce [\d.]+//EN", calendar.prodid.value)
    assert calendar.contents.keys() == {"version", "prodid", "vevent"}
    assert len(calendar.vevent_list) == 2


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (Window(date(2025, 9, 10), date(2026, 3, 9), date(2026, 3, 9)), "Window from 10 Sep 2025 to 9 Mar 2026. "),
        (Window(None, date(2026, 3, 9), date(2026, 3, 16)), "Window to 16 Mar 2026. "),
        (Window(date(2026, 3, 2), date(2026, 3, 9), None), "Window from 2 Mar 2026. "),
        (Window(date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 9)), ""),
        (Window(None, date(2026, 3, 9), date(2026, 3, 9)), ""),
        (Window(None, date(2026, 3, 9), None), ""),
    ],
    ids=["both ends", "no first day", "no last day", "the day alone", "the last day alone", "no ends"],
)
def test_a_window_is_told_as_far_as_it_is_known(window, said):
    assert only(note(window=window)).description.value == f"{said}Why: protocol."


def test_lines_end_and_fold_as_the_standard_wants():
    content = file_of(note(title="Blood count, liver tests; " + "é" * 100))

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert read(content)[0].summary.value == f"{CODE}: Blood count, liver tests; " + "é" * 100


async def test_everything_that_is_due_of_a_patient_stands_in_the_file_that_due_sends(ward, office):
    await ward.says(f"/due {CODE}")
    events = await sent(ward)
    rows = office.rows("SELECT title, due_on FROM reminders")

    assert ward.last.document.name == f"quiesce-{CODE}.ics"
    assert sorted((each.summary.value, str(each.dtstart.value)) for each in events.values()) == sorted(
        (f"{CODE}: {row.title}", str(row.due_on)) for row in rows
    )
    assert len(events) == len(rows) == 17


# Codes alone


async def test_neither_a_drug_nor_a_value_nor_a_clinicians_own_words_leave_with_it(ward, office):
    await visit(ward, labs="CRP 4.7 mg/L ALC 0.4")
    await ward.says(f"/remind {CODE} 24 Jun 2026 taper the tablets")
    office.telegram.trouble["sendDocument"] = [NetworkError("reset")]
    await ward.says(f"/due {CODE}")
    await ward.taps("Calendar")
    kept = office.rows("SELECT picture FROM cards WHERE picture IS NOT NULL")
    office.clock.passes(seconds=60)
    await swept(office)
    text = ward.last.document.content.decode().replace("\r\n ", "")

    assert "SUMMARY:CD-0042-I: own reminder" in text
    assert f"DESCRIPTION:Window from 17 Jun 2026 to 1 Jul 2026. Its words stand in the bot: /due {CODE}." in text
    for each in (text, str(kept)):
        assert "taper" not in each
        assert "4.7" not in each
        assert not DRUGS.search(each.casefold())


@pytest.mark.parametrize("chart", list(full_charts(60, 11)), ids=lambda _: "")
def test_no_title_of_the_schedule_names_a_drug_or_a_value(chart):
    notes = [note(each.item, each.slot, window=each.window, title=each.title, source=each.source)
             for each in asks(schedule(chart, TODAY))]  # fmt: skip
    text = file_of(*notes).decode().replace("\r\n ", "").casefold()

    assert not DRUGS.search(text)
    assert not BASELINE_AND_SCORES.search(text)


# The second import


async def test_a_day_that_moved_is_the_same_entry_with_a_higher_sequence(ward, office):
    await ward.says(f"/due {CODE}")
    first = await sent(ward)
    await ward.says(f"/p {CODE}")
    for label in ("Correct", "#2", "Wrong day", "Only take it out", "Take it out"):
        await ward.taps(label)
    await ward.says(f"/p {CODE}")
    for label in ("Course", "First dose"):
        await ward.taps(label)
    await ward.says("16.3.2026")
    for label in ("45 mg", "Indication confirmed as decided", "Confirm"):
        await ward.taps(label)
    office.clock.passes(seconds=1)
    await ward.says(f"/due {CODE}")
    second = await sent(ward)

    moved = {uid: each for uid, each in first.items() if "Week 12" in each.summary.value}
    assert len(moved) == 4
    for uid, before in moved.items():
        after = second[uid]
        assert after.summary.value == before.summary.value
        assert after.dtstart.value == before.dtstart.value + timedelta(days=7)
        assert int(after.sequence.value) > int(before.sequence.value)
        assert after.dtstamp.value > before.dtstamp.value


async def test_nothing_that_was_ever_in_the_file_is_missing_from_the_next(ward):
    """Done, satisfied by a visit, moved on to the next of its series, or withdrawn with the first dose."""
    await ward.says(f"/due {CODE}")
    known = await sent(ward)
    await visit(ward, labs="CRP 4 mg/L FCP 100 µg/g")
    await ward.says(f"/due {CODE}")
    next_one = await sent(ward)
    settled = {f"{CODE}: no longer due: {each}" for each in
               ("Week 12: CRP, calprotectin", "End of induction, response: PMS, CRP, calprotectin")}  # fmt: skip

    assert known.keys() < next_one.keys()
    assert settled <= {each.summary.value for each in next_one.values() if each.status.value == "CANCELLED"}
    assert {each.status.value for each in next_one.values() if "no longer" not in each.summary.value} == {"CONFIRMED"}

    await ward.says(f"/p {CODE}")
    for label in ("Correct", "#2", "Wrong day", "Only take it out", "Take it out"):
        await ward.taps(label)
    await ward.says(f"/due {CODE}")
    last = await sent(ward)

    assert next_one.keys() <= last.keys()
    assert {each.status.value for each in last.values()} == {"CANCELLED"}


@pytest.mark.parametrize("state", State)
def test_what_is_live_is_confirmed_and_what_is_settled_cancelled(state):
    event = only(note(state=state))

    assert event.status.value == ("CONFIRMED" if state in LIVE else "CANCELLED")
    assert ("no longer due" in event.summary.value) is (state in SETTLED)


@pytest.mark.parametrize(("ago", "is_there"), [(366, True), (367, False)], ids=["a year ago", "a day more"])
async def test_what_was_settled_is_cancelled_for_a_year_and_what_is_open_stays(ward, office, ago, is_there):
    old = date(2026, 6, 1) - timedelta(days=ago)
    office.rows(f"UPDATE reminders SET state = 'done', due_on = '{old}' WHERE item = 'wk12_cbc'")
    office.rows("UPDATE reminders SET due_on = '2020-01-01' WHERE item = 'wk12_lft'")
    await ward.says(f"/due {CODE}")
    found = summaries(await sent(ward))

    assert (f"{CODE}: no longer due: Week 12: blood count" in found) is is_there
    assert f"{CODE}: Week 12: liver tests" in found


async def test_entries_keep_their_name_over_a_restart(url, clock):
    async with exchange(url, clock) as office:
        line = await joins(office, "doctor", role=Role.OWNER)
        await line.says("/settings")
        await line.taps("Confirm: our organisation approved it")
        await office.ledger.take(lambda work: enrol(work, CODE, clock.now))
        await line.says("/due")
        first = await sent(line)
    async with exchange(url, clock, office.telegram) as office:
        again = office.line("doctor", COLLEAGUE)
        await again.says(f"/due {CODE}")
        second = await sent(again)

    assert first.keys() == second.keys()
    assert len(first) == 17


def test_each_time_of_each_item_of_each_patient_of_each_clinic_is_an_entry_of_its_own():
    others = [
        only(note()),
        only(note("wk12_lft")),
        only(note(slot="2026-03-09")),
        only(note(), code="CD-0043-G"),
        only(note(), bot_id=2),
    ]

    assert len({each.uid.value for each in others}) == 5
    assert only(note(title="Blood count", state=State.DONE), now=NOW + timedelta(1)).uid.value == others[0].uid.value


def test_the_sequence_grows_with_each_second_and_stays_below_2_to_the_31st():
    sequences = [
        int(only(note(), now=now).sequence.value)
        for now in (datetime(2020, 1, 1, tzinfo=UTC), NOW, NOW + timedelta(seconds=1), datetime(2090, 1, 1, tzinfo=UTC))
    ]

    assert sequences[0] == 0
    assert sequences[2] == sequences[1] + 1
    assert sequences[3] < 2**31


# Whose dates


async def test_mine_and_the_clinics_are_files_of_their_own_and_each_patient_in_them_was_read(ward, office):
    colleague = await joins(office, "colleague")
    await office.ledger.take(lambda work: enrol(work, "CD-0043-G", office.clock.now))
    office.rows("UPDATE patients SET responsible_id = 2 WHERE id = 2")
    office.rows("UPDATE reminders SET for_id = 2 WHERE patient_id = 2")

    def reads():
        rows = office.rows("SELECT member_id, patient_id FROM audit WHERE verb = 'read' AND id > " + str(since))
        return sorted(map(tuple, rows))

    def latest():
        return office.rows("SELECT max(id) FROM audit")[0][0]

    await ward.says("/due")
    since = latest()
    mine = await sent(ward)
    assert {each.split(":")[0] for each in summaries(mine)} == {CODE}
    assert ward.last.document.name == "quiesce-mine.ics"
    assert reads() == [(1, 1)]

    await ward.taps("The clinic's")
    since = latest()
    every = await sent(ward)
    assert {each.split(":")[0] for each in summaries(every)} == {CODE, "CD-0043-G"}
    assert ward.last.document.name == "quiesce-clinic.ics"
    assert reads() == [(1, 1), (1, 2)]

    await colleague.says("/due")
    since = latest()
    theirs = await sent(colleague)
    assert every.keys() == mine.keys() | theirs.keys()
    assert reads() == [(2, 2)]
    assert office.rows(f"SELECT subject FROM audit WHERE verb = 'calendar' AND id > {since}") == [("mine",)]


async def test_what_has_come_to_the_cover_is_in_the_covers_own_file(ward, office):
    cover = await joins(office, "cover")
    office.rows("UPDATE reminders SET for_id = 2 WHERE item = 'wk12_cbc'")
    await cover.says("/due")

    assert summaries(await sent(cover)) == [f"{CODE}: Week 12: blood count"]

    await ward.says("/due")
    assert f"{CODE}: Week 12: blood count" in summaries(await sent(ward))


async def test_the_file_of_one_patient_holds_nobody_elses_dates(ward, office):
    await office.ledger.take(lambda work: enrol(work, "CD-0043-G", office.clock.now))
    await ward.says(f"/due {CODE}")
    found = summaries(await sent(ward))

    assert {each.split(":")[0] for each in found} == {CODE}
    assert office.rows("SELECT patient_id FROM audit WHERE verb = 'read' AND patient_id = 2") == []


async def test_a_nurse_may_have_it_and_who_was_revoked_may_not(ward, office):
    nurse = await joins(office, "nurse", role=Role.NURSE)
    await nurse.says(f"/due {CODE}")
    due = nurse.last
    await nurse.taps("Calendar", message=due)
    assert nurse.last.document.name == f"quiesce-{CODE}.ics"

    office.rows("UPDATE members SET revoked_at = '2026-06-01 09:00:00+00:00' WHERE id = 2")
    before = office.rows("SELECT count(*) FROM cards"), office.rows("SELECT count(*) FROM audit")
    await nurse.taps("Calendar", message=due)

    assert (office.rows("SELECT count(*) FROM cards"), office.rows("SELECT count(*) FROM audit")) == before


async def test_where_no_day_is_known_there_is_no_file(ward, office):
    office.rows("DELETE FROM reminders")
    for command in ("/due", f"/due {CODE}"):
        await ward.says(command)
        before = len(ward.messages)
        await ward.taps("Calendar")

        assert office.rows("SELECT count(*) FROM audit WHERE verb = 'calendar'") == [(0,)]
        assert ward.transcript[-1] == "   bot: (There is no due day yet, so there is no file.)"
        assert len(ward.messages) == before


async def test_more_than_a_file_holds_is_refused_in_a_sentence(ward, office, monkeypatch):
    monkeypatch.setattr(calendar_desk, "MOST_ENTRIES", 16)
    await ward.says("/due")
    before = len(ward.messages)
    await ward.taps("Calendar")

    assert "(17 dates; a file holds 16. /due and a code sends those of one patient.)" in ward.transcript[-1]
    assert len(ward.messages) == before
    monkeypatch.setattr(calendar_desk, "MOST_ENTRIES", 17)
    assert len(await sent(ward)) == 17


def test_the_longest_file_is_within_what_telegram_takes():
    longest = note("x" * 30, "8 weeks", state=State.DONE, title="é" * 120, source="é" * 120)
    one, two = len(file_of(longest)), len(file_of(longest, longest))

    assert one + MOST_ENTRIES * (two - one) < MAX_DOCUMENT


# On its way


async def test_the_card_that_asked_for_it_stays_as_it_is_and_typing_does_the_same(ward):
    await ward.says(f"/due {CODE}")
    due = ward.last
    buttons = labels(due)
    await ward.taps("Calendar")
    await ward.says("calendar", reply_to=due)
    await ward.taps("Snooze", message=due)

    assert "Calendar" in buttons
    assert [each.document is not None for each in ward.messages[-2:]] == [True, True]
    assert "for how long?" in due.text

    await ward.says("/due")
    due = ward.last
    await ward.says("calendar")
    await ward.taps("The clinic's", message=due)

    assert ward.last.document is not None
    assert due.text.startswith("Due in the clinic")


@pytest.mark.parametrize(
    ("trouble", "seconds"),
    [
        (Refusal("Too Many Requests: retry after 7", 429, retry_after=7), 7),
        (Refusal("Internal Server Error", 500), 1),
        (NetworkError("reset"), 1),
        (TimedOut(), 1),
    ],
    ids=["429", "500", "network", "no answer"],
)
async def test_a_file_that_did_not_go_out_goes_out_as_it_was_and_what_comes_after_it_waits(
    ward, office, trouble, seconds
):
    await ward.says(f"/due {CODE}")
    office.telegram.trouble["sendDocument"] = [trouble]
    before = len(ward.messages)
    await ward.taps("Calendar")
    await ward.says("/privacy")
    assert len(ward.messages) == before

    office.clock.passes(seconds=seconds)
    await swept(office)

    assert [each.document is not None for each in ward.messages[before:]] == [True, False]
    assert read(ward.messages[before].document.content)[0].dtstamp.value == NOW


async def test_what_a_card_kept_of_the_file_is_erased_once_it_is_shown(ward, office):
    await ward.says(f"/due {CODE}")
    office.telegram.trouble["sendDocument"] = [NetworkError("reset")]
    await ward.taps("Calendar")
    assert office.rows("SELECT count(*) FROM cards WHERE picture IS NOT NULL") == [(1,)]
    office.clock.passes(seconds=1)
    await swept(office)

    assert office.rows("SELECT count(*) FROM cards WHERE picture IS NOT NULL OR body IS NOT NULL") == [(0,)]


async def test_a_file_that_telegram_will_never_take_is_given_up_and_the_next_message_comes(ward, office):
    await ward.says(f"/due {CODE}")
    office.telegram.trouble["sendDocument"] = [Refusal("Bad Request: CHAT_SEND_DOCS_FORBIDDEN")]
    await ward.taps("Calendar")
    await ward.says("/privacy")

    assert office.rows("SELECT dead_why FROM cards WHERE dead_why IS NOT NULL") == [("refused",)]
    assert office.rows("SELECT count(*) FROM cards WHERE picture IS NOT NULL") == [(0,)]
    assert ward.last.text.startswith("Telegram chats")


def test_the_same_wish_is_the_same_file():
    """A crash between the sending and its mark sends it twice."""
    assert file_of(note(), note("wk12_lft")) == file_of(note(), note("wk12_lft"))


def test_icalendar_is_not_loaded_before_a_file_is_asked_for():
    assert not takes_along("bot.running", "icalendar")


def test_an_own_reminder_tells_its_day_and_none_of_its_words():
    event = only(note(OWN, "12", title="referral to the surgeon", source="set by hand"))

    assert event.summary.value == "CD-0042-I: own reminder"
    assert event.description.value == (
        "Window from 18 May 2026 to 15 Jun 2026. Its words stand in the bot: /due CD-0042-I."
    )
