"""The bounds of every score of a chart (CLINICAL.md 1, D5)."""

from . import entries
from .amounts import Invalid
from .endpoints import NO_STOOLS
from .timeline import course_of

# 1.5 names HBI, CDAI, PMS and Mayo; the SCCAI and the diary of 1.3 count stools as well, and have no bands.
COUNTING_STOOLS = ("hbi", "cdai", "partial_mayo", "mayo")


def scores(chart: dict) -> list[dict | None]:
    """One report for each entry of chart["scores"], in its order; None for an entry left out."""
    today = course_of(chart).today
    history = chart.get("history") or {}
    return [one_score(raw, chart.get("sex"), today, history) for raw in chart.get("scores") or []]


def one_score(raw: object, sex: str | None, today, history: dict) -> dict | None:
    try:
        entry = entries.read(raw, sex, today)
    except Invalid:
        return None
    return entries.report(entry) | ({} if is_valid(entry.instrument, history) else {"band": None})


def is_valid(instrument: str, history: dict) -> bool:
    """1.5: pouch, stoma, colectomy leave no HBI, CDAI, PMS or Mayo; there is a sum, and nothing to call it."""
    return instrument not in COUNTING_STOOLS or not any(history.get(key) is True for key in NO_STOOLS)
