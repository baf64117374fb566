"""On which days a chart has what: every part of the schedule's items with its days, collected once."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from msgspec import Struct, field

from flows.chart import Chart, Score
from flows.history import Handled, Screened
from flows.protocol import markers
from flows.protocol.endpoints import CD_CLINICAL_REMISSION, UC_CLINICAL_REMISSION
from flows.protocol.facts import SOURCES
from flows.protocol.satisfied import PARTS, SAME_PART, sayings, schedule_id
from flows.questionnaire import Disease
from flows.ranges import Range
from flows.samples import by_analyte

DONE, AWAITING, NOT_POSSIBLE = "done", "awaiting", "not_possible"
_HIGHEST_IN_REMISSION = {each.disease: each.highest_met for each in (CD_CLINICAL_REMISSION, UC_CLINICAL_REMISSION)}
_SOURCES = (("score", "hbi"), ("score", "pms"), ("endoscopy", "ses_cd"), ("endoscopy", "mes"))
# By disease and instrument: the parts that a score may be, and the items that tell of each.
_PARTS_OF_SCORE: dict[tuple[Disease, str], list[tuple[str, tuple[str, ...]]]] = {}
for _part, _source in _SOURCES:
    for _instrument in SOURCES[_source].instruments:
        _key = (_instrument.disease, _instrument.code)
        _PARTS_OF_SCORE.setdefault(_key, []).append((_part, SOURCES[_source].items))
# A test whose day is known and whose result is not: done, result not entered.
_NEEDS_RESULT = frozenset({"igra", "chest"})
# An IGRA is a review for tuberculosis, too.
_ALSO = {"igra": ("tb_re",)}
_MARKERS_OF = {
    "hbv": (("hbsag", "hbsag"), ("anti_hbc", "anti_hbc"), ("dna", "hbv_dna")),
    "hcv": (("anti_hcv", "anti_hcv"), ("rna", "hcv_rna")),
}


class Held(Struct, frozen=True):
    """Days by part, ascending. `entered` are those with a value; the others of the `marked` parts somebody called done.

    `partial` are scores that leave remission open, with the items not assessed; `said` what persons said by item.
    """

    days: Mapping[str, list[date]]
    entered: Mapping[str, set[date]]
    partial: tuple[tuple[date, tuple[str, ...]], ...] = ()
    said: Mapping[str, tuple[Handled, ...]] = field(default_factory=dict)
    marked: Collection[str] = ()

    def first(self, part: str, since: date, until: date) -> date | None:
        days = self.days.get(part)
        if not days:
            return None
        place = bisect_left(days, since)
        return days[place] if place < len(days) and days[place] <= until else None

    def last(self, part: str, since: date, until: date) -> date | None:
        days = self.days.get(part)
        if not days:
            return None
        place = bisect_right(days, until) - 1
        return days[place] if place >= 0 and days[place] >= since else None

    def completed(self, parts: Iterable[str], since: date, until: date) -> date | None:
        """The first day by which every part was there, or None."""
        completing = date.min
        for part in parts:
            found = self.first(part, since, until)
            if found is None:
                return None
            completing = max(completing, found)
        return completing

    def lacking(self, parts: Iterable[str], since: date, until: date) -> tuple[str, ...]:
        return tuple([part for part in parts if part not in self.days or self.first(part, since, until) is None])

    def not_entered(self, parts: Iterable[str], since: date, until: date) -> tuple[str, ...]:
        """Of parts that are all there, those of which there is only the word that they were done."""
        return tuple([part for part in parts if part in self.marked and not self._has_value(part, since, until)])

    def _has_value(self, part: str, since: date, until: date) -> bool:
        return any(since <= day <= until for day in self.entered.get(part, ()))


def hold(chart: Chart, today: date) -> Held:
    """What is dated after `today`, or not dated, is not there."""
    entered: dict[str, set[date]] = {}
    for code, labs in by_analyte(chart.labs).items():
        if days := [lab.on for lab in labs if lab.on <= today]:
            entered.setdefault(SAME_PART.get(code, code), set()).update(days)
    partial = tuple(gap for score in chart.scores if score.on <= today for gap in _enter(entered, chart, score))
    marked: dict[str, set[date]] = {}
    for screened in chart.screening:
        if screened.on <= today:
            _screen(entered, marked, screened)
    said = sayings(chart, today)
    for item, words in said.items():
        for part in (*PARTS[item], *_ALSO.get(item.removeprefix("base_"), ())):
            marked.setdefault(part, set()).update(each.on for each in words if each.state == DONE)
    every = {part: sorted(on) for part, on in entered.items()}
    every |= {part: sorted({*on, *entered.get(part, ())}) for part, on in marked.items()}
    return Held(days=every, entered=entered, partial=partial, said=said, marked=marked.keys())


def _enter(entered: dict[str, set[date]], chart: Chart, score: Score) -> list[tuple[date, tuple[str, ...]]]:
    """Enter a score under each part that it is; a symptom score that leaves remission open is returned instead."""
    gaps = []
    for part, items in _PARTS_OF_SCORE.get((chart.disease, score.questionnaire.code), ()):
        if not score.speaks_of(*items):
            continue
        if part == "score" and not _is_decided(score.sum_of(*items), chart.disease):
            gaps.append((score.on, score.missing(*items)))
        else:
            entered.setdefault(part, set()).add(score.on)
    return gaps


def _is_decided(found: Range, disease: Disease) -> bool:
    highest = _HIGHEST_IN_REMISSION[disease]
    assert highest is not None
    return found.is_exact or found.lowest > highest or (found.highest is not None and found.highest <= highest)


def _screen(entered: dict[str, set[date]], marked: dict[str, set[date]], screened: Screened) -> None:
    item = screened.item
    if item in _MARKERS_OF:
        told = markers.of(screened)
        for marker, part in _MARKERS_OF[item]:
            if marker in told:
                entered.setdefault(part, set()).add(screened.on)
        return
    known = schedule_id(screened.item)
    for part in (item,) if known is None else (*PARTS[known], *_ALSO.get(item, ())):
        lacks_result = item in _NEEDS_RESULT and screened.result is None
        (marked if lacks_result else entered).setdefault(part, set()).add(screened.on)
