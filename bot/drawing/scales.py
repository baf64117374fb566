"""Scales that turn days and values into pixels, and choose which of them are written at an axis."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.drawing.sheet import Box
from flows.phases import Period
from flows.treatment import Phase

# A single day is shown within a month.
_SHORTEST = timedelta(days=28)
_WEEKS_BETWEEN = (1, 2, 4, 8, 12, 16, 26, 52)
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Days:
    """An axis of days between two pixels."""

    first: date
    last: date
    left: float
    right: float

    @classmethod
    def of(cls, first: date, last: date, left: float, right: float) -> "Days":
        """With some room on both sides, more after the newest value for its number."""
        span = max(last - first, _SHORTEST)
        room = timedelta(days=max(2, round(span.days * 0.03)))
        return cls(last - span - room, last + 2 * room, left, right)

    def x(self, on: date) -> float:
        return self.left + (self.right - self.left) * ((on - self.first) / (self.last - self.first))

    def shows(self, span: Period) -> bool:
        return span.ended is None or span.ended > self.first

    def box(self, span: Period, bottom: float, top: float) -> Box:
        """A span across the axis; screening, and what goes on, reach its end."""
        left = self.left if span.phase is Phase.SCREENING else max(self.left, self.x(span.begun))
        right = self.right if span.ended is None else min(self.right, self.x(span.ended))
        return Box(left, bottom, max(right, left + 1), top)

    def marked(self, origin: date, apart: float) -> list[date]:
        """Whole weeks from an origin, at least so many pixels apart."""
        week = self.x(self.first + timedelta(days=7)) - self.left
        weeks = next((each for each in _WEEKS_BETWEEN if each * week >= apart), None)
        step = timedelta(weeks=weeks or math.ceil(apart / week / 52) * 52)
        begin = origin + step * math.ceil((self.first - origin) / step)
        return [begin + step * number for number in range(math.floor((self.last - begin) / step) + 1)]


@dataclass(frozen=True, slots=True)
class Values:
    """An axis of values between two pixels; a value below a logarithmic one stands at its foot."""

    lowest: float
    highest: float
    bottom: float
    top: float
    is_log: bool = False

    @classmethod
    def linear(cls, values: Iterable[float], bottom: float, top: float) -> "Values":
        every = [*values, 0.0]
        return cls(min(every), max(*every, 1.0), bottom, top)

    @classmethod
    def logarithmic(cls, values: Iterable[float], bottom: float, top: float) -> "Values":
        above = [each for each in values if each > 0]
        return cls(min(above, default=10) / 1.8, max(above, default=1000) * 1.2, bottom, top, is_log=True)

    def y(self, value: float) -> float:
        return self.bottom + (self.top - self.bottom) * min(1.0, max(0.0, self._share(value)))

    def marked(self, apart: float, *, is_whole: bool = False) -> list[float]:
        """Round numbers, at least so many pixels apart."""
        return self._decades(apart) if self.is_log else self._even(apart, is_whole)

    def _share(self, value: float) -> float:
        if not self.is_log:
            return (value - self.lowest) / (self.highest - self.lowest)
        return math.log(max(value, self.lowest) / self.lowest) / math.log(self.highest / self.lowest)

    def _even(self, apart: float, is_whole: bool) -> list[float]:
        least = (self.highest - self.lowest) * apart / (self.top - self.bottom)
        power = 10.0 ** math.floor(math.log10(least))
        step = next(power * each for each in (*_STEPS, 10) if power * each >= least)
        step = max(1.0, step) if is_whole else step
        begin = math.ceil(self.lowest / step)
        return [step * number for number in range(begin, math.floor(self.highest / step) + 1)]

    def _decades(self, apart: float) -> list[float]:
        """1 and 3 of each decade, or 1 alone where they would be too near."""
        decade = (self.top - self.bottom) / math.log10(self.highest / self.lowest)
        powers = range(math.floor(math.log10(self.lowest)), math.ceil(math.log10(self.highest)) + 1)
        steps = (1, 3) if decade * 0.47 >= apart else (1,)
        every = [step * 10.0**power for power in powers for step in steps]
        return [each for each in every if self.lowest <= each <= self.highest]
