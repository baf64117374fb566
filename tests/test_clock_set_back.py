"""A machine whose clock is set back tells nothing again; where the clock is right, its owners say so."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.acts import Moment
from bot.clock import new_token
from bot.house import House
from bot.reminders import resting
from flows.wall_clock import WallClock
from tests.conversation import labels
from tests.enrolled import CODE, UP_TO_DATE
from tests.mornings import SIX_UTC, joins, morning, rows_of, tick, told
from tests.test_reminders_come import enrol_many

BACK = [3, 5, 12, 40, 400, 20 * 365]
NOTICE = "The clock of the bot's machine"


@pytest.fixture
def opening() -> str:
    return UP_TO_DATE


async def mornings(office, last: datetime, *lines) -> None:
    """One after another from the next day on, as the bot runs on."""
    await tick(office, *lines)
    while office.clock.now.date() < last.date():
        office.clock.now = at(office.clock.now.month, office.clock.now.day) + timedelta(days=1)
        await tick(office, *lines)


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, SIX_UTC, 1, tzinfo=UTC)


async def set_back(office, days: int, *lines) -> None:
    """For one tick."""
    right = office.clock.now
    office.clock.now = right - timedelta(days=days)
    await tick(office, *lines)
    office.clock.now = right
    await tick(office, *lines)


@pytest.mark.parametrize("days", BACK)
async def test_a_clock_that_was_set_back_tells_no_step_again(ward, office, days):
    await mornings(office, at(6, 2), ward)
    before = told(ward)
    assert len(before) == 1
    await set_back(office, days, ward)

    assert told(ward) == before
    assert rows_of(office, "wk12_cbc")[1] == "on"
    await mornings(office, at(6, 4), ward)
    assert len(told(ward)) == 2  # three days after the due day


async def test_a_clock_that_was_set_back_makes_no_second_digest_on_that_day(ward, office):
    await enrol_many(office, range(43, 49))
    await mornings(office, at(6, 2), ward)
    before = [each.text for each in ward.messages if each.text.startswith("Reminders · ")]
    await set_back(office, 13, ward)

    assert [each.text for each in ward.messages if each.text.startswith("Reminders · ")] == before


@pytest.mark.parametrize("days", BACK)
async def test_a_clock_that_was_set_back_tells_the_cover_once_and_the_lead_on_their_day(ward, office, days):
    cover, lead = await joins(office, "cover"), await joins(office, "lead", 22)
    await office.ledger.take(lambda work: (work.clinic.name_cover(2), work.clinic.name_lead(3)))
    everybody = (ward, cover, lead)
    await mornings(office, at(6, 18), *everybody)
    before = [told(line) for line in everybody]
    assert len(before[1]) == 1
    await set_back(office, days, *everybody)
    await mornings(office, at(6, 21), *everybody)

    assert [told(line) for line in everybody[:2]] == before[:2]
    assert len(told(lead)) == 1


async def test_what_somebody_does_while_the_clock_stands_back_tells_nothing_again(ward, office):
    """A turn follows the schedule of its patient, too."""
    await mornings(office, at(6, 2), ward)
    before = told(ward)
    office.clock.now -= timedelta(days=40)
    await ward.says(f"/remind {CODE} 20.7.2026 letter")
    await tick(office, ward)
    morning(office, 6, 2, 7)
    await tick(office, ward)

    assert told(ward) == before


ANSWERS = {
    "Snooze": (("Snooze", "1 week"), 9),
    "Awaiting result": (("Awaiting result",), 12),
    "Snooze for a day": (("Snooze", "1 day"), 3),
}


def wakes(office) -> date:
    return date.fromisoformat(str(rows_of(office, "wk12_cbc")[2]))


@pytest.mark.parametrize(("taps", "again"), ANSWERS.values(), ids=ANSWERS)
async def test_what_somebody_answers_while_the_clock_stands_back_counts_from_its_last_day(ward, office, taps, again):
    await mornings(office, at(6, 2), ward)
    reminder = next(each for each in ward.messages if each.text.startswith("Reminder"))
    office.clock.now = at(5, 10)  # before its window has opened
    await tick(office, ward)
    for label in taps:
        await ward.taps(label, message=reminder)

    assert wakes(office) == at(6, again).date()
    await mornings(office, at(6, again - 1), ward)
    assert wakes(office) == at(6, again).date()
    await mornings(office, at(6, again), ward)
    assert wakes(office) > at(6, again).date()


async def test_what_is_not_possible_while_the_clock_stands_back_is_so_of_its_last_day(ward, office):
    await mornings(office, at(6, 2), ward)
    reminder = next(each for each in ward.messages if each.text.startswith("Reminder"))
    office.clock.now = at(5, 10)
    await tick(office, ward)
    for label in ("Not possible", "Not available here"):
        await ward.taps(label, message=reminder)

    assert rows_of(office, "wk12_cbc")[0] == "not possible"
    (on,) = office.rows('SELECT "on" FROM observations ORDER BY id DESC LIMIT 1')[0]
    assert str(on) == "2026-06-02"


REST = "No reminder leaves as long as the clock of the bot's machine is doubted."


async def test_pages_of_reminders_say_that_none_leaves_while_the_clock_is_doubted(ward, office):
    await mornings(office, at(6, 2), ward)
    office.clock.now = at(5, 20)
    await tick(office, ward)
    for typed in (f"/due {CODE}", f"/remind {CODE}", f"/remind {CODE} 25.5.2026 letter"):
        await ward.says(typed)
        assert REST in ward.last.text
    await ward.says(f"/remind {CODE} {office.clock.now:%d.%m.%Y} letter")
    assert "tomorrow morning" not in ward.last.text


async def test_owners_know_once_that_the_clock_stands_back_and_may_say_that_it_is_right(ward, office):
    await mornings(office, at(6, 2), ward)
    office.clock.now = at(5, 20)
    for _ in range(3):
        await tick(office, ward)

    (notice,) = [each for each in ward.messages if NOTICE in each.text]
    assert notice.text == (
        "The clock of the bot's machine was set back from 2 Jun 2026 to 20 May 2026. Nothing is told twice: no "
        "reminder leaves until it shows 1 Jun 2026. If 20 May 2026 is right, resume reminders."
    )
    assert labels(notice) == ["Resume reminders"]
    await ward.taps("Resume reminders")
    await mornings(office, at(5, 25), ward)
    assert len(told(ward)) == 2
    assert not [each for each in ward.messages if NOTICE in each.text]


async def restored(office, ward):
    """The clinic rests, as after a copy was restored; its clock is right."""
    await office.ledger.take(lambda work: work.clinic.rest(at(5, 20), at(6, 2)))
    await ward.says("/settings")


async def the_notice(office, ward):
    """Of a clock that stands back, of the day on which it does."""
    await mornings(office, at(6, 2), ward)
    office.clock.now = at(5, 20)
    await tick(office, ward)
    return next(each for each in ward.messages if NOTICE in each.text)


async def test_the_button_on_a_notice_of_the_clock_resumes_no_restored_database(ward, office):
    notice = await the_notice(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    await restored(office, ward)
    await ward.taps("Resume reminders", message=notice)
    await mornings(office, at(6, 7), ward)

    assert len(told(ward)) == 1
    assert office.rows("SELECT restored_at IS NULL FROM clinic") == [(0,)]


def as_shown(line, message):
    return next(each for each in line.messages if each.message_id == message.message_id)


async def test_a_notice_whose_clock_is_right_again_says_so_when_it_is_tapped(ward, office):
    notice = await the_notice(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    await ward.taps("Resume reminders", message=notice)

    shown = as_shown(ward, notice)
    assert shown.text.startswith("The clock is right already: reminders go out.")
    assert "Resume reminders" not in labels(shown)
    assert office.rows("SELECT count(*) FROM audit WHERE verb = 'settle clock'") == [(0,)]


async def test_a_notice_whose_clock_is_right_again_tells_of_no_reminder_that_rests(ward, office):
    notice = await the_notice(office, ward)
    morning(office, 6, 2)
    await restored(office, ward)
    await ward.taps("Resume reminders", message=notice)

    shown = as_shown(ward, notice)
    assert shown.text.startswith("The clock is right already.\n\nThis database was restored")
    assert "Resume reminders" in labels(shown)


async def test_a_restored_database_whose_clock_stands_back_says_both_and_each_is_confirmed(ward, office):
    await the_notice(office, ward)
    await restored(office, ward)
    assert "This database was restored" in ward.last.text
    await ward.taps("Resume reminders", message=ward.last)
    assert NOTICE in ward.last.text
    assert "This database was restored" not in ward.last.text
    assert labels(ward.last).count("Resume reminders") == 1
    await mornings(office, at(5, 22), ward)
    assert len(told(ward)) == 1

    await ward.taps("Resume reminders", message=ward.last)
    assert "Resume reminders" not in labels(ward.last)
    await mornings(office, at(5, 30), ward)
    assert len(told(ward)) == 2


async def test_a_notice_of_another_day_confirms_no_clock_that_was_set_back_since(ward, office):
    notice = await the_notice(office, ward)
    await mornings(office, at(6, 7), ward)
    office.clock.now = at(3, 1)
    await tick(office, ward)
    await ward.taps("Resume reminders", message=notice)

    (kept,) = office.rows("SELECT clock FROM clinic")[0]
    assert "2026-06-07" in str(kept)


async def test_a_clock_that_ran_ahead_and_is_right_again_goes_on_by_itself(ward, office):
    await tick(office, ward)
    for day in range(3):
        office.clock.now = datetime(2027, 7, 1 + day, SIX_UTC, 1, tzinfo=UTC)
        await tick(office, ward)
    count = len(told(ward))
    morning(office, 6, 5)
    await mornings(office, at(6, 15), ward)

    assert len(told(ward)) > count
    assert not [each for each in ward.messages if NOTICE in each.text]


async def test_a_machine_whose_first_day_was_in_1970_tells_nothing_twice_a_week_after(ward, office):
    """It has no battery, and asks for the time once it has started."""
    right = office.clock.now
    await office.ledger.take(lambda work: work.clinic.set_clock(WallClock(date(1970, 1, 1))))
    office.clock.now = datetime(1970, 1, 1, 0, 0, 30, tzinfo=UTC)
    await tick(office, ward)
    office.clock.now = right
    await mornings(office, at(6, 20), ward)
    before = told(ward)
    await set_back(office, 12, ward)

    assert told(ward) == before
    assert len(notices(ward)) == 1


# Two machines on one database, or one whose clock goes back and forth


def notices(line, of=NOTICE):
    return [each for each in line.messages if of in each.text]


async def by_turns(office, days: int, *lines, times: int = 4) -> None:
    """A clock that is wrong by so many days ticks, and one that is right, one after another."""
    right = office.clock.now
    for _ in range(times):
        office.clock.now = right + timedelta(days=days)
        await tick(office, *lines)
        office.clock.now = right
        await tick(office, *lines)


async def test_of_a_clock_that_is_wrong_by_turns_the_owners_know_once_a_day(ward, office):
    await mornings(office, at(6, 2), ward)
    await by_turns(office, -3, ward)
    assert len(notices(ward)) == 1

    await mornings(office, at(6, 3), ward)
    await by_turns(office, -3, ward)
    await by_turns(office, -20, ward)
    assert len(notices(ward)) == 2


async def test_of_a_clock_that_stays_back_after_it_was_right_the_owners_know_within_an_hour(ward, office):
    await mornings(office, at(6, 2), ward)
    await by_turns(office, -3, ward)
    office.clock.now = at(5, 1)
    for minutes, told_of in [(0, 1), (59, 1), (60, 2), (75, 2), (200, 2)]:
        office.clock.now = at(5, 1) + timedelta(minutes=minutes)
        await tick(office, ward)
        assert len(notices(ward)) == told_of


@pytest.mark.parametrize("days", [2, 3, 30, 400])
async def test_a_clock_that_runs_ahead_again_and_again_tells_no_step_again(ward, office, days):
    await mornings(office, at(6, 2), ward)
    before = told(ward)
    await by_turns(office, days, ward, times=1)
    once = told(ward)
    assert len(once) == len(before) + 1
    await by_turns(office, days, ward)
    await by_turns(office, days + 1, ward)

    assert told(ward) == once
    assert len(notices(ward, "clock")) == 1
    assert labels(notices(ward, "clock")[0]) == []
    assert notices(ward, "clock")[0].text.startswith("The clock of the machine had run ahead")


async def ran_ahead(office, ward, days: int) -> None:
    """And is right again, since some days; then it leaps."""
    await mornings(office, at(6, 2), ward)
    await by_turns(office, 30, ward, times=1)
    await mornings(office, at(6, 4), ward)
    office.clock.now += timedelta(days=days)
    await tick(office, ward)


async def test_after_a_clock_that_ran_ahead_an_outage_is_believed_within_an_hour(ward, office):
    await ran_ahead(office, ward, 5)
    before = len(told(ward))
    for minutes in (1, 30, 59):
        office.clock.now = at(6, 9) + timedelta(minutes=minutes)
        await tick(office, ward)
        assert len(told(ward)) == before
    office.clock.now = at(6, 9) + timedelta(minutes=60)
    await tick(office, ward)

    assert len(told(ward)) == before + 1
    assert "delayed" in told(ward)[-1]
    (notice,) = notices(ward)
    assert notice.text == (
        "The clock of the bot's machine leapt ahead from 4 Jun 2026 to 9 Jun 2026, and had run ahead before. Nothing "
        "is told twice: no reminder leaves until it has shown that for an hour. If 9 Jun 2026 is right, resume "
        "reminders."
    )


async def test_an_owner_who_says_that_it_is_right_need_not_wait(ward, office):
    await ran_ahead(office, ward, 5)
    before = len(told(ward))
    await ward.taps("Resume reminders")
    assert "Resume reminders" not in labels(ward.last)
    await tick(office, ward)

    assert len(told(ward)) == before + 1
    office.clock.now += timedelta(days=5)
    await tick(office, ward)
    assert len(told(ward)) == before + 2


async def test_the_settings_say_that_it_is_not_believed_yet_and_confirm_it(ward, office):
    await ran_ahead(office, ward, 5)
    await ward.says("/settings")
    assert "leapt ahead from 4 Jun 2026 to 9 Jun 2026" in ward.last.text
    await ward.taps("Resume reminders", message=ward.last)

    assert "leapt ahead" not in ward.last.text


# Who hears of it, and how often


async def test_an_owner_who_does_not_answer_hears_of_it_again_each_day_and_no_more_often(ward, office):
    await mornings(office, at(6, 2), ward)
    office.clock.now = at(5, 10)
    for _ in range(4 * 24 * 4):
        await tick(office, ward)
        office.clock.now += timedelta(minutes=15)

    assert len(notices(ward)) == 4
    assert "from 2 Jun 2026 to 13 May 2026" in notices(ward)[-1].text
    await ward.taps("Resume reminders", message=notices(ward)[-1])
    assert "The clock of the bot's machine" not in ward.last.text


async def test_a_clock_that_is_set_back_once_more_is_told_of_within_two_hours(ward, office):
    await mornings(office, at(6, 2), ward)
    for day in (20, 10):
        office.clock.now = at(5, day)
        for _ in range(5):
            await tick(office, ward)
            office.clock.now += timedelta(minutes=30)

    assert len(notices(ward)) == 2


WHO_CAN = "No owner can be reached now. Whoever runs the bot can resume reminders, too, with resume-reminders."


async def without_an_owner(office, ward):
    """The only one cannot be reached."""
    colleague = await joins(office, "colleague")
    await mornings(office, at(6, 2), ward, colleague)
    await office.ledger.take(lambda work: work.members.set_unreachable(1, office.clock.now))
    return colleague


async def test_where_no_owner_can_be_reached_others_know_that_the_clock_stands_back(ward, office):
    colleague = await without_an_owner(office, ward)
    office.clock.now = at(5, 20)
    await tick(office, ward, colleague)

    (notice,) = notices(colleague)
    assert notice.text.endswith(f"If 20 May 2026 is right, an owner resumes reminders in /settings. {WHO_CAN}")
    assert labels(notice) == []


async def test_where_no_owner_can_be_reached_others_know_that_a_restored_database_rests(ward, office):
    colleague = await without_an_owner(office, ward)
    moment = Moment(now=office.clock.now, new_token=new_token, bot_id=0, update_id=0, house=House("UTC"))

    def restore(work):
        work.clinic.rest(at(5, 20), at(6, 2))
        resting.offer_to_resume(work, moment)

    await office.ledger.take(restore)
    office.running.deliverer.wake(21)
    await tick(office, ward, colleague)
    (notice,) = notices(colleague, "This database was restored")
    assert notice.text.endswith(WHO_CAN)
    assert labels(notice) == []


async def test_whoever_is_no_owner_reads_that_an_owner_resumes_reminders(ward, office):
    colleague = await joins(office, "colleague")
    await mornings(office, at(6, 2), ward, colleague)
    office.clock.now = at(5, 20)
    await tick(office, ward, colleague)
    for page in ("/settings", "/due"):
        await colleague.says(page)
        assert "If 20 May 2026 is right, an owner resumes reminders in /settings." in colleague.last.text
        assert "Resume reminders" not in labels(colleague.last)


# What the clock may show

FIRST = date(2026, 6, 1)


def shown(*days: int) -> WallClock:
    """Days after the first, one after another."""
    clock = WallClock(FIRST)
    for each in days:
        clock = clock.shows(FIRST + timedelta(days=each))
    return clock


@pytest.mark.parametrize(
    ("before", "then", "is_behind"),
    [
        ((1, 2, 3), 4, False),
        ((1, 2, 3), 2, False),
        ((1, 2, 3), 1, True),
        ((1, 2, 3), -7000, True),
        ((1, 2, 40), 3, False),
        ((1, 2, 40, 41, 42), 4, False),
        ((1, 2, 40, 41, 42), 2, True),
        ((1, 2, 40), 0, True),
        ((1, 2, 6, 7, 8, 9), 5, False),
        ((1, 2, 6, 7, 8, 9, 10), 7, True),
        ((1, 40, 80), 2, False),
        ((1, 40, 3, 4), 1, True),
        ((20000, *range(20001, 20007)), 7, False),
        ((20000, *range(20001, 20008)), 20005, True),
        ((20000, *range(20001, 20008)), 1, True),
    ],
    ids=[
        "it goes on",
        "another zone",
        "set back",
        "set back by years",
        "a leap was wrong",
        "a leap was wrong, found later",
        "set back by more than the leap",
        "set back to before a leap",
        "a leap that is not believed yet",
        "a leap is believed after as long again",
        "two leaps were wrong",
        "set back after a leap that was wrong",
        "a leap of many years was wrong",
        "a leap of many years is believed after a week",
        "and then to before it",
    ],
)
def test_a_day_that_has_been_is_none_unless_the_clock_had_leapt_ahead(before, then, is_behind):
    assert shown(*before).is_behind(FIRST + timedelta(days=then)) is is_behind


NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "is_doubted"),
    [
        ((0,), True),
        ((0, 30, 59), True),
        ((0, 30, 60), False),
        ((0, 30, 24 * 60), True),
        ((30, 0), True),
        ((0, 30, 24 * 60, 25 * 60), False),
    ],
    ids=["at once", "for less than an hour", "for an hour", "and leaps on", "and goes back", "and stays there"],
)
def test_a_clock_that_ran_ahead_is_believed_once_it_has_shown_another_day_for_an_hour(minutes, is_doubted):
    clock = shown(1, 40, 2)
    *before, last = (NOON + timedelta(days=10, minutes=each) for each in minutes)
    for each in before:
        assert clock.is_doubted(each)
        clock = clock.doubts(each)

    assert clock.is_doubted(last) is is_doubted
    assert WallClock.from_json(clock.to_json()) == clock


@pytest.mark.parametrize(
    ("days", "is_doubted"),
    [((1, 40, 2), True), ((1, 40, 2, 3, 4, 5), True), ((1, 40), False), ((1, 40, 2, 5, 6, 7, 8), False)],
    ids=["ran ahead", "some days ago", "an outage", "an outage after it that lasted"],
)
def test_a_leap_is_doubted_where_the_clock_had_run_ahead(days, is_doubted):
    assert shown(*days).is_doubted(NOON + timedelta(days=60)) is is_doubted
