"""A white sheet of so many pixels: text that knows its size, lines, areas and marks. No pyplot, nothing global."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

BLACK, GREY, PALE = "#1A1A1A", "#5F5F5F", "#B8B8B8"
# So many dots an inch that a point is a pixel.
_DPI = 72
_APART = 5
_SMALLEST = 3


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def meets(self, other: "Box") -> bool:
        return not (
            self.right <= other.left or other.right <= self.left or self.top <= other.bottom or other.top <= self.bottom
        )

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def is_within(self, other: "Box") -> bool:
        across = other.left <= self.left and self.right <= other.right
        return across and other.bottom <= self.bottom and self.top <= other.top

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


class Room:
    """A frame, what is taken of it, and the lines in it, which words cross only where they have to."""

    def __init__(self, frame: Box, taken: Iterable[Box] = (), lines: Iterable[Box] = ()) -> None:
        self.frame = frame
        self._taken, self._lines = list(taken), list(lines)

    def take(self, box: Box, *, may_cross: bool = False) -> bool:
        """False where it would touch what stands there, or leave the frame."""
        others = self._taken if may_cross else [*self._taken, *self._lines]
        is_free = box.is_within(self.frame) and not any(box.meets(each) for each in others)
        if is_free:
            self._taken.append(box.grown(_APART))
        return is_free


@dataclass(frozen=True, slots=True)
class Ink:
    """How words look and where they stand to their place; a halo keeps them legible on a line."""

    size: float = 20
    colour: str = BLACK
    bold: bool = False
    across: Literal["left", "center", "right"] = "left"
    up: Literal["baseline", "center", "top", "bottom"] = "center"
    halo: bool = False

    def but(self, **changes: object) -> "Ink":
        return replace(self, **changes)  # type: ignore[arg-type]  # as dataclasses do


@dataclass(frozen=True, slots=True)
class Stroke:
    colour: str = BLACK
    width: float = 2
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Fill:
    """`hatch` as matplotlib writes it, in the colour of the edge."""

    colour: str = "none"
    edge: str = "none"
    hatch: str | None = None
    width: float = 0


class Sheet:
    """Pixels from the lower left corner."""

    def __init__(self, width: int, height: int) -> None:
        self.box = Box(0, 0, width, height)
        self._figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor="white")
        self._canvas = FigureCanvasAgg(self._figure)

    def png(self) -> bytes:
        """The same bytes for the same drawing: neither a date nor the version of a library."""
        stream = BytesIO()
        self._figure.savefig(stream, format="png", dpi=_DPI, metadata={"Software": None})
        return stream.getvalue()

    def text(self, x: float, y: float, words: str, ink: Ink) -> Box:
        return self._write(self._words(x, y, words, ink))

    def box_of(self, x: float, y: float, words: str, ink: Ink) -> Box:
        return self._size(self._words(x, y, words, ink))

    def width_of(self, words: str, ink: Ink) -> float:
        return self._size(self._words(0, 0, words, ink)).width

    def wrapped(self, words: str, ink: Ink, width: float) -> list[str]:
        """Lines that are no wider; a single word may be."""
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width_of(longer, ink) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def fitting(self, words: str, ink: Ink, width: float) -> Ink:
        """Smaller where the words would be too wide; letters do not shrink evenly."""
        needed = self.width_of(words, ink)
        while needed > width and ink.size > _SMALLEST:
            ink = ink.but(size=ink.size * min(0.98, width / needed))
            needed = self.width_of(words, ink)
        return ink

    def line(self, points: Iterable[tuple[float, float]], stroke: Stroke, level: float = 2) -> None:
        xs, ys = zip(*points, strict=True)
        line = Line2D(xs, ys, color=stroke.colour, linewidth=stroke.width, zorder=level)
        if stroke.dashes:
            line.set_linestyle((0, stroke.dashes))
        line.set_solid_capstyle("butt")
        self._add(line)

    def area(self, box: Box, fill: Fill, level: float = 0) -> None:
        corner, height = (box.left, box.bottom), box.top - box.bottom
        rectangle = Rectangle(corner, box.width, height, facecolor=fill.colour, edgecolor=fill.edge, zorder=level)
        rectangle.set_linewidth(fill.width)
        if fill.hatch:
            rectangle.set_hatch(fill.hatch)
        self._add(rectangle)

    def mark(self, x: float, y: float, shape: str, size: float, colour: str) -> Box:
        """A filled mark with a white rim."""
        rim = {"markeredgecolor": "white", "markeredgewidth": 1.5}
        self._add(Line2D([x], [y], marker=shape, markersize=size, color=colour, zorder=4, **rim))  # type: ignore[arg-type]
        return Box(x, y, x, y).grown(size / 2)

    def _words(self, x: float, y: float, words: str, ink: Ink) -> Text:
        up = "center_baseline" if ink.up == "center" else ink.up
        text = Text(x, y, words, color=ink.colour, fontsize=ink.size, horizontalalignment=ink.across, zorder=5)
        text.set(verticalalignment=up, fontweight="bold" if ink.bold else "normal", parse_math=False)
        if ink.halo:
            text.set_path_effects([withStroke(linewidth=4, foreground="white")])
        text.set_figure(self._figure)
        text.set_transform(IdentityTransform())
        return text

    def _size(self, text: Text) -> Box:
        extent = text.get_window_extent(self._canvas.get_renderer())  # type: ignore[no-untyped-call]  # matplotlib's own
        return Box(extent.x0, extent.y0, extent.x1, extent.y1)

    def _write(self, text: Text) -> Box:
        box = self._size(text)
        self._figure.add_artist(text)
        return box

    def _add(self, artist: Artist) -> None:
        artist.set_transform(IdentityTransform())
        self._figure.add_artist(artist)
