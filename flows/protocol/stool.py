"""A test for an infection of the stool: what is said of the last one beside a verdict on symptoms."""

from datetime import date
from operator import attrgetter

from flows.chart import SCORE_IS_NOW, Chart
from flows.citations import Stated
from flows.days import day
from flows.history import StoolResult
from flows.protocol.cautions import Level
from flows.protocol.sources import THIS_PROJECT

STATED = (
    Stated(
        "the last test for an infection of the stool: said beside the verdict for "
        f"{SCORE_IS_NOW.days} days after its day, to be checked unless it is negative; that it was not assessed is "
        "said where there is no other",
        THIS_PROJECT,
    ),
    Stated("a positive test for an infection of the stool counts as an infection of its day", THIS_PROJECT),
)
_day = attrgetter("on")


def stool_line(chart: Chart, today: date) -> str:
    """The last result, for as long as a score is of now; of two on one day the later in the list.

    A question left open says less than any other.
    """
    told = [each for each in chart.stool_tests if each.on <= today and today - each.on <= SCORE_IS_NOW]
    known = sorted(told, key=_day)
    if not known:
        return ""
    last = ([each for each in known if each.result is not StoolResult.NOT_ASSESSED] or known)[-1]
    level = Level.INFO if last.result is StoolResult.NEGATIVE else Level.CHECK
    return f"{level.upper()}: infection of the stool {last.result.replace('_', ' ')} ({day(last.on)})."
