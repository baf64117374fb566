"""The page Workflow: the course of a patient as a picture, drawn and in words, from the table of its machine."""

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from flows.arrows import Arrow, arrows
from flows.course import TRANSITIONS, Trigger
from flows.protocol.page import Section, Topic, other, protocol
from flows.protocol.sources import THIS_PROJECT
from flows.treatment import Phase


class DrawnMove(NamedTuple):
    """One row of the table, from all the phases that it leaves; `is_recorded` is not said of the date alone."""

    sources: tuple[str, ...]
    target: str
    says: str
    is_recorded: bool


def _moves() -> tuple[DrawnMove, ...]:
    """The moves in the order of the table."""
    rows = [arrows([row]) for row in TRANSITIONS]
    return tuple(
        DrawnMove(tuple(each.source for each in row), row[0].target, _says(row[0]), row[0].trigger != Trigger.ELAPSE)
        for row in rows
    )


def _says(arrow: Arrow) -> str:
    return f"{arrow.trigger}{f', if {arrow.condition}' if arrow.condition else ''}"


def _line(arrow: Arrow) -> str:
    return f"{arrow.source} → {arrow.target}: {_says(arrow)}"


def _picture() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The moves by the phase that they leave, one line a move."""
    order = [phase.value for phase in Phase]
    drawn = sorted(arrows(TRANSITIONS), key=lambda arrow: order.index(arrow.source))
    return tuple(
        (f"From {source}", tuple(map(_line, moves))) for source, moves in groupby(drawn, key=attrgetter("source"))
    )


MOVES = _moves()

WORKFLOW = Section(
    code="workflow",
    title="Workflow",
    topics=(
        Topic(
            title="The course of a patient",
            lines=(
                protocol("its workflow is a picture, which is not part of the text that was read."),
                other(
                    THIS_PROJECT.at("the course of treatment"),
                    "below, from one phase to the next: what is recorded, or the date alone, and on which condition.",
                ),
            ),
        ),
    ),
    picture=_picture(),
)
