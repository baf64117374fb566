"""What can go wrong in the store.

StoreError
    StoreUnavailable      locked, full, gone, or not to be opened: the same act may succeed later
"""

from sqlalchemy.exc import SQLAlchemyError


class StoreError(Exception):
    """The store could not do what it was asked."""


class StoreUnavailable(StoreError):
    """Nothing was written; the same act may succeed later. Its text is a sentence for an operator."""


def reason(error: SQLAlchemyError) -> str:
    """The first line of what the driver said, without statement and parameters."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__
