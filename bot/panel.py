"""The clinic by what was last said of each patient."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date

from bot.examined import examined_from
from flows.clinic import Standing, standing_of
from flows.protocol.due import State
from store.verdicts import Verdict

OVERDUE = "Patients with overdue items"


def counts(last: Iterable[Verdict], patients: int, today: date) -> list[tuple[str, int]]:
    """How many patients are where, by what their last verdicts rest on; overdue items are counted beside that."""
    found: Counter[str] = Counter()
    for verdict in last:
        found[_standing(verdict, today)] += 1
        found[OVERDUE] += any(each["state"] == State.OVERDUE for each in json.loads(verdict.report)["due"])
        patients -= 1
    found[Standing.UNSEEN] += patients
    return [(name, found[name]) for name in (*Standing, OVERDUE)]


def _standing(verdict: Verdict, today: date) -> Standing:
    examined = examined_from(verdict.inputs, today)
    chart, report = examined.reading.chart(), examined.report
    assert chart is not None
    assert report is not None
    return standing_of(chart, report, examined.reading.today)
