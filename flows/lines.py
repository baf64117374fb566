"""One line that answers a whole questionnaire: `/hbi 1 1 3 0 arthralgia,fissure`."""

import re

from flows.errors import InvalidAnswer
from flows.items import AnyOf, Item, Value
from flows.questionnaire import Questionnaire

# A telephone's keyboard turns a hyphen into any of these.
_NOT_ASSESSED = frozenset("-–—−")


def parse_line(questionnaire: Questionnaire, line: str) -> dict[str, Value | None]:
    """An answer for every item, in order; `-` is not assessed. Refuses a line that is too short or too long."""
    items = questionnaire.items
    places = re.sub(r"\s*,\s*", ",", line.strip()).split()
    if isinstance(items[-1], AnyOf) and len(places) > len(items):
        places = _join_names(items[-1], places, len(items))
    if len(places) != len(items):
        raise InvalidAnswer(questionnaire.code, f"{len(places)} of {len(items)} places. {form(questionnaire)}")
    return {item.code: read(item, place) for item, place in zip(items, places, strict=True)}


def read(item: Item, text: str) -> Value | None:
    """One typed answer; a dash is not assessed."""
    return None if text.strip() in _NOT_ASSESSED else item.parse(text)


def form(questionnaire: Questionnaire) -> str:
    """How a line for this questionnaire looks."""
    names = " ".join(item.code.upper() for item in questionnaire.items)
    return (
        f"The form is /{questionnaire.command} {names}, for example {example(questionnaire)}; a dash is not assessed."
    )


def example(questionnaire: Questionnaire) -> str:
    """A line that is understood: 1 for every choice and count, 0 for a list of which there is none."""
    answers = " ".join("0" if isinstance(item, AnyOf) else "1" for item in questionnaire.items)
    return f"/{questionnaire.command} {answers}"


def _join_names(item: AnyOf, places: list[str], count: int) -> list[str]:
    """Names of several words, as in `anal fissure,abscess`, are one place; anything else stays too long."""
    names = " ".join(places[count - 1 :])
    try:
        item.parse(names)
    except InvalidAnswer:
        return places
    return [*places[: count - 1], names]
