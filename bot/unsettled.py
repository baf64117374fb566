"""Laboratory values in doubt before a form counts: those with a choice are settled, what is not taken is named."""

from bot.laboratory import STOOL_TEST
from flows.dated import AWAITING
from flows.interview import Interview
from flows.sampled import kept, named

SETTLE = "Nothing was filed. Still open: {which}. Tap which it is, or Leave it out."
WITHOUT = "Nothing was filed yet. {what} Send it anew under Laboratory, or confirm again to go on without it."


def ask_of_doubts(interview: Interview) -> str:
    """Why it does not count yet; nothing once each doubt with a choice is settled, and all others were named."""
    values = interview.answers.get("labs")
    if not isinstance(values, tuple) or values == (AWAITING,):
        return ""
    # The form for a test of the stool is one tap from the card that follows.
    open_ones = [each for each in kept(values) if each.is_open and each.remark != STOOL_TEST]
    if which := [each.of for each in open_ones if each.readings]:
        return SETTLE.format(which=", ".join(which))
    if unnamed := [each.remark for each in open_ones if not each.is_named]:
        interview.answers["labs"] = named(values)
        return WITHOUT.format(what=" ".join(unnamed))
    return ""
