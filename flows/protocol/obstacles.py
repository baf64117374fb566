"""Why no verdict may rest on a fact of a chart, whatever the fact is."""

from datetime import date

from flows.chart import Chart
from flows.criteria import Inapplicable, Unknown
from flows.remembered import remembered


def unread(lost: tuple[str, ...]) -> Unknown:
    """What a verdict rests on, at the places `lost` of a chart, could not be read."""
    return Unknown(why=f"{' and '.join(lost)} could not be read", missing=lost)


@remembered
def obstacle(chart: Chart, today: date) -> Unknown | Inapplicable | None:
    """What every verdict rests on could not be read, or treatment has not begun."""
    if blind := chart.blind:
        return unread(blind)
    before = chart.before_treatment(today)
    return Inapplicable(why=before) if before else None
