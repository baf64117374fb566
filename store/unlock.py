"""Database and key brought together at a start; the chain begins where it never did."""

import logging
from pathlib import Path

from sqlalchemy import Connection, text

from store.chain import beginning, older
from store.engine import open_engine
from store.errors import SealBroken, StoreUnavailable, explained
from store.keys import Key, key_in, new_key
from store.raw import raw_pages
from store.seal import Seal, add, seals, sound
from store.tables import AuditRow, table

# Any number will do, as long as every Quiesce uses the same, and not that of the migrations.
_ADVISORY_LOCK = 7_243_159

# Columns that no entry has which is older than the chain.
_OF_THE_CHAIN = {"patient_id", "before", "after", "chain"}

log = logging.getLogger(__name__)


def unlock(url: str, key_file: Path) -> Key:
    """The key of a database's audit, made if nothing was ever signed; StoreUnavailable if it is missing or another."""
    engine = open_engine(url)
    try:
        with explained(), engine.begin() as connection:
            return _unlocked(connection, key_file)
    finally:
        engine.dispose()


def _unlocked(connection: Connection, key_file: Path) -> Key:
    if connection.dialect.name == "postgresql":  # of two programs that start at once, one begins the chain
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
    found, key = seals(connection), key_in(key_file)
    if not found:
        key = key or new_key(key_file)
        begin(connection, key)
    elif key is None:
        raise StoreUnavailable(
            f"{key_file} is missing, and with it the key of this database's audit: bring it back from where you keep it"
        )
    else:
        sound(found, key)
    return key


def begin(connection: Connection, key: Key) -> None:
    """Seal a chain without entries over the entries that are older than it."""
    genesis, last, count = beginning(key), 0, 0
    for row in (each for page in raw_pages(connection, table(AuditRow)) for each in page):
        if not _OF_THE_CHAIN.isdisjoint(row):
            raise SealBroken("the seal of the audit is gone")
        genesis, last, count = older(key, genesis, row), row["id"], count + 1
    seal = Seal(last + 1, genesis, 0, genesis, key.fingerprint)
    add(connection, seal.signed(key))
    if count:
        log.warning("the chain of the audit begins here; older than it: %d entries", count)
