"""Charts of a patient on treatment for the tests of safety, and what is found in them."""

from datetime import date, timedelta
from decimal import Decimal

from flows.analytes import BY_CODE
from flows.chart import Chart, Medication
from flows.history import AdverseEvent, History, Region
from flows.numerals import read_number
from flows.protocol.safety import safety
from flows.questionnaire import Disease
from flows.samples import Lab

TODAY = date(2026, 6, 1)
STARTED = date(2026, 1, 5)


def ago(days):
    return TODAY - timedelta(days=days)


def lab(code, value, on=TODAY, upper=None):
    """A value in its canonical unit; `upper` is the laboratory's own limit."""
    limit = None if upper is None else Decimal(upper)
    return Lab(analyte=BY_CODE[code], on=on, number=read_number(value), given=value, upper=limit)


def event(kind, days_ago=5, serious=None):
    return AdverseEvent(kind=kind, on=ago(days_ago), serious=serious)


def drug(kind, begun=100, ended=None, known=True):
    """`begun` so many days ago; known to be taken by then, unless its begin is `known`."""
    return Medication(kind=kind, begun=ago(begun), begin_known=known, ended=None if ended is None else ago(ended))


def chart(*labs, **facts):
    """On treatment in the US since 5 January, unless it is said otherwise."""
    history = History(**facts.pop("history", {}))
    given = {"started_on": STARTED, "region": Region.US, "disease": Disease.CROHNS} | facts
    return Chart(labs=labs, history=history, **given)


def every(*labs, **facts):
    return safety(chart(*labs, **facts), TODAY)


def found(name, *labs, **facts):
    """The one finding of a name, or None."""
    matching = [each for each in every(*labs, **facts) if each.id == name]
    assert len(matching) <= 1
    return matching[0] if matching else None


def level(name, *labs, **facts):
    finding = found(name, *labs, **facts)
    return finding and finding.level


def why(name, *labs, **facts):
    finding = found(name, *labs, **facts)
    return finding and finding.why
