"""The values of a panel, with what is not known of them, and the days that lack one."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.drawing.colours import BLUE
from bot.drawing.scales import Days, Values
from bot.drawing.sheet import GREY, Box, Ink, Room, Sheet, Stroke
from flows.quantities import Bound
from flows.series import Limit, Point, TrendPanel

_NUMBER, _MISSING = Ink(size=21, across="center", halo=True), Ink(size=17, colour=GREY, across="center", halo=True)
_DOWN = frozenset({Bound.BELOW, Bound.AT_MOST})
_SURE, _CENSORED = Stroke(BLUE, 2.5), Stroke(BLUE, 2, (1.5, 2.5))
# Of more values than these only the newest, the first, the highest and the lowest have their number beside them.
_MOST_NUMBERED = 14
_LANE = 24


def written(words: str) -> str:
    return words.replace("<=", "≤").replace(">=", "≥")


def height_of(point: Point) -> float:
    """Where the mark of a value stands: a censored one at the bound that the laboratory wrote."""
    return point.lowest if point.highest is None else point.highest


def height_of_limit(panel: TrendPanel, limit: Limit) -> float:
    """Between the whole numbers that meet a rule and those that do not; at the limit of a measure."""
    return limit.highest_met + (0 if panel.unit else 0.5)


def draw_points(sheet: Sheet, panel: TrendPanel, days: Days, values: Values, box: Box) -> None:
    """Every value has its mark, every gap its line; words beside them where there is room, the newest first."""
    lines = list(_connect(sheet, panel, days, values))
    heights = [values.y(height_of_limit(panel, each)) for each in panel.limits]
    lines += [Box(box.left, y - 1, box.right, y + 1) for y in heights]
    marks = [_draw(sheet, each, days.x(each.on), values) for each in panel.points]
    gaps = [days.x(each.on) for each in panel.missing]
    room = Room(box, marks, [*lines, *(Box(x - 1, box.bottom, x + 1, box.top - _LANE) for x in gaps)])
    for x in reversed(gaps):
        _gap(sheet, x, box, room)
    for place in _worth(panel.points):
        ink = _NUMBER.but(bold=place == len(panel.points) - 1)
        _number(sheet, written(panel.points[place].says), marks[place], ink, room)


def _connect(sheet: Sheet, panel: TrendPanel, days: Days, values: Values) -> Iterator[Box]:
    """Nothing leads over a missing value or to a range; what leads to a censored one is dotted.

    Gives boxes along its lines.
    """
    for one, other in pairwise(panel.points):
        is_broken = any(one.on <= each.on <= other.on for each in panel.missing)
        if is_broken or _is_range(one) or _is_range(other):
            continue
        ends = [(days.x(each.on), values.y(height_of(each))) for each in (one, other)]
        sheet.line(ends, _SURE if one.is_exact and other.is_exact else _CENSORED, level=3)
        yield from _along(*ends)


def _along(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Box]:
    steps = math.ceil(math.dist(one, other) / 8) or 1
    for number in range(steps + 1):
        x, y = (a + (b - a) * number / steps for a, b in zip(one, other, strict=True))
        yield Box(x - 1, y - 1, x + 1, y + 1)


def _is_range(point: Point) -> bool:
    return point.bound is Bound.EXACT and not point.is_exact


def _draw(sheet: Sheet, point: Point, x: float, values: Values) -> Box:
    if _is_range(point):
        return _bar(sheet, point, x, values)
    y = values.y(height_of(point))
    if point.bound is Bound.EXACT:
        return sheet.mark(x, y, "o", 13, BLUE)
    return sheet.mark(x, y, "v" if point.bound in _DOWN else "^", 16, BLUE)


def _bar(sheet: Sheet, point: Point, x: float, values: Values) -> Box:
    """From the lowest to the highest that is still possible; an arrow where there is no end."""
    bottom = values.y(point.lowest)
    top = values.top if point.highest is None else values.y(point.highest)
    sheet.line([(x, bottom), (x, top)], Stroke(BLUE, 4), level=3)
    sheet.line([(x - 8, bottom), (x + 8, bottom)], Stroke(BLUE, 3), level=3)
    if point.highest is None:
        sheet.mark(x, top, "^", 16, BLUE)
    else:
        sheet.line([(x - 8, top), (x + 8, top)], Stroke(BLUE, 3), level=3)
    return Box(x - 8, bottom - 3, x + 8, top + 3)


def _gap(sheet: Sheet, x: float, box: Box, room: Room) -> None:
    """In a lane above all values, so that it is none."""
    sheet.line([(x, box.bottom), (x, box.top - _LANE)], Stroke(GREY, 1.5, (2, 4)))
    half, y = sheet.width_of("missing", _MISSING) / 2, box.top - _LANE / 2 - 2
    inside = min(max(x, box.left + half + 1), box.right - half - 1)
    if room.take(sheet.box_of(inside, y, "missing", _MISSING), may_cross=True):
        sheet.text(inside, y, "missing", _MISSING)


def _worth(points: Sequence[Point]) -> Iterator[int]:
    """Places of the values whose number is shown, in the order in which they take their room."""
    places = list(range(len(points)))[::-1]
    if len(places) > _MOST_NUMBERED:
        by_height = sorted(places, key=lambda place: height_of(points[place]))
        places = list(dict.fromkeys([places[0], places[-1], by_height[-1], by_height[0]]))
    yield from places


def _number(sheet: Sheet, words: str, mark: Box, ink: Ink, room: Room) -> None:
    """Above its mark, else below or beside it: first where it touches no line, then where it touches one."""
    (x, y), half = mark.middle, sheet.width_of(words, ink) / 2
    left, right = room.frame.left + half + 1, room.frame.right - half - 1
    above, below, before, after = mark.top + 17, mark.bottom - 15, mark.left - half - 4, mark.right + half + 4
    places = [(x, above), (x, below), (after, y), (before, y), (after, above), (before, above), (after, below),
              (before, below), (x, above + _LANE), (before, above + _LANE), (x, below - _LANE)]  # fmt: skip
    for may_cross in (False, True):
        for across, up in places:
            inside = min(max(across, left), right)
            if room.take(sheet.box_of(inside, up, words, ink), may_cross=may_cross):
                sheet.text(inside, up, words, ink)
                return
