"""What was to be told on one day and is told on another says that it is delayed; and no day has two mornings."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.practice.limits import Refusal
from bot.reminders import rounds
from flows.codes import own_code
from flows.protocol.due import Window
from flows.reminder import Reminder, Step
from tests.enrolled import CODE
from tests.mornings import COLLEAGUE, hand_over, joins, morning, tick, told
from tests.test_reminders_come import enrol
from tests.test_reminders_undelivered import telegram_answers

DELAYED = f"Reminder · {CODE} · delayed"
IN_TIME = f"Reminder · {CODE}"
WINDOW = Window(date(2026, 5, 18), date(2026, 6, 1), date(2026, 6, 15))
ONE_DAY = timedelta(days=1)


def heads(line):
    return [text.splitlines()[0] for text in told(line)]


async def test_a_reminder_that_telegram_has_refused_is_told_on_the_next_day_as_delayed(ward, office, monkeypatch):
    await tick(office, ward)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, Refusal("Bad Request: something", 400)):
        await tick(office, ward)
    assert heads(ward) == []
    for day in range(3, 10):
        morning(office, 6, day)
        await tick(office, ward)

    first, *later = heads(ward)
    assert (first, set(later)) == (DELAYED, {IN_TIME})


async def test_what_goes_to_somebody_else_as_its_reader_cannot_be_reached_is_delayed(ward, office, monkeypatch):
    colleague = await hand_over(ward, office)
    await tick(office, ward)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, Refusal("Forbidden: bot was blocked by the user", 403), COLLEAGUE):
        await tick(office, ward, colleague)
        morning(office, 6, 3)
        await tick(office, ward, colleague)

    assert heads(ward) == [f"{IN_TIME} · patient of member 2 · delayed"]


async def test_what_could_not_be_worked_out_on_its_day_is_delayed_once_it_can(ward, office, monkeypatch):
    """A bug of ours is simulated: for two days examining one of two patients raises."""
    other = own_code("CD-0043")
    await office.ledger.take(lambda work: enrol(work, other, office.clock.now))
    real = rounds.refresh

    def refresh(work, patient, *rest):
        if patient.code == CODE:
            raise ZeroDivisionError
        return real(work, patient, *rest)

    await tick(office, ward)
    with monkeypatch.context() as patch:
        patch.setattr(rounds, "refresh", refresh)
        for day in (2, 3):
            morning(office, 6, day)
            await tick(office, ward)
    for day in range(4, 10):
        morning(office, 6, day)
        await tick(office, ward)

    first, *later = [head for head in heads(ward) if CODE in head]
    assert (first, set(later)) == (DELAYED, {IN_TIME})
    assert f"Reminder · {other} · delayed" not in heads(ward)


async def test_what_could_not_be_worked_out_at_night_comes_in_its_morning_as_ever(ward, office, monkeypatch):
    def refresh(*_):
        raise ZeroDivisionError

    await tick(office, ward)
    morning(office, 6, 2, 2)
    with monkeypatch.context() as patch:
        patch.setattr(rounds, "refresh", refresh)
        await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)

    assert heads(ward) == [IN_TIME]


async def test_a_digest_says_that_some_of_it_is_delayed(ward, office, monkeypatch):
    for number in range(1, 5):
        code = own_code(f"CD-01{number:02}")
        await office.ledger.take(lambda work, code=code: enrol(work, code, office.clock.now))
    await tick(office, ward)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, Refusal("Bad Request: something", 400)):
        await tick(office, ward)
    morning(office, 6, 3)
    await tick(office, ward)

    assert heads(ward) == ["Reminders · 5 patients · delayed"]


@pytest.mark.parametrize("step", list(Step))
def test_each_step_that_nobody_was_shown_is_delayed_from_the_next_day_on(step):
    for later in range(3):
        reminder = Reminder(window=WINDOW)
        reminder.plan()
        while reminder.send(reminder.wake_on) is not step:
            pass
        went_out_on = reminder.sent_on
        reminder.take_back(went_out_on + later * ONE_DAY)
        reminder.plan()

        assert reminder.is_delayed(went_out_on + later * ONE_DAY) is (later > 0)
        assert reminder.is_delayed(went_out_on + (later + 1) * ONE_DAY)
        reminder.send(went_out_on + later * ONE_DAY)
        assert not reminder.is_delayed(went_out_on + 99 * ONE_DAY)


def missed() -> Reminder:
    """Refused on its due day, 1 June."""
    reminder = Reminder(window=WINDOW)
    reminder.plan()
    for day in (WINDOW.due - timedelta(days=7), WINDOW.due):
        reminder.send(day)
    reminder.take_back(WINDOW.due)
    reminder.plan()
    return reminder


def test_what_is_put_off_after_it_was_missed_comes_on_the_day_that_was_said():
    reminder = missed()
    reminder.snooze(WINDOW.due + ONE_DAY, 3)

    assert not reminder.is_delayed(reminder.wake_on)


def test_what_is_due_later_after_it_was_missed_is_not_delayed():
    reminder = missed()
    reminder.move(Window(WINDOW.opens, WINDOW.due + timedelta(days=10), WINDOW.until + timedelta(days=10)))

    assert not reminder.is_delayed(reminder.wake_on)


def test_what_was_settled_after_it_was_missed_and_is_open_again_is_not_delayed():
    reminder = missed()
    reminder.clear()
    reminder.reopen()

    assert reminder.fires(WINDOW.due + timedelta(days=8)) is not None
    assert not reminder.is_delayed(WINDOW.due + timedelta(days=8))


async def test_whoever_moves_west_after_a_digest_has_no_second_one_on_that_day(ward, office):
    """In Honolulu it is the day before, and eight of the day of the digest comes again."""
    colleague = await joins(office, "colleague")
    await office.ledger.take(lambda work: enrol(work, own_code("CD-0043"), office.clock.now, number=2))
    await tick(office, colleague)
    morning(office, 6, 2)
    await tick(office, colleague)
    assert len(told(colleague)) == 1
    await colleague.says("/settings Pacific/Honolulu")
    await office.ledger.take(lambda work: enrol(work, own_code("CD-0044"), office.clock.now - ONE_DAY, number=2))
    await tick(office, colleague)
    at_eight = datetime(2026, 6, 2, 18, 0, tzinfo=UTC)
    counts = []
    for days in range(2):
        office.clock.now = at_eight + days * ONE_DAY
        await tick(office, colleague)
        counts.append(len(told(colleague)))

    assert counts == [1, 2]
