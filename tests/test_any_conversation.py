"""Whatever two people do, with old buttons, double taps and restarts: nothing is lost, doubled, mixed up or stuck."""

import asyncio
import shutil
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.practice.limits import visible_text
from bot.render import render
from bot.turns import seat_owner
from flows.screens import screen_of
from tests.conftest import DOCTOR, NURSE
from tests.conversation import Clock, exchange, labels
from tests.sealed import prepare

PEOPLE = {"doctor": DOCTOR, "nurse": NURSE}
WORDS = ("1", "mild", "none", "fissure", "2 3", "-", "back", "done", "confirm", "resume", "keep for later", "discard",
         "banana", "0", "16", "finish here", "why")  # fmt: skip
COMMANDS = ("/hbi", "/pms", "/cancel", "/resume", "/help", "/why", "/hbi 1 1 3 0 0", "/pms 0 - 0", "/hbi 9", "/start")

people = st.sampled_from(sorted(PEOPLE))


class Conversation(RuleBasedStateMachine):
    """One bot, two telephones; every button that was ever shown is remembered."""

    def __init__(self):
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp())
        self.url = f"sqlite:///{self.folder}/quiesce.sqlite3"
        self.clock = Clock()
        self.telegram = None
        self.pressed = {name: [] for name in PEOPLE}

    def do(self, awaitable):
        return self.runner.run(awaitable)

    @initialize()
    def open(self):
        prepare(self.url)
        self.start()
        for person in PEOPLE.values():
            self.take(lambda work, person=person: seat_owner(work, person, "Europe/Vienna"))

    def start(self):
        self.stack = AsyncExitStack()
        self.office = self.do(self.stack.enter_async_context(exchange(self.url, self.clock, self.telegram)))
        self.telegram = self.office.telegram
        self.lines = {name: self.office.line(name, person.user_id) for name, person in PEOPLE.items()}

    def take(self, turn):
        return self.do(self.office.ledger.take(turn))

    def interviews(self, name=None):
        """What is stored of one person's interviews, or of everybody's."""
        query = """
            SELECT user_id, interviews.* FROM interviews JOIN members ON members.id = member_id ORDER BY interviews.id
        """
        rows = self.office.rows(query)
        return [tuple(row) for row in rows if name is None or row.user_id == PEOPLE[name].user_id]

    # What people do

    @rule(name=people, text=st.sampled_from(WORDS + COMMANDS))
    def says(self, name, text):
        others = self.interviews(self.other(name))
        self.do(self.lines[name].says(text))

        assert self.interviews(self.other(name)) == others

    @rule(name=people, data=st.data(), twice=st.booleans())
    def taps(self, name, data, twice):
        """A button on screen, once or in a hurry twice: the second half changes nothing."""
        line = self.lines[name]
        buttons = [(button["callback_data"], message.message_id)
                   for message in line.messages for row in message.keyboard for button in row]  # fmt: skip
        if not buttons:
            return
        button = data.draw(st.sampled_from(buttons))
        self.pressed[name].append(button)
        others = self.interviews(self.other(name))
        self.do(line.presses(*button))
        after = self.interviews(name)
        if twice:
            self.do(line.presses(*button))

            assert [row[:-1] for row in self.interviews(name)] == [row[:-1] for row in after]
        assert self.interviews(self.other(name)) == others

    @precondition(lambda self: any(self.pressed.values()))
    @rule(presser=people, owner=people, data=st.data())
    def taps_an_old_button(self, presser, owner, data):
        """Of one's own past or of somebody else's: nothing changes unless it is still on one's own screen."""
        if not self.pressed[owner]:
            return
        button, message = data.draw(st.sampled_from(self.pressed[owner]))
        line = self.lines[presser]
        on_screen = {each["callback_data"] for m in line.messages for row in m.keyboard for each in row}
        before = self.interviews()
        self.do(line.presses(button, message))
        if button not in on_screen:
            assert [row[:-1] for row in self.interviews()] == [row[:-1] for row in before]

    @rule(minutes=st.sampled_from([1, 59, 61]))
    def time_passes(self, minutes):
        self.clock.passes(minutes=minutes)
        self.do(self.office.running.tidy())

    @rule()
    def restarts(self):
        before = self.interviews()
        self.do(self.stack.aclose())
        self.start()

        assert self.interviews() == before

    # What always holds

    @invariant()
    def nothing_failed_and_everything_is_shown(self):
        for query in (
            "SELECT count(*) FROM arrivals WHERE outcome = 'failed'",
            "SELECT count(*) FROM cards WHERE shown < revision OR dead_why IS NOT NULL",
        ):
            assert self.office.rows(query)[0][0] == 0

    @invariant()
    def the_question_on_screen_is_the_one_that_is_stored(self):
        for name, person in PEOPLE.items():
            sitting, card, kept = self.take(lambda work, person=person: _front(work, person))
            live = [message for message in self.lines[name].messages if "Not assessed" in labels(message)]

            assert len(live) <= 1
            if sitting is None:
                assert live == []
            elif card is not None and live:
                view = render(screen_of(sitting.interview, self.clock().date()))
                assert live[0].text.endswith(visible_text(view.body, "HTML"))
                assert live[0].message_id == card.message_id
            assert all(each.kept_at for each in kept)

    @invariant()
    def nobody_is_stuck(self):
        """Whoever has something open gets it back on screen with /resume."""
        for name, person in PEOPLE.items():
            sitting, _, _ = self.take(lambda work, person=person: _front(work, person))
            if sitting is not None:
                assert any(message.keyboard for message in self.lines[name].messages)

    def other(self, name):
        return next(each for each in PEOPLE if each != name)

    def teardown(self):
        if hasattr(self, "stack"):
            self.do(self.stack.aclose())
        self.runner.close()
        shutil.rmtree(self.folder)


def _front(work, person):
    member = work.members.active(person.user_id)
    sitting = work.interviews.front(member.id)
    return sitting, work.cards.of_interview(sitting.id) if sitting else None, work.interviews.kept(member.id)


TestAnyConversation = Conversation.TestCase
TestAnyConversation.settings = settings(max_examples=20, stateful_step_count=40)
