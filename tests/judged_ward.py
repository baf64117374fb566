"""A ward in memory with three people, whose every message is judged against what they are owed (tests/owed.py).

Real turns, real cards and ticks, below Telegram.
"""

import json
from collections import Counter
from contextlib import closing, suppress
from datetime import UTC, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from hypothesis.stateful import RuleBasedStateMachine

from bot.acts import Moment, Person, Tap
from bot.clock import local_day
from bot.contract.examined import due_from
from bot.house import House
from bot.notices import report_unreachable
from bot.patients.inputs import inputs_of
from bot.patients.records import Records
from bot.reminders import rounds, wall_clock
from bot.taps import Keyboard
from bot.turns import seat_owner, take
from flows.codes import own_code
from flows.own_reminders import own_asks
from flows.questionnaire import Disease
from flows.record import Fact, Kind, standing
from store.members import Role
from store.unit_of_work import Writer
from tests.owed import Owed, is_wanted, only_comes
from tests.sealed import KEY, copy_in_memory, prepare, writer_on

ZONE = "Europe/Vienna"
BEGINS = datetime(2026, 6, 1, 9, tzinfo=UTC)
PEOPLE = {number: Person(user_id=10 + number, chat_id=10 + number) for number in (1, 2, 3)}
COVER, LEAD = 2, 3
CODES = {1: own_code("CD-0002"), 2: own_code("CD-0003")}
# PRODUCT.md section 4.
QUIET_HOURS, MOST_MESSAGES = (*range(7), 21, 22, 23), 3
# By what their buttons do, as a text is erased once it is shown.
_TELLS = """(actions LIKE '%"replied"%' OR actions LIKE '%"listed"%')"""
_CARDS = f"SELECT id, member_id, patient_id, actions FROM cards WHERE unasked AND {_TELLS}"
# The course settles these, or their day.
NEVER_SAMPLED = ("dose_step", "contra_end", "lact_end")
counted: Counter[str] = Counter()


class Killed(Exception):
    """The process ends before its commit."""


def open_ward(path):
    """A doctor, a cover and a lead; a patient in week 12, and one who has not begun."""
    prepare(f"sqlite:///{path}")
    with closing(writer_on(f"sqlite:///{path}")) as writer:
        writer.take(enrol)


def enrol(work):
    first = seat_owner(work, PEOPLE[1], ZONE)
    for number, role in ((COVER, Role.DOCTOR), (LEAD, Role.OWNER)):
        work.members.admit(PEOPLE[number].user_id, PEOPLE[number].chat_id, role, ZONE)
    work.clinic.name_cover(COVER)
    work.clinic.name_lead(LEAD)
    work.clinic.approve_patients(first.id, BEGINS)
    records = Records(
        work, first, Moment(now=BEGINS, new_token=str, bot_id=1, update_id=0, house=House(ZONE)), BEGINS.date()
    )
    for code, disease in zip(CODES.values(), (Disease.ULCERATIVE_COLITIS, Disease.CROHNS), strict=True):
        records.enrol(code, disease)
    started = Fact(kind=Kind.COURSE, code="started", on=BEGINS.date() - timedelta(weeks=12), value={})
    records.file(work.patients.get(1), [started])


