"""What is signed: every entry of the audit over the one before it, and every row of a clinical table."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Table

from store.keys import Key
from store.tables import ObservationRow, PatientRow, VerdictRow, table

# Tables whose every row the audit answers for, by what an entry calls one of their rows.
CLINICAL: dict[str, Table] = {
    "patient": table(PatientRow),
    "observation": table(ObservationRow),
    "verdict": table(VerdictRow),
}


_PLAIN = (str, int)


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Each value as both databases keep it, in a form that JSON can hold.

    What is null is left out: a column that a later schema adds changes nothing that was signed before.
    """
    return {name: value if type(value) in _PLAIN else _plain(value) for name, value in row.items() if value is not None}


def _plain(value: Any) -> Any:
    match value:
        case bool():  # a number, on SQLite
            return int(value)
        case datetime():
            if value.utcoffset() is None:
                raise ValueError("a time without a zone")
            return value.astimezone(UTC).isoformat(" ", "microseconds").removesuffix("+00:00")
        case date():
            return value.isoformat()
        case dict() | list():
            return json.dumps(value)
        case bytes():
            return {"bytes": value.hex()}
    return value


def digest(key: Key, thing: str, row: Mapping[str, Any]) -> str:
    """The signature of a plain clinical row."""
    return key.sign("row", thing, row)


def link(key: Key, previous: object, entry: Mapping[str, Any]) -> str:
    """The signature of a plain entry over the one before it; its own `chain` is no part of it."""
    return key.sign("entry", previous, {name: value for name, value in entry.items() if name != "chain"})


def beginning(key: Key) -> str:
    """What the first entry that is older than the chain is signed over."""
    return key.sign("beginning")


def older(key: Key, previous: str, entry: Mapping[str, Any]) -> str:
    """The signature of a plain entry that is older than the chain, over those before it."""
    return key.sign("older", previous, entry)
