"""Whether the audit and the clinical rows are as Quiesce left them: a change made in any other way is found."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from store.chain import CLINICAL, digest
from store.engine import name_of, open_reader
from store.errors import SealBroken, StoreUnavailable, reason
from store.keys import Key, needed_key
from store.migrations import require_current
from store.raw import raw_pages
from store.seal import Seal, sound
from store.tables import AuditRow, SealRow, table
from store.tally import Tally
from store.walk import Head, Walk

# So many places are told; whoever has found one looks at all anyway.
TOLD = 20


@dataclass(slots=True)
class Verification:
    """`head` stays None where no seal can be trusted; `broken` has one sentence for each place."""

    audit_rows: int = 0
    clinical_rows: int = 0
    head: Head | None = None
    broken: tuple[str, ...] = ()


def verify_database(url: str, key_file: Path, kept: Head | None = None) -> Verification:
    """One consistent state of the database, read beside whoever writes; StoreUnavailable where that cannot be done."""
    key = needed_key(key_file, "verified")
    engine = open_reader(url)
    try:
        with engine.connect() as connection, connection.begin():
            require_current(connection)
            return verify(connection, key, kept)
    except SQLAlchemyError as error:
        raise StoreUnavailable(f"the database {name_of(engine)} cannot be read: {reason(error)}") from error
    finally:
        engine.dispose()


def verify(connection: Connection, key: Key, kept: Head | None = None) -> Verification:
    """OtherKey where nothing can be told."""
    found = Verification()
    broken = tuple(islice(broken_places(connection, key, kept, found), TOLD + 1))
    found.broken = (*broken[:TOLD], "and more") if len(broken) > TOLD else broken
    return found


def broken_places(connection: Connection, key: Key, kept: Head | None, found: Verification) -> Iterator[str]:
    """One sentence for each place, as they are come to; what is counted on the way goes into `found`."""
    try:
        seal = sound([Seal(**row) for page in raw_pages(connection, table(SealRow)) for row in page], key)
    except SealBroken as error:
        yield f"{error}, and so nothing else can be told"
        return
    found.head = Head(count=seal.count, head=seal.head)
    with closing(Tally()) as tally:
        entries = _entries(connection, tally, found, seal.first_id)
        yield from Walk(seal, key, kept).broken(entries)
        for thing, rows in CLINICAL.items():
            for page in raw_pages(connection, rows):
                found.clinical_rows += len(page)
                tally.there([(f"{thing} {row['id']}", digest(key, thing, row)) for row in page])
        yield from tally.differences()


def _entries(connection: Connection, tally: Tally, found: Verification, first: int) -> Iterator[dict[str, Any]]:
    """What is older than the chain tells of no row: it is signed only as it was found."""
    for page in raw_pages(connection, table(AuditRow)):
        found.audit_rows += len(page)
        yield from page
        tally.audited([each for each in page if each["id"] >= first])
