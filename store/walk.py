"""The chain of the audit, walked from its beginning: where an entry was changed, taken away or put in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from store.chain import beginning, link, older
from store.keys import Key
from store.seal import Seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the chain's entry number `count` was signed with, or how that begins: to be kept outside the database."""

    count: int
    head: str


class Walk:
    """Entries in the order of their ids, against a seal that is sound, and against a head that was kept, if one was."""

    def __init__(self, seal: Seal, key: Key, kept: Head | None) -> None:
        self._seal = seal
        self._key = key
        self._kept = kept
        self._genesis = beginning(key)
        self._expected = seal.first_id
        # What the next entry may have been signed over: after one that was changed, as it says and as it would be.
        self._previous: list[object] = [seal.genesis]
        self._passed = bool(kept and kept.count == 0 and seal.genesis.startswith(kept.head))

    def broken(self, entries: Iterable[dict[str, Any]]) -> Iterator[str]:
        """One sentence for each place."""
        for entry in entries:
            if entry["id"] < self._seal.first_id:
                self._genesis = older(self._key, self._genesis, entry)
            else:
                yield from self._chained(entry)
        yield from self._end()

    def _chained(self, entry: dict[str, Any]) -> Iterator[str]:
        number, said = entry["id"], entry.get("chain")
        if number >= self._seal.next_id:
            yield f"audit row {number} was put in: the seal ends with row {self._seal.next_id - 1}"
            return
        if number > self._expected:
            yield f"{_rows(self._expected, number - 1)} missing, and so row {number} cannot be told"
            self._previous = [said]
        else:
            signed = [link(self._key, each, entry) for each in self._previous]
            if said not in signed:
                yield f"audit row {number} was changed"
            self._previous = [said] if said in signed else [said, signed[0]]
        self._expected = number + 1
        if self._kept is not None and number == self._seal.first_id + self._kept.count - 1:
            self._passed = isinstance(said, str) and said.startswith(self._kept.head)

    def _end(self) -> Iterator[str]:
        seal, kept = self._seal, self._kept
        if self._genesis != seal.genesis:
            yield f"among the audit rows before {seal.first_id}, which are older than the chain, something was changed"
        if self._expected < seal.next_id:
            yield f"{_rows(self._expected, seal.next_id - 1)} missing at the end"
        elif seal.head not in self._previous:
            yield "the last audit row is not the one that was sealed"
        if kept is not None and kept.count > seal.count:
            yield f"the chain has {seal.count} entries and had {kept.count}: an earlier state was put in its place"
        elif kept is not None and not self._passed:
            yield f"entry {kept.count} of the chain is not the one whose head was kept: another history is in its place"


def _rows(first: int, last: int) -> str:
    return f"audit row {first} is" if first == last else f"audit rows {first} to {last} are"
