"""Pictures of a patient's course and of the clinic, as PNG; the same bytes for the same facts.

To draw one takes some tenths of a second, and the first one loads matplotlib: not for the event loop.
"""

from collections.abc import Sequence

from flows.trend import Trend


def picture(trend: Trend, title: str) -> bytes:
    """1280 × 960 pixels."""
    from bot.drawing.trend_sheet import draw_trend  # noqa: PLC0415  matplotlib takes time and memory

    return draw_trend(trend, title)


def panel_picture(counts: Sequence[tuple[str, int]], title: str) -> bytes:
    """Patients of the clinic by what is said of them, in the order given; 1280 × 720 pixels."""
    from bot.drawing.bars import draw_bars  # noqa: PLC0415  matplotlib takes time and memory

    return draw_bars(counts, title)
