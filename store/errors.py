"""What can go wrong in the store.

StoreError
    StoreUnavailable      locked, full, gone, or not to be opened: the same act may succeed later
        SealBroken        somebody has changed the seal of the audit, or what it seals
        OtherKey          the audit was written with another key
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError


class StoreError(Exception):
    """The store could not do what it was asked."""


class StoreUnavailable(StoreError):
    """Nothing was written; the same act may succeed later. Its text is a sentence for an operator."""


class SealBroken(StoreUnavailable):
    """Nothing is written on top of what was changed."""


class OtherKey(StoreUnavailable):
    """Nothing can be told of this audit, nor added to it."""


def reason(error: SQLAlchemyError) -> str:
    """The first line of what the driver said, without statement and parameters."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__


@contextmanager
def explained() -> Iterator[None]:
    """Tell a store that is unavailable from a statement that is wrong, which is our bug."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        if _is_our_bug(error.orig):
            raise
        raise StoreUnavailable(f"the database is unavailable: {reason(error)}") from error


def _is_our_bug(error: BaseException | None) -> bool:
    """SQLite calls a wrong statement operational, too; its codes tell, where the error is SQLite's and not Python's."""
    code = getattr(error, "sqlite_errorcode", 0)
    return isinstance(error, sqlite3.Error) and code & 0xFF == sqlite3.SQLITE_ERROR
