"""The numbers that rules may ask for by name, and how they are found in a chart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from flows import criteria
from flows.chart import Chart, Score
from flows.criteria import Fact, Facts, Inapplicable, Known, Unknown
from flows.days import day
from flows.instruments.hbi import HBI
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.questionnaire import Questionnaire
from flows.ranges import Range


@dataclass(frozen=True, slots=True)
class _Reading:
    """One number taken from the score of one instrument."""

    questionnaire: Questionnaire
    label: str
    number: Callable[[Score], Range]


_READINGS: Mapping[str, _Reading] = {
    "hbi": _Reading(HBI, "HBI", lambda score: score.total),
    "pms": _Reading(PARTIAL_MAYO, "PMS", lambda score: score.total),
    "pms_worst": _Reading(PARTIAL_MAYO, "highest subscore", lambda score: score.worst),
    "pms_sf_rb": _Reading(
        PARTIAL_MAYO, "stool frequency and bleeding together", lambda score: score.sum_of("sf", "rb")
    ),
}

criterion = partial(criteria.criterion, facts=_READINGS)


def gather(chart: Chart, today: date) -> Facts:
    """Every fact of the chart as the rules see it at `today`."""
    return {name: _read(chart, today, reading) for name, reading in _READINGS.items()}


def _read(chart: Chart, today: date, reading: _Reading) -> Fact:
    short = reading.questionnaire.short
    if chart.unreadable:
        return Unknown(why=f"{' and '.join(chart.unreadable)} could not be read", missing=chart.unreadable)
    if chart.before_treatment(today):
        return Inapplicable(why="before treatment")
    if chart.ostomy or chart.colectomy:
        after = "with a stoma" if chart.ostomy else "after a colectomy"
        return Inapplicable(why=f"the stool item of {short} is not valid {after}")
    score = chart.latest(reading.questionnaire.code)
    if score is None:
        since = " since the first dose" if chart.started_on else ""
        return Unknown(why=f"no {short}{since}", missing=(f"{short}{since}",))
    found = reading.number(score)
    if chart.is_now(score, today):
        return Known(text=f"{reading.label} {found}", range=found, missing=score.missing)
    text = f"{reading.label} was {found} on {day(score.on)}"
    return Known(text=text, range=found, missing=score.missing, as_of=score.on)
