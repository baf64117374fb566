"""The bounds of every score of a chart (CLINICAL.md 1, D5)."""

from . import entries
from .amounts import Invalid
from .timeline import course_of


def scores(chart: dict) -> list[dict | None]:
    """One report for each entry of chart["scores"], in its order; None for an entry left out."""
    today = course_of(chart).today
    return [one_score(raw, chart.get("sex"), today) for raw in chart.get("scores") or []]


def one_score(raw: object, sex: str | None, today) -> dict | None:
    try:
        return entries.report(entries.read(raw, sex, today))
    except Invalid:
        return None
