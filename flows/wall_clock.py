"""Whether the day that a machine's clock shows can be today, by the days that it has shown before."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import cast

from flows.days import ONE_DAY

# So long a clock shows what is doubted before that counts; twice as long without a look, and it is counted anew.
STAYS = timedelta(hours=1)
# After a leap a clock goes on for so long at most before that counts: the first day of a machine may be one of 1970.
LASTS = timedelta(days=7)
# No clock shows another.
_YEARS = range(1900, 9000)


@dataclass(frozen=True, slots=True)
class WallClock:
    """`last` is the latest day that it showed. A leap ahead, from the day `left` to `landed`, is an outage or is wrong.

    It is believed once the clock has gone on for as long again, or for a week; that it `ran_ahead` is known of one that
    was taken back. What is doubted is so `since` a time, by the clock itself. `asked_at` is when people were last told
    of that, by it too, and `told_on` what its last day was when they were told of anything.
    """

    last: date
    left: date | None = None
    landed: date | None = None
    ran_ahead: bool = False
    since: datetime | None = None
    asked_at: datetime | None = None
    told_on: date | None = None

    def is_doubted(self, now: datetime) -> bool:
        """What is done by it might be done twice; of a clock that ran ahead each leap is doubted, until it stays."""
        leaps = now.date() > self.last + ONE_DAY
        return self.is_behind(now.date()) or (self.ran_ahead and leaps and not self._stays(now))

    def is_behind(self, today: date) -> bool:
        """That day has been, and what is done by it would be done twice; unless a leap is taken back by it.

        Zones differ by a day at most.
        """
        return self._has_been(today) and today < self._least - ONE_DAY

    def takes_back(self, today: date) -> bool:
        """That day has been, as the clock had run ahead."""
        return self._has_been(today) and not self.is_behind(today)

    def _has_been(self, today: date) -> bool:
        return today < self.last - ONE_DAY

    @property
    def _least(self) -> date:
        """The day that it would show but for the leap."""
        if self.left is None or self.landed is None:
            return self.last
        return self.left + (self.last - self.landed)

    def _stays(self, now: datetime) -> bool:
        return self.since is not None and STAYS <= now - self.since < 2 * STAYS

    def shows(self, today: date) -> "WallClock":
        """As it is known after a day that is not doubted."""
        if self.takes_back(today):
            return WallClock(today, ran_ahead=True, told_on=today)
        if today > self.last + ONE_DAY:
            return WallClock(today, left=self._least, landed=today, ran_ahead=self.ran_ahead)
        last = max(today, self.last)
        if self.left and self.landed and last - self.landed >= min(self.landed - self.left, LASTS):
            return WallClock(last)
        return replace(self, last=last, since=None, asked_at=None)

    def doubts(self, now: datetime) -> "WallClock":
        """As it is known after a time that is doubted."""
        goes_on = self.since is not None and timedelta() <= now - self.since < 2 * STAYS
        known = self if goes_on else replace(self, since=now)
        return replace(known, asked_at=now, told_on=self.last) if self.asks(now) else known

    def looks_at(self, now: datetime) -> "WallClock":
        """As it is known after a time that it shows."""
        return self.doubts(now) if self.is_doubted(now) else self.shows(now.date())

    # What people know

    def asks(self, now: datetime) -> bool:
        """Whether people are told that it is doubted: on one day only once, unless that stays; then each day."""
        if not self.is_doubted(now):
            return False
        if self.asked_at is None:
            return self.told_on != self.last or self._stays(now)
        return self._stays(now) and not timedelta() <= now - self.asked_at < ONE_DAY

    # As it is stored

    def to_json(self) -> dict[str, str]:
        """What is known, by its names."""
        days = {"last": self.last, "left": self.left, "landed": self.landed, "told": self.told_on}
        times = {"since": self.since, "asked": self.asked_at}
        kept = {name: each.isoformat() for name, each in (days | times).items() if each is not None}
        return kept | ({"ahead": "yes"} if self.ran_ahead else {})

    @classmethod
    def from_json(cls, kept: object) -> "WallClock | None":
        """None where it cannot be read, as after a change by hand."""
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            found = cls._read(cast(Mapping[str, str], kept))
            return found if found.is_possible else None
        return None

    @classmethod
    def _read(cls, kept: Mapping[str, str]) -> "WallClock":
        left, landed, told = (
            date.fromisoformat(kept[name]) if name in kept else None for name in ("left", "landed", "told")
        )
        since, asked = (datetime.fromisoformat(kept[name]) if name in kept else None for name in ("since", "asked"))
        last = date.fromisoformat(kept["last"])
        return cls(last, left, landed, "ahead" in kept, since, asked, told)

    @property
    def is_possible(self) -> bool:
        """Days that can be counted with, a leap that leads ahead, and times that say of which zone they are."""
        times = [each for each in (self.since, self.asked_at) if each is not None]
        days = [*times, *(each for each in (self.left, self.landed, self.last) if each is not None)]
        leaps = self.left is None or self.landed is None or self.left < self.landed <= self.last
        return leaps and all(each.year in _YEARS for each in days) and all(each.tzinfo for each in times)
