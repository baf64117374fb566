"""Hepatitis B and C before the first dose: a positive marker is never done while something of it is open.

CLINICAL.md section 4. A positive marker is not undone by a later negative one, and is as old as its last test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from msgspec import Struct

from flows.citations import Stated
from flows.history import Result, Screened
from flows.protocol import markers
from flows.protocol.baseline_items import RESULT, SCREENING_ITEMS, Checked, CheckState, Item, Place, Span
from flows.protocol.sources import HEPATITIS_GUIDANCE, US_BEFORE_TREATMENT

Entries = tuple[Screened, ...]
# Screenings in the order of their days, without these: the item, its result, and results by part.
Told = tuple[tuple[str, Result | None, tuple[tuple[str, Result], ...]], ...]
# Results of a marker, each after the place of its screening among the others.
Seen = list[tuple[int, Result]]


class _Read(Struct, frozen=True):
    """What screenings of a virus tell, whatever their days.

    `standing` are the places of those that tell what counts of each marker, `settled` by marker the places of all that
    leave nothing of it open; `is_empty` where they tell of nothing.
    """

    result: Result | None
    opens: tuple[Stated, ...]
    missing: tuple[str, ...]
    standing: tuple[int, ...]
    settled: tuple[tuple[int, ...], ...]
    is_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Virus:
    """`markers` are asked of everybody, `nucleic` after a positive one; `lasting` stays open whatever that shows.

    Each is there once, so two are never compared by what they ask.
    """

    item: Item
    disease: str
    markers: Mapping[str, str]
    nucleic: tuple[str, str]
    lasting: str | None = None

    @property
    def evaluation(self) -> Stated:
        return Stated(f"{self.disease}: evaluation", US_BEFORE_TREATMENT)

    @property
    def lasting_positive(self) -> Stated:
        """What stays open after a negative nucleic acid test."""
        title = self.markers[self.lasting] if self.lasting else ""
        return replace(self.evaluation, says=f"{self.evaluation.says} ({title} positive)")

    @property
    def stated(self) -> tuple[Stated, ...]:
        titles = (*self.markers.values(), self.nucleic[1])
        tests = (Stated(self.nucleic[1], HEPATITIS_GUIDANCE), *(_repeat(each) for each in titles))
        return (*tests, self.evaluation, *((self.lasting_positive,) if self.lasting else ()))


def _repeat(title: str) -> Stated:
    return Stated(f"repeat {title}", HEPATITIS_GUIDANCE)


HBV = Virus(
    item=SCREENING_ITEMS["hbv"],
    disease="hepatitis B",
    markers={"hbsag": "HBsAg", "anti_hbc": "anti-HBc"},
    nucleic=("dna", "HBV DNA"),
    lasting="hbsag",
)
HCV = Virus(
    item=SCREENING_ITEMS["hcv"], disease="hepatitis C", markers={"anti_hcv": "anti-HCV"}, nucleic=("rna", "HCV RNA")
)
STATED = (*HBV.stated, *HCV.stated)


def hepatitis(virus: Virus, entries: Entries, span: Span) -> Checked:
    item, read = virus.item, _read(virus, tuple([(each.item, each.result, each.more) for each in entries]))
    standing = [entries[place].on for place in read.standing]
    on = min(standing) if standing else entries[-1].on if entries else None
    if read.opens:
        says = "; ".join([each.says for each in read.opens])
        return item.awaiting(says, on, read.result, read.opens[0].source, read.missing)
    if read.missing and read.is_empty:
        return item.awaiting(RESULT, on)
    if read.missing:
        return item.checked(CheckState.MISSING, missing=read.missing, on=on)
    why = f"{virus.nucleic[1]} negative" if read.result and read.result.is_positive else ""
    days = [span.counted([entries[place].on for place in places]) for places in read.settled]
    return item.placed(_day(days, span), span, why, read.result)


@lru_cache(maxsize=1024)
def _read(virus: Virus, told: Told) -> _Read:
    """Screenings tell the same again and again."""
    known = [markers.told(*each) for each in told]
    seen = {name: [(at, each[name]) for at, each in enumerate(known) if name in each] for name in virus.markers}
    standing = {name: _standing(each) for name, each in seen.items() if each}
    results = {name: result for name, (_, result) in standing.items()}
    bare = _bare(virus, told, known)
    nucleic = [each[virus.nucleic[0]] for each in known if virus.nucleic[0] in each]
    return _Read(
        result=_strongest({*results.values(), *bare}),
        opens=_opens(virus, results, bare, nucleic[-1] if nucleic else None),
        missing=tuple([title for name, title in virus.markers.items() if name not in results]),
        standing=tuple([at for at, _ in standing.values()]),
        settled=tuple([_settled(each) for each in seen.values()]),
        is_empty=bool(told) and all(result is None and not more for _, result, more in told),
    )


def _opens(
    virus: Virus, results: Mapping[str, Result], bare: list[Result], nucleic: Result | None
) -> tuple[Stated, ...]:
    """What is to come, in its order."""
    repeats = tuple(_repeat(title) for title in _indeterminate(virus, results, bare))
    if nucleic is Result.POSITIVE:
        return (virus.evaluation, *repeats)
    if not any(each.is_positive for each in (*results.values(), *bare)):
        return repeats
    if nucleic is Result.INDETERMINATE:
        return (_repeat(virus.nucleic[1]), *repeats)
    if nucleic is not Result.NEGATIVE:
        return (Stated(virus.nucleic[1], HEPATITIS_GUIDANCE), *repeats)
    return (*_lasting(virus, results), *repeats)


def _indeterminate(virus: Virus, results: Mapping[str, Result], bare: list[Result]) -> tuple[str, ...]:
    """The markers to repeat: those that are indeterminate; where it is not recorded which, all that may be."""
    found = tuple(title for name, title in virus.markers.items() if results.get(name) is Result.INDETERMINATE)
    if found or Result.INDETERMINATE not in bare:
        return found
    unknown = tuple(title for name, title in virus.markers.items() if results.get(name) is not Result.NEGATIVE)
    return unknown or tuple(virus.markers.values())


def _lasting(virus: Virus, results: Mapping[str, Result]) -> tuple[Stated, ...]:
    """What a negative nucleic acid test leaves open."""
    if virus.lasting is None or results.get(virus.lasting) is Result.NEGATIVE:
        return ()
    if results.get(virus.lasting) is Result.POSITIVE:
        return (virus.lasting_positive,)
    return (Stated(virus.markers[virus.lasting], virus.item.source),)


def _bare(virus: Virus, told: Told, known: list[Mapping[str, Result]]) -> list[Result]:
    """Results of which it is not recorded whose they are: every positive one, the last if it is indeterminate."""
    whose = [{each[name] for name in virus.markers if name in each} for each in known]
    found = [None if result in each else result for (_, result, _), each in zip(told, whose, strict=True)]
    positive = [each for each in found if each and each.is_positive]
    return [*positive, *(each for each in found[-1:] if each is Result.INDETERMINATE)]


def _standing(seen: Seen) -> tuple[int, Result]:
    """The last one, but a positive one whenever there was one."""
    return ([each for each in seen if each[1].is_positive] or seen)[-1]


def _settled(seen: Seen) -> tuple[int, ...]:
    """Of a marker of which nothing is open: of a positive one, too, any test of it."""
    return tuple([at for at, result in seen if result is not Result.INDETERMINATE])


def _day(days: list[date], span: Span) -> date:
    """Of every marker the day that counts: together they are as old as the oldest, and late where one is."""
    oldest, newest = min(days), max(days)
    is_late = newest > span.end and span.place(oldest) is not Place.OLD
    return newest if is_late else oldest


def _strongest(results: set[Result]) -> Result | None:
    order: tuple[Result, ...] = (Result.POSITIVE, Result.TREATED, Result.INDETERMINATE, Result.NEGATIVE)
    return next((each for each in order if each in results), None)
