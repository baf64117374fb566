"""What the audit says was written beside what is there, in a temporary file: memory does not grow with it."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

# What is there stands after every entry about it: as one that found it so, and left nothing to be found.
_THERE = 2**63 - 1
_TOLD = "CREATE TABLE told (thing TEXT, number INTEGER, before TEXT, after TEXT)"
_DIFFERENCES = """
    SELECT thing, number, before IS NOT known, known IS NULL FROM (
        SELECT *, lag(after) OVER by_thing AS known, lead(number) OVER by_thing AS next
        FROM told WINDOW by_thing AS (PARTITION BY thing ORDER BY number)
    ) WHERE before IS NOT known OR (after IS NOT NULL AND next IS NULL) ORDER BY number, thing
"""
_PROPER = re.compile("[a-z]+ -?[0-9]+")


class Tally:
    """Use in `closing`. Names and digests lie there as JSON: they are whatever somebody has put into a database."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("BEGIN")
        self._file.execute(_TOLD)
        self.close = self._file.close

    def audited(self, entries: list[dict[str, Any]]) -> None:
        """Entries of the audit; those that wrote no clinical row have neither digest."""
        of_rows = (each for each in entries if "before" in each or "after" in each)
        self._tell(
            (_kept(each, "subject"), each["id"], _kept(each, "before"), _kept(each, "after")) for each in of_rows
        )

    def there(self, rows: list[tuple[str, str]]) -> None:
        """Things that are there, each with the digest of what it is now."""
        self._tell((json.dumps(thing), _THERE, json.dumps(digest), None) for thing, digest in rows)

    def _tell(self, rows: Iterable[tuple[str | None, int, str | None, str | None]]) -> None:
        self._file.executemany("INSERT INTO told VALUES (?, ?, ?, ?)", rows)

    def differences(self) -> Iterator[str]:
        """One sentence for each thing that is not as the audit says."""
        for thing, number, found_otherwise, unknown in self._file.execute(_DIFFERENCES):
            if not found_otherwise:
                yield f"{_name(thing)} is missing"
            elif number != _THERE:
                yield f"{_name(thing)} had been changed when audit row {number} was written"
            elif unknown:
                yield f"{_name(thing)} was put in: no audit row tells of it"
            else:
                yield f"{_name(thing)} was changed"


def _kept(entry: dict[str, Any], column: str) -> str | None:
    return json.dumps(entry[column]) if column in entry else None


def _name(thing: str | None) -> str:
    """On one line, whatever it is."""
    name = json.loads(thing or "null")
    return name if isinstance(name, str) and _PROPER.fullmatch(name) else f"what is called {thing}"
