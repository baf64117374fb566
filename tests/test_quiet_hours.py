"""What comes by itself waits until its reader's quiet hours are over; answers, and what cannot wait, go past it."""

from datetime import UTC, datetime

import pytest
from telegram.error import Conflict

from bot import words
from bot.acts import Moment
from bot.clock import new_token
from bot.house import House
from bot.notices import notify, report_unreachable, tell_owners
from bot.practice.limits import Refusal
from bot.reminders import resting, rounds
from bot.reminders.punctual import next_card, oldest_late
from bot.turns import seat_owner
from store.cards import HOLD, Wish
from store.members import Role
from tests.conftest import DOCTOR
from tests.conversation import exchange
from tests.enrolled import CODE, visit
from tests.mornings import hand_over, joins, morning, tick, told
from tests.test_team import code_in

# In Vienna eleven in the evening, a minute to seven, and seven.
NIGHT = datetime(2026, 6, 1, 21, tzinfo=UTC)
BEFORE_SEVEN, SEVEN = datetime(2026, 6, 2, 4, 59, tzinfo=UTC), datetime(2026, 6, 2, 5, tzinfo=UTC)


async def sweeps(office, now, *lines):
    office.clock.now = now
    await office.running.deliverer.sweep()
    await office.running.settled()
    for line in lines:
        await line.settled()


def texts(line):
    return [message.text for message in line.messages]


async def joined_at_night(ward, office):
    await ward.says("/invite nurse")
    nurse = office.line("nurse", 31)
    office.clock.now = NIGHT
    await nurse.says(f"/start {code_in(ward.last.text)}")
    assert nurse.last.text.startswith("Quiesce")
    return ward, "Person has joined as member 2 (nurse)."


async def risen_at_night(ward, office):
    nurse = await joins(office, "nurse", role=Role.NURSE)
    await ward.says("/invite doctor")
    office.clock.now = NIGHT
    await nurse.says(f"/start {code_in(ward.last.text)}")
    assert nurse.last.text == "Your role is doctor now."
    return ward, "Member 2 is doctor now."


async def handed_over_at_night(ward, office):
    office.clock.now = NIGHT
    return await hand_over(ward, office), f"{CODE} was handed over to you by member 1. /history {CODE} says why."


async def passed_on_at_night(ward, office):
    colleague = await joins(office, "colleague")
    office.clock.now = NIGHT
    await ward.says(f"/visit {CODE}")
    for label in ("Cancel", "Pass to a colleague", "Member 2 (doctor)"):
        await ward.taps(label)
    return colleague, f"{CODE} Visit 2/9 was passed to you by member 1: /resume goes on with it."


def by_a_turn(turn, text):
    """What the deliverer, the tick and a restore tell the owners."""

    async def at_night(ward, office):
        await joins(office, "colleague")
        office.clock.now = NIGHT
        moment = Moment(now=NIGHT, new_token=new_token, bot_id=1, update_id=0, house=House("UTC"))
        await office.ledger.take(lambda work: turn(work, moment))
        return ward, text

    return at_night


UNREACHABLE = by_a_turn(
    lambda work, moment: report_unreachable(work, 2, moment.now),
    "Member 2 cannot be reached: Telegram does not deliver to them.",
)
GIVEN_UP = by_a_turn(lambda work, moment: tell_owners(work, "It is given up.", moment.now, 2), "It is given up.")
BROKEN = by_a_turn(
    lambda work, moment: rounds.put_off(work, 1, moment.now.date(), moment),
    f"{CODE}: what is due cannot be worked out, and no reminder comes. That is our bug; the log tells of it.",
)


