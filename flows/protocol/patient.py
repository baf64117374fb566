"""A chart as the safety rules look at it on one day: its stage of treatment, and its values by analyte."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import force_setattr

from flows.chart import Chart, Medication
from flows.citations import Authority
from flows.history import AdverseEvent, Screened, StoolResult
from flows.samples import Lab, by_analyte
from flows.treatment import Phase

_INFECTION = "infection"
_day = attrgetter("on")


class TreatmentStage(StrEnum):
    """Where a day lies; a quick check knows of no treatment, and an interruption is a part of it."""

    UNKNOWN = "unknown"
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


_STAGES = dict.fromkeys(Phase, TreatmentStage.DURING) | {
    Phase.SCREENING: TreatmentStage.BEFORE,
    Phase.STOPPED: TreatmentStage.AFTER,
}


class Patient(Struct, frozen=True):
    """`values` are those sampled up to today, in the order of their days; `label` is the region's, where one is set.

    All but the chart and the day follows from these two, whatever is given for it.
    """

    chart: Chart
    today: date
    stage: TreatmentStage = TreatmentStage.UNKNOWN
    is_interrupted: bool = False
    label: Authority | None = None
    values: Mapping[str, tuple[Lab, ...]] = {}
    _events: Mapping[str, list[AdverseEvent]] = {}
    _screenings: Mapping[str, tuple[Screened, ...]] = {}

    def __post_init__(self) -> None:
        """Everything here is asked for again and again."""
        chart, today = self.chart, self.today
        phase = chart.treatment.phase(today)
        force_setattr(self, "stage", _STAGES[phase] if chart.started_on else TreatmentStage.UNKNOWN)
        force_setattr(self, "is_interrupted", phase is Phase.INTERRUPTED)
        force_setattr(self, "label", chart.region and chart.region.label)
        force_setattr(self, "values", _values(chart.labs, today))
        force_setattr(self, "_events", _by_kind(_events(chart), today))
        force_setattr(self, "_screenings", _by_item(chart.screening, today))

    def newest(self, code: str) -> Lab | None:
        """The last value, whenever it was taken; of two on one day the later in the list."""
        found = self.values.get(code)
        return found[-1] if found else None

    def every(self, code: str) -> tuple[Lab, ...]:
        return self.values.get(code, ())

    def since_first_dose(self, code: str, before: timedelta = timedelta()) -> tuple[Lab, ...]:
        """The values from the first dose on, or so long before it; all of them where there is no first dose yet."""
        first = self.chart.started_on
        if first is None or self.stage is TreatmentStage.BEFORE:
            return self.every(code)
        return tuple(each for each in self.every(code) if each.on >= first - before)

    def baseline(self, code: str, window: timedelta) -> Lab | None:
        """The last value on or before the first dose, within a window."""
        first = self.chart.started_on
        if first is None or self.stage is TreatmentStage.BEFORE:
            return None
        found = [each for each in self.every(code) if first - window <= each.on <= first]
        return found[-1] if found else None

    def taken(self, *kinds: str) -> tuple[Medication, ...]:
        return self.chart.taken(kinds, self.today)

    def events(self, kinds: Collection[str], lasting: timedelta | None = None) -> tuple[AdverseEvent, ...]:
        """The events of some kinds up to today, the newest first; only those of the last days, if it is said so."""
        if self._events.keys().isdisjoint(kinds):
            return ()
        known = [each for kind in kinds for each in self._events.get(kind, ())]
        found = [each for each in known if lasting is None or self.today - each.on <= lasting]
        return tuple(sorted(found, key=_day, reverse=True))

    def screenings(self, item: str) -> tuple[Screened, ...]:
        """Of one item, in the order of their days."""
        return self._screenings.get(item, ())

    def screened(self, item: str) -> Screened | None:
        """The last one; of two on one day the later in the list."""
        found = self.screenings(item)
        return found[-1] if found else None

    def hears(self, label: Authority) -> bool:
        """Whether a label speaks to the patient: that of the region, or every one where no region is set."""
        return self.label is None or self.label is label

    def began_by(self, on: date) -> bool:
        """Whether a day lies on or after the first dose, or may."""
        return self.chart.started_on is None or on >= self.chart.started_on


def _events(chart: Chart) -> tuple[AdverseEvent, ...]:
    """With the infections that a positive test of the stool tells of, and no event of its day does."""
    if not chart.stool_tests:
        return chart.events
    told = {each.on for each in chart.events if each.kind == _INFECTION}
    positive = {each.on: each for each in chart.stool_tests if each.result is StoolResult.POSITIVE}
    found = [each for on, each in positive.items() if on not in told]
    return (*chart.events, *(AdverseEvent(kind=_INFECTION, on=each.on, serious=each.serious) for each in found))


def _by_kind(events: Iterable[AdverseEvent], today: date) -> dict[str, list[AdverseEvent]]:
    by_kind: dict[str, list[AdverseEvent]] = {}
    for each in events:
        if each.on <= today:
            by_kind.setdefault(each.kind, []).append(each)
    return by_kind


def _by_item(screening: Iterable[Screened], today: date) -> dict[str, tuple[Screened, ...]]:
    """In the order of their days; of two on one day the later in the list comes last."""
    found: dict[str, tuple[Screened, ...]] = {}
    for each in sorted(screening, key=_day):
        if each.on <= today:
            found[each.item] = (*found.get(each.item, ()), each)
    return found


def _values(labs: Iterable[Lab], today: date) -> dict[str, tuple[Lab, ...]]:
    return {
        code: tuple(every if every[-1].on <= today else [lab for lab in every if lab.on <= today])
        for code, every in by_analyte(labs).items()
    }
