"""One chart on one day as the schedule looks at it: what it holds, its course, and whose label counts."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from msgspec import Struct, field

from flows.chart import Chart
from flows.citations import Stated
from flows.days import day
from flows.history import Handled, Region
from flows.protocol.as_of_day import is_calm
from flows.protocol.due import Due, DueState, Outcome, Window, listed, voice
from flows.protocol.held import AWAITING, DONE, NOT_POSSIBLE, Held
from flows.protocol.kinds import Baseline, Every, Once
from flows.protocol.monitoring import ITEMS
from flows.protocol.satisfied import names, title_for
from flows.questionnaire import Disease
from flows.treatment import Treatment


class Case(Struct, frozen=True):
    """`day0` is the first dose, recorded or planned; today where there is none.

    `assessed` is the treatment whose induction the schedule assesses: the first one, without what came after its end.
    """

    chart: Chart
    today: date
    day0: date
    held: Held
    treatment: Treatment
    assessed: Treatment
    calm_on: dict[date, bool] = field(default_factory=dict)

    def is_calm(self, on: date) -> bool:
        """In remission with normal markers as of a day, judged once a day."""
        if on not in self.calm_on:
            self.calm_on[on] = is_calm(self.chart, on)
        return self.calm_on[on]

    def names(self, parts: Iterable[str]) -> tuple[str, ...]:
        return names(tuple(parts), self.chart.disease)

    def due(self, item: Baseline | Once | Every, window: Window, outcome: Outcome, slot: str = "") -> Due:
        """An item of the table with what became of it."""
        title, rule = _worded(item.id, self.chart.disease, self.chart.region)
        return Due(
            item=item.id,
            title=title,
            window=window,
            state=outcome.state,
            source=rule.source,
            why=f"{rule.says}; {outcome.note}" if outcome.note else rule.says,
            missing=outcome.missing,
            done_on=outcome.done_on,
            said_on=outcome.said_on,
            slot=slot,
            note=outcome.note,
            rule=item.says,
        )

    def said(self, item: str, since: date, until: date) -> Handled | None:
        """The last thing that was said of an item instead of a value: awaited, or not possible.

        What is awaited counts by the day of its sample; that something is not possible may be said ahead.
        """
        if item not in self.held.said:
            return None
        sayings = [each for each in self.held.said[item] if _speaks(each, since, until)]
        return sayings[-1] if sayings else None

    def undecided(self, parts: Iterable[str], since: date, until: date) -> str:
        """A score with gaps that leave remission open does not count, and is not passed over in silence."""
        if not self.held.partial or "score" not in parts:
            return ""
        found = [gap for gap in self.held.partial if since <= gap[0] <= until]
        if not found:
            return ""
        on, gaps = max(found)
        return f"the score of {day(on)} leaves remission open, not assessed: {listed(gaps)}"


@cache
def _worded(item: str, disease: Disease, region: Region | None) -> tuple[str, Stated]:
    """The title of an item, whose rule it is for a clinic, and how it begins its reason."""
    found = ITEMS[item]
    spoken = voice(found.sources, region)
    says = f"{spoken.names}: {found.says} (window of this project: {found.window})"
    return title_for(item, found.title, disease), Stated(says, spoken.source)


def _speaks(said: Handled, since: date, until: date) -> bool:
    return said.state != DONE and said.on <= until and (said.state != AWAITING or said.on >= since)


def as_said(said: Handled, missing: tuple[str, ...]) -> Outcome:
    why = f": {said.why}" if said.why else ""
    if said.state == NOT_POSSIBLE:
        state, note = DueState.NOT_POSSIBLE, f"not possible ({day(said.on)}){why or ', no reason recorded'}"
    else:
        state, note = DueState.AWAITING, f"result awaited since {day(said.on)}{why}"
    return Outcome(state, note, missing, said_on=said.on)
