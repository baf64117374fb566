"""What changes the course of treatment: first dose, dose step, interruption, restart, end; each has its day."""

from flows.choices import Choice, OneOf
from flows.dated import Day
from flows.form import Form

_DOSES = (Choice("45", "45 mg", 0), Choice("30", "30 mg", 0), Choice("15", "15 mg", 0))
_DOSE_REASONS = (
    Choice("standard", "Standard of the protocol", 0),
    Choice("lowest", "Lowest effective dose", 0),
    Choice("refractory", "Refractory, severe or extensive disease", 0),
    Choice("age_or_risk", "Age or risk factors", 0),
    Choice("interaction", "Kidney, liver or interaction", 0),
    Choice("response", "Response not sufficient", 0),
    Choice("other", "Another reason, in the record", 0),
)
_PAUSE_REASONS = (
    Choice("infection", "Infection", 0),
    Choice("blood_counts", "Blood counts", 0),
    Choice("liver", "Liver tests", 0),
    Choice("surgery", "Surgery", 0),
    Choice("adverse_event", "Another adverse event", 0),
    Choice("patient", "The patient's wish", 0),
    Choice("other", "Another reason, in the record", 0),
)
STOP_REASONS = (
    Choice("no_response", "No response", 0),
    Choice("loss_of_response", "Loss of response", 0),
    Choice("infection", "Infection", 0),
    Choice("mace", "MACE", 0),
    Choice("vte", "VTE", 0),
    Choice("malignancy", "Malignancy", 0),
    Choice("adverse_event", "Another adverse event", 0),
    Choice("pregnancy", "Pregnancy, or the wish for it", 0),
    Choice("patient", "The patient's wish", 0),
    Choice("other", "Another reason, in the record", 0),
)


def _move(code: str, title: str, prompt: str, *items: OneOf, ahead: bool = False) -> Form:
    return Form(
        code=code,
        version=1,
        title=title,
        short=title,
        items=(Day(code="on", name="Day", prompt=prompt, ahead=ahead), *items),
        unknown="Not known",
        needed=("on", *(item.code for item in items if item.code == "mg")),
    )


def _reason(choices: tuple[Choice, ...]) -> OneOf:
    return OneOf(code="why", name="Reason", prompt="For which reason?", choices=choices)


_MG = OneOf(code="mg", name="Dose", prompt="Which dose a day?", choices=_DOSES)

MOVE_FORMS = (
    _move("start", "First dose", "On which day is the first dose?", ahead=True),
    _move("dose", "Dose", "From which day?", _MG, _reason(_DOSE_REASONS)),
    _move("interrupt", "Interruption", "Which is the first day without the drug?", _reason(_PAUSE_REASONS)),
    _move("restart", "Restart", "On which day is it taken again?", _MG),
    _move("stop", "End of treatment", "Which is the day of the last dose?", _reason(STOP_REASONS)),
)
