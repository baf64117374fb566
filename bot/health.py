"""How the bot is: what `/healthz` and `/metrics` tell, without a word of anybody."""

import time
from dataclasses import dataclass, field
from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Gauge


class Telegram(StrEnum):
    """How Telegram last answered us."""

    OK = "ok"
    TOKEN_REFUSED = "token refused"  # noqa: S105  a state, not a secret
    ANOTHER_POLLER = "another poller"


@dataclass(slots=True)
class Health:
    """Counters and states of this process; every instance has a registry of its own."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    telegram: Telegram = Telegram.OK
    polled_at: float | None = None
    updates: Counter = field(init=False)
    shown: Counter = field(init=False)
    dead: Counter = field(init=False)
    parse_errors: Counter = field(init=False)
    oldest_unshown: Gauge = field(init=False)
    last_poll: Gauge = field(init=False)

    def __post_init__(self) -> None:
        self.updates = Counter("quiesce_updates", "Updates by what became of them", ["outcome"], registry=self.registry)
        self.shown = self._counter("quiesce_cards_shown", "Cards that Telegram shows")
        self.dead = self._counter("quiesce_cards_dead", "Cards that will not be shown")
        self.parse_errors = self._counter("quiesce_parse_errors", "Cards whose HTML Telegram refused")
        self.oldest_unshown = self._gauge("quiesce_oldest_unshown_seconds", "Age of the oldest card not shown")
        self.last_poll = self._gauge("quiesce_last_poll_seconds", "Seconds since the last poll")

    def _counter(self, name: str, what: str) -> Counter:
        return Counter(name, what, registry=self.registry)

    def _gauge(self, name: str, what: str) -> Gauge:
        return Gauge(name, what, registry=self.registry)

    def polled(self) -> None:
        self.polled_at = time.monotonic()

    @property
    def since_poll(self) -> float | None:
        return None if self.polled_at is None else time.monotonic() - self.polled_at
