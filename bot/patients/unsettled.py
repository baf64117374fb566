"""Laboratory values in doubt before a form counts: those with a choice are settled, what is not taken is named."""

from bot.laboratory import STOOL_TEST
from flows.dated import AWAITING
from flows.interview import Interview
from flows.sampled import Kept, kept, named

SETTLE = "Nothing was filed. Still open: {which}. Tap which it is, or Leave it out."
WITHOUT = "Nothing was filed yet. {what} Send it anew under Laboratory, or confirm again to go on without it."


def ask_of_doubts(interview: Interview) -> str:
    """Why it does not count yet; nothing once each doubt with a choice is settled, and all others were named."""
    open_ones = _open_ones(interview)
    if which := [each.of for each in open_ones if each.readings]:
        return SETTLE.format(which=", ".join(which))
    if unnamed := [each.remark for each in open_ones if not each.is_named]:
        interview.answers["labs"] = named(_values(interview))
        return WITHOUT.format(what=" ".join(unnamed))
    return ""


def has_choice(interview: Interview) -> bool:
    """Whether one of them may be one of several."""
    return any(each.readings for each in _open_ones(interview))


def _open_ones(interview: Interview) -> list[Kept]:
    """The form for a test of the stool is one tap from the card that follows."""
    return [each for each in kept(_values(interview)) if each.is_open and each.remark != STOOL_TEST]


def _values(interview: Interview) -> tuple[str, ...]:
    values = interview.answers.get("labs")
    return values if isinstance(values, tuple) and values != (AWAITING,) else ()
