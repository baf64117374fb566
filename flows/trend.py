"""A patient's course as a picture shows it: scores and biomarkers by day, with their limits, doses and steroids."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from flows.chart import Chart
from flows.days import day
from flows.phases import Period, phases, steroids
from flows.protocol.endpoint import Endpoint
from flows.protocol.endpoints import REMISSION
from flows.protocol.kinds import DAYS_A_WEEK
from flows.protocol.standing import dose_line, unrecorded
from flows.protocol.steroids import steroid_line
from flows.questionnaire import Disease
from flows.series import TrendPanel, of_biomarker, of_score

# Beside the main symptom score, CRP and calprotectin there is room for one more instrument.
_MARKERS = ("fcp", "crp")
_MORE_INSTRUMENTS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A course as known on `today`; `steroids` is None where nobody asked, `not_drawn` are instruments without room.

    `standing` are the sentences on dose and steroids without which no remission is shown (CLINICAL.md D13, D14).
    """

    disease: Disease
    today: date
    first_dose: date | None
    panels: tuple[TrendPanel, ...]
    phases: tuple[Period, ...]
    steroids: tuple[Period, ...] | None
    standing: tuple[str, ...]
    not_drawn: tuple[str, ...] = ()

    @property
    def last(self) -> date:
        """Today, or the day for which the first dose is planned."""
        return max(self.today, self.first_dose or self.today)

    @property
    def first(self) -> date:
        return _first(self.panels, self.first_dose, self.today)

    def week(self, on: date) -> int | None:
        """Whole weeks since the first dose; None before it."""
        return None if self.first_dose is None or on < self.first_dose else (on - self.first_dose).days // DAYS_A_WEEK


def trend(chart: Chart, today: date) -> Trend:
    """What is dated after today is not shown."""
    known = replace(
        chart,
        scores=tuple(each for each in chart.scores if each.on <= today),
        labs=tuple(each for each in chart.labs if each.on <= today),
    )
    scores, not_drawn = _scores(known, today)
    panels = (*scores, *(of_biomarker(known, today, code) for code in _MARKERS))
    standing = (unrecorded(chart, today), dose_line(chart, today), steroid_line(chart, today))
    return Trend(
        disease=chart.disease,
        today=today,
        first_dose=chart.started_on,
        panels=panels,
        phases=phases(chart, _first(panels, chart.started_on, today), today),
        steroids=steroids(chart, today),
        standing=tuple(each for each in standing if each),
        not_drawn=not_drawn,
    )


def title_of(found: Trend, code: str) -> str:
    """`Q7K-4M · Crohn's · week 12 · 24 May 2027`."""
    week = found.week(found.today)
    return " · ".join((code, found.disease.label, *([] if week is None else [f"week {week}"]), day(found.today)))


def _scores(chart: Chart, today: date) -> tuple[list[TrendPanel], tuple[str, ...]]:
    """The main symptom score, then endoscopy before a second symptom score; and the names of those left out."""
    endpoints = [each for each in REMISSION if each.disease is chart.disease]
    symptoms = _of_their_own([each for each in endpoints if not each.is_endoscopic])
    main = next((each for each in symptoms if of_score(chart, today, each).points), symptoms[0])
    others = [each for each in _of_their_own([main, *endpoints])[1:] if of_score(chart, today, each).points]
    others.sort(key=lambda each: not each.is_endoscopic)
    drawn, left = others[:_MORE_INSTRUMENTS], others[_MORE_INSTRUMENTS:]
    panels = [of_score(chart, today, main, is_main=True), *(of_score(chart, today, each) for each in drawn)]
    return panels, tuple(each.source.short for each in left)


def _of_their_own(endpoints: Iterable[Endpoint]) -> list[Endpoint]:
    """Those with an instrument that none before has: the adapted Mayo score is the partial one and the endoscopy."""
    taken: set[str] = set()
    found = []
    for each in endpoints:
        if not taken.issuperset(each.source.codes):
            found.append(each)
            taken.update(each.source.codes)
    return found


def _first(panels: Iterable[TrendPanel], first_dose: date | None, today: date) -> date:
    return min([on for panel in panels for on in panel.days] + [first_dose or today, today])
