"""Colours that people with any colour vision can tell apart (Okabe and Ito), and pale ones for what lies behind."""

from bot.drawing.sheet import Fill
from flows.phases import Period
from flows.treatment import Phase

BLUE, VERMILLION, GREEN = "#0072B2", "#C44E00", "#00735A"
# Of two limits of one value the first is the one of the headline.
LIMITS = (VERMILLION, GREEN)
STEROIDS = "#F2BE6E"

PHASES = {
    Phase.SCREENING: Fill("#F3F3F3"),
    Phase.INDUCTION: Fill("#CFE4F6"),
    Phase.MAINTENANCE: Fill("#E4F1E6"),
    Phase.INTERRUPTED: Fill("#FFFFFF", edge="#BDBDBD", hatch="////"),
    Phase.STOPPED: Fill("#DADADA"),
    None: Fill("#FFF8DA", edge="#E2D28C", hatch="...."),
}


def behind(span: Period) -> Fill:
    """What is not known is dotted, an interruption is hatched."""
    return PHASES[span.phase]
