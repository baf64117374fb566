"""The contract of `evaluate`: what a chart and a report look like, as JSON Schema."""

from typing import Any

from bot.contract.answered import score_given
from bot.contract.charts import FIRST_BIRTH_YEAR
from bot.contract.courses import DOSES_MG, HANDLED, MEDICATION, SCREENED, SCREENED_PARTS
from bot.contract.people import EGFR, FLAGS, NORMAL_STOOLS, THERAPIES
from bot.contract.reported import report, unreadable
from bot.contract.shapes import (
    DAY,
    DAY_OR_MONTH,
    DAY_OR_NULL,
    FLAG,
    TEXT,
    TEXT_OR_NULL,
    Schema,
    enum_of,
    list_of,
    measure,
    or_null,
    shape,
    whole_between,
)
from flows.analytes import BY_CODE
from flows.history import CHILD_PUGH, EVENTS, RISKS, Region, Result, Severity, Sex, StoolResult
from flows.questionnaire import Disease
from flows.steps import Move, Resumed
from flows.treatment import CD_INDUCTION_WEEKS


def schema() -> Schema:
    """The JSON Schema of both sides."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Quiesce evaluate",
        "$defs": {"chart": _chart(), "report": report(), "unreadable": unreadable()},
    }


def _chart() -> Schema:
    return shape(
        ["disease"],
        id={"description": "anything, echoed"},
        disease=enum_of(Disease),
        today=DAY_OR_NULL,
        enrolled=FLAG | {"description": "a patient, no quick check: before treatment while there is no started_on"},
        region=or_null(enum_of(Region)),
        sex=or_null(enum_of(Sex)),
        birth_year=or_null(whole_between(FIRST_BIRTH_YEAR, 9999)),
        started_on=DAY_OR_NULL,
        dose_known=FLAG | {"description": "false: which dose was taken when started_on was told is not known"},
        induction_weeks=_weeks(),
        stopped_on=DAY_OR_NULL,
        course=list_of(_step()),
        scores=list_of(score_given()),
        labs=list_of(_lab()),
        screening=or_null(shape([], **{item: {"anyOf": [_screened(), list_of(_screened())]} for item in SCREENED})),
        medication=list_of(_medication()),
        medication_partial=FLAG,
        medication_asked=list_of(enum_of(MEDICATION)),
        history=or_null(_history()),
        risks=list_of(enum_of(RISKS)),
        events=list_of(shape(["kind", "on"], kind=enum_of(EVENTS), on=DAY, serious=FLAG)),
        stool_tests=list_of(shape(["on", "result"], on=DAY, result=enum_of(StoolResult), serious=FLAG)),
        done=list_of(_handled()),
        accepted_baseline=list_of({"anyOf": [TEXT, _accepted()]}),
    )


def _step() -> Schema:
    doses = or_null({"enum": [*DOSES_MG, *map(str, DOSES_MG)]})
    induction = or_null(enum_of(Resumed))
    return shape(
        ["on", "event"],
        on=DAY,
        event=enum_of(Move),
        mg=doses,
        why=TEXT_OR_NULL,
        induction=induction,
        induction_weeks=_weeks(),
        from_known=FLAG | {"description": "false: `on` is the first day that is known, and not that of the change"},
    )


def _weeks() -> Schema:
    return or_null({"enum": [*CD_INDUCTION_WEEKS, *map(str, CD_INDUCTION_WEEKS)]})


def _accepted() -> Schema:
    return shape(["measure", "on"], measure=TEXT, on=DAY_OR_MONTH, by=TEXT_OR_NULL, accepted_on=DAY_OR_NULL)


def _handled() -> Schema:
    return shape(["item", "on", "state"], item={"type": "string"}, on=DAY, state=enum_of(HANDLED), why=TEXT_OR_NULL)


def _screened() -> Schema:
    result = or_null(enum_of(Result))
    parts = dict.fromkeys(SCREENED_PARTS, result)
    return shape(["on"], on=DAY, result=result, treated_from=DAY_OR_NULL, drug=TEXT_OR_NULL, vaccinated=FLAG, **parts)


def _lab() -> Schema:
    number = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]}
    return shape(
        ["analyte", "on", "value"],
        analyte=enum_of(BY_CODE),
        on=DAY_OR_MONTH,
        value=number,
        unit=TEXT_OR_NULL,
        upper_limit=or_null(number),
        lower_limit=or_null(number),
    )


def _medication() -> Schema:
    course: dict[str, Any] = {"kind": enum_of(MEDICATION), "from": DAY, "to": DAY_OR_NULL, "none_on": DAY_OR_NULL}
    course["from_known"] = FLAG | {"description": "false: `from` is the first day that is known, and not its begin"}
    return shape(["kind", "from"], prednisolone_mg=or_null(measure(0, 1000)), **course)


def _history() -> Schema:
    return shape(
        [],
        systemic_therapies=or_null(whole_between(*THERAPIES)),
        severity=or_null(enum_of(Severity)),
        egfr=or_null(measure(*EGFR)),
        child_pugh=or_null(enum_of(CHILD_PUGH)),
        normal_stools=or_null(whole_between(*NORMAL_STOOLS)),
        **dict.fromkeys(FLAGS, FLAG),
    )
