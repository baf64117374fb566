"""What an operator has settled for the clinic."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from bot.clock import local_day
from flows.codes import PSEUDONYM

# The pseudonym of the rehearsal: what is said of it must never be read as said of a patient.
REHEARSED = "DEMO-26"


@dataclass(frozen=True, slots=True)
class House:
    """The clinic's zone, what its own pseudonyms look like, and those that no patient may have."""

    zone: str
    pseudonym: re.Pattern[str] = PSEUDONYM
    reserved: frozenset[str] = frozenset({REHEARSED})

    def day(self, at: datetime) -> date:
        """The day at the clinic, by which everything is recorded."""
        return local_day(at, self.zone)
