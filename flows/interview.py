"""The machine that drives any form: asking, reviewing, completed or cancelled.

The question on screen is the one asked again, if one is, else the first item without an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from flows import sampled
from flows.answers import Value
from flows.choices import AnyOf
from flows.dated import Code
from flows.errors import InvalidAnswer, NotNow
from flows.form import STANDS, Form
from flows.items import Item
from flows.machines import fire, machine
from flows.questionnaire import Questionnaire
from flows.segments import Segment
from flows.verdicts import foresee


class Stage(Enum):
    ASKING = "asking"
    REVIEWING = "reviewing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


OPEN = (Stage.ASKING, Stage.REVIEWING)

# Rows with the same trigger are tried from the top; the first whose guard holds wins.
TRANSITIONS = (
    # trigger   from             to               guard            effect
    ("tick",    Stage.ASKING,    None,            "_offers",       "_mark"),
    ("record",  Stage.ASKING,    Stage.REVIEWING, "_would_finish", "_remember"),
    ("record",  Stage.ASKING,    Stage.ASKING,    None,            "_remember"),
    ("reopen",  OPEN,            Stage.ASKING,    None,            "_ask_again"),
    ("finish",  Stage.ASKING,    Stage.REVIEWING, "may_finish",    "_leave_as_it_was"),
    ("confirm", Stage.REVIEWING, Stage.COMPLETED, None,            None),
    ("cancel",  OPEN,            Stage.CANCELLED, None,            None),
)  # fmt: skip

MACHINE = machine(TRANSITIONS, Stage.ASKING, "stage")


@dataclass(slots=True)
class Interview:
    """One form being answered; an answer of None is not assessed, a missing one not asked.

    `again` is the item that is asked once more; its former answer stands until there is a new one.
    """

    form: Form
    answers: dict[str, Value | None] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    stage: Stage = Stage.ASKING
    again: str | None = None

    @classmethod
    def of_answers(cls, questionnaire: Questionnaire, answers: Mapping[str, Value | None]) -> "Interview":
        """A questionnaire that was answered in one go, completed."""
        interview = cls(questionnaire)
        for item in questionnaire.items:
            interview._record(item, answers[item.code])
        interview.confirm()
        return interview

    # What a person can do

    def answer(self, code: str, raw: str) -> None:
        """Record `raw` as the answer to the question on screen."""
        item = self._on_screen(code)
        if self.ticked:
            raise InvalidAnswer(code, f"{item.name}: {_told(item, self.ticked)} is ticked. Press Done, or untick it.")
        self._record(item, item.parse(raw))

    def take(self, code: str, value: Value) -> None:
        """Record a value that was read elsewhere as the answer to the question on screen."""
        item = self._on_screen(code)
        self._record(item, item.accept(value))

    def settle(self, code: str, place: int, choice: str) -> None:
        """Settle a doubt among laboratory values that were read and are on screen with it."""
        values = self.answers.get(code)
        if self.stage not in (Stage.REVIEWING, Stage.COMPLETED) or not isinstance(values, tuple):
            raise NotNow("That is not possible at this point.")
        self.answers[code] = sampled.settled(values, place, choice)

    def redate(self, code: str, on: date) -> None:
        """Laboratory values that were read without a day are of this one."""
        values = self.answers.get(code)
        if isinstance(values, tuple):
            self.answers[code] = sampled.dated(values, on)

    def forget(self, code: str) -> None:
        """Ask `code` anew, as what its answer rested on has changed."""
        if self.answers.pop(code, None) is not None and self.stage is Stage.REVIEWING:
            self._fire("reopen", self.form.item(code))

    def tick(self, code: str, choice: str, on: bool) -> None:
        """Set one choice of the several-choice question on screen; setting it twice is once."""
        self._fire("tick", self._on_screen(code), choice, on)

    def done(self, code: str) -> None:
        """Record what is ticked as the answer to the question on screen."""
        item = self._on_screen(code)
        if not self.ticked:
            raise NotNow("Nothing is ticked. Press None, or tick something.")
        self._record(item, item.accept(self.ticked))

    def skip(self, code: str) -> None:
        """Record the question on screen as not assessed."""
        self._record(self._on_screen(code), None)

    def back(self, code: str) -> None:
        """Ask the question before the one on screen again."""
        asked = [item.code for item in self.asked]
        position = asked.index(self._on_screen(code).code)
        if position == 0:
            raise NotNow("This is the first question.")
        self.reopen(asked[position - 1])

    def reopen(self, code: str) -> None:
        """Ask `code` again; what was ticked for it is ticked still. A patient's code stays."""
        if isinstance(self.form.item(code), Code):
            raise NotNow("The code stays as it is.")
        self._fire("reopen", self.form.item(code))

    def finish(self) -> None:
        """Go to the review with questions left open, as the verdict is certain without them."""
        self._fire("finish")

    def confirm(self) -> None:
        self._fire("confirm")

    def cancel(self) -> None:
        self._fire("cancel")

    # What is on screen

    @property
    def question(self) -> Item | None:
        """The question on screen, if one is."""
        if self.stage is not Stage.ASKING:
            return None
        if self.again is not None:
            return self.form.item(self.again)
        return next(item for item in self.asked if item.code not in self.answers)

    @property
    def asked(self) -> tuple[Item, ...]:
        """The items that the answers so far leave to be asked, in order; those with an answer included."""
        return self.form.asked(self.answers)

    @property
    def settled(self) -> dict[str, Value | None]:
        """The answers without that to the question on screen."""
        return {code: value for code, value in self.answers.items() if code != self.again}

    def is_certain(self) -> bool:
        """No answer that is still open can change the verdict."""
        scored = self.form
        return isinstance(scored, Questionnaire) and all(each.is_certain for each in foresee(scored, self.settled))

    def may_finish(self) -> bool:
        """The verdict is certain, and no tick would be lost."""
        return not self.ticked and self.is_certain()

    def _on_screen(self, code: str) -> Item:
        item = self.question
        if item is None or item.code != code:
            raise NotNow("That question is already behind us.")
        return item

    # The machine's guards and effects

    def _record(self, item: Item, value: Value | None) -> None:
        self.form.check({**self.answers, item.code: value})
        self._fire("record", item, value)

    def _fire(self, trigger: str, *args: object) -> None:
        if not fire(MACHINE, self, trigger, *args):
            raise NotNow("That is not possible at this point.")

    def _offers(self, item: Item, choice: str, _: bool) -> bool:
        return isinstance(item, AnyOf | Segment) and choice in item.ticks

    def _mark(self, item: Item, choice: str, on: bool) -> None:
        assert isinstance(item, AnyOf | Segment)
        self.ticked = item.with_tick(self.ticked, choice, on)

    def _would_finish(self, item: Item, value: Value | None) -> bool:
        answers = {**self.answers, item.code: value}
        return all(each.code in answers for each in self.form.asked(answers))

    def _remember(self, item: Item, value: Value | None) -> None:
        self.answers[item.code] = value
        self.again = None
        follows = next((each for each in self.asked if each.code not in self.answers), None)
        self.ticked = self._standing(follows) if follows else ()

    def _ask_again(self, item: Item) -> None:
        answer = self.answers.get(item.code)
        self.ticked = self._standing(item) if answer is None else _ticks(item, answer)
        self.again = item.code

    def _standing(self, item: Item) -> tuple[str, ...]:
        """What the record says of a list that is asked, as it is ticked."""
        return _ticks(item, self.answers.get(f"{STANDS}{item.code}"))

    def _leave_as_it_was(self) -> None:
        self.again = None


def _ticks(item: Item, value: Value | None) -> tuple[str, ...]:
    return item.as_ticks(value) if isinstance(item, AnyOf | Segment) else ()


def _told(item: Item, ticked: tuple[str, ...]) -> str:
    """What is ticked, in words."""
    return item.describe(ticked) if isinstance(item, AnyOf) else ", ".join(each.replace(":", " ") for each in ticked)
