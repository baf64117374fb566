"""When reminders go out: each local day has one morning, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.clock import local_day
from bot.reminders.mornings import instant, is_quiet, next_round
from store.members import DIGEST_AT, QUIET_FROM, QUIET_UNTIL

FIRST, LAST = date(2026, 1, 1), date(2031, 12, 31)
ONE_DAY = timedelta(days=1)
VIENNA = "Europe/Vienna"


def changes(zone):
    """The days on which the clocks of a zone change."""
    days, known = [], ZoneInfo(zone)
    day = FIRST
    while day <= LAST:
        noon = datetime.combine(day, time(12), known)
        if noon.utcoffset() != datetime.combine(day - ONE_DAY, time(12), known).utcoffset():
            days.append(day)
        day += ONE_DAY
    return days


@pytest.mark.parametrize("zone", sorted(available_timezones()))
def test_every_day_around_a_change_of_the_clocks_has_one_morning_at_its_hour(zone):
    for change in changes(zone):
        mornings = [instant(change + n * ONE_DAY, DIGEST_AT, zone) for n in range(-3, 4)]

        assert mornings == sorted(set(mornings))
        assert {each.astimezone(ZoneInfo(zone)).time() for each in mornings} == {DIGEST_AT}


@pytest.mark.parametrize("zone", sorted(available_timezones()))
def test_rounds_follow_each_other_once_a_day_around_every_change_of_the_clocks(zone):
    for change in changes(zone):
        days = [change + n * ONE_DAY for n in range(-3, 4)]
        now = instant(days[0], DIGEST_AT, zone)
        found = [local_day(now, zone)]
        for _ in days[1:]:
            now = next_round(now, zone, DIGEST_AT, found[-1])
            found.append(local_day(now, zone))
            assert now == instant(found[-1], DIGEST_AT, zone)

        assert found == days


def test_rounds_follow_each_other_once_a_day_through_both_changes_of_a_year():
    now, rounded = datetime(2026, 1, 1, tzinfo=UTC), None
    days = []
    for _ in range(365):
        now = next_round(now, VIENNA, DIGEST_AT, rounded)
        rounded = now.astimezone(ZoneInfo(VIENNA)).date()
        days.append(rounded)

    assert days == [FIRST + n * ONE_DAY for n in range(365)]


@pytest.mark.parametrize(
    ("day", "wall", "shown"),
    [
        (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
    ],
    ids=["never shown: the next minute that is", "shown twice: the first", "just before the change"],
)
def test_a_time_that_is_not_shown_once(day, wall, shown):
    assert instant(day, wall, VIENNA) == shown


def test_a_morning_that_was_made_is_not_made_again_when_the_clock_is_set_back():
    before_eight = datetime(2026, 6, 1, 5, 0, tzinfo=UTC)

    assert next_round(before_eight, VIENNA, DIGEST_AT, None) == datetime(2026, 6, 1, 6, 0, tzinfo=UTC)
    assert next_round(before_eight, VIENNA, DIGEST_AT, date(2026, 6, 1)) == datetime(2026, 6, 2, 6, 0, tzinfo=UTC)


def test_whoever_moves_west_after_a_morning_has_no_second_one_on_that_day():
    """Reminded at eight in Vienna, in Honolulu at once; and a clock that was right on the day before for a moment."""
    just_after = datetime(2026, 6, 2, 6, 1, tzinfo=UTC)
    assert local_day(just_after, "Pacific/Honolulu") == date(2026, 6, 1)

    assert next_round(just_after, "Pacific/Honolulu", DIGEST_AT, date(2026, 6, 2)) == instant(
        date(2026, 6, 3), DIGEST_AT, "Pacific/Honolulu"
    )


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(20, 59, False), (21, 0, True), (6, 59, True), (7, 0, False)],
    ids=["just before nine", "nine", "just before seven", "seven"],
)
def test_the_night_is_quiet(hour, minute, quiet):
    assert is_quiet(datetime(2026, 1, 1, hour, minute, tzinfo=UTC), "UTC", QUIET_FROM, QUIET_UNTIL) is quiet


def test_quiet_hours_are_a_persons_own():
    at = datetime(2026, 1, 1, 18, 30, tzinfo=UTC)

    assert is_quiet(at, "UTC", time(18), QUIET_UNTIL)
    assert not is_quiet(at, "UTC", time(19), QUIET_UNTIL)
    assert is_quiet(at, "Asia/Kolkata", time(23), QUIET_UNTIL)


def test_a_morning_that_passed_unused_is_made_late_and_not_tomorrow():
    """As where the hour was moved from nine to eight at half past eight."""
    half_past_eight = datetime(2026, 6, 1, 6, 30, tzinfo=UTC)

    assert next_round(half_past_eight, VIENNA, DIGEST_AT, date(2026, 5, 31)) == datetime(2026, 6, 1, 6, 0, tzinfo=UTC)


def test_whoever_had_no_morning_yet_begins_with_the_next():
    half_past_eight = datetime(2026, 6, 1, 6, 30, tzinfo=UTC)

    assert next_round(half_past_eight, VIENNA, DIGEST_AT, None) == datetime(2026, 6, 2, 6, 0, tzinfo=UTC)
