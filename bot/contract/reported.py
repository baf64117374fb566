"""The contract of a report: what `evaluate` writes."""

from bot.contract.shapes import (
    DAY_OR_MONTH,
    DAY_OR_NULL,
    NUMBER_OR_NULL,
    STRINGS,
    TEXT,
    TEXT_OR_NULL,
    Schema,
    enum_of,
    or_null,
    shape,
)
from flows.analytes import BY_CODE
from flows.citations import Authority
from flows.criteria import Verdict
from flows.headline import LONGEST
from flows.history import Result
from flows.instruments import SHIPPED
from flows.protocol import baseline_items, due
from flows.protocol.cautions import Level
from flows.treatment import Phase


def report() -> Schema:
    return shape(
        ["id", "protocol", "version", "as_of", "headline", "status", "scores", "labs", "findings", "safety", "dose",
         "screening", "due", "errors"],
        id={},
        protocol=TEXT,
        version=TEXT,
        as_of=DAY_OR_NULL,
        headline=TEXT | {"maxLength": LONGEST},
        status=STRINGS,
        scores={"type": "array", "items": _scored()},
        labs={"type": "array", "items": _measured()},
        findings={"type": "array", "items": _finding()},
        safety={"type": "array", "items": _safety()},
        dose=_dose(),
        screening={"type": "array", "items": _screened()},
        due={"type": "array", "items": _due()},
        errors=_errors(),
    )  # fmt: skip


def unreadable() -> Schema:
    return shape(["errors"], errors=_errors()) | {"description": "the answer to a line that is no JSON object"}


def _measured() -> Schema:
    grade = shape(["scale", "grade"], scale=TEXT, grade={"type": "integer", "minimum": 0, "maximum": 4})
    return shape(
        ["analyte", "on", "value", "unit", "given", "grade", "note"],
        analyte=enum_of(BY_CODE),
        on=DAY_OR_MONTH,
        value={"type": ["number", "string"], "description": "a string with its sign where it is censored"},
        unit=TEXT | {"description": "UCUM"},
        given=TEXT,
        grade=or_null(grade),
        note=TEXT_OR_NULL,
    )


def _scored() -> Schema:
    part = {"type": ["number", "string", "array", "null"], "items": TEXT}
    return shape(
        ["instrument", "on", "total", "lowest", "highest", "complete", "band", "parts", "note"],
        instrument=enum_of(each.code for each in SHIPPED),
        on=DAY_OR_MONTH,
        total=NUMBER_OR_NULL,
        lowest={"type": "number"},
        highest=NUMBER_OR_NULL,
        complete={"type": "boolean"},
        band=TEXT_OR_NULL,
        parts={"type": "object", "additionalProperties": part},
        note=TEXT_OR_NULL,
    )


def _finding() -> Schema:
    verdict, authority = enum_of(Verdict), enum_of(Authority)
    differs = shape(["authority", "verdict", "why"], authority=authority, verdict=verdict, why=TEXT)
    return shape(
        ["id", "verdict", "why", "authority", "source", "missing", "flags", "as_of", "differs"],
        id=TEXT,
        verdict=verdict,
        why=TEXT,
        authority=authority,
        source=TEXT,
        missing=STRINGS,
        flags=STRINGS,
        as_of=DAY_OR_NULL,
        differs={"type": "array", "items": differs},
    )


def _safety() -> Schema:
    return shape(
        ["id", "level", "why", "authority", "source"],
        id=TEXT,
        level=enum_of(Level),
        why=TEXT,
        authority=enum_of(Authority),
        source=TEXT,
    )


def _dose() -> Schema:
    whole = {"type": ["integer", "null"]}
    milligrams = {"type": "array", "items": {"type": "integer"}}
    says = shape(
        ["authority", "text", "mg", "until"], authority=enum_of(Authority), text=TEXT, mg=milligrams, until=DAY_OR_NULL
    )
    return shape(
        ["phase", "day", "week", "says"],
        phase=or_null(enum_of(Phase)),
        day=whole,
        week=whole,
        says={"type": "array", "items": says},
    )


def _screened() -> Schema:
    return shape(
        ["item", "state", "result", "open", "missing", "why", "on"],
        item=TEXT,
        state=enum_of(baseline_items.CheckState),
        result=or_null(enum_of(Result)),
        open=TEXT_OR_NULL,
        missing=STRINGS,
        why=TEXT_OR_NULL,
        on=DAY_OR_NULL,
    )


def _due() -> Schema:
    days = {"due": DAY_OR_NULL, "from": DAY_OR_NULL, "until": DAY_OR_NULL}
    return shape(
        ["item", "due", "from", "until", "state", "missing", "authority", "why"],
        item=TEXT,
        state=enum_of(due.DueState),
        missing=STRINGS,
        authority=enum_of(Authority),
        why=TEXT,
        **days,
    )


def _errors() -> Schema:
    return {"type": "array", "items": shape(["where", "message"], where=TEXT, message=TEXT)}
