"""Taking back the last entry: which that is, and what stood in the place of each that it wrote."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flows.record import Fact, Observation, void

TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class LastEntry:
    """What stands of an entry, or was taken out by it, each with what stood in its place before."""

    number: int
    pairs: tuple[tuple[Observation, Fact], ...]


def last_entry(written: Sequence[Observation], final: Collection[str]) -> LastEntry | None:
    """The newest that is no taking back; none of those that wrote one of the `final` facts.

    What a taking back brought back is of the entry that told it, and goes with that.
    """
    by_id = {each.id: each for each in written}
    replaced = {each.replaces for each in written}
    kept = {each.entry for each in written if each.fact.code in final}
    left = [(each, _told(each, by_id)) for each in written if each.id not in replaced and not _is_gone(each)]
    last = max((first.entry for _, first in left if first.entry not in kept), default=None)
    if last is None:
        return None
    return LastEntry(last, tuple((each, _before(first, by_id)) for each, first in left if first.entry == last))


def _is_gone(each: Observation) -> bool:
    return each.why == TAKEN_BACK and each.fact.value is None


def _told(each: Observation, by_id: Mapping[int, Observation]) -> Observation:
    """Itself; of what was brought back the one that said so first."""
    if each.why != TAKEN_BACK:
        return each
    undone = _told(by_id[each.replaces or 0], by_id)
    return _told(by_id[undone.replaces or 0], by_id)


def _before(each: Observation, by_id: Mapping[int, Observation]) -> Fact:
    return by_id[each.replaces].fact if each.replaces else void(each.fact)
