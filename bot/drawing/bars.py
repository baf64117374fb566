"""Counts as horizontal bars, each with its name to the left and its number at its end."""

from collections.abc import Sequence

from bot.drawing.colours import BLUE
from bot.drawing.sheet import GREY, Box, Fill, Ink, Sheet, Stroke

WIDTH, HEIGHT = 1280, 720
_EDGE, _TOP, _FOOT = 32, 620, 32
_TITLE, _NAME, _COUNT = Ink(size=36, bold=True), Ink(size=28, across="right"), Ink(size=30, bold=True)
_MOST_FOR_NAMES, _ROOM_FOR_COUNT, _TALLEST = 0.42, 110, 100


def draw_bars(counts: Sequence[tuple[str, int]], title: str) -> bytes:
    sheet = Sheet(WIDTH, HEIGHT)
    sheet.text(_EDGE, HEIGHT - 52, title, sheet.fitting(title, _TITLE, WIDTH - 2 * _EDGE))
    if counts:
        _draw(sheet, counts)
    else:
        sheet.text(*sheet.box.middle, "no patients yet", _TITLE.but(colour=GREY, across="center"))
    return sheet.png()


def _draw(sheet: Sheet, counts: Sequence[tuple[str, int]]) -> None:
    inks = [sheet.fitting(name, _NAME, (WIDTH - 2 * _EDGE) * _MOST_FOR_NAMES) for name, _ in counts]
    left = _EDGE + 16 + max(sheet.width_of(name, ink) for (name, _), ink in zip(counts, inks, strict=True))
    one = (WIDTH - _EDGE - _ROOM_FOR_COUNT - left) / max(1, *(count for _, count in counts))
    row = min(_TALLEST, (_TOP - _FOOT) / len(counts))
    for number, ((name, count), ink) in enumerate(zip(counts, inks, strict=True)):
        y, right = _TOP - (number + 0.5) * row, left + one * count
        sheet.text(left - 16, y, name, ink.but(size=min(ink.size, row * 0.7)))
        sheet.area(Box(left, y - row * 0.33, right, y + row * 0.33), Fill(BLUE), level=1)
        sheet.text(right + 14, y, str(count), _COUNT.but(size=min(_COUNT.size, row * 0.7)))
    sheet.line([(left, _TOP), (left, _TOP - row * len(counts))], Stroke(GREY, 2))
