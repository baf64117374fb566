"""The contract of `evaluate`: what a chart and a report look like, as JSON Schema."""

from typing import Any

from flows.analytes import BY_CODE
from flows.citations import Authority
from flows.criteria import Verdict
from flows.instruments import SHIPPED
from flows.items import AnyOf, Count, Item, OneOf
from flows.protocol.blood_counts import Level
from flows.questionnaire import Disease, Questionnaire

# Keys that the contract knows and that nothing evaluates yet.
NOT_YET = (
    "region", "sex", "birth_year", "induction_weeks", "stopped_on", "course", "screening",
    "risks", "events", "done",
)  # fmt: skip
HISTORY_NOT_YET = (
    "tnf_failed", "tnf_inadvisable", "systemic_therapies", "conventional_failed", "biologic_failed", "severity",
    "egfr", "child_pugh", "childbearing_potential", "normal_stools",
)  # fmt: skip
# The kinds of a course of medication.
MEDICATION = (
    "corticosteroid", "budesonide", "strong_cyp3a4_inhibitor", "strong_cyp3a4_inducer", "azathioprine",
    "mercaptopurine", "ciclosporin", "tacrolimus", "methotrexate", "mesalazine", "biologic", "jak_inhibitor", "statin",
    "nsaid", "other",
)  # fmt: skip
INSTRUMENTS_NOT_YET = ("cdai", "ses_cd", "pro2_cd")

_DAY = {"type": "string", "format": "date"}
_DAY_OR_NULL = {"type": ["string", "null"], "format": "date"}
_STRINGS = {"type": "array", "items": {"type": "string"}}
_NOTHING_YET = {"type": "array", "maxItems": 0}


