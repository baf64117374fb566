"""Pictures of a patient's course and of the clinic, as PNG; the same bytes for the same facts.

To draw one takes some tenths of a second, and the first one loads matplotlib: not for the event loop.
"""

from collections.abc import Sequence
from datetime import date

from bot.contract.examined import examined_from
from bot.contract.reading import Json
from flows.trend import Trend, trend

Counts = Sequence[tuple[str, int]]


def trend_wish(inputs: str, title: str) -> Json:
    """What a card keeps until the picture of a chart is drawn."""
    return {"trend": inputs, "title": title}


def panel_wish(counts: Counts, beside: Counts, title: str, says: str) -> Json:
    return {"panel": [*map(list, counts)], "beside": [*map(list, beside)], "title": title, "says": says}


def drawing_wish(which: str) -> Json:
    """A picture of what the code itself says; the one there is shows the course of any patient."""
    return {"drawing": which}


def drawn(wish: Json) -> bytes:
    """What a card wishes for."""
    if "panel" in wish:
        # A card that an older version left to be drawn has the counts alone.
        return panel_picture(wish["panel"], wish.get("beside", ()), wish["title"], wish.get("says", ""))
    if "drawing" in wish:
        return workflow_picture()
    examined = examined_from(wish["trend"], date.min)
    return picture(trend(examined.chart, examined.reading.today), wish["title"])


def picture(shown: Trend, title: str) -> bytes:
    """1280 × 960 pixels."""
    from bot.drawing.trend_sheet import draw_trend  # noqa: PLC0415  matplotlib takes time and memory

    return draw_trend(shown, title)


def workflow_picture() -> bytes:
    """The moves of a patient's course; 1080 pixels wide."""
    from bot.drawing.workflow import draw_workflow  # noqa: PLC0415  matplotlib takes time and memory

    return draw_workflow()


def panel_picture(counts: Counts, beside: Counts, title: str, says: str) -> bytes:
    """The patients of the clinic, each once, then what is counted beside that; 1280 × 720 pixels."""
    from bot.drawing.bars import draw_bars  # noqa: PLC0415  matplotlib takes time and memory

    return draw_bars(counts, beside, title, says)
