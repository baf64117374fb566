"""The page Workflow: the course of a patient as a picture in words, from the table of its machine."""

from itertools import groupby
from operator import attrgetter

from flows.arrows import Arrow, arrows
from flows.course import TRANSITIONS
from flows.protocol.sources import THIS_PROJECT
from flows.protocol.summary import Section, Topic, other, protocol
from flows.treatment import Phase


def _line(arrow: Arrow) -> str:
    condition = f", if {arrow.condition}" if arrow.condition else ""
    return f"{arrow.source} → {arrow.target}: {arrow.trigger}{condition}"


def _picture() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The moves by the phase that they leave, one line a move."""
    order = [phase.value for phase in Phase]
    drawn = sorted(arrows(TRANSITIONS), key=lambda arrow: order.index(arrow.source))
    return tuple(
        (f"From {source}", tuple(map(_line, moves))) for source, moves in groupby(drawn, key=attrgetter("source"))
    )


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