@pytest.mark.parametrize(
    "comes",
    [joined_at_night, risen_at_night, handed_over_at_night, passed_on_at_night, UNREACHABLE, GIVEN_UP, BROKEN],
    ids=["joined", "risen", "handed over", "passed on", "unreachable", "given up", "cannot be worked out"],
)
async def test_a_notice_waits_until_the_quiet_hours_of_its_reader_are_over_and_comes_once(ward, office, comes):
    line, text = await comes(ward, office)
    for now in (NIGHT, BEFORE_SEVEN):
        await sweeps(office, now, line)
        assert text not in texts(line)

    for _ in range(2):
        await sweeps(office, SEVEN, line)
    assert texts(line).count(text) == 1


async def test_what_a_restored_database_asks_its_owners_waits_for_the_morning_too(ward, office):
    await office.ledger.take(lambda work: work.clinic.rest(NIGHT, NIGHT))
    moment = Moment(now=NIGHT, new_token=new_token, bot_id=1, update_id=0, house=House("UTC"))
    await office.ledger.take(lambda work: resting.offer_to_resume(work, moment))
    await sweeps(office, BEFORE_SEVEN, ward)
    assert not any(text.startswith("This database was restored") for text in texts(ward))

    await sweeps(office, SEVEN, ward)
    assert ward.last.text.startswith("This database was restored")


async def test_the_answers_to_a_persons_own_acts_go_past_a_notice_that_waits(ward, office):
    colleague, notice = await handed_over_at_night(ward, office)
    await colleague.says("/privacy")
    await colleague.says(f"/p {CODE}")
    await colleague.taps("Due")
    assert f"{CODE} · Due" in colleague.last.text
    assert notice not in texts(colleague)

    await sweeps(office, SEVEN, colleague)
    assert colleague.last.text == notice


async def test_each_persons_night_is_their_own(ward, office):
    there = await joins(office, "there", role=Role.OWNER)
    await there.says("/settings America/New_York")
    office.clock.now = NIGHT
    await office.ledger.take(lambda work: tell_owners(work, "It is given up.", NIGHT))
    await sweeps(office, NIGHT, ward, there)

    assert "It is given up." in texts(there)
    assert "It is given up." not in texts(ward)


async def test_a_reminder_on_screen_is_corrected_at_night_without_a_new_message(ward, office):
    colleague = await hand_over(ward, office)
    await tick(office, ward, colleague)
    morning(office, 6, 2)
    await tick(office, ward, colleague)
    count = len(colleague.messages)
    office.clock.now = datetime(2026, 6, 2, 21, tzinfo=UTC)
    await visit(ward, labs="ANC 3 ALC 1.2 Hb 13")
    await sweeps(office, office.clock.now, colleague)

    assert "CLEARED: Week 12: blood count" in told(colleague)[0]
    assert len(colleague.messages) == count


async def test_that_the_bot_stops_is_told_at_night_as_nobody_would_tell_it_in_the_morning(url, clock):
    clock.now = NIGHT
    async with exchange(url, clock) as office:
        await office.ledger.take(lambda work: seat_owner(work, DOCTOR, "Europe/Vienna"))
        doctor = office.line("doctor", DOCTOR.user_id)
        office.telegram.trouble["getUpdates"] = [Refusal("Conflict: terminated by other getUpdates request", 409)]
        with pytest.raises(Conflict):
            await office.running.poll()
        await office.running.settled()

    assert texts(doctor) == [words.ANOTHER_POLLER]


def test_a_notice_that_waits_is_held_by_no_deliverer_and_counts_as_late_for_nobody(work):
    member = seat_owner(work, DOCTOR, "Europe/Vienna")
    notify(work, member, "notice", NIGHT)
    assert next_card(work, member.chat_id, NIGHT, HOLD) is None
    assert oldest_late(work, NIGHT) is None

    work.cards.want(work.cards.add(member.chat_id, member.id), Wish(at=NIGHT, body="answer"))
    answer = next_card(work, member.chat_id, NIGHT, HOLD)
    assert answer.body == "answer"
    assert oldest_late(work, NIGHT) == NIGHT

    work.cards.mark(answer, 1)
    assert next_card(work, member.chat_id, SEVEN, HOLD).body == "notice"
    assert oldest_late(work, SEVEN) == NIGHT
