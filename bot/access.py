"""Strangers: one neutral line a day each, from bounded memory."""

from collections import OrderedDict
from datetime import datetime, timedelta

SILENCE = timedelta(days=1)
REMEMBERED = 10_000


class Doorbell:
    """Who was answered when; the oldest are forgotten, so that strangers cost bounded memory."""

    def __init__(self) -> None:
        self._answered: OrderedDict[int, datetime] = OrderedDict()

    def answers(self, user_id: int, now: datetime) -> bool:
        """Whether a stranger is answered this time."""
        last = self._answered.get(user_id)
        if last is not None and now - last < SILENCE:
            return False
        self._answered[user_id] = now
        self._answered.move_to_end(user_id)
        if len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)
        return True
