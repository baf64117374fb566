"""What changes the course of treatment: first dose, dose step, interruption, restart, end; each has its day."""

from collections.abc import Mapping

from flows.choices import Choice, OneOf
from flows.course import Trigger
from flows.dated import Day
from flows.form import AskedAfter, AskedIf, AskedIfSame, Form
from flows.forms.enrolment import ENROLMENT
from flows.reasons import DOSE, END_OF_TREATMENT, FIRST_DOSE, INTERRUPTION, TAKEN_AGAIN, chosen_from
from flows.steps import Resumed

_DOSES = tuple(Choice(f"{mg} mg", f"{mg} mg") for mg in (45, 30, 15))


def _move(code: str, title: str, prompt: str, *items: OneOf, version: int = 1) -> Form:
    return Form(
        code=code,
        version=version,
        title=title,
        short=title,
        items=(Day(code="on", name="Day", prompt=prompt), *items),
        unknown="Not known",
        needed=("on", *(item.code for item in items)),
    )


def _reason(reasons: Mapping[str, str]) -> OneOf:
    return OneOf(code="why", name="Reason", prompt="For which reason?", choices=chosen_from(reasons))


_MG = OneOf(code="mg", name="Dose", prompt="Which dose a day?", choices=_DOSES)
# What the record says when a restart is opened: the dose of induction, and the last day of a restart that does no more
# than shift its end.
INDUCTION_DOSE, SHIFTS_UNTIL = "induction_dose", "shifts_until"
_LENGTH = ("induction_weeks", "induction_reason")
RESTART = Form(
    code="restart",
    version=3,
    title="Restart",
    short="Restart",
    items=(
        Day(code="on", name="Day", prompt="On which day is it taken again?"),
        _MG,
        _reason(TAKEN_AGAIN),
        OneOf(
            code="induction",
            name="Induction",
            prompt="When the dose of induction ends does not follow from this interruption. How does it go on?",
            choices=(
                Choice(Resumed.ANEW.value, "All of it again, from this day"),
                Choice(Resumed.REST.value, "What was left of it when it was interrupted"),
            ),
        ),
        *(ENROLMENT.item(code) for code in _LENGTH),
    ),
    conditions=(
        AskedIfSame("induction", "mg", INDUCTION_DOSE),
        AskedAfter("induction", "on", SHIFTS_UNTIL),
        AskedIf("induction_weeks", "induction", (Resumed.ANEW.value,)),
        AskedIf("induction_weeks", "disease", ("CD",)),
        AskedIf("induction_reason", "induction_weeks", ("8",)),
    ),
    unknown="Not known yet",
    needed=("on", "mg", "why", "induction_reason"),
    given=("disease", INDUCTION_DOSE, SHIFTS_UNTIL),
)

START = _move("start", "First dose", "On which day was the first dose?", _MG, _reason(FIRST_DOSE), version=2)
ANOTHER_DOSE = _move("dose", "Dose", "From which day?", _MG, _reason(DOSE), version=2)

MOVE_FORMS = (
    START,
    ANOTHER_DOSE,
    _move("interrupt", "Interruption", "Which is the first day without the drug?", _reason(INTERRUPTION)),
    RESTART,
    _move("stop", "End of treatment", "Which is the day of the last dose?", _reason(END_OF_TREATMENT)),
)

# After these the drug is taken.
GIVING = (START.code, ANOTHER_DOSE.code, RESTART.code)
# The form of each move of the course.
MOVES = {
    START.code: Trigger.START,
    ANOTHER_DOSE.code: Trigger.DOSE,
    "interrupt": Trigger.INTERRUPT,
    RESTART.code: Trigger.RESTART,
    "stop": Trigger.STOP,
}
