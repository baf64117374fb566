"""Who is let in how often: one line a day to a stranger, and no more acts than a person can mean."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

SILENCE = timedelta(days=1)
REMEMBERED = 10_000
# A person in a hurry taps five times a second; a queue after an outage may hold a minute of that.
BURST = 60.0
A_SECOND = 10.0

T = TypeVar("T")


class Remembered(Generic[T]):
    """What is known of the people seen last; the oldest are forgotten, so that strangers cost bounded memory."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, T] = OrderedDict()

    def get(self, user_id: int) -> T | None:
        return self._known.get(user_id)

    def put(self, user_id: int, fact: T) -> None:
        self._known[user_id] = fact
        self._known.move_to_end(user_id)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def forget_while(self, is_over: Callable[[T], bool]) -> None:
        """Forget the oldest, for as long as they are over."""
        while self._known and is_over(next(iter(self._known.values()))):
            self._known.popitem(last=False)

    @property
    def count(self) -> int:
        return len(self._known)


class Doorbell:
    """Lets one line through for each person in a while."""

    def __init__(self, silence: timedelta = SILENCE) -> None:
        self._silence = silence
        self._answered: Remembered[datetime] = Remembered()

    def answers(self, user_id: int, now: datetime) -> bool:
        """Whether a person is answered this time."""
        last = self._answered.get(user_id)
        if last is not None and timedelta(0) <= now - last < self._silence:
            return False
        self._answered.put(user_id, now)
        return True


class Buckets:
    """A token bucket a person: a burst of acts, then A_SECOND a second.

    One that has filled up again is as one that was never used, and is forgotten.
    """

    def __init__(self, monotonic: Callable[[], float], burst: float = BURST) -> None:
        self._monotonic = monotonic
        self._burst = burst
        self._fills_in = burst / A_SECOND
        self._levels: Remembered[tuple[float, float]] = Remembered()

    @property
    def count(self) -> int:
        """How many are remembered."""
        return self._levels.count

    def lets(self, user_id: int) -> bool:
        """Whether a person may act once more now."""
        now = self._monotonic()
        level, then = self._levels.get(user_id) or (self._burst, now)
        level = min(self._burst, level + (now - then) * A_SECOND)
        self._levels.put(user_id, (level - 1 if level >= 1 else level, now))
        self._levels.forget_while(lambda last: now - last[1] >= self._fills_in)
        return level >= 1

    def give_back(self, user_id: int) -> None:
        """An act that could not be taken will come again, and counts once."""
        level, then = self._levels.get(user_id) or (self._burst, self._monotonic())
        self._levels.put(user_id, (level + 1, then))