class JudgedWard(RuleBasedStateMachine):
    """`template` is where it begins; the rules are added to it."""

    template = None

    def __init__(self):
        super().__init__()
        self.writer, self.outside = self.opened()
        self.now, self.latest, self.numbers = BEGINS, BEGINS, count(1)
        self.owed, self.rested, self.blocked, self.entries, self.cards = {}, {}, set(), 0, 0
        self.states, self.leapt = {}, 0
        self.messages, self.known, self.wanted = Counter(), None, {}

    def opened(self):
        """Who takes turns, and a connection beside."""
        engine = copy_in_memory(self.template)
        return Writer(engine, KEY), engine.connect()

    # What a database holds, and what time it is

    def rows(self, statement):
        with self.outside.begin():
            return self.outside.exec_driver_sql(statement).all()

    @property
    def today(self):
        return local_day(self.now, ZONE)

    def moment(self):
        number, made = next(self.numbers), count()
        return Moment(
            now=self.now,
            new_token=lambda: f"token-of-{number}-{next(made)}",
            bot_id=1,
            update_id=number,
            house=House(ZONE),
        )

    def waits_until(self, day, hour, minute=1):
        leap = (day - self.today).days
        self.leapt += leap if leap > 1 else 0
        self.now = datetime.combine(day, time(hour, minute), ZoneInfo(ZONE)).astimezone(UTC)
        self.latest = max(self.latest, self.now)

    # The schedule, asked by itself

    def asked(self):
        """All that the schedule asks for of each patient today, with its window and state."""
        known = (self.today, self.rows("SELECT count(*) FROM observations")[0][0])
        if known != self.known:
            self.known, self.wanted = known, self.writer.take(lambda work: dict(self.wanted_of_all(work)))
        return self.wanted

    def wanted_of_all(self, work):
        for number in CODES:
            patient = work.patients.get(number)
            written = work.observations.of(number)
            due = due_from(inputs_of(patient, work.clinic.get().region, written, self.today), self.today)
            for each in (*due, *own_asks(written, self.today)):
                has_come = only_comes(each.window) and each.state.value == "done"
                if has_come or is_wanted(each.window, each.state.value, self.today):
                    is_awaited = each.state.value == "overdue" and each.said_on
                    state = "awaiting" if is_awaited else each.state.value
                    yield (number, each.item, each.slot), (each.window, state, each.said_on)

    def follow(self):
        """Whatever was not asked for in between, or is not awaited any more, goes on where it was."""
        self.followed = self.today
        asked = {key: each for key, each in self.asked().items() if each[1] != "done" or self.is_to_be_told(key)}
        for key in set(self.owed) - set(asked):
            self.rested[key] = self.owed.pop(key)
        for key, (window, state, said_on) in asked.items():
            self.judge_word(key, window, state, said_on)
            if key not in self.owed or (self.owed[key].state == "awaiting" and state != "awaiting"):
                self.owed[key] = self.owed_again(key, window, state, said_on if state == "awaiting" else None)
            counted["windows moved later"] += window.due > self.owed[key].window.due
            awaited = self.owed[key].awaited_since and self.owed[key].window != window
            counted["windows moved of what is awaited"] += bool(awaited)
            self.owed[key].follow(window, state, said_on)
            self.owed[key].goes_on_waiting(self.today)

        self.judge_what_was_cleared()

    def is_to_be_told(self, key):
        """Of a day that only comes, and has come; on the day on which it is told it stays open."""
        owed = self.owed.get(key)
        return owed is not None and not (owed.has_come_and_was_told and owed.told_on < self.today)

    def owed_again(self, key, window, state, awaited_since):
        counted["asked for again"] += key in self.rested
        found = self.owed.get(key) or self.rested.pop(key, None)
        found = found.asked_again(self.today) if found else Owed(window, state)
        found.awaited_since = awaited_since
        return found

    def judge_word(self, key, window, state, said_on):
        """Whatever the schedule says of it: a result is awaited of a sample that its window holds."""
        if state == "awaiting" and said_on and not key[1].startswith("base_"):
            counted["awaited since"] += 1
            assert window.opens <= said_on, f"{key} opens on {window.opens} and is awaited since {said_on}"

    def judge_what_was_cleared(self):
        """What nobody sampled is not cleared: whatever has just become so was done since it opened."""
        found = self.rows("SELECT id, patient_id, item, opens_on, state FROM reminders")
        before, self.states = self.states, {row[0]: row[4] for row in found}
        for number, patient, item, opens, state in found:
            if state != "cleared" or before.get(number) == state or item.startswith("base_") or item in NEVER_SAMPLED:
                continue
            counted["cleared"] += 1
            done_on = self.writer.take(lambda work, patient=patient: days_of_what_was_done(work, patient))
            assert any(str(opens) <= str(each) for each in done_on), f"{item}, open from {opens}, is cleared by nothing"

    def reminders(self):
        """What is stored, by key: its number, state, due day and when it wakes."""
        found = self.rows("SELECT patient_id, item, slot, id, state, due_on, wake_on FROM reminders")
        return {tuple(row[:3]): row[3:] for row in found}

    # People

    def act(self, person, act):
        counted["acts"] += 1
        self.writer.take(lambda work: take(work, PEOPLE[person], act, self.moment()))
        self.show()

    def tap(self, person, label):
        """Press the newest button of a label; False if there is none."""
        chat = PEOPLE[person].chat_id
        cards = f"SELECT id, token, actions FROM cards WHERE chat_id = {chat} AND actions IS NOT NULL ORDER BY id DESC"
        for card, token, actions in self.rows(cards):
            for row in Keyboard.from_json(json.loads(actions)).rows if token else ():
                for button in row:
                    if button.label == label and not button.copies:
                        self.act(person, Tap(chat_id=chat, message_id=card, data=f"{token}:{button.index}"))
                        return True
        return False

    def walk(self, person, *labels):
        """Press one button after another; False once there is none."""
        return all(self.tap(person, label) for label in labels)

    def show(self):
        """Telegram shows every card, but to those who have blocked the bot."""

        def show(work):
            for number, person in PEOPLE.items():
                while card := work.cards.take_next(person.chat_id, self.now, None):
                    if number in self.blocked:
                        work.cards.bury(card, "unreachable")
                        report_unreachable(work, number, self.now)
                    else:
                        work.cards.mark(card, card.message_id or card.id)

        for _ in range(2):
            self.writer.take(show)

    # The tick, and what is told by it

    def tick(self, dies=False):
        moment, looks = self.moment(), counted["looks"]
        if not self.writer.take(lambda work: wall_clock.goes_on(work, moment)):
            self.judge_what_was_told()
            self.show()
            return
        while self.writer.take(lambda work: rounds.look(work, self.today, moment)):
            counted["looks"] += 1
        for member in self.writer.take(lambda work: rounds.rounds_due(work, self.now)):
            if dies:
                with suppress(Killed):
                    self.writer.take(lambda work, member=member: self.round_that_dies(work, member, moment))
            self.writer.take(lambda work, member=member: rounds.make_round(work, member, moment))
        if self.today > self.followed or counted["looks"] > looks:
            self.follow()
        self.judge_what_was_told()
        self.show()

    def round_that_dies(self, work, member, moment):
        if rounds.make_round(work, member, moment):
            counted["deaths"] += 1
            raise Killed

    def judge_what_was_told(self):
        cards = self.rows(f"{_CARDS} AND id > {self.cards}")
        entries = self.rows(f"SELECT id, verb, subject FROM audit WHERE id > {self.entries} AND verb LIKE 'remind %'")
        self.cards = max([self.cards, *(card[0] for card in cards)])
        self.entries = max([self.entries, *(entry[0] for entry in entries)])
        assert bool(cards) == bool(entries)
        if cards:
            assert self.now.astimezone(ZoneInfo(ZONE)).hour not in QUIET_HOURS
        for _, member, *_ in cards:
            self.messages[member, self.now] += 1
        assert all(number <= MOST_MESSAGES for number in self.messages.values())
        keys = {f"reminder {row[0]}": key for key, row in self.reminders().items()}
        for _, verb, subject in entries:
            self.judge_step(keys[subject], verb.removeprefix("remind "), cards)

    def judge_step(self, key, step, cards):
        counted[f"told {step}"] += 1
        assert key in self.owed, f"{key} is told {step}, though the schedule does not ask for it"
        wrong = list(self.owed[key].hear(step, self.today, list(self.stand_ins(key[0]))))
        assert not wrong, f"{key} {wrong}"
        whom = self.addressee(key[0], step)
        about = [about_patients(patient, actions) for _, member, patient, actions in cards if member == whom]
        assert any(key[0] in each for each in about), f"{key} is told {step}, and member {whom} hears nothing of it"

    def addressee(self, patient, step):
        (responsible,) = self.rows(f"SELECT responsible_id FROM patients WHERE id = {patient}")[0]
        first = self.stand_ins(patient).get(step, responsible)
        return next((each for each in (first, responsible, COVER, LEAD, 1) if each in self.reachable()), responsible)

    def reachable(self):
        found = self.rows("SELECT id FROM members WHERE revoked_at IS NULL AND unreachable_at IS NULL")
        return {row[0] for row in found}

    def stand_ins(self, patient):
        """Who is told after the window: who is named and can be reached; of the owners another where nobody leads."""
        (responsible,) = self.rows(f"SELECT responsible_id FROM patients WHERE id = {patient}")[0]
        there = self.reachable() - {responsible}
        found = {step: number for step, number in (("cover", COVER), ("lead", LEAD)) if number in there}
        owners = [number for number in (1, LEAD) if number in there and number not in found.values()]
        if "lead" not in found and owners and not {COVER, LEAD} <= self.reachable():
            found["lead"] = owners[0]
        return found

    def judge_the_morning(self):
        """Nothing that is wanted is missing, and all of it stands in /due."""
        if not self.reachable() or self.now < self.latest:
            return
        for key, owed in self.owed.items():
            missing = owed.is_missing(self.today, list(self.stand_ins(key[0])))
            assert not missing, f"{key} should have been told: {missing}; {owed}; {self.reminders().get(key)}"
        shown = {
            (each.note.patient_id, each.note.item, each.note.slot)
            for each in self.writer.take(lambda work: work.reminders.open(self.today))
        }
        wants = {key for key, owed in self.owed.items() if owed.window.opens is None or owed.window.opens <= self.today}
        assert wants <= shown
        counted["mornings"] += 1

    def teardown(self):
        self.outside.close()
        self.writer.close()


def days_of_what_was_done(work, patient):
    """Of every value and score that stands, and of what somebody called done."""
    facts = [each.fact for each in standing(work.observations.of(patient)) if each.fact.value is not None]
    return [each.on for each in facts if each.kind in (Kind.LAB, Kind.SCORE) or each.value.get("state") == "done"]


def about_patients(patient, actions):
    """The patients whom a message is about: its own, or those that a digest opens."""
    deeds = json.loads(actions)["deeds"]
    return {patient} if patient else {int(deed[2]) for deed in deeds if deed[0] == "patient"}
