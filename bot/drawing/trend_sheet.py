"""A whole trend on one sheet of 4:3: title, phases, panels one below the other, and the days in weeks."""

from bot.drawing.colours import STEROIDS, behind
from bot.drawing.panel import HEADING, draw_panel, heading
from bot.drawing.scales import Days
from bot.drawing.sheet import BLACK, GREY, Box, Fill, Ink, Sheet, Stroke
from bot.drawing.strips import strips
from flows.days import day
from flows.trend import Trend

WIDTH, HEIGHT = 1280, 960
_LEFT, _RIGHT, _EDGE = 108, 1046, 24
_TITLE, _STANDING, _DAY = Ink(size=32, bold=True), Ink(size=21), Ink(size=19, across="center")
_CALENDAR, _BETWEEN_DAYS, _BAND = 62, 132, 9


def draw_trend(trend: Trend, title: str) -> bytes:
    sheet = Sheet(WIDTH, HEIGHT)
    days = Days.of(trend.first, trend.last, _LEFT, _RIGHT)
    top = strips(sheet, trend, days, _head(sheet, trend, title))
    bottom = _calendar(sheet, trend, days)
    height = (top - bottom) / len(trend.panels)
    for number, panel in enumerate(trend.panels):
        box = Box(_LEFT, top - (number + 1) * height + 8, _RIGHT, top - number * height)
        heading(sheet, panel, box)
        inner = Box(box.left, box.bottom, box.right, box.top - HEADING)
        _ground(sheet, trend, days, inner)
        draw_panel(sheet, panel, days, inner)
    return sheet.png()


def _head(sheet: Sheet, trend: Trend, title: str) -> float:
    """The title, and what no remission is shown without; gives the height below them."""
    width = WIDTH - 2 * _EDGE
    y = HEIGHT - 34.0
    sheet.text(_EDGE, y, title, sheet.fitting(title, _TITLE, width))
    y -= 36
    left_out = [f"Not drawn: {', '.join(trend.not_drawn)}"] if trend.not_drawn else []
    checks = [each for each in trend.standing if each.startswith("CHECK")]
    others = [each for each in trend.standing if each not in checks]
    for words in (*checks, " · ".join(others + left_out)):
        for line in sheet.wrapped(words, _STANDING, width):
            sheet.text(_EDGE, y, line, _STANDING)
            y -= 27
    return y + 10


def _ground(sheet: Sheet, trend: Trend, days: Days, box: Box) -> None:
    """The phases behind the values, the steroids beneath them, and the first dose through them."""
    for span in trend.phases:
        stretch = days.box(span, box.bottom, box.top)
        sheet.area(stretch, behind(span))
        sheet.line([(stretch.left, box.bottom), (stretch.left, box.top)], Stroke("white", 2), level=0.2)
    for course in filter(days.shows, trend.steroids or ()):
        sheet.area(days.box(course, box.bottom, box.bottom + _BAND), Fill(STEROIDS), level=0.5)
    if trend.first_dose is not None:
        x = days.x(trend.first_dose)
        sheet.line([(x, box.bottom), (x, box.top)], Stroke(BLACK, 1.5), level=1.5)


def _calendar(sheet: Sheet, trend: Trend, days: Days) -> float:
    """Days, and the week of each beneath it; gives the height above them."""
    origin = trend.first_dose or trend.last
    for on in days.marked(origin, _BETWEEN_DAYS):
        x = days.x(on)
        sheet.line([(x, _CALENDAR), (x, _CALENDAR - 7)], Stroke(GREY, 1.5))
        sheet.text(x, _CALENDAR - 20, day(on), _DAY)
        if trend.first_dose is not None:
            week = (on - trend.first_dose).days // 7
            sheet.text(x, _CALENDAR - 44, f"week {week}".replace("-", "−"), _DAY.but(colour=GREY))
    return _CALENDAR + 0.0
