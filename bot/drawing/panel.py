"""One score or biomarker by day: its name, its axis, its limits."""

from bot.drawing.colours import LIMITS, VERMILLION
from bot.drawing.points import draw_points, height_of, height_of_limit, written
from bot.drawing.scales import Days, Values
from bot.drawing.sheet import GREY, Box, Ink, Sheet, Stroke
from flows.series import TrendPanel

# Calprotectin runs over three orders of magnitude, and a fall from 2000 to 200 is what a reader looks for.
_LOGARITHMIC = frozenset({"fcp"})
# What its axis always shows, even of a patient without values.
_ALWAYS = (30.0, 1000.0)
# A score without an upper bound is shown with so much room above what is known of it.
_MORE = 1.4
HEADING = 34
_APART, _APART_LOG = 28, 22
_GRID = "#DADDE0"
_ABOVE, _BELOW, _LINE = 38, 22, 22
# A score that can be no more than this is shown over all that it can be.
_SHORT_SCALE = 10
_NAME, _SMALL = Ink(size=24, bold=True), Ink(size=19)


def heading(sheet: Sheet, panel: TrendPanel, box: Box) -> None:
    """The name with its unit, then what is to be known before the values are read."""
    unit = f" {panel.unit}{', logarithmic scale' if panel.id in _LOGARITHMIC else ''}" if panel.unit else ""
    y = box.top - HEADING / 2
    name = sheet.text(box.left, y, panel.name, _NAME)
    said = sheet.text(name.right + 4, y, unit, _SMALL.but(colour=GREY))
    words = written(" · ".join(filter(None, (panel.gap if panel.points else "", *panel.notes))))
    if words:
        ink = _SMALL.but(colour=VERMILLION, bold=True, across="right")
        sheet.text(box.right, y, words, sheet.fitting(words, ink, box.right - said.right - 24))


def draw_panel(sheet: Sheet, panel: TrendPanel, days: Days, box: Box) -> None:
    """Inside a box; limits are named to the right of it."""
    values = _values(panel, box)
    _axis(sheet, panel, values, box)
    _limits(sheet, panel, values, box)
    if not panel.points:
        x, y = box.middle[0], box.bottom + (box.top - box.bottom) / 4
        sheet.text(x, y, panel.gap, _NAME.but(colour=GREY, across="center", halo=True))
    draw_points(sheet, panel, days, values, box)


def _values(panel: TrendPanel, box: Box) -> Values:
    numbers = [each.lowest for each in panel.points]
    numbers += [each.lowest * _MORE + 1 if each.highest is None else each.highest for each in panel.points]
    if panel.id in _LOGARITHMIC:
        # The lower end of a censored value is no number that was measured.
        numbers = [*(height_of(each) for each in panel.points), *_ALWAYS]
    numbers += [height_of_limit(panel, each) for each in panel.limits]
    numbers += [panel.most] if panel.most and panel.most <= _SHORT_SCALE else []
    scale = Values.logarithmic if panel.id in _LOGARITHMIC else Values.linear
    return scale(numbers, box.bottom + _BELOW, box.top - _ABOVE)


def _axis(sheet: Sheet, panel: TrendPanel, values: Values, box: Box) -> None:
    apart = _APART_LOG if values.is_log else _APART
    for each in values.marked(apart, is_whole=not panel.unit) if panel.points or panel.limits else ():
        y = values.y(each)
        sheet.line([(box.left, y), (box.right, y)], Stroke(_GRID, 1), level=1)
        sheet.text(box.left - 10, y, f"{each:g}", _SMALL.but(colour=GREY, across="right"))
    corners = [(box.left, box.top), (box.left, box.bottom), (box.right, box.bottom)]
    sheet.line(corners, Stroke(GREY, 1.5))


def _limits(sheet: Sheet, panel: TrendPanel, values: Values, box: Box) -> None:
    """Dashed lines, each with its name to the right, moved apart where two lie near each other."""
    floor = box.bottom
    for limit, colour in sorted(zip(panel.limits, LIMITS, strict=False), key=lambda each: each[0].highest_met):
        y, ink = values.y(height_of_limit(panel, limit)), _SMALL.but(colour=colour)
        sheet.line([(box.left, y), (box.right, y)], Stroke(colour, 2, (7, 4)))
        room = sheet.box.right - box.right - 16
        words = f"{limit.says}, {limit.whose}"
        lines = sheet.wrapped(written(words), ink, room)
        height = len(lines) * _LINE
        foot = min(max(y - height / 2, floor), box.top - height)
        for number, line in enumerate(reversed(lines)):
            sheet.text(box.right + 10, foot + (number + 0.5) * _LINE, line, ink)
        floor = foot + height
