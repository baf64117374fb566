"""Whether the day that a machine's clock shows can be today, by the days that it has shown before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flows.days import ONE_DAY


@dataclass(frozen=True, slots=True)
class WallClock:
    """`last` is the latest day that it showed. A leap ahead, from the day `left` to `landed`, is an outage or is wrong.

    It is believed once the clock has gone on for as long again. `is_told` says that people know of a clock set back.
    """

    last: date
    left: date | None = None
    landed: date | None = None
    is_told: bool = False

    def is_behind(self, today: date) -> bool:
        """That day has been, and what is done by it would be done twice; unless a leap is taken back by it.

        Zones differ by a day at most.
        """
        return today < self.last - ONE_DAY and today < self._least - ONE_DAY

    @property
    def _least(self) -> date:
        """The day that it would show but for the leap."""
        if self.left is None or self.landed is None:
            return self.last
        return self.left + (self.last - self.landed)

    def shows(self, today: date) -> "WallClock":
        """As it is known after a day that is not behind."""
        if today < self.last - ONE_DAY:
            return WallClock(today)
        if today > self.last + ONE_DAY:
            return WallClock(today, left=self._least, landed=today)
        last = max(today, self.last)
        if self.left and self.landed and last - self.landed >= self.landed - self.left:
            return WallClock(last)
        return replace(self, last=last, is_told=False)

    def once_told(self) -> "WallClock":
        """As it is known once people know that it was set back."""
        return replace(self, is_told=True)

    # As it is stored

    def to_json(self) -> dict[str, str]:
        """The days that are known, by their names."""
        days = {"last": self.last, "left": self.left, "landed": self.landed}
        kept = {name: each.isoformat() for name, each in days.items() if each is not None}
        return kept | ({"told": "yes"} if self.is_told else {})

    @classmethod
    def from_json(cls, kept: Mapping[str, str]) -> "WallClock":
        left, landed = (date.fromisoformat(kept[name]) if name in kept else None for name in ("left", "landed"))
        return cls(date.fromisoformat(kept["last"]), left, landed, is_told="told" in kept)
