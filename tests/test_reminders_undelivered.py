"""A reminder that Telegram has not taken was not told: it comes again, by day, as what is due by then."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from bot.practice.limits import Refusal
from bot.practice.telegram import PracticeTelegram
from flows.codes import own_code
from flows.protocol.due import Window
from flows.reminder import Reminder, State, Step
from store.members import Role
from tests.conversation import labels
from tests.enrolled import CODE, visit
from tests.mornings import COLLEAGUE, hand_over, joins, morning, tick, told
from tests.test_reminders_come import enrol


@contextmanager
def telegram_answers(monkeypatch, refusal, *chats):
    """To whatever is to be shown in some chats, or in all."""
    real = PracticeTelegram.call

    async def call(self, method, terms):
        if method in ("sendMessage", "editMessageText") and (not chats or terms["chat_id"] in chats):
            raise refusal
        return await real(self, method, terms)

    with monkeypatch.context() as patch:
        patch.setattr(PracticeTelegram, "call", call)
        yield


def away():
    return Refusal("Bad Gateway", 502)


async def hours_pass(office, hours, *lines):
    for _ in range(hours):
        office.clock.passes(hours=1)
        await tick(office, *lines)
        await office.running.deliverer.sweep()
        await office.running.settled()


async def test_what_telegram_took_too_late_comes_once_and_says_that_it_is_delayed(ward, office, monkeypatch):
    await tick(office, ward)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away()):
        await tick(office, ward)
        await hours_pass(office, 5, ward)
    assert told(ward) == []

    await hours_pass(office, 4, ward)
    assert [text.splitlines()[0] for text in told(ward)] == [f"Reminder · {CODE} · delayed"]


async def test_an_outage_over_two_mornings_ends_with_one_message(ward, office, monkeypatch):
    for number in (43, 44):
        code = own_code(f"CD-00{number}")
        await office.ledger.take(lambda work, code=code: enrol(work, code, office.clock.now))
    await tick(office, ward)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away()):
        await tick(office, ward)
        await hours_pass(office, 25, ward)
    await hours_pass(office, 4, ward)

    assert [text.splitlines()[0] for text in told(ward)] == ["Reminders · 3 patients · delayed"]


async def test_nothing_comes_at_night_that_was_written_by_day(ward, office, monkeypatch):
    await tick(office, ward)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away()):
        await tick(office, ward)
        await hours_pass(office, 14, ward)  # ten in the evening
    await hours_pass(office, 8, ward)
    assert told(ward) == []
    await hours_pass(office, 1, ward)
    assert office.clock.now.hour + 2 == 7
    await tick(office, ward)
    assert [text.splitlines()[0] for text in told(ward)] == [f"Reminder · {CODE} · delayed"]


async def test_what_was_settled_while_telegram_was_away_is_not_told(ward, office, monkeypatch):
    colleague = await hand_over(ward, office)
    await tick(office, ward, colleague)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away(), COLLEAGUE):
        await tick(office, ward)
        await visit(ward, labs="ANC 3 ALC 1.2 Hb 13")
        await hours_pass(office, 3, ward)
    await hours_pass(office, 3, ward, colleague)

    assert len(told(colleague)) == 1
    assert "Week 12: blood count" not in told(colleague)[0]


async def test_a_reminder_of_which_nothing_is_open_any_more_before_it_was_shown_is_not_sent(ward, office, monkeypatch):
    colleague, code = await joins(office, "colleague"), own_code("CD-0043")
    await office.ledger.take(lambda work: enrol(work, code, office.clock.now, started=None, number=2))
    await ward.says(f"/remind {code} 2 Jun 2026 letter")
    await tick(office, ward, colleague)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away(), COLLEAGUE):
        await tick(office, ward)
        office.clock.passes(minutes=50)
        assert office.rows("SELECT state FROM reminders WHERE item = 'own'") == [(State.SENT,)]
        await ward.says(f"/due {code}")
        for label in ("Done", "Today, 2 Jun 2026"):
            await ward.taps(label)
    office.clock.passes(minutes=55)
    await office.running.deliverer.sweep()
    await tick(office, ward, colleague)

    assert told(colleague) == []


async def test_what_is_late_says_so_though_it_was_written_anew_meanwhile(ward, office, monkeypatch):
    colleague = await hand_over(ward, office)
    await tick(office, ward, colleague)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away(), COLLEAGUE):
        await tick(office, ward)
        for values in ("anc 3.2 alc 1.2 hb 13 g/dL", "alt 20"):
            office.clock.passes(minutes=55)
            await ward.says(f"/p {CODE}")
            await ward.taps("Laboratory")
            await ward.says(f"2.6.2026 {values}")
            await ward.taps("Confirm")
    await hours_pass(office, 2, ward, colleague)

    assert [text.splitlines()[0] for text in told(colleague)] == [f"Reminder · {CODE} · delayed"]


async def test_what_a_blocked_chat_did_not_take_goes_to_who_can_be_reached(ward, office, monkeypatch):
    colleague = await hand_over(ward, office)
    await tick(office, ward)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, Refusal("Forbidden: bot was blocked by the user", 403), COLLEAGUE):
        await tick(office, ward, colleague)
        assert "Member 2 cannot be reached" in ward.last.text
        morning(office, 6, 3)
        await tick(office, ward, colleague)

    assert "DUE: Week 12: blood count" in "\n".join(told(ward)[-1:])
    assert told(colleague) == []


async def test_where_the_only_owner_has_blocked_the_bot_the_rest_of_the_team_is_told_and_reminded(
    ward, office, monkeypatch
):
    nurse = await joins(office, "nurse", role=Role.NURSE)
    await tick(office, ward, nurse)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, Refusal("Forbidden: bot was blocked by the user", 403), 11):
        await tick(office, ward, nurse)
        await hours_pass(office, 1, ward, nurse)
    morning(office, 6, 3)
    await tick(office, ward, nurse)

    assert [each.text for each in nurse.messages].count(
        "Member 1 cannot be reached: Telegram does not deliver to them."
    ) == 1
    assert [text.splitlines()[0] for text in told(nurse)] == [f"Reminder · {CODE} · patient of member 1 · delayed"]
    assert told(ward) == []


async def test_the_lead_who_has_blocked_the_bot_does_not_swallow_the_last_step(ward, office, monkeypatch):
    await joins(office, "lead", COLLEAGUE, Role.OWNER)
    await ward.says("/settings")
    await ward.taps("Name the lead")
    await ward.taps(next(label for label in labels(ward.last) if label.startswith("Member 2 ")))
    with telegram_answers(monkeypatch, Refusal("Forbidden: bot was blocked by the user", 403), COLLEAGUE):
        for day in range(1, 29):
            morning(office, 6, day)
            await tick(office, ward)

    (row,) = office.rows("SELECT state, step FROM reminders WHERE item = 'wk12_cbc'")
    assert tuple(row) == ("sent", "end")


async def test_whoever_lost_access_meanwhile_gets_nothing_that_waited(ward, office, monkeypatch):
    colleague = await hand_over(ward, office)
    await tick(office, ward, colleague)
    shown = len(colleague.messages)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away(), COLLEAGUE):
        await tick(office, ward, colleague)
        await ward.says("/team")
        await ward.taps("Revoke member 2")
        await ward.taps("Yes, revoke")
    await hours_pass(office, 2, ward, colleague)

    assert len(colleague.messages) == shown
    morning(office, 6, 3)
    await tick(office, ward)
    assert "DUE: Week 12: blood count" in told(ward)[-1]


async def test_what_somebody_has_acted_on_since_is_not_told_again(ward, office, monkeypatch):
    await tick(office, ward)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away()):
        await tick(office, ward)
        office.rows("UPDATE reminders SET state = 'snoozed', wake_on = '2026-06-09' WHERE state = 'sent'")
        await hours_pass(office, 2, ward)
    await hours_pass(office, 2, ward)

    assert told(ward) == []
    morning(office, 6, 9)
    await tick(office, ward)
    assert len(told(ward)) == 1


async def test_a_reminder_that_its_reader_has_deleted_is_not_sent_anew_when_it_is_settled(ward, office):
    colleague = await hand_over(ward, office)
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward, colleague)
    (reminder,) = [message for message in colleague.messages if message.text.startswith("Reminder")]
    del office.telegram.messages[COLLEAGUE, reminder.message_id]
    await visit(ward, labs="ANC 3 ALC 1.2 Hb 13")
    await hours_pass(office, 1, ward, colleague)

    assert told(colleague) == []
    assert office.rows("SELECT count(*) FROM cards WHERE shown < revision OR dead_why IS NOT NULL") == [(0,)]


def test_a_step_that_nobody_was_shown_is_told_next():
    """Every step in turn, taken back on its day, and by an outage of a week."""
    window = Window(date(2026, 5, 18), date(2026, 6, 1), date(2026, 6, 15))
    for days_later in (0, 7):
        reminder = Reminder(window=window)
        reminder.plan()
        for step in Step:
            today = reminder.wake_on
            assert reminder.send(today) is step
            again = Reminder(window=window, state=reminder.state, step=step, sent_on=today, wake_on=reminder.wake_on)
            again.take_back(today + timedelta(days=days_later))
            again.plan()
            told_next = again.fires(today + timedelta(days=days_later))
            assert told_next is not None
            assert list(Step).index(told_next) >= list(Step).index(step)
            assert days_later or told_next is step


@pytest.mark.parametrize("first", ["the round", "the message that waited"])
async def test_one_reminder_is_one_message_where_the_night_ends_at_the_hour_of_reminders(
    ward, office, monkeypatch, first
):
    """What had waited since the evening is told anew by the round of that minute, as what is due by then."""
    colleague, code = await joins(office, "colleague"), own_code("CD-0043")
    office.rows("UPDATE members SET quiet_until = '08:00' WHERE id = 2")
    await office.ledger.take(lambda work: enrol(work, code, office.clock.now, started=None, number=2))
    await ward.says(f"/remind {code} 3 Jun 2026 letter")
    await tick(office, colleague)
    morning(office, 6, 2, 18, 30)  # half past eight in the evening
    with telegram_answers(monkeypatch, away(), COLLEAGUE):
        await tick(office, colleague)
        assert office.rows("SELECT state, step FROM reminders WHERE item = 'own'") == [(State.SENT, Step.BEFORE)]

    morning(office, 6, 3)
    steps = [office.running.tick, office.running.deliverer.sweep]
    for step in steps if first == "the round" else reversed(steps):
        await step()
        await colleague.settled()
    await tick(office, colleague)

    assert ["DUE: letter" in text for text in told(colleague)] == [True]


@pytest.mark.parametrize(
    ("ways", "word"), [(["Awaiting result"], "AWAITING"), (["Snooze", "1 week"], "SNOOZED")], ids=["awaited", "put off"]
)
@pytest.mark.parametrize("one_by_one", [False, True], ids=["all of it", "one item"])
async def test_what_a_colleague_put_off_just_before_it_was_shown_is_not_told_as_due(
    ward, office, monkeypatch, ways, word, one_by_one
):
    colleague = await hand_over(ward, office)
    await tick(office, ward, colleague)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, away(), COLLEAGUE):
        await tick(office, ward)
        await ward.says(f"/due {CODE}")
        for label in [*(["One by one", "Week 12: blood count"] if one_by_one else []), *ways]:
            await ward.taps(label)
        assert f"{word}" in ward.last.text
    office.clock.passes(minutes=20)
    await office.running.deliverer.sweep()
    await tick(office, ward, colleague)
    await tick(office, ward, colleague)

    told_of = "\n".join(told(colleague))
    assert "Week 12: blood count" not in told_of
    assert ("Week 12: lipids" in told_of) is one_by_one
    assert "delayed" not in told_of
