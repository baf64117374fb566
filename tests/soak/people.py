"""People who converse at their own pace, and notice when anything is shown that they did not ask for."""

from collections import deque
from dataclasses import dataclass, field
from random import Random

from bot import words
from tests.botapi import BotApi, Seen
from tests.soak.script import Answers, Step, steps

# A person reads before they act; so one stays below what the bot takes for a flood.
READS = (0.15, 0.6)
PATIENCE = 60.0


@dataclass
class Person:
    """One telephone; `given`, `verbs` and `updates` are what the database has to hold in the end.

    `repeats` is what was shown once more, each as the time of the former showing and its own.
    """

    user_id: int
    dice: Random
    due: float = 0.0
    given: list[Answers] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)
    updates: list[int] = field(default_factory=list)
    refused: int = 0
    sent: int = 0
    asked_for: int = 0
    violations: list[str] = field(default_factory=list)
    _plan: deque[Step] = field(default_factory=deque)
    _waits: Step | None = None
    _screen: Seen | None = None
    _since: float = 0.0
    repeats: list[tuple[float, float]] = field(default_factory=list)
    _asides: dict[str, bool] = field(default_factory=dict)
    _sent_at: dict[str, float] = field(default_factory=dict)

    @property
    def idle(self) -> bool:
        """Between two conversations."""
        return not self._plan and self._waits is None

    @property
    def duplicates(self) -> int:
        return self.sent - self.asked_for

    # What they do

    def acts(self, api: BotApi, now: float) -> int:
        """Take the next step, if it is time for it; how many updates that made."""
        if self._waits is not None:
            if now - self._since > PATIENCE:
                self._complain(f"stuck for {PATIENCE:.0f} s after {self._waits.what!r}")
                self._waits = None
                self._plan.clear()
            return 0
        if now < self.due or not self._plan:
            return 0
        step = self._waits = self._plan.popleft()
        self._since = now
        self.verbs += step.verbs
        self.asked_for += step.types + bool(step.aside)
        if step.aside:
            self._asides[step.aside] = False
        updates = self._do(step, api)
        self.updates += updates
        return len(updates)

    def begins(self, now: float) -> None:
        """Mean to give new answers, from now on."""
        self.given.append(Answers.drawn(self.dice))
        self._plan.extend(steps(self.given[-1], self.dice))
        self.due = now + self.dice.uniform(*READS)

    def _do(self, step: Step, api: BotApi) -> list[int]:
        if step.types:
            return [api.says(self.user_id, step.what)]
        screen = self._screen
        data = dict(screen.buttons).get(step.what) if screen else None
        if data is None:
            self._complain(f"no button {step.what!r} on {screen}")
            return []
        self.refused += step.twice
        return [api.presses(self.user_id, data, screen.message_id) for _ in range(1 + step.twice)]

    # What they see

    def hears(self, seen: Seen, now: float) -> None:
        if seen.what == "toast":
            if seen.text not in ({"", words.BEHIND_US, words.NOT_YOURS} if self.refused else {""}):
                self._complain(f"was told {seen.text!r}")
        elif seen.what != "buttons":
            self._looks_at(seen, now)
            self.sent += seen.what == "sent"
            self._sent_at[seen.text] = seen.at

    def _looks_at(self, seen: Seen, now: float) -> None:
        """The screen that was waited for, a message that comes before it, or once more what was shown before."""
        step, former = self._waits, self._screen
        aside = next((each for each in self._asides if seen.text.startswith(each)), "")
        if step and _answers(step, seen) and self._asides.get(step.aside, True):
            self._waits, self._screen = None, seen
            self.due = now + self.dice.uniform(*READS)
        elif aside and not self._asides[aside]:
            self._asides[aside] = True
        elif aside or (former and seen.text == former.text):
            self._screen = former if step or aside else seen
            self.repeats.append((self._sent_at.get(seen.text, 0.0), seen.at))
        else:
            self._complain(f"saw {seen.text[:60]!r}, waiting for {step and step.screen!r}")

    def _complain(self, what: str) -> None:
        self.violations.append(f"{self.user_id} {what} (answers {self.given[-1:]})")


def _answers(step: Step, seen: Seen) -> bool:
    shown = step.screen == seen.text[: len(step.screen)] and not seen.text[len(step.screen) :][:1].isdigit()
    return shown and step.holds in seen.text and (not step.button or step.button in seen.labels)
