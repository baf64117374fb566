"""One line that answers a whole questionnaire: `/hbi 1 1 3 0 arthralgia,fissure`."""

import re
from typing import assert_never

from flows.answers import Value
from flows.choices import AnyOf, OneOf
from flows.counts import DASHES, Count, Diary
from flows.dated import Code, Day, Samples
from flows.errors import InvalidAnswer
from flows.items import Item
from flows.measures import Quantity, Stature
from flows.questionnaire import Questionnaire
from flows.sampling import DAY
from flows.segments import Segment

_TOTAL = re.compile(r"(?P<code>.*?)(?:^|\s)total\b\s*(?P<total>\S*)\s*(?P<on>.*)", re.IGNORECASE | re.DOTALL)
# A patient's code in the place of the answers.
_LIKE_A_CODE = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[\w-]+")
_ALONE = (
    "A line has answers, behind a patient's code if it is of one: /p {code} opens the patient, and a quick check can "
    "be saved to one when it is answered."
)


def parse_line(questionnaire: Questionnaire, line: str) -> dict[str, Value | None]:
    """An answer for every item, in order; `-` is not assessed. Refuses a line that is too short or too long."""
    items = questionnaire.items
    places = re.sub(r"\s*,\s*", ",", line.strip()).split()
    if isinstance(items[-1], AnyOf) and len(places) > len(items):
        places = _join_names(items[-1], places, len(items))
    if len(places) != len(items):
        flaw = _ALONE.format(code=places[0]) if _is_like_a_code(places) else f"{len(places)} of {len(items)} places."
        raise InvalidAnswer(questionnaire.code, f"{flaw} {form(questionnaire)}")
    return {item.code: read(item, place) for item, place in zip(items, places, strict=True)}


def _is_like_a_code(places: list[str]) -> bool:
    return len(places) == 1 and _LIKE_A_CODE.fullmatch(places[0]) is not None


def parse_of_patient(questionnaire: Questionnaire, line: str) -> tuple[str, str] | None:
    """A patient's code and the answers behind it, as typed; None where a line begins with an answer."""
    code, _, answers = line.strip().partition(" ")
    if not answers or not _LIKE_A_CODE.fullmatch(code):
        return None
    try:
        questionnaire.items[0].parse(code)
    except InvalidAnswer:
        return code, answers.strip()
    return None


def parse_total(questionnaire: Questionnaire, line: str) -> tuple[str, str, str] | None:
    """A patient's code, the total of an old record and its day, as typed; None where a line is of items."""
    found = _TOTAL.fullmatch(line.strip())
    if found is None:
        return None
    if not all(found.groups()):
        said = f"The form is /{questionnaire.command} CODE total 4 2 May 2026: the code, the total, its day."
        raise InvalidAnswer(questionnaire.code, said)
    return found["code"].strip(), found["total"], found["on"]


def without_day_of_total(line: str) -> str:
    """A line as typed, but for the day of the total of an old record."""
    found = _TOTAL.fullmatch(line.strip())
    return line if found is None or not DAY.fullmatch(found["on"].strip()) else line.strip()[: found.start("on")]


def read(item: Item, text: str) -> Value | None:
    """One typed answer; a dash is not assessed."""
    return None if text.strip() in DASHES else item.parse(text)


def form(questionnaire: Questionnaire) -> str:
    """How a line for this questionnaire looks."""
    names = " ".join(item.code.upper() for item in questionnaire.items)
    return (
        f"The form is /{questionnaire.command} {names}, for example {example(questionnaire)}; a dash is not assessed."
    )


def example(questionnaire: Questionnaire) -> str:
    """A line that is understood."""
    return f"/{questionnaire.command} {' '.join(map(_example, questionnaire.items))}"


def _example(item: Item) -> str:
    """1 for a number of choices and for a count, the first word of others, 0 for a list of which there is none."""
    match item:
        case OneOf():
            codes = [choice.code for choice in item.choices if type(choice.code) is int]
            return "1" if 1 in codes else item.choices[0].label.lower()
        case AnyOf() | Segment():
            return "0"
        case Count():
            return "1"
        case Diary():
            return "7"
        case Quantity() | Stature():
            return item.example
        case Day() | Code() | Samples():
            return "-"
    assert_never(item)


def _join_names(item: AnyOf, places: list[str], count: int) -> list[str]:
    """Names of several words, as in `anal fissure,abscess`, are one place; anything else stays too long."""
    names = " ".join(places[count - 1 :])
    try:
        item.parse(names)
    except InvalidAnswer:
        return places
    return [*places[: count - 1], names]
