"""With two patients open, a button of the first acts on the first or is refused, never on the second.

Below Telegram, so that thousands of courses fit into a test run: turns on a database in memory. A course begins in the
middle of things: with visits to be confirmed or passed, with hand-overs and corrections that wait for their last tap.
"""

import os
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from math import ceil
from pathlib import Path

import pytest
from hypothesis import Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.acts import Command, Moment, Person, Tap, Text
from bot.front import NEW
from bot.house import House
from bot.taps import SAVED_TO, SAVES_TO, Deed, Keyboard
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
    "SELECT id, responsible_id FROM patients",
    "SELECT patient_id, id FROM observations",
    "SELECT patient_id, id FROM verdicts",
    "SELECT patient_id, id || stage || answers || member_id || coalesce(kept_at, '') FROM interviews "
    "WHERE patient_id IS NOT NULL",
    "SELECT patient_id, id || state || coalesce(for_id, '') FROM reminders",
    "SELECT patient_id, verb || id FROM audit WHERE patient_id IS NOT NULL AND verb <> 'read'",
)
# That something of a patient was shown.
READ = "SELECT patient_id, id FROM audit WHERE patient_id IS NOT NULL AND verb = 'read'"
IN_FRONT = (
    "SELECT patient_id FROM interviews JOIN members ON members.id = member_id "
    "WHERE kept_at IS NULL AND patient_id IS NOT NULL AND user_id"
)
# Buttons that write to a record, and those on the way there that change something or look at somebody.
WRITE = ("confirm", "handed", "replace", "undo", "accept")
LEAD_THERE = ("hand", "hand_why", "hand_sure", "why_wrong", "mend", "right", "out")
CORRECTED = "confirm of a correction"
DECISIVE = (*WRITE, *LEAD_THERE, "pass")
ENDS = (*WRITE, CORRECTED, "hand")
# How often each has to act on its patient, in so many courses once: what ends something, and what leads there.
ONE_END_IN, ONE_STEP_IN = 80, 400
pressed: Counter[str] = Counter()


def filled(code):
    answers = ("seen", "1", "0", "mild", "no", "unchanged", "none", "CRP 4 mg/L")
    return (f"/visit {code}", *answers)


def handing_over(code):
    return (f"/p {code}", "[Course]", "[Hand over]", "[Member 2]", "[Leave or absence]")


def correcting(code):
    return (f"/p {code}", "[Correct]", "[#]", "[Typing error]")


def passing(code):
    return (f"/visit {code}", "/cancel", "[Pass to a colleague]")


def accepting(code):
    return (f"/pms {code} total 8 2 Mar 2026", "[Confirm]", "[Menu]", "[Checklist]")


def correcting_the_day(code):
    return (*correcting(code)[:-1], "[Wrong day]", RIGHT, "[Menu]", "10.3.2026", "45 mg", "[Indication]")


