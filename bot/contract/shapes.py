"""The small shapes of JSON that the contract of `evaluate` is made of."""

from collections.abc import Iterable
from typing import Any

Schema = dict[str, Any]

DAY: Schema = {"type": "string", "format": "date"}
DAY_OR_NULL: Schema = {"type": ["string", "null"], "format": "date"}
# Of a score, CRP or calprotectin whose day is not known: it can be accepted as a baseline, and is nothing else.
DAY_OR_MONTH: Schema = {
    "anyOf": [DAY, {"type": "string", "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])$"}],
    "description": "a day; or a month, 2025-11, of what can be a baseline once it is accepted, and is nothing else: "
    "all of the month on or before the first dose",
}
TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
STRINGS: Schema = {"type": "array", "items": {"type": "string"}}
FLAG: Schema = {"type": ["boolean", "null"]}
NUMBER_OR_NULL: Schema = {"type": ["number", "null"]}
_DIGITS: Schema = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}


def shape(required: list[str], **properties: Any) -> Schema:
    """An object of these keys and no others."""
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def enum_of(choices: Iterable[str]) -> Schema:
    return {"enum": [str(each) for each in choices]}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def list_of(schema: Schema) -> Schema:
    return {"type": ["array", "null"], "items": schema}


def whole_between(lowest: int, highest: int) -> Schema:
    """A whole number, as such or in quotes."""
    return {"anyOf": [{"type": "integer", "minimum": lowest, "maximum": highest}, _DIGITS]}


def measure(lowest: float, highest: float) -> Schema:
    """A number, as such or in quotes."""
    return {"anyOf": [{"type": "number", "minimum": lowest, "maximum": highest}, _DIGITS]}
