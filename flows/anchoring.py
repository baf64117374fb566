"""What a step of the course moves: the end of 45 mg and the open items of the schedule. CLINICAL.md section 4."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from flows.chart import Chart
from flows.protocol.due import OPEN, Due
from flows.protocol.schedule import schedule
from flows.treatment import Treatment


@dataclass(frozen=True, slots=True)
class Moved:
    """One day before and after a step; None while there is none: not open, or an end that cannot be said."""

    label: str
    before: date | None
    after: date | None

    @property
    def has_moved(self) -> bool:
        return self.before != self.after


def reanchored(before: Chart, after: Chart, today: date) -> tuple[Moved, ...]:
    """The end of the induction dose, by its lengths, then every item that is open before or after, also if it stays."""
    return (*_ends(before.treatment, after.treatment, today), *_items(before, after, today))


def _ends(before: Treatment, after: Treatment, today: date) -> Iterator[Moved]:
    """In colitis one line, though the step may be the longer induction; in Crohn's one for each length left open."""
    was, will_be = before.induction_ends(today) or {}, after.induction_ends(today) or {}
    label = f"End of {after.induction_mg(today)} mg"
    if max(len(was), len(will_be)) <= 1:
        yield Moved(label, *(next(iter(ends.values()), None) for ends in (was, will_be)))
        return
    for weeks in sorted({*was, *will_be}):
        yield Moved(f"{label} ({weeks} weeks)", was.get(weeks), will_be.get(weeks))


def _items(before: Chart, after: Chart, today: date) -> Iterator[Moved]:
    """Entries of one item, as the dose after either length of induction, are paired in their order."""
    was, will_be = _by_item(before, today), _by_item(after, today)
    for item in {**was, **will_be}:
        for old, new in zip_longest(was.get(item, ()), will_be.get(item, ())):
            moved = Moved((new or old).title, _open_day(old), _open_day(new))
            if (moved.before, moved.after) != (None, None):
                yield moved


def _by_item(chart: Chart, today: date) -> dict[str, list[Due]]:
    by_item: dict[str, list[Due]] = {}
    for each in schedule(chart, today):
        by_item.setdefault(each.item, []).append(each)
    return by_item


def _open_day(due: Due | None) -> date | None:
    return due.due if due is not None and due.state in OPEN else None
