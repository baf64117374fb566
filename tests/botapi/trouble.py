"""What goes wrong between a bot and Telegram: by list, method by method, else by chance, with a seed."""

from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from random import Random
from typing import Any

from bot.practice.limits import Refusal

OUTCOMES = frozenset({"ok", "refused", "lost", "dropped", "doubled"})


class Silence(Exception):
    """The connection is closed without an answer; its text is `lost` or `dropped`."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one call: ok, refused, lost, dropped, or, for a delivery by webhook, doubled."""

    outcome: str = "ok"
    status: int = 0
    description: str = ""
    retry_after: int | None = None
    latency: float | None = None  # ms; none: that of the plan

    @classmethod
    def read(cls, written: str | int | dict[str, Any]) -> "Fate":
        """From `"lost"`, `503`, or `{"status": 429, "retry_after": 3, "latency": 200}`."""
        if isinstance(written, int):
            written = {"status": written}
        elif isinstance(written, str):
            written = {"outcome": written}
        fate = cls(**{"outcome": "refused" if "status" in written else "ok", **written})
        if fate.outcome not in OUTCOMES:
            raise ValueError(f"no such answer: {fate.outcome!r}")
        return fate


@dataclass(frozen=True, slots=True)
class Chances:
    """Of each call: `too_many` is a 429, `failing` a 500, 502 or 503; `latency` is ms, or the least and the most."""

    latency: float | list[float] = 0
    too_many: float = 0.0
    retry_after: int = 1
    failing: float = 0.0
    lost: float = 0.0
    dropped: float = 0.0
    doubled: float = 0.0
    only: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.too_many + self.failing + self.lost + self.dropped > 1:
            raise ValueError("the chances of one call add up to more than 1")

    def draw(self, dice: Random) -> Fate:
        outcomes = ("refused", "refused", "lost", "dropped", "ok")
        chances = (self.too_many, self.failing, self.lost, self.dropped)
        drawn = dice.choices(range(5), (*chances, max(0.0, 1 - sum(chances))))[0]
        status = (429, dice.choice((500, 502, 503)), 0, 0, 0)[drawn]
        return Fate(outcomes[drawn], status)


class Plan:
    """The next answers by list, and the chances once a list is used up."""

    def __init__(self) -> None:
        self.chances = Chances()
        self.dice = Random(0)
        self._lists: dict[str, deque[Fate]] = defaultdict(deque)

    def answers(self, method: str, *written: str | int | dict[str, Any]) -> None:
        self._lists[method].extend([Fate.read(each) for each in written])

    def fate(self, method: str) -> Fate:
        """Of the next call, latency included."""
        if listed := self._lists[method]:
            fate = listed.popleft()
        elif self.chances.only and method not in self.chances.only:
            return Fate(latency=0)
        else:
            fate = self.chances.draw(self.dice)
        return fate if fate.latency is not None else replace(fate, latency=self._latency())

    def refusal(self, fate: Fate) -> Refusal:
        phrase = HTTPStatus(fate.status).phrase
        if fate.status != HTTPStatus.TOO_MANY_REQUESTS:
            return Refusal(fate.description or phrase, fate.status, fate.retry_after)
        seconds = self.chances.retry_after if fate.retry_after is None else fate.retry_after
        return Refusal(fate.description or f"{phrase}: retry after {seconds}", fate.status, seconds)

    def copies(self) -> int:
        """How often the next update goes to the webhook."""
        if listed := self._lists["webhook"]:
            doubled = listed.popleft().outcome == "doubled"
        else:
            doubled = self.dice.random() < self.chances.doubled
        return 1 + doubled

    def _latency(self) -> float:
        latency = self.chances.latency
        return self.dice.uniform(*latency) if isinstance(latency, list) else latency
