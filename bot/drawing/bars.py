"""Counts as horizontal bars, each with its name to the left and its number at its end; what they count above them."""

from collections.abc import Sequence

from bot.drawing.colours import BLUE, VERMILLION
from bot.drawing.sheet import GREY, Box, Fill, Ink, Sheet, Stroke

Counts = Sequence[tuple[str, int]]

WIDTH, HEIGHT = 1280, 720
BESIDE = "Of all these"
_EDGE, _FOOT = 32, 24
_TITLE, _SAYS = Ink(size=36, bold=True), Ink(size=24, colour=GREY)
_NAME, _COUNT = Ink(size=28, across="right"), Ink(size=30, bold=True)
_LINE, _APART = 32, 52
_MOST_FOR_NAMES, _ROOM_FOR_COUNT, _TALLEST = 0.42, 110, 100


def draw_bars(counts: Counts, beside: Counts, title: str, says: str) -> bytes:
    """`beside` are counts of the same patients once more, in a colour of their own; `says` is what a bar means."""
    sheet = Sheet(WIDTH, HEIGHT)
    sheet.text(_EDGE, HEIGHT - 52, title, sheet.fitting(title, _TITLE, WIDTH - 2 * _EDGE))
    top = HEIGHT - 100
    for line in sheet.wrapped(says, _SAYS, WIDTH - 2 * _EDGE):
        sheet.text(_EDGE, top, line, _SAYS)
        top -= _LINE
    if counts:
        _draw(sheet, counts, beside, top)
    else:
        sheet.text(*sheet.box.middle, "no patients yet", _TITLE.but(colour=GREY, across="center"))
    return sheet.png()


def _draw(sheet: Sheet, counts: Counts, beside: Counts, top: float) -> None:
    """Both groups on one scale."""
    every = [*counts, *beside]
    inks = {name: sheet.fitting(name, _NAME, (WIDTH - 2 * _EDGE) * _MOST_FOR_NAMES) for name, _ in every}
    left = _EDGE + 16 + max(sheet.width_of(name, inks[name]) for name, _ in every)
    one = (WIDTH - _EDGE - _ROOM_FOR_COUNT - left) / max(1, *(count for _, count in every))
    row = min(_TALLEST, (top - _FOOT - (_APART if beside else 0)) / len(every))
    for group, colour in ((counts, BLUE), (beside, VERMILLION)):
        for number, (name, count) in enumerate(group):
            y, right = top - (number + 0.5) * row, left + one * count
            sheet.text(left - 16, y, name, inks[name].but(size=min(inks[name].size, row * 0.7)))
            sheet.area(Box(left, y - row * 0.33, right, y + row * 0.33), Fill(colour), level=1)
            sheet.text(right + 14, y, str(count), _COUNT.but(size=min(_COUNT.size, row * 0.7)))
        if group:
            foot = top - row * len(group)
            sheet.line([(left, top), (left, foot)], Stroke(GREY, 2))
            top = foot - _APART
            if group is counts and beside:
                sheet.text(_EDGE, foot - _APART / 2, BESIDE, _SAYS)
