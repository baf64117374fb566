"""Above the panels: the phases of treatment by name, the first dose, and the courses of steroids."""

from collections.abc import Sequence
from datetime import date

from bot.drawing.colours import STEROIDS, behind
from bot.drawing.scales import Days
from bot.drawing.sheet import BLACK, GREY, Box, Fill, Ink, Room, Sheet, Stroke
from flows.phases import Period
from flows.trend import Trend

_ROW, _GAP, _EDGE = 30, 4, 24
_WORDS, _UNKNOWN = Ink(size=19), Ink(size=19, colour=GREY, across="center")
_SIZES = (19, 16, 14)
_MOST_LANES = 3


def strips(sheet: Sheet, trend: Trend, days: Days, top: float) -> float:
    """From a height downwards; gives the height at which they end."""
    if trend.first_dose is None and not trend.steroids:
        return top
    bottom = top - 2 * _ROW
    room = Room(Box(_EDGE, bottom + _ROW, sheet.box.right - _EDGE, top))
    _first_dose(sheet, trend, days, bottom, room)
    _beside(sheet, days, bottom + _ROW / 2, "dose")
    for span in trend.phases:
        box = days.box(span, bottom, bottom + _ROW)
        sheet.area(box, behind(span), level=1)
        sheet.line([(box.left, box.bottom), (box.left, box.top)], Stroke("white", 2))
        if not _within(sheet, box, (span.says, span.short), Room(box)):
            _above(sheet, span, box, room)
    if not trend.phases:
        sheet.text((days.left + days.right) / 2, bottom + _ROW / 2, "not known", _UNKNOWN)
    return _steroids(sheet, trend.steroids, days, bottom - _GAP)


def _beside(sheet: Sheet, days: Days, height: float, words: str) -> None:
    ink = Ink(size=18, colour=GREY, across="right")
    sheet.text(days.left - 10, height, words, sheet.fitting(words, ink, days.left - 10 - _EDGE / 2))


def _first_dose(sheet: Sheet, trend: Trend, days: Days, bottom: float, room: Room) -> None:
    if trend.first_dose is None:
        return
    x, words = days.x(trend.first_dose), "first dose" if trend.first_dose <= trend.today else "first dose planned"
    sheet.line([(x, bottom), (x, bottom + 2 * _ROW - 6)], Stroke(BLACK, 2), level=3)
    room.take(sheet.text(x + 6, room.frame.middle[1] + 2, words, _WORDS.but(bold=True)))


def _within(sheet: Sheet, box: Box, tried: Sequence[str], room: Room) -> bool:
    """The longest words that the stretch has room for."""
    for words in filter(None, tried):
        for size in _SIZES:
            ink = Ink(size=size, across="center", halo=True)
            if sheet.width_of(words, ink) + 6 < box.width and room.take(sheet.box_of(*box.middle, words, ink)):
                sheet.text(*box.middle, words, ink)
                return True
    return False


def _above(sheet: Sheet, span: Period, box: Box, room: Room) -> None:
    """Words over a stretch that is too short for them, where there is room."""
    (middle, _), height = box.middle, room.frame.middle[1] + 2
    places = ((middle, _WORDS.but(across="center")), (box.right - 4, _WORDS.but(across="right")), (box.left, _WORDS))
    for words in filter(None, (span.says, span.short)):
        for x, ink in places:
            if room.take(sheet.box_of(x, height, words, ink)):
                sheet.text(x, height, words, ink)
                sheet.line([(middle, box.top), (middle, box.top + 5)], Stroke(GREY, 1.5))
                return


def _steroids(sheet: Sheet, courses: Sequence[Period] | None, days: Days, top: float) -> float:
    """A lane for each of the courses that overlap; none where none is recorded."""
    if courses is None:
        _beside(sheet, days, top - _ROW / 2, "steroids")
        sheet.text((days.left + days.right) / 2, top - _ROW / 2, "not known", _UNKNOWN)
        return top - _ROW - _GAP
    ends: list[date] = []
    room = Room(Box(days.left, top - _MOST_LANES * _ROW, days.right, top))
    for course in filter(days.shows, courses):
        lane = next((number for number, end in enumerate(ends) if end <= course.begun), len(ends))
        lane = min(lane, _MOST_LANES - 1)
        ends[lane : lane + 1] = [course.ended or date.max]
        box = days.box(course, top - (lane + 1) * _ROW, top - lane * _ROW)
        sheet.area(box, Fill(STEROIDS, edge="white", width=2), level=1)
        _within(sheet, box, (course.says, course.short, course.short.removesuffix(" mg")), room)
    if ends:
        _beside(sheet, days, top - _ROW / 2, "steroids, mg" if any(each.short for each in courses) else "steroids")
    return top - len(ends) * _ROW - _GAP
