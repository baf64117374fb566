"""A trend for who cannot see its picture: plain lines that a screen reader can speak, the newest first."""

from collections.abc import Iterable, Sequence

from flows.days import ONE_DAY, day
from flows.phases import Period
from flows.sentences import as_many_as_fit, capitalised
from flows.series import Point, TrendPanel
from flows.treatment import Phase
from flows.trend import Trend

MOST_CHARACTERS = 1000
# So many values, gaps or phases of a kind are named in full, if there is room for them.
_MOST_NAMED = 12
# A sign is often not spoken; the longer ones first.
_SPOKEN = (("<=", "at most "), (">=", "at least "), ("<", "below "), (">", "above "))


def text_of(trend: Trend, most: int = MOST_CHARACTERS) -> str:
    """At most so many characters: as many values, gaps and phases of each kind as find room, and how many more."""
    for named in range(_MOST_NAMED, 0, -1):
        text = "\n".join(_lines(trend, named))
        if len(text) <= most:
            return text
    # Whole lines: a sentence that is cut may say its opposite.
    return "\n".join(as_many_as_fit(_lines(trend, 1), most, lambda _: "More is in the picture."))


def _lines(trend: Trend, named: int) -> list[str]:
    return [
        *(f"{each}." for each in trend.standing),
        *(_panel(trend, each, named) for each in trend.panels),
        *_phases(trend.phases, named),
        *_steroids(trend.steroids or (), named),
        *([f"Also recorded: {', '.join(trend.not_drawn)}."] if trend.not_drawn else []),
    ]


def _panel(trend: Trend, panel: TrendPanel, named: int) -> str:
    """`HBI: 4 on 24 May 2026, week 12. Remission below 5, protocol. Missing: ...`."""
    unit = f", {panel.unit}" if panel.unit else ""
    limits = "; ".join(f"{each.says}, {each.whose}" for each in panel.limits)
    parts = [
        f"{panel.name}{unit}: {'; '.join(filter(None, (panel.gap, *_values(trend, panel.points, named))))}",
        f"limit: {limits}" if panel.unit and limits else limits,
        *panel.notes,
        _missing(panel, named),
    ]
    return " ".join(f"{capitalised(spoken(each))}." for each in parts if each)


def _values(trend: Trend, points: Sequence[Point], named: int) -> list[str]:
    """The newest, how many stand between, and the first."""
    newest = list(reversed(points))
    if len(newest) <= named + 1:
        return [_value(trend, each) for each in newest]
    between = len(newest) - named - 1
    return [
        *(_value(trend, each) for each in newest[:named]),
        f"{between} between",
        f"first {_value(trend, newest[-1])}",
    ]


def _value(trend: Trend, point: Point) -> str:
    week = trend.week(point.on)
    return f"{point.says} on {day(point.on)}" + ("" if week is None else f", week {week}")


def _missing(panel: TrendPanel, named: int) -> str:
    """The days of each reason together."""
    days: dict[str, list[str]] = {}
    for each in reversed(panel.missing):
        days.setdefault(each.why, []).append(day(each.on))
    said = "; ".join(f"{', '.join(_some(found, named))}, {why}" for why, found in days.items())
    return f"missing: {said}" if said else ""


def _phases(spans: Sequence[Period], named: int) -> list[str]:
    said = [_phase(each) for each in reversed(spans)]
    return [f"Course: {'; '.join(_some(said, named))}."] if said else []


def _phase(span: Period) -> str:
    """When screening began nobody told: it is drawn from the oldest value."""
    if span.phase is Phase.SCREENING and span.ended:
        return f"{span.says} before {day(span.ended)}"
    return f"{span.says} {span.since}"


def _steroids(spans: Sequence[Period], named: int) -> list[str]:
    said = [f"{each.says} {each.since}{_until(each)}" for each in reversed(spans)]
    return [f"Steroids: {'; '.join(_some(said, named))}."] if said else []


def _until(span: Period) -> str:
    if span.ended is None:
        return ""
    return f"{'' if span.begin_known else ','} to {day(span.ended - ONE_DAY)}"


def _some(said: Sequence[str], named: int) -> Iterable[str]:
    more = len(said) - named
    return said if more <= 0 else [*said[:named], f"{more} earlier"]


def spoken(text: str) -> str:
    """Signs of comparison as words."""
    for sign, words in _SPOKEN:
        text = text.replace(f"{sign} ", words).replace(sign, words)
    return text
