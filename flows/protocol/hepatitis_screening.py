"""Hepatitis B and C before the first dose: a positive marker is never done while something of it is open.

CLINICAL.md section 4. A positive marker is not undone by a later negative one, and is as old as its last test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from msgspec import Struct

from flows.citations import Stated
from flows.history import Result, Screened
from flows.protocol import markers
from flows.protocol.baseline_items import RESULT, SCREENING_ITEMS, Checked, CheckState, Item, Place, Span
from flows.protocol.sources import HEPATITIS_GUIDANCE, US_BEFORE_TREATMENT

Entries = tuple[Screened, ...]
# Screenings in the order of their days, each with the markers that it tells of.
Told = list[tuple[Screened, dict[str, Result]]]


class _Seen(Struct, frozen=True):
    """What one screening tells of a marker."""

    result: Result
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Virus:
    """`markers` are asked of everybody, `nucleic` after a positive one; `lasting` stays open whatever that shows."""

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
    item, told = virus.item, [(each, _parts(virus, each)) for each in entries]
    seen = {name: _seen(name, told) for name in virus.markers}
    standing = {name: _standing(each) for name, each in seen.items() if each}
    results = {name: each.result for name, each in standing.items()}
    missing = tuple([title for name, title in virus.markers.items() if name not in results])
    bare = _bare(told)
    result = _strongest({*results.values(), *bare})
    on = min((each.on for each in standing.values()), default=entries[-1].on if entries else None)
    opens = _opens(virus, results, bare, _last(entries, virus.nucleic[0]))
    if opens:
        return item.awaiting("; ".join(each.says for each in opens), on, result, opens[0].source, missing)
    if missing:
        empty = bool(entries) and all(each.result is None and not each.more for each in entries)
        return item.awaiting(RESULT, on) if empty else item.checked(CheckState.MISSING, missing=missing, on=on)
    settled = f"{virus.nucleic[1]} negative" if result and result.is_positive else ""
    return item.placed(_day([_counted(each, span) for each in seen.values()], span), span, settled, result)


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


def _parts(virus: Virus, entry: Screened) -> dict[str, Result]:
    """The markers of one screening that it tells of."""
    told = markers.of(entry)
    return {name: told[name] for name in virus.markers if name in told}


def _bare(told: Told) -> list[Result]:
    """Results of which it is not recorded whose they are: every positive one, the last if it is indeterminate."""
    found = [None if each.result in known.values() else each.result for each, known in told]
    positive = [each for each in found if each and each.is_positive]
    return [*positive, *(each for each in found[-1:] if each is Result.INDETERMINATE)]


def _seen(name: str, told: Told) -> list[_Seen]:
    return [_Seen(known[name], each.on) for each, known in told if name in known]


def _standing(seen: list[_Seen]) -> _Seen:
    """The last one, but a positive one whenever there was one."""
    return ([each for each in seen if each.result.is_positive] or seen)[-1]


def _counted(seen: list[_Seen], span: Span) -> date:
    """The day of a marker of which nothing is open: of a positive one, too, that of any test of it."""
    return span.counted([each.on for each in seen if each.result is not Result.INDETERMINATE])


def _day(days: list[date], span: Span) -> date:
    """Of every marker the day that counts: together they are as old as the oldest, and late where one is."""
    oldest, newest = min(days), max(days)
    is_late = span.place(oldest) is not Place.OLD and span.place(newest) is Place.LATE
    return newest if is_late else oldest


def _last(entries: Entries, name: str) -> Result | None:
    found = [result for each in entries if (result := each.part(name))]
    return found[-1] if found else None


def _strongest(results: set[Result]) -> Result | None:
    order: tuple[Result, ...] = (Result.POSITIVE, Result.TREATED, Result.INDETERMINATE, Result.NEGATIVE)
    return next((each for each in order if each in results), None)
