"""The values of one score or biomarker by day, with its limits and its gaps.

What is not known stays unknown: a score with gaps is a range, and what is missing has a day, a reason, and no value.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from flows.analytes import BY_CODE
from flows.chart import Chart, Score
from flows.citations import Authority, Citation
from flows.headline import names_its_authority, verdict_in_words
from flows.missing import Missing, lost_undated, missing_of_biomarker, missing_of_score
from flows.protocol.biomarkers import LABORATORY, limits
from flows.protocol.endpoint import Endpoint
from flows.protocol.facts import READINGS, gather
from flows.quantities import Bound, plain
from flows.ranges import Range
from flows.samples import BIOMARKER_WINDOW, Lab, baseline

# What a score takes from the chart tells nothing of the disease.
_NO_SYMPTOMS = frozenset({"sex", "stature"})
_UNDATED = "a value whose day is not known could not be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """All that is known of a number on a day; `highest` None without an upper bound, `bound` of a censored value."""

    on: date
    lowest: float
    highest: float | None
    says: str
    bound: Bound = Bound.EXACT

    @property
    def is_exact(self) -> bool:
        return self.lowest == self.highest


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The highest number that meets a rule, the rule in words, and whose it is."""

    highest_met: float
    says: str
    whose: str
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPanel:
    """Points and gaps in the order of their days; a score has no `unit`, and whole numbers for limits.

    `gap` says that there is no value, or none on treatment; `most` is the highest that a score can be, if it has one.
    """

    id: str
    name: str
    unit: str = ""
    points: tuple[Point, ...]
    missing: tuple[Missing, ...]
    limits: tuple[Limit, ...]
    gap: str
    notes: tuple[str, ...] = ()
    most: float | None = None

    @property
    def days(self) -> list[date]:
        return [*_days(self.points), *(each.on for each in self.missing)]


def of_score(chart: Chart, today: date, endpoint: Endpoint, *, is_main: bool = False) -> TrendPanel:
    """The number that an endpoint looks at; only the main one is expected at every visit."""
    source, number = endpoint.source, READINGS[endpoint.reading].number
    scores = sorted(source.assessed(chart.scores), key=lambda score: score.on)
    blank = [score.on for score in scores if _is_blank(score, source.items)]
    points = tuple(_of_score(score.on, number(score)) for score in scores if not _is_blank(score, source.items))
    before = source.baseline(chart, scores)
    obstacle = gather(replace(chart, started_on=None, enrolled=False), today).readings[endpoint.reading].pair.obstacle
    return TrendPanel(
        id=endpoint.reading,
        name=source.short,
        points=points,
        missing=missing_of_score(chart, endpoint, _days(points), blank, is_main and not obstacle),
        limits=() if obstacle else _limits_of_score(endpoint),
        gap=_gap(chart, today, points, before is not None),
        notes=(obstacle.why,) if obstacle else tuple(_notes_of_score(chart, today, endpoint)),
        most=_of_score(today, number(Score(questionnaire=source.instruments[0], on=today))).highest,
    )


def of_biomarker(chart: Chart, today: date, code: str) -> TrendPanel:
    """CRP or calprotectin; the limits are those of the newest value, as they are for its verdict."""
    analyte = BY_CODE[code]
    labs = sorted((each for each in chart.labs if each.analyte.code == code), key=lambda lab: lab.on)
    points = tuple(_of_lab(lab) for lab in labs)
    before = baseline(chart.labs, code, chart.started_on, BIOMARKER_WINDOW)
    return TrendPanel(
        id=code,
        name=analyte.title,
        unit=analyte.unit.text,
        points=points,
        missing=missing_of_biomarker(chart, code, _days(points)),
        limits=_limits_of_lab(code, labs[-1] if labs else None),
        gap=_gap(chart, today, points, before is not None),
        notes=tuple(_notes_of_labs(chart, code, labs)),
    )


def _days(points: tuple[Point, ...]) -> list[date]:
    return [each.on for each in points]


def _is_blank(score: Score, items: tuple[str, ...]) -> bool:
    answered = {code for code in items if score.answers.get(code) is not None}
    return score.recorded_total is None and answered <= _NO_SYMPTOMS


def _of_score(on: date, number: Range) -> Point:
    highest = None if number.highest is None else float(number.highest)
    return Point(on=on, lowest=float(number.lowest), highest=highest, says=str(number))


def _of_lab(lab: Lab) -> Point:
    """The bound of a censored value is the number that the laboratory wrote, not the next one."""
    written, bound = float(lab.number.value), lab.number.bound
    lowest = 0.0 if bound in (Bound.BELOW, Bound.AT_MOST) else written
    highest = None if bound in (Bound.ABOVE, Bound.AT_LEAST) else written
    return Point(on=lab.on, lowest=lowest, highest=highest, says=_plain(lab), bound=bound)


def _plain(lab: Lab) -> str:
    return str(lab).removesuffix(f" {lab.analyte.unit}")


def _limits_of_score(endpoint: Endpoint) -> tuple[Limit, ...]:
    if endpoint.highest_met is None:
        return ()
    source = endpoint.rule.source
    return (Limit(highest_met=endpoint.highest_met, says=endpoint.target, whose=_whose(source), source=source),)


def _limits_of_lab(code: str, newest: Lab | None) -> tuple[Limit, ...]:
    return tuple(
        Limit(
            highest_met=float(value),
            says=f"<= {plain(value)}",
            whose=_whose(rule.source),
            source=rule.source,
        )
        for rule, value in limits(code, newest)
    )


def _whose(source: Citation) -> str:
    """As a reader knows them who sees nothing but the picture."""
    if source == LABORATORY:
        return "the laboratory's"
    return "policy of this project" if source.authority is Authority.POLICY else source.name


def _gap(chart: Chart, today: date, points: tuple[Point, ...], has_baseline: bool) -> str:
    first = chart.started_on
    if not points:
        return "no values yet"
    if first is None or today <= first or any(each.on > first for each in points):
        return ""
    return f"no value since {'baseline' if has_baseline else 'the first dose'}"


def _notes_of_score(chart: Chart, today: date, endpoint: Endpoint) -> Iterator[str]:
    """The verdict on the newest score where authorities disagree about it (D1); a target that is no single number."""
    judgement = endpoint.judge(gather(chart, today))
    if judgement.differs and names_its_authority(judgement):
        yield verdict_in_words(judgement)
    if endpoint.highest_met is None:
        yield f"{endpoint.target}, {endpoint.rule.source.name}"
    if lost_undated(chart, endpoint.source.codes):
        yield _UNDATED


def _notes_of_labs(chart: Chart, code: str, labs: list[Lab]) -> Iterator[str]:
    """The laboratory's other limits, as values on either side of a change are not seen against one line."""
    others = {each.upper for each in labs if each.upper is not None} - {labs[-1].upper if labs else None}
    if others:
        yield f"earlier limit of the laboratory: {', '.join(map(plain, sorted(others)))}"
    if lost_undated(chart, (code,)):
        yield _UNDATED
