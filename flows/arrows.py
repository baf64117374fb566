"""A table of transitions as it is drawn: one arrow for each state that a row leaves."""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

# Trigger, the state or states it leaves, the one it leads to (None: it stays), guard, effect.
Row = tuple[str, Enum | tuple[Enum, ...], Enum | None, str | None, str | None]


class Arrow(NamedTuple):
    """One move in words; `condition` is empty where it has none."""

    source: str
    target: str
    trigger: str
    condition: str


def arrows(table: Iterable[Row]) -> tuple[Arrow, ...]:
    return tuple(
        Arrow(source.value, (target or source).value, str(trigger), (guard or "").strip("_").replace("_", " "))
        for trigger, sources, target, guard, _ in table
        for source in (sources if isinstance(sources, tuple) else (sources,))
    )
