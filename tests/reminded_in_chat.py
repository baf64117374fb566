"""The state machine over reminders, above Telegram: what people say and tap goes to a running bot, and comes back."""

import asyncio
import json
import shutil
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from bot.acts import Command, Tap, Text
from bot.practice.limits import Refusal
from bot.practice.telegram import PracticeTelegram
from bot.taps import Keyboard
from store.engine import open_engine
from tests.conversation import Clock, exchange
from tests.judged_ward import BEGINS, CODES, PEOPLE, QUIET_HOURS, ZONE, counted
from tests.reminded import Reminded, patients, people

_ROLES = {1: "owner", 2: "doctor", 3: "owner"}
_BLOCKED = Refusal("Forbidden: bot was blocked by the user", 403)


class Telephones(PracticeTelegram):
    """Telegram, with people who have blocked the bot."""

    blocked = frozenset()

    async def call(self, method, terms):
        if method in ("sendMessage", "editMessageText") and terms["chat_id"] in self.blocked:
            raise _BLOCKED
        return await super().call(method, terms)


class Office:
    """A running bot of its own on a copy of the template, a step at a time."""

    def __init__(self, template):
        self._runner, self._stack = asyncio.Runner(), AsyncExitStack()
        path = Path(self._stack.enter_context(TemporaryDirectory())) / template.name
        shutil.copyfile(template, path)
        self.url, self.clock, self.telegram = f"sqlite:///{path}", Clock(BEGINS), Telephones()
        self._bot = self._runner.run(self._stack.enter_async_context(exchange(self.url, self.clock, self.telegram)))
        self.lines = {number: self._bot.line(str(number), person.user_id) for number, person in PEOPLE.items()}

    def take(self, turn):
        return self._runner.run(self._bot.ledger.take(turn))

    def run(self, *steps):
        for step in steps:
            self._runner.run(step)

    def tick(self):
        self.run(self._bot.running.tick(), self._bot.running.settled())

    def shows(self):
        """What waits for nothing but a sweep."""
        self.run(self._bot.running.deliverer.sweep(), self._bot.running.settled())

    def close(self):
        self._runner.run(self._stack.aclose())
        self._runner.close()


class RemindedInChat(Reminded):
    """Besides, nobody hears anything at night that does not answer them."""

    def opened(self):
        self.office = Office(self.template)
        self.acts, self.heard, hears = None, [], self.office.telegram.on_shown

        def on_shown(shown):
            hears(shown)
            if shown.kind == "new":
                self.heard.append((shown.chat_id, self.acts, self.now))

        self.office.telegram.on_shown = on_shown
        return self.office, open_engine(self.office.url).connect()

    @property
    def now(self):
        """The bot lives by the clock of the machine."""
        return self.office.clock.now

    @now.setter
    def now(self, value):
        self.office.clock.now = value

    def block(self, but=None):
        """Whoever acts hears the answer."""
        self.office.telegram.blocked = {PEOPLE[number].chat_id for number in self.blocked - {but}}

    def act(self, person, act):
        counted["acts"] += 1
        self.acts, line = PEOPLE[person].chat_id, self.office.lines[person]
        self.block(but=person)
        if isinstance(act, Tap):
            self.office.run(line.presses(act.data, act.message_id))
        else:
            self.office.run(line.says(act.words if isinstance(act, Text) else f"/{act.name} {act.rest}".strip()))
        self.show()
        self.acts = None

    def tap(self, person, label):
        """Press the newest button of a label; False if there is none."""
        chat = PEOPLE[person].chat_id
        live = f"chat_id = {chat} AND actions IS NOT NULL AND token IS NOT NULL AND message_id IS NOT NULL"
        for message, token, actions in self.rows(
            f"SELECT message_id, token, actions FROM cards WHERE {live} ORDER BY id DESC"
        ):
            for row in Keyboard.from_json(json.loads(actions)).rows:
                for button in row:
                    if button.label == label and not button.copies:
                        self.act(person, Tap(chat_id=chat, message_id=message, data=f"{token}:{button.index}"))
                        return True
        return False

    def show(self):
        self.block()
        self.office.shows()

    def tick(self, dies=False):
        self.block()
        self.office.tick()
        self.follow()
        self.judge_what_was_told()
        self.show()

    @rule(patient=patients, person=people, to=people, hour=st.sampled_from([3, 22]))
    def a_patient_is_handed_over_at_night(self, patient, person, to, hour):
        self.waits_until(self.today + timedelta(days=1), hour)
        self.act(person, Command(name="p", rest=CODES[patient]))
        labels = ("Course", "Hand over", f"Member {to} ({_ROLES[to]})", "Leave or absence", "Confirm")
        responsible = f"SELECT responsible_id FROM patients WHERE id = {patient}"
        before = self.rows(responsible)
        self.walk(person, *labels)
        if self.rows(responsible) != before:
            counted["handed over"] += 1
            self.is_handed_over(patient)
        self.follow()

    @invariant()
    def nothing_is_heard_at_night_but_answers(self):
        for chat, acts, at in self.heard:
            counted["heard"] += 1
            assert chat == acts or at.astimezone(ZoneInfo(ZONE)).hour not in QUIET_HOURS
        self.heard.clear()

    def teardown(self):
        self.outside.close()
        self.office.close()
