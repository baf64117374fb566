"""With two patients open, a button of the first acts on the first or is refused, never on the second.

Below Telegram, so that thousands of courses fit into a test run: turns on a database in memory.
"""

import os
from collections import Counter
from contextlib import closing
from itertools import count

import pytest
from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.acts import Command, Moment, Tap, Text
from bot.front import NEW
from bot.house import House
from bot.taps import SAVED_TO, SAVES_TO, Keyboard
from bot.turns import seat_owner, take
from flows.codes import own_code
from flows.filing import facts_of
from flows.forms import form
from flows.questionnaire import Disease
from store.observations import Hand
from store.unit_of_work import Writer
from tests.conftest import DOCTOR, NURSE
from tests.conversation import Clock
from tests.sealed import KEY, copy_in_memory, prepare, writer_on

EXAMPLES = int(os.environ.get("QUIESCE_WARD_EXAMPLES", "2000"))
STEPS = 8
# Each far below the time after which a test counts as hung.
PARTS = 5
PEOPLE = (DOCTOR, NURSE)
CODES = (own_code("CD-0002"), own_code("CD-0003"))
COMMANDS = ("p", "visit", "status", "history", "undo")
# Commands that are about no patient that is enrolled.
OTHERS = (("pms", "1 0 1"), ("labs", "CRP 4 mg/L"), ("new", "CD-0007"))
WORDS = ("1", "seen", "none", "CRP 4 mg/L", "confirm", "discard", "10.3.2026", "save to a patient", CODES[0])
# What a patient's own rows are, and what tells that somebody looked at a patient.
OF_PATIENTS = (
    "SELECT patient_id, id FROM observations",
    "SELECT patient_id, id FROM verdicts",
    "SELECT patient_id, id || stage || answers || member_id || coalesce(kept_at, '') FROM interviews "
    "WHERE patient_id IS NOT NULL",
    "SELECT patient_id, id FROM audit WHERE patient_id IS NOT NULL",
)
pressed: Counter[str] = Counter()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Two people and two patients on treatment."""
    path = tmp_path_factory.mktemp("ward") / "ward.sqlite3"
    prepare(f"sqlite:///{path}")
    with closing(writer_on(f"sqlite:///{path}")) as writer:
        writer.take(enrol)
    return path


def enrol(work):
    members = [seat_owner(work, person, "Europe/Vienna") for person in PEOPLE]
    now = Clock().now
    work.clinic.approve_patients(members[0].id, now)
    begun = {"by_doctor": "yes", "disease": "UC", "begun": "yes", "started_on": "2026-03-09"}
    for code in CODES:
        patient = work.patients.add(code, Disease.ULCERATIVE_COLITIS, members[0].id, now)
        facts = facts_of(form("enrolment"), begun, now.date())
        work.observations.file(patient.id, 1, facts, Hand(member_id=members[0].id, now=now))


class Ward(RuleBasedStateMachine):
    """Two telephones; every button ever shown is remembered with the patient whom it was about."""

    template = None

    def __init__(self):
        super().__init__()
        engine = copy_in_memory(self.template)
        self.writer = Writer(engine, KEY)
        self.outside = engine.connect()
        self.clock = Clock()
        self.updates = count(1)
        self.shown = {}
        self.was_open = set()

    def rows(self, statement):
        """What the database holds between two turns."""
        with self.outside.begin():
            return self.outside.exec_driver_sql(statement).all()

    def of_patients(self):
        return {tuple(row) for statement in OF_PATIENTS for row in self.rows(statement)}

    def act(self, person, act):
        """Take an act, show every card, and return the patients of whom anything has changed or was read."""
        before, numbers = self.of_patients(), count()
        update = next(self.updates)
        moment = Moment(
            now=self.clock(),
            new_token=lambda: f"token-of-turn-{update}-{next(numbers)}",
            bot_id=1,
            update_id=update,
            house=House("Europe/Vienna"),
        )
        self.writer.take(lambda work: take(work, person, act, moment))
        self.writer.take(self.show)
        self.was_open |= {row[0] for row in self.rows("SELECT patient_id FROM cards WHERE patient_id IS NOT NULL")}
        return {patient for patient, _ in before ^ self.of_patients()}

    def show(self, work):
        for person in PEOPLE:
            while card := work.cards.take_next(person.chat_id, self.clock(), None):
                work.cards.mark(card, card.message_id or card.id)
                if card.actions is None:
                    continue
                for row in Keyboard.from_json(card.actions).rows:
                    for button in row:
                        if not button.copies:
                            self.shown[card.token, button.index, card.id] = (person, self.about(work, card, button))

    def about(self, work, card, button):
        """The patients whom a button was about when it was shown: one, or also the one whose form waits behind it."""
        deed = Keyboard.from_json(card.actions).deed(button.index)
        if deed[0] == "patient":
            return {int(deed[2])}
        if deed[:2] == SAVES_TO and len(deed) > 2:
            return {CODES.index(deed[2]) + 1}
        if deed[:2] == SAVED_TO:
            return {int(deed[2])}
        if deed[0] in ("resume", "keep", "discard", "pass", "hand"):
            waiting = deed[2].partition(" ")[2] if len(deed) > 2 and not deed[2].startswith(NEW) else ""
            return {work.interviews.get(int(deed[1])).patient_id, *([int(waiting)] if waiting else [])}
        return {card.patient_id}

    def about_words(self, work, person, text):
        """The patients whom the card that typed words go to is about."""
        member = work.members.active(person.user_id)
        front = work.interviews.front(member.id)
        card = (work.cards.of_interview(front.id) if front else None) or work.cards.newest(member.id)
        if card is None:
            return set()
        rows = Keyboard.from_json(card.actions).rows
        if text in CODES and SAVES_TO in Keyboard.from_json(card.actions).deeds:
            return {CODES.index(text) + 1}
        return set().union(*(self.about(work, card, button) for row in rows for button in row if not button.copies))

    @initialize(first=st.sampled_from(PEOPLE), second=st.sampled_from(PEOPLE))
    def both_are_open(self, first, second):
        for person, code, name in ((first, CODES[0], "visit"), (second, CODES[1], "p")):
            self.act(person, Command(name=name, rest=code))

    @rule(person=st.sampled_from(PEOPLE), name=st.sampled_from(COMMANDS), code=st.sampled_from(CODES))
    def commands(self, person, name, code):
        changed = self.act(person, Command(name=name, rest=code))

        assert changed <= {CODES.index(code) + 1}

    @rule(person=st.sampled_from(PEOPLE), other=st.sampled_from(OTHERS))
    def does_something_else(self, person, other):
        name, rest = other

        assert self.act(person, Command(name=name, rest=rest)) == set()

    @rule(person=st.sampled_from(PEOPLE), text=st.sampled_from(WORDS))
    def writes(self, person, text):
        about = self.writer.take(lambda work: self.about_words(work, person, text))
        changed = self.act(person, Text(words=text))

        assert changed <= about

    @rule(data=st.data(), newest=st.booleans(), twice=st.booleans())
    def taps(self, data, newest, twice):
        """A button of the screen or of the past, by whom it was shown to or by the other."""
        if not self.shown:
            return
        every = list(self.shown)
        button = data.draw(st.sampled_from(every[-12:] if newest else every))
        owner, about = self.shown[button]
        presser = data.draw(st.sampled_from([owner, owner, owner, *PEOPLE]))
        self.press(presser, button, about, twice)

    def press(self, presser, button, about, twice):
        token, index, message = button
        live = {row[0] for row in self.rows("SELECT token FROM cards WHERE token IS NOT NULL")}
        pressed["old buttons"] += token not in live
        pressed["with both patients open"] += len(self.was_open) == 2
        pressed["of somebody else"] += presser is not self.shown[button][0]
        for _ in range(1 + twice):
            changed = self.act(presser, Tap(chat_id=presser.chat_id, message_id=message, data=f"{token}:{index}"))

            pressed["that acted on a patient"] += bool(changed)
            assert changed <= about
            if token not in live or presser is not self.shown[button][0]:
                assert not changed

    def teardown(self):
        (failed,) = self.rows("SELECT count(*) FROM arrivals WHERE outcome = 'failed'")
        assert failed[0] == 0
        self.outside.close()
        self.writer.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_a_button_of_one_patient_never_acts_on_the_other(template, record_property, part):
    pressed.clear()
    Ward.template = template
    examples = EXAMPLES // PARTS
    bounds = settings(max_examples=examples, stateful_step_count=STEPS)
    run_state_machine_as_test(seed(part)(Ward), settings=bounds)  # where CI is set, all parts would else be one

    counted = ", ".join(f"{number} {what}" for what, number in pressed.items())
    record_property("pressed", f"in {examples} courses of seed {part}: {counted}")
    assert pressed["old buttons"] > examples / 10
    assert pressed["with both patients open"] > examples / 2
    assert pressed["that acted on a patient"] > examples / 4
