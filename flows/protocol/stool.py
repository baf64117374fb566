"""A test for an infection of the stool: what is said of the last one beside a verdict on symptoms."""

from datetime import date, timedelta
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
        f"{SCORE_IS_NOW.days} days after its day, to be checked unless it is negative",
        THIS_PROJECT,
    ),
    Stated(
        "a visit for worse symptoms that leaves open whether stool was tested: not assessed on its day, to be checked; "
        "a positive or an awaited result before it is said instead",
        THIS_PROJECT,
    ),
    Stated("a positive test for an infection of the stool counts as an infection of its day", THIS_PROJECT),
)
_OUTLASTING = (StoolResult.POSITIVE, StoolResult.AWAITING)
_day = attrgetter("on")


def stool_line(chart: Chart, today: date) -> str:
    """The last result, for as long as a score is of now; of two on one day the later in the list.

    That it was left open hides neither a positive one nor one that is awaited, if that is the last one before.
    """
    recent = [each for each in chart.stool_tests if timedelta(0) <= today - each.on <= SCORE_IS_NOW]
    known = sorted(recent, key=_day)
    if not known:
        return ""
    last = known[-1]
    if last.result is StoolResult.NOT_ASSESSED:
        before = [each for each in known if each.result is not StoolResult.NOT_ASSESSED]
        last = before[-1] if before and before[-1].result in _OUTLASTING else last
    level = Level.INFO if last.result is StoolResult.NEGATIVE else Level.CHECK
    return f"{level.upper()}: infection of the stool {last.result.replace('_', ' ')} ({day(last.on)})."
