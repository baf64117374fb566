"""What was called done and has no value yet: it is silent, and stays named until one comes. CLINICAL.md section 4."""

from collections.abc import Iterable
from datetime import date

from flows.protocol.due import DONE, NOT_ENTERED, Due
from flows.protocol.satisfied import PARTS


def not_entered(schedule: Iterable[Due]) -> list[Due]:
    """The newest first; not where what was done later has brought a value of each of its parts."""
    found = [each for each in schedule if each.state in DONE]
    with_value = [each for each in found if NOT_ENTERED not in each.note]
    without = [each for each in found if NOT_ENTERED in each.note and not any(_brings(one, each) for one in with_value)]
    return sorted(without, key=_done_on, reverse=True)


def _brings(later: Due, each: Due) -> bool:
    return _done_on(later) > _done_on(each) and set(PARTS[each.item]) <= set(PARTS[later.item])


def _done_on(each: Due) -> date:
    return each.done_on or date.min
