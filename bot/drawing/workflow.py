"""The course of a patient as a picture: a column for each phase, a row for each move; so no words cross a line."""

from bot.drawing.colours import BLUE, PHASES
from bot.drawing.sheet import GREY, PALE, Box, Fill, Ink, Sheet, Stroke
from flows.protocol.workflow import MOVES, DrawnMove
from flows.treatment import Phase

WIDTH = 1080
TITLE = "The course of a patient"
SAYS = (
    "One row a move: from a dot to the head of its arrow. A whole line is something recorded, "
    "a dashed one the date alone."
)
_EDGE, _ROW, _HEAD, _COLUMN_HEAD, _GAP = 28, 118, 190, 64, 8
_TITLE, _SAYS = Ink(size=40, bold=True), Ink(size=26, colour=GREY)
_PHASE = Ink(size=29, bold=True, across="center", halo=True)
_MOVE = Ink(size=30, across="center")
_LINE = 36
# Words stand so far above their arrow, and the arrow so far below the middle of its row.
_ABOVE, _BELOW = 24, 26
_LOOP, _TIP, _DOT, _POINT = 46, 15, 18, 26
_PHASES = [each.value for each in Phase]


def draw_workflow(moves: tuple[DrawnMove, ...] = MOVES) -> bytes:
    sheet = Sheet(WIDTH, height_of(moves))
    top = sheet.box.top - 50
    sheet.text(_EDGE, top, TITLE, _TITLE)
    for number, line in enumerate(sheet.wrapped(SAYS, _SAYS, WIDTH - 2 * _EDGE)):
        sheet.text(_EDGE, top - 50 - number * _LINE, line, _SAYS)
    _columns(sheet)
    for number, move in enumerate(moves):
        _move(sheet, move, sheet.box.top - _HEAD - _COLUMN_HEAD - (number + 0.5) * _ROW)
    return sheet.png()


def height_of(moves: tuple[DrawnMove, ...]) -> int:
    return _HEAD + _COLUMN_HEAD + _ROW * len(moves) + _EDGE


def _columns(sheet: Sheet) -> None:
    """The phases in their order, each in its colour, and a line down from it."""
    width = (WIDTH - 2 * _EDGE) / len(_PHASES)
    top = sheet.box.top - _HEAD
    for phase in Phase:
        x = _x(phase.value)
        box = Box(x - width / 2 + _GAP / 2, top - _COLUMN_HEAD, x + width / 2 - _GAP / 2, top)
        fill = PHASES[phase]
        sheet.area(box, Fill(fill.colour, edge=PALE, hatch=fill.hatch, width=1.5))
        sheet.text(*box.middle, phase.value, sheet.fitting(phase.value, _PHASE, box.width - 12))
        sheet.line([(x, box.bottom), (x, _EDGE)], Stroke(PALE, 2), level=1)


def _move(sheet: Sheet, move: DrawnMove, middle: float) -> None:
    """Its words, and below them from where it leads and where to."""
    y, to = middle - _BELOW, _x(move.target)
    places = [_x(each) for each in move.sources]
    stroke = Stroke(BLUE, 4, () if move.is_recorded else (3, 2))
    others = [each for each in places if each != to]
    tip = _TIP + (_DOT / 2 if to in places else 0)
    for side in (-1, 1):
        beyond = [each for each in others if (each - to) * side > 0]
        if beyond:
            sheet.line([(max(beyond, key=lambda each: each * side), y), (to + side * tip, y)], stroke)
            sheet.mark(to + side * tip, y, "<" if side > 0 else ">", _POINT, BLUE)
    if to in places:
        _loop(sheet, to, y, -1 if any(each > to for each in others) else 1, stroke)
    for each in places:
        sheet.mark(each, y, "o", _DOT, BLUE)
    _words(sheet, move, (min([*places, to]) + max([*places, to])) / 2, middle + _ABOVE)


def _loop(sheet: Sheet, x: float, y: float, side: int, stroke: Stroke) -> None:
    """A move that leaves the phase as it is."""
    low, out = y - _LOOP * 0.6, x + side * _LOOP
    sheet.line([(x, y), (out, y), (out, low), (x + side * _TIP, low)], stroke)
    sheet.mark(x + side * _TIP, low, "<" if side > 0 else ">", _POINT, BLUE)


def _words(sheet: Sheet, move: DrawnMove, x: float, y: float) -> None:
    """On white, so that no column's line runs through them."""
    ink = sheet.fitting(move.says, _MOVE, WIDTH - 2 * _EDGE)
    half = sheet.width_of(move.says, ink) / 2
    x = min(max(x, _EDGE + half), WIDTH - _EDGE - half)
    box = sheet.text(x, y, move.says, ink)
    sheet.area(box.grown(4), Fill("white"), level=1.5)


def _x(phase: str) -> float:
    return _EDGE + (WIDTH - 2 * _EDGE) * (_PHASES.index(phase) + 0.5) / len(_PHASES)
