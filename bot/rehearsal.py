"""The rehearsal: a fictitious patient through 52 weeks, by the real turns on a database in memory."""

import re
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from html import escape
from itertools import count

from bot import words
from bot.acts import Act, Command, Moment, Person, Taken, Tap, Text
from bot.house import House
from bot.practice.limits import visible_text
from bot.rehearsal_script import SCENES, Scene
from bot.taps import Deed, Keyboard
from bot.turns import seat_owner, take
from bot.views import View, turning
from flows.days import day
from flows.errors import NotNow
from store.cards import Card
from store.scratch import scratch
from store.unit_of_work import UnitOfWork, Writer

_NOBODY = Person(user_id=1, chat_id=1, name="Rehearsal")
_HOUSE = House("UTC", reserved=frozenset())
# A number of the rehearsal is that of somebody's verdict in the chat where it is shown.
_REPLAY = re.compile(r": /replay \d+")
_MARK = "<b>REHEARSAL · fictitious patient</b>"


@dataclass(frozen=True, slots=True)
class EndedScene:
    """What a scene ended with: the text of its last card, as HTML."""

    scene: Scene
    body: str


class _Stage:
    """One telephone, one bot, no Telegram."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._numbers = count(1)
        self._buttons: dict[str, Tap] = {}
        self._last = ""
        writer.take(lambda work: seat_owner(work, _NOBODY, _HOUSE.zone))

    def play(self, scene: Scene) -> str:
        """The text of the last card, as HTML."""
        now = datetime(scene.on.year, scene.on.month, scene.on.day, 9, tzinfo=UTC)
        for line in scene.lines:
            number = next(self._numbers)
            tokens = map(f"rehearsal-{number}-{{}}".format, count(1))
            moment = Moment(now=now, new_token=partial(next, tokens), bot_id=1, update_id=number, house=_HOUSE)
            self._writer.take(partial(_perform, act=self._act(line), moment=moment))
            self._writer.take(partial(self._show, now=now))
        return self._last

    def _act(self, line: str) -> Act:
        """`/command rest`, `[button]`, or words."""
        if line.startswith("["):
            return self._buttons[line[1:-1]]
        if line.startswith("/"):
            name, _, rest = line[1:].partition(" ")
            return Command(name=name, rest=rest)
        return Text(words=line)

    def _show(self, work: UnitOfWork, now: datetime) -> None:
        while card := work.cards.take_next(_NOBODY.chat_id, now, None):
            self._remember(card)
            work.cards.mark(card, card.message_id or card.id)

    def _remember(self, card: Card) -> None:
        self._last = _REPLAY.sub(" of the rehearsal", card.body or self._last)
        if card.actions is None:
            return
        for row in Keyboard.from_json(card.actions).rows:
            for button in row:
                data = f"{card.token}:{button.index}"
                self._buttons[button.label] = Tap(chat_id=_NOBODY.chat_id, message_id=card.id, data=data)


def _perform(work: UnitOfWork, act: Act, moment: Moment) -> None:
    taken = take(work, _NOBODY, act, moment)
    assert isinstance(taken, Taken)
    assert not taken.refused, (act, taken.toast)


@lru_cache(maxsize=1)
def rehearsal() -> tuple[EndedScene, ...]:
    """Every scene with what the bot said at its end; the same each time."""
    with closing(scratch()) as writer:
        stage = _Stage(writer)
        return tuple(EndedScene(scene, stage.play(scene)) for scene in SCENES)


def scene_view(number: int) -> View:
    """One scene, marked as what it is, with the buttons that lead on and back."""
    scenes = rehearsal()
    if not 0 <= number < len(scenes):
        raise NotNow(words.NO_SUCH_PAGE)
    shown = scenes[number]
    beside = turning(number, len(scenes), ("demo",), ("Earlier", "Next"))
    unseen: list[Deed] = [("demo", str(each)) for each in range(len(scenes))]
    head = f"{_MARK} · {number + 1}/{len(scenes)}\n{escape(f'{day(shown.scene.on)}: {shown.scene.title}')}"
    return View(f"{head}\n\n{shown.body}", Keyboard.of(beside, unseen=unseen))


def told() -> str:
    """Every scene as plain text: what was done, and what the bot said at its end."""
    return "\n\n".join(
        "\n".join(
            [
                f"== {day(each.scene.on)}: {each.scene.title} (fictitious patient)",
                *(f"clinician: {line}" for line in each.scene.lines),
                *(f"      bot: {line}" for line in visible_text(each.body, "HTML").splitlines() if line),
            ]
        )
        for each in rehearsal()
    )