KEPT = ("/cancel", "[Keep for later]")
RIGHT, OUT = "[Enter the right value]", "[Only take it out]"
ONE, OTHER = CODES
# What people have done before a course begins; a label in brackets is tapped, by its first characters.
BEGINNINGS = {
    "one opens both": ((DOCTOR, (f"/visit {ONE}", f"/p {OTHER}")),),
    "each opens one": ((DOCTOR, (f"/visit {ONE}",)), (NURSE, (f"/p {OTHER}",))),
    "each has filled a visit": ((DOCTOR, filled(ONE)), (NURSE, filled(OTHER))),
    "one has filled both visits": ((NURSE, (*filled(ONE), *KEPT, *filled(OTHER))),),
    "one has both to resume": ((DOCTOR, (*filled(OTHER), *KEPT, *filled(ONE), "/resume")),),
    "each passes a visit": ((DOCTOR, passing(ONE)), (NURSE, passing(OTHER))),
    "one passes a visit": ((NURSE, (*passing(OTHER), f"/p {ONE}")),),
    "one hands both over": ((DOCTOR, (*handing_over(ONE), *handing_over(OTHER))),),
    "both hand both over": tuple((each, (*handing_over(ONE), *handing_over(OTHER)[:-1])) for each in PEOPLE),
    "each hands one over": ((NURSE, handing_over(ONE)[:-2]), (DOCTOR, handing_over(OTHER))),
    "one looks for what is wrong": ((DOCTOR, (*correcting(ONE)[:-2], *correcting(OTHER)[:-2])),),
    "one corrects both": ((DOCTOR, (*correcting(OTHER), *correcting(ONE))),),
    "one takes out of both": ((DOCTOR, (*correcting(OTHER), OUT, *correcting(ONE), OUT)),),
    "each corrects one": ((DOCTOR, correcting(ONE)), (NURSE, correcting(OTHER)[:-1])),
    "each enters what is right": ((NURSE, correcting_the_day(ONE)), (DOCTOR, correcting_the_day(OTHER))),
    "one enters both": ((DOCTOR, (*correcting_the_day(OTHER), *KEPT, *correcting_the_day(ONE))),),
    "one takes back of both": ((DOCTOR, (f"/undo {ONE}", f"/undo {OTHER}")),),
    "each takes back of one": ((NURSE, (f"/undo {ONE}",)), (DOCTOR, (f"/undo {OTHER}",))),
    "one accepts of both": ((NURSE, (*accepting(ONE), *accepting(OTHER))),),
    "each accepts of one": ((DOCTOR, accepting(OTHER)), (NURSE, accepting(ONE))),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A button: to whom it was shown, the patients whom it was about then, and what it does."""

    owner: Person
    about: frozenset[int | None]
    label: str
    deed: Deed

    @property
    def verb(self) -> str:
        return self.deed[1] if self.deed[0] == "patient" else self.deed[0]


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """The database after what people have done, and what they have seen."""

    path: Path
    shown: dict[tuple[str, int, int], Shown]
    was_open: frozenset[int]
    updates: int


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory):
    """Two people and two patients on treatment, in each of the beginnings."""
    folder = tmp_path_factory.mktemp("ward")
    path = folder / "ward.sqlite3"
    prepare(f"sqlite:///{path}")
    with closing(writer_on(f"sqlite:///{path}")) as writer:
        writer.take(enrol)
    morning = Beginning(path=path, shown={}, was_open=frozenset(), updates=0)
    return {name: begun(morning, done, folder / f"{name}.sqlite3") for name, done in BEGINNINGS.items()}


def begun(morning, done, path):
    with closing(Telephones(morning)) as telephones:
        for person, steps in done:
            for step in steps:
                telephones.perform(person, step)
        return telephones.kept_in(path)


def enrol(work):
    members = [seat_owner(work, person, "Europe/Vienna") for person in PEOPLE]
    now = Clock().now
    work.clinic.approve_patients(members[0].id, now)
    begun = {"by_doctor": "yes", "disease": "UC", "begun": "yes", "started_on": "2026-03-09"}
    for code in CODES:
        patient = work.patients.add(code, Disease.ULCERATIVE_COLITIS, members[0].id, now)
        facts = facts_of(form("enrolment"), begun, now.date())
        work.observations.file(patient.id, 1, facts, Hand(member_id=members[0].id, now=now))


class Telephones:
    """Two telephones; every button ever shown is remembered with the patient whom it was about."""

    def __init__(self, beginning):
        engine = copy_in_memory(beginning.path)
        self.writer = Writer(engine, KEY)
        self.outside = engine.connect()
        self.clock = Clock()
        self.update = beginning.updates
        self.shown = dict(beginning.shown)
        self.was_open, self.listed = set(beginning.was_open), set()

    def kept_in(self, path):
        with closing(sqlite3.connect(path)) as target:
            self.outside.connection.driver_connection.backup(target)
        return Beginning(path=path, shown=self.shown, was_open=frozenset(self.was_open), updates=self.update)

    def close(self):
        self.outside.close()
        self.writer.close()

    def rows(self, statement):
        """What the database holds between two turns."""
        with self.outside.begin():
            return self.outside.exec_driver_sql(statement).all()

    def of_patients(self):
        return {tuple(row) for statement in OF_PATIENTS for row in self.rows(statement)}

    def in_front(self, person):
        """The patient whose form is in front of somebody: what was said above it shows it again, and reads of them."""
        return {row[0] for row in self.rows(f"{IN_FRONT} = {person.user_id}")}

    def live(self):
        """The tokens whose buttons still count."""
        return {row[0] for row in self.rows("SELECT token FROM cards WHERE token IS NOT NULL")}

    def decisive(self, among):
        """Buttons of these tokens that write to a record, or lead there."""
        return [key for key, button in self.shown.items() if button.verb in DECISIVE and key[0] in among]

    def perform(self, person, step):
        """A step of a beginning; none of them is refused."""
        if step.startswith("/"):
            name, _, rest = step[1:].partition(" ")
            self.act(person, Command(name=name, rest=rest))
        elif step.startswith("["):
            live = self.live()
            mine = [key for key, button in self.shown.items() if button.owner is person and key[0] in live]
            found = [key for key in mine if self.shown[key].label.startswith(step[1:-1])]
            self.tap(person, found[-1])
        else:
            self.act(person, Text(words=step))
        refused = self.rows("SELECT count(*) FROM arrivals WHERE outcome <> 'done'")
        assert refused[0][0] == 0, step

    def act(self, person, act):
        """Take an act, show every card, and return the patients of whom anything has changed or was read.

        But for who is only read of because their form stays in front, or because a list of codes to choose from is
        shown: that is a read of each on it.
        """
        before, read, stays, numbers = self.of_patients(), self.rows(READ), self.in_front(person), count()
        self.update += 1
        moment = Moment(
            now=self.clock(),
            new_token=lambda: f"token-of-turn-{self.update}-{next(numbers)}",
            bot_id=1,
            update_id=self.update,
            house=House("Europe/Vienna"),
        )
        self.listed = set()
        self.writer.take(lambda work: take(work, person, act, moment))
        self.writer.take(self.show)
        self.was_open |= {row[0] for row in self.rows("SELECT patient_id FROM cards WHERE patient_id IS NOT NULL")}
        read_now = {patient for patient, _ in set(self.rows(READ)) - set(read)}
        only_read = (stays & self.in_front(person)) | self.listed
        return {patient for patient, _ in before ^ self.of_patients()} | (read_now - only_read)

    def show(self, work):
        for person in PEOPLE:
            while card := work.cards.take_next(person.chat_id, self.clock(), None):
                work.cards.mark(card, card.message_id or card.id)
                if card.actions is None:
                    continue
                keyboard = Keyboard.from_json(card.actions)
                buttons = [each for row in keyboard.rows for each in row if not each.copies]
                abouts = {each.index: frozenset(self.about(work, card, each)) for each in buttons}
                for button in buttons:
                    self.shown[card.token, button.index, card.id] = Shown(
                        owner=person,
                        about=abouts[button.index],
                        label=button.label,
                        deed=keyboard.deed(button.index),
                    )
                choices = {each for each in abouts.values() if each != {None}}
                self.listed |= frozenset().union(*choices) if len(choices) > 1 else frozenset()

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

    def tap(self, presser, key):
        token, index, message = key
        return self.act(presser, Tap(chat_id=presser.chat_id, message_id=message, data=f"{token}:{index}"))

    def press(self, presser, key, *, twice=False):
        """Press a button; it acts on its patient, or on nobody where it is old or somebody else's."""
        button, is_old = self.shown[key], key[0] not in self.live()
        pressed["old buttons"] += is_old
        pressed["old buttons that wrote or led there"] += is_old and button.verb in DECISIVE
        pressed["with both patients open"] += len(self.was_open) == 2
        pressed["of somebody else"] += presser is not button.owner
        for _ in range(1 + twice):
            before, in_front = self.written(), self.in_front(presser)
            changed = self.tap(presser, key)
            written = self.written() - before

            pressed["that acted on a patient"] += bool(changed)
            self.count(button, changed, written)
            if button.verb == "resume":  # what is in front is kept for later, with nothing written of it
                assert not written
                changed -= in_front - button.about
            assert changed <= button.about
            if is_old or presser is not button.owner:
                assert not changed

    def written(self):
        """Every entry of every record, and whether it replaces another."""
        return {tuple(row) for row in self.rows("SELECT id, replaces_id IS NOT NULL FROM observations")}

    def count(self, button, changed, written):
        """A decisive button that has done what it is for."""
        if button.verb in WRITE and written:
            is_correction = button.verb == "confirm" and any(replaces for _, replaces in written)
            pressed[CORRECTED if is_correction else button.verb] += 1
        elif button.verb in LEAD_THERE:
            pressed[button.verb] += bool(changed)


class Ward(RuleBasedStateMachine):
    """What two people do from one of the beginnings on."""

    beginning = None

    def __init__(self):
        super().__init__()
        self.telephones = Telephones(self.beginning)

    @initialize(data=st.data(), at_once=st.booleans(), twice=st.booleans())
    def begins(self, data, at_once, twice):
        """Half of the courses begin with what their beginning is about: a rule may stay out of a whole course."""
        if at_once:
            self.decides(data, old=False, twice=twice)

    @rule(person=st.sampled_from(PEOPLE), name=st.sampled_from(COMMANDS), code=st.sampled_from(CODES))
    def commands(self, person, name, code):
        changed = self.telephones.act(person, Command(name=name, rest=code))

        assert changed <= {CODES.index(code) + 1}

    @rule(person=st.sampled_from(PEOPLE), other=st.sampled_from(OTHERS))
    def does_something_else(self, person, other):
        name, rest = other

        assert self.telephones.act(person, Command(name=name, rest=rest)) == set()

    @rule(person=st.sampled_from(PEOPLE), text=st.sampled_from(WORDS))
    def writes(self, person, text):
        about = self.telephones.writer.take(lambda work: self.telephones.about_words(work, person, text))
        changed = self.telephones.act(person, Text(words=text))

        assert changed <= about

    @rule(data=st.data(), newest=st.booleans(), twice=st.booleans())
    def taps(self, data, newest, twice):
        """A button of the screen or of the past, by whom it was shown to or by the other."""
        every = list(self.telephones.shown)
        self.press(data, every[-12:] if newest else every, twice)

    @rule(data=st.data(), old=st.sampled_from([False, False, True]), twice=st.booleans())
    def decides(self, data, old, twice):
        """A button that writes to a record or leads there: one that counts, or one of the past."""
        live = self.telephones.live()
        past = {token for token, _, _ in self.telephones.shown} - live
        every = self.telephones.decisive(past if old else live)
        verbs = sorted({self.telephones.shown[each].verb for each in every})
        if verbs:
            verb = data.draw(st.sampled_from([*verbs, *(each for each in verbs if each in ENDS)]))
            self.press(data, [each for each in every if self.telephones.shown[each].verb == verb], twice)

    def press(self, data, among, twice):
        button = data.draw(st.sampled_from(among))
        owner = self.telephones.shown[button].owner
        self.telephones.press(data.draw(st.sampled_from([owner, owner, owner, *PEOPLE])), button, twice=twice)

    def teardown(self):
        (failed,) = self.telephones.rows("SELECT count(*) FROM arrivals WHERE outcome = 'failed'")
        assert failed[0] == 0
        self.telephones.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_a_button_of_one_patient_never_acts_on_the_other(beginnings, record_property, part):
    pressed.clear()
    # Of each beginning as many: what is drawn by chance comes back to a few of them.
    examples = ceil(EXAMPLES / PARTS / len(BEGINNINGS))
    courses = examples * len(BEGINNINGS)
    # A course is short as it is: to make one that fails shorter takes longer than all of them.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    bounds = settings(max_examples=examples, stateful_step_count=STEPS, phases=phases)
    for place, name in enumerate(BEGINNINGS):
        Ward.beginning = beginnings[name]
        chance = seed(part * len(BEGINNINGS) + place)  # where CI is set, all parts would else be one
        run_state_machine_as_test(chance(Ward), settings=bounds)

    counted = ", ".join(f"{number} {what}" for what, number in pressed.items())
    record_property("pressed", f"in {courses} courses of seed {part}: {counted}")
    assert pressed["old buttons"] > courses / 10
    assert pressed["with both patients open"] > courses / 2
    assert pressed["that acted on a patient"] > courses / 4
    assert pressed["old buttons that wrote or led there"] > courses / 10
    assert [each for each in ENDS if pressed[each] < courses / ONE_END_IN] == []
    assert [each for each in LEAD_THERE if pressed[each] < courses / ONE_STEP_IN] == []


def test_every_decisive_button_of_a_beginning_acts_on_its_own_patient(beginnings):
    """Each by itself, by whom it was shown to; no course has to come upon it."""
    pressed.clear()
    for beginning in beginnings.values():
        with closing(Telephones(beginning)) as first:
            buttons = first.decisive(first.live())
        for key in buttons:
            with closing(Telephones(beginning)) as telephones:
                telephones.press(telephones.shown[key].owner, key)

    assert [each for each in (*ENDS, *LEAD_THERE) if pressed[each] < 2] == []