def schema() -> dict[str, Any]:
    """The JSON Schema of both sides."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Quiesce evaluate",
        "$defs": {"chart": _chart(), "report": _report(), "unreadable": _unreadable()},
    }


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _chart() -> dict[str, Any]:
    not_yet = {"description": "accepted, not evaluated in this version"}
    flag = {"type": ["boolean", "null"]}
    history = _object([], ostomy=flag, colectomy=flag, **dict.fromkeys(HISTORY_NOT_YET, not_yet))
    return _object(
        ["disease"],
        id={"description": "anything, echoed"},
        disease={"enum": [each.value for each in Disease]},
        today=_DAY_OR_NULL,
        started_on=_DAY_OR_NULL,
        scores={"type": ["array", "null"], "items": _score()},
        history=_or_null(history),
        labs={"type": ["array", "null"], "items": _lab()},
        medication={"type": ["array", "null"], "items": _medication()},
        accepted_baseline=_STRINGS | {"type": ["array", "null"]},
        **dict.fromkeys(NOT_YET, not_yet),
    )


def _lab() -> dict[str, Any]:
    number = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]}
    return _object(
        ["analyte", "on", "value"],
        analyte={"enum": list(BY_CODE)},
        on=_DAY,
        value=number,
        unit={"type": ["string", "null"]},
        upper_limit=_or_null(number),
        lower_limit=_or_null(number),
    )


def _measured() -> dict[str, Any]:
    grade = _object(["scale", "grade"], scale={"type": "string"}, grade={"type": "integer", "minimum": 0, "maximum": 4})
    return _object(
        ["analyte", "on", "value", "unit", "given", "grade", "note"],
        analyte={"enum": list(BY_CODE)},
        on=_DAY,
        value={"type": ["number", "string"], "description": "a string with its sign where it is censored"},
        unit={"type": "string", "description": "UCUM"},
        given={"type": "string"},
        grade=_or_null(grade),
        note={"type": ["string", "null"]},
    )


def _medication() -> dict[str, Any]:
    course = _object(
        ["kind", "from"],
        kind={"enum": list(MEDICATION)},
        to=_DAY_OR_NULL,
        prednisolone_mg={"anyOf": [{"type": ["number", "null"], "minimum": 0}, {"type": "string"}]},
    )
    course["properties"]["from"] = _DAY
    return course


def _score() -> dict[str, Any]:
    variants = [
        {
            "properties": {
                "instrument": {"const": each.code},
                "answers": _or_null(_answers(each)),
                "total": _or_null(_total(each)),
            },
        }
        for each in SHIPPED
    ]
    names = [each.code for each in SHIPPED]
    return _object(["instrument", "on"], instrument={"enum": names}, on=_DAY, answers={}, total={}) | {
        "oneOf": [_given("answers"), _given("total")],
        "anyOf": variants,
    }


def _or_null(schema_of_value: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema_of_value, {"type": "null"}]}


def _given(key: str) -> dict[str, Any]:
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


def _answers(questionnaire: Questionnaire) -> dict[str, Any]:
    return _object([], **{item.code: _or_null(_answer(item)) for item in questionnaire.items})


def _answer(item: Item) -> dict[str, Any]:
    match item:
        case OneOf():
            codes = [choice.code for choice in item.choices]
            return {"enum": [*codes, *(str(code) for code in codes if isinstance(code, int))]}
        case AnyOf():
            return {"type": "array", "uniqueItems": True, "items": {"enum": [choice.code for choice in item.choices]}}
        case Count():
            number = {"type": "integer", "minimum": 0, "maximum": item.refuse_above}
            return {"anyOf": [number, {"type": "string", "pattern": "^[0-9]+$"}]}


def _total(questionnaire: Questionnaire) -> dict[str, Any]:
    lowest, highest = questionnaire.total_bounds
    number = {"type": "integer", "minimum": lowest, "maximum": highest}
    return {"anyOf": [number, {"type": "string", "pattern": "^[0-9]+$"}]}


def _report() -> dict[str, Any]:
    return _object(
        ["id", "protocol", "version", "as_of", "headline", "scores", "labs", "findings", "safety", "dose", "screening",
         "due", "errors"],
        id={},
        protocol={"type": "string"},
        version={"type": "string"},
        as_of=_DAY_OR_NULL,
        headline={"type": "string", "maxLength": 140},
        scores={"type": "array", "items": _scored()},
        labs={"type": "array", "items": _measured()},
        findings={"type": "array", "items": _finding()},
        safety={"type": "array", "items": _safety()},
        dose=_object(["phase", "day", "week", "says"], phase={"type": "null"}, day={"type": "null"},
                     week={"type": "null"}, says=_NOTHING_YET),
        screening=_NOTHING_YET,
        due=_NOTHING_YET,
        errors=_errors(),
    )  # fmt: skip


def _scored() -> dict[str, Any]:
    whole, whole_or_null = {"type": "integer"}, {"type": ["integer", "null"]}
    return _object(
        ["instrument", "on", "total", "lowest", "highest", "complete", "band", "parts", "note"],
        instrument={"enum": [each.code for each in SHIPPED]},
        on=_DAY,
        total=whole_or_null,
        lowest=whole,
        highest=whole_or_null,
        complete={"type": "boolean"},
        band={"type": ["string", "null"]},
        parts={"type": "object", "additionalProperties": whole_or_null},
        note={"type": ["string", "null"]},
    )


def _finding() -> dict[str, Any]:
    text, verdict = {"type": "string"}, {"enum": [each.value for each in Verdict]}
    authority = {"enum": [each.value for each in Authority]}
    differs = _object(["authority", "verdict", "why"], authority=authority, verdict=verdict, why=text)
    return _object(
        ["id", "verdict", "why", "authority", "source", "missing", "flags", "as_of", "differs"],
        id=text,
        verdict=verdict,
        why=text,
        authority=authority,
        source=text,
        missing=_STRINGS,
        flags=_STRINGS,
        as_of=_DAY_OR_NULL,
        differs={"type": "array", "items": differs},
    )


def _safety() -> dict[str, Any]:
    text = {"type": "string"}
    return _object(
        ["id", "level", "why", "authority", "source"],
        id=text,
        level={"enum": [each.value for each in Level]},
        why=text,
        authority={"enum": [each.value for each in Authority]},
        source=text,
    )


def _unreadable() -> dict[str, Any]:
    return _object(["errors"], errors=_errors()) | {"description": "the answer to a line that is no JSON object"}


def _errors() -> dict[str, Any]:
    entry = _object(["where", "message"], where={"type": "string"}, message={"type": "string"})
    return {"type": "array", "items": entry}
