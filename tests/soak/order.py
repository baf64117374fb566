"""Updates that come twice and out of order leave the same as the same updates once and in order.

Only the order within a chat is Telegram's promise: every chat keeps its own, and all else is shuffled.
"""

import asyncio
import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from time import monotonic
from typing import Any

from bot.practice.telegram import Conversation, PracticeTelegram, Shown
from tests.soak.databases import database, rows, seat
from tests.soak.office import Office, office
from tests.soak.report import Report, wanted

Json = dict[str, Any]

# So many that nobody floods the bot: each chat gets 20 updates a round, twice.
PEOPLE = range(100, 600)
ROUND = 10_000
BATCH = 100
ACTS = ("1", "mild", "2", "none", "arthralgia, abscess", "-", "back", "done", "confirm", "resume", "discard", "banana",
        "/hbi", "/hbi", "/pms", "/cancel", "/resume", "/help", "/why", "/hbi 1 1 3 0 0", "/pms 0 - 0",
        "/hbi 9")  # fmt: skip
# Questionnaires kept side by side are listed by their numbers, which follow the order of all chats.
NEVER_PRESSED = "Keep for later"
_NUMBER = re.compile('"[0-9]+"')

_STATE = {
    "arrivals": "SELECT update_id, update_id, outcome FROM arrivals ORDER BY update_id",
    "interviews": "SELECT member_id, questionnaire, stage, answers, ticked FROM interviews ORDER BY id",
    "cards": "SELECT member_id, token, actions, revision - shown FROM cards ORDER BY id",
    "audit": "SELECT member_id, verb FROM audit ORDER BY id",
}


@dataclass
class Ordering:
    """One round: updates are made while they are taken in order, then taken again in another bot in disorder."""

    dice: Random
    updates: int
    made: list[Json] = field(default_factory=list)
    delivered: int = 0

    async def in_order(self, url: str) -> None:
        """Random acts of everybody, buttons of every age among them."""
        buttons: dict[int, deque[tuple[str, int]]] = defaultdict(lambda: deque(maxlen=20))

        def remember(shown: Shown) -> None:
            if shown.message is not None:
                buttons[shown.message.chat_id] += _pressable(shown)

        telegram = PracticeTelegram(on_shown=remember)
        async with office(url, telegram) as opened:
            while len(self.made) < self.updates:
                person = self.dice.choice(PEOPLE)
                self._act(Conversation(telegram, person), buttons[person])
                self.made.append(telegram.updates.pop())
                await self._take(opened, [self.made[-1]])

    async def in_disorder(self, url: str) -> None:
        """Every chat in its order, chats in any order, every update twice: again at once, or long after."""
        async with office(url, PracticeTelegram()) as opened:
            for batch in self._batches():
                await self._take(opened, batch)

    def _act(self, conversation: Conversation, buttons: deque[tuple[str, int]]) -> None:
        if buttons and self.dice.random() < 0.6:
            newest = self.dice.random() < 0.8
            conversation.taps(*self.dice.choice(list(buttons)[-10:] if newest else list(buttons)))
        else:
            conversation.says(self.dice.choice(ACTS))

    async def _take(self, opened: Office, batch: list[Json]) -> None:
        """As the poller does; `settled` only so that what is shown keeps up."""
        await asyncio.gather(*map(opened.running.intake.take_in, batch))
        await opened.running.settled()
        self.delivered += len(batch)
        assert not opened.running.failed, f"failed: {opened.running.failed}"

    def _batches(self) -> Iterator[list[Json]]:
        dice, queues, again = self.dice, self._by_chat(), []
        while queues or again:
            batch = []
            for _ in range(BATCH):
                if queues and (not again or dice.random() < 0.5):
                    chat = dice.choice(list(queues))
                    batch.append(queues[chat].popleft())
                    again.append(batch[-1])
                    if not queues[chat]:
                        del queues[chat]
                elif again:
                    batch.append(again.pop(dice.randrange(len(again))))
            yield batch

    def _by_chat(self) -> dict[int, deque[Json]]:
        queues: dict[int, deque[Json]] = defaultdict(deque)
        for update in self.made:
            who = update.get("message") or update["callback_query"]
            queues[who["from"]["id"]].append(update)
        return queues


def _pressable(shown: Shown) -> list[tuple[str, int]]:
    message = shown.message
    assert message is not None
    buttons = [button for row in message.keyboard for button in row]
    return [(each["callback_data"], message.message_id) for each in buttons if each["text"] != NEVER_PRESSED]


def state(url: str) -> dict[tuple[str, Any], list[Any]]:
    """What every member has, without the numbers and the messages that follow the order of all chats."""
    found: dict[tuple[str, Any], list[Any]] = defaultdict(list)
    for table, statement in _STATE.items():
        for owner, *columns in rows(url, statement):
            found[table, owner].append(
                [_NUMBER.sub('"n"', each) if isinstance(each, str) else each for each in columns]
            )
    return found


def reorder(dice: Random, updates: int, report: Report) -> None:
    """One round, and what differs after it."""
    ordering = Ordering(dice, updates)
    with database(None) as straight, database(None) as shuffled:
        for url, way in ((straight, ordering.in_order), (shuffled, ordering.in_disorder)):
            seat(url, list(PEOPLE))
            asyncio.run(way(url))
        once, twice = state(straight), state(shuffled)
    differing = [key for key in once.keys() | twice.keys() if once[key] != twice[key]]
    report.violations += [f"{key}: {once[key]} became {twice[key]}" for key in differing]
    report.counts["updates"] += len(ordering.made)
    report.counts["deliveries in disorder"] += ordering.delivered - len(ordering.made)
    report.counts["rows compared"] += sum(map(len, once.values()))


def run(seed: int, end: float) -> Iterator[Report]:
    """Rounds of some thousand updates, each on databases of its own."""
    report, updates = Report("order", seed), wanted("SOAK_REORDERED", 100_000)
    dice = report.dice()
    while report.counts["updates"] < updates and monotonic() < end:
        reorder(dice, min(ROUND, updates - report.counts["updates"]), report)
    yield report
