"""The contract of a score as it is given: the answers of each instrument, or a total without them."""

from typing import Any, assert_never

from bot.contract.scores import FROM_CHART
from bot.contract.shapes import DAY_OR_MONTH, FLAG, Schema, measure, or_null, shape, whole_between
from flows.choices import AnyOf, OneOf
from flows.counts import DAYS, Count, Diary
from flows.dated import Code, Day, Samples
from flows.instruments import SHIPPED
from flows.items import Item
from flows.measures import STATURE, Quantity, Stature
from flows.questionnaire import Questionnaire
from flows.segments import ABSENT, Segment


def score_given() -> Schema:
    variants = [
        {
            "properties": {
                "instrument": {"const": each.code},
                "answers": or_null(_answers(each)),
                "total": or_null(_total(each)),
            },
        }
        for each in SHIPPED
    ]
    names = [each.code for each in SHIPPED]
    return shape(["instrument", "on"], instrument={"enum": names}, on=DAY_OR_MONTH, answers={}, total={}) | {
        "oneOf": [_given("answers"), _given("total")],
        "anyOf": variants,
    }


def _given(key: str) -> Schema:
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


def _answers(questionnaire: Questionnaire) -> Schema:
    keys: Schema = {}
    for item in questionnaire.items:
        if isinstance(item, Stature):
            keys |= dict.fromkeys(STATURE, or_null(measure(0, 1000)))
        elif item.code == FROM_CHART:
            keys[item.code] = or_null(_answer(item)) | {"description": "taken from the chart where it is left out"}
        else:
            keys[item.code] = or_null(_answer(item))
    return shape([], **keys)


def _answer(item: Item) -> Schema:
    match item:
        case OneOf():
            return _one_of(item)
        case AnyOf():
            return {"type": "array", "uniqueItems": True, "items": {"enum": [choice.code for choice in item.choices]}}
        case Count():
            return whole_between(0, item.refuse_above)
        case Diary():
            day = whole_between(0, item.most_in_all if item.most_a_day is None else item.most_a_day)
            days = {"type": "array", "minItems": DAYS, "maxItems": DAYS, "items": or_null(day)}
            return {"anyOf": [whole_between(0, item.most_in_all), days]}
        case Quantity():
            return measure(float(item.lowest), float(item.highest))
        case Segment() | Stature() | Day() | Code() | Samples():
            # A stature stands in a chart under names of its own, the last three in no score.
            return _segment(item) if isinstance(item, Segment) else {}
    assert_never(item)


def _segment(item: Segment) -> Schema:
    grades = dict.fromkeys((each.code for each in item.variables), or_null(whole_between(0, item.MOST)))
    return {"anyOf": [{"const": ABSENT}, shape([], **grades)]}


def _one_of(item: OneOf) -> Schema:
    codes: list[Any] = [choice.code for choice in item.choices]
    if all(isinstance(code, bool) for code in codes):
        return FLAG
    return {"enum": [*codes, *(str(code) for code in codes if isinstance(code, int))]}


def _total(questionnaire: Questionnaire) -> Schema:
    return (whole_between if questionnaire.is_whole else measure)(*questionnaire.total_bounds)
