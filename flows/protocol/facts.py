"""The numbers that rules may ask for by name, and how they are found in a chart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from flows import criteria
from flows.chart import BASELINE_WINDOW, ENDOSCOPY_WINDOW, Chart, Score
from flows.criteria import Fact, Facts, Inapplicable, Known, Unknown
from flows.days import day
from flows.instruments.hbi import HBI
from flows.instruments.mayo import MAYO
from flows.instruments.mes import MES
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.instruments.sccai import SCCAI
from flows.instruments.uceis import UCEIS
from flows.questionnaire import Questionnaire
from flows.ranges import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One number, and the instruments that hold it; `short` is what a headline calls it."""

    instruments: tuple[Questionnaire, ...]
    items: tuple[str, ...]
    short: str
    label: str
    number: Callable[[Score], Range]
    needs_stools: bool = True
    window: timedelta = BASELINE_WINDOW

    def score(self, chart: Chart) -> Score | None:
        """The latest score that tells of it."""
        return chart.latest(self._scores(chart))

    def baseline(self, chart: Chart) -> Score | None:
        """The score that it is compared with."""
        return chart.baseline(self._scores(chart), self.window, self.instruments[0].code)

    def _scores(self, chart: Chart) -> list[Score]:
        return [
            each
            for each in chart.scores
            if any(each.questionnaire is one for one in self.instruments) and each.speaks_of(*self.items)
        ]


def _sum(*instruments: Questionnaire, short: str) -> Reading:
    """The sum of the items of the first instrument, taken from any of several that have them."""
    items = tuple(item.code for item in instruments[0].items)
    return Reading(
        instruments=instruments,
        items=items,
        short=short,
        label=short,
        number=lambda score: score.sum_of(*items),
    )


_PMS = _sum(PARTIAL_MAYO, MAYO, short="PMS")

READINGS: Mapping[str, Reading] = {
    "hbi": _sum(HBI, short="HBI"),
    "pms": _PMS,
    "pms_worst": replace(_PMS, label="highest subscore", number=lambda score: score.worst_of(*_PMS.items)),
    "pms_sf_rb": replace(
        _PMS, label="stool frequency and bleeding together", number=lambda score: score.sum_of("sf", "rb")
    ),
    "mes": replace(_sum(MES, MAYO, short="MES"), needs_stools=False, window=ENDOSCOPY_WINDOW),
    "uceis": replace(_sum(UCEIS, short="UCEIS"), needs_stools=False, window=ENDOSCOPY_WINDOW),
    "sccai": _sum(SCCAI, short="SCCAI"),
}

# What rules ask for by name: each number now, and the same at baseline.
AT_BASELINE = "_baseline"
FACTS = frozenset(READINGS) | {name + AT_BASELINE for name in READINGS}

criterion = partial(criteria.criterion, facts=FACTS)


def gather(chart: Chart, today: date) -> Facts:
    """Every fact of the chart as the rules of its disease see it at `today`."""
    facts: dict[str, Fact] = {}
    for name, reading in READINGS.items():
        if reading.instruments[0].disease is not chart.disease:
            continue
        obstacle = _obstacle(chart, today, reading)
        facts[name] = obstacle or _now(chart, today, reading)
        facts[name + AT_BASELINE] = obstacle or _then(chart, reading)
    return facts


def _obstacle(chart: Chart, today: date, reading: Reading) -> Unknown | Inapplicable | None:
    """Why no verdict may rest on a number, whatever it is."""
    if chart.unreadable:
        return Unknown(why=f"{' and '.join(chart.unreadable)} could not be read", missing=chart.unreadable)
    if chart.before_treatment(today):
        return Inapplicable(why="before treatment")
    if reading.needs_stools and (chart.ostomy or chart.colectomy):
        after = "with a stoma" if chart.ostomy else "after a colectomy"
        return Inapplicable(why=f"the stool item of {reading.short} is not valid {after}")
    return None


def _then(chart: Chart, reading: Reading) -> Fact:
    score = reading.baseline(chart)
    if score is None:
        return Unknown(why=f"no baseline {reading.short}", missing=(f"baseline {reading.short}",))
    found, days = reading.number(score), chart.before_first_dose(score).days
    accepted = ", accepted" if score.recorded_total is not None or days > reading.window.days else ""
    return Known(
        text=f"{reading.label} was {found} at baseline ({_before_the_dose(days)}{accepted})",
        range=found,
        missing=tuple(f"baseline {code}" for code in score.missing(*reading.items)),
    )


def _now(chart: Chart, today: date, reading: Reading) -> Fact:
    score = reading.score(chart)
    if score is None:
        since = " since the first dose" if chart.started_on else ""
        return Unknown(why=f"no {reading.short}{since}", missing=(f"{reading.short}{since}",))
    found, missing = reading.number(score), score.missing(*reading.items)
    if chart.is_now(score, today):
        return Known(text=f"{reading.label} {found}", range=found, missing=missing)
    text = f"{reading.label} was {found} on {day(score.on)}"
    return Known(text=text, range=found, missing=missing, as_of=score.on)


def _before_the_dose(days: int) -> str:
    if not days:
        return "on the day of the first dose"
    return f"{days} day{'' if days == 1 else 's'} before the first dose"
