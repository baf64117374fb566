"""What Telegram answers to a card, and what becomes of the card."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import Conflict, NetworkError, RetryAfter, TimedOut

from bot import turns, words
from bot.acts import Command, Moment, Person
from bot.api import receive
from bot.api.deliver import GIVEN_UP_FAILURES
from bot.api.gate import Gate
from bot.api.insisting import insist
from bot.clock import new_token
from bot.desk import Desk
from bot.house import House
from bot.practice.limits import Refusal
from bot.practice.telegram import PracticeTelegram
from bot.practice.wire import practice_wire
from bot.running import Running
from bot.turns import seat_owner
from store.cards import HOLD, Cards, Wish
from store.errors import StoreUnavailable
from tests.conftest import DOCTOR, NURSE
from tests.conversation import exchange, labels

THIRD = Person(user_id=13, chat_id=13)


async def swept(office):
    await office.running.deliverer.sweep()
    await office.running.settled()


async def card(office):
    return office.rows("SELECT shown, revision, body, dead_why FROM cards")[0]


async def test_a_card_that_is_shown_keeps_no_text(chat, office):
    await chat.says("/hbi")

    row = await card(office)
    assert (row.shown, row.revision, row.body) == (1, 1, None)


async def test_429_is_waited_for_and_then_the_newest_revision_alone_is_shown(chat, office):
    await chat.says("/hbi")
    office.telegram.trouble["editMessageText"] = [Refusal("Too Many Requests: retry after 7", 429, retry_after=7)]
    await chat.taps("1")
    assert "HBI 1/5" in chat.last.text
    office.clock.passes(seconds=6)
    await swept(office)
    assert "HBI 1/5" in chat.last.text
    office.clock.passes(seconds=1)
    await swept(office)

    assert "HBI 2/5" in chat.last.text


@pytest.mark.parametrize("error", [NetworkError("reset"), TimedOut(), Refusal("Internal Server Error", 500)])
async def test_a_network_in_trouble_is_tried_again_with_longer_and_longer_pauses(chat, office, error):
    office.telegram.trouble["sendMessage"] = [error] * 3
    await chat.says("/hbi")
    for pause in (1, 2, 4):
        assert chat.messages == []
        office.clock.passes(seconds=pause)
        await swept(office)

    assert len(chat.messages) == 1


async def test_a_card_that_its_reader_deleted_is_sent_anew(chat, office):
    await chat.says("/hbi")
    data = chat.last.keyboard[0][1]["callback_data"]
    office.telegram.deletes(11, chat.last.message_id)
    await chat.presses(data, 1)

    assert len(chat.messages) == 1
    assert "HBI 2/5 · so far 1" in chat.last.text


async def test_a_card_that_telegram_will_never_show_lets_the_next_one_go_on(chat, office):
    office.telegram.trouble["sendMessage"] = [Refusal("Bad Request: CHAT_SEND_PLAIN_FORBIDDEN")]
    await chat.says("/hbi")
    assert (await card(office)).dead_why == "refused"
    await chat.says("/help")

    assert len(chat.messages) == 2


async def test_a_person_who_blocked_the_bot_does_not_stop_the_others(chat, office):
    office.telegram.trouble["sendMessage"] = [Refusal("Forbidden: bot was blocked by the user", 403)]
    await chat.says("/hbi")

    assert (await card(office)).dead_why == "unreachable"


async def test_cards_come_in_order_behind_one_that_waits(chat, office):
    office.telegram.trouble["sendMessage"] = [Refusal("Too Many Requests: retry after 1", 429, retry_after=1)]
    await chat.says("/privacy")
    await chat.says("/about")
    assert chat.messages == []
    office.clock.passes(seconds=1)
    await swept(office)

    assert [message.text[:8] for message in chat.messages] == ["Telegram", "Quiesce "]


async def test_what_a_crash_left_unshown_is_found_by_the_sweep(chat, office):
    """The turn was committed; nobody lived to send the card."""
    moment = Moment(now=office.clock(), new_token=new_token, bot_id=1, update_id=500, house=House("UTC"))
    await office.ledger.take(lambda work: turns.take(work, DOCTOR, Command(name="hbi"), moment))
    assert chat.messages == []
    await swept(office)

    assert "HBI 1/5" in chat.last.text


async def test_a_running_bot_finds_by_itself_what_was_left_unshown(url, clock, monkeypatch):
    monkeypatch.setattr("bot.running.SWEEP_SECONDS", 0.01)
    moment = Moment(now=clock(), new_token=new_token, bot_id=1, update_id=500, house=House("UTC"))
    async with exchange(url, clock) as office:
        doctor = office.line("doctor", DOCTOR.user_id)
        await office.ledger.take(lambda work: seat_owner(work, DOCTOR, "UTC"))
        await office.ledger.take(lambda work: turns.take(work, DOCTOR, Command(name="help"), moment))
        for _ in range(250):
            await asyncio.sleep(0 if doctor.messages else 0.02)

        assert len(doctor.messages) == 1


async def test_a_card_that_telegram_shows_already_is_shown_and_no_failure(chat, office):
    """A crash between an edit and its mark lets the same edit come again."""
    await chat.says("/hbi")
    shown = chat.last

    def again(work):
        its = work.cards.by_message(DOCTOR.user_id, shown.message_id)
        same = {"interview_id": its.interview_id, "actions": its.actions, "token": its.token, "body": shown.raw[0]}
        work.cards.want(its, Wish(at=office.clock(), **same))

    await office.ledger.take(again)
    await swept(office)

    row = await card(office)
    assert (row.shown, row.revision, row.body, row.dead_why) == (2, 2, None, None)


async def test_an_update_that_comes_again_has_no_second_effect(chat, office):
    moment = Moment(now=office.clock(), new_token=new_token, bot_id=1, update_id=500, house=House("UTC"))
    results = [
        await office.ledger.take(lambda work: turns.take(work, DOCTOR, Command(name="help"), moment)) for _ in range(2)
    ]
    await swept(office)

    assert [type(result).__name__ for result in results] == ["Taken", "Repeated"]
    assert len(chat.messages) == 1


def test_the_mark_of_a_writer_that_woke_late_matches_no_row(work, clock):
    member = work.members.admit(11, 11, turns.Role.OWNER, "UTC")
    made = work.cards.add(11, member.id)
    work.cards.want(made, Wish(at=clock(), body="one"))
    early = work.cards.take_next(11, clock(), HOLD)
    work.cards.want(made, Wish(at=clock(), body="two"))
    late = work.cards.take_next(11, clock() + timedelta(minutes=3), HOLD)

    assert (early.body, late.body) == ("one", "two")
    assert work.cards.mark(late, 77)
    assert not work.cards.mark(early, 66)
    assert work.cards.by_message(11, 66) is None


async def test_what_a_crash_left_half_shown_is_taken_up_at_once_by_a_process_that_is_alone(url, clock):
    async with exchange(url, clock) as office:
        await office.ledger.take(lambda work: seat_owner(work, DOCTOR, "UTC"))
        office.telegram.trouble["sendMessage"] = [NetworkError("reset")]
        await office.line("doctor", DOCTOR.user_id).says("/privacy")
        office.rows("UPDATE cards SET taken_until = '2026-06-01 09:00:45', not_before = NULL")
    async with exchange(url, clock, office.telegram) as office:
        doctor = office.line("doctor", DOCTOR.user_id)
        await swept(office)

        assert len(doctor.messages) == 1


def test_two_deliverers_never_have_one_card_at_once(work, clock):
    member = work.members.admit(11, 11, turns.Role.OWNER, "UTC")
    work.cards.want(work.cards.add(11, member.id), Wish(at=clock(), body="one"))

    assert work.cards.take_next(11, clock(), HOLD)
    assert work.cards.take_next(11, clock() + HOLD - timedelta(seconds=1), HOLD) is None
    assert work.cards.take_next(11, clock() + HOLD, HOLD)


async def test_our_bug_is_rolled_back_and_apologised_for_and_the_next_update_goes_on(chat, office, monkeypatch, caplog):
    def fails(self, act):
        self.say("half of a turn")
        raise RuntimeError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(Desk, "perform", fails)
        await chat.says("/hbi")
    await chat.says("/help")

    assert [message.text[:9] for message in chat.messages] == ["Something", "/hbi: Cro"]
    assert [row.outcome for row in office.rows("SELECT outcome FROM arrivals ORDER BY update_id")] == ["failed", "done"]
    assert "a bug" in caplog.text


async def test_a_store_that_is_away_is_said_once_and_the_update_waits(chat, office, monkeypatch):
    monkeypatch.setattr(receive, "STORE_LONGEST_SECONDS", 0.001)
    real, failures = office.ledger.take, iter([StoreUnavailable("locked")] * 3)

    async def sometimes(turn):
        for failure in failures:
            raise failure
        return await real(turn)

    monkeypatch.setattr(office.ledger, "take", sometimes)
    await chat.says("/hbi 1 1 3 0 0")

    assert [message.text[:9] for message in chat.messages] == ["The store", "NOT IN RE"]


async def test_ten_changes_during_a_429_become_one_edit(chat, office):
    await chat.says("/hbi")
    for label in ("1", "Mild", "2", "0"):
        await chat.taps(label)
    office.telegram.trouble["editMessageText"] = [Refusal("Too Many Requests: retry after 60", 429, retry_after=60)]
    for label in ("Arthralgia", "Uveitis"):
        await chat.taps(label)
    assert "✓ Uveitis" not in labels(chat.last)
    chat.transcript.clear()
    office.clock.passes(seconds=60)
    await swept(office)

    assert [line for line in chat.transcript if "edit:" in line] == ["  edit: HBI 5/5 · so far 4"]
    assert {"✓ Arthralgia", "✓ Uveitis"} <= set(labels(chat.last))


def test_a_chat_that_must_wait_waits_with_all_its_cards(work, clock):
    member = work.members.admit(11, 11, turns.Role.OWNER, "UTC")
    older, newer = work.cards.add(11, member.id), work.cards.add(11, member.id)
    work.cards.want(newer, Wish(at=clock(), body="newer"))
    held = work.cards.take_next(11, clock(), HOLD)
    work.cards.postpone(held, clock() + timedelta(seconds=60), failures=0)
    work.cards.want(older, Wish(at=clock(), body="older"))

    assert work.cards.take_next(11, clock() + timedelta(seconds=59), HOLD) is None
    assert work.cards.take_next(11, clock() + timedelta(seconds=60), HOLD).body == "older"


async def test_the_next_act_cuts_a_pause_short_that_telegram_did_not_ask_for(chat, office):
    office.telegram.trouble["sendMessage"] = [NetworkError("reset")] * 8
    await chat.says("/hbi")
    for _ in range(7):
        office.clock.passes(minutes=5)
        await swept(office)
    assert chat.messages == []
    await chat.says("/help")

    assert len(chat.messages) == 2


def test_a_revision_that_was_refused_does_not_bury_a_newer_one(work, clock):
    member = work.members.admit(11, 11, turns.Role.OWNER, "UTC")
    made = work.cards.add(11, member.id)
    work.cards.want(made, Wish(at=clock(), body="one"))
    refused = work.cards.take_next(11, clock(), HOLD)
    work.cards.want(made, Wish(at=clock(), body="two"))
    work.cards.bury(refused, "refused")

    assert work.cards.take_next(11, clock(), HOLD).body == "two"


async def test_a_question_that_cannot_be_shown_is_apologised_for_and_nobody_else_waits(chat, office):
    """A downgrade has left an interview of a version that this program does not have."""
    await office.ledger.take(lambda work: seat_owner(work, NURSE, "UTC"))
    nurse = office.line("nurse", NURSE.user_id)
    await chat.says("/hbi")
    office.rows("UPDATE interviews SET version = 9")
    await chat.says("1")
    await nurse.says("/hbi 1 1 3 0 0")

    assert chat.last.text == words.OUR_FAULT
    assert nurse.last.text.startswith("NOT IN REMISSION")


async def test_a_turn_that_stops_short_does_not_hang_whoever_waits_for_it(office):
    def stops(_):
        raise StopIteration

    with pytest.raises(RuntimeError):
        await office.ledger.take(stops)


async def test_a_periodic_job_that_fails_ends_the_service_instead_of_being_missed(office, monkeypatch):
    async def fails():
        raise RuntimeError("a bug in the sweep")

    another = Running(practice_wire(PracticeTelegram()), office.ledger, House("UTC"), office.clock)
    monkeypatch.setattr(another.deliverer, "sweep", fails)
    with pytest.raises(RuntimeError, match="a bug in the sweep"):
        async with another:
            await another.poll()


async def test_a_second_429_from_another_chat_holds_all(chat, office):
    await office.ledger.take(lambda work: seat_owner(work, NURSE, "UTC"))
    nurse = office.line("nurse", NURSE.user_id)
    wait = Refusal("Too Many Requests: retry after 30", 429, retry_after=30)
    office.telegram.trouble["sendMessage"] = [wait, wait]
    await chat.says("/privacy")
    await nurse.says("/privacy")
    await office.ledger.take(lambda work: seat_owner(work, THIRD, "UTC"))
    third = office.line("third", THIRD.user_id)
    await third.says("/privacy")
    assert third.messages == []
    office.clock.passes(seconds=30)
    await swept(office)

    assert [len(line.messages) for line in (chat, nurse, third)] == [1, 1, 1]


async def tried_in_vain(chat, office, times):
    office.telegram.trouble["sendMessage"] = [NetworkError("reset")] * (times + 1)
    await chat.says("/privacy")
    for _ in range(times - 1):
        office.clock.passes(minutes=5)
        await swept(office)


@pytest.mark.parametrize(("hours", "dead"), [(23.9, False), (24, True)], ids=["just before a day", "after a day"])
async def test_a_network_that_stays_away_for_a_day_ends_the_card_and_is_alerted(chat, office, caplog, hours, dead):
    began = office.clock()
    await tried_in_vain(chat, office, GIVEN_UP_FAILURES - 1)
    office.clock.now = began + timedelta(hours=hours)
    await swept(office)

    assert bool((await card(office)).dead_why) is dead
    assert ("will not be shown" in caplog.text) is dead


async def test_a_day_in_which_nothing_was_tried_gives_no_answer_up(chat, office):
    """The clock jumped, or the bot was switched off."""
    await tried_in_vain(chat, office, GIVEN_UP_FAILURES - 2)
    office.clock.passes(days=3)
    await swept(office)
    assert (await card(office)).dead_why is None
    office.telegram.trouble["sendMessage"].clear()
    office.clock.passes(minutes=5)
    await swept(office)

    assert len(chat.messages) == 1


@pytest.mark.parametrize("trouble", [NetworkError("reset"), Refusal("Too Many Requests", 429, retry_after=30)])
async def test_a_clock_set_back_during_a_pause_lets_nobody_wait_for_it(chat, office, trouble):
    await office.ledger.take(lambda work: seat_owner(work, NURSE, "UTC"))
    nurse = office.line("nurse", NURSE.user_id)
    await swept(office)
    office.telegram.trouble["sendMessage"] = [trouble, trouble]
    await chat.says("/privacy")
    await nurse.says("/privacy")
    office.clock.passes(hours=-5)
    await swept(office)
    await swept(office)

    assert [len(line.messages) for line in (chat, nurse)] == [1, 1]


async def test_a_clock_set_forward_during_a_pause_shows_the_card_once(chat, office):
    office.telegram.trouble["sendMessage"] = [NetworkError("reset")]
    await chat.says("/privacy")
    office.clock.passes(days=400)
    await swept(office)
    office.clock.passes(days=-400)
    await swept(office)

    assert len(chat.messages) == 1


def test_a_hold_taken_before_the_clock_was_set_back_ends(work, clock):
    member = work.members.admit(11, 11, turns.Role.OWNER, "UTC")
    work.cards.want(work.cards.add(11, member.id), Wish(at=clock(), body="one"))
    assert work.cards.take_next(11, clock(), HOLD)
    clock.passes(hours=-1)

    assert work.cards.take_next(11, clock(), HOLD)


async def test_another_poller_stops_the_bot_and_every_owner_is_told(url, clock):
    async with exchange(url, clock) as office:
        await office.ledger.take(lambda work: seat_owner(work, DOCTOR, "UTC"))
        await office.ledger.take(lambda work: work.members.admit(12, 12, turns.Role.NURSE, "UTC"))
        doctor, nurse = office.line("doctor", 11), office.line("nurse", 12)
        office.telegram.trouble["getUpdates"] = [Refusal("Conflict: terminated by other getUpdates request", 409)]
        with pytest.raises(Conflict):
            await office.running.poll()
        await office.running.settled()

    assert [message.text for message in doctor.messages] == [words.ANOTHER_POLLER]
    assert nurse.messages == []
    assert office.running.health.telegram == "another poller"


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal("Forbidden: bot was blocked by the user", 403),
        Refusal("Forbidden: user is deactivated", 403),
        Refusal("Bad Request: chat not found"),
    ],
    ids=["blocked", "deactivated", "not found"],
)
async def test_a_person_who_cannot_be_reached_is_told_to_the_owners_once_and_is_back_with_their_next_act(
    chat, office, refusal
):
    await office.ledger.take(lambda work: work.members.admit(12, 12, turns.Role.NURSE, "UTC"))
    nurse = office.line("nurse", 12)
    for _ in range(2):
        office.telegram.trouble["sendMessage"] = [refusal]
        await nurse.says("/hbi")
        office.rows("UPDATE cards SET not_before = NULL")
    await swept(office)

    told = [message.text for message in chat.messages]
    assert told == ["Member 2 cannot be reached: Telegram does not deliver to them."] * 2
    await nurse.says("/privacy")
    assert office.rows("SELECT unreachable_at FROM members WHERE id = 2")[0][0] is None


async def test_html_that_telegram_does_not_take_is_shown_as_plain_text_and_counted(chat, office):
    office.telegram.trouble["sendMessage"] = [Refusal("Bad Request: can't parse entities: Unsupported start tag")]
    await chat.says("/hbi 1 1 3 0 0")

    assert chat.last.text.startswith("NOT IN REMISSION · HBI 5 (remission < 5)\nCrohn's")
    assert office.running.health.registry.get_sample_value("quiesce_parse_errors_total") == 1


async def test_a_refused_token_stops_sending_and_keeps_the_cards(chat, office):
    office.telegram.trouble["sendMessage"] = [Refusal("Unauthorized", 401)]
    await chat.says("/privacy")
    await chat.says("/about")
    await swept(office)

    assert chat.messages == []
    assert office.running.health.telegram == "token refused"
    assert len(office.rows("SELECT * FROM cards WHERE shown < revision AND dead_why IS NULL")) == 2


async def test_the_gate_lets_25_a_second_through_and_one_a_second_in_a_chat(monkeypatch):
    waits = []

    async def sleep(seconds):
        waits.append(round(seconds, 2))

    monkeypatch.setattr("bot.api.gate.asyncio.sleep", sleep)
    gate = Gate(lambda: 100.0)
    for chat_id in (1, 2, 3, 1):
        await gate.passes(chat_id)

    assert waits == [0, 0.04, 0.08, 1.0]


async def test_a_store_that_is_away_at_the_mark_does_not_stop_the_chat(chat, office, monkeypatch):
    monkeypatch.setattr("bot.api.deliver._MARK_LONGEST_SECONDS", 0.01)
    real, failures = Cards.mark, iter([StoreUnavailable("locked")] * 3)

    def sometimes(self, *arguments):
        for failure in failures:
            raise failure
        return real(self, *arguments)

    monkeypatch.setattr(Cards, "mark", sometimes)
    await chat.says("/hbi")
    await chat.taps("1")

    assert len(chat.messages) == 1
    assert "HBI 2/5" in chat.last.text


async def test_what_nobody_asked_for_goes_through_the_gate_and_an_answer_does_not(chat, office, monkeypatch):
    passed = []

    async def passes(_, chat_id):
        passed.append(chat_id)

    monkeypatch.setattr(Gate, "passes", passes)
    await office.ledger.take(lambda work: work.members.admit(12, 12, turns.Role.NURSE, "UTC"))
    nurse = office.line("nurse", 12)
    office.telegram.trouble["sendMessage"] = [Refusal("Forbidden: bot was blocked by the user", 403)]
    await nurse.says("/hbi")
    await chat.says("/help")

    assert passed == [DOCTOR.chat_id]


async def test_pauses_are_spread(chat, office, monkeypatch):
    monkeypatch.setattr("bot.api.deliver.uniform", lambda least, most: (least, most) == (0.5, 1) and 0.75)
    office.telegram.trouble["sendMessage"] = [NetworkError("reset")]
    await chat.says("/hbi")

    assert office.rows("SELECT not_before FROM cards")[0][0] is not None
    office.clock.passes(seconds=0.7)
    await swept(office)
    assert chat.messages == []
    office.clock.passes(seconds=0.1)
    await swept(office)
    assert len(chat.messages) == 1


async def test_what_is_asked_of_telegram_before_all_is_asked_until_it_is_heard(monkeypatch):
    waits, answers = [], iter([RetryAfter(7), NetworkError("reset"), None])

    async def sleep(seconds):
        waits.append(seconds)

    async def call():
        if error := next(answers):
            raise error

    monkeypatch.setattr("bot.api.insisting.asyncio.sleep", sleep)
    await insist(call, "the webhook could not be set")

    assert waits == [7.0, 1.0]
