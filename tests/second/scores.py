"""The bounds of every score of a chart (CLINICAL.md 1, D5)."""

from . import entries
from .amounts import Invalid
from .endpoints import NO_STOOLS
from .months import is_month, possible_days
from .timeline import Course, course_of

# 1.5 names HBI, CDAI, PMS and Mayo; the SCCAI and the diary of 1.3 count stools as well, and have no bands.
COUNTING_STOOLS = ("hbi", "cdai", "partial_mayo", "mayo")


def scores(chart: dict) -> list[dict | None]:
    """One report for each entry of chart["scores"], in its order; None for one left out. Those of a month come last."""
    given = chart.get("scores") or []
    in_order = sorted(given, key=lambda raw: is_month(raw.get("on")))
    return [one_score(raw, chart, course_of(chart)) for raw in in_order]


def one_score(raw: dict, chart: dict, course: Course) -> dict | None:
    try:
        days = possible_days(raw, course.today, course.first_dose)
        entry = entries.read(raw | {"on": days[0].isoformat()}, chart.get("sex"), course.today)
    except Invalid:
        return None
    found = entries.report(entry) | ({"on": raw["on"]} if is_month(raw["on"]) else {})
    return found | ({} if is_valid(entry.instrument, chart.get("history") or {}) else {"band": None})


def is_valid(instrument: str, history: dict) -> bool:
    """1.5: pouch, stoma, colectomy leave no HBI, CDAI, PMS or Mayo; there is a sum, and nothing to call it."""
    return instrument not in COUNTING_STOOLS or not any(history.get(key) is True for key in NO_STOOLS)
