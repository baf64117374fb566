"""Whether an infection of the stool explains worse symptoms: the result of its test, with the day of the sample."""

from flows.choices import Choice, OneOf
from flows.dated import Day
from flows.form import AskedIf, Form
from flows.forms.visit import STOOL_RESULTS, was_serious
from flows.history import StoolResult

STOOL_TEST = Form(
    code="tested_stool_infection",
    version=1,
    title="Stool test",
    short="Stool test",
    items=(
        Day(code="on", name="Day", prompt="On which day was the stool sampled?"),
        OneOf(
            code="result",
            name="Result",
            prompt="What did the test for an infection of the stool show (C. difficile, culture)?",
            choices=STOOL_RESULTS,
        ),
        was_serious(Choice("stool_infection", "Stool infection"), "serious"),
    ),
    conditions=(AskedIf("serious", "result", (StoolResult.POSITIVE.value,)),),
    unknown="Not known",
    needed=("on", "result"),
)
