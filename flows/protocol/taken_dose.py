"""Which dose is taken, and since when, as far as that is known. CLINICAL.md D13."""

from datetime import date

from msgspec import Struct

from flows.chart import Chart
from flows.days import day


class Taken(Struct, frozen=True):
    """A dose a day, with the day of its first record in a row; since when it is taken where that is known."""

    mg: int
    since: date
    since_known: bool

    @property
    def said(self) -> str:
        """`45 mg since 5 Jan 2026`."""
        since = day(self.since)
        return (
            f"{self.mg} mg since {since}"
            if self.since_known
            else f"{self.mg} mg taken on {since}, since when is not known"
        )


def taken(chart: Chart, today: date) -> Taken | None:
    """The last recorded dose, or that of induction; None where nobody knows which it is.

    An interruption does not begin a row: it is told beside the day, however induction goes on after it. Where nobody
    knew the dose when a first one of an earlier day was told, that one tells which is taken in induction only. A dose
    that was told without its begin is taken since then, where a record of before tells it.
    """
    treatment, since = chart.treatment, chart.started_on
    assert since is not None
    found = first = Taken(treatment.first_mg, since, since_known=True)
    for step in treatment.dose_steps(today):
        is_more = step.mg != found.mg or (found is first and treatment.tells_more(step))
        if step.mg is not None and is_more:
            found = Taken(step.mg, step.on, step.from_known)
    return found if found is not first or treatment.knows_dose(today) else None
