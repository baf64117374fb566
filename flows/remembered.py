"""What was found of a frozen object is kept with it: the same question about the same object is answered once."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

_Find = TypeVar("_Find", bound=Callable[..., Any])
_NOT_YET = object()


def remembered(find: _Find) -> _Find:
    """For a pure function of a frozen object with a dictionary `answered`, and of one hashable argument: a day, a name.

    One report on a full chart asks eighty times, for a phase, an end of 45 mg, an eGFR. A cache beside the objects
    would have to hash whole charts and would keep them alive; this one dies with its object, so no chart is answered
    from another's.
    """

    @wraps(find)
    def recall(subject: Any, asked: Any) -> Any:
        known, key = subject.answered, (find, asked)
        answer = known.get(key, _NOT_YET)
        if answer is _NOT_YET:
            answer = known[key] = find(subject, asked)
        return answer

    return cast(_Find, recall)
