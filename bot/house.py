"""What an operator has settled for the clinic."""

import re
from dataclasses import dataclass

from flows.codes import PSEUDONYM


@dataclass(frozen=True, slots=True)
class House:
    """The clinic's zone, and what its own pseudonyms look like."""

    zone: str
    pseudonym: re.Pattern[str] = PSEUDONYM
