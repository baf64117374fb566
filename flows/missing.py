"""The days on which a chart should have a score or a biomarker and has none, with the reason of each."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flows.chart import Chart
from flows.protocol.due import BASELINE
from flows.protocol.endpoint import Endpoint
from flows.protocol.endpoints import REMISSION
from flows.protocol.held import AWAITING, DONE, NOT_POSSIBLE
from flows.protocol.satisfied import PARTS, schedule_id
from flows.status import DISCORDANT_WITHIN

_SAID = {AWAITING: "result awaited", NOT_POSSIBLE: "not possible", DONE: "done, result not entered"}


@dataclass(frozen=True, slots=True)
class Missing:
    """A day that lacks a value, and why."""

    on: date
    why: str


def missing_of_score(
    chart: Chart, endpoint: Endpoint, has: Sequence[date], blank: Sequence[date], is_main: bool
) -> tuple[Missing, ...]:
    """`has` are the days with a number, `blank` those of which no item was assessed.

    Only the main score is expected at every visit.
    """
    part = "endoscopy" if endpoint.is_endoscopic else "score" if is_main else ""
    lacking = [(on, "no item assessed") for on in blank]
    lacking += _said(chart, part, has)
    if is_main:
        lacking += [(on, f"no {endpoint.source.short} at this visit") for on in _visits(chart)]
    return _by_day(_lost(chart, endpoint.source.codes), lacking, has)


def missing_of_biomarker(chart: Chart, code: str, has: Sequence[date]) -> tuple[Missing, ...]:
    """A visit lacks a biomarker where none was sampled near enough to be held against its score."""
    why = f"none within {DISCORDANT_WITHIN.days} days of this visit"
    apart = [on for on in _visits(chart) if all(abs(on - each) > DISCORDANT_WITHIN for each in has)]
    return _by_day(_lost(chart, (code,)), [*_said(chart, code, has), *((on, why) for on in apart)], has)


def lost_undated(chart: Chart, codes: Collection[str]) -> bool:
    return any(each.name in codes and each.on is None for each in chart.lost)


def _by_day(
    lost: Sequence[tuple[date, str]], lacking: Sequence[tuple[date, str]], has: Collection[date]
) -> tuple[Missing, ...]:
    """One reason a day, the first; what was lost is said even beside a value of that day."""
    found = dict(reversed([*lost, *((on, why) for on, why in lacking if on not in has)]))
    return tuple(Missing(on, found[on]) for on in sorted(found))


def _lost(chart: Chart, codes: Collection[str]) -> list[tuple[date, str]]:
    return [(each.on, "could not be read") for each in chart.lost if each.name in codes and each.on]


def _said(chart: Chart, part: str, has: Collection[date]) -> Iterator[tuple[date, str]]:
    """What a person said instead of a value, without the reason in that person's words.

    A baseline that cannot be had is lacking on the day of the first dose, not on that on which it was said.
    """
    for each in chart.handled:
        item = schedule_id(each.item)
        has_come = each.state == AWAITING and any(on >= each.on for on in has)
        if item is not None and part in PARTS[item] and each.state in _SAID and not has_come:
            if item.startswith(BASELINE) and each.state == NOT_POSSIBLE and chart.started_on:
                yield chart.started_on, f"baseline {_SAID[each.state]}"
            else:
                yield each.on, _SAID[each.state]


def _visits(chart: Chart) -> list[date]:
    """The days of every symptom score, also of one of which nothing was assessed."""
    endpoints = [each for each in REMISSION if each.disease is chart.disease and not each.is_endoscopic]
    return sorted({score.on for each in endpoints for score in each.source.assessed(chart.scores)})
