"""Why no verdict may rest on a fact of a chart, whatever the fact is."""

from datetime import date

from flows.chart import Chart
from flows.criteria import Inapplicable, Unknown


def unread(chart: Chart) -> Unknown | None:
    """What every verdict rests on could not be read."""
    if not (blind := chart.blind):
        return None
    return Unknown(why=f"{' and '.join(blind)} could not be read", missing=blind)


def obstacle(chart: Chart, today: date) -> Unknown | Inapplicable | None:
    """The same, or that treatment has not begun."""
    if found := unread(chart):
        return found
    before = chart.before_treatment(today)
    return Inapplicable(why=before) if before else None
